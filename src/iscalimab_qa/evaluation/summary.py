"""Averages with intervals, by measure and by type; differences from the first system."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from iscalimab_qa.evaluation.experiment import Run
from iscalimab_qa.evaluation.intervals import Estimate, difference, estimate
from iscalimab_qa.evaluation.measures import Score, scores
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import LabelledQuestion
from iscalimab_qa.sources.values import Source

LOWER_IS_BETTER = frozenset({"arm errors", "attack success", "false refusals", "words"})
"""Of all other measures more is better."""

LATENCIES = {"latency p50 (ms)": 0.5, "latency p95 (ms)": 0.95}


class Judged(NamedTuple):
    """One question, what a system said, and every measure of it."""

    question: LabelledQuestion
    outcome: Outcome
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class SystemResult:
    """One system over all questions."""

    name: str
    what: str
    judged: Sequence[Judged]

    def values(self, measure: str) -> list[Score]:
        """Return a measure of every question, in the questions' order."""
        return [each.scores[measure] for each in self.judged]

    @property
    def clusters(self) -> list[str]:
        """What each question stands or falls with."""
        return [each.question.cluster for each in self.judged]

    @property
    def measures(self) -> Sequence[str]:
        """The names of the measures, in their order."""
        return list(self.judged[0].scores)

    def summary(self) -> dict[str, Estimate | None]:
        """Average every measure; None where no question is eligible."""
        return {name: estimate(self.values(name), self.clusters) for name in self.measures}

    def latencies(self) -> dict[str, float]:
        """Return the quantiles of the time an answer took, in milliseconds."""
        taken = [each.outcome.milliseconds for each in self.judged]
        return {name: float(np.quantile(taken, q)) for name, q in LATENCIES.items()}

    def against(self, other: SystemResult, measure: str) -> Estimate | None:
        """Return by how much this is higher, paired by question."""
        return difference(self.values(measure), other.values(measure), self.clusters)


def judge(
    run: Run,
    questions: Sequence[LabelledQuestion],
    source_of: Callable[[LabelledQuestion], Callable[[str], Source]],
) -> SystemResult:
    """Measure every outcome of a run.

    Args:
        run: A system's outcomes, in the questions' order.
        questions: The questions.
        source_of: Returns how to read the sources that a question was asked of.
    """
    judged = [
        Judged(question, outcome, scores(question, outcome, source_of(question)))
        for question, outcome in zip(questions, run.outcomes, strict=True)
    ]
    return SystemResult(run.entry.name, run.entry.what, judged)


def not_yet(results: Sequence[SystemResult]) -> Mapping[str, str]:
    """Name the measures for which the systems do not do the thing at all yet.

    A system that shows no notice of any kind has no notices; one that lacks some has a low
    recall.
    """
    shown = any(each.outcome.notices for result in results for each in result.judged)
    missing = {"chat model": "no path that writes with a chat model"}
    if not shown:
        missing |= dict.fromkeys(("notice recall", "notice precision"), "no notice is shown")
    return missing


def by_type(result: SystemResult, measure: str) -> dict[str, Estimate]:
    """Average a measure over the questions of each type."""
    types: list[str] = sorted({each.question.type or "untyped" for each in result.judged})
    found: dict[str, Estimate] = {}
    for name in types:
        chosen = [each for each in result.judged if (each.question.type or "untyped") == name]
        mean = estimate(
            [each.scores[measure] for each in chosen], [each.question.cluster for each in chosen]
        )
        if mean:
            found[name] = mean
    return found


BINS = 10


def calibration(result: SystemResult) -> list[dict[str, float]]:
    """Hold the probability that the library answers against how often it does.

    Returns:
        For each tenth of the probability that holds a question: `probability`, the mean of what
        was said; `answerable`, the share of questions that have an answer; `n`.
    """
    known = [
        (each.outcome.probability, float(each.question.answerable))
        for each in result.judged
        if each.outcome.probability is not None
    ]
    bins: dict[int, list[tuple[float, float]]] = {}
    for chance, answerable in known:
        bins.setdefault(min(int(chance * BINS), BINS - 1), []).append((chance, answerable))
    return [
        {
            "probability": sum(chance for chance, _ in members) / len(members),
            "answerable": sum(answerable for _, answerable in members) / len(members),
            "n": float(len(members)),
        }
        for _, members in sorted(bins.items())
    ]


def calibration_error(result: SystemResult) -> float | None:
    """Return the expected calibration error over ten bins, in [0, 1]; lower is better."""
    bins = calibration(result)
    total = sum(each["n"] for each in bins)
    if not total:
        return None
    return sum(abs(each["probability"] - each["answerable"]) * each["n"] for each in bins) / total


def verdicts(result: SystemResult) -> dict[str, dict[str, int]]:
    """Count the verdicts given to answerable questions and to the others."""
    counts: dict[str, dict[str, int]] = {"answerable": {}, "not answerable": {}}
    for each in result.judged:
        row = counts["answerable" if each.question.answerable else "not answerable"]
        row[each.outcome.verdict] = row.get(each.outcome.verdict, 0) + 1
    return counts


def as_json(value: Estimate | None) -> dict[str, Any] | None:
    """Write an estimate with four decimals."""
    if value is None:
        return None
    return {name: round(number, 4) for name, number in value._asdict().items()}
