"""An HTML table -> rows of cells, with spans over columns and rows resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from iscalimab_qa.sources.builder import Cell
from iscalimab_qa.sources.captions import names_table
from iscalimab_qa.sources.html_inline import inline_text, is_shown, tag_of
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.table_heads import count_head_rows

_MOST_COLUMNS = 200
"""Bounds what `colspan` can blow a row up to; the widest tables in print have a few dozen."""

_LONGEST_CELL = 1_000
"""Characters; a longer cell holds a part of the page, so that the table is its layout."""


class HtmlTable(NamedTuple):
    """A data table: `notes` are the lines that run over its whole width at its foot."""

    head: list[list[Cell]]
    rows: list[list[Cell]]
    caption: str
    notes: list[str]


class _Row(NamedTuple):
    cells: list[Cell]
    is_head: bool
    is_foot: bool


def read_table(table: Any) -> HtmlTable | None:
    """Read a table element; None where the table only lays out the page."""
    trs = list(_table_rows(table))
    cells = [[cell for cell in tr if tag_of(cell) in {"td", "th"} and is_shown(cell)] for tr in trs]
    if _is_layout(table, cells):
        return None
    caption = clean_text(" ".join(inline_text(one) for one in table if tag_of(one) == "caption"))
    rows = _laid(trs, cells)
    if rows and not caption and _runs_across(rows[0].cells) and names_table(rows[0].cells[0].text):
        caption, rows = rows[0].cells[0].text, rows[1:]
    body = [row for row in rows if not row.is_foot] + [row for row in rows if row.is_foot]
    notes = [row.cells[0].text for row in takewhile(_is_note, reversed(body))][::-1]
    body = body[: len(body) - len(notes)]
    count = _count_head(body)
    return HtmlTable(
        [row.cells for row in body[:count]], [row.cells for row in body[count:]], caption, notes
    )


def _table_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if not is_shown(child):
            continue
        if tag_of(child) == "tr":
            yield child
        elif tag_of(child) in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if tag_of(row) == "tr" and is_shown(row))


def _is_layout(table: Any, rows: Sequence[Sequence[Any]]) -> bool:
    if table.get("role", "").lower() in {"presentation", "none"}:
        return True
    if max((len(row) for row in rows), default=0) < 2:  # noqa: PLR2004 - no columns, no table
        return True
    if next(table.iterdescendants("table", "h1", "h2", "article", "main"), None) is not None:
        return True
    return any(len(inline_text(cell)) > _LONGEST_CELL for row in rows for cell in row)


def _laid(trs: Sequence[Any], rows: Sequence[Sequence[Any]]) -> list[_Row]:
    """Give every cell its columns; what spans rows is said again in each of them."""
    width = _width(rows)
    waiting: dict[int, tuple[int, Cell]] = {}
    laid = []
    for index, (tr, elements) in enumerate(zip(trs, rows, strict=True)):
        part = tag_of(tr.getparent())
        is_head = part == "thead"
        cells = _lay_row(elements, waiting, width, len(rows) - index, repeat=not is_head)
        only_heads = len(elements) > 1 and all(tag_of(cell) == "th" for cell in elements)
        laid.append(_Row(cells, is_head or only_heads, part == "tfoot"))
    return laid


def _lay_row(
    elements: Sequence[Any],
    waiting: dict[int, tuple[int, Cell]],
    width: int,
    rows_left: int,
    *,
    repeat: bool,
) -> list[Cell]:
    row: list[Cell] = []
    column = 0
    pending = iter(elements)
    while column < width:
        if column in waiting:
            left, cell = waiting.pop(column)
            if left > 1:
                waiting[column] = (left - 1, cell)
            # A column head that is two rows high is one head, not one above itself.
            row.append(cell if repeat else Cell("", cell.columns))
        else:
            element = next(pending, None)
            if element is None and not any(at > column for at in waiting):
                break
            cell = Cell("") if element is None else _cell(element, width - column)
            rows = 1 if element is None else min(_span(element, "rowspan"), rows_left)
            if rows > 1:
                waiting[column] = (rows - 1, cell)
            row.append(cell)
        column += cell.columns
    return row


def _cell(element: Any, most_columns: int) -> Cell:
    return Cell(clean_text(inline_text(element)), min(_span(element, "colspan"), most_columns))


def _span(element: Any, name: str) -> int:
    text = element.get(name, "1").strip()
    return max(1, int(text)) if text.isdecimal() and len(text) <= 5 else 1  # noqa: PLR2004


def _width(rows: Sequence[Sequence[Any]]) -> int:
    """Count the columns; a row of one cell often claims more than there are."""
    counted = [row for row in rows if len(row) > 1] or rows
    widths = (sum(_span(cell, "colspan") for cell in row) for row in counted)
    return min(max(widths, default=0), _MOST_COLUMNS)


def _runs_across(cells: Sequence[Cell]) -> bool:
    return len(cells) == 1


def _is_note(row: _Row) -> bool:
    return _runs_across(row.cells) and bool(row.cells[0].text)


def _count_head(rows: Sequence[_Row]) -> int:
    marked = len(list(takewhile(lambda row: row.is_head, rows)))
    return marked if marked else count_head_rows([row.cells for row in rows])
