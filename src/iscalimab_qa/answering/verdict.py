"""Does the library answer this at all? A calibrated probability, and three grades of it.

The probability is a logistic function of what is known of the best unit. Its weights and
the thresholds were fitted by `eval/fit_answering.py` on COVID-QA: a question is
unanswerable there when the article that answers it is left out of the library.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from iscalimab_qa.answering.bringing import lacks
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.answering.values import Verdict

RUNNER_UP = 4
"""The margin is taken over the fifth-best unit: the nearest ones often tell the same."""


TELLS = 0.6
"""Grade from which on a unit tells what is sought, and does not just touch it."""

WHOLE = 0.999
"""No word of the question is lacking; below 1 for what sums of floats lose."""

OUTRIGHT = 0.5
"""The least probability of what is told outright; set by hand, above what `answered` needs."""


class Signals(NamedTuple):
    """What a verdict rests on; coverage, similarity and the shares lie in [0, 1].

    `score` is the best unit's; `margin` how far it is above the fifth-best. `unknown` is the
    share of the question's weight that stands nowhere in the library. `lacks` says that the best
    unit has not the form that is asked for; `gap`, `figures` and `reading` are its features; see
    `scoring.Features`.
    """

    coverage: float
    passage_coverage: float
    similarity: float
    score: float
    margin: float
    unknown: float
    lacks: float
    gap: float
    figures: float
    reading: float = 0.0


class Thresholds(NamedTuple):
    """Probabilities from which on an answer is `answered`, and from which on `partial`."""

    answered: float
    partial: float


def signals(
    question: Question, candidates: Sequence[Candidate], terms: Terms, known: frozenset[str]
) -> Signals:
    """Read the signals off scored candidates (best first, at least one).

    Args:
        question: What was asked.
        candidates: Evidence for the question.
        terms: The question's words and weights.
        known: Those of the question's tokens that the library holds anywhere.
    """
    best = candidates[0]
    runner_up = candidates[min(RUNNER_UP, len(candidates) - 1)]
    return Signals(
        coverage=best.features.coverage,
        passage_coverage=best.features.passage_coverage,
        similarity=best.features.similarity,
        score=_plain(best),
        margin=_plain(best) - _plain(runner_up),
        unknown=1.0 - terms.coverage(known),
        lacks=float(lacks(question, best.unit.text)),
        gap=best.features.gap,
        figures=best.features.figures,
        reading=best.features.reading,
    )


def _plain(candidate: Candidate) -> float:
    return candidate.score - candidate.promoted


def is_told_outright(best: Candidate) -> bool:
    """Whether a unit tells what is sought, of all that the question names.

    Its words may be quite other ones ("open-label" for "blinded"), so likeness says little.
    """
    return best.features.tells >= TELLS and best.features.coverage >= WHOLE


def probability(found: Signals, weights: Mapping[str, float]) -> float:
    """Return the probability that the best unit answers the question, in (0, 1)."""
    total = weights["bias"] + sum(
        weights[name] * value for name, value in zip(found._fields, found, strict=True)
    )
    return 1.0 / (1.0 + math.exp(-total))


def graded(chance: float, thresholds: Thresholds) -> Verdict:
    """Turn a probability into a verdict."""
    if chance >= thresholds.answered:
        return "answered"
    return "partial" if chance >= thresholds.partial else "not_found"
