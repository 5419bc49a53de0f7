"""One writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from iscalimab_qa.errors import IndexBusyError, IndexNotWrittenError
from iscalimab_qa.index.layout import Layout

WRITER_WAIT_S = 10.0
"""Long enough for another `add` to finish, short enough not to look like a hang."""


@contextmanager
def writer_lock(layout: Layout, wait_s: float = WRITER_WAIT_S) -> Iterator[None]:
    """Be the one who writes under an index folder, which is made if it is missing.

    The operating system frees the lock when its holder dies, however it dies.

    Raises:
        IndexBusyError: Another one still writes after `wait_s` seconds.
        IndexNotWrittenError: The folder cannot be made or written to.
    """
    try:
        layout.generations.mkdir(parents=True, exist_ok=True)
        lock = FileLock(layout.writer_lock)
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise IndexBusyError(layout.root, wait_s) from error
    except OSError as error:
        raise IndexNotWrittenError(layout.root, error.strerror or str(error)) from error
    try:
        yield
    finally:
        lock.release()
