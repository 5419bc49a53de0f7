"""What the Ask tab does: each act of a visitor, and what is shown for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from iscalimab_qa.errors import SourceNotFoundError
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.web.cards import NO_ANSWER_YET, evidence_html
from iscalimab_qa.web.conversation import Turn, messages, take_turn, without_last
from iscalimab_qa.web.keeping import Conversations, kept_of, new_key, read_kept
from iscalimab_qa.web.messages import notices_html
from iscalimab_qa.web.reading import (
    CHANGED,
    GONE,
    NOTHING_OPEN,
    Place,
    reading_html,
    unreadable_html,
)

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant

Turns = tuple[Turn, ...]

_FEW_DIGITS = 6
"""More than any turn or marker has."""

WIDER = 4
"""How many times as much of a source is shown when more is asked for."""


class Shown(NamedTuple):
    """New values for the parts of the tab, in the order in which listeners name them.

    What is not named stays as it is.
    """

    box: Any = gr.skip()
    conversation: Any = gr.skip()
    evidence: Any = gr.skip()
    notices: Any = gr.skip()
    turns: Any = gr.skip()
    kept: Any = gr.skip()


class Open(NamedTuple):
    """What the reading pane shows: a citation of an answer, and how much around it."""

    turn: int
    marker: int
    place: Place


class Asking:
    """The acts of the tab; one for all visitors, whose own state comes with each act."""

    def __init__(self, assistant: Assistant) -> None:
        """Ask this assistant, and keep conversations while the server runs."""
        self._assistant = assistant
        self._kept = Conversations()
        self.max_chars = assistant.settings.answering.max_question_chars

    def ask(self, question: str | None, turns: Turns, kept: object) -> Iterator[Shown]:
        """Show the question at once, then its evidence, then the answer; blank asks nothing."""
        if not question or not question.strip():
            yield Shown()
            return
        key = read_kept(kept, max_chars=self.max_chars).key
        yield Shown(box="", conversation=messages((*turns, Turn(question[: self.max_chars]))))
        turn = take_turn(self._assistant, question, turns, max_chars=self.max_chars)
        after = (*turns, turn)
        evidence = beside(after, len(turns))
        yield evidence
        # A question that failed goes back into the box, to be changed or sent again.
        box = question[: self.max_chars] if turn.failure else gr.skip()
        yield self._told(key, after, evidence)._replace(box=box)

    def ask_example(self, turns: Turns, kept: object, chosen: gr.SelectData) -> Iterator[Shown]:
        """Ask the question that was chosen."""
        yield from self.ask(str(chosen.value["text"]), turns, kept)

    def again(self, turns: Turns, kept: object) -> Iterator[Shown]:
        """Ask the last question once more, say after the library changed."""
        earlier, question = without_last(turns)
        yield from self.ask(question, earlier, kept)

    def undo(self, turns: Turns, kept: object) -> Shown:
        """Drop the last turn, and put its question back into the box."""
        earlier, question = without_last(turns)
        if not question:
            return Shown()
        key = read_kept(kept, max_chars=self.max_chars).key
        evidence = beside(earlier, len(earlier) - 1) if earlier else _nothing_beside()
        return self._told(key, earlier, evidence)._replace(box=question)

    def clear(self, kept: object) -> Shown:
        """Begin a new conversation; the old one is forgotten."""
        self._kept.forget(read_kept(kept, max_chars=self.max_chars).key)
        fresh = kept_of(new_key(), ()).as_json()
        return _nothing_beside()._replace(box="", conversation=[], turns=(), kept=fresh)

    def restore(self, kept: object) -> Iterator[Shown]:
        """Show the conversation again that was open in this browser.

        One that the server no longer has is asked again, question by question.
        """
        found = read_kept(kept, max_chars=self.max_chars)
        turns = self._kept.turns(found.key)
        if turns or not found.questions:
            yield self._restored(found.key, turns) if turns else Shown()
            return
        for question in found.questions:
            turn = take_turn(self._assistant, question, turns, max_chars=self.max_chars)
            turns = (*turns, turn)
            yield self._restored(found.key, turns)

    def _restored(self, key: str, turns: Turns) -> Shown:
        return self._told(key, turns, beside(turns, len(turns) - 1))

    def _told(self, key: str, turns: Turns, evidence: Shown) -> Shown:
        """Keep a conversation, and show it with this evidence beside it."""
        self._kept.keep(key, turns)
        kept = kept_of(key, turns).as_json()
        return evidence._replace(conversation=messages(turns), turns=turns, kept=kept)

    def recall(self, turns: Turns, clicked: gr.SelectData) -> tuple[Any, Any]:
        """Bring back the evidence of the answer that was clicked: two messages make a turn."""
        shown = beside(turns, int(clicked.index) // 2)
        return shown.evidence, shown.notices

    def read(self, turns: Turns, clicked: gr.EventData) -> tuple[str, Open | None]:
        """Open the source of a citation at its words."""
        told = clicked._data if isinstance(clicked._data, dict) else {}
        turn, marker = _number(told.get("turn")), _number(told.get("marker"))
        citation = _cited(turns, turn, marker)
        if citation is None:
            return NOTHING_OPEN, None
        return self._reading(Open(turn, marker, Place(citation.start, citation.end)), citation)

    def read_more(self, turns: Turns, shown: Open | None) -> tuple[str, Open | None]:
        """Show more of the source that is open."""
        citation = _cited(turns, shown.turn, shown.marker) if shown else None
        if shown is None or citation is None:
            return NOTHING_OPEN, None
        wider = shown.place._replace(near=shown.place.near * WIDER)
        return self._reading(shown._replace(place=wider), citation)

    def _reading(self, shown: Open, citation: Citation) -> tuple[str, Open]:
        try:
            source = self._assistant.source(citation.source_id)
        except SourceNotFoundError:
            return unreadable_html(citation, GONE), shown
        if source.text[citation.start : citation.end] != citation.quote:
            return unreadable_html(citation, CHANGED), shown
        return reading_html(source, shown.place, shown.marker), shown


def close_reader() -> tuple[str, None]:
    """Close the reading pane."""
    return NOTHING_OPEN, None


def beside(turns: Sequence[Turn], index: int) -> Shown:
    """Return evidence and notices of a turn; a turn without answer leaves what is shown."""
    turn = turns[index] if 0 <= index < len(turns) else None
    if turn is None or turn.answer is None:
        return Shown()
    return Shown(
        evidence=evidence_html(turn.answer, index, turn.backing),
        notices=notices_html(turn.answer.notices),
    )


def _nothing_beside() -> Shown:
    return Shown(evidence=NO_ANSWER_YET, notices="")


def _number(told: object) -> int:
    """Read a number that a browser sent, -1 for anything else."""
    text = str(told)
    return int(text) if text.isascii() and text.isdigit() and len(text) < _FEW_DIGITS else -1


def _cited(turns: Sequence[Turn], turn: int, marker: int) -> Citation | None:
    answer = turns[turn].answer if 0 <= turn < len(turns) else None
    found = answer.citations if answer else ()
    return next((citation for citation in found if citation.marker == marker), None)
