"""What a system said to a question: all that the measures look at, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, Self

from iscalimab_qa.answering.values import Verdict

_MARKER = re.compile(r"\s?\[(\d+)\]")
_BESIDE = re.compile(r"\s?\((?:(?:; )?also(?: reported in)?(?:,? \[\d+\])+)+\)")
"""The markers of what says the same: "(also [2], [3]; also reported in [4])"."""


class Place(NamedTuple):
    """A stretch of a source's text."""

    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: its place, the quote as the system gave it, and all words it is read with."""

    marker: int
    place: Place
    quote: str
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """A claim and the markers of what it rests on.

    `derived` marks a figure that was asked for and worked out from cited ones.
    """

    text: str
    citations: tuple[int, ...]
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One system's reply to one question.

    `found` holds the retrieved passages, best first. `probability` is how sure the system is
    that the library answers, None where it does not tell. `milliseconds` is the time of the
    answer, retrieval included; it is no part of what was said, and left out of comparisons.
    """

    question_id: str
    verdict: Verdict
    text: str
    claims: tuple[Said, ...] = ()
    citations: tuple[Cited, ...] = ()
    notices: tuple[str, ...] = ()
    found: tuple[Place, ...] = ()
    standalone: str = ""
    probability: float | None = None
    milliseconds: float = field(default=0.0, compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the object that results hold."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            **{
                **stored,
                "claims": tuple(_said(claim) for claim in stored["claims"]),
                "citations": tuple(_cited(c) for c in stored["citations"]),
                "notices": tuple(stored["notices"]),
                "found": tuple(Place(*place) for place in stored["found"]),
            }
        )

    @property
    def unmarked(self) -> str:
        """The text without its citations' markers: `[2]` is neither a figure nor a word."""
        markers = {str(citation.marker) for citation in self.citations}
        text = _BESIDE.sub("", self.text)
        return _MARKER.sub(lambda found: "" if found[1] in markers else found[0], text)

    @property
    def resting_on(self) -> Sequence[Cited]:
        """The citations that some claim names, each once, in order of their markers."""
        named = {marker for claim in self.claims for marker in claim.citations}
        return [citation for citation in self.citations if citation.marker in named]


def _said(stored: Mapping[str, Any]) -> Said:
    return Said(stored["text"], tuple(stored["citations"]), stored.get("derived", False))


def _cited(stored: Mapping[str, Any]) -> Cited:
    return Cited(stored["marker"], Place(*stored["place"]), stored["quote"], stored["words"])
