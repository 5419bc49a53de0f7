from __future__ import annotations

import pytest

from iscalimab_qa.answering.bringing import brings
from iscalimab_qa.answering.question import analyse


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("What dose was given?", "They got 5 mg/kg.", "All 20 kept stable doses."),
        ("What percentage responded?", "45 % responded.", "9 of 20 responded."),
        ("How many died?", "Nobody died, none left.", "Deaths were rare."),
        ("How old were they?", "The mean age was 33 years.", "There were 33 of them."),
        ("What was the p value?", "It fell (p=0.12).", "It fell by 12 points."),
        ("When was it stopped?", "It ended in May 2021.", "It ended early."),
        ("Why was it stopped?", "It ended because of harm.", "It ended early."),
        ("What does BVAS stand for?", "BVAS: Birmingham score.", "BVAS is the sum of its items."),
        ("What is tolimab?", "Tolimab is an antibody.", "Tolimab was given daily."),
    ],
)
def test_a_statement_brings_what_is_asked_for_or_not(
    question: str, told: str, not_told: str
) -> None:
    assert brings(analyse(question), told)
    assert not brings(analyse(question), not_told)


def test_a_question_for_no_particular_form_is_brought_nothing() -> None:
    assert not brings(analyse("How does tolimab work?"), "It is an antibody, given at 5 mg.")


def test_a_statement_that_a_figure_is_not_given_brings_none() -> None:
    assert not brings(analyse("How many died in GRAND-2?"), "Deaths in GRAND-2 are not stated.")
    assert not brings(analyse("What dose?"), "No dose above 5 mg was reported.")
