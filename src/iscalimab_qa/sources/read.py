"""Bytes of a document -> `Source`: detect, decode, read, describe, mark, check.

Whatever the bytes are, the only errors that leave this module are `UnreadableFileError`
and its kinds: one bad file is one line of a report, and the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.errors import (
    FrontMatterError,
    NoTextError,
    TooLargeError,
    UnreadableFileError,
    UnsafeFileError,
    printable,
)
from iscalimab_qa.sources.boilerplate import mark_boilerplate, mark_references
from iscalimab_qa.sources.builder import Built
from iscalimab_qa.sources.decode import Decoded, decode_text
from iscalimab_qa.sources.detect import SIDECAR_SUFFIX, detect_container, detect_markup
from iscalimab_qa.sources.frontmatter import (
    Described,
    FrontMatter,
    parse_metadata,
    split_front_matter,
)
from iscalimab_qa.sources.hidden import hidden_warnings, raw_warnings
from iscalimab_qa.sources.suspicion import examine
from iscalimab_qa.sources.titles import names_kind_of_document, title_of_lines
from iscalimab_qa.sources.values import Block, Source, SourceMetadata, Span, Table

if TYPE_CHECKING:  # pydantic takes a fifth of a second, and only the type is needed here
    from iscalimab_qa.settings import ReadingSettings

_CURATORS_SECTION = re.compile(r"curator['’]?s (?:notes?|remarks?)", re.IGNORECASE)
_DECLARED_CHARSET = re.compile(rb"<meta[^>]+charset\s*=", re.IGNORECASE)
_DECLARED_WITHIN = 4096

_MAX_TITLE_CHARS = 500
"""The length that front matter allows; a longer first heading is a paragraph in disguise."""

_UNFORESEEN_CHARS = 120
"""Of a parser's own message: enough to search for, short enough for one line."""


class _Read(NamedTuple):
    """What one reader found.

    `title` is surer than the first heading, `stored_title` (from a file's properties) less
    sure; `front_matter` is the document's own, where it has one.
    """

    built: Built
    title: str | None = None
    stored_title: str | None = None
    front_matter: FrontMatter | None = None
    warnings: tuple[str, ...] = ()


def read_source(
    path: Path, data: bytes, settings: ReadingSettings, *, sidecar: bytes | None = None
) -> Source:
    """Read one document.

    The id is the front matter's or sidecar's `id`, else the file's stem. The title is theirs,
    else the first heading (of a PDF, which does not mark them, the largest words on its first
    page), else the one in the file's properties, else the stem.

    Args:
        path: Where the bytes came from: the suffix where the content does not tell, the stem
            for the id, and the name in errors. It is not opened.
        data: The whole file.
        settings: Limits of size.
        sidecar: The bytes of `NAME.meta.yaml`, where there is one.

    Raises:
        UnreadableFileError: If no `Source` can be made of the bytes, whatever they are.
    """
    try:
        return _read_source(path, data, settings, sidecar)
    except UnreadableFileError:
        raise
    # Four parsers read files that anyone may have made, and each has ways to fail that it
    # does not document: one such file must not end the reading of all the others.
    except Exception as error:
        raise UnreadableFileError(path, _unforeseen(error)) from error


def _read_source(
    path: Path, data: bytes, settings: ReadingSettings, sidecar: bytes | None
) -> Source:
    if not data:
        raise NoTextError(path, "is empty")
    read = _read_container(path, data, settings)
    text = read.built.text
    _require_text(path, read, settings)
    described = _describe(path, read, sidecar)
    # References come last: a contact line inside a reference list is still a reference.
    blocks = mark_references(text, mark_boilerplate(text, read.built.blocks))
    blocks = _with_notes(blocks, described.metadata)
    stem = _printable_stem(path)
    hidden = read.built.hidden
    examined = examine(text, blocks, described.metadata, hidden=hidden, fallback_title=stem)
    _check_blocks(path, text, examined.blocks)
    warnings = (*read.warnings, *hidden_warnings(hidden), *examined.warnings)
    return Source(described.source_id or stem, examined.metadata, text, examined.blocks, warnings)


def _read_container(path: Path, data: bytes, settings: ReadingSettings) -> _Read:
    # Readers are imported where they are needed: the parsers of some take a second to load.
    match detect_container(data, path):
        case "pdf":
            from iscalimab_qa.sources.pdf import read_pdf  # noqa: PLC0415

            pdf = read_pdf(data, path, max_chars=settings.max_text_chars)
            return _Read(pdf.built, pdf.title, None, None, pdf.warnings)
        case "docx":
            from iscalimab_qa.sources.docx import read_docx  # noqa: PLC0415

            docx = read_docx(data, path, max_chars=settings.max_text_chars)
            return _Read(docx.built, None, docx.stored_title)
        case "text":
            return _read_text(path, data, settings)


