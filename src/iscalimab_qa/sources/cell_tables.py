"""Tables pasted one cell a line, as a browser copies some of them.

The heads come first, then row after row: a label and as many values as there are heads beside
the first. How many columns there are is told by where values and words take turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from iscalimab_qa.sources.builder import Cell
from iscalimab_qa.sources.captions import names_table
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.table_heads import is_value
from iscalimab_qa.sources.text_tables import TextTable

_LONGEST_CELL = 80
"""Characters; a longer line is a sentence."""

_MOST_COLUMNS = 12
_FEWEST_ROWS = 2
_FEWEST_ROWS_UNTITLED = 3
"""Without a caption above them, words and figures may take turns by chance: in a menu."""

_FEWEST_COLUMNS_UNTITLED = 3
_LINES_OF_A_CAPTION = 3

_SAID = re.compile(
    r"\d+\s?/\s?\d+(?:\s?\(.*\))?|[-–—−]|n\.?\s?[ades]\.?|NR|NE|not\s+(?:reached|reported|done|estimable)"
    r"|none|nil|yes|no|p?\s?[<>=≤≥]\s?\d[\d.]*",
    re.IGNORECASE,
)
"""What else stands for a value."""


def cell_table(lines: Sequence[str], index: int) -> TextTable | None:
    """Read the table whose first head stands on a line; None where none begins there.

    Args:
        lines: The document's lines.
        index: Where the line stands among them.
    """
    titled = _is_titled(lines, index)
    begins = titled or not index or not lines[index - 1].strip()
    if not begins or names_table(lines[index].strip()):
        return None
    cells = [clean_text(line) for line in takewhile(_may_be_cell, lines[index:])]
    for width in range(2 if titled else _FEWEST_COLUMNS_UNTITLED, _MOST_COLUMNS + 1):
        heads = cells[:width]
        rows = list(_rows(cells, width))
        filled = sum(len(row) == width for row in rows)
        fewest = _FEWEST_ROWS if titled else _FEWEST_ROWS_UNTITLED
        if filled >= fewest and len(rows[0]) == width and not any(map(_is_figure, heads)):
            laid = [[Cell(each) for each in (*row, *[""] * (width - len(row)))] for row in rows]
            return TextTable([[Cell(each) for each in heads]], laid, width + sum(map(len, rows)))
    return None


def _is_titled(lines: Sequence[str], index: int) -> bool:
    """Whether a table's caption stands above, on one line or on some."""
    above = lines[max(0, index - _LINES_OF_A_CAPTION) : index]
    caption = list(takewhile(lambda line: line.strip(), reversed(above)))
    return any(names_table(line.strip()) for line in caption)


def _may_be_cell(line: str) -> bool:
    return bool(line.strip()) and len(line) <= _LONGEST_CELL and "\t" not in line


def _is_figure(cell: str) -> bool:
    return is_value(cell) or bool(_SAID.fullmatch(cell))


def _rows(cells: Sequence[str], width: int) -> Iterator[list[str]]:
    """Yield the rows below the heads while they fit: filled ones, and labels over some of them."""
    at = width
    while at < len(cells):
        if _fits(cells[at : at + width], width):
            yield list(cells[at : at + width])
            at += width
        elif _fits(cells[at + 1 : at + 1 + width], width) and not _is_figure(cells[at]):
            yield [cells[at]]
            at += 1
        else:
            return


def _fits(row: Sequence[str], width: int) -> bool:
    return len(row) == width and not _is_figure(row[0]) and all(map(_is_figure, row[1:]))
