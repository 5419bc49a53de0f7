"""The tab in which a text is held against the library, sentence by sentence.

Stable ids: `#check-text` (the box), `#check` (the button), `#checked` (what came of it).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import gradio as gr

from iscalimab_qa.answering.check_wording import too_long
from iscalimab_qa.answering.checking import unchecked
from iscalimab_qa.sentences import pasted_sentences
from iscalimab_qa.web.backing import backing_of
from iscalimab_qa.web.check_html import NOTHING_CHECKED, Sentence, checked_html, refused_html
from iscalimab_qa.web.html_part import html_part
from iscalimab_qa.web.listeners import ASKING

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant

MOST_CHARS = 20_000
"""Of a pasted text: some six pages. A longer one is a document, for `iscalimab-qa check FILE`."""

MOST_SENTENCES = 200
"""What six pages have; each costs about as much as a question."""

NOT_CHECKED = "not checked: something went wrong; the details are in the server's log"

_SHOWN_EACH = 3
"""Sentences between two looks of the reader: fewer would redraw the page more than check."""


def check_tab(assistant: Assistant) -> None:
    """Lay out the tab, inside its `with gr.Tab(...)`, and connect it with an assistant."""
    with gr.Column(elem_id="check-column"):
        box = gr.Textbox(
            elem_id="check-text",
            label="A text to check",
            info="Paste a paragraph of a manuscript, or the text of a slide.",
            placeholder="Iscalimab was given to 39 patients with lupus nephritis …",
            lines=5,
            max_lines=16,
            max_length=MOST_CHARS,
        )
        button = gr.Button("Check", elem_id="check", variant="primary", size="sm")
        checked = html_part(NOTHING_CHECKED, "checked")

    def check(text: str | None) -> Iterator[str]:
        yield from checking(assistant, text or "")

    button.click(check, box, checked, **ASKING)


def checking(assistant: Assistant, text: str) -> Iterator[str]:
    """Yield what is shown while a text is checked, the whole of it last.

    A text that is too long is refused here: a browser's own limit binds nobody.
    """
    sentences = pasted_sentences(text[: MOST_CHARS + 1])
    if why := _refusal(text, sentences):
        yield refused_html(why)
        return
    date, done = assistant.library_date, list[Sentence]()
    yield checked_html(done, len(sentences), date)
    for sentence in sentences:
        done.append(_checked(assistant, sentence))
        if len(done) % _SHOWN_EACH == 1 and len(done) < len(sentences):
            yield checked_html(done, len(sentences), date)
    yield checked_html(done, len(sentences), date)


def _refusal(text: str, sentences: list[str]) -> str:
    if len(text) > MOST_CHARS:
        return (
            f"The text has {len(text):,} characters; at most {MOST_CHARS:,} are checked at a "
            "time. Paste a part of it."
        )
    if not sentences:
        return "There is nothing to check yet. Paste a sentence or more."
    if len(sentences) > MOST_SENTENCES:
        return (
            f"The text has {len(sentences)} sentences; at most {MOST_SENTENCES} are checked at "
            "a time. Paste a part of it."
        )
    return ""


def _checked(assistant: Assistant, sentence: str) -> Sentence:
    """Check a sentence; one that fails is told so, and the others go on."""
    most = assistant.settings.answering.max_question_chars
    if len(sentence) > most:
        return Sentence(unchecked(sentence, too_long(sentence, most)))
    try:
        checked = assistant.check(sentence)
        behind = (backing_of(assistant, citation) for citation in checked.citations)
        return Sentence(checked, tuple(behind))
    except Exception:
        # Whatever a sentence sets off, the page stays alive.
        logging.getLogger(__name__).exception("A sentence could not be checked")
        return Sentence(unchecked(sentence, NOT_CHECKED))
