"""Keep the library that the settings name in line with its corpus: update, add, remove.

Apart from the answering path, so that these commands load none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from iscalimab_qa.errors import IndexMismatchError
from iscalimab_qa.index.corpora import corpora
from iscalimab_qa.index.progress import SILENT, Progress
from iscalimab_qa.index.recipe import recipe_of
from iscalimab_qa.settings import Settings, index_folder

if TYPE_CHECKING:
    from iscalimab_qa.index.report import IndexReport


def update_library(
    settings: Settings, *, rebuild: bool = False, progress: Progress = SILENT
) -> IndexReport:
    """Bring the index up to date with the corpus; see `index.update.update_index`."""
    from iscalimab_qa.index.update import update_index  # noqa: PLC0415 (Chroma, torch)

    folder, recipe = index_folder(settings), recipe_of(settings)
    try:
        return update_index(folder, corpora(settings), recipe, rebuild=rebuild, progress=progress)
    except IndexMismatchError:
        if settings.on_mismatch == "refuse":
            raise
        return update_index(folder, corpora(settings), recipe, rebuild=True, progress=progress)


def add_documents(
    settings: Settings, paths: Sequence[Path], *, progress: Progress = SILENT
) -> IndexReport:
    """Copy documents into the first corpus folder that can be written to, and index them.

    A copy that turns out to be unreadable, or twice there, does not stay: every later run would
    have to skip it again.
    """
    from iscalimab_qa.index.corpus_files import add_files  # noqa: PLC0415

    lay_there = {path for corpus in corpora(settings) for path in corpus.folder.glob("*")}
    copies = add_files(index_folder(settings), paths, corpora(settings))
    report = update_library(settings, progress=progress)
    skipped = {skip.file for skip in report.skipped}
    for copy in copies:
        if copy.name in skipped and copy not in lay_there:
            copy.unlink(missing_ok=True)
    return report


def remove_documents(
    settings: Settings, source_ids: Sequence[str], *, progress: Progress = SILENT
) -> IndexReport:
    """Take sources out of the corpus and the index; a shipped one is left out from now on."""
    from iscalimab_qa.index.corpus_files import remove_sources  # noqa: PLC0415

    remove_sources(index_folder(settings), source_ids, corpora(settings))
    return update_library(settings, progress=progress)


def restore_documents(
    settings: Settings, source_ids: Sequence[str], *, progress: Progress = SILENT
) -> IndexReport:
    """Take sources back in that `remove_documents` left out."""
    from iscalimab_qa.index.corpus_files import restore_sources  # noqa: PLC0415

    restore_sources(index_folder(settings), source_ids)
    return update_library(settings, progress=progress)
