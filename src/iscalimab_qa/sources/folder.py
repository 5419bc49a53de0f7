"""A corpus folder -> the documents in it, and their bytes as they stand at one moment.

The walk opens no file, follows no link that leaves the folder, and names what it refuses.
Reading looks at a file before and after, so that a half-written one is never indexed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from iscalimab_qa.errors import (
    ChangedWhileReadingError,
    CorpusNotFoundError,
    TooLargeError,
    UnreadableFileError,
    UnsafeFileError,
)
from iscalimab_qa.sources.detect import SIDECAR_SUFFIX, is_document_name

_BYTES_PER_MB = 1_000_000
_LOOKS = 2
"""A file that changed while it was read is read once more: an editor saves in an instant."""

_OPEN_FLAGS = (
    os.O_RDONLY
    # A link that was put in the file's place since the walk is not followed.
    | getattr(os, "O_NOFOLLOW", 0)
    # Opening a pipe does not wait for its writer.
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    # Without it Windows changes line ends.
    | getattr(os, "O_BINARY", 0)
)

_NOT_FILES = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class FileStat(NamedTuple):
    """What tells one state of a file from another without reading it; times in ns."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that is a document by its name.

    `relative` is its path under the corpus folder, with forward slashes. `sidecar` is the
    file beside it that holds its metadata (`paper.pdf.meta.yaml`, else `paper.meta.yaml`),
    `sidecar_stat` that file's state; both are None where there is none.
    """

    path: Path
    corpus: Path
    relative: str
    stat: FileStat
    sidecar: Path | None = None
    sidecar_stat: FileStat | None = None


class Walk(NamedTuple):
    """What a corpus folder holds: documents in order of their path, and what was refused."""

    candidates: tuple[Candidate, ...]
    refused: tuple[UnreadableFileError, ...]


class FileBytes(NamedTuple):
    """A document and its sidecar, each with the state it was in when its bytes were read."""

    data: bytes
    stat: FileStat
    sidecar: bytes | None = None
    sidecar_stat: FileStat | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of document and sidecar: the same digest, the same source."""
        known = hashlib.sha256(self.data)
        if self.sidecar is not None:
            known.update(b"\0" + hashlib.sha256(self.sidecar).digest())
        return known.hexdigest()


def walk_corpus(folder: Path) -> Walk:
    """Find the documents of a folder and of the folders in it, always in the same order.

    A link to a file inside the folder counts as a document unless that file is found under
    its own name; a link to a folder inside is not followed, for its files are found anyway.

    Raises:
        CorpusNotFoundError: If the folder does not exist.
    """
    if not folder.is_dir():
        raise CorpusNotFoundError(folder)
    corpus = Path(os.path.realpath(folder))
    refused: list[UnreadableFileError] = []
    found: dict[Path, Candidate] = {}
    # Links last: by then it is known which of their targets stand for themselves.
    for path in sorted(_paths(corpus, refused), key=os.path.islink):
        try:
            target = _real_path_inside(path, corpus)
            if target not in found and is_document_name(path.name):
                found[target] = _candidate(path, target, corpus)
        except UnreadableFileError as error:
            refused.append(error)
    return Walk(
        tuple(sorted(found.values(), key=lambda candidate: candidate.relative)),
        tuple(sorted(refused, key=lambda error: error.path)),
    )


def read_bytes_stably(candidate: Candidate, limit_mb: float) -> FileBytes:
    """Read a document and its sidecar, each in a state that held still while it was read.

    Args:
        candidate: As `walk_corpus` found it; the file may have changed since.
        limit_mb: The largest size in millions of bytes.

    Raises:
        TooLargeError: If the file is larger than the limit.
        UnsafeFileError: If the path now leads outside the corpus folder.
        ChangedWhileReadingError: If it vanished, or changed during both of two looks.
        UnreadableFileError: If it cannot be opened.
    """
    data, state = _read_stably(candidate.path, candidate.corpus, limit_mb)
    if candidate.sidecar is None:
        return FileBytes(data, state)
    return FileBytes(data, state, *_read_stably(candidate.sidecar, candidate.corpus, limit_mb))


