"""The tables of a page: ruled ones found by pdfplumber, others by their rules and alignment.

A table's characters are taken out of the running text of the page, and the table stands
where the first of them stood, so that nothing is said twice.
"""

from __future__ import annotations

import io
import logging
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from iscalimab_qa.sources.captions import is_printed_caption
from iscalimab_qa.sources.pdf_aligned import (
    HEAD_GAP,
    Grid,
    LineCell,
    aligned_grid,
    holds_values,
    reads_as_value,
)
from iscalimab_qa.sources.pdf_lines import Line, in_reading_order, lines_of
from iscalimab_qa.sources.pdf_page import Box, Char, RawPage

_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2
_FEWEST_FILLED = 0.5
"""The squares of a chart are empty; the cells of a table mostly are not."""
_MOST_WORDS_A_CELL = 40
"""A frame around columns of prose is no table."""
_SLACK = 3.0
"""Points by which text may stick out of its rules, and rules of one table differ in length."""
_FEWEST_LINES_TO_SPLIT = 2
_MOST_RULES = 300
"""A page has room for a hundred lines of text; more rules are a drawing."""

_FEWEST_ALIGNED_ROWS = 3
_MOST_LINES_BETWEEN = 2
_MOST_HEAD_LINES = 3
_MOST_HEAD_WORDS = 3
"""Words for each column of a head whose cells stand as close as words."""
_FAR_STEP = 3.0
"""Font sizes between the lines of one table; what is farther apart belongs to something else."""
_PROSE_WORDS = 16
"""A piece of a line with more words than this is prose and ends a table."""


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table with where it stood on the page."""

    grid: Grid
    box: Box


Item = Line | PdfTable
"""What a page holds, in the order of reading."""


class Plumber:
    """pdfplumber over the whole file, opened for the first page that may hold a ruled table."""

    def __init__(self, data: bytes) -> None:
        """Keep the bytes; nothing is parsed yet."""
        self._data = data
        self._document: Any = None

    def tables(self, page: RawPage) -> list[tuple[Any, tuple[float, float]]]:
        """Return pdfplumber's tables of a page, and how far to shift them onto `RawPage`."""
        if self._document is None:
            import pdfplumber  # noqa: PLC0415 - half a second, and most pages need none

            # pdfminer writes a line for every colour it does not know.
            logging.getLogger("pdfminer").setLevel(logging.ERROR)
            self._document = pdfplumber.open(io.BytesIO(self._data))
        found = self._document.pages[page.number - 1]
        if found.rotation // 90 != page.frame.turns:
            return []  # turned for its sideways text, which pdfplumber cannot follow
        x0, y0, x1, y1 = found.page_obj.mediabox
        corner = page.frame.box(x0, y0, x1, y1)
        shift = (corner.x0 - found.bbox[0], corner.top - found.bbox[1])
        tables = [(table, shift) for table in found.find_tables()]
        found.close()
        return tables


def page_items(page: RawPage, plumber: Plumber | None) -> list[Item]:
    """Return the lines of a page and its ruled tables, in the order of reading.

    Without `plumber`, or on a page without upright lines, there are no ruled tables.
    """
    owners: dict[int, PdfTable] = {}
    if plumber and page.has_grid:
        for table, inside in _ruled_tables(page, plumber):
            owners |= {id(char): table for char in inside}
    items: list[Item] = []
    running: list[Char] = []
    placed: set[int] = set()
    for char in page.chars:
        owner = owners.get(id(char))
        if owner is None:
            running.append(char)
        elif id(owner) not in placed:
            items += [*in_reading_order(lines_of(running), page.width), owner]
            placed.add(id(owner))
            running = []
    return items + in_reading_order(lines_of(running), page.width)


def with_aligned_tables(items: Sequence[Item], rules: Sequence[Box]) -> list[Item]:
    """Replace the lines between horizontal rules, and runs of rows, that are tables."""
    found = list(items)
    for region in _ruled_regions(rules):
        found = _replace_region(found, region, rules)
    for start, end in reversed(list(_runs_of_rows(found))):
        lines = [item for item in found[start:end] if isinstance(item, Line)]
        grid = aligned_grid(lines, rules=rules)
        if grid:
            found[start:end] = [PdfTable(grid, _around(lines))]
    return found


