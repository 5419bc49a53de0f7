"""A collection in the form of BEIR goes through our retriever and is measured as usual."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.beir import MEASURES, BeirResult, measure, values_by_query
from iscalimab_qa.evaluation.beir_collection import read_collection
from iscalimab_qa.settings import load_settings

ORGANS = (
    "kidney liver heart lung spleen skin brain bone muscle eye ear nose tongue stomach colon "
    "pancreas thyroid adrenal bladder uterus ovary testis prostate breast artery vein nerve "
    "tendon ligament cartilage marrow tonsil thymus appendix larynx trachea"
).split()
"""One document each, which are more texts than are encoded between two saves."""

DOCUMENTS: Sequence[Mapping[str, Any]] = (
    {"_id": "../kidney \u2028", "title": 'The "kidney": a guide', "text": "It makes urine."},
    {"_id": "liver", "text": "---\nid: d0000000\n---\nThe liver makes bile.", "title": None},
    {"_id": "heart", "title": "The heart pumps blood", "text": ""},
    {"_id": "nothing", "title": "", "text": "", "metadata": {"url": "x"}},
    *({"_id": organ, "title": "", "text": f"The {organ} is an organ."} for organ in ORGANS[3:]),
)
QUERIES: Sequence[Mapping[str, Any]] = (
    {"_id": "q1", "text": "What makes urine in the kidney?"},
    {"_id": "q2", "text": "What makes bile?"},
    {"_id": "heart", "text": "The heart pumps blood"},
    {"_id": "unjudged", "text": "What is a tendon?"},
)
QRELS = (
    "query-id\tcorpus-id\tscore\n"
    "q1\t../kidney \u2028\t1\nq2\tliver\t2\nq2\theart\t0\nheart\tlung\t1\nunjudged\ttendon\t0\n"
)


def lines(records: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def write_collection(folder: Path, **changed: str | None) -> Path:
    files = {
        "corpus.jsonl": lines(DOCUMENTS),
        "queries.jsonl": lines(QUERIES),
        "qrels/test.tsv": QRELS,
        **changed,
    }
    (folder / "qrels").mkdir(parents=True)
    for name, text in files.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


class Recording:
    """Notes every phase with its length, and may break off in one of them."""

    def __init__(self, breaks_in: str = "") -> None:
        self.totals: dict[str, int] = {}
        self.breaks_in = breaks_in

    @contextmanager
    def phase(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        self.totals[name] = total
        yield self._break if name == self.breaks_in else lambda _: None

    def _break(self, _: int) -> None:
        raise KeyboardInterrupt


def run(folder: Path, kept: Path, progress: Recording | None = None) -> BeirResult:
    return measure(load_settings(), folder, kept=kept, progress=progress or Recording())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run left that broke off while embedding, and a second one while asking."""
    folder = tmp_path_factory.mktemp("beir")
    collection, kept = write_collection(folder / "organs"), folder / "kept"
    first, second = Recording("Embedding"), Recording("Asking")
    for progress in (first, second):
        with pytest.raises(KeyboardInterrupt):
            run(collection, kept, progress)
    # 37 documents, one of them without a word; each other one is a passage of one unit, and two
    # have no title, so that passage and unit are one text. 32 are encoded between two saves.
    assert first.totals["Writing documents"] == 37
    assert first.totals["Embedding"] == 36 + 34
    assert second.totals["Embedding"] == 36 + 34 - 32
    return folder


def test_a_collection_is_indexed_asked_and_measured(kept: Path) -> None:
    found = run(kept / "organs", kept / "kept")
    # q1 and q2 have their document first. Query "heart" has the document "heart" best, which
    # has its own id and is left out; the lung is somewhere behind, and there are but 35 others.
    assert (found.name, found.split, found.queries) == ("organs", "test", 3)
    assert (found.documents, found.skipped) == (37, 1)
    assert found.measures["recall@1"].mean == pytest.approx(2 / 3)
    assert found.measures["recall@100"].mean == 1.0
    assert list(found.measures) == list(MEASURES)
    assert all(value.n == 3 for value in found.measures.values())


def test_a_result_is_json_and_lines_for_people(kept: Path) -> None:
    found = run(kept / "organs", kept / "kept")
    told = json.loads(json.dumps(found.as_json()))
    assert told["measures"]["recall@1"]["mean"] == 0.6667
    assert (told["queries"], told["documents"], told["skipped"]) == (3, 37, 1)
    head, first, *_ = str(found).splitlines()
    assert head.startswith("organs, test: 3 queries, 37 documents (1 of them could not be indexed)")
    assert first.split()[0] == "nDCG@10"


def test_the_same_configuration_gives_the_same_result_and_encodes_nothing(kept: Path) -> None:
    again = Recording()
    assert run(kept / "organs", kept / "kept") == run(kept / "organs", kept / "kept", again)
    assert "Embedding" not in again.totals


