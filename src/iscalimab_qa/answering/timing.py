"""At what time is a value asked for, and is it told for another?

"At week 48" is not answered by week 12, nor by a value without a time in a source that knows of
no week 48; six months and week 26 are the same time, and so are two days and 48 hours.
"""

from __future__ import annotations

import re
from functools import lru_cache

from iscalimab_qa.answering.planned import is_still_ahead
from iscalimab_qa.answering.question import Question
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.outcomes.time_points import TimePoint, time_key, times_in
from iscalimab_qa.units import Unit

DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4}

SAME_TIME = 0.1
"""Six months are week 24 in one paper and week 26 in another."""

_COUNT = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?:hours?|h|days?|weeks?|wks?|months?|years?|yrs?)"
_AMOUNT = re.compile(
    rf"\b(?:(?P<count>{_COUNT}|an?)[\s-]*(?P<unit>{_UNIT})"
    rf"|(?P<unit_before>hours?|days?|weeks?|months?|years?)\s+(?P<count_after>{_COUNT}))\b",
    re.IGNORECASE,
)
_ONE, _HOUR = re.compile(r"^an?$", re.IGNORECASE), re.compile(r"^h$", re.IGNORECASE)

_SINCE = re.compile(
    rf"\b{_COUNT}[\s-]*{_UNIT}\s+(?:after|post|following|later|on\b|out\b|from|into)\b",
    re.IGNORECASE,
)
"""A time that stands without "at": "30 days after surgery"."""

_AGE = re.compile(r"[\s-]*(?:olds?\b|of\s+age\b)", re.IGNORECASE)

_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\w.,-]*\d)")

_ORDINALS = {
    "1st": "first",
    "initial": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "final": "last",
}
_NTH = re.compile(
    r"\b(first|1st|initial|second|2nd|third|3rd|fourth|4th|fifth|sixth|last|final|single)"
    r"\s+([^\W\d]+)",
    re.IGNORECASE,
)

_CACHED_TEXTS = 256
"""Sources whose amounts of time are kept; a few stand behind the best units of a question."""


def at_another_time(question: Question, unit: Unit, source_text: str = "") -> bool:
    """Whether something is asked of one time, and a unit only tells of others.

    What was found is not told by what is planned.

    Args:
        question: What is asked.
        unit: What may answer.
        source_text: All of its source, to see whether it knows of the time at all where the unit
            names none; empty to let such a unit pass.
    """
    if question.expects == "reason":
        return False
    words = ". ".join([*unit.section, unit.words])
    return (
        _in_another_year(question.text, words)
        or _at_another_point(question.text, unit, source_text)
        or _at_another_turn(question.text, words)
        or is_still_ahead(question, unit)
    )


def names_the_time(question: Question, unit: Unit) -> bool:
    """Whether a unit speaks of the one time that is asked about."""
    asked, words = _points(question.text), " ".join([*unit.section, unit.words])
    return len(asked) == 1 and _is_spoken_of(asked[0], words)


def years_in(text: str) -> set[str]:
    """Return the years that a text names, as they are written: 2031."""
    return set(_YEAR.findall(text))


def _in_another_year(question: str, words: str) -> bool:
    asked, told = years_in(question), years_in(words)
    return len(asked) == 1 and bool(told) and not asked & told


def _at_another_point(question: str, unit: Unit, source_text: str) -> bool:
    points = _points(question)
    asked = points or _times_since(question)
    if len(asked) != 1:
        return False
    # A title's "with a 6-week recovery" says nothing of a table of week 13.
    near, far = ". ".join([*unit.section[-1:], unit.words]), ". ".join([*unit.section, unit.words])
    words = near if times_in(near) else far
    if _is_spoken_of(asked[0], words):
        return False
    told = times_in(words)
    if told:
        return not any(_same_time(asked[0], each) for each in told)
    # A table's heads may say "weeks" once, for 4, 8 and 12; and what came a year after something
    # may be told by its date.
    bare = asked[0].partition(" ")[2] in figures_in(words)
    return bool(points and source_text) and not bare and not _is_spoken_of(asked[0], source_text)


def _points(question: str) -> list[str]:
    """Return the keys of the times that a question names; how old somebody is is none."""
    return [each.key for each in times_in(question) if not _AGE.match(question[each.end :])]


def _times_since(question: str) -> list[str]:
    keys = (time_key(" ".join(each[0].split()[:-1])) for each in _SINCE.finditer(question))
    return [key for key in keys if key]


def _is_spoken_of(key: str, text: str) -> bool:
    """Whether a text speaks of an amount of time at all, however it is meant."""
    days = _days(key)
    return bool(days) and any(_near(days, each) for each in _amounts_of_time(text))


@lru_cache(maxsize=_CACHED_TEXTS)
def _amounts_of_time(text: str) -> frozenset[float]:
    """Return in days all amounts of time in a text: "12 months", "week 8", "48 h"."""
    written = (
        (match["count"] or match["count_after"], match["unit"] or match["unit_before"])
        for match in _AMOUNT.finditer(text)
    )
    return frozenset(
        _days(time_key(f"{_ONE.sub('1', n)} {_HOUR.sub('hours', u)}")) for n, u in written
    )


def _same_time(key: str, told: TimePoint) -> bool:
    """Whether two times are the same, in any unit; a stretch is compared as it is written."""
    if key == told.key:
        return True
    first, second = _days(key), _days(told.key)
    return bool(first and second) and _near(first, second)


def _near(first: float, second: float) -> bool:
    return abs(first - second) <= SAME_TIME * max(first, second)


def _days(key: str) -> float:
    unit, _, count = key.partition(" ")
    return DAYS[unit] * float(count) if unit in DAYS and "-" not in count else 0.0


def _at_another_turn(question: str, words: str) -> bool:
    """Whether the third dose is asked for, and only the second is spoken of."""
    asked, told = _turns(question), _turns(words)
    nouns = {noun for _, noun in told}
    spoken = " ".join(words.casefold().split())
    return any(
        noun in nouns and not any(each in spoken for each in _spellings(turn))
        for turn, noun in asked
        if turn != "single"
    )


def _turns(text: str) -> set[tuple[str, str]]:
    found = ((match[1].casefold(), match[2].casefold()) for match in _NTH.finditer(text))
    return {(_ORDINALS.get(turn, turn), noun.rstrip("s")) for turn, noun in found}


def _spellings(turn: str) -> list[str]:
    return [turn, *(other for other, plain in _ORDINALS.items() if plain == turn)]
