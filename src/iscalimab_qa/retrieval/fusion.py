"""Put two rankings of the same passages together, and take the best of the result.

Pure functions over arrays with one number a passage; higher is always better.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""One score a passage, in the order of the passages' ids."""

Rows = NDArray[np.intp]
"""Places of passages in that order."""


def min_max(scores: NDArray[np.floating]) -> Scores:
    """Stretch scores to [0, 1], the worst to 0 and the best to 1; equal scores all to 0.

    BM25 scores have no upper bound and cosines lie in [-1, 1]. After this they can be added
    and keep their distances, which ranks would lose.
    """
    wide: Scores = np.asarray(scores, dtype=np.float64)
    if wide.size == 0:
        return wide
    low, high = wide.min(), wide.max()
    if low == high:
        return np.zeros_like(wide)
    return np.asarray((wide - low) / (high - low))


def fuse(
    dense: NDArray[np.floating], lexical: NDArray[np.floating], *, dense_weight: float
) -> Scores:
    """Add two scorings of the same passages, each stretched to [0, 1].

    Args:
        dense: Cosines of question and passage.
        lexical: BM25 scores of the same passages in the same order.
        dense_weight: Share of the first in the sum, in [0, 1].

    Returns:
        Scores in [0, 1]; a passage that is best in both has 1.
    """
    return dense_weight * min_max(dense) + (1 - dense_weight) * min_max(lexical)


def top_k(scores: NDArray[np.floating], k: int) -> Rows:
    """Return the rows of the `k` best scores, best first; of equal scores the first row first.

    Args:
        scores: One score a row, no NaN.
        k: How many to return, at least 1; all where there are fewer.
    """
    if k < len(scores):
        # Every score equal to the k-th must compete, or a tie would fall by chance.
        kth = np.partition(scores, len(scores) - k)[len(scores) - k]
        rows = np.flatnonzero(scores >= kth)
    else:
        rows = np.arange(len(scores))
    return rows[np.argsort(-scores[rows], kind="stable")][:k]


def spread(ranked: Rows, owner: Callable[[int], str], k: int, *, at_least: int) -> Rows:
    """Choose `k` of a ranking such that they come from `at_least` owners, if it has so many.

    The best row of each of the first owners keeps its place; the other places go to the
    best of the rest. A long document loses its last places only.

    Args:
        ranked: Rows, best first.
        owner: Names the owner of a row.
        k: How many to return, at least 1; all where there are fewer.
        at_least: How many owners are wanted, at most `k`.

    Returns:
        Rows in the order of the ranking.
    """
    first: dict[str, int] = {}
    for place, row in enumerate(ranked.tolist()):
        if len(first) == at_least:
            break
        first.setdefault(owner(row), place)
    reserved = set(first.values())
    others = [place for place in range(min(k, len(ranked))) if place not in reserved]
    return ranked[sorted([*reserved, *others[: k - len(reserved)]])]
