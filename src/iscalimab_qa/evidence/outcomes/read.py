"""Every outcome of a library: what its tables and sentences say of each arm of each trial."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Self

from iscalimab_qa.evidence.outcomes.arm_names import ArmNames
from iscalimab_qa.evidence.outcomes.context import Reader, view_of
from iscalimab_qa.evidence.outcomes.rows import row_outcomes
from iscalimab_qa.evidence.outcomes.sentences import sentence_outcomes
from iscalimab_qa.evidence.outcomes.values import Outcome
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit, units_of

UnitsOf = Callable[[Source], Iterable[Unit]]


def library_outcomes(
    sources: Iterable[Source], reader: Reader, units_of: UnitsOf = units_of
) -> list[Outcome]:
    """Return the outcomes of all sources, source by source, in reading order."""
    return [each for source in sources for each in outcomes_of(source, reader, units_of)]


def outcomes_of(source: Source, reader: Reader, units_of: UnitsOf = units_of) -> list[Outcome]:
    """Return a source's outcomes in reading order; notes and references hold none.

    A sentence that repeats a figure of one of the source's tables is left out: the row says
    more of it.
    """
    if source.metadata.kind == "note":
        return []
    units = list(units_of(source))
    view = view_of(source.source_id, source.metadata, reader)
    rows = list(row_outcomes(view, units))
    said = {_Figure.of(outcome, reader.arms) for outcome in rows}
    sentences = [
        outcome
        for outcome in sentence_outcomes(view, units, rows)
        if _Figure.of(outcome, reader.arms) not in said
    ]
    return sorted([*rows, *sentences], key=lambda each: (each.place.start, each.value_start))


class _Figure(NamedTuple):
    names: frozenset[str]
    value: str
    unit: str

    @classmethod
    def of(cls, outcome: Outcome, arms: ArmNames) -> Self:
        return cls(arms.key(outcome.arm).names, outcome.value.strip(), outcome.unit)
