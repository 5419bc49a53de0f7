"""When two figures speak of the same thing, and when they then exclude each other.

A false conflict is worse than a missed one, so whatever might explain two values keeps them
apart: another time point, a subset, another denominator, a change against a level, a word of
the endpoint that only one source says, rounding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from iscalimab_qa.evidence.outcomes.arm_names import ArmKey
from iscalimab_qa.evidence.outcomes.context import Reader
from iscalimab_qa.evidence.outcomes.endpoints import EndpointKey
from iscalimab_qa.evidence.outcomes.time_points import time_key
from iscalimab_qa.evidence.outcomes.values import Outcome
from iscalimab_qa.sources.normalise import matching_key

SAME_DENOMINATOR = 0.8
"""A denominator below this share of the other's is a subset's; above, a few are missing."""

_NUMBER = re.compile(r"[-−–+]?\d+(?:[.·]\d+)?")
_COUNT = re.compile(r"(\d+)\s*(?:of|out of|/)\s*(?:the\s+|all\s+)?(\d+)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_SUBSET = re.compile(
    r"\b(?:sub-?groups?|subsets?|strat(?:um|a)|post[ -]hoc|women|men|female|male|aged|older"
    r"|younger|na[iï]ve|"
    r"sero(?:positive|negative)|(?:anti\w+|antibody|biomarker|receptor|HER2|EGFR"
    r"|PD-L1)[ -](?:positive|negative)|"
    r"class\s+[IVX]+|evaluable|(?:non-?)?responders|completers|biopsied|asian|european"
    r"|japanese|white|black|"
    r"(?:mild|moderate|severe)(?=\s+(?:disease|patients))|previously|refractory|relapsed"
    r"|adolescents|children)\b",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\b(?:among|in|of)\s+(?:the\s+)?(?:those|patients|participants|subjects|people)\s+(?:with"
    r"|who)\s+([^,.;()]{3,60})",
    re.I,
)
_BASIS_WORDS = frozenset("activ adult chronic diseas patient syndrom trial studi phase".split())


@dataclass(frozen=True, slots=True)
class Comparable:
    """A figure with the keys by which it is compared; `subset` narrows its population."""

    outcome: Outcome
    endpoint: EndpointKey
    arm: ArmKey
    subset: frozenset[str]


class Group(NamedTuple):
    """Figures of one trial, measure, unit and time point."""

    trial: str
    measure: str
    unit: str
    time: str
    preclinical: bool


def group_of(outcome: Outcome) -> Group:
    """Return what must be equal word for word before two figures are compared."""
    is_share = outcome.measure in {"proportion", "percent"}
    return Group(
        outcome.trial,
        "share" if is_share else outcome.measure,
        "%" if is_share else matching_key(outcome.unit).replace(" ", ""),
        time_key(outcome.time),
        outcome.preclinical,
    )


def comparables(members: Sequence[Outcome], trial: str, reader: Reader) -> list[Comparable]:
    """Make the keys of one group's figures; the trial's own names tell no endpoint."""
    words = reader.vocabulary.words
    arms = {name for each in members for name in reader.arms.key(each.arm).names}
    ignored = reader.ignored(trial) | words(" ".join(sorted(arms)))
    return [
        Comparable(
            outcome,
            reader.vocabulary.endpoint(outcome.endpoint, ignored),
            reader.arms.key(outcome.arm),
            _subset(outcome, words, ignored),
        )
        for outcome in members
    ]


def _subset(
    outcome: Outcome, words: Callable[[str], frozenset[str]], ignored: frozenset[str]
) -> frozenset[str]:
    """Return the words that narrow the population of a figure."""
    text = " ".join(
        [
            outcome.place.quote if outcome.kind == "sentence" else "",
            outcome.endpoint,
            outcome.arm,
            *(each.quote for each in outcome.place.context if each.role != "column"),
        ]
    )
    named = {matching_key(match[0]) for match in _SUBSET.finditer(text)}
    among = (words(match[1]) for match in _AMONG.finditer(text))
    return frozenset(named).union(*among) - ignored - _BASIS_WORDS


class Doses(NamedTuple):
    """How many doses and parts of the trial each drug's arms have."""

    doses: dict[frozenset[str], int]
    cohorts: int


def doses_of(outcomes: Sequence[Outcome], reader: Reader) -> Doses:
    """Count the doses of each drug, and the cohorts, among one trial's outcomes."""
    keys = [reader.arms.key(each.arm) for each in outcomes]
    by_names: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for key in keys:
        by_names[key.names].add(key.dose)
    cohorts = {matching_key(each.cohort) for each in outcomes}
    return Doses({names: len(said - {""}) for names, said in by_names.items()}, len(cohorts - {""}))


def same_arm(one: Comparable, other: Comparable, known: Doses) -> bool:
    """Whether two figures belong to one arm.

    A dose that one source leaves out is the trial's only one; where the trial has several, it
    is none of them. Cohorts likewise.
    """
    if one.arm.names != other.arm.names:
        return False
    doses = {one.arm.dose, other.arm.dose}
    if len(doses - {""}) > 1 or ("" in doses and len(doses) > 1 and known.doses[one.arm.names] > 1):
        return False
    cohorts = {matching_key(one.outcome.cohort), matching_key(other.outcome.cohort)}
    return len(cohorts) == 1 or (len(cohorts - {""}) == 1 and known.cohorts <= 1)


def same_subject(one: Comparable, other: Comparable) -> bool:
    """Whether two sources give figures for one endpoint, in one population."""
    left, right = one.outcome, other.outcome
    return (
        left.source_id != right.source_id
        and bool(one.endpoint & other.endpoint)
        and one.subset == other.subset
        and (not left.statistic or not right.statistic or _same(left.statistic, right.statistic))
        and _same_denominator(left, right)
    )


def _same(one: str, other: str) -> bool:
    return matching_key(one) == matching_key(other)


def _denominator(outcome: Outcome) -> int | None:
    counted = _COUNT.search(outcome.count)
    return int(counted[2]) if counted else outcome.arm_n


def _same_denominator(one: Outcome, other: Outcome) -> bool:
    """Whether two figures are of about the same people; unsaid denominators may be the same."""
    sizes = sorted(size for size in (_denominator(one), _denominator(other)) if size)
    return len(sizes) < 2 or sizes[0] >= SAME_DENOMINATOR * sizes[1]  # noqa: PLR2004


def differ(one: Outcome, other: Outcome) -> bool:
    """Whether two values exclude each other; what is not one exact number never does."""
    first, second = _exact(one), _exact(other)
    if first is None or second is None:
        return False
    if one.measure in {"change", "difference"}:
        # "Fell by 2.8" and "-2.8" are one change.
        first, second = abs(first), abs(second)
    return not rounds_to(first, second)


def _exact(outcome: Outcome) -> Decimal | None:
    counted = _COUNT.fullmatch(outcome.value)
    if counted and int(counted[2]):
        return (Decimal(100) * int(counted[1]) / int(counted[2])).quantize(Decimal("0.0001"))
    text = _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", outcome.value))
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(re.sub("[−–]", "-", text).replace("·", "."))
    except InvalidOperation:
        return None


def rounds_to(one: Decimal, other: Decimal) -> bool:
    """Whether the finer of two numbers, rounded or cut to the other's places, is the other."""
    finer, coarser = sorted((one, other), key=lambda each: int(each.as_tuple().exponent))
    places = Decimal(1).scaleb(int(coarser.as_tuple().exponent))
    return any(
        finer.quantize(places, rounding) == coarser
        for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
    )
