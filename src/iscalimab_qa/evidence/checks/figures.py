"""Hold the figures of a claim against the words it cites, each with its unit and its bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.figures.dates import Date, dates_in
from iscalimab_qa.evidence.figures.derived import derivation, percent_of
from iscalimab_qa.evidence.figures.measure_units import is_time
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.quantity import PLAIN, Figures, Quantity
from iscalimab_qa.evidence.figures.ratios import Ratio, ratios_in
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.sources.normalise import matching_key

_FALL = re.compile(
    r"\b(?:f[ae]ll\w*|decreas\w+|declin\w+|reduc\w+|drop\w*|lower\w*|loss|lost|fewer|less|minus|"
    r"negative|below|down)\b",
    re.IGNORECASE,
)
_NONE_OF = re.compile(r"\bnone\b|\bno\b|\bneither\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:both|either|neither|twice|pair|two)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"(?:\s+[\w'-]+){0,4}\s*[(\[]\s*")
_COUNTED = frozenset({"count", "size"})
_UPWARDS, _DOWNWARDS = frozenset({">", ">="}), frozenset({"<", "<="})


class Derived(NamedTuple):
    """A figure that the cited words do not hold but bear out, and from what."""

    said: str
    operands: tuple[str, ...]
    how: str


class FigureReport(NamedTuple):
    """What became of a claim's figures: some missing, some derived."""

    findings: Findings
    derived: tuple[Derived, ...]


def check_claim_figures(
    claim: str, grounds: Grounds, names: Names, *, allow_derived: bool = False
) -> FigureReport:
    """Find every quantity, date and name with digits of a claim in what it cites.

    Args:
        claim: One statement.
        grounds: What it cites. Quantities must stand in quote or context; a name may also
            stand in the section, the title, or among the trials.
        names: Which names are the same.
        allow_derived: Whether a difference, a count from a percentage or a percentage from
            n/N may stand; it is then reported with its operands.
    """
    figures = read_figures(claim)
    dates = dates_in(claim)
    held = _Held(grounds)
    missing = [
        *(claim[q.start : q.end] for q in held.missing_quantities(claim, figures)),
        *(claim[d.start : d.end] for d in dates if not held.has_date(d)),
        *(claim[n.start : n.end] for n in figures.names if not held.has_name(n.key, names)),
    ]
    derived: list[Derived] = []
    if allow_derived:
        derived = [found for said in missing if (found := _derived(said, claim, held))]
    known = {each.said for each in derived}
    findings = tuple(
        Finding("figures", said, f"{said!r} is not in the cited words")
        for said in dict.fromkeys(missing)
        if said not in known
    )
    return FigureReport(findings, tuple(derived))


def _derived(said: str, claim: str, held: _Held) -> Derived | None:
    quantity = next(
        (q for q in read_figures(claim).quantities if claim[q.start : q.end] == said), None
    )
    found = derivation(quantity, held.figures.quantities, held.ratios) if quantity else None
    return Derived(said, found.operands, found.how) if found else None


