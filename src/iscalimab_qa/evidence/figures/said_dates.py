"""Dates of a text as ISO 8601, and how they are told."""

from __future__ import annotations

from typing import NamedTuple

from iscalimab_qa.evidence.figures import dates

_MONTHS = (
    "January February March April May June July August September October November December".split()
)


class Dated(NamedTuple):
    """A date in a text: ISO 8601 to the day, month or year, and its place."""

    iso: str
    start: int
    end: int


def dates_in(text: str) -> list[Dated]:
    """List the dates of a text that name their year, in order."""
    return [
        Dated(_iso(date.year, date.month, date.day), date.start, date.end)
        for date in dates.dates_in(text)
        if date.year is not None
    ]


def _iso(year: int, month: int | None, day: int | None) -> str:
    parts = [f"{year:04d}", f"{month:02d}" if month else "", f"{day:02d}" if month and day else ""]
    return "-".join(filter(None, parts))


def date_told(iso: str) -> str:
    """Say an ISO date in words: `3 September 2021`, `September 2021`, `2021`."""
    year, *rest = iso.split("-")
    if not rest or not 1 <= int(rest[0]) <= len(_MONTHS):
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if rest[1:] else month


def is_later(date: str | None, other: str | None) -> bool:
    """Whether one date surely lies after another; a coarser one covers all of its days."""
    if date is None or other is None:
        return False
    size = min(len(date), len(other))
    return date[:size] > other[:size]
