"""Write the shorthand of a question out: "wk16" is week 16, "1ry EP" the primary endpoint."""

from __future__ import annotations

import re
from collections.abc import Set

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


_WHO = r"patients|people|participants|subjects"
_ALWAYS = {
    r"(?:(?:n|no\.|nr\.?|#)\s+of|#)\s*pts?\b": "number of patients",
    rf"(?:n|no\.|nr\.?|#)\s+of\s+(?={_WHO}|cases|events|deaths)": "number of ",
    rf"#\s*(?={_WHO})": "number of ",
    r"1(?:ry|°)(?=\s)": "primary",
    r"2(?:ry|°)(?=\s)": "secondary",
    r"w/o(?=\s)": "without",
    r"w/(?=\s)": "with",
    r"(?<=primary\s)EPs?\b|(?<=secondary\s)EPs?\b": "endpoint",
    r"F/U\b|(?<=\d\s)FU\b": "follow-up",
}
"""What stands for one thing only, by its pattern."""

_ALWAYS_SHORT = tuple(
    (re.compile(rf"(?<![\w/.-])(?:{short})", re.IGNORECASE), long)
    for short, long in _ALWAYS.items()
)

_UNLESS_HELD = {
    "EP": "endpoint", "EPs": "endpoints", "EF": "ejection fraction", "IVT": "intravitreal",
    "AE": "adverse event", "AEs": "adverse events", "hx": "history", "dx": "diagnosis",
    "sx": "symptoms", "grp": "group", "grps": "groups", "wks": "weeks", "mths": "months",
    "mos": "months", "yrs": "years", "yr": "year", "wk": "week", "hrs": "hours", "hr": "hour",
    "avg": "average", "freq": "frequency", "conc": "concentration", "incl": "included",
    "excl": "excluded", "btw": "between", "pop": "population",
    "discont": "discontinued", "BID": "twice daily", "bid": "twice daily",
    "TID": "three times daily",
}  # fmt: skip
"""What stands for one thing in a question to a library that does not write it so itself."""

_WORD = re.compile(r"(?<![\w/.-])[A-Za-z]+(?![\w/-])")


def spelled_out(question: str, known: Set[str] = frozenset()) -> str:
    """Write shorthand out: "DLQI wk16, n of pts" is DLQI at week 16, the number of patients.

    Args:
        question: As it was written.
        known: The library's tokens; a short form that it holds is left as it is.
    """
    text = _SHORT.sub(_written_out, question)
    for short, long in _ALWAYS_SHORT:
        text = short.sub(long, text)
    return _WORD.sub(lambda match: _long_form(match[0], known), text)


def _long_form(word: str, known: Set[str]) -> str:
    if word.lower() in known:
        return word
    return _UNLESS_HELD.get(word, word)


def _written_out(match: re.Match[str]) -> str:
    unit = _UNITS[(match["word"] or match["letter"])[0].lower()]
    count = int(match["count"] or match["count2"])
    sure = match["word"] or count >= FEWEST[unit] or _AFTER.search(match.string[: match.start()])
    return f"{unit} {count}" if sure else match[0]
