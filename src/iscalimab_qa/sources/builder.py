"""Lay a document's pieces down as one text, and remember where each piece lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from iscalimab_qa.sources.captions import names_table
from iscalimab_qa.sources.hidden import Hidden
from iscalimab_qa.sources.values import Block, BlockKind, Span, Table, TableRow

CELL_SEPARATOR = " | "
"""Between the cells of a row: readable, and a character that field texts do not use."""

_PLACE_CHARS = 60
"""Of a heading that tells where hidden text stands."""


class Cell(NamedTuple):
    """A table cell as a reader found it, and over how many columns it runs (at least 1)."""

    text: str
    columns: int = 1


class Built(NamedTuple):
    """The text, the blocks that lie in it, and what nobody sees and was left out."""

    text: str
    blocks: tuple[Block, ...]
    hidden: tuple[Hidden, ...] = ()


class SourceBuilder:
    """Collects headings, paragraphs, list items, captions and tables in reading order.

    Readers hand over clean strings (see `normalise`); whitespace is collapsed here, so a
    block is always one line of the text and empty pieces leave no trace.
    """

    def __init__(self) -> None:
        """Begin with an empty text."""
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._headings: list[tuple[int, str]] = []
        self._items: list[tuple[int, Span]] = []
        self._intro: Span | None = None
        self._caption: Span | None = None
        self._page: int | None = None
        self._hidden: list[Hidden] = []

    def turn_page(self, page: int) -> None:
        """Give every block from here on the 1-based page number."""
        self._page = page

    def heading(self, text: str, level: int) -> None:
        """Open a section; it closes the sections of the same or a deeper level (1 is top)."""
        text = _collapse(text)
        if not text:
            return
        self._headings = [(depth, head) for depth, head in self._headings if depth < level]
        # A heading's own path ends above it: it introduces its section, it does not lie in it.
        span = self._block("heading", text, gap="\n\n")
        self._headings.append((level, text))
        self._forget_list()
        # "Table 2: Safety" as a heading is both the section and the caption of its table.
        self._caption = span if names_table(text) else None

    def paragraph(self, text: str, kind: BlockKind = "paragraph") -> None:
        """Add running text, or one line of a kind that has no structure of its own."""
        text = _collapse(text)
        if not text:
            return
        span = self._block(kind, text, gap="\n\n")
        if kind == "caption":
            # The caption of a figure must not pass to the next table; the line that introduces
            # a table may stand above its caption.
            self._items = []
            self._caption = span if names_table(text) else None
            return
        self._forget_list()
        if kind == "paragraph" and text.endswith(":"):
            self._intro = span

    def list_item(self, text: str, depth: int = 0, kind: BlockKind = "list_item") -> None:
        """Add an item; items of a smaller depth above it, and a line ending in ':', lead it."""
        text = _collapse(text)
        if not text:
            return
        self._items = [(level, span) for level, span in self._items if level < depth]
        intro = (self._intro,) if self._intro else ()
        leads = (*intro, *(span for _, span in self._items))
        first = not self._blocks or self._blocks[-1].kind not in {"list_item", "reference"}
        marker = "  " * depth + "- "
        span = self._block(kind, text, gap=("\n\n" if first else "\n") + marker, leads=leads)
        self._items.append((depth, span))

    def table(
        self, head: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]], caption: str = ""
    ) -> None:
        """Add a table; a row whose only filled cell is its first becomes a group head.

        Args:
            head: Rows of column heads, possibly none.
            rows: Rows of cells. Short rows are filled up with empty cells, rows without a
                word are left out.
            caption: Words above the table; when empty, the last caption or heading before it
                that names a table ("Table 2: ...").
        """
        caption = _collapse(caption)
        if caption:
            self.paragraph(caption, kind="caption")
            self._caption = self._last_span()
        head, rows = _with_words(head), _with_words(rows)
        width = max((_width(row) for row in [*head, *rows]), default=0)
        if width == 0:
            return
        leads = (self._intro,) if self._intro and self._stands_right_above(self._intro) else ()
        self._append("\n\n" if self._parts else "")
        start = self._length
        head_rows = [self._row(row, width, first=index == 0) for index, row in enumerate(head)]
        laid = [
            self._row(row, width, first=not head and index == 0) for index, row in enumerate(rows)
        ]
        table = Table(head=tuple(head_rows), rows=_grouped(laid, width), caption=self._caption)
        self._blocks.append(
            Block("table", start, self._length, self._section(), leads, self._page, table)
        )
        self._forget_list()
        self._caption = None

    def attach_caption_below(self, text: str) -> None:
        """Add a caption that stands under the last block, which is a table without one."""
        text = _collapse(text)
        if not text:
            return
        block = self._blocks[-1] if self._blocks else None
        self.paragraph(text, kind="caption")
        self._caption = None
        if block and block.table and block.table.caption is None:
            table = replace(block.table, caption=self._last_span())
            self._blocks[-2] = replace(block, table=table)

    def hide(self, how: str, text: str) -> None:
        """Remember words that nobody sees, `how` that comes about, and where they stand."""
        text = _collapse(text)
        if not text:
            return
        where = f"page {self._page}" if self._page is not None else ""
        if self._headings and not where:
            where = f"under “{self._headings[-1][1][:_PLACE_CHARS]}”"
        self._hidden.append(Hidden(how, text, where))

    def build(self) -> Built:
        """Return the text and its blocks."""
        return Built("".join(self._parts), tuple(self._blocks), tuple(self._hidden))

    def _stands_right_above(self, span: Span) -> bool:
        """Tell whether nothing but captions has been added since."""
        above = [block for block in self._blocks[-3:] if block.kind != "caption"]
        return bool(above) and above[-1].start == span.start

    def _last_span(self) -> Span:
        return Span(self._blocks[-1].start, self._blocks[-1].end)

    def _section(self) -> tuple[str, ...]:
        return tuple(head for _, head in self._headings)

    def _forget_list(self) -> None:
        self._items = []
        self._intro = None

    def _append(self, text: str) -> Span:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length)

    def _block(self, kind: BlockKind, text: str, *, gap: str, leads: tuple[Span, ...] = ()) -> Span:
        self._append(gap if self._parts else gap.lstrip("\n"))
        span = self._append(text)
        self._blocks.append(Block(kind, *span, self._section(), leads, self._page))
        return span

    def _row(self, row: Sequence[Cell], width: int, *, first: bool) -> TableRow:
        if not first:
            self._append("\n")
        start = self._length
        cells: list[Span] = []
        filled = [*row, *[Cell("")] * (width - _width(row))]
        last_text = max((i for i, cell in enumerate(filled) if cell.text.strip()), default=0)
        for index, cell in enumerate(filled):
            if 0 < index <= last_text:
                self._append(CELL_SEPARATOR)
            text = _collapse(cell.text) if index <= last_text else ""
            cells.extend([self._append(text)] * cell.columns)
        return TableRow(Span(start, self._length), tuple(cells))


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _with_words(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    return [row for row in rows if any(cell.text.strip() for cell in row)]


def _width(row: Sequence[Cell]) -> int:
    return sum(cell.columns for cell in row)


def _grouped(rows: Sequence[TableRow], width: int) -> tuple[TableRow, ...]:
    """Take the section rows out of the data rows and bind each to the rows below it.

    A row without a label has that of the row above it, as a cell over several rows would give it:
    "Pain | day 0 | 4.1" and below it " | day 7 | 2.9".
    """
    kept: list[TableRow] = []
    group: Span | None = None
    label: Span | None = None
    for index, row in enumerate(rows):
        first = row.cells[0]
        filled = {span for span in row.cells if span.end > span.start}
        is_group = width > 1 and filled == {first} and index + 1 < len(rows)
        if is_group:
            group, label = first, None
            continue
        if first in filled:
            label = first
        cells = (label, *row.cells[1:]) if label and len(filled) > 1 else row.cells
        kept.append(replace(row, cells=cells, group=group))
    return tuple(kept)
