"""Read a retrieval collection in the form of BEIR (Thakur et al., 2021).

`corpus.jsonl` holds a document a line (`_id`, `title`, `text`), `queries.jsonl` a query a line
(`_id`, `text`), and `qrels/<split>.tsv` under a head which document answers which query, how
well (query id, document id, grade).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from iscalimab_qa.errors import EvaluationError, printable

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels"

USUAL_SPLIT = "test"
"""What is reported on where a collection has several splits."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class Document(_Record):
    """A line of `corpus.jsonl`."""

    id: str = Field(alias="_id", min_length=1)
    title: str | None = None
    text: str | None = None


class Query(_Record):
    """A line of `queries.jsonl`."""

    id: str = Field(alias="_id", min_length=1)
    text: str = Field(min_length=1)


Qrels = Mapping[str, Mapping[str, int]]
"""For each query the grade of each judged document; above 0 is relevant."""

_AnyRecord = TypeVar("_AnyRecord", Document, Query)


@dataclass(frozen=True, slots=True)
class Collection:
    """A BEIR folder whose queries and judgements have been read, and its corpus counted.

    `queries` are those for which some document is judged relevant; the others have no score.
    `digest` is the SHA-256 of the corpus file, `documents` the number of its lines.
    """

    folder: Path
    split: str
    queries: Sequence[Query]
    qrels: Qrels
    digest: str
    documents: int


def read_collection(folder: Path, split: str | None = None) -> Collection:
    """Read a BEIR folder; of the corpus itself only the digest and the number of lines.

    Args:
        folder: Holds the three parts.
        split: Which `qrels/<split>.tsv`; by default `test`, else the only one there is.

    Raises:
        EvaluationError: A part is missing or breaks its form; the message names the line.
    """
    path = _qrels_file(folder, split)
    qrels = _read_qrels(path)
    queries = {query.id: query for query in records(folder / QUERIES, Query)}
    if unknown := next((one for one in qrels if one not in queries), None):
        raise EvaluationError(
            f"{_shown(path)} judges the query {unknown!r}, which is not in {QUERIES}"
        )
    digest, documents = _digest_of(folder / CORPUS)
    return Collection(folder, path.stem, [queries[one] for one in qrels], qrels, digest, documents)


def _qrels_file(folder: Path, split: str | None) -> Path:
    found = {path.stem: path for path in sorted((folder / QRELS).glob("*.tsv"))}
    if not found:
        raise _not_beir(folder, f"{QRELS}/*.tsv")
    splits = ", ".join(map(printable, found))
    if split is not None and split not in found:
        raise EvaluationError(f"There are no judgements for the split {split!r}; found: {splits}")
    if split is None and USUAL_SPLIT not in found and len(found) > 1:
        raise EvaluationError(
            f"{_shown(folder / QRELS)} holds several splits and none is {USUAL_SPLIT!r}; name one "
            f"of: {splits}"
        )
    return found[split or (USUAL_SPLIT if USUAL_SPLIT in found else next(iter(found)))]


def _read_qrels(path: Path) -> Qrels:
    """Read the judgements of the queries for which some document is relevant."""
    qrels: dict[str, dict[str, int]] = {}
    for line in _lines(path):
        match line.text.rstrip("\r\n").split("\t"):
            case [query, document, grade] if _is_integer(grade):
                qrels.setdefault(query, {})[document] = int(grade)
            case [_, _, _] if line.number == 1:
                continue  # the head
            case _:
                raise EvaluationError(
                    f"{line.place}: expected a query id, a document id and a whole number with "
                    f"tabs between them, found {printable(line.text.strip())[:80]!r}"
                )
    judged = {query: grades for query, grades in qrels.items() if max(grades.values()) > 0}
    if not judged:
        raise EvaluationError(f"{_shown(path)} judges no document as relevant to any query")
    return judged


def _is_integer(text: str) -> bool:
    digits = text.strip().removeprefix("-")
    return digits.isdecimal() and digits.isascii()


class _Line(NamedTuple):
    """A line that is not empty; `place` names it in errors."""

    number: int
    place: str
    text: str


def _lines(path: Path) -> Iterator[_Line]:
    """Yield the lines of a file as they are needed, for a corpus may be larger than memory."""
    try:
        with path.open("rb") as file:
            for number, data in enumerate(file, start=1):
                place = f"{printable(path.name)}, line {number}"
                text = _decoded(data, place).removeprefix("\ufeff" if number == 1 else "")
                if text.strip():
                    yield _Line(number, place, text)
    except FileNotFoundError as error:
        raise _not_beir(path.parent, path.name) from error
    except OSError as error:
        raise EvaluationError(f"Cannot read {_shown(path)}: {error}") from error


def _decoded(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{place}: not UTF-8: {error}") from error


def records(path: Path, kind: type[_AnyRecord]) -> Iterator[_AnyRecord]:
    """Yield the records of a file.

    Raises:
        EvaluationError: A line is not of this kind, or two have one id.
    """
    seen: set[str] = set()
    for line in _lines(path):
        try:
            record = kind.model_validate_json(line.text)
        except ValidationError as error:
            first = error.errors()[0]
            where = "".join(f"{part}: " for part in first["loc"])
            raise EvaluationError(f"{line.place}: {where}{first['msg']}") from error
        if record.id in seen:
            raise EvaluationError(f"{line.place}: the _id {record.id!r} comes twice")
        seen.add(record.id)
        yield record


class _Digest(NamedTuple):
    sha256: str
    lines: int


def _digest_of(path: Path) -> _Digest:
    digest, lines = hashlib.sha256(), 0
    for line in _lines(path):
        digest.update(line.text.encode())
        lines += 1
    return _Digest(digest.hexdigest(), lines)


def _not_beir(folder: Path, missing: str) -> EvaluationError:
    return EvaluationError(
        f"There is no {missing} in {_shown(folder)}. Expected a folder in the form of BEIR: "
        f"{CORPUS}, {QUERIES} and {QRELS}/{USUAL_SPLIT}.tsv"
    )


def _shown(path: Path) -> str:
    return printable(str(path))
