"""Read a claim's rounded figures as the cited ones: "63%" of "63.1%", "1.17" of "1.173"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.quantity import Quantity

FEWEST_DIGITS = 2
"""Digits that a rounded figure keeps: "5" may be 4.6 as well as 5.4, and says too little."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ROUNDED = frozenset({"measure"})
"""Sorts of figures that people round; counts, times, labels and p values are told as they are."""


class Unrounded(NamedTuple):
    """A claim with the cited figures in place of its rounded ones, and what each stands for.

    `said` maps a figure as it is cited to how the claim says it.
    """

    claim: str
    said: dict[str, str]


def unrounded(claim: str, words: str) -> Unrounded:
    """Put the cited figure in place of each that exactly one cited figure rounds to.

    Args:
        claim: One statement.
        words: The cited words.
    """
    held = read_figures(words).quantities
    keys = {each.key.lstrip("-") for each in held}
    text, said = claim, {}
    for figure in reversed(read_figures(claim).quantities):
        exact = _exact(figure, held) if figure.key.lstrip("-") not in keys else ""
        number = _NUMBER.search(claim, figure.start, figure.end)
        if exact and number:
            text = text[: number.start()] + exact + text[number.end() :]
            rest = claim[number.end() : figure.end]
            said[exact + rest] = claim[figure.start : figure.end]
    return Unrounded(text, said)


def _exact(figure: Quantity, held: tuple[Quantity, ...]) -> str:
    """Return the only cited figure that rounds to a figure, empty where there is none."""
    if figure.sort not in _ROUNDED or figure.loose or figure.value is None or figure.bound:
        return ""
    digits = [char for char in figure.key if char.isdigit()]
    if len(digits) < FEWEST_DIGITS:
        return ""
    found = {each.key.lstrip("-") for each in held if _rounds_to(each, figure)}
    return found.pop() if len(found) == 1 else ""


def _rounds_to(held: Quantity, figure: Quantity) -> bool:
    if held.sort not in _ROUNDED or held.value is None or figure.value is None:
        return False
    if held.unit != figure.unit and held.unit and figure.unit:
        return False
    places, kept = _places(held.value), _places(figure.value)
    half = Decimal(1).scaleb(-kept) / 2
    return places > kept and abs(abs(held.value) - abs(figure.value)) <= half


def _places(value: Decimal) -> int:
    """Return how many digits stand behind the point."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
