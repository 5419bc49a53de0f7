"""The values a reader yields: a source, its blocks, its tables, its bibliographic data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

SourceKind = Literal[
    "randomised_trial",
    "open_label_trial",
    "post_hoc_analysis",
    "preclinical_study",
    "registry_record",
    "conference_abstract",
    "review",
    "press_release",
    "news",
    "web_page",
    "vendor_page",
    "note",
    "document",
]
"""What a source is. `document` is a user's file that does not say; `note` is a curator's."""

TextKind = Literal["original", "digest"]
"""Whether the text is the source's own or our summary of it."""

ReadFrom = Literal["full text", "abstract", "registry", "secondary"]
"""What the writer of a digest had before them."""

TrialStatus = Literal[
    "recruiting", "ongoing", "completed", "terminated", "discontinued", "withdrawn", "unknown"
]

BlockKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "caption",
    "table",
    "reference",
    "note",
    "boilerplate",
    "suspicious",
]
"""What a block is. `boilerplate` stays in the text and is never indexed; `reference` is a line
of the source's own reference list; `note` is a curator's remark about a document;
`suspicious` gives orders to whoever reads it, and is kept out of index and answers."""


class Span(NamedTuple):
    """Half-open character range [start, end) of `Source.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """What a source's metadata says of one trial, and where that is said.

    `trial_id` is a registry number (NCT, EudraCT), or the acronym or company code where no
    number is known; `aliases` are its other names. `status_date` is ISO 8601, to the day,
    month or year. `status_source` names who says so: a source id or an address.
    """

    trial_id: str
    aliases: tuple[str, ...] = ()
    indication: str | None = None
    phase: str | None = None
    status: TrialStatus | None = None
    status_date: str | None = None
    reason: str | None = None
    status_source: str | None = None


@dataclass(frozen=True, slots=True)
class SourceMetadata:
    """Bibliographic data, from front matter, a sidecar, or the document itself.

    `tier` runs from 1 (randomised trial in a journal) to 10 (vendor page); None is
    unclassified. `published` and `accessed` are ISO 8601, to the day, month or year.
    """

    title: str
    kind: SourceKind = "document"
    authors: tuple[str, ...] = ()
    container: str | None = None
    published: str | None = None
    doi: str | None = None
    pmid: str | None = None
    trials: tuple[TrialRecord, ...] = ()
    url: str | None = None
    tier: int | None = None
    text_kind: TextKind = "original"
    read_from: ReadFrom | None = None
    accessed: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table as it stands in the text.

    `cells` holds one span a column; a cell that runs over several columns stands once in
    the text and its span is repeated; an empty cell is an empty span. The first is the label, which
    lies in a row above where this one has none. `group` is the section row ("Secondary endpoints")
    under which the row stands.
    """

    span: Span
    cells: tuple[Span, ...]
    group: Span | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose every cell can be found again in the text.

    `head` holds the column heads, one row for a simple head, several for a stacked one,
    none where the table has no head. `caption` lies outside the table's own lines.
    """

    head: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    caption: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of structure: `source.text[start:end]` is its text, without list markers.

    `section` is the heading path above it. `leads` are the lines that introduce it, outermost
    first: the parent items of a nested list, a paragraph that ends in a colon. `page` is
    1-based, None where the format has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()
    leads: tuple[Span, ...] = ()
    page: int | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the library knows it.

    `text` is the normalised, readable full text; every offset anywhere refers to it.
    `blocks` lie in order and do not overlap. `warnings` say what was read with loss.
    """

    source_id: str
    metadata: SourceMetadata
    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = field(default=())
