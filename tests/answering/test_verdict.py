from __future__ import annotations

import math

import pytest
from langchain_core.documents import Document

from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.answering.verdict import Signals, Thresholds, graded, probability, signals
from iscalimab_qa.units import Unit

THRESHOLDS = Thresholds(answered=0.6, partial=0.3)


@pytest.mark.parametrize(
    ("chance", "verdict"),
    [
        (0.9, "answered"),
        (0.6, "answered"),
        (0.59, "partial"),
        (0.3, "partial"),
        (0.29, "not_found"),
    ],
)
def test_a_verdict_has_three_grades(chance: float, verdict: str) -> None:
    assert graded(chance, THRESHOLDS) == verdict


def test_probability_is_the_logistic_of_the_weighed_signals() -> None:
    found = Signals(1.0, 0.5, 0.0, 2.0, 1.0, 0.0, lacks=1.0, gap=0.0, figures=1.0, reading=0.5)
    weights = dict(zip(Signals._fields, (1.0, 2.0, 9.0, 0.5, -1.0, -4.0, -2, 7, 2, 3), strict=True))
    # -1 + 1*1 + 2*0.5 + 9*0 + 0.5*2 - 1*1 - 4*0 - 2*1 + 7*0 + 2*1 + 3*0.5 = 2.5
    assert probability(found, {"bias": -1.0, **weights}) == pytest.approx(1 / (1 + math.exp(-2.5)))


def candidate(text: str) -> Candidate:
    unit = Unit("s", 0, len(text), text, text, "sentence")
    return Candidate(unit, Document(text), Features(0.5, 0.6, 0.7, 0, 0, 0.2, 1.0), 4.0)


def test_words_that_the_library_does_not_know_are_weighed() -> None:
    asked = analyse("Is the half-life of the drug known?")
    terms = Terms({"half-lif": 3.0, "drug": 1.0}, {})
    found = signals(asked, [candidate("It is.")], terms, frozenset({"drug"}))
    assert found == Signals(
        0.5,
        0.6,
        0.7,
        score=4.0,
        margin=0.0,
        unknown=0.75,
        lacks=0.0,
        gap=0.2,
        figures=1.0,
    )


@pytest.mark.parametrize(("text", "lacks"), [("It was high.", 1.0), ("It was 8.", 0.0)])
def test_a_figure_that_is_asked_for_and_not_brought_is_a_signal(text: str, lacks: float) -> None:
    asked = analyse("How many patients responded?")
    found = signals(asked, [candidate(text)], Terms({"patient": 1.0}, {}), frozenset())
    assert found.lacks == lacks
