"""A passage is scored by the question's words or by their other names, whichever suits it."""

from __future__ import annotations

import bm25s
import numpy as np
import pytest

from iscalimab_qa.lexicon import AliasGroup, Lexicon, tokenize
from iscalimab_qa.retrieval.scoring import dense_scores, lexical_scores

PASSAGES = [
    "solimab lowered proteinuria",
    "ABC123 lowered proteinuria",
    "proteinuria was measured",
    "lupus of the skin",
    "nephritis of any cause",
    "lupus nephritis was active",
]
NAMES = ("solimab", "ABC123")
DISEASE = ("lupus nephritis", "LN")


@pytest.fixture(scope="module")
def index() -> bm25s.BM25:
    made = bm25s.BM25()
    made.index([tokenize(text) for text in PASSAGES], show_progress=False)
    return made


def scored(index: bm25s.BM25, question: str, *groups: AliasGroup) -> np.ndarray:
    return lexical_scores(index, Lexicon(groups).expand(question), len(PASSAGES))


def test_without_other_names_the_scores_are_those_of_bm25(index: bm25s.BM25) -> None:
    plain = index.get_scores(tokenize("solimab and proteinuria"))
    assert scored(index, "solimab and proteinuria").tolist() == plain.tolist()


def test_a_passage_that_uses_the_other_name_scores_like_one_that_uses_the_first(
    index: bm25s.BM25,
) -> None:
    # Both names stand in one passage of three words each, so they weigh the same.
    found = scored(index, "solimab and proteinuria", AliasGroup("drug", NAMES, NAMES))
    assert found[0] == pytest.approx(found[1])
    assert found[1] > found[2] > 0


def test_another_name_counts_only_where_all_of_its_words_are(index: bm25s.BM25) -> None:
    found = scored(index, "LN", AliasGroup("disease", DISEASE, DISEASE))
    assert found[5] > 0
    assert found[3] == found[4] == 0


def test_an_other_name_never_outweighs_the_best_match_of_the_questions_own_words(
    index: bm25s.BM25,
) -> None:
    group = AliasGroup("plain", ("proteinuria",), ("lupus nephritis",))
    own = scored(index, "proteinuria")
    with_names = scored(index, "proteinuria", group)
    assert with_names[5] == pytest.approx(own.max())
    assert with_names[:3].tolist() == own[:3].tolist()


def test_a_question_without_a_known_word_scores_nothing(index: bm25s.BM25) -> None:
    assert not scored(index, "zebra?").any()
    assert not scored(index, "What is it?").any()


def test_a_collection_without_words_scores_nothing() -> None:
    assert lexical_scores(None, Lexicon().expand("solimab"), 2).tolist() == [0.0, 0.0]


def test_a_cosine_does_not_depend_on_the_questions_length() -> None:
    # (1, 0) and (0.6, 0.8) against (3, 4): 3/5 and (1.8 + 3.2)/5 = 1
    vectors = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)
    assert dense_scores(vectors, np.array([3, 4])) == pytest.approx([0.6, 1.0])
    assert dense_scores(vectors, np.array([0, 0])).tolist() == [0.0, 0.0]
