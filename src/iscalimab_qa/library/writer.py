"""The library as its one writer holds it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Self

from iscalimab_qa.errors import LibrarySchemaError
from iscalimab_qa.library.codec import (
    compact,
    content_key,
    encode_blocks,
    encode_metadata,
    encode_unit,
    source_digest,
)
from iscalimab_qa.library.reader import FileRecord, LibraryReader
from iscalimab_qa.library.schema import (
    FROM_VERSION_1,
    LIBRARY_TABLES,
    SCHEMA_VERSION,
    connect,
    create_or_check,
    is_damage,
    journal_of,
)
from iscalimab_qa.passages import EncodedUnit, Passage
from iscalimab_qa.sources.values import Source


class Library(LibraryReader):
    """A library open for writing. Whoever opens it holds the writer's lock of its folder."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the library, making an empty one where there is none.

        Raises:
            LibrarySchemaError: The file is of another version, or is no library.
        """
        try:
            connection = connect(path)
            version = create_or_check(connection, LIBRARY_TABLES, version=SCHEMA_VERSION)
            if version == 1:
                connection.executescript(FROM_VERSION_1)
                version = SCHEMA_VERSION
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            raise LibrarySchemaError(path, found=str(error), expected=SCHEMA_VERSION) from error
        if version != SCHEMA_VERSION:
            connection.close()
            raise LibrarySchemaError(path, found=f"version {version}", expected=SCHEMA_VERSION)
        return cls(connection)

    def require_sound(self, path: Path) -> None:
        """Read the whole file for damage.

        Raises:
            LibrarySchemaError: Some of it cannot be read.
        """
        try:
            (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            found = str(error)
        if found != "ok":
            raise LibrarySchemaError(path, found=found, expected=SCHEMA_VERSION)

    @staticmethod
    def set_aside(path: Path) -> None:
        """Move a library that cannot be used out of the way, in place of an earlier such one."""
        path.replace(path.with_name(f"{path.name}.set-aside"))
        journal_of(path).unlink(missing_ok=True)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all that is written inside the block last together, or not at all."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Remember what made the library; a value that stays the same is not written."""
        changed = dict(values.items() - self.meta().items())
        self._connection.executemany("REPLACE INTO meta VALUES (?, ?)", changed.items())

    def put_file(self, record: FileRecord) -> None:
        """Remember what came of a file, in place of what was known of it."""
        corpus, path, *rest = astuple(record)
        self._connection.execute(
            "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", [corpus, json.dumps(path), *rest]
        )

    def forget_file(self, corpus: str, path: str) -> None:
        """Forget a file that is no longer there."""
        self._connection.execute(
            "DELETE FROM files WHERE corpus = ? AND path = ?", [corpus, json.dumps(path)]
        )

    def put_source(
        self,
        source: Source,
        passages: Sequence[Passage],
        units: Sequence[EncodedUnit],
        *,
        origin: tuple[str, str],
    ) -> None:
        """Store a source with its passages and units, in place of the one of the same id.

        Args:
            source: Read; its text is valid Unicode.
            passages: Cut from it.
            units: Cut from it.
            origin: Corpus key and path of the file that it was read from.
        """
        corpus, path = origin
        self.drop_source(source.source_id)
        self._connection.execute(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                source.source_id,
                corpus,
                json.dumps(path),
                source_digest(source),
                encode_metadata(source.metadata),
                source.text,
                encode_blocks(source.blocks),
                compact(source.warnings),
            ],
        )
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_passage_row, passages)
        )
        self._connection.executemany(
            "INSERT INTO units VALUES (?, ?, ?, ?, ?, ?)", map(_unit_row, units)
        )

    def move_source(self, source_id: str, corpus: str, path: str) -> None:
        """Note that a source, otherwise the same, now comes from another file."""
        self._connection.execute(
            "UPDATE sources SET corpus = ?, path = ? WHERE source_id = ?",
            [corpus, json.dumps(path), source_id],
        )

    def drop_source(self, source_id: str) -> None:
        """Remove a source with its passages and units, if it is there."""
        self._connection.execute("DELETE FROM sources WHERE source_id = ?", [source_id])

    def exclude(self, corpus: str, source_id: str) -> None:
        """Leave a source of a folder that cannot be written to out of the index."""
        self._connection.execute(
            "INSERT OR IGNORE INTO excluded VALUES (?, ?)", [corpus, source_id]
        )

    def include(self, source_id: str) -> None:
        """Take a source back in that was left out, whatever folder it lies in."""
        self._connection.execute("DELETE FROM excluded WHERE source_id = ?", [source_id])

    def write_snapshot(self, path: Path) -> None:
        """Copy the committed library to a new file, which may then be opened as a snapshot."""
        with closing(sqlite3.connect(path)) as copy:
            # The copy is made beside the live index and synced whole before it is used.
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            self._connection.backup(copy)


def _passage_row(passage: Passage) -> list[object]:
    document = passage.document
    return [
        document.id,
        document.metadata["source_id"],
        document.metadata["start"],
        document.metadata["end"],
        document.page_content,
        passage.encoded,
        content_key(passage.encoded),
        compact(document.metadata),
    ]


def _unit_row(row: EncodedUnit) -> list[object]:
    unit, encoded = row.unit, row.encoded
    content = content_key(encoded) if encoded is not None else None
    return [unit.source_id, unit.start, unit.end, encode_unit(unit), encoded, content]
