"""What two runs have in common and what changed, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from iscalimab_qa.evaluation.causes import cause
from iscalimab_qa.evaluation.intervals import Estimate
from iscalimab_qa.evaluation.questions import LabelledQuestion
from iscalimab_qa.evaluation.summary import Judged, as_json


class Kind(StrEnum):
    """How an answer changed; the first four may hold together, the last one only by itself."""

    WRONG = "newly wrong"
    RIGHT = "newly right"
    ABSTAINING = "newly abstaining"
    ANSWERING = "newly answering"
    REWORDED = "said otherwise, same score"


class Side(NamedTuple):
    """One of the two runs: its document's name, hash and date, and the system looked at."""

    name: str
    sha: str
    created: str
    system: str


class Differing(NamedTuple):
    """A value of the configuration that differs; empty where a side has none."""

    name: str
    before: str
    after: str


class Moved(NamedTuple):
    """A measure over the questions that are eligible in both runs.

    `difference` is after less before, paired by question: positive means that it rose.
    """

    measure: str
    before: float
    after: float
    difference: Estimate


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer changed."""

    kinds: Sequence[Kind]
    before: Judged
    after: Judged

    @property
    def question(self) -> LabelledQuestion:
        """The question with its newer labels."""
        return self.after.question

    def as_json(self) -> dict[str, Any]:
        """Return it as one object."""
        return {
            "id": self.question.id,
            "question": self.question.question,
            "kinds": [kind.value for kind in self.kinds],
            "before": _said(self.before),
            "after": _said(self.after),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs, question by question.

    `shared` counts the questions of both. Of these, `relabelled` had other labels and
    `rephrased` another wording or other turns before; they are compared all the same.
    """

    before: Side
    after: Side
    configuration: Sequence[Differing]
    shared: int
    relabelled: Sequence[str]
    rephrased: Sequence[str]
    only_before: Sequence[LabelledQuestion]
    only_after: Sequence[LabelledQuestion]
    measures: Sequence[Moved]
    changes: Sequence[Change]

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many answers changed in each way; one may count in two."""
        return {kind: sum(kind in each.kinds for each in self.changes) for kind in Kind}

    @property
    def groups(self) -> Mapping[str, Sequence[Change]]:
        """The changes by all that holds of them, each once, in the order of `Kind`."""
        order = list(Kind)
        grouped: dict[tuple[Kind, ...], list[Change]] = {}
        for each in self.changes:
            grouped.setdefault(tuple(each.kinds), []).append(each)
        ranked = sorted(grouped, key=lambda kinds: [order.index(kind) for kind in kinds])
        return {", ".join(kinds): grouped[kinds] for kinds in ranked}

    def as_json(self) -> dict[str, Any]:
        """Return everything as one object that JSON can hold."""
        return {
            "before": self.before._asdict(),
            "after": self.after._asdict(),
            "configuration": [each._asdict() for each in self.configuration],
            "questions": {
                "both": self.shared,
                "relabelled": list(self.relabelled),
                "rephrased": list(self.rephrased),
                "only_before": [each.id for each in self.only_before],
                "only_after": [each.id for each in self.only_after],
            },
            "measures": {each.measure: _moved(each) for each in self.measures},
            "counts": {kind.value: count for kind, count in self.counts.items()},
            "changes": [each.as_json() for each in self.changes],
        }


def _said(judged: Judged) -> dict[str, Any]:
    return {
        "verdict": judged.outcome.verdict,
        "text": judged.outcome.text,
        "right": judged.scores.get("right"),
        "cause": cause(*judged),
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "before": round(moved.before, 4),
        "after": round(moved.after, 4),
        "difference": as_json(moved.difference),
    }
