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
        "Are the safety and efficacy of tolimab known?",
        "Does tolimab bind CD40 and CD154?",
        "How many had nausea and vomiting?",
        "What were the start and end dates of LARK?",
        "Did the dose and the response rate correlate?",
    ],
)
def test_a_question_that_asks_one_thing_stays_whole(question: str) -> None:
    assert parts_of(question) == (question,)


def test_a_part_that_names_nothing_is_asked_of_the_first_parts_subject() -> None:
    parts = parts_of("What became of NCT09990001, and for what reason?")
    assert parts == ("What became of NCT09990001", "For what reason: what became of NCT09990001?")


def test_a_part_that_names_its_own_subject_stays_as_it_is() -> None:
    parts = parts_of("How many were in NCT09990001 and how many were in NCT09990002?")
    assert parts[1] == "How many were in NCT09990002?"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "At how many sites was LARK run, and in which countries?",
            ("At how many sites was LARK run", "In which countries was LARK run?"),
        ),
        ("Was LARK stopped, and why?", ("Was LARK stopped", "Why was LARK stopped?")),
        (
            "How many mice got tolimab and at which dose?",
            ("How many mice got tolimab", "At which dose mice got tolimab?"),
        ),
        (
            "Who wrote the note on tolimab, and in which month?",
            ("Who wrote the note on tolimab", "In which month wrote the note on tolimab?"),
        ),
    ],
)
def test_a_part_without_a_verb_takes_over_that_of_the_first(
    question: str, parts: tuple[str, ...]
) -> None:
    assert parts_of(question) == parts


def test_a_part_that_names_nothing_is_not_told_of_the_first() -> None:
    parts = parts_of("How many were given iron in the cohort, and what percentage was that?")
    assert parts[0] == "How many were given iron in the cohort"


def test_it_stands_for_what_has_the_items_and_not_for_the_items() -> None:
    parts = parts_of("How many items does the Itch Index have and how far back does it look?")
    assert parts[1] == "How far back does the Itch Index look?"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "Which cells no longer form, and which no longer mature, under tolimab?",
            "Which cells no longer form under tolimab",
        ),
        (
            "How many got tolimab and how many got nothing in LARK?",
            "How many got tolimab in LARK",
        ),
        ("How many sites and which countries in LARK?", "How many sites in LARK"),
    ],
)
def test_what_stands_behind_the_last_part_is_told_of_the_first(question: str, first: str) -> None:
    assert parts_of(question)[0] == first


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "tolimab mg/kg and number of infusions in gout?",
            ("tolimab mg/kg in gout", "Tolimab number of infusions in gout?"),
        ),
        (
            "Dose of tolimab and sponsor of LARK?",
            ("Dose of tolimab of LARK", "Sponsor of LARK?"),
        ),
        (
            "Remission rate with tolimab and how it was given?",
            ("Remission rate with tolimab", "How tolimab was given?"),
        ),
    ],
)
def test_nouns_of_two_kinds_of_value_are_two_parts(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


def test_two_questions_in_a_row_are_two_parts() -> None:
    assert len(parts_of("How many were given tolimab? When did the trial of tolimab end?")) == 2


@given(st.text(max_size=300))
def test_whatever_is_asked_has_at_least_one_part_and_never_too_many(text: str) -> None:
    assert 1 <= len(parts_of(text)) <= MAX_PARTS


def test_a_part_about_what_was_found_is_asked_beside_the_question_that_finds_it() -> None:
    parts = parts_of("By how much did yield rise, and was that significant?")
    assert parts[1] == "Was that significant: by how much did yield rise?"


def test_a_bare_why_is_asked_of_all_that_stands_before_it() -> None:
    parts = parts_of("Which ward gained least, and why?")
    assert parts[1] == "Why: which ward gained least?"


@pytest.mark.parametrize(
    ("question", "second"),
    [
        (
            "Who paid for the ALDER trial and who for the BIRCH trial?",
            "Who paid for the BIRCH trial?",
        ),
        (
            "How many people took part in ALDER, and how many in BIRCH?",
            "How many people took part in BIRCH?",
        ),
    ],
)
def test_a_part_that_leaves_out_what_it_asks_takes_it_from_the_first(
    question: str, second: str
) -> None:
    assert parts_of(question)[1] == second
