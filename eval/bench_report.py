"""The rows of the benchmark, the aims beside them, and how both are shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table

OURS, TEXTBOOK = "ours", "textbook"

PLAIN_WIDTH = 110
"""Columns off a terminal, where rich would fold the table at 80."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured on both sides; smaller is better.

    `textbook` is None where it has nothing of the kind. `scaled` names the sides of whose time
    the encoding is scaled up from a sample.
    """

    size: str
    what: str
    unit: str
    ours: float
    textbook: float | None
    scaled: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Ours by the textbook's; below 1 ours is the smaller one."""
        return self.ours / self.textbook if self.textbook else None

    def as_json(self) -> dict[str, Any]:
        """Return the row as `--json` writes it."""
        return asdict(self) | {"ratio": self.ratio}


@dataclass(frozen=True, slots=True)
class Aim:
    """A value that is to stay below a bound, or with `least` above it."""

    what: str
    found: float
    bound: float
    unit: str
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether it does."""
        return self.found >= self.bound if self.least else self.found < self.bound

    def as_json(self) -> dict[str, Any]:
        """Return the aim as `--json` writes it."""
        return asdict(self) | {"met": self.met}


class Report(NamedTuple):
    """All that is printed."""

    machine: str
    rows: Sequence[Row]
    aims: Sequence[Aim]
    notes: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """Return what `--json` writes."""
        return {
            "machine": self.machine,
            "rows": [row.as_json() for row in self.rows],
            "aims": [aim.as_json() for aim in self.aims],
            "notes": list(self.notes),
        }


def show(report: Report) -> None:
    """Print the report: tables, then the notes that say how to read them."""
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else PLAIN_WIDTH, markup=False, highlight=False)
    look = box.SIMPLE_HEAD if terminal else box.ASCII2
    console.print(report.machine)
    console.print(_results(report.rows, look))
    console.print(_aims(report.aims, look))
    for note in report.notes:
        console.print(note, soft_wrap=True)


def _results(rows: Sequence[Row], look: box.Box) -> Table:
    table = Table("", box=look)
    for head in ("iscalimab_qa", "textbook", "ours / textbook"):
        table.add_column(head, justify="right")
    size = None
    for row in rows:
        if row.size != size:
            table.add_section()
            table.add_row(row.size, style="bold")
            size = row.size
        ratio = f"{row.ratio:.2g}" if row.ratio is not None else "-"
        table.add_row(f"  {row.what}", _cell(row, OURS), _cell(row, TEXTBOOK), ratio)
    return table


def _cell(row: Row, side: str) -> str:
    value = row.ours if side == OURS else row.textbook
    if value is None:
        return "-"
    return told(value, row.unit) + ("*" if side in row.scaled else "")


def _aims(aims: Sequence[Aim], look: box.Box) -> Table:
    table = Table("aim", box=look)
    for head in ("bound", "found", ""):
        table.add_column(head, justify="right")
    for aim in aims:
        bound = f"{'>=' if aim.least else '<'} {told(aim.bound, aim.unit)}"
        style = "green" if aim.met else "red"
        found = told(aim.found, aim.unit)
        table.add_row(aim.what, bound, found, "met" if aim.met else "MISSED", style=style)
    return table


def told(value: float, unit: str) -> str:
    """Write a value with its unit, to three figures: 0.47 s, 31.2 ms, 1,024 MB."""
    before_point = len(str(int(value)).lstrip("0"))
    digits = 0 if unit in {"", "MB"} else min(2, max(0, 3 - before_point))
    return f"{value:,.{digits}f} {unit}".rstrip()
