"""Find dates in all spellings, so that "6 June 2023" equals "2023-06-06" and "June 6th, 2023"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = "january february march april may june july august september october november december"
_MONTH_NUMBER = {
    spelling: number
    for number, name in enumerate(_MONTHS.split(), start=1)
    for spelling in (name, name[:3], name[:4])
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBER, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d{2})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d.-]){_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])",
        rf"\b{_DAY}(?:\s+of)?[\s-]+{_MONTH}[\s,-]+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_MONTH}(?:\s+of)?[\s,]+{_YEAR}\b",
        rf"(?<![\d.-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d-])",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}\b(?!\s*\d)",
        rf"(?<![\d.,/-]){_YEAR}(?![\d/]|[.,-]\d|\s*(?:%|mg\b|ml\b|patients|people|participants))",
    )
)
"""From the most to the least precise; what an earlier form has read, a later one leaves."""
_ANY_YEAR_OR_MONTH = re.compile(rf"(?:1[5-9]|20)\d\d|\b{_MONTH}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Date:
    """A date at [start, end) of a text; what is not said is None."""

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None

    def follows_from(self, other: Date) -> bool:
        """Whether a text that gives the other date bears this one out: equal or less exact."""
        return (
            self.year in {None, other.year}
            and self.month in {None, other.month}
            and self.day in {None, other.day}
        )


@lru_cache(maxsize=4096)
def dates_in(text: str) -> tuple[Date, ...]:
    """List the dates of a text in reading order, each place read once."""
    if not _ANY_YEAR_OR_MONTH.search(text):
        return ()
    found: list[Date] = []
    for form in _FORMS:
        for date in _matches(form, text):
            if all(date.end <= other.start or date.start >= other.end for other in found):
                found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


def _matches(form: re.Pattern[str], text: str) -> Iterator[Date]:
    for match in form.finditer(text):
        parts = match.groupdict()
        month, day = parts.get("month"), parts.get("day")
        year = int(parts["year"]) if parts.get("year") else None
        if month and not month.isdigit():
            month = str(_MONTH_NUMBER[month.lower()])
        yield Date(*match.span(), year, int(month) if month else None, int(day) if day else None)
