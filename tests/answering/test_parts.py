from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.answering.parts import MAX_PARTS, parts_of


@pytest.mark.parametrize(
    "question",
    [
        "What is tolimab?",
        "Did tolimab and placebo differ in patients with lupus and nephritis?",
        "Which patients, if any, had an infection?",
        "In adults, what was the dose?",
        "Of the people who were treated, how many relapsed?",
        "Is it safe and effective?",
    ],
)
def test_a_question_that_asks_one_thing_stays_whole(question: str) -> None:
    assert parts_of(question) == (question,)


def test_a_part_that_names_nothing_is_asked_of_the_first_parts_subject() -> None:
    parts = parts_of("What became of NCT09990001, and for what reason?")
    assert parts == ("What became of NCT09990001", "For what reason (NCT09990001)?")


def test_a_part_that_names_its_own_subject_stays_as_it_is() -> None:
    parts = parts_of("How many were in NCT09990001 and how many were in NCT09990002?")
    assert parts[1] == "How many were in NCT09990002?"


def test_two_questions_in_a_row_are_two_parts() -> None:
    assert len(parts_of("How many were given tolimab? When did the trial of tolimab end?")) == 2


@given(st.text(max_size=300))
def test_whatever_is_asked_has_at_least_one_part_and_never_too_many(text: str) -> None:
    assert 1 <= len(parts_of(text)) <= MAX_PARTS
