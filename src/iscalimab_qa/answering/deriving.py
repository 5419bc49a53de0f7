"""Sums that a question spells out: a percentage of a count, a count of a percentage.

They are computed only where they are asked for and where a source holds both operands, which
the claim shows and cites. The answerer computes nothing else but differences between arms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.figures.derived import nearest_count, percent_of, whole_number_remark
from iscalimab_qa.evidence.figures.number_words import number_of
from iscalimab_qa.units import Unit

_WHOLE = r"\d[\d,]*"
_SHARE = re.compile(
    rf"""\b(?:what|which)\s+(?:percentage|percent|per\s+cent|share|proportion|fraction)
        \s+(?:is|are|was|were|does|do|make)\s+(?P<part>{_WHOLE})\s*(?:[a-z]+\s+)?
        (?:out\s+of|of|/|in)\s*(?:the\s+)?(?P<whole>{_WHOLE})
      | \b(?P<part2>{_WHOLE})\s*(?:out\s+of|of|/)\s*(?P<whole2>{_WHOLE})\s+(?:[a-z]+\s+)?
        (?:in|as)\s+(?:a\s+)?(?:%|per\s*cent)""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNT = re.compile(
    rf"""\bhow\s+many\s+(?P<noun>(?:[a-z]+\s+){{0,4}}?)(?:is|are|was|were|does|do|make|makes)\s+
        (?:up\s+)?(?P<percent>\d+(?:[.,]\d+)?)\s*(?:%|per\s*cent)\s+of\s+(?:the\s+)?
        (?P<whole>{_WHOLE})""",
    re.IGNORECASE | re.VERBOSE,
)
_ALL = 100
_LIKE = "0.1"
"""A percentage is given to one decimal, as most papers give theirs."""


class Sum(NamedTuple):
    """What a question wants computed: the finished sentence, and the figures a source must hold."""

    told: str
    operands: frozenset[str]


def sum_asked(question: str) -> Sum | None:
    """Read the sum that a question spells out: so many of so many, or so many percent of them.

    >>> sum_asked("What percentage is 6 of 39?").told
    '6 of 39 is 15.4%.'
    >>> sum_asked("How many patients is 8.1 % of 39?").told
    '8.1% is no whole number of 39: 3 of 39 is 7.7%.'
    """
    if match := _SHARE.search(question):
        return _share(match["part"] or match["part2"], match["whole"] or match["whole2"])
    if match := _COUNT.search(question):
        return _count(match["percent"].replace(",", "."), match["whole"], match["noun"])
    return None


def _share(part: str, whole: str) -> Sum | None:
    percent = percent_of(number_of(part), number_of(whole), _LIKE)
    if percent is None or percent > _ALL:
        return None
    return Sum(f"{part} of {whole} is {percent}%.", figures(part, whole))


def _count(percent: str, whole: str, noun: str) -> Sum | None:
    n = int(number_of(whole))
    if not n or number_of(percent) > _ALL:
        return None
    people = "".join(f" {word}" for word in noun.split()[-1:])
    told = whole_number_remark(percent, n) or (
        f"{percent}% of {whole} is {nearest_count(percent, n)}{people}."
    )
    return Sum(told, figures(percent, whole))


def figures(*written: str) -> frozenset[str]:
    """Return figures in the one spelling in which they are compared."""
    return frozenset(figures_in(" ".join(written)))


def holding(wanted: Sum, units: Iterable[Unit]) -> Unit | None:
    """Return the first unit that holds both operands in one cell with its head, or sentence."""
    return next((unit for unit in units if any(map(wanted.operands.issubset, _places(unit)))), None)


def _places(unit: Unit) -> list[frozenset[str]]:
    if unit.cells:
        return [figures(cell.head, cell.text) for cell in unit.cells[1:]]
    return [figures(unit.text)]
