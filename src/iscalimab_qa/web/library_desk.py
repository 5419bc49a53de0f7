"""What the library tab does when something is clicked in it.

Each act that changes anything asks first who is asking: that the controls are hidden from
readers is a courtesy and no protection.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from iscalimab_qa.errors import FrontMatterError, IscalimabQAError
from iscalimab_qa.sources.sidecar import require_sound
from iscalimab_qa.web.access import Access
from iscalimab_qa.web.details_form import Filled, is_described_here, keep, open_form
from iscalimab_qa.web.librarian import Librarian
from iscalimab_qa.web.library_html import (
    library_html,
    outcomes_html,
    pending_html,
    removal_html,
    said_html,
    visitor_html,
)
from iscalimab_qa.web.library_rows import Row, library_rows
from iscalimab_qa.web.uploads import Pending, examine

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.index.report import IndexReport

SOMETHING_WENT_WRONG = (
    "Something went wrong, and the library is as it was. The details are in the server's log."
)

_HIDDEN = gr.update(visible=False)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shows:
    """A `Progress` that is drawn as Gradio's bar."""

    bar: gr.Progress

    @contextmanager
    def phase(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show one phase of `total` steps."""
        done = 0

        def advance(steps: int) -> None:
            nonlocal done
            done += steps
            self.bar((done, total), desc=name, unit="steps")

        advance(0)
        yield advance


class Desk:
    """The listeners of the library tab."""

    def __init__(self, assistant: Assistant, access: Access) -> None:
        """Serve one library; `access` says to whom it may be changed."""
        self._assistant = assistant
        self._access = access
        self._librarian = Librarian(assistant)

    def greet(self, request: gr.Request) -> tuple[Any, ...]:
        """Return table, whether the controls are shown, and who is there."""
        why_not = self._access.why_not(request.username)
        role = self._access.role_of(request.username)
        shown = gr.update(visible=not why_not)
        visitor = visitor_html(request.username, role, why_not)
        return self._table(request), shown, shown, visitor

    def examine(
        self,
        files: Sequence[str] | None,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 (how Gradio hands one in)
    ) -> tuple[Any, ...]:
        """Read uploads: the documents, a line each, the form, and whether any can be added."""
        serving = self._assistant.settings.serving
        pending: tuple[Pending, ...] = ()

        def read() -> str:
            nonlocal pending
            paths = [Path(file) for file in files or ()]
            if len(paths) > serving.upload_files:
                most = f"These are {len(paths)} files; at most {serving.upload_files} at a time."
                return said_html(most, failed=True)
            if paths:
                progress(None, desc="Reading")
            pending = examine(paths, self._assistant.settings.reading)
            none = bool(paths) and not pending
            return said_html(_NO_DOCUMENT, failed=True) if none else pending_html(pending)

        said = self._tried(request, read)
        described = any(map(is_described_here, pending))
        addable = any(not one.problem for one in pending)
        shown = gr.update(visible=described), gr.update(visible=addable)
        return pending, said, *shown, *open_form(pending)

    def describe_another(self, pending: tuple[Pending, ...], *values: Any) -> list[Any]:
        """Keep what the form says of one document, and show it for the one that was chosen."""
        filled = Filled(*values)
        kept = keep(pending, filled)
        return [kept, *open_form(kept, filled.document)]

    def add(  # noqa: PLR0917 (one parameter a part of the form)
        self,
        pending: tuple[Pending, ...],
        document: str | None,
        title: str,
        doi: str,
        trials: str,
        kind: str,
        tier: str,
        shown: str,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, ...]:
        """Add the uploads. The form stays if it has to be mended, and empties if it does not."""
        filled = Filled(document or "", title, doi, trials, kind, tier, shown)
        uploads = [one for one in keep(pending, filled) if not one.problem]
        done = False

        def add() -> str:
            nonlocal done
            for upload in filter(is_described_here, uploads):
                require_sound(upload.details, upload.name)
            outcomes = self._librarian.add(uploads, progress=Shows(progress))
            done = True
            return outcomes_html(outcomes)

        said = self._tried(request, add)
        return said, None if done else gr.skip(), self._table(request)

    def act(self, request: gr.Request, clicked: gr.EventData) -> tuple[Any, ...]:
        """Ask whether a source is to be removed; take one back at once that was left out."""
        told = clicked._data if isinstance(clicked._data, dict) else {}
        source_id = str(told.get("source", ""))
        row = next((row for row in self._rows() if row.source_id == source_id), None)
        if row is None:
            said = said_html("This source is not in the library any more.", failed=True)
            return _HIDDEN, "", "", said, self._table(request)
        if row.state == "excluded":
            said = self._tried(request, lambda: _told(self._librarian.restore(source_id)))
            return _HIDDEN, "", "", said, self._table(request)
        if why_not := self._access.why_not(request.username):
            return _HIDDEN, "", "", said_html(why_not, failed=True), gr.skip()
        return gr.update(visible=True), removal_html(row), source_id, "", gr.skip()

    def remove(
        self,
        source_id: str,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, ...]:
        """Remove the source that was asked about."""
        said = self._tried(
            request, lambda: _told(self._librarian.remove(source_id, progress=Shows(progress)))
        )
        return _HIDDEN, said, self._table(request)

    def rebuild(
        self,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, ...]:
        """Build the index anew."""
        said = self._tried(
            request, lambda: _rebuilt(self._librarian.rebuild(progress=Shows(progress)))
        )
        return said, self._table(request)

    def _tried(self, request: gr.Request, work: Callable[[], str]) -> str:
        """Do what only a librarian may, and return what is said of it, whatever happens."""
        try:
            why_not = self._access.why_not(request.username)
            return said_html(why_not, failed=True) if why_not else work()
        except FrontMatterError as error:
            return said_html(f"{error.path.name}: {error.reason}", failed=True)
        except IscalimabQAError as error:
            return said_html(str(error), failed=True)
        except Exception:  # noqa: BLE001 (whatever a file sets off, the page stays alive)
            _log.exception("The library could not be changed")
            return said_html(SOMETHING_WENT_WRONG, failed=True)

    def _table(self, request: gr.Request) -> str:
        may_change = not self._access.why_not(request.username)
        return library_html(self._rows(), may_change=may_change)

    def _rows(self) -> tuple[Row, ...]:
        return library_rows(self._assistant)


_NO_DOCUMENT = "A citation file describes a document: upload it together with one."


def _told(report: IndexReport) -> str:
    """Say what a change did; a removal that uncovers another file's source says both."""
    parts = [
        f"{what} {', '.join(ids)}"
        for what, ids in (("Removed", report.removed), ("Added", report.added))
        if ids
    ]
    return said_html(f"{'; '.join(parts) or 'Nothing changed'}. {_now(report)}")


def _rebuilt(report: IndexReport) -> str:
    skipped = "".join(f" {skip.file} is left out: {skip.reason}." for skip in report.skipped)
    return said_html(f"Rebuilt in {report.seconds:.0f} s. {_now(report)}{skipped}")


def _now(report: IndexReport) -> str:
    sources = "1 source" if report.sources == 1 else f"{report.sources:,} sources"
    return f"The library holds {sources} in {report.passages:,} passages."
