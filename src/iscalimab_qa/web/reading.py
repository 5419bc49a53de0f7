"""The reading pane as HTML: a source's text at the place that is cited, its words marked."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import NamedTuple

from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import Block, Source, Span, Table, TableRow
from iscalimab_qa.web.escape import inline

NEAR = 3_000
"""Characters shown before and after the cited words at first: two or three screens."""

MOST = 60_000
"""Characters shown on either side at most: beyond, a browser scrolls like treacle."""

GONE = "This source is no longer in the library. The answer was given while it was."
CHANGED = "This source has changed since the answer was given, so its words stand elsewhere now."

NOTHING_OPEN = ""
"""The pane while it is closed."""

_ADDS_LINE = frozenset({"heading", "paragraph", "list_item", "caption", "reference", "note"})


class Place(NamedTuple):
    """What is read: the cited words [start, end), and how many characters around them."""

    start: int
    end: int
    near: int = NEAR


def reading_html(source: Source, place: Place, marker: int) -> str:
    """Return the pane: title, the text around the place, and how to see more of it.

    Text that gives orders to its reader is shown as what it is, never left out unseen:
    offsets and what a librarian checks refer to the whole text.

    Args:
        source: The source with its text.
        place: The words to mark and how much to show around them.
        marker: The citation's number.
    """
    shown = _shown(source, place)
    captions = {block.table.caption for block in shown if block.table}
    body = "".join(
        _block(source.text, block, place)
        for block in shown
        if Span(block.start, block.end) not in captions  # its table shows it
    )
    is_digest = source.metadata.text_kind == "digest"
    whose = "Our summary, as it stands in this library" if is_digest else "The source's own text"
    text = f"{_more_before(shown, source, place)}{body}{_more_after(shown, source, place)}"
    about = f"{whose}; the words of citation {marker} are marked."
    return _pane(source.metadata.title, about, text)


def unreadable_html(citation: Citation, why: str) -> str:
    """Return the pane for a source that cannot be shown, with the words as they were cited."""
    words = f"<p><mark>{inline(citation.quote)}</mark></p>"
    return _pane(citation.title, why, words)


def _pane(title: str, about: str, text: str) -> str:
    return (
        '<div class="reader" role="dialog" aria-modal="true" aria-labelledby="reader-title">'
        f'<div class="reader-head"><div><h2 id="reader-title">{inline(title)}</h2>'
        f"<p>{inline(about)}</p></div>"
        '<button type="button" class="close">Close</button></div>'
        f'<div class="reader-text" tabindex="0">{text}</div></div>'
    )


def _shown(source: Source, place: Place) -> list[Block]:
    first, last = place.start - place.near, place.end + place.near
    return [block for block in source.blocks if block.end > first and block.start < last]


def _more_before(shown: list[Block], source: Source, place: Place) -> str:
    hidden = bool(shown) and shown[0] is not source.blocks[0]
    return _more("earlier", place) if hidden else ""


def _more_after(shown: list[Block], source: Source, place: Place) -> str:
    hidden = bool(shown) and shown[-1] is not source.blocks[-1]
    return _more("later", place) if hidden else ""


def _more(which: str, place: Place) -> str:
    if place.near >= MOST:
        return f'<p class="cut">The {which} text is not shown here.</p>'
    return f'<button type="button" class="more">Show more of the {which} text</button>'


def _block(text: str, block: Block, place: Place) -> str:
    if block.table:
        return _table(text, block.table, place)
    words = _marked(text, Span(block.start, block.end), place)
    tag = "h3" if block.kind == "heading" else "p"
    name = block.kind if block.kind in _ADDS_LINE else "aside"
    return f'<{tag} class="{name}">{words}</{tag}>'


def _marked(text: str, span: Span, place: Place) -> str:
    """Escape a span of the text, the part of it that is cited in `<mark>`."""
    start, end = max(span.start, place.start), min(span.end, place.end)
    if start >= end:
        return html.escape(text[span.start : span.end])
    before, words, after = text[span.start : start], text[start:end], text[end : span.end]
    return f"{html.escape(before)}<mark>{html.escape(words)}</mark>{html.escape(after)}"


def _table(text: str, table: Table, place: Place) -> str:
    caption = f"<caption>{_marked(text, table.caption, place)}</caption>" if table.caption else ""
    head = "".join(_row(text, row, "th") for row in table.head)
    body = "".join(_body(text, table, place))
    rows = f"<thead>{head}</thead><tbody>{body}</tbody>"
    return f'<div class="wide"><table>{caption}{rows}</table></div>'


def _body(text: str, table: Table, place: Place) -> Iterator[str]:
    group: Span | None = None
    for row in table.rows:
        if row.group and row.group != group:
            words = html.escape(text[row.group.start : row.group.end])
            yield f'<tr class="group"><th colspan="{len(row.cells)}">{words}</th></tr>'
        group = row.group
        cited = row.span.start < place.end and row.span.end > place.start
        yield _row(text, row, "td", cited=cited)


def _row(text: str, row: TableRow, tag: str, *, cited: bool = False) -> str:
    cells = "".join(_cell(text, row, i, tag) for i in range(len(row.cells)))
    return f'<tr class="cited">{cells}</tr>' if cited else f"<tr>{cells}</tr>"


def _cell(text: str, row: TableRow, i: int, tag: str) -> str:
    """Write a cell; one that runs over several columns stands once, as wide as it is."""
    span = row.cells[i]
    is_filled = span.end > span.start
    if is_filled and i and row.cells[i - 1] == span:
        return ""
    wide = _width(row, i) if is_filled else 1
    over = f' colspan="{wide}"' if wide > 1 else ""
    return f"<{tag}{over}>{html.escape(text[span.start : span.end])}</{tag}>"


def _width(row: TableRow, i: int) -> int:
    wide = 1
    while i + wide < len(row.cells) and row.cells[i + wide] == row.cells[i]:
        wide += 1
    return wide