def _paths(corpus: Path, refused: list[UnreadableFileError]) -> Iterator[Path]:
    """Yield what may be a document: named like one, or a link that may lead anywhere."""
    folders = [corpus]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            refused.append(_unreadable(folder, error))
            continue
        for entry in listed:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif is_document_name(entry.name) or os.path.isdir(path):  # noqa: PTH112 - never raises
                yield path


def _real_path_inside(path: Path, corpus: Path) -> Path:
    """Resolve every link on the way to the file and refuse one that leaves the corpus."""
    try:
        real = Path(os.path.realpath(path, strict=True))
    except OSError as error:
        if path.is_symlink():
            raise UnreadableFileError(path, "is a link that leads nowhere") from error
        raise _unreadable(path, error) from error
    if not real.is_relative_to(corpus):
        raise UnsafeFileError(
            path, "is a link that leaves the corpus folder; copy what it leads to into the folder"
        )
    return real


def _candidate(path: Path, target: Path, corpus: Path) -> Candidate:
    sidecar = _sidecar(path, corpus)
    return Candidate(
        path=path,
        corpus=corpus,
        relative=path.relative_to(corpus).as_posix(),
        stat=_state_of_file(path, target),
        sidecar=sidecar,
        sidecar_stat=_state_of_file(sidecar, sidecar) if sidecar else None,
    )


def _sidecar(path: Path, corpus: Path) -> Path | None:
    for name in (path.name, path.stem):
        sidecar = path.with_name(name + SIDECAR_SUFFIX)
        if os.path.lexists(sidecar):
            return _real_path_inside(sidecar, corpus)
    return None


def _state_of_file(path: Path, target: Path) -> FileStat:
    """Look at a file without opening it; refuse what only looks like one."""
    try:
        info = target.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    _require_regular(path, info)
    return _file_stat(info)


def _require_regular(path: Path, info: os.stat_result) -> None:
    if not stat.S_ISREG(info.st_mode):
        what = next((name for test, name in _NOT_FILES if test(info.st_mode)), "something else")
        raise UnreadableFileError(path, f"is {what}, not a file")


def _read_stably(path: Path, corpus: Path, limit_mb: float) -> tuple[bytes, FileStat]:
    for _ in range(_LOOKS):
        before, data, after = _read_once(path, corpus, limit_mb)
        if before == after and len(data) == after.size:
            return data, after
    raise ChangedWhileReadingError(
        path, "changed while it was being read; run the command again when it is saved"
    )


def _read_once(path: Path, corpus: Path, limit_mb: float) -> tuple[FileStat, bytes, FileStat]:
    """Return the file's state before, its bytes, and the state of what the path names after."""
    limit = int(limit_mb * _BYTES_PER_MB)
    real = _real_path_inside(path, corpus)
    try:
        with os.fdopen(os.open(real, _OPEN_FLAGS), "rb") as file:
            before = os.fstat(file.fileno())
            _require_regular(path, before)
            _require_size(path, before.st_size, limit)
            data = file.read(limit + 1)
        # A folder on the way may have been swapped for a link, the file for another one.
        after = _real_path_inside(path, corpus).stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    _require_size(path, len(data), limit)
    return _file_stat(before), data, _file_stat(after)


def _require_size(path: Path, size: int, limit: int) -> None:
    if size > limit:
        raise TooLargeError(
            path,
            f"is {size / _BYTES_PER_MB:.1f} MB, more than the {limit / _BYTES_PER_MB:g} MB "
            "allowed (setting reading.max_file_mb)",
        )


def _file_stat(info: os.stat_result) -> FileStat:
    return FileStat(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def _unreadable(path: Path, error: OSError) -> UnreadableFileError:
    if isinstance(error, PermissionError):
        return UnreadableFileError(path, "cannot be opened: no permission to read it")
    if isinstance(error, FileNotFoundError):
        return ChangedWhileReadingError(path, "vanished before it could be read")
    return UnreadableFileError(path, f"cannot be opened: {error.strerror or error}")
