"""What an outcome is: one figure of one arm of one trial, and the words it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import ContextQuote

Measure = Literal[
    "proportion", "percent", "change", "difference", "ratio", "count", "value", "statement"
]
"""What kind of figure it is: a share of patients, a percentage of something else, a change
from baseline, a difference or a ratio between arms, a number of events or patients, a level,
or words in place of a figure ("none")."""

OUTCOME_COLUMNS = (
    "trial indication cohort endpoint time arm arm_n measure statistic value unit count interval "
    "p note preclinical kind source_id start end quote value_start value_end tier published "
    "text_kind"
).split()
"""The columns of `outcomes --csv`, and the keys of `outcomes --json` before `context`."""


class Place(NamedTuple):
    """Where words stand in a source: `source.text[start:end] == quote`."""

    source_id: str
    start: int
    end: int
    quote: str
    context: tuple[ContextQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure as a source gives it; a field is empty where the source is silent.

    `value` is verbatim, without its unit ("15.4", "-2.8", "about 7", "none"). `count` is the
    number behind a percentage ("6", "6 of 39"). `arm_n` is the arm's size, which need not be
    the figure's denominator. `cohort` is the part of the trial that the figure belongs to,
    where one is named. `place` holds the row or the sentence, as a citation does;
    `value_start` and `value_end` bound the value itself in the source's text. A
    `preclinical` figure is never about patients.
    """

    trial: str
    indication: str
    endpoint: str
    arm: str
    arm_n: int | None
    time: str
    measure: Measure
    statistic: str
    value: str
    unit: str
    count: str
    interval: str
    p: str
    cohort: str
    note: str
    preclinical: bool
    kind: Literal["row", "sentence"]
    place: Place
    value_start: int
    value_end: int
    source: SourceMetadata = field(repr=False)

    @property
    def source_id(self) -> str:
        """The source that gives it."""
        return self.place.source_id

    @property
    def shown(self) -> str:
        """The figure for people: "15.4% (6 of 39)", "-2.8 points", "none"."""
        value = f"{self.value}{'' if self.unit in {'', '%'} else ' '}{self.unit}"
        return f"{value} ({self.count})" if self.count and self.count != self.value else value

    @property
    def figures(self) -> str:
        """The figure with its interval and p value, where they are given."""
        p = self.p
        if p and "p" not in p.lower():
            p = f"p {p}" if p[0] in "<>=≤≥" else f"p = {p}"
        return "; ".join(filter(None, [self.shown, self.interval, p]))

    def as_row(self) -> dict[str, Any]:
        """Return the row of `outcomes --csv`: the names of `OUTCOME_COLUMNS`, in order."""
        given = self.place._asdict() | {
            "tier": self.source.tier,
            "published": self.source.published,
            "text_kind": self.source.text_kind,
        }
        return {
            name: given[name] if name in given else getattr(self, name) for name in OUTCOME_COLUMNS
        }

    def as_json(self) -> dict[str, Any]:
        """Return the object of `outcomes --json`: the row, and what it is read with."""
        return self.as_row() | {"context": [piece._asdict() for piece in self.place.context]}
