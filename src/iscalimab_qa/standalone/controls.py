"""Call a control by its name where people say "the dummy pill" or "the fake operation"."""

from __future__ import annotations

import re

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.kinds import is_drug

_PRETENDED = r"(?<![\w-])(?:the\s+)?(?:dummy|fake|pretend(?:ed)?|mock|bogus)\s+"
_PLACEBO = re.compile(
    rf"(?:{_PRETENDED}|(?<![\w-])(?:the\s+)?(?:inactive|sugar)\s+)(?:drug|medicine|medication|treatment|infusion|injection"
    r"|tablet|pill|capsule|shot|jab|drip|stuff)s?\b",
    re.IGNORECASE,
)
_SHAM = re.compile(
    rf"{_PRETENDED}(?:procedure|operation|surgery|device|stimulation)s?\b", re.IGNORECASE
)
_WHO_GOT = re.compile(
    r"^(?:(?:for|in|among|with|on)\s+)?(?:the\s+)?(?:those|ones|people|patients|participants|volunteers|others?|group"
    r"|arm)\s+(?:who|that|which)\s+(?:got|had|received|took|(?:was|were)\s+(?:given|on|taking|getting))\s+(?P<given>.+)$",
    re.IGNORECASE,
)


def with_controls_named(text: str) -> str:
    """Return a text with "placebo" or "sham" for the plain words that mean it."""
    return _SHAM.sub("sham", _PLACEBO.sub("placebo", text))


_BARE_ARM = re.compile(
    r"^(?:the\s+)?(?P<how>(?:un)?(?:treated|vaccinated|exposed|immunised|immunized|supplemented|coated|blinded"
    r"|guided))$",
    re.IGNORECASE,
)


def as_arm(piece: str) -> str:
    """Return "in the untreated group" of a bare "untreated"; all else stays as it is."""
    found = _BARE_ARM.match(piece)
    return f"in the {found['how'].lower()} group" if found else piece


def what_they_got(piece: str) -> str:
    """Return "placebo" of "the people who got placebo"; what names no drug stays as it is."""
    found = _WHO_GOT.match(piece)
    if found is None:
        return piece
    words = {word.lower() for word in re.findall(r"[\w-]+", found["given"])}
    return found["given"] if words & w.COMPARATORS or is_drug(found["given"]) else piece
