"""The tab in which questions are asked: the conversation left, its evidence right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import gradio as gr

from iscalimab_qa.web.asking import Asking, close_reader
from iscalimab_qa.web.cards import NO_ANSWER_YET
from iscalimab_qa.web.feedback_view import feedback_row
from iscalimab_qa.web.html_part import html_part
from iscalimab_qa.web.listeners import ASKING, PRIVATE
from iscalimab_qa.web.save_view import save_row

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant

WELCOME = (
    '<div class="welcome"><p>Each sentence of an answer ends with a number. '
    "It leads to the exact words in the source that it rests on.</p></div>"
)

STORAGE_KEY = "iscalimab-qa-conversation"
STORAGE_SECRET = "in the reader's own browser"  # noqa: S105 (Gradio wants one; it protects nothing)
"""The same after a restart of the server, so that the browser can still read what it keeps."""

_OPENS = """element.addEventListener("click", (event) => {
  const button = event.target.closest("button.open");
  if (!button) return;
  const turn = button.closest(".panel").dataset.turn;
  trigger("click", { turn, marker: button.dataset.marker });
});"""

_READS = """element.addEventListener("click", (event) => {
  if (event.target.closest("button.close")) trigger("clear");
  if (event.target.closest("button.more")) trigger("expand");
});"""


class AskTab(NamedTuple):
    """The parts of the tab that other tabs and the page may use."""

    question: gr.Textbox
    conversation: gr.Chatbot
    turns: gr.State


class _Parts(NamedTuple):
    question: gr.Textbox
    conversation: gr.Chatbot
    evidence: gr.HTML
    notices: gr.HTML
    again: gr.Button
    undo: gr.Button
    clear: gr.Button
    reader: gr.HTML
    rating: gr.Column
    save: gr.Row


def ask_tab(page: gr.Blocks, assistant: Assistant) -> AskTab:
    """Lay out the tab, inside its `with gr.Tab(...)`, and connect it with an assistant.

    The conversation that was open in a visitor's browser is shown when the page is loaded.
    """
    asking = Asking(assistant)
    turns, opened = gr.State(()), gr.State(None)
    kept = gr.BrowserState(None, storage_key=STORAGE_KEY, secret=STORAGE_SECRET)
    parts = _laid_out(asking.max_chars)
    _listen_to_questions(page, parts, asking, turns, kept)
    _listen_to_evidence(parts, asking, turns, opened)
    with parts.rating:
        feedback_row(turns)
    with parts.save:
        save_row(assistant, turns)
    return AskTab(parts.question, parts.conversation, turns)


def _laid_out(max_chars: int) -> _Parts:
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=3, min_width=320, elem_id="left"):
            conversation = _conversation()
            question = _question_box(max_chars)
            rating = gr.Column(elem_id="rating")
            with gr.Row(elem_id="below"):
                with gr.Row(elem_id="acts"):
                    again = _act("Ask again", "again")
                    undo = _act("Undo", "undo")
                    clear = _act("New conversation", "clear")
                save = gr.Row(elem_id="save")
        with gr.Column(scale=2, min_width=320, elem_id="right"):
            notices = html_part("", "notices")
            evidence = html_part(NO_ANSWER_YET, "evidence", js_on_load=_OPENS)
    reader = html_part("", "reader", js_on_load=_READS)
    acts = (again, undo, clear)
    return _Parts(question, conversation, evidence, notices, *acts, reader, rating, save)


def _listen_to_questions(
    page: gr.Blocks, parts: _Parts, asking: Asking, turns: gr.State, kept: gr.BrowserState
) -> None:
    shown = [parts.question, parts.conversation, parts.evidence, parts.notices, turns, kept]
    parts.question.submit(asking.ask, [parts.question, turns, kept], shown, **ASKING)
    parts.conversation.example_select(asking.ask_example, [turns, kept], shown, **ASKING)
    parts.again.click(asking.again, [turns, kept], shown, **ASKING)
    parts.undo.click(asking.undo, [turns, kept], shown, **PRIVATE)
    parts.clear.click(asking.clear, [kept], shown, **PRIVATE)
    page.load(asking.restore, [kept], shown, **ASKING)


def _listen_to_evidence(parts: _Parts, asking: Asking, turns: gr.State, opened: gr.State) -> None:
    beside, pane = [parts.evidence, parts.notices], [parts.reader, opened]
    parts.conversation.select(asking.recall, [turns], beside, **PRIVATE)
    parts.evidence.click(asking.read, [turns], pane, **PRIVATE)
    parts.reader.expand(asking.read_more, [turns, opened], pane, **PRIVATE)
    parts.reader.clear(close_reader, None, pane, **PRIVATE)


def _act(name: str, elem_id: str) -> gr.Button:
    return gr.Button(name, elem_id=elem_id, elem_classes="act", size="sm")


def _conversation() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="conversation",
        label="Conversation",
        show_label=False,
        placeholder=WELCOME,
        buttons=[],
        autoscroll=False,  # the script shows an answer from its question on, not from its end
        latex_delimiters=[],  # a passage's $ is a dollar
        layout="panel",
        group_consecutive_messages=False,  # the n-th bot message is the n-th answer
    )


def _question_box(max_chars: int) -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="Your question",
        show_label=False,
        placeholder="Ask a question",
        lines=1,
        max_lines=6,
        max_length=max_chars,
        submit_btn=True,
        autofocus=True,
    )
