"""The library's tables, and how its SQLite files are opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

SCHEMA_VERSION = 2
"""Raised whenever a table changes; a library of another version is refused, not guessed at."""

CACHE_VERSION = 1
"""The same for the cache, which is made anew instead."""

LIBRARY_TABLES = """
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Every document file that was looked at, with what came of it.
CREATE TABLE files (
    corpus    TEXT NOT NULL,     -- the corpus folder's key
    path      TEXT NOT NULL,     -- under that folder, forward slashes, as a JSON string
    state     TEXT NOT NULL,     -- size, times and inode of the file and its sidecar
    looked_ns INTEGER NOT NULL,  -- when that state was taken, by the wall clock
    digest    TEXT,              -- SHA-256 of the bytes; null where they could not be read
    source_id TEXT,              -- the id that the document has; null where it has a problem
    problem   TEXT,              -- why it is not indexed
    PRIMARY KEY (corpus, path)
) STRICT;

CREATE TABLE sources (
    source_id TEXT PRIMARY KEY,
    corpus    TEXT NOT NULL,
    path      TEXT NOT NULL,
    digest    TEXT NOT NULL,     -- of the source as read, see codec.source_digest
    metadata  TEXT NOT NULL,
    text      TEXT NOT NULL,
    blocks    TEXT NOT NULL,
    warnings  TEXT NOT NULL
) STRICT;

-- start and stop are character offsets of sources.text, stop exclusive.
-- metadata, blocks, warnings and unit are JSON, see codec.
CREATE TABLE passages (
    id        TEXT PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    start     INTEGER NOT NULL,
    stop      INTEGER NOT NULL,
    text      TEXT NOT NULL,
    encoded   TEXT NOT NULL,     -- what is embedded and indexed for it
    content   TEXT NOT NULL,     -- SHA-256 of encoded: its key in the cache
    metadata  TEXT NOT NULL
) STRICT;
CREATE INDEX passages_of_source ON passages (source_id);

CREATE TABLE units (
    source_id TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    start     INTEGER NOT NULL,
    stop      INTEGER NOT NULL,
    unit      TEXT NOT NULL,
    encoded   TEXT,              -- what is embedded for it; null where it is never cited
    content   TEXT               -- SHA-256 of encoded: its key in the cache
) STRICT;
CREATE INDEX units_in_order ON units (source_id, start);
CREATE INDEX units_with_vector ON units (source_id, start, stop) WHERE content IS NOT NULL;

-- Sources of a folder that cannot be written to, which the user removed.
CREATE TABLE excluded (
    corpus    TEXT NOT NULL,
    source_id TEXT NOT NULL,
    PRIMARY KEY (corpus, source_id)
) STRICT;
"""

FROM_VERSION_1 = """
BEGIN;
ALTER TABLE units ADD COLUMN encoded TEXT;
ALTER TABLE units ADD COLUMN content TEXT;
CREATE INDEX units_with_vector ON units (source_id, start, stop) WHERE content IS NOT NULL;
PRAGMA user_version = 2;
COMMIT;
"""
"""Keeps what the files cannot tell: which sources were removed. The units have no vectors yet, but
such a library was made by another splitter, so that it is not used before it is rebuilt."""

CACHE_TABLES = """
-- Rows of float32, by the text they were made of and the encoder that made them.
CREATE TABLE vectors (
    content TEXT NOT NULL,
    encoder TEXT NOT NULL,
    vector  BLOB NOT NULL,
    PRIMARY KEY (content, encoder)
) STRICT;

-- Words for lexical search, one a line.
CREATE TABLE terms (
    content   TEXT NOT NULL,
    tokenizer TEXT NOT NULL,
    terms     TEXT NOT NULL,
    PRIMARY KEY (content, tokenizer)
) STRICT;
"""


_READER_WAIT_S = 0.2
"""Nobody waits for the answer to whether files have changed while they are being indexed."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a database that this process alone writes to, in the safest mode SQLite has.

    A rollback journal and a full sync: what was committed survives a crash of the machine,
    and what was not is undone by the next one who opens the file.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def connect_read_only(path: Path, *, immutable: bool) -> sqlite3.Connection:
    """Open a database for reading, from any thread.

    Args:
        path: The file, which must exist.
        immutable: Nobody will ever write to it: no lock is taken, so that it can lie in a
            folder that cannot be written to.
    """
    options = "?mode=ro&immutable=1" if immutable else "?mode=ro"
    return sqlite3.connect(
        path.absolute().as_uri() + options,
        uri=True,
        timeout=_READER_WAIT_S,
        isolation_level=None,
        # SQLite is compiled to serialise threads, and readers keep no state on a connection.
        check_same_thread=False,
    )


def create_or_check(connection: sqlite3.Connection, tables: str, *, version: int) -> int:
    """Make the tables in an empty database; return the version of the ones that are there."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (existing,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if existing:
        return int(found)
    connection.executescript(f"BEGIN; {tables} PRAGMA user_version = {version}; COMMIT;")
    return version


def journal_of(path: Path) -> Path:
    """Return the rollback journal of a database; it must not outlive or change its file."""
    return path.with_name(f"{path.name}-journal")


def is_damage(error: sqlite3.Error) -> bool:
    """Tell a file that is no database, or a broken one, from a full disk or a mistake of ours.

    SQLite's own classes for those two are subclasses; for this there is none.
    """
    return type(error) is sqlite3.DatabaseError
