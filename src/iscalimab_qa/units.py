"""The smallest things that can be cited: sentences, and table rows read with their heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from iscalimab_qa.sentences import sentence_spans
from iscalimab_qa.sources.values import Block, Source, Span, Table, TableRow

UnitKind = Literal["sentence", "row", "reference", "note"]
"""`reference` is never evidence for a finding; `note` is evidence about a document only."""

ContextRole = Literal["caption", "group", "column", "lead", "caution"]


class ContextSpan(NamedTuple):
    """Words of the same source that a unit is read with: half-open range, and their part."""

    role: ContextRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One citable statement.

    `source.text[start:end]` is what a citation quotes: the sentence, or the row as it
    stands. `text` is how it reads on its own; it differs from the quote for rows only,
    where each cell is told with its column's head.
    """

    source_id: str
    start: int
    end: int
    text: str
    kind: UnitKind
    section: tuple[str, ...] = ()
    page: int | None = None
    context: tuple[ContextSpan, ...] = ()


def units_of(source: Source) -> list[Unit]:
    """List a source's units in reading order; boilerplate and headings yield none."""
    table_captions = {block.table.caption for block in source.blocks if block.table}
    return [
        unit
        for block in source.blocks
        if not (block.kind == "caption" and Span(block.start, block.end) in table_captions)
        for unit in _block_units(source, block)
    ]


def _block_units(source: Source, block: Block) -> Iterable[Unit]:
    match block.kind:
        case "heading" | "boilerplate":
            return ()
        case "table":
            return _rows(source, block, "row")
        case "reference":
            return [_unit(source, block, block.start, block.end, "reference")]
        case "note":
            listed = _rows if block.table else _sentences
            return listed(source, block, "note")
        case _:
            return _sentences(source, block, "sentence")


def _unit(source: Source, block: Block, start: int, end: int, kind: UnitKind) -> Unit:
    leads = tuple(ContextSpan("lead", *lead) for lead in block.leads)
    text = source.text[start:end]
    return Unit(source.source_id, start, end, text, kind, block.section, block.page, leads)


def _sentences(source: Source, block: Block, kind: UnitKind) -> Iterator[Unit]:
    for start, end in sentence_spans(source.text[block.start : block.end]):
        yield _unit(source, block, block.start + start, block.start + end, kind)


def _rows(source: Source, block: Block, kind: UnitKind) -> Iterator[Unit]:
    assert block.table is not None  # noqa: S101  (a table block carries its table)
    for row in block.table.rows:
        yield Unit(
            source.source_id,
            *row.span,
            text=row_text(source.text, block.table, row),
            kind=kind,
            section=block.section,
            page=block.page,
            context=_row_context(block.table, row),
        )


def _row_context(table: Table, row: TableRow) -> tuple[ContextSpan, ...]:
    caption = [ContextSpan("caption", *table.caption)] if table.caption else []
    group = [ContextSpan("group", *row.group)] if row.group else []
    heads = dict.fromkeys(
        span for head in table.head for span in head.cells if span.end > span.start
    )
    return (*caption, *group, *(ContextSpan("column", *span) for span in heads))


def row_text(text: str, table: Table, row: TableRow) -> str:
    """Read a row as a sentence: its label, then each cell behind its column's head.

    "Improvement in UPCR | 63.1% | 36.3%" under "Endpoint | Drug (n=39) | Placebo (n=18)"
    reads "Improvement in UPCR: Drug (n=39) 63.1%; Placebo (n=18) 36.3%". Without a head
    the cells follow one another.
    """
    label, *cells = (text[span.start : span.end] for span in row.cells)
    told = [
        f"{head} {cell}".strip()
        for head, cell in zip(column_heads(text, table)[1:], cells, strict=True)
        if cell
    ]
    if not told:
        return label
    return f"{label}: {'; '.join(told)}" if label else "; ".join(told)


def column_heads(text: str, table: Table) -> list[str]:
    """Return each column's head, stacked heads joined from the top, repeats said once."""
    width = len(table.rows[0].cells) if table.rows else 0
    stacked = [dict.fromkeys(head.cells[i] for head in table.head) for i in range(width)]
    return [
        " ".join(text[span.start : span.end] for span in spans if span.end > span.start)
        for spans in stacked
    ]