def _read_text(path: Path, data: bytes, settings: ReadingSettings) -> _Read:
    decoded = decode_text(data, path)
    if not decoded.text.strip():
        raise NoTextError(path, "holds nothing but white space")
    front_matter = split_front_matter(decoded.text, path)
    body = front_matter.body if front_matter else decoded.text
    markup = detect_markup(body, path.name)
    if markup == "html":
        return _read_page(path, data, decoded._replace(text=body), front_matter)
    _require_length(path, body, settings)
    if markup == "markdown":
        from iscalimab_qa.sources.markdown import read_markdown  # noqa: PLC0415 - as above

        built = read_markdown(body)
    else:
        from iscalimab_qa.sources.plain import read_plain  # noqa: PLC0415 - as above

        built = read_plain(body)
    title = title_of_lines(built) if markup == "plain" else None
    warnings = (*decoded.warnings, *raw_warnings(decoded.text))
    return _Read(built, title, None, front_matter, warnings)


def _read_page(
    path: Path, data: bytes, decoded: Decoded, front_matter: FrontMatter | None
) -> _Read:
    from iscalimab_qa.sources.html import read_html  # noqa: PLC0415 - as above

    # A page that is not UTF-8 may say what it is; then its word counts, not our guess.
    says = (
        decoded.warnings and not front_matter and _DECLARED_CHARSET.search(data[:_DECLARED_WITHIN])
    )
    try:
        page = read_html(data if says else decoded.text)
    except ValueError as error:
        raise UnsafeFileError(path, str(error)) from error
    warnings = (*(() if says else decoded.warnings), *raw_warnings(decoded.text))
    return _Read(page.built, None, page.title, front_matter, warnings)


def _require_length(path: Path, text: str, settings: ReadingSettings) -> None:
    if len(text) > settings.max_text_chars:
        raise TooLargeError(
            path,
            f"holds {len(text):,} characters of text, more than the "
            f"{settings.max_text_chars:,} allowed (setting reading.max_text_chars)",
        )


def _require_text(path: Path, read: _Read, settings: ReadingSettings) -> None:
    _require_length(path, read.built.text, settings)
    if not read.built.text.strip():
        raise NoTextError(
            path,
            "has front matter but no text below it"
            if read.front_matter
            else "holds no text that can be read",
        )


def _describe(path: Path, read: _Read, sidecar: bytes | None) -> Described:
    """Read front matter or sidecar; the document itself gives the title they lack."""
    title = _own_title(read) or _printable_stem(path)
    if sidecar is None:
        front = read.front_matter or FrontMatter("", 1, "")
        return parse_metadata(
            front.yaml_text, path, first_line=front.first_line, fallback_title=title
        )
    if read.front_matter:
        raise UnreadableFileError(
            path, f"has front matter and a {SIDECAR_SUFFIX} file beside it; keep one of the two"
        )
    yaml_text = decode_text(sidecar, path).text
    try:
        return parse_metadata(yaml_text, path, first_line=1, fallback_title=title)
    except FrontMatterError as error:
        reason = error.reason.removeprefix(f"line {error.line}: ")
        raise FrontMatterError(
            path, f"{reason} (in its {SIDECAR_SUFFIX} file)", line=error.line
        ) from error


def _own_title(read: _Read) -> str | None:
    first_heading = next(
        (read.built.text[b.start : b.end] for b in read.built.blocks if b.kind == "heading"), None
    )
    titles = [read.title, first_heading, read.stored_title]
    if first_heading and names_kind_of_document(first_heading):
        titles = [read.title, read.stored_title, first_heading]
    return next((one for one in titles if one and len(one) <= _MAX_TITLE_CHARS), None)


def _printable_stem(path: Path) -> str:
    """Return the stem as it is, but for bytes that are no UTF-8: no database holds those."""
    return path.stem.encode("utf-8", "backslashreplace").decode("utf-8")


def _with_notes(blocks: tuple[Block, ...], metadata: SourceMetadata) -> tuple[Block, ...]:
    """Make a curator's remarks `note` blocks: evidence about documents, never about the drug."""
    return tuple(
        replace(block, kind="note") if _is_remark(block, metadata) else block for block in blocks
    )


def _is_remark(block: Block, metadata: SourceMetadata) -> bool:
    if block.kind in {"heading", "boilerplate"}:
        return False
    in_section = any(_CURATORS_SECTION.fullmatch(head.strip(" :.")) for head in block.section)
    return metadata.kind == "note" or (metadata.text_kind == "digest" and in_section)


def _check_blocks(path: Path, text: str, blocks: tuple[Block, ...]) -> None:
    """Refuse a layout in which an offset would not lead to the words it stands for."""
    at = 0
    for block in blocks:
        within = Span(block.start, block.end)
        apart = at <= block.start < block.end <= len(text)
        if not apart or not all(_inside(span, within) for span in _table_spans(block.table)):
            raise UnreadableFileError(
                path, f"was laid out wrongly at character {block.start}; please report this file"
            )
        at = block.end


def _table_spans(table: Table | None) -> Iterator[Span]:
    for row in (*table.head, *table.rows) if table else ():
        yield row.span
        yield from row.cells


def _inside(span: Span, within: Span) -> bool:
    return within.start <= span.start <= span.end <= within.end


def _unforeseen(error: Exception) -> str:
    """Put a parser's own words into one short line."""
    words = printable(" ".join(str(error).split()))[:_UNFORESEEN_CHARS]
    return f"could not be read ({type(error).__name__}{': ' + words if words else ''})"
