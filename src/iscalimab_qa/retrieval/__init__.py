"""Question -> the passages that may answer it, best first."""

from iscalimab_qa.retrieval.build import build_retriever
from iscalimab_qa.retrieval.collection import Collection
from iscalimab_qa.retrieval.filters import Filters
from iscalimab_qa.retrieval.reranking import RerankingRetriever, open_reranker
from iscalimab_qa.retrieval.retrievers import DenseRetriever, HybridRetriever, LexicalRetriever

__all__ = [
    "Collection",
    "DenseRetriever",
    "Filters",
    "HybridRetriever",
    "LexicalRetriever",
    "RerankingRetriever",
    "build_retriever",
    "open_reranker",
]
