"""Document files: what the library knows of them, and whether they still are as it knows.

A file whose size, times and inode are as they were has not changed, unless it was looked at
so soon after it was written that the clock of the file system may not have moved since. Such
a file is read and compared once more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from iscalimab_qa.errors import printable
from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.report import Skip
from iscalimab_qa.library import FileRecord
from iscalimab_qa.sources.folder import Candidate, FileStat, Walk, walk_corpus

_CLOCK_NS = 2_000_000_000
"""The coarsest clock of a file system in use, FAT's: two seconds."""


class Listed(NamedTuple):
    """A document file as it lies in a corpus folder now, and its key in the library."""

    corpus: Corpus
    candidate: Candidate

    @property
    def key(self) -> tuple[str, str]:
        """Corpus key and path under the folder."""
        return self.corpus.key, self.candidate.relative


class Listing(NamedTuple):
    """All document files, in the order in which the first of an id wins, and the refused."""

    files: tuple[Listed, ...]
    refused: tuple[Skip, ...]


def list_files(corpora: Sequence[Corpus]) -> Listing:
    """Walk the corpus folders, in their order.

    Raises:
        CorpusNotFoundError: A folder that must be there is not; its documents are not taken
            for removed.
    """
    walks = [(corpus, _walk(corpus)) for corpus in corpora]
    return Listing(
        tuple(Listed(corpus, found) for corpus, walk in walks for found in walk.candidates),
        tuple(
            Skip(_shown(error.path, corpus), error.reason)
            for corpus, walk in walks
            for error in walk.refused
        ),
    )


def state_of(candidate: Candidate) -> str:
    """Sum up the state in which a file and its sidecar were found; to be compared, not read."""
    return state_when_read(candidate, candidate.stat, candidate.sidecar_stat)


def state_when_read(candidate: Candidate, stat: FileStat, sidecar_stat: FileStat | None) -> str:
    """Sum up the state in which a file and its sidecar were read, in the same form."""
    sidecar = candidate.sidecar.name if candidate.sidecar else None
    return json.dumps([stat, sidecar, sidecar_stat])


def is_as_known(candidate: Candidate, record: FileRecord) -> bool:
    """Tell whether a file is surely the one that was read.

    False for one that could not be read: trying again costs nothing, and what stood in the
    way (a permission of a folder above it, say) need not show in the file.
    """
    stats = [candidate.stat, *([candidate.sidecar_stat] if candidate.sidecar_stat else [])]
    touched_ns = max(max(stat.mtime_ns, stat.ctime_ns) for stat in stats)
    return (
        record.digest is not None
        and record.state == state_of(candidate)
        and touched_ns < record.looked_ns - _CLOCK_NS
    )


def changed_files(listing: Listing, records: Mapping[tuple[str, str], FileRecord]) -> Iterator[str]:
    """Yield the paths of files that look new or changed, and of those that are gone.

    Nothing is read. A file that was written just before it was indexed counts as unchanged
    here: that is what it is but for an edit within the same tick of the clock.
    """
    gone = dict(records)
    for listed in listing.files:
        record = gone.pop(listed.key, None)
        if record is None or record.state != state_of(listed.candidate):
            yield listed.candidate.relative
    yield from (path for _, path in gone)


def _walk(corpus: Corpus) -> Walk:
    if not corpus.required and not corpus.folder.exists():
        return Walk((), ())
    return walk_corpus(corpus.folder)


def _shown(path: Path, corpus: Corpus) -> str:
    """Return a path under the corpus folder as it can be printed on one line."""
    folder = os.path.realpath(corpus.folder)
    return printable(
        path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
    )
