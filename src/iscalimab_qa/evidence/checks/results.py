"""Which figures of a statement are its findings, and which only say of what they are."""

from __future__ import annotations

import re

from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.quantity import Quantity

_DOSE = re.compile(r"(?:[mun]?g|mcg|iu)(?:/(?:kg|m2|day))?")
"""Units of a dose, which says of which arm a figure is."""

_MEASURED = re.compile(
    r"\b(?:half-li(?:fe|ves)|duration|survival|lasted|took|(?:\w+ing|procedure|median)\s+time)\b[^.;]{0,80}"
    r"(?:\b(?:of|was|were|is|are|about|approximately|only|lasted|took|and|to)|[:=,])\s*$",
    re.IGNORECASE,
)
"""Before a time that was measured: "the half-life was"; "at week 4" is none."""


def is_result(figure: Quantity) -> bool:
    """Whether a figure is a finding whatever stands beside it: no time, label, size or dose."""
    if figure.sort in {"time", "label", "size"} or figure.loose:
        return False
    return not _DOSE.fullmatch(figure.unit)


def results_in(text: str) -> list[Quantity]:
    """List the findings among a statement's figures, in order.

    A time counts where it is what was measured, and a dose where nothing else is given: then
    the statement is about the dose.
    """
    figures = read_figures(text).quantities
    found = [each for each in figures if is_result(each) or is_measured_time(text, each)]
    return found or doses_in(text)


def doses_in(text: str) -> list[Quantity]:
    """List the doses that a text gives."""
    figures = read_figures(text).quantities
    return [each for each in figures if _DOSE.fullmatch(each.unit) and not each.loose]


def times_told(text: str) -> list[Quantity]:
    """List the times that are told number first, as those are that were measured."""
    figures = read_figures(text).quantities
    return [each for each in figures if each.sort == "time" and text[each.start].isdigit()]


def is_measured_time(text: str, figure: Quantity) -> bool:
    """Whether a time is a value of its own: a half-life, a duration, a survival."""
    if figure.sort != "time" or not text[figure.start].isdigit():
        return False
    return bool(_MEASURED.search(text[: figure.start]))
