"""Say a claim in the cited words' own terms, where theirs mean the same or more."""

from __future__ import annotations

import re

_RANK = r"(?:co-?)?(?:primary|main)\s+(?:\w+\s+)?"
_PRIMARY = re.compile(
    rf"\b(?:its|the|their)\s+{_RANK}(?:end\s?-?points?|outcomes?|objectives?|goals?|aims?)\b",
    re.IGNORECASE,
)
_AIM = re.compile(r"\b(?:its|the|their)\s+(?:aim|goal|objective)\b", re.IGNORECASE)
_RANKED = re.compile(r"\bprimary\b", re.IGNORECASE)
_ANYWHERE = re.compile(
    r"\b(?:any|no)\s+(?:countr(?:y|ies)|market|region)\b|\b(?:anywhere|nowhere|worldwide)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|by|within|across)\s+(?:the\s+)?(?:[A-Z][A-Za-z]+)(?:\s+(?:and|or)\s+(?:the\s+)?[A-Z][A-Za-z]+)?\b"
)


def as_aimed(claim: str, words: str) -> str:
    """Call a trial's primary endpoint its aim where that is what the cited words call it."""
    if not _PRIMARY.search(claim) or _RANKED.search(words):
        return claim
    aim = _AIM.search(words)
    return _PRIMARY.sub(aim[0], claim) if aim else claim


def without_places(claim: str, words: str) -> str:
    """Leave a place out ("in Europe", "by the FDA") where the cited words hold for every one."""
    return _PLACE.sub(" ", claim) if _ANYWHERE.search(words) else claim
