"""One writer at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from iscalimab_qa.errors import IndexBusyError, IndexNotWrittenError, LibrarySchemaError
from iscalimab_qa.index.layout import Layout
from iscalimab_qa.library.schema import SCHEMA_VERSION, is_damage

WRITER_WAIT_S = 10.0
"""Long enough for another `add` to finish, short enough not to look like a hang."""


@contextmanager
def writer_lock(layout: Layout, wait_s: float = WRITER_WAIT_S) -> Iterator[None]:
    """Be the one who writes under an index folder, which is made if it is missing.

    The operating system frees the lock when its holder dies, however it dies. What the disk
    refuses inside the block is told as an error that says what to do.

    Raises:
        IndexBusyError: Another one still writes after `wait_s` seconds.
        IndexNotWrittenError: The folder cannot be made or written to, or the disk is full.
        LibrarySchemaError: The library turned out to be damaged.
    """
    with _explained(layout):
        layout.generations.mkdir(parents=True, exist_ok=True)
        try:
            hold = FileLock(layout.writer_lock).acquire(timeout=wait_s)
        except Timeout as error:
            raise IndexBusyError(layout.root, wait_s) from error
        with hold:
            yield


@contextmanager
def _explained(layout: Layout) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise IndexNotWrittenError(layout.root, str(error)) from error
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        raise LibrarySchemaError(
            layout.library, found=str(error), expected=SCHEMA_VERSION
        ) from error
