"""A small collection that lies in memory: real bm25s and vectors, and Chroma where asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import bm25s
import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings
from langchain_core.vectorstores import VectorStore
from numpy.typing import NDArray

from iscalimab_qa.lexicon import tokenize
from iscalimab_qa.sources.values import SourceMetadata, TrialRecord

EMBEDDINGS = DeterministicFakeEmbedding(size=16)


@dataclass(frozen=True)
class Facts:
    source_id: str
    metadata: SourceMetadata


class MemoryCollection:
    """Passages by id; `proposals` counts how often the vector store was asked for."""

    def __init__(self, texts: dict[str, str], facts: Sequence[Facts] = ()) -> None:
        self._texts = dict(sorted(texts.items()))
        self._facts = facts
        self.proposals = 0

    @property
    def ids(self) -> Sequence[str]:
        return tuple(self._texts)

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        rows = np.array(EMBEDDINGS.embed_documents(list(self._texts.values())), dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    @cached_property
    def bm25(self) -> bm25s.BM25 | None:
        rows = [tokenize(text) for text in self._texts.values()]
        index = bm25s.BM25()
        index.index(rows, show_progress=False)
        return index

    @cached_property
    def _store(self) -> VectorStore:
        from langchain_chroma import Chroma

        store = Chroma(
            "passages",
            embedding_function=EMBEDDINGS,
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        store.reset_collection()
        store.add_documents(self.passages(), ids=list(self.ids))
        return store

    def chroma(self, embeddings: Embeddings) -> VectorStore:
        assert embeddings is EMBEDDINGS
        self.proposals += 1
        return self._store

    def passages(self, ids: Iterable[str] | None = None) -> list[Document]:
        return [
            Document(
                id=one, page_content=self._texts[one], metadata={"source_id": one.split("#")[0]}
            )
            for one in (self.ids if ids is None else ids)
        ]

    def sources(self) -> Sequence[Facts]:
        return self._facts


FACTS = [
    Facts(
        "alpha",
        SourceMetadata(
            "Alpha",
            kind="randomised_trial",
            published="2024-05",
            trials=(TrialRecord("NCT00000001", aliases=("ALPHA-1",)),),
        ),
    ),
    Facts("beta", SourceMetadata("Beta", kind="review", published="2019")),
    Facts("gamma", SourceMetadata("Gamma", kind="review")),
]

TEXTS = {
    "alpha#0-10": "Proteinuria fell with solimab in lupus nephritis.",
    "alpha#10-20": "Serious adverse events were rare with solimab.",
    "alpha#20-30": "The trial enrolled patients with lupus nephritis.",
    "beta#0-10": "CD40 and its ligand drive germinal centres.",
    "beta#10-20": "Kidney grafts of monkeys survived longer.",
    "gamma#0-10": "Solimab is a silent antibody against CD40.",
}
