"""The smallest things that can be cited: sentences, and table rows read with their heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from iscalimab_qa.sentences import sentence_spans
from iscalimab_qa.sources.values import Block, Source, Span, Table, TableRow

UnitKind = Literal["sentence", "row", "reference", "note", "suspicious"]
"""`reference` is never evidence for a finding; `note` is evidence about a document only;
`suspicious` gives orders to its reader and lies in no passage: it is evidence for nothing."""

ContextRole = Literal["caption", "group", "column", "lead", "question"]


class ContextQuote(NamedTuple):
    """Words of the same source that a unit is read with: `source.text[start:end] == quote`."""

    role: ContextRole
    start: int
    end: int
    quote: str


MOST_ANSWERS = 6
"""Sentences behind a printed question that answer it: a paragraph of a leaflet."""

SHORT_HEAD = 3
"""Words of a column's head after which a reader still sees where the cell begins."""


class RowCell(NamedTuple):
    """One filled cell of a row and the head of its column, empty where there is none."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One citable statement.

    `quote` is what a citation quotes, `source.text[start:end]`: the sentence, or the row as
    it stands. `text` is how it reads on its own; it differs from the quote for rows only,
    where each cell is told with its column's head. `cells` are a row's cells, the first of
    them its label, which may be empty.
    """

    source_id: str
    start: int
    end: int
    quote: str
    text: str
    kind: UnitKind
    section: tuple[str, ...] = ()
    page: int | None = None
    context: tuple[ContextQuote, ...] = ()
    cells: tuple[RowCell, ...] = ()

    @property
    def words(self) -> str:
        """The unit with all that it is read with, for matching."""
        return " ".join([*(piece.quote for piece in self.context), self.text])


def units_of(source: Source) -> list[Unit]:
    """List a source's units in reading order; boilerplate and headings yield none."""
    table_captions = {block.table.caption for block in source.blocks if block.table}
    units = (
        list(_block_units(source, block))
        for block in source.blocks
        if not (block.kind == "caption" and Span(block.start, block.end) in table_captions)
    )
    return list(_answering(units))


def is_question(unit: Unit) -> bool:
    """Whether a unit asks: it may be what a reader asks, and is never what answers."""
    return unit.kind == "sentence" and unit.quote.rstrip("\"'”’»)]* ").endswith("?")


def _answering(blocks: Iterable[Sequence[Unit]]) -> Iterator[Unit]:
    """Give sentences behind a printed question ("Q: Does it hurt?") that question to read with.

    One that ends its block is answered by the blocks behind it, up to the next heading; any
    other by the rest of its own block.
    """
    asked: Unit | None = None
    left = 0
    for block in blocks:
        for unit in block:
            if is_question(unit):
                asked, left = unit, MOST_ANSWERS + 1
            left -= 1
            yield _read_with(unit, asked) if asked and left >= 0 else unit
        if asked in block and asked is not block[-1]:
            asked = None


def _read_with(unit: Unit, asked: Unit) -> Unit:
    if unit is asked or unit.section != asked.section:
        return unit
    piece = ContextQuote("question", asked.start, asked.end, asked.quote)
    return replace(unit, context=(*unit.context, piece))


def _block_units(source: Source, block: Block) -> Iterable[Unit]:
    match block.kind:
        case "heading" | "boilerplate":
            return ()
        case "table":
            return _rows(source, block, "row")
        case "reference":
            return [_unit(source, block, block.start, block.end, "reference")]
        case "suspicious":
            return _sentences(source, block, "suspicious")
        case "note":
            listed = _rows if block.table else _sentences
            return listed(source, block, "note")
        case _:
            return _sentences(source, block, "sentence")


def _unit(source: Source, block: Block, start: int, end: int, kind: UnitKind) -> Unit:
    leads = tuple(_context(source.text, "lead", lead) for lead in block.leads)
    text = source.text[start:end]
    return Unit(source.source_id, start, end, text, text, kind, block.section, block.page, leads)


def _context(text: str, role: ContextRole, span: Span) -> ContextQuote:
    return ContextQuote(role, *span, text[span.start : span.end])


def _sentences(source: Source, block: Block, kind: UnitKind) -> Iterator[Unit]:
    for start, end in sentence_spans(source.text[block.start : block.end]):
        yield _unit(source, block, block.start + start, block.start + end, kind)


def _rows(source: Source, block: Block, kind: UnitKind) -> Iterator[Unit]:
    assert block.table is not None  # noqa: S101  (a table block carries its table)
    for row in block.table.rows:
        cells = _row_cells(source.text, block.table, row)
        yield Unit(
            source.source_id,
            *row.span,
            quote=source.text[row.span.start : row.span.end],
            text=row_text(cells),
            kind=kind,
            section=block.section,
            page=block.page,
            context=_row_context(source.text, block.table, row),
            cells=cells,
        )


def _row_cells(text: str, table: Table, row: TableRow) -> tuple[RowCell, ...]:
    """Return the label and the filled cells; a cell over several columns counts once."""
    heads = column_heads(text, table)
    by_span: dict[Span, list[str]] = {}
    for head, span in zip(heads, row.cells, strict=True):
        by_span.setdefault(span, []).append(head)
    label, *rest = by_span.items()
    return tuple(
        RowCell(" / ".join(filter(None, dict.fromkeys(names))), text[span.start : span.end])
        for span, names in [label, *(item for item in rest if item[0].end > item[0].start)]
    )


def _row_context(text: str, table: Table, row: TableRow) -> tuple[ContextQuote, ...]:
    heads = dict.fromkeys(
        span for head in table.head for span in head.cells if span.end > span.start
    )
    label = row.cells[0]
    read_with: list[tuple[ContextRole, Span | None]] = [
        ("caption", table.caption),
        ("group", row.group),
        ("group", None if row.span.start <= label.start <= row.span.end else label),
        *(("column", span) for span in heads),
    ]
    return tuple(_context(text, role, span) for role, span in read_with if span)


def row_text(cells: Sequence[RowCell]) -> str:
    """Read a row as a sentence: its label, then each cell behind its column's head.

    "Improvement in UPCR | 63.1% | 36.3%" under "Endpoint | Drug (n=39) | Placebo (n=18)"
    reads "Improvement in UPCR: Drug (n=39) 63.1%; Placebo (n=18) 36.3%". Without a head
    the cells follow one another; behind a head of many words a colon shows where it ends.
    """
    label, *rest = cells
    told = "; ".join(_cell_text(cell) for cell in rest)
    return ": ".join(filter(None, [label.text, told]))


def _cell_text(cell: RowCell) -> str:
    runs_on = len(cell.head.split()) > SHORT_HEAD and not cell.head.endswith((")", ":"))
    return f"{cell.head}{':' if runs_on else ''} {cell.text}".strip()


def column_heads(text: str, table: Table) -> list[str]:
    """Return each column's head, stacked heads joined from the top, repeats said once."""
    width = len(table.rows[0].cells) if table.rows else 0
    stacked = [dict.fromkeys(head.cells[i] for head in table.head) for i in range(width)]
    return [
        " ".join(text[span.start : span.end] for span in spans if span.end > span.start)
        for spans in stacked
    ]
