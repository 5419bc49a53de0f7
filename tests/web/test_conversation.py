"""A turn comes back whatever happens, and the conversation is handed on as plain text."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from stand_in_chat import StandIn

from iscalimab_qa.web.conversation import (
    SHOWN_OF_TOO_LONG,
    SOMETHING_WENT_WRONG,
    Turn,
    history,
    messages,
    take_turn,
)


def take(question: str, *earlier: Turn, assistant: Any = None) -> Turn:
    return take_turn(assistant or StandIn(), question, earlier, max_chars=500)


def test_an_answered_turn_holds_the_answer() -> None:
    turn = take("How did it change?")
    assert turn.answer is not None
    assert turn.failure == ""


def test_a_follow_up_is_asked_with_the_questions_before_it() -> None:
    turn = take("and with placebo?", take("How did it change?"))
    assert turn.answer is not None
    assert turn.answer.standalone_question == "How did it change? and with placebo?"


def test_history_holds_answered_turns_only_as_plain_text() -> None:
    answered = take("How did it change?")
    told = history([answered, take("broken"), Turn("still under way")])
    assert answered.answer is not None
    assert told == [
        {"role": "user", "content": "How did it change?"},
        {"role": "assistant", "content": answered.answer.text},
    ]


def test_a_question_that_is_too_long_is_refused_without_being_asked_or_shown_whole() -> None:
    class Unasked(StandIn):
        def ask(self, *_: Any, **__: Any) -> Any:
            raise AssertionError

    turn = take("x" * 501, assistant=Unasked())
    assert turn.failure == (
        "Your question has 501 characters; at most 500 are read. Please ask it in fewer words."
    )
    assert turn.question == "x" * SHOWN_OF_TOO_LONG + " …"
    assert take("x" * 500).failure == ""


def test_an_expected_error_is_told_in_its_own_words() -> None:
    assert take("refused").failure == "This question cannot be asked. Ask another one"


def test_an_unexpected_error_is_logged_and_told_without_its_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        turn = take("broken")
    assert turn.failure == SOMETHING_WENT_WRONG
    assert "a secret of the server" in caplog.text


def test_every_turn_is_a_question_and_one_reply_so_that_replies_can_be_counted() -> None:
    shown = messages([take("How?"), take("broken"), Turn("under way")])
    assert [message["role"] for message in shown] == [
        *("user", "assistant"),
        *("user", "assistant"),
        "user",
    ]
    assert "under-way" in shown[-1]["content"]
    assert "under-way" not in shown[0]["content"]
