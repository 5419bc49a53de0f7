"""Bind each figure of a text to the arm, the time and the label that it belongs to.

A sentence is read by its syntax ("63.1 % with X and 36.3 % with placebo", "X (n = 39) ...",
"respectively"), a table row by the heads of its columns. Only figures of one unit compete
for an arm, so only they part a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from iscalimab_qa.evidence.checks.arm_terms import DIMENSIONS, ArmTerms, Near, nowhere, without_size
from iscalimab_qa.evidence.checks.segments import (
    Run,
    Segment,
    behind_run,
    listed_names,
    runs,
    segments,
)
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.quantity import PLAIN, Quantity
from iscalimab_qa.evidence.figures.ratios import ratios_in
from iscalimab_qa.evidence.naming.agents import is_comparator
from iscalimab_qa.sentences import sentence_spans
from iscalimab_qa.units import RowCell

_LEVEL = re.compile(r"\s*(?:CI|CrI|confidence|credible|prediction|interval)", re.IGNORECASE)
_ALL_OR_NONE = re.compile(
    r"\b(?:both|none|all|neither)\b(?=\s+(?:of\s+(?:them|these)\s+)?(?:were\s+)?"
    r"(?:on|with|in|from|under|receiving|given)\b)",
    re.IGNORECASE,
)
"""Numbers that are no figures: "both on X and none on Y"."""

_INTERVAL = re.compile(
    r"\([^()]*(?:\bCI\b|interval|\bto\b|\bSD\b|\bIQR\b|±)[^()]*\)|"
    r"\b(?:CI|interval)\s*(?:of|was|from|:)?\s*-?[\d.]+\s*(?:to|-|,)\s*-?[\d.]+",
    re.IGNORECASE,
)
_NOTHING_NEW = re.compile(
    r"[\s,;()]*(?:(?:and|or|by|in|at|to|then|rising|falling|from|week|month|day|year|another)\b"
    r"[\s,]*)*[\s(]*",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"\b(?:in\s+all|overall|in\s+total|altogether|together|combined|pooled|both\s+arms)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\s+(?:in|among|of|from)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and what it is bound to.

    `near` holds what tells its arm, time, label and dose, and what else is near. `head` holds
    the tokens of a cell's column head; `said` those of the words about a figure in prose.
    """

    quantity: Quantity
    near: Near
    head: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()


def bound_in_prose(text: str, terms: ArmTerms) -> tuple[Bound, ...]:
    """Bind the figures of prose, in the order of their units and places."""
    found: list[Bound] = []
    offset = 0
    for line in text.split("\n"):
        for start, end in sentence_spans(line):
            found += _bound_in_sentence(line[start:end], terms, offset + start)
        offset += len(line) + 1
    return tuple(found)


def bound_in_row(cells: Sequence[RowCell], around: str, terms: ArmTerms) -> tuple[Bound, ...]:
    """Bind the figures of a row's cells, and its heads' sizes, to their heads.

    Args:
        cells: The label, then the filled cells with their heads.
        around: Caption and group, where a time point may stand.
        terms: Reads arms and times.
    """
    label, *rest = cells
    found: list[Bound] = []
    for cell in rest:
        head = without_size(cell.head)
        within = f"{cell.head}\n{cell.text}\n{label.text}\n{around}"
        near = terms.near(f"{head}\n{label.text}") | {"time": terms.near(within)["time"]}
        if any(q.sort == "time" for q in read_figures(cell.text).quantities):
            near["time"] -= _numbers_first(cell.text)
        values = [q for q in read_figures(cell.text).quantities if q.sort not in {"p", "label"}]
        sizes = [q for q in read_figures(cell.head).quantities if q.sort == "size"]
        found += [Bound(q, near, head=terms.tokens(head)) for q in (*values, *sizes)]
    return tuple(found)


@lru_cache(maxsize=4096)
def _bound_in_sentence(text: str, terms: ArmTerms, offset: int) -> tuple[Bound, ...]:
    """Bind the figures of one sentence; a figure without an arm or time has all of its.

    What was measured in time ("a half-life of 8 days") is told of no such time point.
    """
    plain = text.translate(PLAIN)
    values = _values(text, plain)
    units = dict.fromkeys(map(_class_of, values))
    of_units = [[value for value in values if _class_of(value) == unit] for unit in units]
    everywhere = terms.near(plain)
    measured = _numbers_first(text)
    beside = [bound for of_unit in of_units for bound in _bound_unit(plain, of_unit, terms)]
    return tuple(
        replace(
            bound,
            quantity=_moved(bound.quantity, offset),
            near=bound.near
            | {
                "agent": bound.near["agent"] or _shared_agents(bound, beside, everywhere),
                "time": (bound.near["time"] or everywhere["time"])
                - (measured if bound.quantity.sort == "time" else frozenset()),
            },
        )
        for bound in beside
    )


def _shared_agents(bound: Bound, beside: Sequence[Bound], everywhere: Near) -> frozenset[str]:
    """Return the agents of a sentence for a figure without one of its own.

    A figure with a dose is not that of a comparator which another figure has for its own: "by
    30% with 50 mg and by 8% with placebo".
    """
    if not bound.near["dose"]:
        return everywhere["agent"]
    taken = frozenset[str]().union(*(each.near["agent"] for each in beside))
    return everywhere["agent"] - frozenset(each for each in taken if is_comparator(each))


