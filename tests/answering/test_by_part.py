"""Which of the units found make the answer to a question of several parts."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from iscalimab_qa.answering.by_part import Told, with_parts
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.units import Unit

FEATURES = Features(0, 0, 0, 0, 0, 0, 0)


def found(text: str, start: int, source: str = "a") -> Candidate:
    unit = Unit(source, start, start + len(text), text, text, "sentence")
    return Candidate(unit, Document(text), FEATURES, 10.0 - start)


def told(question: str, *evidence: Candidate) -> Told:
    asked = analyse(question)
    return Told(asked, Terms(dict.fromkeys(asked.terms, 1.0), {}), evidence)


COUNTS = found("The Itch Index has 9 items.", 0)
PERIOD = found("It asks about the last 14 days.", 1)
BESIDE = found("The Cough Index has 7 items and looks back over 4 weeks.", 2, "b")
HOW_MANY = told("How many items does the Itch Index have?", COUNTS, PERIOD)
HOW_FAR = told("How far back does the Itch Index look?", COUNTS, PERIOD)


def test_the_best_unit_of_each_part_comes_first_where_all_are_told() -> None:
    period = told("How far back does the Itch Index look?", PERIOD)
    assert with_parts([BESIDE], [HOW_MANY, period], all_told=True) == [COUNTS, PERIOD]


def test_the_direct_unit_leads_where_a_part_is_not_told() -> None:
    assert with_parts([BESIDE], [HOW_MANY], all_told=False) == [BESIDE, COUNTS]


def test_a_unit_that_leads_two_parts_is_joined_by_what_has_the_form_of_the_second() -> None:
    assert with_parts([COUNTS], [HOW_MANY, HOW_FAR], all_told=True) == [COUNTS, PERIOD]


def test_a_unit_that_tells_both_parts_stands_alone() -> None:
    both = found("The Itch Index has 9 items on the past week.", 0)
    parts = [Told(p.question, p.terms, [both, PERIOD]) for p in (HOW_MANY, HOW_FAR)]
    assert with_parts([both], parts, all_told=True) == [both]


def test_a_unit_that_leads_two_parts_is_joined_by_what_holds_the_second_parts_words() -> None:
    lead = found("Under tolimab germinal centres did not form.", 0)
    own = found("Plasma cells failed to mature and made no antibody.", 1)
    parts = [
        told("Which structures no longer form under tolimab?", lead, own),
        told("Which antibody makers no longer mature under tolimab?", lead, own),
    ]
    assert with_parts([lead], parts, all_told=True) == [lead, own]


@pytest.mark.parametrize("all_told", [True, False])
def test_a_question_of_one_part_is_answered_as_it_was(all_told: bool) -> None:
    assert with_parts([COUNTS, PERIOD], [], all_told=all_told) == [COUNTS, PERIOD]
