"""A PDF -> text and blocks with page numbers.

PDFium reads the characters, pdfplumber the rulings of tables; what belongs together is told
from where it stands on the page. A page passes through: characters and rules (`pdf_page`),
lines (`pdf_lines`), tables (`pdf_tables`, `pdf_aligned`), running lines out (`pdf_running`),
paragraphs (`pdf_paragraphs`), headings, captions and lists (`pdf_roles`).
"""

from __future__ import annotations

import base64
import re
import threading
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from iscalimab_qa.errors import NoTextError, TooLargeError, UnreadableFileError, UnsafeFileError
from iscalimab_qa.sources.builder import Built, SourceBuilder
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.pdf_lines import Line
from iscalimab_qa.sources.pdf_page import RawPage, read_raw_page
from iscalimab_qa.sources.pdf_paragraphs import (
    Block,
    Paragraph,
    PlacedTable,
    paragraphs_of,
    typography_of,
    without_bullet,
)
from iscalimab_qa.sources.pdf_roles import Outline
from iscalimab_qa.sources.pdf_running import PageItems, without_running_lines
from iscalimab_qa.sources.pdf_tables import Item, Plumber, page_items, with_aligned_tables
from iscalimab_qa.sources.table_heads import GridCell, part_head
from iscalimab_qa.sources.unwrap import join_lines

_PDFIUM = threading.Lock()
"""PDFium is not safe to call from two threads, even for two documents."""
_WRONG_PASSWORD = 4

_BYTES_PER_CHAR = 20
"""Operators, positions and fonts of a page weigh about 5 bytes a character of its text."""
_UNPACK_STEP = 1_000_000
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DICTIONARY_BYTES = 1_000

_NEEDS_OCR = "it needs OCR first (for example with ocrmypdf)"
_FEWEST_LETTERS_A_PAGE = 15
"""A scan may carry a stamp of a few words; a page of text has a hundred times as many."""
_MOST_UNMAPPED = 0.3
_MOST_CHARS_A_PAGE = 100_000
"""A poster has 20,000. Each costs half a kilobyte until its page is read."""

_NO_TITLE = re.compile(
    r"microsoft \w+ - .*|untitled.*|.*\.(?:docx?|pdf|indd|tex|dvi|qxd|rtf)|\S*", re.IGNORECASE
)
"""What programs write into the title property of a file that nobody named."""


_PROPERTIES = ("Title", "Subject", "Keywords", "Author")


class PdfRead(NamedTuple):
    """What a PDF holds, its title as its first page or its properties have it, what was lost."""

    built: Built
    title: str | None
    warnings: tuple[str, ...]


class _Tally(NamedTuple):
    """What was counted on a page."""

    number: int
    chars: int
    letters: int
    unmapped: int
    pictures: int


class _Opened(NamedTuple):
    """What is read while PDFium is locked."""

    pages: list[PageItems]
    tallies: list[_Tally]
    stored_title: str
    warnings: list[str]
    hidden: list[tuple[int | None, str, str]]


def read_pdf(data: bytes, path: Path, *, max_chars: int) -> PdfRead:
    """Read a PDF.

    Args:
        data: The whole file, known to start like a PDF.
        path: Named in errors only.
        max_chars: How much text a document may hold; what it unpacks to is bounded by it.

    Raises:
        NoTextError: If it is a scan, or its fonts do not say which characters they show.
        TooLargeError: If it holds or unpacks to more than such a document could.
        UnreadableFileError: If it is encrypted or damaged.
    """
    _require_modest(data, path, max_chars)
    with _PDFIUM:
        opened = _open_and_read(data, path, max_chars)
    _require_letters(opened.tallies, path)
    parted = without_running_lines(opened.pages)
    pages = [
        page._replace(items=with_aligned_tables(page.items, page.rules)) for page in parted.pages
    ]
    lines = [item for page in pages for item in page.items if isinstance(item, Line)]
    typography = typography_of(lines)
    blocks = paragraphs_of(pages, typography)
    outline = Outline(blocks, typography)
    title = outline.title(blocks)
    stored = "" if _NO_TITLE.fullmatch(opened.stored_title) else clean_text(opened.stored_title)
    return PdfRead(
        _build(blocks, outline, parted.running, typography.words, opened.hidden),
        _text_of(title, typography.words) if title else stored or None,
        (*opened.warnings, *_pages_without_text(opened.tallies)),
    )


def _require_modest(data: bytes, path: Path, max_chars: int) -> None:
    """Unpack the streams as far as is allowed, without keeping them, before a parser does."""
    limit = _BYTES_PER_CHAR * max_chars
    unpacked = 0
    for match in _STREAM.finditer(data):
        dictionary = data[max(0, match.start() - _DICTIONARY_BYTES) : match.start()]
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        if b"/Image" in dictionary:  # pictures are never unpacked for their text
            continue
        if dictionary.count(b"FlateDecode") > 1:
            raise UnsafeFileError(path, "packs a stream twice, as a decompression bomb does")
        if b"FlateDecode" in dictionary:
            packed = data[match.end() : data.find(b"endstream", match.end())]
            if b"ASCII85Decode" in dictionary:
                packed = _from_ascii_85(packed)
            unpacked += _unpacked_size(packed, limit - unpacked)
        if unpacked > limit:
            raise TooLargeError(path, f"unpacks to more than the {limit:,} bytes allowed")