def test_a_run_goes_on_from_the_rankings_that_are_kept(kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    shutil.copytree(kept / "kept", folder)
    run(kept / "organs", folder)
    (rankings,) = folder.glob("*/rankings-*.jsonl")
    records = [json.loads(line) for line in rankings.read_text().splitlines()]
    assert len(records) == 3
    # The first two queries get the ranking of a liar; the third line is half written.
    for record in records[:2]:
        record["value"] = ["lung"]
    rankings.write_text(lines(records[:2]) + json.dumps(records[2])[:20])
    assert run(kept / "organs", folder).measures["recall@100"].mean == pytest.approx(1 / 3)
    # The third was asked anew, and what was written for it stands on a line of its own.
    assert json.loads(rankings.read_text().splitlines()[3]) == records[2]


def test_another_corpus_or_another_code_is_never_taken_for_this_one(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    shutil.copytree(kept / "kept", folder)
    before = run(kept / "organs", folder)
    for module in ("beir", "experiment"):
        monkeypatch.setattr(f"iscalimab_qa.evaluation.{module}.code_digest", lambda: "another")
    progress = Recording()
    after = run(kept / "organs", folder, progress)
    assert after.sha != before.sha
    assert after.measures == before.measures
    # Everything is read and cut again; vectors are kept by the words that they are made of.
    assert progress.totals["Reading"] == 37
    assert "Embedding" not in progress.totals
    assert len(list(folder.iterdir())) == 1
    corpus = lines([*DOCUMENTS, {"_id": "new", "text": "A new one."}])
    with pytest.raises(KeyboardInterrupt):
        run(
            write_collection(tmp_path / "more", **{"corpus.jsonl": corpus}),
            folder,
            Recording("Reading"),
        )
    assert len(list(folder.iterdir())) == 2


# --- the form -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"corpus.jsonl": None}, "no corpus.jsonl in .*Expected a folder in the form of BEIR"),
        ({"queries.jsonl": None}, "no queries.jsonl in "),
        ({"qrels/test.tsv": None}, r"no qrels/\*.tsv in "),
        ({"queries.jsonl": '{"_id": "q1"}\n'}, "queries.jsonl, line 1: text: Field required"),
        ({"queries.jsonl": "\n{]\n"}, "queries.jsonl, line 2: Invalid JSON"),
        ({"queries.jsonl": lines([QUERIES[0]] * 2)}, "line 2: the _id 'q1' comes twice"),
        ({"queries.jsonl": lines(QUERIES[1:])}, "judges the query 'q1', which is not in queries"),
        ({"qrels/test.tsv": "a\tb\tc\nq1 liver 1\n"}, "test.tsv, line 2: expected a query id"),
        ({"qrels/test.tsv": "q1\tliver\t1.5\nq1\tliver\tx\n"}, "test.tsv, line 2: expected"),
        ({"qrels/test.tsv": "a\tb\tscore\nq1\tliver\t0\n"}, "judges no document as relevant"),
        ({"qrels/test.tsv": "a\tb\tscore\nq1\tnone\t1\n"}, "None of the documents judged"),
    ],
)
def test_what_is_not_of_the_form_is_named_with_its_line(
    tmp_path: Path, changed: dict[str, str | None], message: str
) -> None:
    folder = write_collection(tmp_path / "organs", **changed)
    with pytest.raises(EvaluationError, match=message):
        run(folder, tmp_path / "kept")


def test_a_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "organs")
    (folder / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "a"}\n\xff\n')
    with pytest.raises(EvaluationError, match=r"queries.jsonl, line 2: not UTF-8"):
        read_collection(folder)


def test_judgements_need_no_head_and_may_come_from_windows(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "organs", **{"qrels/test.tsv": "\ufeffq1\tliver\t1\r\n"})
    assert read_collection(folder).qrels == {"q1": {"liver": 1}}


def test_of_several_splits_test_is_meant_and_else_one_must_be_named(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "organs", **{"qrels/dev.tsv": QRELS})
    assert read_collection(folder).split == "test"
    assert read_collection(folder, "dev").split == "dev"
    with pytest.raises(EvaluationError, match=r"for the split '../x'; found: dev, test"):
        read_collection(folder, "../x")
    (folder / "qrels" / "test.tsv").rename(folder / "qrels" / "train.tsv")
    with pytest.raises(EvaluationError, match=r"several splits .* one of: dev, train"):
        read_collection(folder)
    (folder / "qrels" / "dev.tsv").unlink()
    assert read_collection(folder).split == "train"


# --- the measures ---------------------------------------------------------------------


def test_rankings_are_measured_query_by_query() -> None:
    # Ranking b x a, a is of grade 2 and b of grade 1: DCG 1/log2(2) + 2/log2(4) = 2, at best
    # 2/log2(2) + 1/log2(3) = 2.6309, so 0.7602. Precision at the two hits is 1 and 2/3: MAP
    # 0.8333. Nothing was found for the second query, and nothing answers the third.
    relevant = {"q": {"a": 2, "b": 1}, "r": {"a": 1}, "s": {}}
    found = values_by_query(MEASURES, relevant, {"q": ["b", "x", "a"], "s": ["a"]})
    assert found["nDCG@10"] == pytest.approx([0.7602, 0, 0], abs=1e-4)
    assert found["MAP@100"] == pytest.approx([0.8333, 0, 0], abs=1e-4)
    assert found["MRR@10"].tolist() == [1, 0, 0]
    assert found["recall@1"].tolist() == [0.5, 0, 0]
    assert found["recall@5"].tolist() == [1, 0, 0]


RANKINGS = st.lists(st.sampled_from([f"d{n}" for n in range(30)]), unique=True)


@given(RANKINGS, st.sets(st.sampled_from([f"d{n}" for n in range(30)]), min_size=1))
def test_measures_lie_between_0_and_1_and_recall_grows_with_depth(
    ranking: list[str], relevant: set[str]
) -> None:
    found = values_by_query(MEASURES, {"q": dict.fromkeys(relevant, 1)}, {"q": ranking})
    assert all(0 <= value <= 1 for (value,) in found.values())
    recalls = [found[f"recall@{k}"][0] for k in (1, 5, 10, 100)]
    assert recalls == sorted(recalls)
    assert recalls[-1] == pytest.approx(len(relevant & set(ranking)) / len(relevant))
