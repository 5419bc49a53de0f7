"""A published generation, open for reading.

Opening one loads neither Chroma nor bm25s nor an encoder; each part is loaded when it is
first asked for. All rows (`ids`, `vectors`, `bm25`) stand in order of passage id, so that
equal scores are always broken the same way.
"""

from __future__ import annotations

import difflib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from iscalimab_qa.errors import IndexDamagedError, IndexMismatchError, SourceNotFoundError
from iscalimab_qa.index.generations import Lease, live_name, take_lease
from iscalimab_qa.index.layout import (
    BM25_NAME,
    SNAPSHOT_NAME,
    UNIT_VECTORS_NAME,
    VECTORS_NAME,
    Layout,
)
from iscalimab_qa.index.manifest import Manifest, read_manifest
from iscalimab_qa.index.recipe import MadeBy
from iscalimab_qa.index.words import read_abbreviations, read_word_counts
from iscalimab_qa.library import LibraryReader, SourceRecord

if TYPE_CHECKING:
    import bm25s
    import numpy as np
    from chromadb.api import ClientAPI
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray

    from iscalimab_qa.lexicon import Abbreviation
    from iscalimab_qa.sources.values import Source
    from iscalimab_qa.units import Unit

_ATTEMPTS = 5
"""Where no lease can be had, a generation may be deleted while it is being opened; the next
attempt then finds the one that took its place."""

_CLOSE_IDS = 3

_NO_ROW = -1

_CACHED_SOURCES = 512
"""Sources whose units' rows are kept in memory: those that many questions in a row speak of."""


def open_generation(index_dir: Path, *, made_by: MadeBy | None = None) -> Generation:
    """Open the live generation.

    Args:
        index_dir: The index folder; it need not be writable.
        made_by: What this run encodes and cuts questions with; None asks for nothing.

    Raises:
        IndexMissingError: Nothing is published.
        IndexMismatchError: It was made by another encoder, splitter or tokenizer.
        IndexDamagedError: It cannot be read.
    """
    layout = Layout(index_dir)
    problem = "the live generation keeps vanishing"
    for _ in range(_ATTEMPTS):
        lease = take_lease(layout)
        try:
            return _opened(layout, lease, made_by)
        except (OSError, sqlite3.Error) as error:
            lease.give_back()
            problem = str(error)
        except BaseException:
            lease.give_back()
            raise
    raise IndexDamagedError(index_dir, problem)


