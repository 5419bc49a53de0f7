"""Change the library from the page: add, remove, take back, rebuild. One change at a time."""

from __future__ import annotations

import filecmp
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.errors import (
    ChangeUnderWayError,
    CorpusNotWritableError,
    IndexBusyError,
    IscalimabQAError,
    NameTakenError,
    UnreadableFileError,
)
from iscalimab_qa.index.corpora import corpora
from iscalimab_qa.index.corpus_files import add_files
from iscalimab_qa.index.files import list_files
from iscalimab_qa.index.maintenance import remove_documents, restore_documents, update_library
from iscalimab_qa.index.progress import SILENT, Progress
from iscalimab_qa.settings import index_folder
from iscalimab_qa.sources.detect import SIDECAR_SUFFIX
from iscalimab_qa.sources.sidecar import require_sound, sidecar_text
from iscalimab_qa.web.uploads import Pending, table_count

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.index.report import IndexReport


class Outcome(NamedTuple):
    """What became of one upload: what was read of it, or, with a `problem`, why nothing was."""

    name: str
    title: str = ""
    passages: int = 0
    tables: int = 0
    warnings: tuple[str, ...] = ()
    problem: str = ""


class Librarian:
    """Changes the library that an assistant reads; readers are not disturbed by it."""

    def __init__(self, assistant: Assistant) -> None:
        """Keep an assistant's library."""
        self._assistant = assistant
        self._settings = assistant.settings
        self._one_at_a_time = threading.Lock()

    def add(
        self, uploads: Sequence[Pending], *, progress: Progress = SILENT
    ) -> tuple[Outcome, ...]:
        """Copy uploads into the user's corpus, each with its description, and index them.

        Returns:
            What became of each, in order; one that is refused does not stop the others.

        Raises:
            ChangeUnderWayError: Another change is not done yet.
            IscalimabQAError: The index cannot be brought up to date.
        """
        with self._alone():
            placed = [self._placed(upload) for upload in uploads]
            if all(isinstance(place, Outcome) for place in placed):
                return tuple(place for place in placed if isinstance(place, Outcome))
            report = update_library(self._settings, progress=progress)
            return tuple(
                place if isinstance(place, Outcome) else self._outcome(place, report)
                for place in placed
            )

    def remove(self, source_id: str, *, progress: Progress = SILENT) -> IndexReport:
        """Take a source out; one from a read-only folder is left out from now on."""
        with self._alone():
            return remove_documents(self._settings, [source_id], progress=progress)

    def restore(self, source_id: str, *, progress: Progress = SILENT) -> IndexReport:
        """Take a source back in that was left out."""
        with self._alone():
            return restore_documents(self._settings, [source_id], progress=progress)

    def rebuild(self, *, progress: Progress = SILENT) -> IndexReport:
        """Read, cut and encode everything anew."""
        with self._alone():
            return update_library(self._settings, rebuild=True, progress=progress)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._one_at_a_time.acquire(blocking=False):
            raise ChangeUnderWayError
        try:
            yield
        except IndexBusyError as error:
            raise ChangeUnderWayError from error
        finally:
            self._one_at_a_time.release()

    def _placed(self, upload: Pending) -> Path | Outcome:
        """Put a document into the corpus folder; say why if it cannot be."""
        try:
            if upload.problem:
                raise UnreadableFileError(Path(upload.name), upload.problem)
            if not upload.own_words:
                require_sound(upload.details, upload.name)
            self._require_new(upload)
            return self._copied(upload)
        except NameTakenError:
            problem = "another document of this name is in the library; rename one of the two"
        except UnreadableFileError as error:
            problem = error.reason
        except (IndexBusyError, CorpusNotWritableError):
            raise
        except IscalimabQAError as error:
            problem = str(error)
        return Outcome(upload.name, problem=problem)

    def _require_new(self, upload: Pending) -> None:
        """Refuse a document whose bytes or whose id the library has already."""
        folders = corpora(self._settings)
        size = upload.path.stat().st_size
        for listed in list_files(folders).files:
            path = listed.candidate.path
            same_size = listed.candidate.stat.size == size
            if same_size and filecmp.cmp(path, upload.path, shallow=False):
                reason = f"is in the library already, as {listed.candidate.relative}"
                raise UnreadableFileError(upload.path, reason)
        stem = Path(upload.name).stem
        if not upload.own_words and stem in {s.source_id for s in self._assistant.sources()}:
            reason = f"the library has a source {stem!r} already; rename the file"
            raise UnreadableFileError(upload.path, reason)

    def _copied(self, upload: Pending) -> Path:
        with tempfile.TemporaryDirectory() as folder:
            staged = Path(folder) / upload.name
            staged.write_bytes(upload.path.read_bytes())
            said = "" if upload.own_words else sidecar_text(upload.details)
            if said:
                sidecar = staged.with_name(staged.name + SIDECAR_SUFFIX)
                sidecar.write_text(said, encoding="utf-8")
            return add_files(index_folder(self._settings), [staged], corpora(self._settings))[0]

    def _outcome(self, place: Path, report: IndexReport) -> Outcome:
        """Say what was read of a document that was placed; take it back if nothing was."""
        for source in self._assistant.sources():
            if source.path == place.name and source.source_id in report.added:
                return Outcome(
                    place.name,
                    source.title,
                    source.passages,
                    table_count(self._assistant.source(source.source_id)),
                    source.warnings,
                )
        # It lies in the folder without being in the library, and would be tried each time.
        place.unlink(missing_ok=True)
        place.with_name(place.name + SIDECAR_SUFFIX).unlink(missing_ok=True)
        skipped = (skip.reason for skip in report.skipped if skip.file == place.name)
        return Outcome(place.name, problem=next(skipped, "could not be read"))
