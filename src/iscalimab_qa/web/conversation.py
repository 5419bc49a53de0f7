"""A conversation: its turns, and what they look like as messages. Knows no browser."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from iscalimab_qa.errors import IscalimabQAError
from iscalimab_qa.exports.plain import plain_text
from iscalimab_qa.web.backing import Backing, backings
from iscalimab_qa.web.messages import answer_html, failure_html, question_html
from iscalimab_qa.web.saving import conversation_of

if TYPE_CHECKING:
    from iscalimab_qa.answering.values import Answer
    from iscalimab_qa.assistant import Assistant

SOMETHING_WENT_WRONG = (
    "Something went wrong, and this question was not answered. You can go on asking; "
    "the details are in the server's log."
)

SHOWN_OF_TOO_LONG = 200
"""Characters shown of a question that is refused for its length: enough to recognise it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or, where there is none, what is said instead.

    Both are missing while the question is being answered. `backing` is what the answer's
    cards show, in the order of its citations; `plain` is the answer for the clipboard.
    """

    question: str
    # Gradio hashes what a visitor's state holds; an answer's provenance is a dict.
    answer: Answer | None = field(default=None, hash=False)
    failure: str = ""
    backing: tuple[Backing, ...] = field(default=(), hash=False)
    plain: str = ""


def take_turn(
    assistant: Assistant, question: str, earlier: Sequence[Turn], *, max_chars: int
) -> Turn:
    """Ask a question after earlier ones; whatever happens, a turn comes back.

    Args:
        assistant: Whom to ask.
        question: As typed, not blank.
        earlier: The conversation so far, for follow-ups.
        max_chars: The longest question that is read, in characters; a browser's own limit
            binds nobody, so it is held here.
    """
    if len(question) > max_chars:
        return Turn(
            f"{question[:SHOWN_OF_TOO_LONG]} …", failure=_too_long(len(question), max_chars)
        )
    try:
        return _answered(assistant, question, earlier)
    except IscalimabQAError as error:
        return Turn(question, failure=str(error))
    except Exception:  # noqa: BLE001 (whatever a question sets off, the page stays alive)
        _log.exception("A question could not be answered")
        return Turn(question, failure=SOMETHING_WENT_WRONG)


def _answered(assistant: Assistant, question: str, earlier: Sequence[Turn]) -> Turn:
    answer = assistant.ask(question, history(earlier))
    turn = Turn(question, answer, backing=backings(assistant, answer))
    return replace(turn, plain=plain_text(conversation_of(assistant, [turn])))


def history(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """Return the answered turns as an `Assistant` reads them: plain text, oldest first."""
    return [
        message
        for turn in turns
        if turn.answer is not None
        for message in (
            {"role": "user", "content": turn.question},
            {"role": "assistant", "content": turn.answer.text},
        )
    ]


def without_last(turns: Sequence[Turn]) -> tuple[tuple[Turn, ...], str]:
    """Return the turns but for the last, and the last one's question; empty if there is none."""
    return tuple(turns[:-1]), turns[-1].question if turns else ""


def messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """Return the turns as the chatbot shows them; a turn under way has no reply yet."""
    return [message for turn in turns for message in _messages(turn)]


def _messages(turn: Turn) -> list[dict[str, str]]:
    under_way = turn.answer is None and not turn.failure
    question = question_html(turn.question, under_way=under_way)
    asked = {"role": "user", "content": question}
    if turn.answer is not None:
        return [asked, {"role": "assistant", "content": answer_html(turn.answer, turn.plain)}]
    if turn.failure:
        return [asked, {"role": "assistant", "content": failure_html(turn.failure)}]
    return [asked]


def _too_long(found: int, most: int) -> str:
    return (
        f"Your question has {found:,} characters; at most {most:,} are read. "
        "Please ask it in fewer words."
    )
