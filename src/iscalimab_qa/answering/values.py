"""An answer: what is said, what it rests on, and how sure the library is of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from iscalimab_qa.evidence.values import Citation, Claim, Notice

Verdict = Literal["answered", "partial", "not_found"]

VERDICT_LABELS: Mapping[Verdict, str] = {
    "answered": "Found in the library",
    "partial": "Nothing direct, closest passages",
    "not_found": "Not in this library",
}
"""How people are told."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds spent on a question; no part of what an answer says."""

    retrieve_ms: float = 0.0
    answer_ms: float = 0.0
    total_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer.

    `opening` is the sentence that a `partial` or `not_found` begins with; it speaks about
    the library and is no claim, `closing` one that an answer ends with. `evidence` holds the
    ids of the passages that were read, best first. `probability`, in (0, 1), is how sure the
    verdict is that the library answers. `provenance` names index generation, encoder and settings.
    """

    question: str
    standalone_question: str
    verdict: Verdict
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    notices: tuple[Notice, ...] = ()
    opening: str = ""
    closing: str = ""
    evidence: tuple[str, ...] = ()
    probability: float | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)
    timings: Timings = field(default_factory=Timings, compare=False)

    @property
    def text(self) -> str:
        """The answer as one text, each claim followed by its markers."""
        return " ".join(filter(None, [self.opening, *map(_marked, self.claims), self.closing]))

    def as_json(self, question_id: str | int | None = None) -> dict[str, Any]:
        """Return the documented object of `ask --json`."""
        return {
            "id": question_id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "verdict": self.verdict,
            "text": self.text,
            "claims": [claim.as_json() for claim in self.claims],
            "citations": [citation.as_json() for citation in self.citations],
            "notices": [notice.as_json() for notice in self.notices],
            "timings": {
                "retrieve_ms": round(self.timings.retrieve_ms, 2),
                "answer_ms": round(self.timings.answer_ms, 2),
                "total_ms": round(self.timings.total_ms, 2),
            },
        }

    def as_record(self, question_id: str | int | None = None) -> dict[str, Any]:
        """Return the answer with all that made it: passages read, index, encoder, settings."""
        return {
            **self.as_json(question_id),
            "evidence": list(self.evidence),
            "probability": self.probability,
            "provenance": dict(self.provenance),
        }


def _marked(claim: Claim) -> str:
    """Return a claim with its markers: "text. [1] (also [2], [3]; also reported in [4])"."""
    own = "".join(f"[{m}]" for marks in claim.marks if not marks.said for m in marks.markers)
    beside = "; ".join(
        f"{marks.said} {', '.join(f'[{m}]' for m in marks.markers)}"
        for marks in claim.marks
        if marks.said
    )
    return " ".join(filter(None, [claim.text, own, f"({beside})" if beside else ""]))
