"""A Word document (.docx) -> text and blocks, in the order of its body.

python-docx opens the package; the body is walked as XML, because its paragraphs leave out
inserted text and content controls and its tables repeat merged cells.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from iscalimab_qa.errors import TooLargeError, UnsafeFileError
from iscalimab_qa.sources.builder import Built, SourceBuilder
from iscalimab_qa.sources.captions import is_printed_caption, names_table
from iscalimab_qa.sources.docx_hidden import note_around, take_out_hidden
from iscalimab_qa.sources.docx_styles import Role, Styles
from iscalimab_qa.sources.docx_text import SKIPPED, is_bold, is_on, paragraph_text, text_boxes
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.table_heads import GridCell, part_head

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
"""Kinds of relation, and the element of one note in the part that each leads to."""
_MAX_COLUMNS = 63
"""Word's own limit; a cell that claims to span more is an attack or an accident."""

_BYTES_PER_CHAR = 20
"""Markup and all of a heavily formatted document weigh about this much a character."""
_MEDIA_RATIO = 10
"""Pictures hardly pack; this leaves room for fonts and drawings."""
_MAX_RATIO = 200
"""Markup packs 10 to 50 fold, a bomb about 1,000 fold."""
_ALWAYS_ALLOWED = 10_000_000
"""Bytes that any document may unpack to: the styles of an empty one are near 1,000,000."""
_DTD = b"<!DOCTYPE"
_DTD_WITHIN = 4096

_MAX_BOLD_HEADING_WORDS = 12
_BOLD_HEADING_LEVEL = 8
"""Below every heading style: a bold line of its own opens a section inside the one it is in."""


class DocxRead(NamedTuple):
    """What a document holds, and the title in its properties (None without one)."""

    built: Built
    stored_title: str | None


def read_docx(data: bytes, path: Path, *, max_chars: int) -> DocxRead:
    """Read a Word document.

    Args:
        data: The whole file, known to be a zip archive.
        path: Named in errors only.
        max_chars: How much text a document may hold; what it unpacks to is bounded by it.

    Raises:
        TooLargeError: If it unpacks to more than such a document could.
        UnsafeFileError: If it is packed like a decompression bomb or brings a DTD.
    """
    # Imported here because lxml and the package's templates take a while to load.
    from docx import Document  # noqa: PLC0415

    _require_modest(data, path, max_chars)
    document = Document(io.BytesIO(data))
    builder = SourceBuilder()
    styles = Styles(document.styles.element)
    note_around(document, builder.hide)
    take_out_hidden(document.element.body, styles, builder.hide)
    _read_blocks(document.element.body, builder, styles)
    _read_notes(document, builder, styles)
    return DocxRead(builder.build(), clean_text(document.core_properties.title) or None)


def _require_modest(data: bytes, path: Path, max_chars: int) -> None:
    """Look at what the archive says it unpacks to; the zip reader holds it to that."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _ALWAYS_ALLOWED and unpacked > _MAX_RATIO * len(data):
            raise UnsafeFileError(
                path,
                f"unpacks from {len(data):,} to {unpacked:,} bytes, as a decompression bomb does",
            )
        limit = _ALWAYS_ALLOWED + _BYTES_PER_CHAR * max_chars + _MEDIA_RATIO * len(data)
        if unpacked > limit:
            raise TooLargeError(path, f"unpacks to {unpacked:,} bytes, more than {limit:,} allowed")
        for entry in archive.infolist():
            with archive.open(entry) as part:
                if _DTD in part.read(_DTD_WITHIN):
                    raise UnsafeFileError(path, "brings a document type of its own, with entities")


def _read_blocks(container: Any, builder: SourceBuilder, styles: Styles) -> None:
    nodes = list(_block_nodes(container))
    for before, node, after in zip([None, *nodes], nodes, [*nodes[1:], None], strict=False):
        if node.tag == _TABLE:
            _read_table(node, builder, styles)
            continue
        text, role = clean_text(paragraph_text(node)), styles.role(node)
        under_table = before is not None and before.tag == _TABLE
        over_table = after is not None and after.tag == _TABLE
        if is_printed_caption(text) and names_table(text) and under_table and not over_table:
            builder.attach_caption_below(text)
        else:
            _add_paragraph(node, text, role, builder)
        for box in text_boxes(node):
            _read_blocks(box, builder, styles)


def _block_nodes(container: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, also those inside content controls and tracked changes."""
    for child in container:
        if child.tag in {_PARAGRAPH, _TABLE}:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _block_nodes(child)


