"""Write the time points of a question out: "wk16", "M6" and "d28" are weeks, months and days."""

from __future__ import annotations

import re

_UNITS = {"w": "week", "m": "month", "d": "day", "y": "year"}
_SHORT = re.compile(
    r"""(?<![\w/-])(?: (?P<word>wks?|mo|mths?|yrs?)\.?[\s-]?(?P<count>\d{1,3})
          | (?P<letter>[WwMmDdYy])(?P<count2>\d{1,3}) )(?![\w%/.-]*\d|[\w/%-])""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:at|by|to|until|from|through|before|after)\s+$", re.IGNORECASE)

FEWEST = {"week": 1, "month": 6, "day": 7, "year": 2}
"""From which number on a letter and a number are a time without an "at" or "by" before them: M1
to M5 are receptors and macrophages, D1 to D5 receptors and vitamins."""


def spelled_out(question: str) -> str:
    """Write time points in shorthand out ("DLQI wk16" is DLQI at week 16); the rest stays."""
    return _SHORT.sub(_written_out, question)


def _written_out(match: re.Match[str]) -> str:
    unit = _UNITS[(match["word"] or match["letter"])[0].lower()]
    count = int(match["count"] or match["count2"])
    sure = match["word"] or count >= FEWEST[unit] or _AFTER.search(match.string[: match.start()])
    return f"{unit} {count}" if sure else match[0]
