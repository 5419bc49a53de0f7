"""Settings -> retriever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iscalimab_qa.retrieval.collection import Collection
from iscalimab_qa.retrieval.filters import Filters
from iscalimab_qa.retrieval.reranking import RerankingRetriever, open_reranker
from iscalimab_qa.retrieval.retrievers import HybridRetriever

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever

    from iscalimab_qa.lexicon import Lexicon
    from iscalimab_qa.settings import Settings


def build_retriever(
    collection: Collection,
    embeddings: Embeddings,
    lexicon: Lexicon,
    settings: Settings,
    *,
    filters: Filters | None = None,
) -> BaseRetriever:
    """Return the retriever that the settings describe.

    Args:
        collection: What is searched; it must stay open as long as the retriever is used.
        embeddings: The encoder that made its vectors.
        lexicon: Other names to look for.
        settings: Read for `retrieval` and `offline`.
        filters: Which sources may answer; all by default.

    Raises:
        EncoderError: The settings name a reranker that is not to be had.
    """
    chosen = settings.retrieval
    hybrid = HybridRetriever(
        collection=collection,
        embeddings=embeddings,
        lexicon=lexicon,
        k=chosen.passages,
        filters=filters or Filters(),
        exact_limit=chosen.exact_limit,
        candidates=chosen.candidates,
        dense_weight=chosen.dense_weight,
    )
    if chosen.reranker is None:
        return hybrid
    model = open_reranker(chosen.reranker, offline=settings.offline)
    return RerankingRetriever(base=hybrid, model=model, k=chosen.passages)
