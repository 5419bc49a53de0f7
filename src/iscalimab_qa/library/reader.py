"""What can be asked of a library, and of the snapshot of it that a generation keeps."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Self

from iscalimab_qa.library.codec import decode_blocks, decode_metadata, decode_unit
from iscalimab_qa.library.schema import connect_read_only
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit

if TYPE_CHECKING:
    from langchain_core.documents import Document


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the library remembers of one document file.

    `corpus` is the folder's key, `path` the place under it with forward slashes. `state`
    sums up size, times and inode; `looked_ns` is when it was taken, by the wall clock.
    Either `source_id` or `problem` is set; `digest` is None where nothing could be read.
    """

    corpus: str
    path: str
    state: str
    looked_ns: int
    digest: str | None = None
    source_id: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A source without its text: what `sources` lists and filters look at."""

    source_id: str
    metadata: SourceMetadata
    corpus: str
    path: str
    passages: int
    warnings: tuple[str, ...]


class StoredPassage(NamedTuple):
    """A passage's id, the words indexed for it, and the key of its vector."""

    passage_id: str
    encoded: str
    content: str


class PassageChanges(NamedTuple):
    """What has to be put into, and taken out of, an older index; ids, sorted."""

    put: list[str]
    gone: list[str]


class LibraryReader:
    """Reads sources, passages and units; safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read through a connection that the caller opened; closing it is done here."""
        self._connection = connection

    @classmethod
    def open_snapshot(cls, path: Path) -> Self:
        """Open a library file that nobody writes to any more."""
        return cls(connect_read_only(path, immutable=True))

    @classmethod
    def open_shared(cls, path: Path) -> Self:
        """Open a library file that another process may be writing to."""
        return cls(connect_read_only(path, immutable=False))

    def close(self) -> None:
        """Close the file; nothing can be read afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Close on leaving the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def files(self) -> dict[tuple[str, str], FileRecord]:
        """Return every file that was looked at, by corpus key and path."""
        rows = self._connection.execute(
            "SELECT corpus, path, state, looked_ns, digest, source_id, problem FROM files"
        )
        records = (FileRecord(row[0], json.loads(row[1]), *row[2:]) for row in rows)
        return {(record.corpus, record.path): record for record in records}

    def meta(self) -> Mapping[str, str]:
        """Return what the library says of itself: the encoder and splitter that made it."""
        rows = self._connection.execute("SELECT key, value FROM meta")
        return MappingProxyType(dict(rows.fetchall()))

    def excluded(self) -> set[tuple[str, str]]:
        """Return the (corpus key, source id) pairs that the user removed."""
        return set(self._connection.execute("SELECT corpus, source_id FROM excluded"))

    def digests(self) -> dict[str, str]:
        """Return each source's digest, in order of source id."""
        rows = self._connection.execute("SELECT source_id, digest FROM sources ORDER BY source_id")
        return dict(rows.fetchall())

    def origins(self) -> dict[str, tuple[str, str]]:
        """Return the corpus key and path of the file that each source was read from."""
        rows = self._connection.execute("SELECT source_id, corpus, path FROM sources")
        return {source_id: (corpus, json.loads(path)) for source_id, corpus, path in rows}

    def sources(self) -> list[SourceRecord]:
        """Return every source, in order of source id."""
        rows = self._connection.execute(
            "SELECT source_id, metadata, corpus, path, warnings, "
            "(SELECT count(*) FROM passages WHERE passages.source_id = sources.source_id) "
            "FROM sources ORDER BY source_id"
        )
        return [
            SourceRecord(
                source_id,
                decode_metadata(metadata),
                corpus,
                json.loads(path),
                passages,
                tuple(json.loads(warnings)),
            )
            for source_id, metadata, corpus, path, warnings, passages in rows
        ]

    def source(self, source_id: str) -> Source | None:
        """Return a source with its text and blocks, or None if there is none of that id."""
        row = self._connection.execute(
            "SELECT metadata, text, blocks, warnings FROM sources WHERE source_id = ?", [source_id]
        ).fetchone()
        if row is None:
            return None
        metadata, text, blocks, warnings = row
        return Source(
            source_id,
            decode_metadata(metadata),
            text,
            decode_blocks(blocks),
            tuple(json.loads(warnings)),
        )

    def passage_ids(self) -> tuple[str, ...]:
        """Return every passage's id, sorted: the order of all rows of an index."""
        rows = self._connection.execute("SELECT id FROM passages ORDER BY id")
        return tuple(passage_id for (passage_id,) in rows)

    def passages(self, ids: Iterable[str] | None = None) -> list[Document]:
        """Return the passages asked for in the order of `ids`, or all of them, sorted by id.

        An id that the library does not have is passed over.
        """
        wanted = self.passage_ids() if ids is None else list(ids)
        rows = self._connection.execute(
            "SELECT id, text, metadata FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(wanted)],
        )
        found = {row[0]: _document(*row) for row in rows}
        return [found[passage_id] for passage_id in wanted if passage_id in found]

    def stored_passages(self) -> Iterator[StoredPassage]:
        """Yield what an index is made of, sorted by passage id."""
        rows = self._connection.execute("SELECT id, encoded, content FROM passages ORDER BY id")
        return map(StoredPassage._make, rows)

    def passage_texts(self) -> Iterator[list[str]]:
        """Yield the passages of each source as they stand in it, in reading order."""
        rows = self._connection.execute(
            "SELECT source_id, text FROM passages ORDER BY source_id, start"
        )
        for _, of_source in groupby(rows, key=itemgetter(0)):
            yield [text for _, text in of_source]

    def contents(self) -> list[str]:
        """Return the key of every text that has a vector, of passages and units, sorted."""
        rows = self._connection.execute(
            "SELECT content FROM passages UNION "
            "SELECT content FROM units WHERE content IS NOT NULL ORDER BY content"
        )
        return [content for (content,) in rows]

    def encoded_texts(self, contents: Sequence[str]) -> dict[str, str]:
        """Return the texts behind keys of vectors."""
        wanted = json.dumps(contents)
        rows = self._connection.execute(
            "WITH wanted AS (SELECT value FROM json_each(?)) "
            "SELECT content, encoded FROM passages WHERE content IN wanted UNION ALL "
            "SELECT content, encoded FROM units WHERE content IN wanted",
            [wanted],
        )
        return dict(rows.fetchall())

    def unit_contents(self) -> list[str]:
        """Return the keys of the units' vectors in the order of their rows in an index.

        Source by source in order of id, and in reading order within each.
        """
        rows = self._connection.execute(
            "SELECT content FROM units INDEXED BY units_with_vector "
            "WHERE content IS NOT NULL ORDER BY source_id, start, stop, rowid"
        )
        return [content for (content,) in rows]

    def first_unit_rows(self) -> dict[str, int]:
        """Return for each source the row of its first unit that has a vector."""
        rows = self._connection.execute(
            "SELECT source_id, sum(count(*)) OVER (ORDER BY source_id) - count(*) "
            "FROM units INDEXED BY units_with_vector "
            "WHERE content IS NOT NULL GROUP BY source_id"
        )
        return dict(rows.fetchall())

    def unit_spans(self, source_id: str) -> list[tuple[int, int]]:
        """Return start and stop of a source's units that have a vector, in order of their rows."""
        rows = self._connection.execute(
            "SELECT start, stop FROM units INDEXED BY units_with_vector "
            "WHERE content IS NOT NULL AND source_id = ? ORDER BY start, stop, rowid",
            [source_id],
        )
        return rows.fetchall()

    def changes_since(self, base: Path) -> PassageChanges:
        """Compare the passages with those of an older snapshot, cut in the same way.

        Returns:
            The ids of passages that are new or not the same in words or metadata, and of
            those that are no longer there; both sorted.
        """
        self._connection.execute("ATTACH ? AS base", [f"{base.absolute().as_uri()}?mode=ro"])
        try:
            put = self._connection.execute(
                "WITH changed AS (SELECT source_id FROM (SELECT source_id, digest "
                "FROM main.sources EXCEPT SELECT source_id, digest FROM base.sources)) "
                "SELECT id FROM (SELECT id, content, metadata FROM main.passages "
                "WHERE source_id IN changed EXCEPT "
                "SELECT id, content, metadata FROM base.passages WHERE source_id IN changed) "
                "ORDER BY id"
            ).fetchall()
            gone = self._connection.execute(
                "SELECT id FROM base.passages EXCEPT SELECT id FROM main.passages ORDER BY id"
            ).fetchall()
        finally:
            self._connection.execute("DETACH base")
        return PassageChanges([row[0] for row in put], [row[0] for row in gone])

    def shared_identifiers(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return each DOI or PMID that several sources carry: its kind, itself, their ids."""
        rows = self._connection.execute(
            "SELECT kind, lower(value), json_group_array(source_id) FROM ("
            "SELECT source_id, 'DOI' AS kind, json_extract(metadata, '$.doi') AS value "
            "FROM sources UNION ALL "
            "SELECT source_id, 'PMID', json_extract(metadata, '$.pmid') FROM sources "
            "ORDER BY source_id) WHERE value IS NOT NULL "
            "GROUP BY kind, lower(value) HAVING count(*) > 1 ORDER BY kind, lower(value)"
        )
        return [(kind, value, tuple(sorted(json.loads(ids)))) for kind, value, ids in rows]

    def units_for(self, passage_ids: Sequence[str]) -> list[Unit]:
        """Return the units that lie in or reach into the passages.

        Passage by passage, in reading order within each; a unit that two of the passages
        share is returned with the first.
        """
        found: dict[Unit, None] = {}
        for passage_id in passage_ids:
            rows = self._connection.execute(
                "SELECT unit FROM passages p JOIN units u ON u.source_id = p.source_id "
                "AND u.start < p.stop AND u.stop > p.start WHERE p.id = ? ORDER BY u.start, u.stop",
                [passage_id],
            )
            found.update((decode_unit(unit), None) for (unit,) in rows)
        return list(found)

    def units_of_source(self, source_id: str) -> list[Unit]:
        """Return all units of a source, in reading order."""
        rows = self._connection.execute(
            "SELECT unit FROM units WHERE source_id = ? ORDER BY start, stop", [source_id]
        )
        return [decode_unit(unit) for (unit,) in rows]


def _document(passage_id: str, text: str, metadata: str) -> Document:
    from langchain_core.documents import Document  # noqa: PLC0415 (0.1 s)

    return Document(id=passage_id, page_content=text, metadata=json.loads(metadata))
