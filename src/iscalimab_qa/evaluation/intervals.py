"""How sure a mean, or the difference of two, is: the bootstrap over clusters.

Questions about one source stand or fall together, so sources are drawn, not questions
(Efron & Tibshirani, 1993, and the cluster bootstrap of Field & Welsh, 2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

RESAMPLES = 10_000
"""Enough that the ends of an interval do not move in the second digit."""

_SEED = 0


class Estimate(NamedTuple):
    """A mean with its 95 % interval, and over how many questions it was taken."""

    mean: float
    low: float
    high: float
    n: int


def estimate(values: Sequence[float | None], clusters: Sequence[str]) -> Estimate | None:
    """Return the mean of the eligible values with its interval.

    Args:
        values: One a question; None is not eligible and left out.
        clusters: What each question stands or falls with.

    Returns:
        None if no question is eligible. The same values give the same interval.
    """
    kept = [(v, c) for v, c in zip(values, clusters, strict=True) if v is not None]
    if not kept:
        return None
    numbers = np.array([value for value, _ in kept], dtype=float)
    _, cluster_of = np.unique([cluster for _, cluster in kept], return_inverse=True)
    sums, counts = np.bincount(cluster_of, numbers), np.bincount(cluster_of)
    draws = np.random.default_rng(_SEED).multinomial(
        len(sums), np.full(len(sums), 1 / len(sums)), size=RESAMPLES
    )
    means = (draws @ sums) / (draws @ counts)
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(numbers.mean()), float(low), float(high), len(numbers))


def difference(
    ours: Sequence[float | None], theirs: Sequence[float | None], clusters: Sequence[str]
) -> Estimate | None:
    """Return the mean paired difference with its interval, over questions eligible for both.

    Positive means that the first is higher.
    """
    paired = [
        a - b if a is not None and b is not None else None
        for a, b in zip(ours, theirs, strict=True)
    ]
    return estimate(paired, clusters)
