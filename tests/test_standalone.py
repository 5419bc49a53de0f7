from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.standalone import standalone_question

FIRST = "What was the change in BVAS with tolimab at week 24?"


def after(*asked: str, question: str) -> str:
    history = []
    for text in asked:
        history += [{"role": "user", "content": text}, {"role": "assistant", "content": "42% [1]"}]
    return standalone_question(question, history)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and with placebo?", "What was the change in BVAS with placebo at week 24?"),
        ("And at week 48?", "What was the change in BVAS with tolimab at week 48?"),
        ("After 12 months?", "What was the change in BVAS with tolimab at 12 months?"),
        ("What about safety?", "What about safety (tolimab)?"),
        ("Placebo?", "What about Placebo (tolimab)?"),
        ("Was it stopped?", "Was it stopped (tolimab)?"),
        ("How many were enrolled?", "How many were enrolled (tolimab)?"),
        ("What were the side effects?", "What were the side effects (tolimab)?"),
        ("Why?", "Why: What was the change in BVAS with tolimab at week 24?"),
    ],
)
def test_a_follow_up_takes_what_it_lacks_from_the_question_before(
    question: str, expected: str
) -> None:
    assert after(FIRST, question=question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of gold?",
        "What is psoriasis?",
        "How many patients were randomised in GRAND-2?",
        "Does orelimab cause headaches?",
        "And what is known about orelimab in asthma?",
        "Is aspirin safe?",
    ],
)
def test_a_question_that_says_all_it_needs_is_not_dragged_along(question: str) -> None:
    assert after(FIRST, question=question) == question


def test_a_reason_is_asked_of_what_was_just_asked_over_several_turns() -> None:
    assert after("Was GRAND-2 stopped?", question="why?") == "Why was GRAND-2 stopped?"
    assert after("Was GRAND-2 stopped?", "why?", question="And when?") == (
        "When was GRAND-2 stopped?"
    )


def test_a_follow_up_to_a_follow_up_reaches_the_first_question() -> None:
    assert after(FIRST, "and with placebo?", question="and at week 48?") == (
        "What was the change in BVAS with placebo at week 48?"
    )


def test_answers_in_the_history_are_never_read() -> None:
    history = [{"role": "assistant", "content": "Ask about orelimab."}]
    assert standalone_question("Was it stopped?", history) == "Was it stopped?"


@given(st.lists(st.text(max_size=40), max_size=4), st.text(max_size=40))
def test_any_conversation_yields_one_line(asked: list[str], question: str) -> None:
    result = standalone_question(question, [{"role": "user", "content": text} for text in asked])
    assert "\n" not in result
    if not asked:
        assert result == " ".join(question.split())
