"""What is said to the reader and what it rests on: citations, claims, notices."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

from iscalimab_qa.units import ContextQuote, RowCell

CheckResult = Literal["ok", "derived", "failed", "n/a"]

NoticeKind = Literal[
    "trial_status",
    "retraction",
    "conflict",
    "weak_evidence",
    "premise",
    "spelling",
    "injection",
    "advice",
    "fallback",
]


CITATION_KEYS = (
    "marker source_id title quote start end context section page doi pmid trials url "
    "kind tier text_kind published"
).split()
"""The documented keys of a citation, in their order."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One contiguous stretch of a source: `source.text[start:end] == quote`.

    `marker` counts from 1 within an answer. For a table row the quote is the row and
    `context` holds its caption, group and column heads, and `cells` its cells, each with the
    head of its column (empty for a sentence; not part of the documented object). The
    bibliographic fields are the source's; `tier` None is unclassified.
    """

    marker: int
    source_id: str
    title: str
    quote: str
    start: int
    end: int
    context: tuple[ContextQuote, ...]
    section: str
    page: int | None
    doi: str | None
    pmid: str | None
    trials: tuple[str, ...]
    url: str | None
    kind: str
    tier: int | None
    text_kind: str
    read_from: str | None
    published: str | None
    cells: tuple[RowCell, ...] = ()

    @property
    def words(self) -> str:
        """The quote and everything it is read with, for checks against it."""
        return "\n".join([self.quote, *(piece.quote for piece in self.context)])

    def as_json(self) -> dict[str, Any]:
        """Return the documented object."""
        fields = {
            **asdict(self),
            "trials": list(self.trials),
            "context": [piece._asdict() for piece in self.context],
        }
        return {name: fields[name] for name in CITATION_KEYS}


@dataclass(frozen=True, slots=True)
class Checks:
    """What was found when a claim was held against the words it cites."""

    figures: CheckResult = "n/a"
    arms: CheckResult = "n/a"
    negation: CheckResult = "n/a"
    drug: CheckResult = "n/a"
    trial: CheckResult = "n/a"


class Marks(NamedTuple):
    """Markers that stand together behind a claim, and the words before them."""

    said: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer, the markers of what it rests on, and its checks.

    Of its citations `agreeing` are other trials that say the same, `retelling` other texts on
    the same trial.
    """

    text: str
    citations: tuple[int, ...]
    checks: Checks
    agreeing: tuple[int, ...] = ()
    retelling: tuple[int, ...] = ()

    @property
    def marks(self) -> tuple[Marks, ...]:
        """The markers in the order in which they are shown, by what is said before them."""
        beside = {*self.agreeing, *self.retelling}
        grouped = (
            Marks("", tuple(each for each in self.citations if each not in beside)),
            Marks("also", self.agreeing),
            Marks("also reported in", self.retelling),
        )
        return tuple(each for each in grouped if each.markers)

    def as_json(self) -> dict[str, Any]:
        """Return the documented object."""
        return {
            "text": self.text,
            "citations": list(self.citations),
            "checks": asdict(self.checks),
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know beside the answer; cited where it states a fact."""

    kind: NoticeKind
    text: str
    citations: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the documented object."""
        return {"kind": self.kind, "text": self.text, "citations": list(self.citations)}
