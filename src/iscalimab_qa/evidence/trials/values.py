"""A trial as the library tells of it: its names, its facts, and where each of them is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from iscalimab_qa.evidence.trials.status_text import ENDED, RUNNING
from iscalimab_qa.sources.values import TrialStatus
from iscalimab_qa.units import ContextQuote, Unit

UNKNOWN = "not in the library"
"""What is told of a fact that no source gives."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something: a source, and the unit of it that does.

    `unit` is None where only the source's metadata says so. `part` are the words that the
    unit is read with, where these say it: a column's head that gives an arm's n.
    """

    source_id: str
    unit: Unit | None = None
    part: ContextQuote | None = None

    @property
    def span(self) -> Unit | ContextQuote | None:
        """The words themselves: `source.text[span.start:span.end] == span.quote`."""
        return self.part or self.unit

    def as_json(self) -> dict[str, Any]:
        """Return source, span and quote; the span is null where there is none."""
        span = self.span
        return {
            "source_id": self.source_id,
            "start": span.start if span else None,
            "end": span.end if span else None,
            "quote": span.quote if span else None,
        }


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of a trial."""

    value: str
    said: Said

    def as_json(self) -> dict[str, Any]:
        """Return the value with its citation."""
        return {"value": self.value, "citation": self.said.as_json()}


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm and its size."""

    label: str
    n: int
    said: Said

    def as_json(self) -> dict[str, Any]:
        """Return label, n and citation."""
        return {"label": self.label, "n": self.n, "citation": self.said.as_json()}


@dataclass(frozen=True, slots=True)
class Statement:
    """How a trial stands, or a drug's development, as one source says.

    `trial_id` is None for a programme, of which `drug` and `indication` tell which; an
    indication of None means all of it. `date` is when that came to be, `said_on` when the
    source appeared, both ISO 8601. `rank` is how well the source knows, 0 the best. `ended`
    tells that a date of the end is known, and not whether it came as planned.
    """

    status: TrialStatus | Literal["superseded", "ended"]
    date: str | None
    reason: str | None
    said: Said
    rank: int
    said_on: str | None
    trial_id: str | None = None
    drug: str | None = None
    indication: str | None = None
    reason_said: Said | None = None

    @property
    def when(self) -> str | None:
        """The date that is known: of the event, else of the source."""
        return self.date or self.said_on

    @property
    def is_end(self) -> bool:
        """Whether something was stopped before it was done."""
        return self.status in ENDED

    @property
    def is_running(self) -> bool:
        """Whether it says that something goes on."""
        return self.status in RUNNING

    def as_json(self) -> dict[str, Any]:
        """Return the statement with its citations."""
        reason_said = self.reason_said or self.said
        return {
            "value": self.status,
            "date": self.date,
            "reason": self.reason,
            "said_on": self.said_on,
            "citation": self.said.as_json(),
            "reason_citation": reason_said.as_json() if self.reason else None,
        }


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial, and what the library's sources say of it; a fact that none says is None.

    `names` begins with `trial_id`; `acronym` is the name that people use, else the id.
    `sources` are about the trial, strongest first. `status` is the newest statement of the
    best source, `also` the others.
    """

    trial_id: str
    names: tuple[str, ...]
    sources: tuple[str, ...] = ()
    drugs: tuple[Fact, ...] = ()
    indication: Fact | None = None
    phase: Fact | None = None
    enrolled: Fact | None = None
    arms: tuple[Arm, ...] = ()
    started: Fact | None = None
    ended: Fact | None = None
    status: Statement | None = None
    also: tuple[Statement, ...] = ()
    endpoint: Fact | None = None

    @property
    def acronym(self) -> str:
        """The name that people use: the first that is no number and no code."""
        spoken = (name for name in self.names if sum(map(str.isdigit, name)) <= _FEW_DIGITS)
        return next(spoken, self.trial_id)

    @property
    def drug_names(self) -> frozenset[str]:
        """The drugs that it tested."""
        return frozenset(fact.value for fact in self.drugs)

    def as_json(self) -> dict[str, Any]:
        """Return the object of `trials --json`; what no source says is null."""

        def told(fact: Fact | Statement | None) -> dict[str, Any] | None:
            return fact.as_json() if fact else None

        return {
            "trial_id": self.trial_id,
            "names": list(self.names),
            "drugs": [drug.as_json() for drug in self.drugs],
            "indication": told(self.indication),
            "phase": told(self.phase),
            "enrolled": told(self.enrolled),
            "arms": [arm.as_json() for arm in self.arms],
            "started": told(self.started),
            "ended": told(self.ended),
            "status": told(self.status),
            "primary_endpoint": told(self.endpoint),
            "also": [statement.as_json() for statement in self.also],
            "sources": list(self.sources),
        }


_FEW_DIGITS = 3
"""Digits of an acronym (`ORION-10`, `IMvigor211`); numbers and codes have more."""
