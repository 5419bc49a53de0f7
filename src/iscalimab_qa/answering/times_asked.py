"""Does a statement tell a time of about the size that "how many months" asks for?

Months may be told in years or in ninety days, but a statement of fourteen days tells none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iscalimab_qa.evidence.figures.number_words import TENS, UNITS_AND_TEENS, number_of

_SECONDS = {
    "millisecond": 0.001,
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_630_000,
    "year": 31_560_000,
    "decade": 315_600_000,
}
_SHORT = {
    "ms": "millisecond",
    "s": "second",
    "sec": "second",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "y": "year",
    "yr": "year",
}
_WORDS = {**UNITS_AND_TEENS, **TENS, "a": 1, "an": 1, "half": 0.5, "couple": 2, "few": 3}

LEAST = 0.5
"""Of the unit asked for, what is told at least: nobody counts two weeks in months."""

MOST = 400
"""Units up to an hour that are told at most: nobody counts fifteen minutes in seconds."""

_UNIT = rf"(?:{'|'.join([*_SECONDS, *_SHORT])})"
_ASKED = re.compile(
    rf"\bhow\s+many\s+(?:(?:more|fewer|extra|whole)\s+)?({'|'.join(_SECONDS)})s\b(?!['’-])", re.I
)
_TIME = re.compile(
    rf"(?<![\w.])(\d[\d.,]*|{'|'.join(_WORDS)})(?:(?<=\d)|[\s-])\s*-?\s*(?:(?:an?|of|or\s+so|full|whole|more)\s+)*"
    rf"({_UNIT})s?(?![A-Za-z])",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf"\d\s?(?!{_UNIT}s?\b)[\w%°/]+\s+(?:per|an?|each|every)\s+{_UNIT}\b", re.IGNORECASE
)
"""So much a year is no time."""

_FIGURE = re.compile(rf"\d|\b(?:{'|'.join(_WORDS)}|one|several|many)\b", re.IGNORECASE)


def asks_for_time(question: str) -> bool:
    """Whether a question asks for so many units of time."""
    return bool(_ASKED.search(question))


def tells_time(question: str, text: str) -> bool:
    """Whether a statement tells a time that may be counted in the unit that is asked for."""
    asked = _ASKED.search(question)
    if not asked:
        return False
    text = _RATE.sub(" ", text)
    unit = asked[1].lower()
    same = "|".join([unit, *(short for short, long in _SHORT.items() if long == unit)])
    if re.search(rf"(?<![A-Za-z])(?:{same})s?(?![A-Za-z])", text, re.I) and _FIGURE.search(text):
        return True
    most = MOST if _SECONDS[unit] <= _SECONDS["hour"] else float("inf")
    return any(LEAST <= each / _SECONDS[unit] <= most for each in _times(text))


def _times(text: str) -> Iterator[float]:
    """Yield the times of a statement in seconds."""
    for number, unit in _TIME.findall(text):
        word = number.lower()
        count = _WORDS[word] if word in _WORDS else float(number_of(number))
        yield count * _SECONDS[_SHORT.get(unit.lower(), unit.lower())]
