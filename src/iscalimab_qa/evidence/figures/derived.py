"""Figures that follow from cited ones: differences, counts, percentages; and which cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations
from typing import NamedTuple

from iscalimab_qa.evidence.figures.number_words import number_of
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.quantity import Quantity
from iscalimab_qa.evidence.figures.ratios import Ratio
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.units import RowCell

_SLACK = Decimal("0.000001")
"""Beyond half of the last digit: a percentage that was cut exactly at five may go either way."""

MOST_OPERANDS = 12
"""Figures of the cited words that are paired: more would make chance agreements likely."""


class Derivation(NamedTuple):
    """How a figure follows: in words, and the operands as figures."""

    how: str
    operands: tuple[str, ...]


def fits_whole_number(percent: str | float, n: int) -> bool:
    """Whether a percentage is some whole number of n, rounded to the digits it is given with.

    Args:
        percent: As printed, with or without the sign: "8.1", "8.1 %", "54". Given as a
            number, its shortest decimal form says how it was rounded.
        n: Size of the group, at least 1.

    >>> fits_whole_number("15.4 %", 39), fits_whole_number("8.1", 39)
    (True, False)
    """
    return nearest_count(percent, n) is not None


def nearest_count(percent: str | float, n: int) -> int | None:
    """Return the whole number of n that a percentage tells, None where it fits none."""
    value, half_unit = _value_and_rounding(percent)
    count = int((value * n / 100).to_integral_value(ROUND_HALF_UP))
    exact = Decimal(100 * count) / n
    return count if abs(exact - value) <= half_unit + _SLACK and count <= n else None


def whole_number_remark(percent: str | float, n: int) -> str | None:
    """Say that a percentage of people fits no whole number of them; None where it fits.

    >>> whole_number_remark("8.1 %", 39)
    '8.1% is no whole number of 39: 3 of 39 is 7.7%.'
    """
    if fits_whole_number(percent, n):
        return None
    value, _ = _value_and_rounding(percent)
    count = min(n, int((value * n / 100).to_integral_value(ROUND_HALF_UP)))
    digits = Decimal(1).scaleb(int(value.as_tuple().exponent))
    near = (Decimal(100 * count) / n).quantize(digits, ROUND_HALF_UP)
    return f"{_plain(percent)}% is no whole number of {n}: {count} of {n} is {near}%."


def _value_and_rounding(percent: str | float) -> tuple[Decimal, Decimal]:
    value = Decimal(_plain(percent))
    return value, Decimal(1).scaleb(int(value.as_tuple().exponent)) / 2


def _plain(percent: str | float) -> str:
    return str(number_of(str(percent).replace("%", "").strip()))


def percent_of(part: Decimal | None, whole: Decimal | None, like: str) -> Decimal | None:
    """Return part / whole in percent, rounded to as many decimals as `like` has."""
    if part is None or not whole:
        return None
    digits = Decimal(like).as_tuple().exponent
    return (100 * part / whole).quantize(Decimal(1).scaleb(int(digits)), ROUND_HALF_UP)


def derivation(
    wanted: Quantity, held: Sequence[Quantity], ratios: Sequence[Ratio]
) -> Derivation | None:
    """Say how a figure follows from the cited ones; None where it does not.

    Tried in this order: a percentage from n/N, a count from a percentage and an n, a
    difference of two figures with the same unit.
    """
    if wanted.value is None:
        return None
    return next(_ways(wanted, held[: 4 * MOST_OPERANDS], ratios), None)


def _ways(
    wanted: Quantity, held: Sequence[Quantity], ratios: Sequence[Ratio]
) -> Iterator[Derivation]:
    if wanted.unit == "%":
        for part, whole in ratios:
            if percent_of(part.value, whole.value, wanted.key) == wanted.value:
                yield Derivation(f"{part.key} / {whole.key}", (part.key, whole.key))
        yield from _percent_of_size(wanted, held)
    if not wanted.unit:
        yield from _count_of_size(wanted, held)
    yield from _differences(wanted, held)


def _percent_of_size(wanted: Quantity, held: Sequence[Quantity]) -> Iterator[Derivation]:
    """Yield the ways from a count and a group's n to a percentage."""
    sizes = [q for q in held if q.sort == "size"]
    counts = [q for q in held if not q.unit and q.sort in {"count", "measure"}]
    for whole in sizes:
        for part in counts:
            if percent_of(part.value, whole.value, wanted.key) == wanted.value:
                yield Derivation(f"{part.key} / {whole.key}", (part.key, whole.key))


def _count_of_size(wanted: Quantity, held: Sequence[Quantity]) -> Iterator[Derivation]:
    """Yield the ways from a percentage and a group's n to a count."""
    for percent in (q for q in held if q.unit == "%"):
        for size in (q for q in held if q.sort in {"size", "count"} and q.value):
            if nearest_count(percent.key, int(size.value or 1)) == wanted.value:
                how = f"{percent.key}% of {size.key}"
                yield Derivation(how, (f"{percent.key}%", size.key))


def _differences(wanted: Quantity, held: Sequence[Quantity]) -> Iterator[Derivation]:
    unit = "%" if wanted.unit == "percentage point" else wanted.unit
    figures = [q for q in held if q.value is not None and q.sort not in {"p", "size", "label"}]
    same = [q for q in figures if q.unit == unit] or [q for q in figures if not q.unit]
    for left, right in permutations(same[:MOST_OPERANDS], 2):
        if (left.value or 0) - (right.value or 0) == wanted.value:
            yield Derivation(f"{left.key} - {right.key}", (left.key, right.key))


_PEOPLE = re.compile(
    r"\b(?:patients?|participants?|people|subjects?|women|men|children|responders?|respon[ds]\w*|"
    r"remissions?|rejections?|deaths?|died|survival|infections?|events?|incidence|rate|"
    r"proportion|completed|achiev\w+|cured|relapse\w*)\b",
    re.IGNORECASE,
)
_NO_SHARE = re.compile(
    r"\b(?:change\w*|improve\w*|reduc\w+|increas\w+|decreas\w+|declin\w+|mean|median|ratio|"
    r"difference|relative|versus|compared|lower|higher|fall|fell|rose|yield|interval|fewer|more)\b",
    re.IGNORECASE,
)
_ALREADY_SAID = re.compile(r"whole number|denominator|impl(?:y|ies)\b", re.IGNORECASE)


def tells_denominator(text: str) -> bool:
    """Whether words say of how many a percentage is, so that nobody else need say it."""
    return bool(_ALREADY_SAID.search(text))


def whole_number_remarks(citation: Citation) -> tuple[str, ...]:
    """List what is to be said of a row's responder percentages that fit no number of the n.

    Looked at are cells under a head that gives one n, in a row whose label counts people or
    events and no change.
    """
    cells = citation.cells
    if not cells:
        return ()
    label = " ".join([cells[0].text, *(p.quote for p in citation.context if p.role == "group")])
    if not _PEOPLE.search(label) or _NO_SHARE.search(label):
        return ()
    remarks = (remark for cell in cells[1:] for remark in _cell_remarks(cell))
    return tuple(dict.fromkeys(remarks))


def _cell_remarks(cell: RowCell) -> Iterator[str]:
    sizes = [q for q in read_figures(cell.head).quantities if q.sort == "size"]
    percents = [q for q in read_figures(cell.text).quantities if q.unit == "%"]
    if len(sizes) != 1 or len(percents) != 1 or not sizes[0].value:
        return
    percent = cell.text[percents[0].start : percents[0].end]
    if remark := whole_number_remark(percent, int(sizes[0].value)):
        yield f"{cell.head}: {remark}"