def _from_ascii_85(text: bytes) -> bytes:
    try:
        return base64.a85decode(text.strip().removesuffix(b"~>"))
    except ValueError:
        return b""  # damaged: no parser unpacks it either


def _unpacked_size(packed: bytes, limit: int) -> int:
    size, inflater = 0, zlib.decompressobj()
    try:
        while packed and size <= limit and not inflater.eof:
            size += len(inflater.decompress(packed, _UNPACK_STEP))
            packed = inflater.unconsumed_tail
    except zlib.error:
        pass  # damaged: the parser reads as far as we did
    return size


def _open_and_read(data: bytes, path: Path, max_chars: int) -> _Opened:
    import pypdfium2  # noqa: PLC0415 - most of a second

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _WRONG_PASSWORD:
            raise UnreadableFileError(path, "is encrypted; save it without a password") from error
        raise UnreadableFileError(path, f"is a damaged PDF ({error})") from error
    try:
        return _read_pages(document, Plumber(data), path, max_chars)
    finally:
        document.close()


def _read_pages(document: Any, plumber: Plumber, path: Path, max_chars: int) -> _Opened:
    import pypdfium2  # noqa: PLC0415 - as above

    opened = _Opened([], [], document.get_metadata_value("Title").strip(), [], [])
    opened.hidden.extend((None, "the file's properties", words) for words in _properties(document))
    total = 0
    for index in range(len(document)):
        try:
            page = document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            opened.warnings.append(f"page {index + 1} is damaged and was left out")
            continue
        chars = text_page.count_chars()
        if chars > _MOST_CHARS_A_PAGE:
            opened.warnings.append(f"page {index + 1} holds {chars:,} characters and was left out")
            continue
        total += chars
        if total > max_chars:
            raise TooLargeError(path, f"holds more than the {max_chars:,} characters allowed")
        raw = read_raw_page(page, text_page, index + 1)
        page.close()
        items = _items(raw, plumber, opened.warnings)
        opened.hidden.extend((raw.number, how, words) for how, words in raw.hidden)
        opened.pages.append(PageItems(raw.number, raw.height, items, raw.rules, raw.aside))
        letters = sum(char.text.isalpha() for char in raw.chars)
        opened.tallies.append(
            _Tally(raw.number, len(raw.chars), letters, raw.unmapped, raw.pictures)
        )
    return opened


def _items(raw: RawPage, plumber: Plumber, warnings: list[str]) -> list[Item]:
    if raw.crowded:
        warnings.append(f"page {raw.number} draws too much to look for tables; its text is kept")
    try:
        return page_items(raw, plumber)
    # pdfplumber parses the file a second time, by other rules than PDFium and less forgiving.
    except Exception:  # noqa: BLE001
        warnings.append(f"the tables of page {raw.number} could not be read; its text is kept")
        return page_items(raw, None)


def _require_letters(tallies: Sequence[_Tally], path: Path) -> None:
    chars, letters = sum(t.chars for t in tallies), sum(t.letters for t in tallies)
    if chars and sum(t.unmapped for t in tallies) > _MOST_UNMAPPED * chars:
        raise NoTextError(path, f"has fonts that do not say what they show; {_NEEDS_OCR}")
    pictures = sum(t.pictures for t in tallies)
    if pictures and letters < _FEWEST_LETTERS_A_PAGE * len(tallies):
        raise NoTextError(path, f"is a scan without text; {_NEEDS_OCR}")
    if not letters:
        raise NoTextError(path, "holds no text")


def _pages_without_text(tallies: Sequence[_Tally]) -> Iterator[str]:
    scanned = [t.number for t in tallies if t.pictures and t.letters < _FEWEST_LETTERS_A_PAGE]
    if scanned:
        yield f"pictures without text on page {', '.join(map(str, scanned))}; they need OCR"


def _properties(document: Any) -> Iterator[str]:
    for name in _PROPERTIES:
        yield document.get_metadata_value(name)


def _build(
    blocks: Sequence[Block],
    outline: Outline,
    running: Sequence[str],
    words: frozenset[str],
    hidden: Sequence[tuple[int | None, str, str]],
) -> Built:
    builder = SourceBuilder()
    for page, how, said in hidden:
        if page is not None:
            builder.turn_page(page)
        builder.hide(how, said)
    builder.turn_page(1)
    for line in running:  # first, so that they lie in no section
        builder.paragraph(clean_text(line), kind="boilerplate")
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        builder.turn_page(block.page)
        if isinstance(block, PlacedTable):
            builder.table(*part_head(_grid(block, words)))
            continue
        text = _text_of(block, words)
        role = outline.role(block)
        over_table = isinstance(after, PlacedTable)
        match role.kind:
            case "heading":
                builder.heading(text, role.level)
            case "caption" if isinstance(before, PlacedTable) and not over_table:
                builder.attach_caption_below(text)
            case "caption":
                builder.paragraph(text, kind="caption")
            case "list_item":
                builder.list_item(without_bullet(text))
            case "text":
                builder.paragraph(text)
            case "boilerplate":
                builder.paragraph(text, kind="boilerplate")
    return builder.build()


def _text_of(paragraph: Paragraph, words: frozenset[str]) -> str:
    return clean_text(join_lines((line.text for line in paragraph.lines), words))


def _grid(placed: PlacedTable, words: frozenset[str]) -> list[list[GridCell]]:
    return [
        [
            GridCell(clean_text(join_lines(cell.lines, words)), cell.columns, cell.continues)
            for cell in row
        ]
        for row in placed.table.grid
    ]
