"""Why two sources may differ, where their own words say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from iscalimab_qa.evidence.outcomes.values import Place
from iscalimab_qa.sources.values import SourceMetadata

_INTERIM = re.compile(r"\b(?:interim|preliminary|ongoing analysis|data cut-?off)\b", re.IGNORECASE)
_SETS = (
    ("per protocol", re.compile(r"\bper[- ]protocol\b|\bPP\s+(?:set|population|analysis)\b", re.I)),
    (
        "intention to treat",
        re.compile(
            r"\bint?ent(?:ion)?[- ]to[- ]treat\b|\bm?ITT\b|\bfull\s+analysis\s+set\b|\bFAS\b", re.I
        ),
    ),
    ("as treated", re.compile(r"\b(?:as[- ]treated|safety)\s+(?:set|population|analysis)\b", re.I)),
    ("completers", re.compile(r"\bcompleters?\b|\bobserved\s+cases?\b", re.I)),
)
_VERSION = re.compile(
    r"\b(?:(?:older|earlier|previous|former|first|superseded)\s+(?:\w+\s+)?version|corrected"
    r"|correction|erratum|"
    r"corrigendum|updated|revised)\b",
    re.IGNORECASE,
)
_RETOLD = re.compile(
    r"\b(?:according\s+to|as\s+(?:told|reported|read|quoted|given)\s+(?:by|in|at))\b", re.I
)
_SECONDARY = {
    "news": "a news report",
    "web_page": "a web page",
    "vendor_page": "a vendor's page",
    "review": "a review",
}
_OF = re.compile(r"(?:of|/)\s*(?:the\s+|all\s+)?(\d+)")


class Told(Protocol):
    """An outcome or a fact: where it stands, and in what source."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        ...

    @property
    def source(self) -> SourceMetadata:
        """What it stands in."""
        ...


def likely_reason(told: Sequence[Told]) -> str:
    """Return why values differ, as far as words of the texts show it; empty where none does."""
    for reason in (_interim, _analysis_set, _denominators, _version, _secondary):
        if found := reason(told):
            return found
    return ""


def _words(side: Told) -> str:
    """Return what a side is read with; the heads of other columns say nothing of it."""
    heads = (getattr(side, name, "") for name in ("endpoint", "arm"))
    context = (piece.quote for piece in side.place.context if piece.role != "column")
    return "\n".join([side.source.title, side.place.quote, *heads, *context])


def _interim(told: Sequence[Told]) -> str:
    interim = [side.place.source_id for side in told if _INTERIM.search(_words(side))]
    return f"{_list(interim)} is an interim analysis" if 0 < len(interim) < len(told) else ""


def _analysis_set(told: Sequence[Told]) -> str:
    sets = [
        next((name for name, shape in _SETS if shape.search(_words(side))), "") for side in told
    ]
    named = [
        f"{name} in {side.place.source_id}" for name, side in zip(sets, told, strict=True) if name
    ]
    return " against ".join(named) if len(set(sets) - {""}) > 1 else ""


def _denominators(told: Sequence[Told]) -> str:
    counts = [match for side in told if (match := _OF.search(getattr(side, "count", "")))]
    sizes = dict.fromkeys(match[1] for match in counts)
    return f"another denominator ({' against '.join(sizes)})" if len(sizes) > 1 else ""


def _version(told: Sequence[Told]) -> str:
    match = next((found for side in told if (found := _VERSION.search(_words(side)))), None)
    return (
        f"one of them is called {match[0].lower()!r}".replace("'", "“", 1).replace("'", "”")
        if (match)
        else ""
    )


def _secondary(told: Sequence[Told]) -> str:
    """Name the sides that retell, where another side is the trial's own report."""
    retelling = [f"{side.place.source_id} is {_kind(side)}" for side in told if _kind(side)]
    return " and ".join(retelling) if 0 < len(retelling) < len(told) else ""


def _kind(side: Told) -> str:
    if side.source.kind in _SECONDARY:
        return _SECONDARY[side.source.kind]
    if side.source.read_from == "secondary" or _RETOLD.search(side.place.quote):
        return "read at second hand"
    return ""


def _list(names: Sequence[str]) -> str:
    return " and ".join(names)
