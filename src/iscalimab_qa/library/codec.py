"""A `Source` and its parts <-> JSON, field by field, so that no offset is lost or guessed.

Fields that have their default are left out: a library holds a hundred thousand units, and
most of them have neither page nor context.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from iscalimab_qa.sources.values import (
    Block,
    Source,
    SourceMetadata,
    Span,
    Table,
    TableRow,
    TrialRecord,
)
from iscalimab_qa.units import ContextQuote, RowCell, Unit

Json = Any


def compact(value: Json) -> str:
    """Return JSON without spaces, keys sorted, ASCII only: one value, one text."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def encode_metadata(metadata: SourceMetadata) -> str:
    """Write a source's metadata as JSON."""
    return compact(asdict(metadata))


def decode_metadata(stored: str) -> SourceMetadata:
    """Read a source's metadata back, equal to what was written."""
    read: dict[str, Json] = json.loads(stored)
    trials = tuple(_trial(trial) for trial in read.pop("trials"))
    authors, notes = tuple(read.pop("authors")), tuple(read.pop("notes"))
    return SourceMetadata(**read, authors=authors, notes=notes, trials=trials)


def encode_blocks(blocks: Sequence[Block]) -> str:
    """Write a source's blocks as JSON; spans become pairs."""
    return compact([_told(block) | _table_told(block.table) for block in blocks])


def decode_blocks(stored: str) -> tuple[Block, ...]:
    """Read a source's blocks back, equal to what was written."""
    return tuple(_block(read) for read in json.loads(stored))


def encode_unit(unit: Unit) -> str:
    """Write a unit as JSON; its quotes and cells become lists."""
    told = _told(unit)
    if unit.text == unit.quote:
        del told["text"]
    return compact(told)


def decode_unit(stored: str) -> Unit:
    """Read a unit back, equal to what was written."""
    read: dict[str, Json] = json.loads(stored)
    return Unit(
        source_id=read["source_id"],
        start=read["start"],
        end=read["end"],
        quote=read["quote"],
        text=read["text"] if "text" in read else read["quote"],
        kind=read["kind"],
        section=tuple(read.get("section", ())),
        page=read.get("page"),
        context=tuple(ContextQuote(*quote) for quote in read.get("context", ())),
        cells=tuple(RowCell(*cell) for cell in read.get("cells", ())),
    )


def source_digest(source: Source) -> str:
    """Return the SHA-256 (hex) of all that a source says: equal sources, equal digests."""
    parts = [
        source.source_id,
        encode_metadata(source.metadata),
        source.text,
        encode_blocks(source.blocks),
        compact(source.warnings),
    ]
    return hashlib.sha256(compact(parts).encode("ascii")).hexdigest()


def content_key(text: str) -> str:
    """Return the SHA-256 (hex) of an encoded text: the name of its vector in the cache."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _trial(read: dict[str, Json]) -> TrialRecord:
    aliases = tuple(read.pop("aliases"))
    return TrialRecord(**read, aliases=aliases)


def _told(value: Block | Unit) -> dict[str, Json]:
    """Return the fields that do not have their default."""
    return {
        field.name: told
        for field in fields(value)
        if (told := getattr(value, field.name)) != field.default
    }


def _table_told(table: Table | None) -> dict[str, Json]:
    return {} if table is None else {"table": asdict(table)}


def _block(read: dict[str, Json]) -> Block:
    table = read.get("table")
    return Block(
        kind=read["kind"],
        start=read["start"],
        end=read["end"],
        section=tuple(read.get("section", ())),
        leads=tuple(Span(*lead) for lead in read.get("leads", ())),
        page=read.get("page"),
        table=_table(table) if table is not None else None,
    )


def _table(read: dict[str, Json]) -> Table:
    return Table(
        head=tuple(_row(row) for row in read["head"]),
        rows=tuple(_row(row) for row in read["rows"]),
        caption=_span(read["caption"]),
    )


def _row(read: dict[str, Json]) -> TableRow:
    cells = tuple(Span(*cell) for cell in read["cells"])
    return TableRow(Span(*read["span"]), cells, _span(read["group"]))


def _span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair is not None else None
