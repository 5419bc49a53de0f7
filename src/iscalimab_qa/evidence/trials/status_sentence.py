"""A sentence and the trials named in it: its clauses, heads, denials, dates and reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.figures.said_dates import Dated, dates_in
from iscalimab_qa.evidence.trials import status_cues as cues

SaidStatus = Literal[
    "terminated",
    "discontinued",
    "withdrawn",
    "superseded",
    "completed",
    "ongoing",
    "recruiting",
    "endpoint met",
    "endpoint failed",
]
"""How a trial stands, or what became of its primary endpoint."""

ENDED: frozenset[str] = frozenset({"terminated", "discontinued", "withdrawn"})
"""Statuses of what was stopped before it was done."""

RUNNING: frozenset[str] = frozenset({"ongoing", "recruiting"})

_DENIAL_REACH = 60
"""Characters before a cue within which it may be denied."""

_MOST_REASON = 260
"""Characters of a reason: a clause, not a paragraph."""

_YEAR_FAR = 1000
"""A bare year ("the 2024 results call") counts after every other date, unless "in" is before it."""


class Name(NamedTuple):
    """Where a trial is named in a sentence: [start, end) of its text."""

    start: int
    end: int


class Reading(NamedTuple):
    """What a sentence says of a trial or programme.

    `date` is ISO 8601 or None; `reason` the sentence's own words or None. `near` is the place
    of the name that it is said of, None where it names none; `programme` tells that it is
    said of a drug's development, not of one trial.
    """

    status: SaidStatus
    date: str | None
    reason: str | None
    near: int | None
    programme: bool


class What(NamedTuple):
    """What a cue is said of."""

    programme: bool
    near: int | None


class Head(NamedTuple):
    """The noun of a phrase: `trial`, `work` (a development) or `other`."""

    kind: str
    start: int


class Sentence:
    """A unit's words and the names in it, with the questions that are asked of them."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.names = names

    def before(self, place: int, *, start: int = 0) -> list[int]:
        """Return where names begin in [start, place)."""
        return [name.start for name in self.names if start <= name.start < place]

    def after(self, place: int) -> list[int]:
        """Return where names begin from a place on."""
        return [name.start for name in self.names if name.start >= place]

    def clause(self, place: int) -> int:
        """Return where the clause of a place begins."""
        return max((m.end() for m in cues.HARD_BREAK.finditer(self.text[:place])), default=0)

    def is_denied(self, start: int, end: int) -> bool:
        """Whether what is said at [start, end) is negated, planned or conditional."""
        before = self.text[max(0, start - _DENIAL_REACH) : start]
        denied = cues.DENIED.search(before)
        if denied and not cues.NOT_ONLY.search(before[denied.start() :]):
            return True
        return bool(cues.IF_BEHIND.search(self.text[end:]))

    def head(self, start: int, end: int) -> Head | None:
        """Return the first noun of a stretch that no preposition governs."""
        nouns = [
            Head(match.lastgroup or "other", match.start())
            for match in cues.NOUN.finditer(self.text, start, end)
        ]
        nouns += [Head("trial", place) for place in self.before(end, start=start)]
        for noun in sorted(nouns, key=lambda each: each.start):
            if not cues.GOVERNED.search(self.text[start : noun.start]):
                return noun
        return None

    def subject(self, cue: int) -> Head | None:
        """Return the noun that stands before a verb, the nearer of two joined clauses first."""
        start = self.clause(cue)
        joined = self.text.rfind(" and ", start, cue)
        return (self.head(joined + 5, cue) if joined >= 0 else None) or self.head(start, cue)


class Placed(NamedTuple):
    """A reading and the place of the word that says it."""

    place: int
    reading: Reading


def reading_of(sentence: Sentence, status: SaidStatus, start: int, end: int, what: What) -> Reading:
    """Add date and reason to a status that is said at [start, end)."""
    reason = _reason(sentence.text, start, end) if status in ENDED else None
    since = sentence.clause(start) if status in RUNNING else 0
    date = _date(
        sentence.text[: end + 20] if status in RUNNING else sentence.text, start, end, since
    )
    return Reading(status, date, reason, what.near, what.programme)


def _date(text: str, start: int, end: int, since: int) -> str | None:
    """Return the date nearest to the cue that is no beginning."""

    def distance(date: Dated) -> int:
        bare = len(date.iso) == len("2000")
        said_in = re.search(r"\b(?:in|during|of|since|by)\s+$", text[: date.start], re.IGNORECASE)
        return max(date.start - end, start - date.end, 0) + _YEAR_FAR * (bare and not said_in)

    dates = [
        date
        for date in dates_in(text)
        if date.start >= since
        and not cues.BEGINNING.search(text[max(0, date.start - 30) : date.start])
    ]
    return min(dates, key=distance).iso if dates else None


def _reason(text: str, start: int, end: int) -> str | None:
    before = cues.REASON_BEFORE.search(text[:start])
    match = cues.REASON.search(text, end)
    reason = match["reason"] if match else before["reason"] if before else ""
    stop = cues.REASON_ENDS.search(reason)
    reason = reason[: stop.start()] if stop else reason
    reason = " ".join(reason.split()).strip(" ,;:.|")
    return reason if 0 < len(reason) <= _MOST_REASON else None
