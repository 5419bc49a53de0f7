"""The page: the conversation left, its evidence right.

Stable ids: `#question` (the box), `#conversation` (one `[data-testid=bot]` message an
answer), `#evidence` (a `.card` a citation), `#notices`, `#clear`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

import gradio as gr

from iscalimab_qa.web.cards import NO_ANSWER_YET, evidence_html
from iscalimab_qa.web.conversation import Turn, messages, take_turn
from iscalimab_qa.web.escape import inline
from iscalimab_qa.web.messages import notices_html

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant

TITLE = "Ask the iscalimab literature"

WELCOME = (
    '<div class="welcome"><p>Each sentence of an answer ends with a number. '
    "It leads to the exact words in the source that it rests on.</p></div>"
)

CONCURRENT_QUESTIONS = 4
"""Questions answered at a time: more would only wait for the same processor cores."""

MAX_WAITING = 64
"""Questions that may wait; a further one is told at once that the chat is busy."""

Turns = tuple[Turn, ...]
Shown = tuple[Any, ...]
"""New values for the box, the conversation, the evidence, the notices and the turns."""

_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""No listener of the page is an endpoint for other programs."""


def build_page(assistant: Assistant) -> gr.Blocks:
    """Lay out the page and connect it with an assistant, whom every visitor asks.

    Returns:
        The page, its queue bounded, ready for `launch(**appearance())`.
    """
    max_chars = assistant.settings.answering.max_question_chars

    def ask(question: str, turns: Turns) -> Iterator[Shown]:
        yield from _asked(assistant, question, turns, max_chars)

    def ask_example(turns: Turns, chosen: gr.SelectData) -> Iterator[Shown]:
        yield from ask(str(chosen.value["text"]), turns)

    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        turns = gr.State(())
        header = _html(_header(assistant), "masthead")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, min_width=320, elem_id="left"):
                conversation = _conversation(_examples(assistant))
                question = _question_box(max_chars)
                clear = gr.Button("New conversation", elem_id="clear", size="sm")
            with gr.Column(scale=2, min_width=320, elem_id="right"):
                notices = _html("", "notices")
                evidence = _html(NO_ANSWER_YET, "evidence")
        shown = [question, conversation, evidence, notices, turns]
        asking: dict[str, Any] = {"concurrency_limit": CONCURRENT_QUESTIONS, **_PRIVATE}
        question.submit(ask, [question, turns], shown, **asking)
        conversation.example_select(ask_example, [turns], shown, **asking)
        conversation.select(_recalled, [turns], [evidence, notices], **_PRIVATE)
        clear.click(_emptied, None, shown, **_PRIVATE)
        page.load(lambda: _header(assistant), None, header, **_PRIVATE)
    page.queue(api_open=False, max_size=MAX_WAITING)
    return page


def appearance() -> dict[str, Any]:
    """Return theme, style sheet and script, which Gradio takes when the page is launched."""
    # Fonts of the reader's own system: no file to fetch, and text is there at first paint.
    theme = gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        font=["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )
    return {"theme": theme, "css": _asset("page.css"), "js": _asset("page.js")}


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _html(value: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _examples(assistant: Assistant) -> list[str]:
    """Return a question a topic, as long as the library is the one they were written for."""
    return [] if assistant.settings.corpus else _asset("examples.txt").splitlines()


def _conversation(examples: Sequence[str]) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="conversation",
        label="Conversation",
        show_label=False,
        placeholder=WELCOME,
        examples=[{"text": example} for example in examples],
        buttons=[],
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


def _header(assistant: Assistant) -> str:
    count = assistant.source_count
    sources = "1 source" if count == 1 else f"{count:,} sources"
    programme = assistant.programme
    line = f'<p class="programme">{inline(programme)}</p>' if programme else ""
    return (
        f"<header><h1>{TITLE}</h1>"
        f"<p>Library as of {inline(assistant.library_date)}, {sources}. "
        f"<em>A reading aid, not medical advice.</em></p>{line}</header>"
    )


def _asked(
    assistant: Assistant, question: str | None, turns: Turns, max_chars: int
) -> Iterator[Shown]:
    """Show the question at once, then what came of it; an empty box asks nothing."""
    if not question or not question.strip():
        yield tuple(gr.skip() for _ in range(5))
        return
    under_way = Turn(question[:max_chars])
    yield "", messages((*turns, under_way)), gr.skip(), gr.skip(), gr.skip()
    turn = take_turn(assistant, question, turns, max_chars=max_chars)
    # A question that failed goes back into the box, to be changed or sent again.
    box = question[:max_chars] if turn.failure else gr.skip()
    turns = (*turns, turn)
    yield (box, messages(turns), *_beside(turns, len(turns) - 1), turns)


def _recalled(turns: Turns, clicked: gr.SelectData) -> Shown:
    """Bring back the evidence of the answer that was clicked: two messages make a turn."""
    return _beside(turns, int(clicked.index) // 2)


def _beside(turns: Sequence[Turn], index: int) -> Shown:
    """Return evidence and notices of a turn; a turn without answer leaves what is shown."""
    answer = turns[index].answer if 0 <= index < len(turns) else None
    if answer is None:
        return gr.skip(), gr.skip()
    return evidence_html(answer, index), notices_html(answer.notices)


def _emptied() -> Shown:
    return "", [], NO_ANSWER_YET, "", ()
