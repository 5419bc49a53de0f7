"""Floors under the measures: no change makes things worse unseen.

`gates.toml` holds a table for each split and in it, for each measure, `at_least` or `at_most`.
The floors stand a little below what was measured when they were set, and are raised with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.results import Document

Side = Literal["at_least", "at_most"]


class Floor(NamedTuple):
    """A bound under (or, for errors, over) a measure of the first system."""

    measure: str
    side: Side
    bound: float


class Breach(NamedTuple):
    """A floor that was not kept; `found` None means that no question was eligible."""

    floor: Floor
    found: float | None

    def __str__(self) -> str:
        """Say what was found and what was expected."""
        side = "at least" if self.floor.side == "at_least" else "at most"
        found = "nothing to measure" if self.found is None else f"{self.found:.3f}"
        return f"{self.floor.measure}: {found}, expected {side} {self.floor.bound:g}"


def read_floors(path: Path, split: str) -> list[Floor]:
    """Read the floors of a split.

    Raises:
        EvaluationError: The file cannot be read, holds no table for the split, or an entry is
            not of the form `"measure" = { at_least = 0.9 }`.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationError(f"Cannot read the floors in {str(path)!r}: {error}") from error
    if split not in tables:
        raise EvaluationError(f"{path.name} has no floors for the split {split!r}")
    return [_floor(path, measure, entry) for measure, entry in tables[split].items()]


def _floor(path: Path, measure: str, entry: object) -> Floor:
    if isinstance(entry, Mapping) and len(entry) == 1:
        for side, bound in entry.items():
            if side in ("at_least", "at_most") and isinstance(bound, int | float):
                return Floor(measure, side, float(bound))
    raise EvaluationError(
        f"{path.name}: {measure!r} is {entry!r}, expected {{ at_least = 0.9 }} or {{ at_most = 0 }}"
    )


def breaches(result: Document, floors: Sequence[Floor]) -> list[Breach]:
    """List the floors that the first system of a run does not keep.

    Raises:
        EvaluationError: A floor names a measure that does not exist.
    """
    measures = result["systems"][0]["measures"]
    found = []
    for floor in floors:
        if floor.measure not in measures:
            raise EvaluationError(
                f"There is no measure {floor.measure!r}. Known: {', '.join(measures)}"
            )
        estimate = measures[floor.measure]
        mean = estimate["mean"] if estimate else None
        if mean is None or not _kept(floor, mean):
            found.append(Breach(floor, mean))
    return found


def _kept(floor: Floor, mean: float) -> bool:
    return mean >= floor.bound if floor.side == "at_least" else mean <= floor.bound
