"""Cut a source into passages along its structure, each within the encoder's reach.

A passage is a LangChain `Document` whose text is one contiguous stretch of the source. It
never crosses a heading, never holds boilerplate or suspicious text, and never mixes evidence
with reference lists or a curator's notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NotRequired, TypedDict

from langchain_core.documents import Document

from iscalimab_qa.sentences import sentence_spans
from iscalimab_qa.sources.values import Block, Source, Span
from iscalimab_qa.units import Unit

SPLITTER_ID = "structure-3"
"""Names this way of cutting, and of telling the encoder where passages and units stand; an index
built with another one is refused."""

HEAD_TOKENS = 64
"""At most this much of the encoder's reach goes to title, heading path and table heads."""

_APART = {"reference": "reference", "note": "note"}
"""Block kinds that never share a passage with evidence."""

_NOT_INDEXED = frozenset({"heading", "boilerplate", "suspicious"})

_NO_EVIDENCE = frozenset({"reference", "suspicious"})
"""Unit kinds that are never cited, and so have no vector."""

TokenCounter = Callable[[str], int]


class PassageMetadata(TypedDict):
    """What travels with a passage; optional keys are absent rather than None.

    `end` is exclusive, offsets count characters of the source's text. `page` is 1-based.
    `content` is `evidence`, `reference` (a reference list) or `note` (a curator's).
    """

    source_id: str
    start: int
    end: int
    title: str
    kind: str
    text_kind: str
    content: str
    section: str
    page: NotRequired[int]
    trials: NotRequired[list[str]]
    published: NotRequired[str]
    tier: NotRequired[int]
    doi: NotRequired[str]
    pmid: NotRequired[str]
    url: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and the words that are encoded and indexed for it.

    `document.page_content == source.text[start:end]`; `encoded` puts the heading path and,
    for a piece of a table, its caption and column heads before it.
    """

    document: Document
    encoded: str


@dataclass(frozen=True, slots=True)
class EncodedUnit:
    """A unit and the words that are encoded for it; None for one that is never cited."""

    unit: Unit
    encoded: str | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, or a part of one that is too long for a single passage."""

    block: Block
    start: int
    end: int


def split_source(source: Source, *, count_tokens: TokenCounter, max_tokens: int) -> list[Passage]:
    """Cut a source into passages.

    Args:
        source: What a reader returned.
        count_tokens: Tokens the encoder makes of a text, its special tokens included.
        max_tokens: Where the encoder stops reading; no passage's `encoded` is longer.

    Returns:
        Passages in reading order, never overlapping; together they hold every block that
        is neither heading, boilerplate nor suspicious.
    """
    room = max_tokens - HEAD_TOKENS
    return [
        _passage(source, run, count_tokens)
        for group in _same_section(source.blocks)
        for run in _packed(source.text, group, count_tokens, room)
    ]


def encoded_units(
    source: Source, units: Sequence[Unit], *, count_tokens: TokenCounter
) -> list[EncodedUnit]:
    """Say what is encoded for each unit: title, heading path, and the unit as it reads alone.

    A sentence rarely names the drug, trial or disease that its document is about. A unit
    beyond the encoder's reach is cut by the encoder.
    """
    title = source.metadata.title

    @cache
    def head(section: tuple[str, ...]) -> str:
        path = section if title in section else (title, *section)
        return _shortened([part for part in path if part], count_tokens)

    return [
        EncodedUnit(
            unit,
            None if unit.kind in _NO_EVIDENCE else f"{head(unit.section)}\n{_asked(unit)}".strip(),
        )
        for unit in units
    ]


def _asked(unit: Unit) -> str:
    """Return a unit's words behind the printed question that they answer, if any."""
    return " ".join([*(p.quote for p in unit.context if p.role == "question"), unit.text])