def _numbers_first(text: str) -> frozenset[str]:
    """Return the times that are told number first, as what was measured is: "8 days"."""
    return frozenset(
        f"{each.unit}-{each.key}"
        for each in read_figures(text).quantities
        if each.sort == "time" and text[each.start].isdigit()
    )


def _moved(quantity: Quantity, offset: int) -> Quantity:
    return replace(quantity, start=quantity.start + offset, end=quantity.end + offset)


def _values(text: str, plain: str) -> list[Quantity]:
    """List the findings among the figures of a sentence, "both" and "none" as well."""
    asides = [match.span() for match in _INTERVAL.finditer(plain)]
    asides += [(ratio.whole.start - 1, ratio.whole.end) for ratio in ratios_in(text)]
    words = [
        Quantity(*match.span(), match[0].lower(), None, "word", "measure")
        for match in _ALL_OR_NONE.finditer(plain)
    ]
    figures = read_figures(text).quantities
    return [q for q in figures if _is_value(plain, q, asides)] + words


def _is_value(plain: str, quantity: Quantity, asides: Sequence[tuple[int, int]]) -> bool:
    """Whether a figure is a finding: no p value, interval, label, level, or whole of a part."""
    if quantity.sort in {"p", "label"} or quantity.loose:
        return False
    if any(start < quantity.start < end for start, end in asides):
        return False
    if quantity.sort == "time":
        return plain[quantity.start].isdigit() and plain[quantity.end - 1].isalpha()
    return not _LEVEL.match(plain, quantity.end)


def _class_of(quantity: Quantity) -> str:
    return "n" if quantity.sort == "size" else quantity.unit


def _bound_unit(plain: str, values: Sequence[Quantity], terms: ArmTerms) -> list[Bound]:
    """Give each figure of one unit the words between it and its neighbours."""
    found: list[Bound] = []
    last = nowhere()
    for quantity, segment in zip(values, segments(plain, values), strict=True):
        behind, ahead = terms.near(segment.after), terms.near(segment.before)
        if quantity.sort == "size":
            ahead["agent"] = frozenset(terms.agents_in_order(segment.before)[-1:])
        near = {d: behind[d] or ahead[d] for d in DIMENSIONS}
        near["other"] = behind["other"] | ahead["other"]
        inherited = _inherited(segment, near)
        last = {d: near[d] or (last[d] if d in inherited else frozenset()) for d in DIMENSIONS}
        said = terms.tokens(segment.after) | terms.tokens(segment.before)
        found.append(Bound(quantity, last, said=said))
    _share_within(plain, values, found)
    for run in runs(plain, values):
        _pair(plain, values, run, found, terms)
    return found


def _inherited(segment: Segment, near: Near) -> set[str]:
    """Return the dimensions that a figure shares with the one before where it names none.

    It goes on with the same arm only if nothing else has been begun in between.
    """
    goes_on = _NOTHING_NEW.fullmatch(segment.before) and not _IN_ALL.search(segment.after)
    shared = {"time", "agent", "label"} if goes_on else {"time"}
    return shared - ({"label"} if near["agent"] else set())


def _share_within(plain: str, values: Sequence[Quantity], found: list[Bound]) -> None:
    """Bind "four" of "four in three X patients" as "three" is bound."""
    for index in range(len(values) - 2, -1, -1):
        if _WITHIN.fullmatch(plain, values[index].end, values[index + 1].start):
            found[index] = replace(found[index + 1], quantity=values[index])


def _pair(
    plain: str, values: Sequence[Quantity], run: Run, found: list[Bound], terms: ArmTerms
) -> None:
    """Give the figures of a run the names that stand in the same order, or all of them."""
    of_run = found[run.first : run.last + 1]
    agents = [bound.near["agent"] for bound in of_run]
    if all(agents) and not frozenset.intersection(*agents):
        return  # each figure has an arm of its own beside it: "x% with A against y% with B"
    paired = _listed(plain, values, run, terms) or [
        {d: frozenset[str]().union(*(bound.near[d] for bound in of_run)) for d in DIMENSIONS}
    ] * len(of_run)
    for index, (bound, own) in enumerate(zip(of_run, paired, strict=True), start=run.first):
        kept = {d: own[d] or bound.near[d] for d in ("time", "other")}
        said = frozenset[str]().union(*own.values())
        found[index] = Bound(bound.quantity, own | kept, said=said)


def _listed(plain: str, values: Sequence[Quantity], run: Run, terms: ArmTerms) -> list[Near]:
    """Return what each figure of a run belongs to, in order; none where it is unclear."""
    near = [terms.near(phrase) for phrase in listed_names(plain, values, run)]
    if near and len({frozenset[str]().union(*each.values()) for each in near}) == len(near):
        return near
    for text in (behind_run(plain, values, run), plain[: values[run.first].start]):
        agents = terms.agents_in_order(text)
        if len(agents) == run.length:
            return [terms.sorted([agent]) for agent in agents]
    return []
