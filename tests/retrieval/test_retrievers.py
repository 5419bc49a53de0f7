"""The retrievers rank as they say, filter before they rank, and repeat themselves exactly."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests
from memory_collection import EMBEDDINGS, FACTS, TEXTS, MemoryCollection

from iscalimab_qa.lexicon import AliasGroup, Lexicon
from iscalimab_qa.retrieval import (
    DenseRetriever,
    Filters,
    HybridRetriever,
    LexicalRetriever,
    RerankingRetriever,
    build_retriever,
)
from iscalimab_qa.settings import Settings

QUESTION = "Did solimab lower proteinuria in lupus nephritis?"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Run the standard's asynchronous test on asyncio."""
    return "asyncio"


@pytest.mark.anyio
class _Standard(RetrieversIntegrationTests):
    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"collection": MemoryCollection(TEXTS, FACTS), "embeddings": EMBEDDINGS}

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


class TestLexicalRetrieverMeetsTheStandard(_Standard):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return LexicalRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"collection": MemoryCollection(TEXTS, FACTS)}


class TestDenseRetrieverMeetsTheStandard(_Standard):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return DenseRetriever


class TestHybridRetrieverMeetsTheStandard(_Standard):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return HybridRetriever


class TestHybridRetrieverOverCandidatesMeetsTheStandard(TestHybridRetrieverMeetsTheStandard):
    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {**super().retriever_constructor_params, "exact_limit": 0}


class TestRerankingRetrieverMeetsTheStandard(_Standard):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return RerankingRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        base = HybridRetriever(**super().retriever_constructor_params)
        return {"base": base, "model": _CountsLetters()}


class _CountsLetters:
    def predict(self, pairs: list[tuple[str, str]]) -> list[float]:
        return [float(len(passage)) for _, passage in pairs]


def hybrid(collection: MemoryCollection, **options: Any) -> HybridRetriever:
    return HybridRetriever(collection=collection, embeddings=EMBEDDINGS, **options)


def test_the_passage_itself_is_the_nearest_to_its_own_words(collection: MemoryCollection) -> None:
    # The same text has the same vector, so the cosine is 1.
    dense = DenseRetriever(collection=collection, embeddings=EMBEDDINGS)
    first = dense.invoke(TEXTS["beta#0-10"])[0]
    assert first.id == "beta#0-10"
    assert first.metadata["score"] == pytest.approx(1.0, abs=1e-6)
    assert first.metadata["score"] == first.metadata["similarity"]


def test_the_passage_with_the_questions_rare_words_comes_first(
    collection: MemoryCollection,
) -> None:
    found = LexicalRetriever(collection=collection).invoke(QUESTION)
    assert found[0].id == "alpha#0-10"
    scores = [document.metadata["score"] for document in found]
    assert scores == sorted(scores, reverse=True)


def test_what_is_best_by_meaning_and_by_words_has_the_full_score(
    collection: MemoryCollection,
) -> None:
    first = hybrid(collection).invoke(TEXTS["alpha#0-10"])[0]
    assert first.id == "alpha#0-10"
    assert first.metadata["score"] == pytest.approx(1.0)
    assert first.metadata["similarity"] == pytest.approx(1.0, abs=1e-6)
    assert first.metadata["lexical"] > 0


def test_equal_scores_stand_in_the_order_of_passage_ids() -> None:
    texts = {f"{source}#0-9": "the very same words" for source in "dbca"}
    found = hybrid(MemoryCollection(texts)).invoke("words")
    assert [document.id for document in found] == ["a#0-9", "b#0-9", "c#0-9", "d#0-9"]


def test_the_same_question_gives_the_same_list(collection: MemoryCollection) -> None:
    again = MemoryCollection(dict(reversed(TEXTS.items())), FACTS)
    assert hybrid(collection).invoke(QUESTION) == hybrid(again).invoke(QUESTION)


@pytest.mark.parametrize("kind", ["lexical", "dense", "hybrid", "hybrid over candidates"])
@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        (Filters(sources=frozenset({"beta"})), {"beta"}),
        (Filters(kinds=frozenset({"review"})), {"beta", "gamma"}),
        (Filters(trials=frozenset({"alpha-1"})), {"alpha"}),
        (Filters(published_from="2020"), {"alpha"}),
        (Filters(sources=frozenset({"nobody"})), set()),
    ],
)
def test_only_admitted_sources_answer_and_all_their_passages_can(
    collection: MemoryCollection, kind: str, filters: Filters, admitted: set[str]
) -> None:
    retriever: BaseRetriever = {
        "lexical": lambda: LexicalRetriever(collection=collection),
        "dense": lambda: DenseRetriever(collection=collection, embeddings=EMBEDDINGS),
        "hybrid": lambda: hybrid(collection),
        "hybrid over candidates": lambda: hybrid(collection, exact_limit=0),
    }[kind]()
    found = retriever.invoke(QUESTION, filters=filters)
    expected = {one for one in TEXTS if one.split("#")[0] in admitted}
    assert {document.id for document in found} == expected


