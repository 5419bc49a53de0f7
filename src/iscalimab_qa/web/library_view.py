"""The library tab: what is indexed, and, for a librarian, changing it."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from iscalimab_qa.sources.citation_files import CITATION_SUFFIXES
from iscalimab_qa.sources.detect import KNOWN_SUFFIXES
from iscalimab_qa.web.access import Access
from iscalimab_qa.web.details_form import DetailsForm, details_form
from iscalimab_qa.web.html_part import html_part
from iscalimab_qa.web.library_desk import Desk
from iscalimab_qa.web.listeners import PRIVATE

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant

CHANGING: dict[str, Any] = {**PRIVATE, "concurrency_limit": 4, "concurrency_id": "changing"}
"""More than one may come at a time, so that the second is told at once that it is second."""

WORKING: dict[str, Any] = {**CHANGING, "show_progress": "full"}
"""Long enough for a bar."""


_INVITATION = (
    "<h2>Add documents</h2><p>PDF, Word, Markdown, HTML or plain text. With the .ris or .nbib "
    "that belongs to one, the form below fills itself in.</p>"
)
_UPKEEP = (
    "<h2>Upkeep</h2><p>A rebuild reads and encodes every document anew. Questions are answered "
    "meanwhile.</p>"
)

# A question that appears somewhere on a long page is brought to whoever has to answer it.
_FOCUS_KEEP = "() => setTimeout(() => document.querySelector('#keep')?.focus(), 150)"


class _Adding(NamedTuple):
    files: gr.File
    read: gr.HTML
    form: DetailsForm
    add: gr.Button
    pending: gr.State


class _Removing(NamedTuple):
    confirm: gr.Column
    asked: gr.HTML
    marked: gr.State
    remove: gr.Button
    keep: gr.Button


class LibraryTab(NamedTuple):
    """The parts of the tab that the rest of the page may listen to."""

    report: gr.HTML
    """Changes after every change of the library."""


def library_tab(page: gr.Blocks, assistant: Assistant, access: Access) -> LibraryTab:
    """Lay out the tab, inside its `with gr.Tab(...)`, and connect it with a library."""
    desk = Desk(assistant, access)
    mine = access.served == "to oneself"
    with gr.Column(elem_id="library-tab"):
        locked = html_part("", "library-locked")
        # What is hidden here is refused by the desk as well.
        with gr.Column(visible=mine, elem_id="desk") as controls:
            adding = _adding()
            report = html_part("", "library-report")
        removing = _removing()
        table = html_part("", "library", js_on_load=_script())
        with gr.Column(visible=mine, elem_id="upkeep") as upkeep:
            html_part(_UPKEEP, "upkeep-what")
            rebuild = gr.Button("Rebuild the index", elem_id="rebuild", size="sm", scale=0)
            rebuilt = html_part("", "rebuilt")
    page.load(desk.greet, None, [table, controls, upkeep, locked], **PRIVATE)
    _connect_adding(desk, adding, report, table)
    _connect_removing(desk, removing, report, table)
    rebuild.click(desk.rebuild, None, [rebuilt, table], show_progress_on=rebuilt, **WORKING)
    return LibraryTab(report)


def _adding() -> _Adding:
    html_part(_INVITATION, "upload-what")
    files = gr.File(
        elem_id="upload",
        label="Documents",
        file_count="multiple",
        file_types=sorted(KNOWN_SUFFIXES | CITATION_SUFFIXES),
        height=150,
    )
    read = html_part("", "upload-read")
    form = details_form()
    add = gr.Button("Add to the library", variant="primary", visible=False, elem_id="add")
    return _Adding(files, read, form, add, gr.State(()))


def _removing() -> _Removing:
    with gr.Column(visible=False, elem_id="confirm") as confirm:
        asked = html_part("", "confirm-what")
        with gr.Row():
            remove = gr.Button("Remove", variant="stop", elem_id="remove", size="sm", scale=0)
            keep = gr.Button("Keep", elem_id="keep", size="sm", scale=0)
    return _Removing(confirm, asked, gr.State(""), remove, keep)


def _connect_adding(desk: Desk, adding: _Adding, report: gr.HTML, table: gr.HTML) -> None:
    form = adding.form
    chosen = [adding.pending, adding.read, form.group, adding.add, *form.parts]
    adding.files.change(desk.examine, adding.files, chosen, show_progress_on=adding.read, **WORKING)
    described = [adding.pending, *form.parts]
    form.document.input(desk.describe_another, described, described, **CHANGING)
    added = [report, adding.files, table]
    adding.add.click(desk.add, described, added, show_progress_on=report, **WORKING)


def _connect_removing(desk: Desk, removing: _Removing, report: gr.HTML, table: gr.HTML) -> None:
    confirm, asked, marked, remove, keep = removing
    acted = table.click(desk.act, None, [confirm, asked, marked, report, table], **CHANGING)
    acted.then(None, None, None, js=_FOCUS_KEEP, **PRIVATE)
    removed = [confirm, report, table]
    remove.click(desk.remove, marked, removed, show_progress_on=report, **WORKING)
    keep.click(lambda: gr.update(visible=False), None, confirm, **PRIVATE)


def _script() -> str:
    """Return the table's script: filter, sort, and hand clicks on."""
    return resources.files(__package__).joinpath("library.js").read_text(encoding="utf-8")
