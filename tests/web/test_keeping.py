"""A conversation outlives a reload; what a browser sends back is read as hostile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.web.conversation import Turn
from iscalimab_qa.web.keeping import (
    MOST_QUESTIONS,
    Conversations,
    Kept,
    kept_of,
    new_key,
    read_kept,
)


def read(found: object) -> Kept:
    return read_kept(found, max_chars=50)


def test_what_was_kept_is_read_back() -> None:
    kept = kept_of(new_key(), [Turn("one?"), Turn("two?")])
    assert read(kept.as_json()) == kept
    assert kept.questions == ("one?", "two?")


def test_only_the_last_questions_are_kept() -> None:
    kept = kept_of(new_key(), [Turn(f"{n}?") for n in range(MOST_QUESTIONS + 5)])
    assert kept.questions[0] == "5?"
    assert len(kept.questions) == MOST_QUESTIONS


@pytest.mark.parametrize("key", [None, 7, "", "short", "x" * 21 + "/", "x" * 23, ["x"]])
def test_a_key_of_the_wrong_form_is_replaced_by_a_new_one(key: object) -> None:
    found = read({"key": key, "questions": ["one?"]})
    assert found.key != key
    assert len(found.key) == 22
    assert found.questions == ("one?",)


@pytest.mark.parametrize(
    "questions", [None, "one?", {"a": 1}, [7, None, {"q": "x"}, "", "  ", "x" * 51]]
)
def test_what_is_no_question_is_left_out(questions: object) -> None:
    assert read({"key": new_key(), "questions": questions}).questions == ()


@given(st.recursive(st.none() | st.text() | st.integers(), st.lists))
def test_anything_a_browser_may_send_is_read_without_an_error(found: object) -> None:
    assert read(found).questions == ()


def test_two_keys_are_never_the_same() -> None:
    assert len({new_key() for _ in range(100)}) == 100


def test_the_conversation_that_was_used_longest_ago_goes_first() -> None:
    kept = Conversations(most=2)
    kept.keep("a", (Turn("a?"),))
    kept.keep("b", (Turn("b?"),))
    kept.turns("a")
    kept.keep("c", (Turn("c?"),))
    assert kept.turns("a") == (Turn("a?"),)
    assert kept.turns("b") == ()
    assert kept.turns("c") == (Turn("c?"),)


def test_a_forgotten_conversation_is_gone() -> None:
    kept = Conversations()
    kept.keep("a", (Turn("a?"),))
    kept.forget("a")
    kept.forget("a")
    assert kept.turns("a") == ()
