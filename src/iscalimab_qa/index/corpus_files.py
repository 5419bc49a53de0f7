"""Copy documents into a corpus folder, and take sources out of it."""

from __future__ import annotations

import difflib
import filecmp
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from iscalimab_qa.errors import (
    CorpusNotWritableError,
    IndexNotWrittenError,
    NameTakenError,
    SourceNotFoundError,
    UnreadableFileError,
)
from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.generations import sync
from iscalimab_qa.index.layout import Layout
from iscalimab_qa.index.lock import WRITER_WAIT_S, writer_lock
from iscalimab_qa.library import FileRecord, Library
from iscalimab_qa.sources.citation_files import CITATION_SUFFIXES, read_citations
from iscalimab_qa.sources.detect import SIDECAR_SUFFIX, is_document_name
from iscalimab_qa.sources.sidecar import (
    Details,
    describes_itself,
    require_sound,
    sidecar_text,
)

_DRAFT_PREFIX = ".adding-"
"""A copy that is not whole yet; names with a dot are never taken for documents."""


class Removal(NamedTuple):
    """What `remove` did: the files it deleted, and the sources it has left out from now on."""

    deleted: tuple[Path, ...]
    excluded: tuple[str, ...]


def add_files(
    index_dir: Path,
    paths: Sequence[Path],
    corpora: Sequence[Corpus],
    *,
    wait_s: float = WRITER_WAIT_S,
) -> tuple[Path, ...]:
    """Copy documents into the first corpus folder that can be written to.

    A sidecar `NAME.meta.yaml` travels along; where there is none, one is made of a `.ris` or
    `.nbib` of the same stem that holds one reference. Either all names are free, or hold the same
    bytes already, and all are copied; or none is.

    Args:
        index_dir: The index folder, whose writer's lock is held meanwhile.
        paths: The documents.
        corpora: The corpus folders of the run.
        wait_s: How long to wait for another writer.

    Returns:
        Where each document now lies, in order.

    Raises:
        UnreadableFileError: A path is no file, or no document by its name.
        CorpusNotWritableError: No folder can be written to.
        NameTakenError: The folder holds a different file of the same name.
        IndexBusyError: Another process writes.
    """
    folder = _first_writable(corpora)
    with writer_lock(Layout(index_dir), wait_s), tempfile.TemporaryDirectory() as made:
        pairs = [(path, folder / path.name) for path in map(_document, paths)]
        # The sidecar first, so that a document is never seen without it.
        copies = [*_sidecar_pairs(pairs, Path(made)), *pairs]
        _require_free_names(copies)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _sweep_drafts(folder)
            for origin, target in copies:
                if not target.exists():
                    _copy(origin, target)
        except OSError as error:
            raise CorpusNotWritableError((folder,)) from error
        return tuple(target for _, target in pairs)


def remove_sources(
    index_dir: Path,
    source_ids: Sequence[str],
    corpora: Sequence[Corpus],
    *,
    wait_s: float = WRITER_WAIT_S,
) -> Removal:
    """Take sources out of the corpus; the next `update_index` takes them out of the index.

    Every file that has the id goes, with its sidecar: in a folder that can be written to it
    is deleted, in another it stays and its source is recorded as excluded. Exclusion holds
    for that folder alone, so a file of the same id that the user adds is indexed.

    Raises:
        SourceNotFoundError: The library has no such source; nothing is removed.
        IndexBusyError: Another process writes.
        IndexNotWrittenError: A file cannot be deleted.
        LibrarySchemaError: The library cannot be used.
    """
    layout = Layout(index_dir)
    with writer_lock(layout, wait_s), Library.open(layout.library) as library:
        records = list(library.files().values())
        known = {record.source_id for record in records if record.source_id}
        for source_id in source_ids:
            if source_id not in known:
                close = difflib.get_close_matches(source_id, known, n=3)
                raise SourceNotFoundError(source_id, close=tuple(close))
        chosen = [record for record in records if record.source_id in set(source_ids)]
        return _remove(library, chosen, {corpus.key: corpus for corpus in corpora}, layout)


