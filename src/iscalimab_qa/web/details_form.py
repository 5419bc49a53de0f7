"""The short form in which a librarian says what an uploaded document is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple, cast, get_args

import gradio as gr

from iscalimab_qa.evidence.tiers import TIER_LABELS
from iscalimab_qa.sources.sidecar import Details
from iscalimab_qa.sources.values import SourceKind
from iscalimab_qa.web.uploads import Pending

_KINDS = [
    ("not said", ""),
    *((kind.replace("_", " "), kind) for kind in get_args(SourceKind) if kind != "document"),
]
_TIERS = [("unclassified", ""), *((f"{n} {label}", str(n)) for n, label in TIER_LABELS.items())]


class Filled(NamedTuple):
    """The form's values, in the order of its parts; `shown` names the document they are of."""

    document: str
    title: str
    doi: str
    trials: str
    kind: str
    tier: str
    shown: str


class DetailsForm(NamedTuple):
    """The form: its group, which is hidden where nothing is to be described, and its parts."""

    group: gr.Group
    document: gr.Dropdown
    title: gr.Textbox
    doi: gr.Textbox
    trials: gr.Textbox
    kind: gr.Dropdown
    tier: gr.Dropdown
    shown: gr.State

    @property
    def parts(self) -> list[Any]:
        """What holds values, in the order of `Filled`."""
        return list(self[1:])


def details_form() -> DetailsForm:
    """Lay out the form."""
    with gr.Group(visible=False, elem_id="details") as group:
        document = gr.Dropdown([], label="Describe", visible=False, elem_id="details-document")
        title = gr.Textbox(label="Title", elem_id="details-title", max_length=500)
        with gr.Row():
            doi = gr.Textbox(label="DOI", placeholder="10.1000/182", elem_id="details-doi")
            trials = gr.Textbox(
                label="Trial", placeholder="NCT01234567, or several", elem_id="details-trial"
            )
        with gr.Row():
            kind = gr.Dropdown(_KINDS, value="", label="Kind", elem_id="details-kind")
            tier = gr.Dropdown(_TIERS, value="", label="Tier of evidence", elem_id="details-tier")
        shown = gr.State("")
    return DetailsForm(group, document, title, doi, trials, kind, tier, shown)


def open_form(pending: Sequence[Pending], name: str = "") -> list[Any]:
    """Return new values for the form's parts: the document of that name, else the first.

    A document that cannot be read, or that describes itself, is not offered.
    """
    offered = [one for one in pending if is_described_here(one)]
    shown = next((one for one in offered if one.name == name), offered[0] if offered else None)
    details = shown.details if shown else Details()
    chosen = shown.name if shown else ""
    names = [one.name for one in offered]
    return [
        gr.update(choices=names, value=chosen or None, visible=len(names) > 1),
        details.title,
        details.doi,
        ", ".join(details.trials),
        details.kind or "",
        str(details.tier or ""),
        chosen,
    ]


def is_described_here(pending: Pending) -> bool:
    """Tell whether what the form says of a document counts."""
    return not pending.problem and not pending.own_words


def keep(pending: Sequence[Pending], filled: Filled) -> tuple[Pending, ...]:
    """Return the documents, that of the form with what was filled in."""
    return tuple(
        replace(one, details=_with(one.details, filled)) if one.name == filled.shown else one
        for one in pending
    )


def _with(details: Details, filled: Filled) -> Details:
    return replace(
        details,
        title=filled.title.strip(),
        doi=filled.doi.strip(),
        trials=tuple(filter(None, re.split(r"[\s,;]+", filled.trials))),
        kind=cast("SourceKind | None", filled.kind or None),
        tier=int(filled.tier) if filled.tier else None,
    )
