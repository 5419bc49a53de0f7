"""Write COVID-QA as a BEIR collection: which article answers the question?

    python eval/make_beir.py DEVDATA OUT

DEVDATA holds `articles/<id>.txt` and `questions.jsonl`. OUT gets `corpus.jsonl` (`_id`,
`title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels/test.tsv` (query id, document
id, score), as Thakur et al. (2021) lay a collection down. An article's title is its first
line.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from devdata import DevData, read_devdata


def write_beir(data: DevData, folder: Path) -> None:
    """Write the three files of the collection; what is there of that name is replaced."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "corpus.jsonl", map(_document, data.articles.items()))
    _write_lines(
        folder / "queries.jsonl",
        (json.dumps({"_id": asked.id, "text": asked.text}) for asked in data.questions),
    )
    judged = (f"{asked.id}\t{asked.article}\t1" for asked in data.questions)
    _write_lines(folder / "qrels" / "test.tsv", ["query-id\tcorpus-id\tscore", *judged])


def _document(article: tuple[str, str]) -> str:
    name, text = article
    title, _, rest = text.strip().partition("\n")
    return json.dumps({"_id": name, "title": title.strip(), "text": rest.strip()})


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main() -> None:
    """Read the arguments and write the collection."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("devdata", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    data = read_devdata(arguments.devdata)
    write_beir(data, arguments.out)
    print(f"{len(data.articles)} documents, {len(data.questions)} questions in {arguments.out}")


if __name__ == "__main__":
    main()