def _ruled_tables(page: RawPage, plumber: Plumber) -> Iterator[tuple[PdfTable, list[Char]]]:
    """Yield the ruled tables of a page, each with the characters in its cells."""
    for table, (right, down) in plumber.tables(page):
        rows = [[cell and _shifted(cell, right, down) for cell in row.cells] for row in table.rows]
        held = _held(rows, page.chars)
        grid = _ruled_grid(rows, {box: lines_of(chars) for box, chars in held.items()})
        if grid:
            box = _shifted(table.bbox, right, down)
            yield PdfTable(grid, box), [char for chars in held.values() for char in chars]


def _shifted(bounds: tuple[float, float, float, float], right: float, down: float) -> Box:
    x0, top, x1, bottom = bounds
    return Box(x0 + right, top + down, x1 + right, bottom + down)


def _held(rows: Sequence[Sequence[Box | None]], chars: Sequence[Char]) -> dict[Box, list[Char]]:
    """Put each character into the one cell that its middle lies in, if there is one."""
    held: dict[Box, list[Char]] = {box: [] for row in rows for box in row if box}
    edges = sorted({box.x0 for box in held})
    columns = [[box for box in held if box.x0 <= edge < box.x1] for edge in edges]
    for char in chars:
        x, y = char.middle
        column = bisect_right(edges, x) - 1
        box = next((b for b in columns[column] if b.holds(x, y)), None) if column >= 0 else None
        if box:
            held[box].append(char)
    return held


def _ruled_grid(rows: Sequence[Sequence[Box | None]], lines: dict[Box, list[Line]]) -> Grid | None:
    """Fill the cells of a ruled table, or return None if the rules are no table's."""
    edges = sorted({box.x0 for box in lines})
    if len(rows) < _FEWEST_ROWS or len(edges) < _FEWEST_COLUMNS:
        return None
    filled = sum(1 for box in lines if lines[box])
    words = sum(len(line.words) for box in lines for line in lines[box])
    if filled < _FEWEST_FILLED * len(lines) or words > _MOST_WORDS_A_CELL * len(lines):
        return None
    grid: list[tuple[LineCell, ...]] = []
    for row in rows:
        grid += _split_row(row, edges, lines) or [tuple(_row_cells(row, edges, lines))]
    return tuple(grid)


def _row_cells(
    row: Sequence[Box | None], edges: Sequence[float], lines: dict[Box, list[Line]]
) -> Iterator[LineCell]:
    top = min(box.top for box in row if box)
    column = 0
    while column < len(edges):
        own = row[column]
        # Where no cell starts, one from the rows above may run on.
        box = own or next(
            (b for b in lines if b.x0 == edges[column] and b.top < top < b.bottom), None
        )
        columns = sum(box.x0 <= edge < box.x1 for edge in edges) if box else 1
        words = tuple(line.text for line in lines[box]) if box else ()
        yield LineCell(words, columns, continues=own is None and box is not None)
        column += columns


def _split_row(
    row: Sequence[Box | None], edges: Sequence[float], lines: dict[Box, list[Line]]
) -> Grid | None:
    """Take apart a body that is ruled into columns but not into rows."""
    cells = [box for box in row if box]
    values = [sum(reads_as_value(line.text) for line in lines[box]) for box in cells[1:]]
    if len(cells) < len(edges) or max(values, default=0) < _FEWEST_LINES_TO_SPLIT:
        return None
    columns = [(box.x0, box.x1) for box in cells]
    return aligned_grid([line for box in cells for line in lines[box]], columns)


def _ruled_regions(rules: Sequence[Box]) -> Iterator[tuple[Box, ...]]:
    """Yield the sets of horizontal rules that have their ends in common, from the top."""
    rest = sorted(rules, key=lambda rule: rule.top) if len(rules) <= _MOST_RULES else []
    while rest:
        first = rest[0]
        alike = [r for r in rest if abs(r.x0 - first.x0) < _SLACK and abs(r.x1 - first.x1) < _SLACK]
        rest = [rule for rule in rest if rule not in alike]
        if len(alike) > 1:
            yield tuple(alike)