class _Held:
    """The figures of the cited words."""

    def __init__(self, grounds: Grounds) -> None:
        self.words = grounds.cited
        self.grounds = grounds
        self.figures = read_figures(self.words)
        self.dates = dates_in(self.words)

    @property
    def ratios(self) -> tuple[Ratio, ...]:
        return ratios_in(self.words)

    def has_date(self, date: Date) -> bool:
        return any(date.follows_from(other) for other in self.dates)

    def has_name(self, key: str, names: Names) -> bool:
        if _stands_in(key, self.words.lower()) or _stands_in(key, self.grounds.around.lower()):
            return True
        everything = f"{self.words}\n{self.grounds.around}"
        if names.mentions(key) and names.mentions(key) <= names.mentions(everything):
            return True
        if key.startswith("anti-") and self.has_name(key.removeprefix("anti-"), names):
            return True
        if key[0].isalpha() and _is_shortened(key, matching_key(everything)):
            return True
        closed = key.replace("-", "")
        return any(other.key.replace("-", "") == closed for other in self.figures.names)

    def missing_quantities(self, claim: str, figures: Figures) -> Iterator[Quantity]:
        ratios = ratios_in(claim)
        falls = bool(_FALL.search(claim))
        for quantity in figures.quantities:
            ratio = next((each for each in ratios if quantity in each.parts), None)
            if quantity.loose or (ratio and self._has_ratio(ratio)):
                continue
            if (ratio and self._denies_ratio(ratio)) or not self._has(quantity, falls=falls):
                yield quantity

    def _has(self, quantity: Quantity, *, falls: bool) -> bool:
        if quantity.sort == "label" and self._labelled_around(quantity):
            return True
        if quantity.sort == "count" and 0 != quantity.value == self._labelled(quantity.noun):
            return True
        if quantity.value == 0 and _NONE_OF.search(self.words):
            return True
        if quantity.value == 2 and not quantity.unit and _BOTH.search(self.words):  # noqa: PLR2004
            return True
        return any(self._same(quantity, other, falls=falls) for other in self.figures.quantities)

    def _labelled(self, noun: str) -> int:
        """Count the labels of one kind: "cohort 1" and "cohort 2" are two cohorts."""
        return len({q.key for q in self.figures.quantities if q.sort == "label" and q.unit == noun})

    def _labelled_around(self, label: Quantity) -> bool:
        around = read_figures(self.grounds.around).quantities
        return any((label.key, label.unit) == (other.key, other.unit) for other in around)

    def _same(self, claimed: Quantity, held: Quantity, *, falls: bool) -> bool:
        return (
            self._same_number(claimed, held, falls=falls)
            and _bounds_agree(claimed, held)
            and self._units_agree(claimed, held)
        )

    def _same_number(self, claimed: Quantity, held: Quantity, *, falls: bool) -> bool:
        if claimed.key == held.key:
            return True
        if claimed.value is None or held.value is None or claimed.value != -held.value:
            return False
        return falls if claimed.value > 0 else bool(_FALL.search(self.words))

    def _units_agree(self, claimed: Quantity, held: Quantity) -> bool:
        if "p" in {claimed.sort, held.sort}:
            return claimed.sort == held.sort
        if "label" in {claimed.sort, held.sort}:
            return (claimed.sort, claimed.unit) == (held.sort, held.unit)
        if claimed.unit == held.unit:
            return True
        if claimed.unit and held.unit:
            return False
        if held.unit:
            return claimed.sort not in _COUNTED or held.unit == "point"
        return held.sort not in _COUNTED and self._unit_elsewhere(claimed.unit)

    def _unit_elsewhere(self, unit: str) -> bool:
        """Whether a unit that a figure does not carry stands with its neighbours or in a head."""
        return (
            any(other.unit == unit for other in self.figures.quantities)
            or _word_of(unit) in f" {self.words.translate(PLAIN).lower()} "
        )

    def _has_ratio(self, ratio: Ratio) -> bool:
        return any(
            (ratio.part.value, ratio.whole.value) == (other.part.value, other.whole.value)
            for other in self.ratios
        )

    def _denies_ratio(self, ratio: Ratio) -> bool:
        """Whether the words have the number behind the ratio, of another whole."""
        part, whole = ratio.part.value, ratio.whole.value
        if part == 0:
            return False
        shares = self._shares_of(part)
        if any(percent_of(part, whole, each) == Decimal(each) for each in shares):
            return False
        others = {each.whole.value for each in self.ratios if each.part.value == part}
        return bool(shares) or bool(others - {whole})

    def _shares_of(self, part: Decimal | None) -> list[str]:
        """Return the percentages that stand in brackets behind a number: "6 (15.4%)"."""
        found = []
        for left, right in pairwise(self.figures.quantities):
            between = self.words[left.end : right.start]
            if left.value == part and right.unit == "%" and _IN_BRACKETS.fullmatch(between):
                found.append(right.key)
        return found


def _is_shortened(key: str, words: str) -> bool:
    """Whether neighbouring words begin with a short name's signs: "T1D" of "type 1 diabetes"."""
    firsts = "".join(re.findall(r"(?<![^\W_])[^\W_]", words))
    return len(key) >= SHORTEST_NAME and key.isalnum() and key in firsts


SHORTEST_NAME = 3
"""Signs of a name that can be known by the words that it shortens."""


def _bounds_agree(claimed: Quantity, held: Quantity) -> bool:
    if claimed.sort == "p":
        return (claimed.bound or "=") == (held.bound or "=")
    opposed = (claimed.bound in _UPWARDS and held.bound in _DOWNWARDS) or (
        claimed.bound in _DOWNWARDS and held.bound in _UPWARDS
    )
    return not opposed


def _stands_in(key: str, words: str) -> bool:
    return bool(re.search(rf"(?<![\w]){re.escape(key)}(?![\w]|-\d)", words))


def _word_of(unit: str) -> str:
    return unit if is_time(unit) or unit == "%" else f"{unit}"
