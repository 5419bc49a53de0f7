"""What of a row's caption and group a reader must be told beside the row itself.

A figure means nothing without its endpoint, time point, population and trial; whichever of
these the row's label says already is not said twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.terms import names_in, token_set
from iscalimab_qa.evidence.checks.row_words import (
    caption_pieces,
    without_empty_words,
    without_first_time,
    without_last_time,
)
from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.units import RowCell, Unit

_REGISTRY = re.compile(r"^(?:NCT\s?\d{8}|(?:EUCTR)?\d{4}-\d{6}-\d{2}(?:-\d{2})?)$", re.IGNORECASE)
_EXPLAINS = re.compile(r"\b(?:CI|SD|SE|SEM|IQR|intervals?|quartiles?)\b")
"""Says what stands in the brackets behind a value."""

_PEOPLE = token_set("patient participant subject people")
"""Whom any table is about."""

_NAMES_A_TRIAL = re.compile(r"\b(?:trial|study)\b|\b[A-Z][A-Z0-9]{3,}(?:-[A-Z0-9]+)*\b")
"""A piece after which a reader knows the trial without its number."""


def told_with(unit: Unit, values: Sequence[RowCell], question: Question) -> str:
    """Return what a row's group and caption add to what is told, empty where they add nothing.

    Args:
        unit: A row; every piece that is returned is the source's own words.
        values: The cells that are told, whose heads need not be said twice.
        question: A registry number that it names stays.
    """
    label = unit.cells[0].text
    pieces = [piece for words in _around(unit) for piece in caption_pieces(words)]
    told = set(token_set(" ".join([label, *(cell.head for cell in values)])))
    kept: list[str] = []
    for whole in _without_numbers(pieces, question):
        piece = _without_said_time(whole, label)
        if _EXPLAINS.search(piece) and not any("(" in cell.text for cell in values):
            continue
        if token_set(piece) - _PEOPLE - told:
            kept.append(piece)
            told |= token_set(piece)
    return ", ".join(kept)


def _around(unit: Unit) -> list[str]:
    read_with = (each for each in reversed(unit.context) if each.role in {"caption", "group"})
    return [each.quote for each in read_with]


def _without_numbers(pieces: Sequence[str], question: Question) -> list[str]:
    """Leave out a registry number that nobody asked for where the trial is named as well."""
    named = any(_NAMES_A_TRIAL.search(each) for each in pieces if not _REGISTRY.match(each))
    asked = {name.lower() for name in names_in(question.text)}
    return [
        each for each in pieces if not (named and _REGISTRY.match(each)) or each.lower() in asked
    ]


def _without_said_time(piece: str, label: str) -> str:
    """Drop what heads any table, and the time that a piece begins or ends with if it is said."""
    said = {time.key for time in times_in(label)}
    times = [time.key for time in times_in(piece)]
    if times and times[-1] in said:
        piece = without_last_time(piece)
    piece = without_empty_words(piece)
    return without_first_time(piece) if times and times[0] in said else piece
