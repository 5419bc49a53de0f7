"""The development data becomes a BEIR collection, and rankings of it are measured right."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import numpy as np
import pytest

EVAL = Path(__file__).parents[2] / "eval"


class Scripts(NamedTuple):
    devdata: ModuleType
    make_beir: ModuleType
    ranking_measures: ModuleType


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Scripts:
    monkeypatch.syspath_prepend(str(EVAL))
    import devdata
    import make_beir
    import ranking_measures

    return Scripts(devdata, make_beir, ranking_measures)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a1.txt").write_text("On mice\n\nMice ran [3] 5 km a day.\n")
    question = {
        "id": "q1",
        "question": "How far?",
        "source_id": "a1",
        "answers": [{"start": 9, "end": 26, "text": "Mice ran [3] 5 km"}],
    }
    (tmp_path / "questions.jsonl").write_text(json.dumps(question) + "\n")
    return tmp_path


def test_the_collection_has_the_three_files_of_beir(
    scripts: Scripts, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "beir"
    scripts.make_beir.write_beir(scripts.devdata.read_devdata(folder), out)
    assert json.loads((out / "corpus.jsonl").read_text()) == {
        "_id": "a1",
        "title": "On mice",
        "text": "Mice ran [3] 5 km a day.",
    }
    assert json.loads((out / "queries.jsonl").read_text()) == {"_id": "q1", "text": "How far?"}
    assert (out / "qrels" / "test.tsv").read_text() == "query-id\tcorpus-id\tscore\nq1\ta1\t1\n"


def test_an_answer_is_found_again_where_the_reader_dropped_a_reference_marker(
    scripts: Scripts, folder: Path
) -> None:
    data = scripts.devdata.read_devdata(folder)
    sources = scripts.devdata.read_articles(data, folder)
    (span,) = scripts.devdata.answers_as_read(data.questions[0], data, sources)
    assert sources["a1"].text[span.start : span.end] == "Mice ran 5 km"


def test_a_ranking_is_measured_question_by_question(scripts: Scripts) -> None:
    # q1: b (relevant) is second: nDCG 1 / log2(3) = 0.6309, MRR 1/2. q2: nothing answers it.
    found = scripts.ranking_measures.values(
        scripts.ranking_measures.ARTICLE_MEASURES,
        {"q1": {"b": 1}, "q2": {}},
        np.array([[0.9, 0.5, 0.1], [0.3, 0.2, 0.1]]),
        ["a", "b", "c"],
    )
    assert found["nDCG@10"] == pytest.approx([0.6309, 0], abs=1e-4)
    assert found["MRR@10"] == pytest.approx([0.5, 0])
    assert found["recall@1"].tolist() == [0, 0]
    assert found["recall@5"].tolist() == [1, 0]


def test_an_interval_draws_articles_and_holds_the_mean(scripts: Scripts) -> None:
    # Two articles, whose questions differ by 0 and by 1: a draw's mean is 0, 1/2 or 1.
    low, high = scripts.ranking_measures.interval(np.array([0.0, 0, 1, 1]), ["a", "a", "b", "b"])
    assert (low, high) == (0.0, 1.0)
    same = scripts.ranking_measures.interval(np.full(4, 0.25), ["a", "a", "b", "b"])
    assert same == pytest.approx((0.25, 0.25))
