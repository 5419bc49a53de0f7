"""The row with which a reader says whether the last answer was right, and why.

Stable ids: `#rate-up`, `#rate-down`, `#rate-reason`, `#rate-save`, `#rated`.
"""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

import gradio as gr

from iscalimab_qa.errors import OutputError
from iscalimab_qa.settings import feedback_file
from iscalimab_qa.web.conversation import Turn, history
from iscalimab_qa.web.escape import inline
from iscalimab_qa.web.feedback import MOST_REASON_CHARS, Rating, append, feedback_line, now
from iscalimab_qa.web.html_part import html_part
from iscalimab_qa.web.listeners import PRIVATE

STAYS_HERE = "Ratings stay in a file on this machine."

_ASKED = {
    "up": "What was good about it? (optional)",
    "down": "What is wrong or missing? (optional)",
}

_NAMED_CHARS = 60
"""Characters by which a reader recognises the question that was rated."""


class Chosen(NamedTuple):
    """A thumb, and how long the conversation was when it was chosen."""

    rating: Rating
    turns: int


Turns = tuple[Turn, ...]
Shown = tuple[Any, ...]
"""New values for the row of the reason, the reason, what is said, and the rating."""


def feedback_row(turns: gr.State) -> None:
    """Lay out the row below the conversation, and connect it with its turns."""
    chosen = gr.State(None)
    with gr.Row(elem_id="rate"):
        html_part("<span>Was the last answer right?</span>", "rate-label")
        up = _thumb("Yes", "rate-up")
        down = _thumb("No", "rate-down")
        told = html_part(_told(STAYS_HERE), "rated")
    with gr.Row(visible=False, elem_id="rate-why") as why:
        reason = gr.Textbox(
            elem_id="rate-reason",
            label="Why (optional)",
            show_label=False,
            lines=1,
            max_lines=4,
            scale=1,
            max_length=MOST_REASON_CHARS,
        )
        save = gr.Button("Save rating", elem_id="rate-save", size="sm", scale=0, min_width=0)
    shown = [why, reason, told, chosen]
    up.click(lambda rated: _chosen("up", rated), turns, shown, **PRIVATE)
    down.click(lambda rated: _chosen("down", rated), turns, shown, **PRIVATE)
    for saved in (save.click, reason.submit):
        saved(_saved, [turns, chosen, reason], shown, **PRIVATE)


def _thumb(label: str, elem_id: str) -> gr.Button:
    return gr.Button(label, elem_id=elem_id, elem_classes="thumb", size="sm", scale=0, min_width=0)


def _chosen(rating: Rating, turns: Turns) -> Shown:
    """Ask for the reason, which may stay empty."""
    if not turns or turns[-1].answer is None:
        return gr.skip(), gr.skip(), _told("There is no answer to rate yet."), None
    box = gr.Textbox(value="", placeholder=_ASKED[rating])
    return gr.Row(visible=True), box, _told(STAYS_HERE), Chosen(rating, len(turns))


def _saved(turns: Turns, chosen: Chosen | None, reason: str | None) -> Shown:
    """Write the rating down, if the answer that it was chosen for is still the last."""
    answer = turns[-1].answer if turns else None
    if answer is None or chosen is None or chosen.turns != len(turns):
        said = "There is a newer answer: choose Yes or No for that one."
        return gr.Row(visible=False), "", _told(said), None
    try:
        line = feedback_line(answer, history(turns[:-1]), chosen.rating, reason or "", now())
        append(feedback_file(), line)
    except (OutputError, ValueError):
        logging.getLogger(__name__).exception("A rating could not be written")
        said = "The rating could not be saved. The details are in the server's log."
        return gr.skip(), gr.skip(), _told(said), gr.skip()
    asked = " ".join(answer.question.split())
    short = asked if len(asked) <= _NAMED_CHARS else f"{asked[:_NAMED_CHARS]} …"
    said = f"Thank you. Your rating of “{short}” is saved on this machine."
    return gr.Row(visible=False), "", _told(said), None


def _told(text: str) -> str:
    return f'<span role="status">{inline(text)}</span>'