def _replace_region(items: list[Item], region: Sequence[Box], rules: Sequence[Box]) -> list[Item]:
    """Make tables of what stands between rules, as far as each strip between two is tabular."""
    strips = [_strip(items, above, below) for above, below in pairwise(region)]
    for run in _tabular_runs(strips):
        lines = {id(line): line for strip in run for line in strip}
        grid = aligned_grid(list(lines.values()), rules=rules)
        if grid:
            first = next(i for i, item in enumerate(items) if id(item) in lines)
            items[first] = PdfTable(grid, _around(list(lines.values())))
            items = [item for item in items if id(item) not in lines]
    return items


def _strip(items: Sequence[Item], above: Box, below: Box) -> list[Line]:
    """Return the lines between two rules, without a caption at their top."""
    lines = sorted(
        (
            item
            for item in items
            if isinstance(item, Line)
            and above.top <= item.baseline <= below.bottom
            and above.x0 - _SLACK <= item.box.x0
            and item.box.x1 <= above.x1 + _SLACK
        ),
        key=lambda line: line.baseline,
    )
    if lines and is_printed_caption(lines[0].text):
        body = next((i for i, line in enumerate(lines) if len(line.segments()) > 1), len(lines))
        lines = lines[body:]
    return lines


def _tabular_runs(strips: Sequence[list[Line]]) -> Iterator[list[list[Line]]]:
    run: list[list[Line]] = []
    for strip in strips:
        prose = any(len(part.text.split()) > _PROSE_WORDS for ln in strip for part in ln.segments())
        if strip and not prose:
            run.append(strip)
        elif strip or not run:
            if run:
                yield run
            run = []
    if run:
        yield run


def _runs_of_rows(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Yield where lines follow one another that look like rows, with the heads above them."""
    rows = [i for i, item in enumerate(items) if isinstance(item, Line) and holds_values(item)]
    start = 0
    while start < len(rows):
        end = start
        while end + 1 < len(rows) and _close(items, rows[end], rows[end + 1]):
            end += 1
        if end - start + 1 >= _FEWEST_ALIGNED_ROWS:
            yield _first_head(items, rows[start]), rows[end] + 1
        start = end + 1


def _close(items: Sequence[Item], one: int, other: int) -> bool:
    between = items[one : other + 1]
    lines = [item for item in between if isinstance(item, Line)]
    if len(lines) < len(between) or len(lines) > _MOST_LINES_BETWEEN + 2:
        return False
    return all(_follows(a, b) for a, b in pairwise(lines))


def _follows(above: Line, below: Line) -> bool:
    step = below.baseline - above.baseline
    brief = all(len(part.text.split()) <= _PROSE_WORDS for part in below.segments())
    return 0 <= step <= _FAR_STEP * max(above.size, below.size) and brief


def _first_head(items: Sequence[Item], first_row: int) -> int:
    """Go up from the first row with values over the lines that may be its heads."""
    first = first_row
    while first > 0 and first_row - first < _MOST_HEAD_LINES:
        above, below = items[first - 1], items[first]
        if not isinstance(above, Line) or not isinstance(below, Line):
            break
        if is_printed_caption(above.text) or not _follows(above, below):
            break
        first -= 1
    # Of these only such as stand over columns, and what lies between them and the rows.
    row = items[first_row]
    heads = range(first, first_row)
    return next((i for i in heads if _stands_over_columns(items[i], row)), first_row)


def _stands_over_columns(item: Item, row: Item) -> bool:
    if not isinstance(item, Line) or not isinstance(row, Line):
        return False
    columns = len(row.segments())
    crowded = abs(len(item.segments(HEAD_GAP)) - columns) <= 1
    return len(item.segments()) > 1 or (crowded and len(item.words) <= _MOST_HEAD_WORDS * columns)


def _around(lines: Sequence[Line]) -> Box:
    boxes = [line.box for line in lines]
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
