"""When a figure was taken: the time points of a text, each with a key that spellings share."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve".split(),
        range(1, 13),
        strict=True,
    )
)
_COUNT = rf"(?:\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:weeks?|wks?|months?|mo|days?|years?|yrs?|hours?|cycles?|visits?)"
_SPAN = r"(?:\s*(?:to|through|[-–—])\s*(?:(?:week|month|day|year)\s*)?(?P<{}>\d+(?:\.\d+)?))?"
_TIME = re.compile(
    rf"\b(?:(?P<unit>{_UNIT})\s*(?P<count>(?!(?:19|20)\d\d\b)\d+(?:\.\d+)?){_SPAN.format('last')}(?![\d%/])"
    rf"|(?:(?P<lead>at|after|by|over|for|until|within|through|to|from)\s+(?:(?:the|about"
    rf"|approximately|"
    rf"up\s+to|at\s+least|a\s+median\s+of|first"
    rf"|last)\s+)*)(?P<count2>{_COUNT})[\s-]*(?P<unit2>{_UNIT})\b"
    rf"|(?P<count3>{_COUNT})-(?P<unit3>week|month|day|year|hour)s?\b"
    rf"|(?<=,\s)(?P<count5>{_COUNT})[\s-]*(?P<unit5>{_UNIT})(?=\s*(?:$|[,;(]))"
    rf"|(?<=\()(?P<count6>{_COUNT})[\s-]*(?P<unit6>{_UNIT})(?=\))"
    rf"|(?:[wW])(?P<count4>\d{{1,3}})\b)(?!\s*/)",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:every|each|per|once|twice|aged?|older|younger)\s+(?:\w+\s+)?$", re.I)
_UNITS = ("unit", "unit2", "unit3", "unit5", "unit6")
_COUNTS = ("count", "count2", "count3", "count4", "count5", "count6")
_MONTHS_A_YEAR = 12


class TimePoint(NamedTuple):
    """A time as written, with a key that is equal for spellings of it, and its place."""

    written: str
    key: str
    start: int
    end: int


def times_in(text: str) -> list[TimePoint]:
    """List the time points and periods of a text, in order; how often is no time.

    "Week 24", "at 24 weeks" and "24-week" have one key; a year is twelve months, but weeks
    are never made months. A stretch between two times has a key of its own.
    """
    return [
        _point(match)
        for match in _TIME.finditer(text)
        if not _EVERY.search(text[: match.start()]) and not _is_list(text, match)
    ]


def _is_list(text: str, match: re.Match[str]) -> bool:
    """Whether several times are listed ("weeks 0, 2, 4 and 8"): a schedule, no time point."""
    return bool(match["count"] and re.match(r"\s*,\s*\d", text[match.end() :]))


def _point(match: re.Match[str]) -> TimePoint:
    unit = next(match[name] for name in _UNITS if match[name]) if not (match["count4"]) else "week"
    count = next(match[name] for name in _COUNTS if match[name])
    first, unit = _canonical(count, unit)
    last = _canonical(match["last"], match["unit"])[0] if match["last"] else ""
    start = match.start("count2") if match["count2"] else match.start()
    key = f"{unit} {first}{'-' + last if last else ''}"
    return TimePoint(match.string[start : match.end()].strip(), key, start, match.end())


def _canonical(count: str, unit: str) -> tuple[str, str]:
    number = float(_NUMBERS.get(count.lower(), count))
    unit = {"w": "week", "m": "month", "d": "day", "y": "year", "h": "hour"}.get(
        unit[0].lower(), unit.lower().rstrip("s")
    )
    if unit == "year":
        number, unit = number * _MONTHS_A_YEAR, "month"
    return f"{number:g}", unit


def one_time(text: str) -> TimePoint | None:
    """Return the only time of a text; None where it names none, or several."""
    times = times_in(text)
    return times[0] if len({time.key for time in times}) == 1 else None


def time_key(written: str) -> str:
    """Return the key of a time as `TimePoint.written` has it, empty for none."""
    found = one_time(written) or one_time(f"at {written}")
    return found.key if found else ""