def restore_sources(
    index_dir: Path, source_ids: Sequence[str], *, wait_s: float = WRITER_WAIT_S
) -> None:
    """Forget that sources were left out; the next `update_index` takes them in again.

    Raises:
        SourceNotFoundError: One was not left out; nothing is changed.
        IndexBusyError: Another process writes.
        LibrarySchemaError: The library cannot be used.
    """
    layout = Layout(index_dir)
    with writer_lock(layout, wait_s), Library.open(layout.library) as library:
        left_out = {source_id for _, source_id in library.excluded()}
        for source_id in source_ids:
            if source_id not in left_out:
                raise SourceNotFoundError(source_id)
        with library.transaction():
            for source_id in source_ids:
                library.include(source_id)


def _remove(
    library: Library, records: Sequence[FileRecord], by_key: dict[str, Corpus], layout: Layout
) -> Removal:
    deleted: list[Path] = []
    excluded: list[str] = []
    with library.transaction():
        for record in records:
            corpus = by_key.get(record.corpus)
            if corpus is None or record.source_id is None:
                continue  # a folder that is no part of this run: gone with the next update
            if corpus.writable:
                deleted += _delete(corpus, record, layout)
            else:
                library.exclude(corpus.key, record.source_id)
                excluded.append(record.source_id)
    return Removal(tuple(deleted), tuple(dict.fromkeys(excluded)))


def _delete(corpus: Corpus, record: FileRecord, layout: Layout) -> Iterator[Path]:
    path = corpus.folder / record.path
    # A folder on the way may have been swapped for a link since the file was indexed.
    if not Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(corpus.folder)):
        raise UnreadableFileError(path, "now lies outside the corpus folder; delete it by hand")
    sidecar = path.with_name(path.name + SIDECAR_SUFFIX)
    try:
        for file in (path, sidecar):
            if os.path.lexists(file):
                file.unlink()
                yield file
    except OSError as error:
        raise IndexNotWrittenError(layout.root, f"{file}: {error.strerror}") from error


def _first_writable(corpora: Sequence[Corpus]) -> Path:
    for corpus in corpora:
        if corpus.writable:
            return corpus.folder
    raise CorpusNotWritableError(tuple(corpus.folder for corpus in corpora))


def _require_free_names(copies: Sequence[tuple[Path, Path]]) -> None:
    """Check that no name would come to stand for two different contents."""
    holders: dict[Path, Path] = {}
    for origin, target in copies:
        holder = holders.setdefault(target, target if target.exists() else origin)
        if not filecmp.cmp(origin, holder, shallow=False):
            raise NameTakenError(target)


def _document(path: Path) -> Path:
    if not path.is_file() or not os.access(path, os.R_OK):
        raise UnreadableFileError(path, "is not a file that can be read")
    if not is_document_name(path.name):
        raise UnreadableFileError(
            path, "is not a document by its name; expected .md .txt .html .pdf or .docx"
        )
    return path


def _sidecar_pairs(pairs: Sequence[tuple[Path, Path]], made: Path) -> Iterator[tuple[Path, Path]]:
    for origin, target in pairs:
        beside = (origin.with_name(name + SIDECAR_SUFFIX) for name in (origin.name, origin.stem))
        sidecar = next(filter(Path.is_file, beside), None) or _made_sidecar(origin, made)
        if sidecar:
            yield sidecar, target.with_name(target.name + SIDECAR_SUFFIX)


def _made_sidecar(document: Path, folder: Path) -> Path | None:
    """Write into a folder what a citation file beside a document says of it."""
    beside = (document.with_suffix(suffix) for suffix in sorted(CITATION_SUFFIXES))
    citation = next(filter(Path.is_file, beside), None)
    if citation is None or not _needs_describing(document):
        return None
    references = read_citations(citation.read_bytes())
    if len(references) != 1:
        return None  # which of them it is can only be guessed
    sidecar = folder / (document.name + SIDECAR_SUFFIX)
    details = Details().filled_from(references[0])
    require_sound(details, document.name)
    sidecar.write_text(sidecar_text(details), encoding="utf-8")
    return sidecar


def _needs_describing(document: Path) -> bool:
    try:
        return not describes_itself(document, document.read_bytes())
    except UnreadableFileError:
        return False  # the reader says why, when its turn comes


def _copy(origin: Path, target: Path) -> None:
    """Copy a file so that its name stands for all of it or for nothing."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=_DRAFT_PREFIX)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as copy, origin.open("rb") as original:
            shutil.copyfileobj(original, copy)
        draft.chmod(0o644)
        sync(draft)
        draft.replace(target)
        sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sweep_drafts(folder: Path) -> None:
    for draft in folder.glob(f"{_DRAFT_PREFIX}*"):
        draft.unlink(missing_ok=True)
