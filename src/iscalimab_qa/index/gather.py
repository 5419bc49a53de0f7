"""Bring the library in line with the corpus folders, reading no more than has changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from iscalimab_qa.errors import UnreadableFileError, printable
from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.files import (
    Listed,
    is_as_known,
    list_files,
    state_of,
    state_when_read,
)
from iscalimab_qa.index.progress import Progress
from iscalimab_qa.index.recipe import Prepared, Recipe
from iscalimab_qa.index.report import Skip
from iscalimab_qa.library import FileRecord, Library
from iscalimab_qa.library.codec import source_digest
from iscalimab_qa.sources.folder import FileBytes, read_bytes_stably
from iscalimab_qa.sources.values import Source


class Gathered(NamedTuple):
    """What became of the sources: ids in order of the files, and the files left out."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    skipped: tuple[Skip, ...]
    warnings: tuple[str, ...]


def gather(
    library: Library,
    corpora: Sequence[Corpus],
    recipe: Recipe,
    *,
    rebuild: bool,
    progress: Progress,
) -> Gathered:
    """Read new and changed files, and forget the sources whose files are gone.

    Of two files with one id the first wins, corpus by corpus in their order and by path
    within one; so the outcome depends on the files alone and not on when each of them came.

    Args:
        library: Inside a transaction.
        corpora: The folders, first ones first.
        recipe: How files are read and cut.
        rebuild: Read and cut every file, whatever is known of it. So does another way of
            reading than the one the library was made by.
        progress: Told of every file that is looked at.

    Raises:
        CorpusNotFoundError: A folder that must be there is not.
    """
    listing = list_files(corpora)
    anew = rebuild or library.meta().get("reader") != recipe.reader
    gathering = _Gathering(library, recipe, anew, skipped=list(listing.refused))
    with progress.phase("Reading", len(listing.files)) as advance:
        for listed in listing.files:
            gathering.take(listed)
            advance(1)
    return gathering.finish()


class _Look(NamedTuple):
    """What is known of a file: its record, and its source if it was read just now."""

    record: FileRecord
    source: Source | None = None


@dataclass(slots=True)
class _Gathering:
    """The files taken so far, and what the library knew before the first of them.

    With `anew`, files are read and sources are cut that have not changed.
    """

    library: Library
    recipe: Recipe
    anew: bool
    records: dict[tuple[str, str], FileRecord] = field(init=False)
    digests: dict[str, str] = field(init=False)
    origins: dict[str, tuple[str, str]] = field(init=False)
    excluded: set[tuple[str, str]] = field(init=False)
    claimed: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Ask the library once what it knows."""
        self.records = self.library.files()
        self.digests = self.library.digests()
        self.origins = self.library.origins()
        self.excluded = self.library.excluded()

    def take(self, listed: Listed) -> None:
        """Look at one file, and store its source if it is the first of its id."""
        known = self.records.pop(listed.key, None)
        record, source = self._look(listed, known)
        if source is not None and self._wins(listed, source.source_id):
            record = self._store(listed, record, source)
        if record != known:
            self.library.put_file(record)
        self._note(listed, record)

    def finish(self) -> Gathered:
        """Forget what is no longer there, and sum up."""
        for corpus, path in self.records:
            self.library.forget_file(corpus, path)
        removed = [source_id for source_id in self.digests if source_id not in self.claimed]
        for source_id in removed:
            self.library.drop_source(source_id)
        return Gathered(
            tuple(self.added),
            tuple(self.changed),
            tuple(removed),
            tuple(self.skipped),
            tuple(self.warnings),
        )

    def _look(self, listed: Listed, known: FileRecord | None) -> _Look:
        """Read a file, unless all that is needed of it is known."""
        candidate = listed.candidate
        settled = known is not None and not self.anew and self._is_settled(listed, known)
        if known and settled and is_as_known(candidate, known):
            return _Look(known)
        looked_ns = time.time_ns()
        try:
            file = read_bytes_stably(candidate, self.recipe.max_file_mb)
        except UnreadableFileError as error:
            return _Look(_unread(listed, looked_ns, error))
        state = state_when_read(candidate, file.stat, file.sidecar_stat)
        if known and settled and known.digest == file.digest:
            return _Look(replace(known, state=state, looked_ns=looked_ns))
        return self._parse(listed, file, FileRecord(*listed.key, state, looked_ns, file.digest))

    def _parse(self, listed: Listed, file: FileBytes, record: FileRecord) -> _Look:
        try:
            source = self.recipe.read(listed.candidate, file)
        except UnreadableFileError as error:
            return _Look(replace(record, problem=error.reason))
        return _Look(replace(record, source_id=source.source_id), source)

    def _is_settled(self, listed: Listed, known: FileRecord) -> bool:
        """Tell whether a file's source is not needed, or is in the library from this file."""
        source_id = known.source_id
        return (
            source_id is None
            or not self._wins(listed, source_id)
            or self.origins.get(source_id) == listed.key
        )

    def _wins(self, listed: Listed, source_id: str) -> bool:
        excluded = (listed.corpus.key, source_id) in self.excluded
        return not excluded and source_id not in self.claimed

    def _store(self, listed: Listed, record: FileRecord, source: Source) -> FileRecord:
        """Put a source into the library; the record says so if there is nothing to put."""
        held = self.digests.get(source.source_id)
        if held == source_digest(source) and not self.anew:
            self.library.move_source(source.source_id, *listed.key)
            return record
        prepared = self.recipe.split(source)
        if problem := _problem(source, prepared):
            return replace(record, source_id=None, problem=problem)
        self.library.put_source(source, *prepared, origin=listed.key)
        if held != source_digest(source):
            (self.changed if held else self.added).append(source.source_id)
        self.warnings += [f"{printable(record.path)}: {warning}" for warning in source.warnings]
        return record

    def _note(self, listed: Listed, record: FileRecord) -> None:
        """Enter the file's claim to its id, or why it has none."""
        name, source_id = printable(record.path), record.source_id
        if source_id is None:
            self.skipped.append(Skip(name, record.problem or "cannot be read"))
        elif source_id in self.claimed:
            first = self.claimed[source_id]
            reason = f"has the id {source_id!r}, which {first} has already; give it another id"
            self.skipped.append(Skip(name, reason))
        elif self._wins(listed, source_id):
            self.claimed[source_id] = name


def _unread(listed: Listed, looked_ns: int, error: UnreadableFileError) -> FileRecord:
    return FileRecord(*listed.key, state_of(listed.candidate), looked_ns, problem=error.reason)


def _is_kept_out(prepared: Prepared) -> bool:
    return any(each.unit.kind == "suspicious" for each in prepared.units)


def _problem(source: Source, prepared: Prepared) -> str | None:
    # A source that is kept out of answers as a whole is still listed, with its warning.
    if not prepared.passages and not _is_kept_out(prepared):
        return "holds headings and boilerplate only, and nothing that could answer a question"
    try:
        (source.source_id + source.text).encode("utf-8")
    except UnicodeEncodeError:
        return "holds halves of characters, which no text can; save it again as UTF-8"
    return None
