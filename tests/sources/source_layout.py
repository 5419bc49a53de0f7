"""How tests look at what a reader has laid down."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from iscalimab_qa.sources.builder import Built
from iscalimab_qa.sources.values import Block, Span, Table, TableRow

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name: str) -> str:
    return (FIXTURES / name).read_text(encoding="utf-8")


def words(built: Built, span: Span | Block | None) -> str | None:
    return None if span is None else built.text[span.start : span.end]


def laid(built: Built, *kinds: str) -> list[str]:
    """Return the words of the blocks of some kinds, or of all."""
    return [str(words(built, b)) for b in built.blocks if not kinds or b.kind in kinds]


def kinds(text: str, blocks: Iterable[Block]) -> dict[str, str]:
    return {text[block.start : block.end]: block.kind for block in blocks}


def leads(built: Built, item: str) -> list[str | None]:
    block = next(block for block in built.blocks if words(built, block) == item)
    return [words(built, span) for span in block.leads]


def section(built: Built, line: str) -> tuple[str, ...]:
    return next(block for block in built.blocks if words(built, block) == line).section


def only_table(built: Built) -> Table:
    (table,) = [block.table for block in built.blocks if block.table]
    return table


def cells(built: Built, rows: Iterable[TableRow]) -> list[list[str | None]]:
    return [[words(built, cell) for cell in row.cells] for row in rows]


def groups(built: Built, table: Table) -> list[str | None]:
    return [words(built, row.group) for row in table.rows]


def assert_lies_well(built: Built) -> None:
    """The law of offsets: blocks in order, apart, clean; every cell within its row."""
    at = 0
    for block in built.blocks:
        assert at <= block.start < block.end <= len(built.text)
        at = block.end
        line = built.text[block.start : block.end]
        if block.table is None:
            assert line == " ".join(line.split())
        else:
            _assert_table_lies_well(built, block, block.table)
        for lead in block.leads:
            assert lead.end <= block.start
            assert built.text[lead.start : lead.end].strip()


def _assert_table_lies_well(built: Built, block: Block, table: Table) -> None:
    for row in (*table.head, *table.rows):
        assert block.start <= row.span.start <= row.span.end <= block.end
        assert all(row.span.start <= c.start <= c.end <= row.span.end for c in row.cells)
        assert "\n" not in built.text[row.span.start : row.span.end]
        if row.group is not None:
            assert block.start <= row.group.start < row.group.end <= row.span.start
    if table.caption is not None:
        assert table.caption.end <= block.start or table.caption.start >= block.end
