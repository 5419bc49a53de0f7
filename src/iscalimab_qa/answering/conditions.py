"""Under which conditions is a value asked for: at what time, at what dose, in whom?

What was found at week 12, at 10 mg, in monkeys or by one score says nothing of week 48, of 40 mg,
of children or of another score. A question that is answered under other conditions only is not
answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set

from iscalimab_qa.answering.designated import of_another_one
from iscalimab_qa.answering.places import of_another_place
from iscalimab_qa.answering.population import models_in_full, of_another_population
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.timing import at_another_time, names_the_time
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit

OTHERWISE_MARGIN = 0.8
"""How much better than all else a unit under other conditions fits the question, in units of the
fitted score, when the value asked for is told under those conditions only. Of 15 answers beyond it,
on question sets that were looked at, 13 were to questions without an answer and 2 were wrong; of
the right ones none lay beyond 0.6."""

AT_THE_TIME_MARGIN = 2 * OTHERWISE_MARGIN
"""The same where the best of all else speaks of the very time that is asked about."""

NO_NAMES = Names(())

_SHARE = re.compile(
    r"(?<!\bthe )(?<![\w.,-])(\d+(?:\.\d+)?)\s?%(?!\s*(?:CI\b|confidence|credible|\w+\s+interval))"
)
"""A strength or a threshold that a question names ("atropine 0.01%", "below 40%"): not what it
asks about ("the 60% with normal histology"), nor how sure an interval is."""

_DIGITS = re.compile(r"\d+(?:\.\d+)?")

_NO_CONDITION = frozenset({"%", "point", "percentage point", "fold"})
"""Units of results: "60%" is what was found, and 10 mg what was given."""


_SHORT = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z][\w-]*[A-Z])[A-Za-z][\w-]+(?![\w-])")
"""A short form, with two capitals or more: QMG, eGFR, MG-ADL."""


def measures_of(candidates: Iterable[Candidate]) -> frozenset[str]:
    """Return the short forms of what the rows of tables measure, in lower case."""
    labels = (each.unit.cells[0].text for each in candidates if each.unit.cells)
    return frozenset(short.lower() for label in labels for short in _SHORT.findall(label))


def under_other_conditions(
    question: Question,
    unit: Unit,
    source: Source,
    measures: Set[str] = frozenset(),
    names: Names = NO_NAMES,
) -> bool:
    """Whether a unit tells of another time, amount, part, population, score or place than asked.

    Args:
        question: What is asked.
        unit: What may answer.
        source: Where it stands: its title, and the full names of its models, tell of whom it is.
        measures: What tables measure, as `measures_of` returns it.
        names: Drugs, trials and diseases, which are no places.
    """
    models = models_in_full(unit.words, source.text)
    around = " ".join([*unit.section, f"{source.metadata.title}. {models}"])
    return (
        at_another_time(question, unit, source.text)
        or of_another_amount(question, unit)
        or of_another_one(question, unit, source.text)
        or _by_another_measure(question, unit, f"{unit.words} {around}", measures)
        or of_another_population(question.text, unit.words, around)
        or (not question.compares and of_another_place(question.text, unit, source, names))
    )


def is_told_otherwise(
    question: Question,
    candidates: Sequence[Candidate],
    fitting: Sequence[Candidate],
    source_of: Callable[[str], Source],
    names: Names = NO_NAMES,
) -> bool:
    """Whether what fits best is told under other conditions, and nothing near it as asked.

    Args:
        question: What is asked.
        candidates: Units, best first.
        fitting: Those of them that are about what is asked, best first.
        source_of: Source id to source.
        names: Drugs, trials and diseases.
    """
    measures = measures_of(candidates)
    least = fitting[0].score + _margin(question, fitting[0].unit) if fitting else float("-inf")
    best = candidates[0] if candidates else None
    return bool(
        best
        and best.score >= least
        and under_other_conditions(
            question, best.unit, source_of(best.unit.source_id), measures, names
        )
    )


def _margin(question: Question, unit: Unit) -> float:
    return AT_THE_TIME_MARGIN if names_the_time(question, unit) else OTHERWISE_MARGIN


def _by_another_measure(question: Question, unit: Unit, words: str, measures: Set[str]) -> bool:
    """Whether a row holds no score that is asked for, while other rows are of these."""
    asked = {short.lower() for short in _SHORT.findall(question.text)} & measures
    return bool(unit.cells and asked) and not any(each in words.lower() for each in asked)


def of_another_amount(question: Question, unit: Unit) -> bool:
    """Whether a figure is asked for at one dose or amount, and a unit only tells of others.

    "On 40 mg/kg" is not answered by 5 and 20 mg/kg. What a unit does not measure at all it may
    still tell of; and a yes or no question may be answered by the amount that it gets wrong.
    """
    if question.expects in {"decision", "reason"}:
        return False
    words = ". ".join([*unit.section, unit.words])
    told = _amounts(words)
    units = {each for _, each in told}
    measured = any(amount not in told and amount[1] in units for amount in _amounts(question.text))
    return measured or _of_another_share(question.text, words)


def _of_another_share(question: str, words: str) -> bool:
    """Whether a percentage is named and others are told; in ACR20 and HiSCR75 it is told."""
    told = _DIGITS.findall(words)
    asked = _SHARE.findall(question)
    return "%" in words and any(not any(t.startswith(each) for t in told) for each in asked)


def _amounts(text: str) -> set[tuple[str, str]]:
    """Return the measured amounts of a text: value and unit."""
    return {
        (each.key, each.unit)
        for each in read_figures(text).quantities
        if each.sort == "measure" and each.unit and each.unit not in _NO_CONDITION
    }