def _add_paragraph(node: Any, text: str, role: Role, builder: SourceBuilder) -> None:
    match role.kind:
        case "title":
            builder.heading(text, 1)
        case "heading":
            # One below the title, as in a page with one first-level heading.
            builder.heading(text, role.level + 1)
        case "list_item":
            builder.list_item(text, role.level)
        case "contents":
            builder.paragraph(text, kind="boilerplate")
        case "caption":
            builder.paragraph(text, kind="caption")
        case "text" if is_printed_caption(text):
            builder.paragraph(text, kind="caption")
        case "text" if _is_bold_heading(node, text):
            builder.heading(text, _BOLD_HEADING_LEVEL)
        case "text":
            builder.paragraph(text)


def _is_bold_heading(node: Any, text: str) -> bool:
    short = 0 < len(text.split()) <= _MAX_BOLD_HEADING_WORDS
    return short and text[-1] not in ".,;:" and is_bold(node)


def _read_table(table: Any, builder: SourceBuilder, styles: Styles) -> None:
    lines = [line for line in _inside(table, _ROW) if line.find(f"{_W}trPr/{_W}del") is None]
    grid = _grid(lines)
    if max((sum(cell.columns for cell in row) for row in grid), default=0) <= 1:
        # A frame around text, not a table.
        for line in lines:
            for cell in _inside(line, _CELL):
                _read_blocks(cell, builder, styles)
        return
    builder.table(*part_head(grid, _count_marked_heads(lines)))


def _grid(lines: list[Any]) -> list[list[GridCell]]:
    grid: list[list[GridCell]] = []
    above: dict[int, str] = {}
    for line in lines:
        skipped = _number(line.find(f"{_W}trPr/{_W}gridBefore"), 0)
        row = [GridCell("")] * skipped
        column = skipped
        for node in _inside(line, _CELL):
            columns = _number(node.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            merge = node.find(f"{_W}tcPr/{_W}vMerge")
            continues = merge is not None and merge.get(f"{_W}val") != "restart"
            text = above.get(column, "") if continues else _cell_text(node)
            row.append(GridCell(text, columns, continues))
            above[column] = text
            column += columns
        grid.append(row)
    return grid


def _count_marked_heads(lines: list[Any]) -> int:
    marked = [is_on(line.find(f"{_W}trPr"), "tblHeader") for line in lines]
    return marked.index(False) if False in marked else 0


def _cell_text(cell: Any) -> str:
    texts = (
        paragraph_text(node) if node.tag == _PARAGRAPH else _nested_text(node)
        for node in _block_nodes(cell)
    )
    return clean_text(" ".join(texts))


def _nested_text(table: Any) -> str:
    return " ".join(
        _cell_text(cell) for row in _inside(table, _ROW) for cell in _inside(row, _CELL)
    )


def _inside(container: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those in wrappers around them."""
    for child in container:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED | {_CELL, _TABLE}:
            yield from _inside(child, tag)


def _number(node: Any, default: int) -> int:
    value = "" if node is None else node.get(f"{_W}val", "")
    return min(int(value), _MAX_COLUMNS) if value.isdecimal() else default


def _read_notes(document: Any, builder: SourceBuilder, styles: Styles) -> None:
    """Append footnotes and endnotes, which Word keeps in parts of their own."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - as above

    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in _NOTES or relation.is_external:
            continue
        notes = parse_xml(relation.target_part.blob).findall(f"{_W}{_NOTES[kind]}")
        # Those with a type are the lines and marks that separate notes from the text.
        words = [note for note in notes if note.get(f"{_W}type", "normal") == "normal"]
        if words:
            builder.heading(kind.capitalize(), 1)
        for note in words:
            take_out_hidden(note, styles, builder.hide)
            _read_blocks(note, builder, styles)
