"""What a retriever asks of an index; an open generation is one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from langchain_core.documents import Document
from numpy.typing import NDArray

from iscalimab_qa.retrieval.filters import Filters
from iscalimab_qa.retrieval.fusion import Rows

if TYPE_CHECKING:
    from bm25s import BM25
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import VectorStore

    from iscalimab_qa.sources.values import SourceMetadata


class SourceFacts(Protocol):
    """What filters look at."""

    @property
    def source_id(self) -> str:
        """The source's id."""

    @property
    def metadata(self) -> SourceMetadata:
        """Its bibliographic data."""


class Collection(Protocol):
    """Passages with everything that is needed to rank them.

    Row i of `vectors` and of `bm25` belongs to `ids[i]`; `ids` are sorted.
    """

    @property
    def ids(self) -> Sequence[str]:
        """Every passage's id, `<source_id>#<start>-<end>`."""

    @property
    def vectors(self) -> NDArray[np.float32]:
        """Unit vectors, shape (n, d)."""

    @property
    def bm25(self) -> BM25 | None:
        """Over the passages' tokens; None where no passage has any."""

    def chroma(self, embeddings: Embeddings) -> VectorStore:
        """Return the store that proposes neighbours where there are too many to score."""

    def passages(self, ids: Iterable[str] | None = None) -> list[Document]:
        """Return passages in the order of `ids`."""

    def sources(self) -> Sequence[SourceFacts]:
        """Return every source."""


def source_of(passage_id: str) -> str:
    """Return the id of the source that a passage is cut from."""
    return passage_id.rpartition("#")[0]


def admitted_sources(collection: Collection, filters: Filters) -> frozenset[str]:
    """Return the ids of the sources that meet every condition."""
    return frozenset(
        source.source_id
        for source in collection.sources()
        if filters.admits(source.source_id, source.metadata)
    )


def admitted_rows(collection: Collection, filters: Filters) -> Rows:
    """Return the rows of the passages whose source meets every condition, in order."""
    if filters.admit_all:
        return np.arange(len(collection.ids))
    admitted = admitted_sources(collection, filters)
    rows = [row for row, one in enumerate(collection.ids) if source_of(one) in admitted]
    return np.array(rows, dtype=np.intp)


def rows_of(collection: Collection, ids: Iterable[str]) -> Rows:
    """Return the rows of passages that the collection holds, sorted, each once."""
    return np.array(sorted({bisect_left(collection.ids, one) for one in ids}), dtype=np.intp)
