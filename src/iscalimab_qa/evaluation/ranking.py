"""How high the passages stand that hold what a question needs.

A need is met by the first passage that covers one of its labelled spans. A further passage for
a need that is met already gains nothing, so that a fact that stands in five sources does not
ask for five passages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, nDCG

from iscalimab_qa.evaluation.outcomes import Place
from iscalimab_qa.evaluation.spans import Labels, covers_any

DEPTHS = (1, 5, 10)
"""The depths at which recall is taken."""

RANKED = {"MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}

NAMES = (*(f"recall@{k}" for k in DEPTHS), *RANKED)


def ranking_scores(labels: Labels, found: Sequence[Place]) -> Mapping[str, float | None]:
    """Measure the retrieved passages of one question; all in [0, 1], higher is better.

    Args:
        labels: A question without needs is not eligible.
        found: Passages, best first.

    Returns:
        recall@1, @5 and @10: share of the needs that one of the first k passages meets;
        MRR@10 and nDCG@10 (ir-measures): of a ranking in which a passage counts as the needs
        that it is the first to meet.
    """
    if not labels.needs:
        return dict.fromkeys(NAMES)
    ranks = first_ranks(labels, found)
    recall = {
        f"recall@{k}": sum(r is not None and r <= k for r in ranks) / len(ranks) for k in DEPTHS
    }
    return recall | _ranked(ranks, len(found))


def first_ranks(labels: Labels, found: Sequence[Place]) -> list[int | None]:
    """Return for each need the 1-based rank of the first passage that covers it."""
    return [
        next((rank for rank, place in enumerate(found, 1) if covers_any(place, need)), None)
        for need in labels.needs
    ]


def _ranked(ranks: Sequence[int | None], depth: int) -> dict[str, float]:
    """Hand the ranking to ir-measures, each passage under the names of the needs it meets."""
    listed = [
        name
        for rank in range(1, depth + 1)
        for name in [f"need-{n}" for n, met in enumerate(ranks) if met == rank] or [f"rank-{rank}"]
    ]
    relevant = {"q": {f"need-{n}": 1 for n in range(len(ranks))}}
    run = {"q": {name: float(len(listed) - place) for place, name in enumerate(listed)}}
    values = ir_measures.calc_aggregate(list(RANKED.values()), relevant, run)
    return {name: float(values[measure]) for name, measure in RANKED.items()}