def _same_section(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield runs of neighbouring blocks that may share a passage."""
    run: list[Block] = []
    for block in blocks:
        open_to = run and _shareable(run[-1], block)
        if run and not open_to:
            yield run
            run = []
        if block.kind not in _NOT_INDEXED:
            run.append(block)
    if run:
        yield run


def _shareable(left: Block, right: Block) -> bool:
    return (
        right.kind not in _NOT_INDEXED
        and left.section == right.section
        and left.page == right.page
        and _APART.get(left.kind) == _APART.get(right.kind)
    )


def _packed(
    text: str, blocks: Sequence[Block], count_tokens: TokenCounter, room: int
) -> Iterator[list[_Piece]]:
    """Yield pieces that fit together, filling each passage before the next is opened."""
    run: list[_Piece] = []
    for block in blocks:
        for piece in _pieces(text, block, count_tokens, room):
            if run and count_tokens(text[run[0].start : piece.end]) > room:
                yield run
                run = []
            run.append(piece)
    if run:
        yield run


def _pieces(text: str, block: Block, count_tokens: TokenCounter, room: int) -> Iterator[_Piece]:
    """Yield the block whole when it fits, else its rows or sentences packed to the room."""
    if count_tokens(text[block.start : block.end]) <= room:
        yield _Piece(block, block.start, block.end)
        return
    atoms = [
        part for atom in _atoms(text, block) for part in _short(text, atom, count_tokens, room)
    ]
    start = atoms[0].start
    for left, right in pairwise(atoms):
        if count_tokens(text[start : right.end]) > room:
            yield _Piece(block, start, left.end)
            start = right.start
    yield _Piece(block, start, atoms[-1].end)


def _atoms(text: str, block: Block) -> list[Span]:
    if block.table:
        lines = [*(row.span for row in block.table.head), *(row.span for row in block.table.rows)]
        groups = {row.group for row in block.table.rows if row.group}
        return sorted({*lines, *groups})
    spans = sentence_spans(text[block.start : block.end])
    return [Span(block.start + start, block.start + end) for start, end in spans]


def _short(text: str, atom: Span, count_tokens: TokenCounter, room: int) -> list[Span]:
    """Halve an atom at a space near its middle until every part fits."""
    if count_tokens(text[atom.start : atom.end]) <= room or atom.end - atom.start == 1:
        return [atom]
    middle = (atom.start + atom.end) // 2
    cut = text.rfind(" ", atom.start + 1, middle + 1)
    left_end, right_start = (cut, cut + 1) if cut > 0 else (middle, middle)
    return [
        part
        for half in (Span(atom.start, left_end), Span(right_start, atom.end))
        for part in _short(text, half, count_tokens, room)
    ]


def _passage(source: Source, run: Sequence[_Piece], count_tokens: TokenCounter) -> Passage:
    start, end, block = run[0].start, run[-1].end, run[0].block
    text = source.text[start:end]
    document = Document(
        id=f"{source.source_id}#{start}-{end}",
        page_content=text,
        metadata=dict(_metadata(source, block, start, end)),
    )
    head = _head(source, run, count_tokens)
    return Passage(document, f"{head}\n{text}" if head else text)


def _metadata(source: Source, block: Block, start: int, end: int) -> PassageMetadata:
    meta = source.metadata
    found = PassageMetadata(
        source_id=source.source_id,
        start=start,
        end=end,
        title=meta.title,
        kind=meta.kind,
        text_kind=meta.text_kind,
        content=_APART.get(block.kind, "evidence"),
        section=" > ".join(block.section),
    )
    if block.page is not None:
        found["page"] = block.page
    if meta.trials:
        found["trials"] = [trial.trial_id for trial in meta.trials]
    if meta.tier is not None:
        found["tier"] = meta.tier
    if meta.published:
        found["published"] = meta.published
    if meta.doi:
        found["doi"] = meta.doi
    if meta.pmid:
        found["pmid"] = meta.pmid
    if meta.url:
        found["url"] = meta.url
    return found


def _head(source: Source, run: Sequence[_Piece], count_tokens: TokenCounter) -> str:
    """Say where the passage stands: heading path, and heads that lie outside of it."""
    return _shortened([*run[0].block.section, *_missing_heads(source, run)], count_tokens)


def _shortened(parts: Sequence[str], count_tokens: TokenCounter) -> str:
    """Join headings; the innermost says most, so what is too long loses its outer end."""
    while parts and count_tokens(". ".join(parts)) > HEAD_TOKENS:
        parts = parts[1:]
    return ". ".join(parts)


def _missing_heads(source: Source, run: Sequence[_Piece]) -> list[str]:
    """Return caption, column heads and leads that the first piece is read with but lacks."""
    piece = run[0]
    outside = [*piece.block.leads]
    if piece.block.table:
        table = piece.block.table
        outside += [table.caption] if table.caption else []
        outside += [row.span for row in table.head]
    return [source.text[span.start : span.end] for span in outside if span.end <= piece.start]
