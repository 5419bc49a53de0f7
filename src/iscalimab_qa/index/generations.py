"""Which generation is live, who holds one, and which may be deleted.

A reader takes a lease on the generation it opens: a locked file in that generation's
folder. The lock dies with its process, so a lease whose lock can be had belongs to nobody.
Taking a lease and counting leases exclude one another; a generation that is neither live
nor held can therefore never be one that a reader is about to open.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from filelock import BaseFileLock, FileLock, Timeout

from iscalimab_qa.errors import IndexMissingError
from iscalimab_qa.index.layout import LEASES_NAME, Layout

DRAFT_PREFIX = ".draft-"
"""A generation under construction; only the writer has any business with it."""

_NAME = re.compile(r"(?P<number>\d{6,})-[0-9a-f]{12}")
"""A number that only grows, and the head of the library's state."""

_LEASE_WAIT_S = 10.0
"""Taking or counting leases takes milliseconds; who waits longer meets a hung machine."""


class Lease(NamedTuple):
    """A generation that will not be deleted before the lease is given back.

    `lock` is None where the folder cannot be written to: there nothing is deleted either.
    """

    name: str
    folder: Path
    lock: BaseFileLock | None

    def give_back(self) -> None:
        """Let the generation go; giving back twice does nothing."""
        if self.lock is not None and self.lock.is_locked:
            with suppress(OSError):
                Path(self.lock.lock_file).unlink(missing_ok=True)
            self.lock.release()


def live_name(layout: Layout) -> str | None:
    """Return the name of the live generation, or None where nothing is published."""
    try:
        name = layout.pointer.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return name if _NAME.fullmatch(name) else None


def live_folder(layout: Layout) -> Path | None:
    """Return the folder of the live generation, or None where nothing is published."""
    name = live_name(layout)
    return layout.generations / name if name else None


def next_name(layout: Layout, state: str) -> str:
    """Return a name for the next generation, with a number above all that are there."""
    numbers = [int(match["number"]) for match in map(_NAME.fullmatch, _listed(layout)) if match]
    return f"{max(numbers, default=0) + 1:06d}-{state[:12]}"


def make_draft(layout: Layout) -> Path:
    """Return a new folder beside the generations, of a name that was never used before."""
    draft = layout.generations / f"{DRAFT_PREFIX}{uuid.uuid4().hex[:12]}"
    (draft / LEASES_NAME).mkdir(parents=True)
    return draft


def switch(layout: Layout, name: str) -> None:
    """Make a generation the live one: one atomic rename, which lasts when this returns."""
    draft = layout.pointer.with_name("current.tmp")
    draft.write_text(f"{name}\n", encoding="ascii")
    sync(draft)
    draft.replace(layout.pointer)
    sync(layout.root)


def take_lease(layout: Layout) -> Lease:
    """Hold the live generation.

    Raises:
        IndexMissingError: Nothing is published.
    """
    try:
        with _leases_at_rest(layout):
            name = _require_live(layout)
            folder = layout.generations / name
            return Lease(name, folder, _held(folder / LEASES_NAME))
    except OSError:  # the folder cannot be written to
        name = _require_live(layout)
        return Lease(name, layout.generations / name, None)


def sweep(layout: Layout) -> None:
    """Delete drafts, and every generation that is neither live nor held.

    Only the writer may call this. What cannot be deleted now is left for the next time.
    """
    live = live_name(layout)
    for name in _listed(layout):
        folder = layout.generations / name
        if name != live and not name.startswith(DRAFT_PREFIX):
            _retire(layout, folder)
    for name in _listed(layout):
        if name.startswith(DRAFT_PREFIX):
            shutil.rmtree(layout.generations / name, ignore_errors=True)


def sync(path: Path) -> None:
    """Have a file's bytes, or a folder's names, written to the disk before this returns."""
    if os.name == "nt" and path.is_dir():  # Windows cannot open a folder
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Have all files and folders under a folder, and itself, written to the disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def _retire(layout: Layout, folder: Path) -> None:
    """Turn a generation that nobody holds into a draft, from where it can be deleted."""
    with suppress(OSError), _leases_at_rest(layout):
        if not _is_held(folder):
            folder.rename(layout.generations / f"{DRAFT_PREFIX}{uuid.uuid4().hex[:12]}")


@contextmanager
def _leases_at_rest(layout: Layout) -> Iterator[None]:
    with FileLock(layout.readers_lock, timeout=_LEASE_WAIT_S):
        yield


def _require_live(layout: Layout) -> str:
    name = live_name(layout)
    if name is None:
        raise IndexMissingError(layout.root)
    return name


def _held(leases: Path) -> BaseFileLock:
    # A generation may be closed by another thread than the one that opened it.
    lock = FileLock(leases / f"{os.getpid()}-{uuid.uuid4().hex[:8]}.lease", thread_local=False)
    lock.acquire(blocking=False)
    return lock


def _is_held(folder: Path) -> bool:
    """Tell whether a living process holds a lease; those of the dead are removed."""
    for path in (folder / LEASES_NAME).glob("*.lease"):
        lock = FileLock(path)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return True
        path.unlink(missing_ok=True)
        lock.release()
    return False


def _listed(layout: Layout) -> list[str]:
    return sorted(path.name for path in layout.generations.iterdir())
