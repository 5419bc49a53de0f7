"""Tables that plain characters draw: cells between tabs, or columns aligned by spaces.

Readers hand over lines and get cells back, the words in them already clean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from iscalimab_qa.sources.builder import Cell
from iscalimab_qa.sources.captions import names_table
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.table_heads import count_head_rows, is_value
from iscalimab_qa.sources.values import Span


class TextTable(NamedTuple):
    """A table found at the top of some lines, and how many of the lines it takes up.

    `caption` is a title that stands inside the table's lines, in its own row; else empty.
    """

    head: list[list[Cell]]
    rows: list[list[Cell]]
    lines: int
    caption: str = ""


_LONGEST_SECTION_ROW = 120
"""Characters of a line without tabs between two rows; a longer one is a paragraph."""

_SAMPLE_LINES = 20
"""Lines on which it is decided whether there is a table at all, so that a long text without
one is read in a time that grows with its length only."""

_FEWEST_ALIGNED_ROWS = 3
"""Two lines with a wide gap at the same place happen by chance; three do not."""
_ALIGNMENT_SLACK = 2
"""Columns that the same edge of a cell may wander within an aligned column."""

_ONE_ASTRAY = 5
"""Rows of which one may stand beside its column: a dash set in the middle, a long figure."""

_LIST_MARKER = re.compile(r"(?:[-*•·▪◦‣–—]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\[\d{1,3}\]|#+)$")
_RULER = re.compile(r"[\s|+=_–—-]*[=_–—-]{3}[\s|+=_–—-]*")
_BAR = re.compile(r"(?:(?<=\s)|^)[|¦│](?=\s|$)")
_WIDE_CELL = re.compile(r"\S+(?:[ \t]\S+)*")


def tab_table(lines: Sequence[str]) -> TextTable | None:
    """Read the tab-separated table that starts on the first line; None where there is none.

    Lines come without their ends. Two or more in a row make a table when most of them have the
    same number of tabs. A line without tabs between two rows is a section row whose empty
    cells an editor cut off.
    """
    sample = _tab_run(lines[:_SAMPLE_LINES])
    splitter = _splitter([line for line in sample if "\t" in line])
    if splitter is None or _is_list([splitter.split(line) for line in sample]):
        return None
    run = _tab_run(lines)
    rows = [[clean_text(cell) for cell in splitter.split(line)] for line in run]
    return _with_head([[Cell(cell) for cell in row] for row in rows], len(run))


def aligned_table(lines: Sequence[str]) -> TextTable | None:
    """Read the table that starts on the first line and whose columns line up; None without one.

    Cells stand two or more spaces apart. At least three rows must have the same number of
    cells, and every column must share its left edge, right edge or middle.
    """
    if _columns([_wide_cells(line) for line in _aligned_run(lines[:_SAMPLE_LINES])]) is None:
        return None
    run = _aligned_run(lines)
    laid = [_wide_cells(line) for line in run if not _RULER.fullmatch(line)]
    columns = _columns(laid)
    if columns is None:
        return None
    placed = [_place(cells, columns) for cells in laid]
    rows = [row for row in placed if row is not None]
    if len(rows) < len(placed) or _is_list([[cell.text for cell in row] for row in rows]):
        return None
    return _with_head(rows, len(run))


def _tab_run(lines: Sequence[str]) -> Sequence[str]:
    end = 0
    while end < len(lines) and lines[end].strip():
        following = lines[end + 1] if end + 1 < len(lines) else ""
        if "\t" not in lines[end] and not (end and _is_section_row(lines[end], following)):
            break
        end += 1
    return lines[:end]


def _is_section_row(line: str, following: str) -> bool:
    return (
        "\t" in following
        and len(line) <= _LONGEST_SECTION_ROW
        and not line.startswith("#")
        and not names_table(line.strip())
    )


def _splitter(lines: Sequence[str]) -> re.Pattern[str] | None:
    """Choose whether one tab or a run of tabs parts the cells; None where neither is regular."""
    for pattern in (re.compile(r"\t"), re.compile(r"\t+")):
        counts = Counter(len(pattern.findall(line)) for line in lines)
        if not counts:
            return None
        _, most = counts.most_common(1)[0]
        if most >= 2 and 2 * most > len(lines):  # noqa: PLR2004
            return pattern
    return None


def _is_list(rows: Sequence[Sequence[str]]) -> bool:
    """Tell a list whose markers stand before a tab, or indented text, from a table."""
    firsts = [row[0].strip() for row in rows]
    markers = sum(1 for first in firsts if not first or _LIST_MARKER.match(first))
    return 2 * markers > len(firsts)


def _with_head(rows: list[list[Cell]], lines: int) -> TextTable:
    caption = ""
    if len(rows) > 2 and names_table(rows[0][0].text) and not any(c.text for c in rows[0][1:]):  # noqa: PLR2004
        caption, rows = rows[0][0].text, rows[1:]
    count = count_head_rows(rows)
    return TextTable(rows[:count], rows[count:], lines, caption)


class _WideCell(NamedTuple):
    text: str
    start: int
    end: int


def _wide_cells(line: str) -> list[_WideCell]:
    # Bars between padded columns part cells as the spaces do.
    plain = _BAR.sub(lambda bar: " " * len(bar[0]), line.expandtabs())
    return [_WideCell(m[0], m.start(), m.end()) for m in _WIDE_CELL.finditer(plain)]


def _aligned_run(lines: Sequence[str]) -> Sequence[str]:
    end = 0
    while end < len(lines) and lines[end].strip():
        if len(_wide_cells(lines[end])) < 2 and not _RULER.fullmatch(lines[end]):  # noqa: PLR2004
            following = lines[end + 1] if end + 1 < len(lines) else ""
            if not end or len(_wide_cells(following)) < 2:  # noqa: PLR2004
                break
        end += 1
    return lines[:end]


def _columns(laid: Sequence[Sequence[_WideCell]]) -> list[Span] | None:
    """Find where the columns lie, from the rows with the usual number of cells."""
    counts = Counter(len(cells) for cells in laid if len(cells) > 1)
    if not counts:
        return None
    width, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    full = [cells for cells in laid if len(cells) == width]
    if most < _FEWEST_ALIGNED_ROWS or 2 * most < len(laid):
        return None
    columns = [_lined_up([cells[column] for cells in full]) for column in range(width)]
    if not all(columns):
        return None
    if width == 2 and not _holds_values(columns[1]):  # noqa: PLR2004 - more likely prose
        return None
    return [Span(min(c.start for c in column), max(c.end for c in column)) for column in columns]


def _lined_up(column: Sequence[_WideCell]) -> list[_WideCell]:
    """Return the cells that share their left edges, right edges or middles; none where few do."""
    edges = (
        [cell.start for cell in column],
        [cell.end for cell in column],
        [(cell.start + cell.end) // 2 for cell in column],
    )
    kept = max((_near_the_usual(column, edge) for edge in edges), key=len)
    return kept if len(column) - len(kept) <= len(column) // _ONE_ASTRAY else []


def _near_the_usual(column: Sequence[_WideCell], edge: Sequence[int]) -> list[_WideCell]:
    """Return the cells whose edges lie within the slack, from where the most of them do."""
    places = Counter(edge)
    slack = range(_ALIGNMENT_SLACK + 1)
    begins = max(places, key=lambda left: sum(places[left + more] for more in slack))
    return [
        cell for cell, at in zip(column, edge, strict=True) if 0 <= at - begins <= _ALIGNMENT_SLACK
    ]


def _holds_values(column: Sequence[_WideCell]) -> bool:
    return 2 * sum(is_value(cell.text) for cell in column) > len(column)


def _place(cells: Sequence[_WideCell], columns: Sequence[Span]) -> list[Cell] | None:
    """Put a row's cells under the columns they overlap; None where one lies under none."""
    row: list[Cell] = []
    at = 0
    for cell in (part for wide in cells for part in _apart(wide, columns)):
        under = _under(cell, columns)
        if len(cells) == 1:
            under = under[:1]
        if not under or under[0] < at:
            return None
        row.extend([Cell("")] * (under[0] - at))
        row.append(Cell(clean_text(cell.text), len(under)))
        at = under[-1] + 1
    return row


def _apart(cell: _WideCell, columns: Sequence[Span]) -> list[_WideCell]:
    """Cut off the values that stand only one space behind a long label or another value."""
    parts = [cell]
    while len(_under(parts[0], columns)) > 1:
        first, gap, last = parts[0].text.rpartition(" ")
        end = parts[0].end
        if not gap or not is_value(last):
            return [cell] if len(_under(parts[0], columns)) > 1 else parts
        start = end - len(last)
        parts[:1] = [
            _WideCell(first, parts[0].start, start - 1),
            _WideCell(last, start, end),
        ]
    return parts


def _under(cell: _WideCell, columns: Sequence[Span]) -> list[int]:
    return [i for i, span in enumerate(columns) if cell.start < span.end and span.start < cell.end]
