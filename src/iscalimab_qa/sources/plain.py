"""Plain text -> text and blocks: structure told from the shape of lines alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from iscalimab_qa.sources.builder import Built, SourceBuilder
from iscalimab_qa.sources.captions import is_caption, names_table
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.plain_headings import (
    is_heading,
    is_title,
    level_of,
    names_usual_section,
)
from iscalimab_qa.sources.plain_pieces import WIDEST_PAGE, Piece, cut_into_pieces

_FEWEST_REPEATS = 3
"""Twice the same line may be an accident."""


def read_plain(text: str) -> Built:
    """Read plain text: paragraphs, headings, lists, captions and tables.

    Paragraphs are parted by empty lines or by line ends, whichever the document does. A
    heading is a short line without a full stop that something stands under; labels in the
    text ("Abstract: ...") stay where they are.
    """
    builder = SourceBuilder()
    lay_plain(builder, text, titled=True)
    return builder.build()


def lay_plain(builder: SourceBuilder, text: str, *, titled: bool = False) -> None:
    """Lay plain text into a builder; `titled` takes a fitting first line as its title."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    pieces = cut_into_pieces(lines)
    running = _running_lines(pieces)
    indents: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.table:
            builder.table(piece.table.head, piece.table.rows, piece.table.caption)
        elif piece.marker:
            indents = [indent for indent in indents if indent < piece.indent]
            builder.list_item(clean_text(piece.text), len(indents))
            indents.append(piece.indent)
        elif piece.text in running:
            builder.paragraph(clean_text(piece.text), kind="boilerplate")
        else:
            indents = []
            _lay_line(builder, pieces, index, titled=titled and index == 0)


def _running_lines(pieces: Sequence[Piece]) -> frozenset[str]:
    """Return the lines that stand on every page: heads, feet, "Top"."""
    lines = Counter(piece.text for piece in pieces if not piece.marker and not piece.table)
    return frozenset(
        line
        for line, times in lines.items()
        if times >= _FEWEST_REPEATS and len(line) <= WIDEST_PAGE and not names_usual_section(line)
    )


def _lay_line(builder: SourceBuilder, pieces: Sequence[Piece], index: int, *, titled: bool) -> None:
    text = clean_text(pieces[index].text)
    below = _at(pieces, index + 1)
    if is_caption(text) or (names_table(text) and below and below.table):
        builder.paragraph(text, kind="caption")
    elif titled and below and is_title(text):
        builder.heading(text, 1)
    elif _heads(pieces, index):
        divides = index > 1 and _heads(pieces, index - 1)
        builder.heading(text, level_of(text, below_another=divides))
    else:
        builder.paragraph(text)


def _heads(pieces: Sequence[Piece], index: int) -> bool:
    """Tell a heading by its shape and by what stands around it."""
    piece, below = pieces[index], _at(pieces, index + 1)
    if piece.table or piece.marker or below is None:
        return False
    if piece.underlined and not piece.is_finished:
        return True
    if not is_heading(piece.text) or not _stands_apart(piece, _at(pieces, index - 1)):
        return False
    if _is_headed(below, piece):
        return True
    # Two headings in a row: a section and the first of its parts.
    second = _at(pieces, index + 2)
    return second is not None and is_heading(below.text) and _is_headed(second, below)


def _stands_apart(piece: Piece, above: Piece | None) -> bool:
    """Tell a line of its own from the end of what stands above it."""
    apart = above is None or piece.after_blank or above.is_finished or above.table is not None
    return apart or names_usual_section(piece.text)


def _is_headed(piece: Piece, heading: Piece) -> bool:
    """Tell whether a piece is what a heading stands over: a table, a list, a longer sentence."""
    if piece.table or piece.marker:
        return True
    if piece.text.endswith("?") and heading.text.endswith("?"):
        return False  # a list of questions
    sentence = piece.text.endswith((".", "?", "!", ":")) or len(piece.text) > WIDEST_PAGE
    return sentence and len(piece.text) > len(heading.text)


def _at(pieces: Sequence[Piece], index: int) -> Piece | None:
    return pieces[index] if 0 <= index < len(pieces) else None
