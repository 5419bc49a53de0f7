"""Write and check Chroma's part of a generation. Runs in a process of its own, see `worker`.

Embedded Chroma survives neither `kill -9` nor a second writer, and a damaged store can take
its reader's process down. So it is written once, into a folder that nobody reads yet, and is
opened from the disk and looked at before anybody does, all in a process that can be lost.
"""

from __future__ import annotations

import shutil
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iscalimab_qa.index.layout import (
    BM25_NAME,
    CHROMA_NAME,
    SNAPSHOT_NAME,
    UNIT_VECTORS_NAME,
    VECTORS_NAME,
)
from iscalimab_qa.library import LibraryReader
from iscalimab_qa.library.reader import PassageChanges

if TYPE_CHECKING:
    import chromadb
    import numpy as np
    from chromadb.api import ClientAPI
    from langchain_core.documents import Document
    from numpy.typing import NDArray

COLLECTION = "passages"

SEARCH_WIDTH = 500
"""With Chroma's default of 100 one in twenty true neighbours was missed at 10,000 passages, and
what is proposed here is scored exactly afterwards. A search over no more passages than this
visits every one that its graph reaches."""

CONFIGURATION = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 200,
        "ef_search": SEARCH_WIDTH,
        "sync_threshold": 2,
        "batch_size": 2,
    }
}
"""The graph is written to disk with every batch. By default up to 1,000 changes stay in a log,
from which each process that opens the store draws a graph of its own: of 240 openings of one
and the same patched store, 6 missed neighbours. What is checked must be what is read."""

_BATCH = 1_000
"""Passages put at once; Chroma refuses more than 5,461."""

_SAMPLES = 32
"""Passages that are looked up by their own vector before a generation is published."""

_SAME = 0.9999
"""Cosine from which two vectors count as the same one, told by Chroma's fp32."""


def open_client(folder: Path) -> ClientAPI:
    """Open the store of a generation; the same settings everywhere, as Chroma demands."""
    import chromadb  # noqa: PLC0415 (takes a second)
    from chromadb.config import Settings  # noqa: PLC0415

    return chromadb.PersistentClient(
        path=str(folder / CHROMA_NAME), settings=Settings(anonymized_telemetry=False)
    )


def write_store(
    folder: Path, base: Path | None, changes: PassageChanges, on_done: Callable[[int], None]
) -> None:
    """Bring the passages and vectors of a draft into its Chroma store.

    Args:
        folder: The draft; snapshot and vectors are in it already.
        base: A generation of the same encoder to copy first, or None to build afresh.
        changes: The passages to put and to take out.
        on_done: Told how many more passages have been put.
    """
    import numpy as np  # noqa: PLC0415

    if base is not None:
        _copy_store(base / CHROMA_NAME, folder / CHROMA_NAME)
    with LibraryReader.open_snapshot(folder / SNAPSHOT_NAME) as library:
        ids = library.passage_ids()
        vectors = np.load(folder / VECTORS_NAME, mmap_mode="r")
        with _collection(folder, make=base is None) as collection:
            for batch in _batches(changes.gone):
                collection.delete(ids=batch)
            for batch in _batches(changes.put):
                rows = [bisect_left(ids, passage_id) for passage_id in batch]
                _put(collection, library.passages(batch), vectors[rows])
                on_done(len(batch))


def check_generation(folder: Path) -> str | None:
    """Look at a draft as a reader will, and return what is wrong with it, or None.

    Every part must hold as many rows as the snapshot has passages, a passage looked up by
    its own vector must come back first, and a small store must reach all of its passages.
    """
    import numpy as np  # noqa: PLC0415

    with LibraryReader.open_snapshot(folder / SNAPSHOT_NAME) as library:
        ids = library.passage_ids()
        units = len(library.unit_contents())
    vectors = np.load(folder / VECTORS_NAME, mmap_mode="r")
    if len(vectors) != len(ids):
        return f"{len(vectors)} vectors for {len(ids)} passages"
    if (found := len(np.load(folder / UNIT_VECTORS_NAME, mmap_mode="r"))) != units:
        return f"{found} vectors for {units} units"
    if (rows := _lexical_rows(folder)) not in (None, len(ids)):
        return f"{rows} rows in the lexical index for {len(ids)} passages"
    with _collection(folder, make=False) as collection:
        if collection.count() != len(ids):
            return f"{collection.count()} passages in Chroma, {len(ids)} in the library"
        return _wrong_neighbour(collection, ids, vectors)


def _lexical_rows(folder: Path) -> int | None:
    if not (folder / BM25_NAME).is_dir():
        return None
    import bm25s  # noqa: PLC0415

    index = bm25s.BM25.load(str(folder / BM25_NAME), mmap=True)
    return int(index.scores["num_docs"])


def _wrong_neighbour(
    collection: chromadb.Collection, ids: Sequence[str], vectors: NDArray[np.float32]
) -> str | None:
    wanted = len(ids) if len(ids) <= SEARCH_WIDTH else 1
    rows = sorted({len(ids) * sample // _SAMPLES for sample in range(_SAMPLES)}) if ids else []
    for row in rows:
        found = collection.query(query_embeddings=vectors[row], n_results=wanted)["ids"][0]
        if len(found) < wanted:
            return f"Chroma reaches {len(found)} of {wanted} passages from {ids[row]}"
        if not _is_same(vectors[row], vectors[bisect_left(ids, found[0])]):
            return f"Chroma does not find {ids[row]} by its own vector"
    return None


def _is_same(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> bool:
    import numpy as np  # noqa: PLC0415

    lengths = float(np.linalg.norm(ours) * np.linalg.norm(theirs))
    return lengths > 0 and float(ours @ theirs) / lengths >= _SAME


def _copy_store(base: Path, target: Path) -> None:
    """Copy a store that readers may have open.

    Opening a store writes a few bytes to its SQLite file, so that one is copied through
    SQLite itself; the vectors' files change only when passages are put.
    """
    shutil.copytree(base, target, ignore=shutil.ignore_patterns("*.sqlite3*"))
    for path in base.glob("*.sqlite3"):
        with (
            closing(sqlite3.connect(path)) as old,
            closing(sqlite3.connect(target / path.name)) as new,
        ):
            old.backup(new)


@contextmanager
def _collection(folder: Path, *, make: bool) -> Iterator[chromadb.Collection]:
    client = open_client(folder)
    try:
        if make:
            yield client.create_collection(
                COLLECTION,
                configuration=CONFIGURATION,  # type: ignore[arg-type]  # its TypedDicts are private
                embedding_function=None,
            )
        else:
            yield client.get_collection(COLLECTION, embedding_function=None)
    finally:
        client.close()  # type: ignore[attr-defined]  # missing from the interface


def _put(
    collection: chromadb.Collection, passages: Sequence[Document], vectors: NDArray[np.float32]
) -> None:
    collection.upsert(
        ids=[str(passage.id) for passage in passages],
        embeddings=vectors,
        documents=[passage.page_content for passage in passages],
        metadatas=[_flat(passage.metadata) for passage in passages],
    )


def _flat(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return the metadata as Chroma takes it: no None, and a list as one line."""
    return {
        key: ", ".join(map(str, value)) if isinstance(value, list) else value
        for key, value in metadata.items()
        if value is not None
    }


def _batches(ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _BATCH):
        yield list(ids[start : start + _BATCH])
