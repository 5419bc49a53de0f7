"""A cross encoder puts the found passages in its own order."""

from __future__ import annotations

from pathlib import Path

import pytest
from memory_collection import EMBEDDINGS, MemoryCollection

from iscalimab_qa.errors import EncoderError
from iscalimab_qa.lexicon import Lexicon
from iscalimab_qa.retrieval import (
    Filters,
    HybridRetriever,
    RerankingRetriever,
    build_retriever,
    open_reranker,
)
from iscalimab_qa.settings import Settings


class _LikesMonkeys:
    """Scores 1 where the passage speaks of monkeys, else 0, and remembers what it read."""

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def predict(self, pairs: list[tuple[str, str]]) -> list[float]:
        self.read += pairs
        return [float("monkeys" in passage) for _, passage in pairs]


def reranked(collection: MemoryCollection, model: _LikesMonkeys) -> RerankingRetriever:
    base = HybridRetriever(collection=collection, embeddings=EMBEDDINGS)
    return RerankingRetriever(base=base, model=model)


def test_the_model_decides_and_ties_keep_the_order_below(collection: MemoryCollection) -> None:
    retriever = reranked(collection, _LikesMonkeys())
    below = [document.id for document in retriever.base.invoke("solimab")]
    found = retriever.invoke("solimab")
    below.remove("beta#10-20")
    assert [document.id for document in found] == ["beta#10-20", *below]
    assert [document.metadata["score"] for document in found] == [1.0, 0, 0, 0, 0, 0]


def test_more_is_read_than_is_returned(collection: MemoryCollection) -> None:
    model = _LikesMonkeys()
    assert len(reranked(collection, model).invoke("solimab", k=1)) == 1
    assert len(model.read) == len(collection.ids)
    assert {question for question, _ in model.read} == {"solimab"}


def test_filters_reach_the_retriever_below(collection: MemoryCollection) -> None:
    retriever = reranked(collection, _LikesMonkeys())
    found = retriever.invoke("solimab", filters=Filters(sources=frozenset({"gamma"})))
    assert [document.id for document in found] == ["gamma#0-10"]
    assert retriever.invoke("solimab", filters=Filters(sources=frozenset({"none"}))) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    with pytest.raises(EncoderError, match="There is no folder"):
        open_reranker(missing, offline=True)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be loaded"):
        open_reranker(str(tmp_path), offline=True)


def test_a_hub_model_that_was_never_downloaded_is_refused_offline() -> None:
    with pytest.raises(EncoderError, match="cannot be loaded"):
        open_reranker("nobody/no-such-cross-encoder", offline=True)


def test_a_missing_reranker_fails_when_the_retriever_is_built(
    collection: MemoryCollection, tmp_path: Path
) -> None:
    settings = Settings.model_validate({"retrieval": {"reranker": str(tmp_path / "none")}})
    with pytest.raises(EncoderError):
        build_retriever(collection, EMBEDDINGS, Lexicon(), settings)
