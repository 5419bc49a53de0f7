"""Measure rankings, question by question, and how sure a difference between two is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray

from iscalimab_qa.evaluation.beir import values_by_query
from iscalimab_qa.evaluation.intervals import estimate

ARTICLE_MEASURES = {
    "nDCG@10": nDCG @ 10,
    "MRR@10": RR @ 10,
    "recall@1": R @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
}
"""How high the article that answers stands."""

PASSAGE_MEASURES = {f"passage@{k}": Success @ k for k in (1, 5, 10)}
"""Whether a passage that holds the answer is among the first k."""

DEEPEST = 20
"""Ranks below this one are not looked at by any measure."""


def values(
    measures: Mapping[str, ir_measures.Measure],
    relevant: Mapping[str, Mapping[str, int]],
    scores: NDArray[np.floating],
    names: Sequence[str],
) -> dict[str, NDArray[np.float64]]:
    """Measure a ranking for each question.

    Args:
        measures: By the name that the result has for them.
        relevant: For each question what answers it, with its grade. A question that nothing
            answers counts as failed, not as left out.
        scores: One row a question of `relevant`, in its order, and one column a name.
        names: What is ranked.

    Returns:
        For each measure one value a question, higher is better.
    """
    best = np.argsort(-scores, axis=1, kind="stable")[:, :DEEPEST]
    rankings = {
        question: [names[column] for column in columns]
        for question, columns in zip(relevant, best, strict=True)
    }
    return values_by_query(measures, relevant, rankings)


def interval(difference: NDArray[np.floating], articles: Sequence[str]) -> tuple[float, float]:
    """Return the 95 % interval of a mean paired difference, articles drawn with replacement.

    The questions of an article stand or fall together, so articles are drawn, not questions.
    """
    found = estimate(difference.tolist(), articles)
    assert found is not None
    return found.low, found.high
