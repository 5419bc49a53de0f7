"""Rank the passages of a collection for a question: by meaning, by words, or by both.

Each is a LangChain retriever whose documents come best first and carry their score. Equal
scores stand in the order of passage ids, so that the same question over the same library
gives the same list.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, SkipValidation

from iscalimab_qa.lexicon import Lexicon
from iscalimab_qa.retrieval.collection import (
    Collection,
    admitted_rows,
    admitted_sources,
    rows_of,
    source_of,
)
from iscalimab_qa.retrieval.filters import Filters
from iscalimab_qa.retrieval.fusion import Rows, fuse, spread, top_k
from iscalimab_qa.retrieval.scoring import dense_scores, lexical_scores

PASSAGES_PER_SOURCE = 5
"""Of so many passages at least one is another source's: 50 passages show 10 sources. On
COVID-QA, whose articles have 37 passages each, that cost one answer's passage in a thousand."""


class Request(NamedTuple):
    """A question, how many passages it wants, and the rows of those that may answer it."""

    question: str
    k: int
    filters: Filters
    rows: Rows


class Scored(NamedTuple):
    """The rows that were scored, in order of id, and what was found for each.

    `scores` is what they are ranked by, higher is better; `parts` holds further figures for
    the passages' metadata, by name.
    """

    rows: Rows
    scores: NDArray[np.floating]
    parts: Mapping[str, NDArray[np.floating]]


class PassageRetriever(BaseRetriever):
    """What the retrievers have in common: filters, ranking, and the documents' metadata.

    `invoke(question, k=..., filters=...)` overrides the two for one question. The metadata
    of a document is its passage's, with `score`; see each retriever for its range.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    collection: Annotated[Collection, SkipValidation]
    """What is searched, for example an open generation."""
    k: int = Field(default=12, ge=1)
    """Passages to return; all where there are fewer."""
    filters: Filters = Filters()
    """Which sources may answer; applied before ranking."""
    lexicon: Lexicon = Lexicon()
    """Other names, looked for as well; also of the trials in a filter."""

    @abstractmethod
    def _scored(self, request: Request) -> Scored:
        """Score the admitted rows, or those of them that can be among the best."""

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        k: int | None = None,
        filters: Filters | None = None,
        **_: Any,
    ) -> list[Document]:
        del run_manager  # nothing is called that would report to it
        k = self.k if k is None else k
        if k < 1:
            raise ValueError(f"k is {k}, expected at least 1")
        filters = (filters or self.filters).with_other_names(self.lexicon)
        rows = admitted_rows(self.collection, filters)
        if not len(rows):
            return []
        scored = self._scored(Request(query, k, filters, rows))
        return self._documents(scored, self._best(scored, k))

    def _best(self, scored: Scored, k: int) -> Rows:
        """Return the places of the best, from several sources where there are several."""

        def owner(place: int) -> str:
            return source_of(self.collection.ids[scored.rows[place]])

        ranked = top_k(scored.scores, len(scored.scores))
        return spread(ranked, owner, k, at_least=max(1, k // PASSAGES_PER_SOURCE))

    def _documents(self, scored: Scored, places: Rows) -> list[Document]:
        ids = [self.collection.ids[row] for row in scored.rows[places]]
        documents = self.collection.passages(ids)
        figures = {"score": scored.scores, **scored.parts}
        for document, place in zip(documents, places, strict=True):
            document.metadata |= {name: float(of[place]) for name, of in figures.items()}
        return documents


class LexicalRetriever(PassageRetriever):
    """Ranks by words: `score` is BM25 with the question's other names, at least 0."""

    def _scored(self, request: Request) -> Scored:
        scores = _lexical(self.collection, self.lexicon, request.question)[request.rows]
        return Scored(request.rows, scores, {"lexical": scores})


class DenseRetriever(PassageRetriever):
    """Ranks by meaning: `score` is the cosine of question and passage, in [-1, 1]."""

    embeddings: Embeddings
    """The encoder that made the collection's vectors."""
    exact_limit: int = Field(default=20_000, ge=0)
    """Up to so many passages each is scored; beyond it Chroma proposes."""
    candidates: int = Field(default=200, ge=1)
    """How many passages are proposed, at least; all of them are scored exactly."""

    def _scored(self, request: Request) -> Scored:
        vector = self._embedded(request.question)
        rows = request.rows
        if len(rows) > self.exact_limit:
            rows = self._proposed(request, vector)
        cosines = self._cosines(rows, vector)
        return Scored(rows, cosines, {"similarity": cosines})

    def _embedded(self, question: str) -> NDArray[np.float32]:
        return np.asarray(self.embeddings.embed_query(question), dtype=np.float32)

    def _cosines(self, rows: Rows, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        vectors = self.collection.vectors
        # Picking rows copies them, which takes longer than scoring them.
        return dense_scores(vectors if len(rows) == len(vectors) else vectors[rows], vector)

    def _proposed(self, request: Request, vector: NDArray[np.float32]) -> Rows:
        """Ask Chroma for the nearest of the admitted passages."""
        where = None
        if not request.filters.admit_all:
            admitted = sorted(admitted_sources(self.collection, request.filters))
            where = {"source_id": {"$in": admitted}}
        found = self.collection.chroma(self.embeddings).similarity_search_by_vector(
            vector.tolist(), k=max(self.candidates, request.k), filter=where
        )
        return rows_of(self.collection, (str(document.id) for document in found))


class HybridRetriever(DenseRetriever):
    """Ranks by both, each stretched to [0, 1] over the passages that are scored.

    `score` is their weighted sum, in [0, 1]; the metadata has its parts: `similarity`, the
    cosine, and `lexical`, BM25. Only the two together were safe on every collection that
    was measured; see `eval/README.md`.
    """

    dense_weight: float = Field(default=0.5, ge=0, le=1)
    """Share of the cosine in the sum."""

    def _scored(self, request: Request) -> Scored:
        vector = self._embedded(request.question)
        lexical = _lexical(self.collection, self.lexicon, request.question)
        rows = request.rows
        if len(rows) > self.exact_limit:
            count = max(self.candidates, request.k)
            by_words = rows[top_k(lexical[rows], count)]
            rows = np.union1d(by_words, self._proposed(request, vector))
        cosines = self._cosines(rows, vector)
        scores = fuse(cosines, lexical[rows], dense_weight=self.dense_weight)
        return Scored(rows, scores, {"similarity": cosines, "lexical": lexical[rows]})


def _lexical(collection: Collection, lexicon: Lexicon, question: str) -> NDArray[np.float32]:
    return lexical_scores(collection.bm25, lexicon.expand(question), len(collection.ids))
