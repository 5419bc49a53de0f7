"""Score every passage of a collection for one question: by meaning, and by words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from iscalimab_qa.lexicon import Concept, Expansion, tokenize

if TYPE_CHECKING:
    from bm25s import BM25

_HYPHEN_IN_WORDS = re.compile(r"(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})")


def dense_scores(
    vectors: NDArray[np.float32], question: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the cosine of the question with each passage.

    Args:
        vectors: Unit vectors, one row a passage: shape (n, d).
        question: A vector of any length: shape (d,).

    Returns:
        Shape (n,), values in [-1, 1]; 0 for a question whose vector is 0.
    """
    length = float(np.linalg.norm(question))
    unit = (question / length if length else question).astype(np.float32)
    # One thread, row by row: a thread team waits for cores and sums in another order on others.
    return np.asarray(np.vecdot(vectors, unit), dtype=np.float32)


def lexical_scores(index: BM25 | None, expansion: Expansion, n: int) -> NDArray[np.float32]:
    """Return the BM25 score of each passage for a question and the other names in it.

    A concept counts once, by whichever of its names suits the passage best: what another
    name scores above the question's own words is added. Another name counts only where the
    passage has all of its words, since half of "lupus nephritis" is another disease.

    Args:
        index: Over the tokens of the passages; None where no passage has any.
        expansion: The question with its concepts.
        n: Number of passages.

    Returns:
        Shape (n,), values of at least 0 without an upper bound.
    """
    if index is None:
        return np.zeros(n, dtype=np.float32)
    scores = _sum_of_words(index, tokenize(expansion.question), n)
    for concept in expansion.concepts:
        scores += _gain(index, concept, n)
    return scores


def _gain(index: BM25, concept: Concept, n: int) -> NDArray[np.float32]:
    """Return what the best other name scores above the name that the question uses."""
    own = _sum_of_words(index, tokenize(concept.written), n)
    best = np.zeros(n, dtype=np.float32)
    for other in concept.alternatives:
        np.maximum(best, _whole_name(index, other.term, n), out=best)
    if own.any():
        # A rare abbreviation must not outweigh the question's own words where they are found.
        np.minimum(best, own.max(), out=best)
    return np.asarray(np.maximum(best - own, 0))


def _whole_name(index: BM25, name: str, n: int) -> NDArray[np.float32]:
    # The parts of a compound are in the index however it is written; the compound is not.
    tokens = sorted(set(tokenize(_HYPHEN_IN_WORDS.sub(" ", name))))
    if not tokens or any(token not in index.vocab_dict for token in tokens):
        return np.zeros(n, dtype=np.float32)
    each = np.stack([_sum_of_words(index, [token], n) for token in tokens])
    return np.asarray(each.sum(axis=0) * (each > 0).all(axis=0))


def _sum_of_words(index: BM25, tokens: list[str], n: int) -> NDArray[np.float32]:
    if not tokens:
        return np.zeros(n, dtype=np.float32)
    return np.asarray(index.get_scores(tokens))
