"""Saved answers: read them, hold them against the sources as they are now, ask them again.

`ask --save` writes a line a question: the answer, the passages that were read, and what made
it. A record that somebody sends is a file like any other: it is read with care, and it decides
nothing but what is looked up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.errors import QuestionError, RecordError, SourceNotFoundError
from iscalimab_qa.evidence.checks.claim import examine
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import units_of

MOST_BYTES = 50_000_000
"""A larger file is no record: an answer has some kilobytes."""

State = Literal["holds", "moved", "changed", "gone", "fails"]
"""`moved`: the quote stands elsewhere in the source; `changed`: it no longer stands there;
`gone`: the source is not in the library; `fails`: the claim does not pass its checks."""

STATE_LABELS: Mapping[State, str] = {
    "holds": "holds",
    "moved": "holds; its quote has moved within the source",
    "changed": "the quoted words are no longer in the source",
    "gone": "the source is no longer in the library",
    "fails": "does not pass its checks",
}
"""How people are told."""


class _Stored(BaseModel):
    """What is read of a stored object; a later version may hold more."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class StoredCitation(_Stored):
    """A citation of a record."""

    marker: int
    source_id: str
    quote: str
    start: int
    end: int


class StoredClaim(_Stored):
    """A claim of a record."""

    text: str
    citations: tuple[int, ...]
    checks: Mapping[str, str] = {}

    @property
    def is_derived(self) -> bool:
        """Whether it was given as computed from what it cites."""
        return self.checks.get("figures") == "derived"


class StoredTurn(_Stored):
    """An earlier turn of the conversation."""

    role: str
    content: str


class Record(_Stored):
    """A saved answer."""

    id: str | int | None = None
    question: str
    history: tuple[StoredTurn, ...] = ()
    verdict: str
    text: str
    claims: tuple[StoredClaim, ...]
    citations: tuple[StoredCitation, ...]
    provenance: Mapping[str, str] = {}


def read_records(path: Path) -> list[Record]:
    """Read what `ask --save` wrote: a line an answer.

    Raises:
        RecordError: The file cannot be read, or a line is no saved answer; the message names
            the line.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise RecordError(path, f"{size} bytes, at most {MOST_BYTES} are read")
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(path, str(error)) from error
    records = [_parsed(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not records:
        raise RecordError(path, "it is empty")
    return records


def _parsed(path: Path, number: int, line: str) -> Record:
    try:
        value = json.loads(line)
        # JSON can spell half a character, which can be neither looked up nor printed.
        json.dumps(value, ensure_ascii=False).encode()
        return Record.model_validate(value)
    except (ValidationError, ValueError, RecursionError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise RecordError(path, f"line {number} is no saved answer: {reason}") from error


@dataclass(frozen=True, slots=True)
class Verified:
    """A claim held against the sources as they are now, and what speaks against it."""

    claim: str
    state: State
    findings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the object of `verify --json`."""
        return {"claim": self.claim, "state": self.state, "findings": list(self.findings)}


def verify(record: Record, source: Callable[[str], Source]) -> list[Verified]:
    """Hold every claim of a record against the sources.

    Args:
        record: What was answered.
        source: Returns a source by its id, as `Assistant.source`.
    """
    stored = {each.marker: each for each in record.citations}
    return [
        _verified(claim, [stored[m] for m in claim.citations if m in stored], source)
        for claim in record.claims
    ]


def _verified(
    claim: StoredClaim, stored: Sequence[StoredCitation], source: Callable[[str], Source]
) -> Verified:
    if not stored:
        return Verified(claim.text, "gone", ("it cites nothing that the record holds",))
    found: list[Citation] = []
    state: State = "holds"
    for each in stored:
        try:
            text = source(each.source_id)
        except SourceNotFoundError:
            return Verified(claim.text, "gone", (each.source_id,))
        start = _place(each, text.text)
        if start is None:
            return Verified(claim.text, "changed", (each.source_id,))
        cited = _citation(each, start, text)
        if cited is None:
            return Verified(claim.text, "fails", ("the quoted words are no evidence",))
        state = state if start == each.start else "moved"
        found.append(cited)
    examined = examine(
        claim.text,
        found,
        sources={s.source_id: source(s.source_id).metadata for s in stored},
        allow_derived=claim.is_derived,
    )
    if examined.findings:
        return Verified(claim.text, "fails", tuple(each.text for each in examined.findings))
    return Verified(claim.text, state)


def _place(stored: StoredCitation, text: str) -> int | None:
    """Return where a quote stands: at its place, else at the first one that has it."""
    if stored.quote and text[stored.start : stored.end] == stored.quote:
        return stored.start
    found = text.find(stored.quote) if stored.quote else -1
    return found if found >= 0 else None


def _citation(stored: StoredCitation, start: int, source: Source) -> Citation | None:
    """Cite the unit that stands at a place, so that a row is read with its heads again.

    None where the quote is no part of one unit: an answer quotes one at a time.
    """
    end = start + len(stored.quote)
    unit = next((u for u in units_of(source) if u.start <= start and end <= u.end), None)
    return citation(unit, source.metadata, stored.marker) if unit else None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A record beside the answer that the library gives now."""

    record: Record
    answer: Answer

    def changes(self) -> Iterator[str]:
        """Yield what is different, in words; nothing where the same is said."""
        before, after = self.record, self.answer
        if before.verdict != after.verdict:
            yield f"verdict: {before.verdict} -> {after.verdict}"
        said = {claim.text for claim in before.claims}
        says = {claim.text for claim in after.claims}
        yield from (
            f"no longer said: {claim.text}" for claim in before.claims if claim.text not in says
        )
        yield from (f"newly said: {claim.text}" for claim in after.claims if claim.text not in said)
        for name, value in after.provenance.items():
            earlier = before.provenance.get(name)
            if earlier is not None and earlier != value:
                yield f"{name}: {earlier} -> {value}"


def replay(record: Record, ask: Callable[[str, Sequence[Mapping[str, str]]], Answer]) -> Replayed:
    """Ask a record's question again.

    Args:
        record: What was answered.
        ask: Answers, as `Assistant.ask`.

    Raises:
        QuestionError: The question can no longer be asked.
    """
    if not record.question.strip():
        raise QuestionError("The record holds no question")
    turns = [turn.model_dump() for turn in record.history]
    return Replayed(record, ask(record.question, turns))