class Generation:
    """One state of the library and its index, which stays as it is while it is open.

    Safe to share between threads. It is not deleted before it is closed, or its process ends.
    """

    def __init__(self, layout: Layout, lease: Lease, manifest: Manifest) -> None:
        """Open a generation that is leased; `open_generation` finds it."""
        self.manifest = manifest
        self._layout = layout
        self._lease = lease
        self._library = LibraryReader.open_snapshot(lease.folder / SNAPSHOT_NAME)
        self._client: ClientAPI | None = None
        self._one_client = threading.Lock()

    @property
    def name(self) -> str:
        """The generation's name; every publication has another."""
        return self._lease.name

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._lease.folder

    def is_current(self) -> bool:
        """Tell whether this is still the live generation; reads one small file."""
        return live_name(self._layout) == self.name

    def close(self) -> None:
        """Let the generation go; nothing can be read from it afterwards."""
        with self._one_client:
            if self._client is not None:
                self._client.close()  # type: ignore[attr-defined]  # missing from the interface
                self._client = None
        self._library.close()
        self._lease.give_back()

    def __enter__(self) -> Self:
        """Close on leaving the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the generation go."""
        self.close()

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every passage's id, sorted: what the rows of `vectors` and `bm25` stand for."""
        return self._library.passage_ids()

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """One unit vector a passage, as rows in the order of `ids`, mapped from the file.

        The shape is (0, 0) in an empty index.
        """
        import numpy as np  # noqa: PLC0415 (0.1 s)

        vectors: NDArray[np.float32] = np.load(self.folder / VECTORS_NAME, mmap_mode="r")
        return vectors

    def unit_vectors(self, units: Sequence[Unit]) -> NDArray[np.float32]:
        """Return one vector a unit, as rows in the order of `units`.

        A unit is encoded behind its source's title and heading path, in the space of
        `vectors`. Each is of length 1, or all zeros where the unit has none: a reference, an
        order to the reader, or a unit that is not in this library.
        """
        import numpy as np  # noqa: PLC0415 (0.1 s)

        rows = [
            self._rows_of_units(unit.source_id).get((unit.start, unit.end), _NO_ROW)
            for unit in units
        ]
        taken = np.array(rows, dtype=np.intp)
        found = np.zeros((len(units), self._unit_vectors.shape[1]), dtype=np.float32)
        found[taken != _NO_ROW] = self._unit_vectors[taken[taken != _NO_ROW]]
        return found

    @cached_property
    def _unit_vectors(self) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415 (0.1 s)

        vectors: NDArray[np.float32] = np.load(self.folder / UNIT_VECTORS_NAME, mmap_mode="r")
        return vectors

    @cached_property
    def _first_unit_rows(self) -> dict[str, int]:
        return self._library.first_unit_rows()

    @cached_property
    def _rows_of_units(self) -> Callable[[str], dict[tuple[int, int], int]]:
        """Where the units of a source stand among the vectors, by start and end."""

        def rows(source_id: str) -> dict[tuple[int, int], int]:
            spans = self._library.unit_spans(source_id)
            first = self._first_unit_rows.get(source_id, 0)
            return {span: first + number for number, span in enumerate(spans)}

        return lru_cache(maxsize=_CACHED_SOURCES)(rows)

    @cached_property
    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """The abbreviations that the library's sources define."""
        return read_abbreviations(self.folder)

    @cached_property
    def word_counts(self) -> Mapping[str, int]:
        """In how many passages each word stands, words in lower case; figures are none."""
        return read_word_counts(self.folder)

    @cached_property
    def bm25(self) -> bm25s.BM25 | None:
        """The lexical index, its rows in the order of `ids`; None if no passage has a word.

        Its `get_scores` refuses an empty list of terms.
        """
        import bm25s  # noqa: PLC0415 (0.4 s)

        folder = self.folder / BM25_NAME
        return bm25s.BM25.load(str(folder), mmap=True) if folder.is_dir() else None

    def chroma(self, embeddings: Embeddings) -> Chroma:
        """Return the vector store, which asks with these embeddings.

        It proposes neighbours approximately, and writes a few bytes to its own folder when
        it is opened, so that the folder must be writable; `vectors` needs neither.
        """
        from langchain_chroma import Chroma  # noqa: PLC0415 (1.5 s)

        from iscalimab_qa.index.store import COLLECTION, open_client  # noqa: PLC0415

        with self._one_client:
            if self._client is None:
                self._client = open_client(self.folder)
            return Chroma(
                client=self._client,
                collection_name=COLLECTION,
                embedding_function=embeddings,
                create_collection_if_not_exists=False,
            )

    def passages(self, ids: Iterable[str] | None = None) -> list[Document]:
        """Return the passages asked for in the order of `ids`, or all of them, sorted by id.

        An id that is not in the index is passed over.
        """
        return self._library.passages(ids)

    def passage(self, passage_id: str) -> Document | None:
        """Return one passage, or None if the index has none of that id."""
        return next(iter(self._library.passages([passage_id])), None)

    def units_for(self, passage_ids: Sequence[str]) -> list[Unit]:
        """Return the units of the passages, passage by passage, in reading order within each."""
        return self._library.units_for(passage_ids)

    def units_of(self, source_id: str) -> list[Unit]:
        """Return all units of a source, in reading order."""
        return self._library.units_of_source(source_id)

    def sources(self) -> list[SourceRecord]:
        """Return every source without its text, in order of id."""
        return self._library.sources()

    def source(self, source_id: str) -> Source:
        """Return a source with its text and blocks.

        Raises:
            SourceNotFoundError: There is none of that id; the error names ids like it.
        """
        source = self._library.source(source_id)
        if source is None:
            known = self._library.digests()
            close = difflib.get_close_matches(source_id, known, n=_CLOSE_IDS)
            raise SourceNotFoundError(source_id, close=tuple(close))
        return source


def _opened(layout: Layout, lease: Lease, made_by: MadeBy | None) -> Generation:
    manifest = read_manifest(lease.folder)
    if manifest is None:
        raise OSError(f"{lease.name} has no manifest that this program understands")
    for part, asked_for in made_by._asdict().items() if made_by else ():
        built_with = manifest.made_by._asdict()[part]
        if built_with != asked_for:
            raise IndexMismatchError(
                layout.root, part=part, built_with=built_with, asked_for=asked_for
            )
    return Generation(layout, lease, manifest)
