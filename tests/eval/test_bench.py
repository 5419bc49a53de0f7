"""The benchmark's own arithmetic, and the documents that it generates."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import bench_documents
import bench_ours
import pytest
from bench import all_encoded_s, rate_ms
from bench_child import Spent
from bench_report import Aim, Row, told
from bench_sampling import SampledEmbeddings
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_text_splitters import RecursiveCharacterTextSplitter


def sampled(seconds: float, *, encoded: int) -> Spent:
    """An indexing of 1,000 passages, each of which takes 20 ms to encode."""
    told = {"passages": 1_000, "encoded_for_real": encoded, "encoding_s": 0.02 * encoded}
    return Spent(seconds, peak_mb=1, told=told)


def test_what_was_not_encoded_is_added_at_the_rate_of_the_sample() -> None:
    # 100 of 1,000 are encoded; 900 x 20 ms = 18 s are missing from the 5 s.
    assert rate_ms(sampled(5, encoded=100)) == pytest.approx(20)
    assert all_encoded_s(sampled(5, encoded=100)) == pytest.approx(23)


def test_an_indexing_that_encoded_nothing_takes_its_rate_from_another() -> None:
    # 1,000 x 20 ms = 20 s are missing from the 3 s.
    first = sampled(5, encoded=100)
    assert all_encoded_s(sampled(3, encoded=0), like=first) == pytest.approx(23)


def test_an_indexing_without_a_sample_is_told_as_it_was() -> None:
    assert all_encoded_s(Spent(7, peak_mb=1, told={"passages": 1_000})) == 7


def test_only_the_sample_is_encoded_and_the_rest_are_unit_vectors() -> None:
    real = DeterministicFakeEmbedding(size=8)
    encoder = SampledEmbeddings(real, sample=3)
    vectors = encoder.embed_documents(["a", "b"]) + encoder.embed_documents(["c", "d", "e"])
    assert vectors[:3] == real.embed_documents(["a", "b", "c"])
    assert [sum(x * x for x in vector) for vector in vectors[3:]] == pytest.approx([1, 1])
    assert encoder.told()["encoded_for_real"] == 3


def test_generated_documents_repeat_however_many_are_asked_for() -> None:
    three = list(bench_documents.documents(3, seed=1))
    assert three == list(islice(bench_documents.documents(5, seed=1), 3))
    assert len({document.text for document in three}) == 3


def test_the_textbook_cuts_a_generated_document_into_as_many_chunks_as_sections() -> None:
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    for document in bench_documents.documents(20, seed=1):
        assert len(splitter.split_text(document.text)) == bench_documents.SECTIONS


def test_generated_questions_are_filled_in_and_differ() -> None:
    asked = bench_documents.questions(40, seed=1)
    assert not any("{" in question for question in asked)
    assert len(set(asked)) > 30  # "What is <code>?" may come twice


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.4712, "s", "0.47 s"),
        (8.7, "s", "8.70 s"),
        (31.24, "ms", "31.2 ms"),
        (1573.2, "s", "1,573 s"),
        (384.4, "MB", "384 MB"),
        (10003, "", "10,003"),
    ],
)
def test_a_value_is_written_in_three_figures(value: float, unit: str, written: str) -> None:
    assert told(value, unit) == written


def test_a_step_without_the_reader_asks_with_that_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(
        bench_ours, "ask", lambda settings, questions: asked.append(settings.answering.reader)
    )
    for flags in ([], ["--without-reader"]):
        where = [str(tmp_path / "corpus"), str(tmp_path / "index")]
        monkeypatch.setattr(sys, "argv", ["bench_ours.py", "ask", *flags, *where, "Why?"])
        bench_ours.main()
    assert asked == [True, False]


def test_a_row_without_a_textbook_counterpart_has_no_ratio() -> None:
    assert Row("size", "what", "s", ours=1, textbook=4).ratio == 0.25
    assert Row("size", "what", "s", ours=1, textbook=None).ratio is None


def test_an_aim_is_met_below_its_bound_or_with_least_from_it_on() -> None:
    assert Aim("time", 2.9, 3, "s").met
    assert not Aim("time", 3.0, 3, "s").met
    assert Aim("times cheaper", 50, 50, "", least=True).met
    assert not Aim("times cheaper", 49.9, 50, "", least=True).met