def test_a_filter_leaves_the_best_of_what_it_admits_the_full_score(
    collection: MemoryCollection,
) -> None:
    # Stretched over what is admitted: the best in both has 1 again.
    reviews = Filters(kinds=frozenset({"review"}))
    first = hybrid(collection, filters=reviews).invoke(TEXTS["gamma#0-10"])[0]
    assert first.id == "gamma#0-10"
    assert first.metadata["score"] == pytest.approx(1.0)


def test_a_small_collection_is_scored_whole_without_the_vector_store(
    collection: MemoryCollection,
) -> None:
    hybrid(collection, exact_limit=len(TEXTS)).invoke(QUESTION)
    assert collection.proposals == 0


def test_candidates_are_scored_as_exactly_as_a_small_collection(
    collection: MemoryCollection,
) -> None:
    # Six passages and 200 candidates: all are proposed, so the two ways must agree.
    exact = hybrid(collection).invoke(QUESTION)
    proposed = hybrid(collection, exact_limit=0).invoke(QUESTION)
    assert collection.proposals == 1
    assert [document.id for document in proposed] == [document.id for document in exact]
    for left, right in zip(proposed, exact, strict=True):
        assert left.metadata["score"] == pytest.approx(right.metadata["score"], abs=1e-6)


def test_a_passage_that_either_side_proposes_is_a_candidate(collection: MemoryCollection) -> None:
    # One candidate of each: by words the first, by meaning the passage asked with itself.
    question = TEXTS["beta#10-20"]
    found = hybrid(collection, exact_limit=0, candidates=1, k=1).invoke(question)
    assert [document.id for document in found] == ["beta#10-20"]


def test_a_passage_that_uses_another_name_is_found_by_words(collection: MemoryCollection) -> None:
    names = ("solimab", "ABC123")
    lexicon = Lexicon([AliasGroup("drug", names, names)])
    found = LexicalRetriever(collection=collection, lexicon=lexicon).invoke("ABC123", k=1)
    assert "olimab" in found[0].page_content
    assert found[0].metadata["score"] > 0


def test_a_long_document_leaves_room_for_others() -> None:
    texts = {f"long#{start}-9": f"solimab solimab solimab {start}" for start in range(8)}
    texts |= {f"short{n}#0-9": "solimab and much else that was seen" for n in range(3)}
    found = LexicalRetriever(collection=MemoryCollection(texts), k=10).invoke("solimab")
    sources = [str(document.id).split("#")[0] for document in found]
    # Ten passages are to show two sources at least; they do, in the order of their scores.
    assert sources == ["long"] * 8 + ["short0", "short1"]
    few = LexicalRetriever(collection=MemoryCollection(texts), k=5).invoke("solimab")
    assert {str(document.id).split("#")[0] for document in few} == {"long"}


def test_scores_are_not_written_into_the_collection(collection: MemoryCollection) -> None:
    hybrid(collection).invoke(QUESTION)
    assert all("score" not in document.metadata for document in collection.passages())


def test_asking_for_no_passages_is_refused(collection: MemoryCollection) -> None:
    with pytest.raises(ValueError, match="k is 0, expected at least 1"):
        hybrid(collection).invoke(QUESTION, k=0)


def test_an_empty_collection_answers_with_nothing() -> None:
    assert LexicalRetriever(collection=MemoryCollection({})).invoke(QUESTION) == []


def test_the_settings_decide_about_the_retriever(
    collection: MemoryCollection,
) -> None:
    settings = Settings.model_validate({"retrieval": {"passages": 2, "dense_weight": 1.0}})
    retriever = build_retriever(collection, EMBEDDINGS, Lexicon(), settings)
    found = retriever.invoke(TEXTS["gamma#0-10"])
    assert len(found) == 2
    # By meaning alone the score is the stretched cosine, whatever the words.
    assert found[0].metadata["score"] == pytest.approx(1.0)
