"""Under which conditions is a value asked for: at what time, at what dose, in whom?

What was found at week 12, at 10 mg or in monkeys says nothing of week 48, of 40 mg or of
children. A question that is answered under other conditions only is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from iscalimab_qa.answering.population import models_in_full, of_another_population
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.outcomes.time_points import TimePoint, times_in
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit

_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\w.,-]*\d)")

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4}

SAME_TIME = 0.1
"""Six months are week 24 in one paper and week 26 in another."""

OTHERWISE_MARGIN = 0.8
"""How much better than all else a unit under other conditions fits the question, in units of the
fitted score, when the value asked for is told under those conditions only. Of 15 answers beyond it,
on question sets that were looked at, 13 were to questions without an answer and 2 were wrong; of
the right ones none lay beyond 0.6."""

_NO_CONDITION = frozenset({"%", "point", "percentage point", "fold"})
"""Units of results: "60%" is what was found, and 10 mg what was given."""


def under_other_conditions(question: Question, unit: Unit, source: Source) -> bool:
    """Whether a unit tells of another time, amount or population than the one asked about.

    Args:
        question: What is asked.
        unit: What may answer.
        source: Where it stands: its title, and the full names of its models, tell of whom it is.
    """
    models = models_in_full(unit.words, source.text)
    around = " ".join([*unit.section, f"{source.metadata.title}. {models}"])
    return (
        at_another_time(question, unit)
        or of_another_amount(question, unit)
        or of_another_population(question.text, unit.words, around)
    )


def is_told_otherwise(
    question: Question,
    candidates: Sequence[Candidate],
    fitting: Sequence[Candidate],
    source_of: Callable[[str], Source],
) -> bool:
    """Whether what fits best is told under other conditions, and nothing near it as asked.

    Args:
        question: What is asked.
        candidates: Units, best first.
        fitting: Those of them that are about what is asked, best first.
        source_of: Source id to source.
    """
    least = fitting[0].score + OTHERWISE_MARGIN if fitting else float("-inf")
    best = candidates[0] if candidates else None
    return bool(
        best
        and best.score >= least
        and under_other_conditions(question, best.unit, source_of(best.unit.source_id))
    )


def at_another_time(question: Question, unit: Unit) -> bool:
    """Whether a figure is asked for at one time, and a unit only tells of others.

    "At week 48" is not answered by week 12, nor 2031 by 2030; six months and week 26 are the
    same time.
    """
    if question.expects == "reason":
        return False
    words = ". ".join([*unit.section, unit.words])
    return _in_another_year(question.text, words) or _at_another_point(question.text, words)


def _in_another_year(question: str, words: str) -> bool:
    asked, told = set(_YEAR.findall(question)), set(_YEAR.findall(words))
    return len(asked) == 1 and bool(told) and not asked & told


def _at_another_point(question: str, words: str) -> bool:
    asked, told = times_in(question), times_in(words)
    return len(asked) == 1 and bool(told) and not any(_same_time(asked[0], each) for each in told)


def _same_time(left: TimePoint, right: TimePoint) -> bool:
    """Whether two times are the same, in any unit; a stretch is compared as it is written."""
    if left.key == right.key:
        return True
    first, second = _days(left), _days(right)
    return bool(first and second) and abs(first - second) <= SAME_TIME * max(first, second)


def _days(time: TimePoint) -> float:
    unit, _, count = time.key.partition(" ")
    return DAYS[unit] * float(count) if unit in DAYS and "-" not in count else 0.0


def of_another_amount(question: Question, unit: Unit) -> bool:
    """Whether a figure is asked for at one dose or amount, and a unit only tells of others.

    "On 40 mg/kg" is not answered by 5 and 20 mg/kg. What a unit does not measure at all it may
    still tell of; and a yes or no question may be answered by the amount that it gets wrong.
    """
    if question.expects in {"decision", "reason"}:
        return False
    told = _amounts(". ".join([*unit.section, unit.words]))
    units = {each for _, each in told}
    return any(amount not in told and amount[1] in units for amount in _amounts(question.text))


def _amounts(text: str) -> set[tuple[str, str]]:
    """Return the measured amounts of a text: value and unit."""
    return {
        (each.key, each.unit)
        for each in read_figures(text).quantities
        if each.sort == "measure" and each.unit and each.unit not in _NO_CONDITION
    }
