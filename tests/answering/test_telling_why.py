"""Who asks why is told why, and not only that it was so."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from iscalimab_qa.answering.bringing import brings
from iscalimab_qa.answering.causes import CAUSE_MARGIN, with_cause
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.units import Unit

WHY = analyse("Why did compost help in the dry year?")
FEATURES = Features(*[0.0] * len(Features._fields))


def candidate(text: str, score: float, start: int = 1000, source: str = "s") -> Candidate:
    unit = Unit(source, start, start + len(text), text, text, "sentence")
    return Candidate(unit, Document(page_content=text), FEATURES, score)


FACT = candidate("Compost helped in the dry year only.", 10, start=0)
CAUSE = candidate("More water in the soil explains the gain.", 10 - CAUSE_MARGIN)


def test_a_cause_is_put_behind_the_fact_that_it_explains() -> None:
    assert with_cause(WHY, [FACT], [FACT, CAUSE]) == [FACT, CAUSE]


def test_a_cause_far_below_or_of_another_source_is_none() -> None:
    for other in (
        candidate(CAUSE.unit.text, 10 - CAUSE_MARGIN - 0.1),
        candidate(CAUSE.unit.text, 10, source="t"),
    ):
        assert with_cause(WHY, [FACT], [FACT, other]) == [FACT]


def test_without_a_cause_in_words_the_sentence_that_goes_on_is_told() -> None:
    behind = candidate("That rested on more water.", 1, start=FACT.unit.end + 1)
    assert with_cause(WHY, [FACT], [FACT, behind]) == [FACT, behind]


def test_an_answer_with_a_cause_and_one_to_another_question_stay_as_they_are() -> None:
    assert with_cause(WHY, [CAUSE], [CAUSE, FACT]) == [CAUSE]
    assert with_cause(analyse("Did compost help?"), [FACT], [FACT, CAUSE]) == [FACT]
    assert with_cause(WHY, [], []) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Browning is put down to wetter autumns.", True),
        ("This water explains the gain.", True),
        ("It was given up for lack of effect.", True),
        ("Fluid is trapped below, which is why it gets infected.", True),
        ("It had no trial there, so it was refused.", True),
        ("It was left out as levels were too low.", True),
        ("It was given up since it did nothing.", True),
        ("It has browned since 2022.", False),
        ("It was as high as ever.", False),
    ],
)
def test_a_cause_is_told_in_many_words(text: str, told: bool) -> None:
    assert brings(WHY, text) is told
