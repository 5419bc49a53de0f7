"""Which rows of a table are its head, and what its merged cells say in each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from iscalimab_qa.sources.builder import Cell

_MAX_HEAD_ROWS = 3
"""Arms, dose and n: deeper heads than three rows are not seen in papers."""

_FEWEST_POINTS = 3
"""Two rising whole numbers may as well be the deaths in two arms."""

_POINT = re.compile(r"(\d{1,6})(?:\s?[-–]\s?\d{1,6}|\+)?")

_VALUE = re.compile(
    r"[<>≤≥=~±+–−-]{0,2}\s*\d(?:[\d\s.,·%()\[\]/±+–−:;<>≤≥-]|\bto\b)*",
)
"""A cell that is figures and their signs only: `63.1%`, `6 (15.4)`, `-2.8 to -1.1`."""


class GridCell(NamedTuple):
    """A cell of a grid; `continues` where a cell of the rows above runs on through it."""

    text: str
    columns: int = 1
    continues: bool = False


class HeadAndBody(NamedTuple):
    """A table as `SourceBuilder.table` takes it."""

    head: list[list[Cell]]
    rows: list[list[Cell]]


def part_head(grid: Sequence[Sequence[GridCell]], marked: int = 0) -> HeadAndBody:
    """Part the head of a table from its body.

    A cell merged downwards is said once in the head, and again in every row of the body that
    it stands for, so that each row can be read by itself.

    Args:
        grid: The rows. A cell that continues holds the text of the cell it continues.
        marked: How many rows the format itself marks as head; 0 if it does not say.
    """
    once = [[Cell("" if c.continues else c.text, c.columns) for c in row] for row in grid]
    heads = marked or count_head_rows(once)
    return HeadAndBody(
        once[:heads], [[Cell(c.text, c.columns) for c in row] for row in grid[heads:]]
    )


def count_head_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """Count the rows at the top of a table that name its columns rather than fill them.

    The first row is a head unless it holds values. Further rows are where the row above
    spans columns or the row itself leaves its first cell empty, and it names at least two
    columns ("n=39" is a name: it says how large an arm is, not how it fared).

    Returns:
        0 to 3, and always fewer than there are rows.
    """
    count = 0
    for row in rows[: min(_MAX_HEAD_ROWS, len(rows) - 1)]:
        if not _names_columns(row) or (count and not _continues_head(rows[count - 1], row)):
            break
        count += 1
    return count


def is_value(text: str) -> bool:
    """Tell whether a cell holds figures only, as the body of a table does."""
    return _VALUE.fullmatch(text.strip()) is not None


def _names_columns(row: Sequence[Cell]) -> bool:
    others = [cell.text.strip() for cell in row[1:] if cell.text.strip()]
    if not any(map(is_value, others)) or _are_points_in_order(others):
        return bool(others)
    # "  | 50-59 | 60-69": figures over an empty corner name columns.
    return not row[0].text.strip() and len(others) == len(row) - 1 > 1


def _are_points_in_order(texts: Sequence[str]) -> bool:
    """Tell `Week | 0 | 12 | 24` and `Age | 50-59 | 60-69 | 70+` from a row of results."""
    points = [match for text in texts if (match := _POINT.fullmatch(text))]
    if len(points) < max(_FEWEST_POINTS, len(texts)):
        return False
    return all(int(one[1]) < int(next_one[1]) for one, next_one in pairwise(points))


def _continues_head(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    filled = sum(1 for cell in row if cell.text.strip())
    spanned = any(cell.columns > 1 for cell in above)
    first_empty = not row or not row[0].text.strip()
    return filled > 1 and (spanned or first_empty)
