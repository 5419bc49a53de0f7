"""The acts of the Ask tab, without a browser: what each of them shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import gradio as gr
import pytest
from stand_in_chat import QUOTE, TEXT, StandIn, source

from iscalimab_qa.sources.values import Source
from iscalimab_qa.web.asking import WIDER, Asking, Open, Shown
from iscalimab_qa.web.conversation import Turn
from iscalimab_qa.web.keeping import new_key
from iscalimab_qa.web.reading import NEAR, Place

STAYS = gr.skip()


def asking(assistant: StandIn | None = None) -> Asking:
    return Asking(assistant or StandIn())  # type: ignore[arg-type]


def last(shown: Iterable[Shown]) -> Shown:
    return list(shown)[-1]


def clicked(**data: object) -> gr.EventData:
    return gr.EventData(target=None, _data=data)


def asked(view: Asking, *questions: str, kept: object = None) -> Shown:
    """Ask one question after the other and return what is shown in the end."""
    shown = Shown(turns=(), kept=kept)
    for question in questions:
        shown = last(view.ask(question, shown.turns, shown.kept))
    return shown


def test_the_evidence_is_there_before_the_answer() -> None:
    begun, evidence, answered = asking().ask("How did it change?", (), None)
    assert "under-way" in begun.conversation[-1]["content"]
    assert 'id="cite-1"' in evidence.evidence
    assert evidence.conversation == STAYS
    assert "joint score" in answered.conversation[-1]["content"]


def test_a_failed_question_goes_back_into_the_box_and_leaves_the_evidence() -> None:
    _, evidence, told = asking().ask("broken", (), None)
    assert told.box == "broken"
    assert evidence == Shown()


def test_asking_again_replaces_the_last_answer() -> None:
    view = asking()
    shown = asked(view, "How did it change?", "and with placebo?")
    again = last(view.again(shown.turns, shown.kept))
    assert [turn.question for turn in again.turns] == ["How did it change?", "and with placebo?"]


def test_asking_again_or_undoing_without_a_question_does_nothing() -> None:
    assert last(asking().again((), None)) == Shown()
    assert asking().undo((), None) == Shown()


def test_undo_puts_the_last_question_back_into_the_box_and_shows_the_evidence_before() -> None:
    view = asking()
    shown = asked(view, "How did it change?", "Is nothing known?")
    undone = view.undo(shown.turns, shown.kept)
    assert undone.box == "Is nothing known?"
    assert len(undone.turns) == 1
    assert 'data-turn="0"' in undone.evidence
    first = view.undo(undone.turns, undone.kept)
    assert first.conversation == []
    assert "appear here" in first.evidence


def test_a_conversation_is_restored_by_its_key_without_asking_anew() -> None:
    class AskedOnce(StandIn):
        asked = 0

        def ask(self, *given: Any, **named: Any) -> Any:
            self.asked += 1
            return super().ask(*given, **named)

    assistant = AskedOnce()
    view = asking(assistant)
    shown = asked(view, "How did it change?")
    restored = last(view.restore(shown.kept))
    assert restored.turns == shown.turns
    assert 'id="cite-1"' in restored.evidence
    assert assistant.asked == 1


def test_a_conversation_that_the_server_lost_is_asked_again_question_by_question() -> None:
    kept = {"key": new_key(), "questions": ["How did it change?", "and with placebo?"]}
    steps = list(asking().restore(kept))
    assert [len(step.turns) for step in steps] == [1, 2]
    assert "Understood as" in steps[-1].conversation[-1]["content"]


def test_answers_in_what_a_browser_kept_are_never_shown() -> None:
    forged = {"key": new_key(), "questions": [], "turns": ["<img src=x>"], "answers": ["lies"]}
    assert last(asking().restore(forged)) == Shown()


def test_a_new_conversation_has_another_key_and_the_old_one_is_forgotten() -> None:
    view = asking()
    shown = asked(view, "How did it change?")
    cleared = view.clear(shown.kept)
    assert cleared.turns == ()
    assert cleared.kept["key"] != shown.kept["key"]
    assert last(view.restore({**shown.kept, "questions": []})) == Shown()


def test_a_card_opens_its_source_at_the_cited_words_and_shows_more_on_demand() -> None:
    view = asking()
    turns = asked(view, "How did it change?").turns
    html, opened = view.read(turns, clicked(turn="0", marker="1"))
    assert f"<mark>{QUOTE}</mark>" in html
    start = TEXT.index(QUOTE)
    assert opened == Open(0, 1, Place(start, start + len(QUOTE)))
    _, wider = view.read_more(turns, opened)
    assert wider == Open(0, 1, Place(start, start + len(QUOTE), NEAR * WIDER))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"turn": "0"},
        {"turn": "9", "marker": "1"},
        {"turn": "-1", "marker": "1"},
        {"turn": [], "marker": {}},
        {"turn": "0", "marker": "99"},
        {"turn": "9" * 5000, "marker": "1"},
    ],
)
def test_a_click_on_what_is_not_there_opens_nothing(told: dict[str, object]) -> None:
    view = asking()
    turns = asked(view, "How did it change?").turns
    assert view.read(turns, clicked(**told)) == ("", None)


def test_a_source_that_was_removed_or_changed_since_is_said_to_be() -> None:
    class Changed(StandIn):
        def source(self, source_id: str) -> Source:
            return replace(source(), text="Everything is new here." * 20)

    view = asking(Changed())
    turns = asked(view, "How did it change?").turns
    assert "has changed since" in view.read(turns, clicked(turn="0", marker="1"))[0]
    (answered,) = turns
    lost = replace(answered.answer.citations[0], source_id="gone2020")
    gone = (Turn("?", replace(answered.answer, citations=(lost,))),)
    assert "no longer in the library" in asking().read(gone, clicked(turn="0", marker="1"))[0]


def test_a_click_on_a_turn_without_an_answer_leaves_the_evidence() -> None:
    selected = gr.SelectData(target=None, data={"index": 1, "value": ""})
    assert asking().recall((Turn("?", failure="no"),), selected) == (STAYS, STAYS)
