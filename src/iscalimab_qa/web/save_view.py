"""The row below the conversation with which it, or its references, are saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import gradio as gr

from iscalimab_qa.web.conversation import Turn
from iscalimab_qa.web.handing_over import MadeFile, download_on
from iscalimab_qa.web.html_part import html_part
from iscalimab_qa.web.saving import FORMATS, Format, conversation_of

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant

_LABELS = {"Markdown": "Save conversation", "BibTeX": "References"}
"""What stands before a button."""


def save_row(assistant: Assistant, turns: gr.State) -> None:
    """Lay out the buttons, inside their `with gr.Row(elem_id="save")`, and connect them."""
    for name, form in FORMATS.items():
        if name in _LABELS:
            html_part(f"<span>{_LABELS[name]}</span>", f"save-{name.lower()}-label")
        button = gr.Button(name, elem_id=f"save-{name.lower()}", size="sm", min_width=0, scale=0)
        download_on(button, partial(_saved, assistant, form), [turns])


def _saved(assistant: Assistant, form: Format, turns: tuple[Turn, ...]) -> MadeFile | None:
    talk = conversation_of(assistant, turns)
    if not talk.answers:
        return None
    return MadeFile(form.file_name, form.media_type, form.write(talk))
