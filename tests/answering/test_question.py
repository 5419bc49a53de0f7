from __future__ import annotations

import pytest

from iscalimab_qa.answering.question import analyse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many patients were randomised?", "number"),
        ("What percentage responded on placebo?", "number"),
        ("What was the half-life of tolimab?", "number"),
        ("When was the trial stopped?", "time"),
        ("In what year did enrolment begin?", "time"),
        ("What is tolimab?", "definition"),
        ("What does BVAS stand for?", "definition"),
        ("Was the primary endpoint met?", "decision"),
        ("Why was the trial stopped?", "reason"),
        ("What could explain the lack of benefit?", "reason"),
        ("What accounts for the difference?", "reason"),
        ("Which adverse events were reported?", "list"),
        ("What were the inclusion criteria?", "list"),
        ("How does tolimab work?", "statement"),
        ("What put an end to the work on TLM-204?", "reason"),
        ("Who is the lead investigator of KITE-1?", "statement"),
    ],
)
def test_a_question_says_what_kind_of_answer_it_wants(text: str, expected: str) -> None:
    assert analyse(text).expects == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tolimab versus placebo: which reduced BVAS more?",
        "Was the response higher than with placebo?",
        "What was the difference between the arms?",
        "How many dropped out, drug arm and placebo arm?",
        "Deaths: control, active treatment",
    ],
)
def test_a_comparison_is_recognised(text: str) -> None:
    assert analyse(text).compares


def test_a_question_about_one_arm_compares_nothing() -> None:
    assert not analyse("What was the response rate with placebo?").compares


def test_words_that_only_ask_are_no_terms() -> None:
    assert analyse("How many patients were there?").terms == ("patient",)


def test_a_question_of_nothing_but_asking_words_keeps_what_it_has() -> None:
    assert analyse("percentage").terms == ("percentag",)


@pytest.mark.parametrize(
    ("text", "expects"),
    [
        ("When was the trial halted?", "time"),
        ("Was it halted, and when?", "time"),
        ("Since when has it been sold?", "time"),
        ("Can you tell me when the trial ended?", "time"),
        ("Was there any sign of benefit when the trial was reviewed?", "decision"),
        ("Did pain return when people stopped it?", "decision"),
        ("Participants enrolled when the trial was halted?", "statement"),
        ("What share of the plots was mown?", "number"),
        ("How common was nausea?", "number"),
    ],
)
def test_a_clause_that_says_at_which_time_asks_for_none(text: str, expects: str) -> None:
    assert analyse(text).expects == expects


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("KITE sweating by arm, in percent", {"kite", "sweat"}),
        ("change in sweat rate L/h", {"chang", "sweat", "rate"}),
        ("nausea on 5 mg/kg", {"nausea", "5mg/kg", "5", "mg/kg"}),
    ],
)
def test_the_form_in_which_a_figure_is_wanted_is_no_content(text: str, terms: set[str]) -> None:
    assert set(analyse(text).terms) == terms


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("Did it end here (why was KITE-1 stopped)?", "Did it end here?", "decision"),
        ("How many stopped (how was it given in KITE-1)?", "How many stopped?", "number"),
        (
            "What about that (why was it stopped)?",
            "What about that (why was it stopped)?",
            "reason",
        ),
        ("How many responded (tolimab)?", "How many responded (tolimab)?", "number"),
        ("Was it (how odd) given by mouth?", "Was it (how odd) given by mouth?", "decision"),
    ],
)
def test_a_question_in_brackets_says_what_it_is_about_and_not_what_is_asked(
    text: str, own: str, expected: str
) -> None:
    asked = analyse(text)
    assert (asked.own, asked.expects) == (own, expected)
