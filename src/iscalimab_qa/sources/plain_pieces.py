"""Lines of plain text -> the pieces they make up: paragraphs, list items, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from iscalimab_qa.sources.cell_tables import cell_table
from iscalimab_qa.sources.flat_tables import flat_table, may_begin_flat_table
from iscalimab_qa.sources.text_tables import TextTable, aligned_table, tab_table
from iscalimab_qa.sources.unwrap import join_lines, words_of

_NARROWEST_PAGE = 30
WIDEST_PAGE = 130
"""Columns. Lines that are longer were not cut by a page's width: each is a paragraph."""

_NEARLY_FULL = 0.85
"""Share of the width beyond which the next word no longer fitted, with room for lines set
ragged or justified."""

_FEWEST_WRAPPED_OF_ALL = 0.2
_FEWEST_WRAPPED_TOGETHER = 0.6
"""Shares of neighbouring lines that run on, in a document and in lines without an empty one
between them. In a text of a paragraph a line next to none does."""

_FEWEST_LOWER_CASE = 0.3
"""Share of the lines run on to that begin in lower case, as in the middle of a sentence; lines
that all begin with a capital are names or titles."""

_OUTLIERS = 20
"""One line in so many may be longer than the page is wide: an address, a row of a table."""

_LONGEST_TABLE = 2_000
"""Lines; a longer table goes on as a second one."""

_FEWEST_PAGES = 3
"""Lone numbers, each one more than the one before, that are told to be page numbers."""

_LONGEST_UNMARKED_ITEM = 130

_RULER = re.compile(r"\s*[=*_~#+–—-]{3,}[\s=*_~#+–—-]*")
_UNDERLINE = re.compile(r"\s*([=*_~#-])\1{2,}\s*")
_LONE_NUMBER = re.compile(r"\s*(\d{1,4})\s*")
_FINISHED = re.compile(r"[.!?:;][\"”’')\]]*\s*$")
_LEFT_OPEN = re.compile(
    r"(?:\b(?:a|an|and|as|at|by|for|from|in|into|is|of|on|or|than|the|to|was|were|which|with)"
    r"|[,(–-])$"
)
"""What no sentence, heading or item ends on."""
_TAIL = 20
_STANDS_ALONE = re.compile(r"\d{1,4}|(?:https?://|www\.)\S+")
_SURE_BULLETS = "•●○■▪◦‣"
_MARKER = re.compile(
    rf"(?P<indent>\s*)(?:(?P<bullet>[{_SURE_BULLETS}])\s*|(?P<dash>[*–—-])\s+"
    r"|(?:\[(?P<square>\d{1,3})\]|\(?(?P<number>\d{1,3})[.)])\s+|\(?(?P<letter>[a-h])[.)]\s+)(?=\S)"
)
_MARKER_ALONE = re.compile(rf"(?:[{_SURE_BULLETS}]|\[?\d{{1,3}}[.)\]])")


@dataclass(slots=True)
class Piece:
    """A paragraph-to-be: one line, or several that belong together.

    `marker` is the kind of list marker before the text, empty for running text, and `line`
    the text with it. `after_blank` says whether an empty line stands above, `underlined`
    whether a row of dashes stands right below.
    """

    text: str
    line: str = ""
    indent: int = 0
    after_blank: bool = True
    underlined: bool = False
    marker: str = ""
    table: TextTable | None = None
    more: list[str] = field(default_factory=list)
    """The lines that run on from the first, until they are joined to it."""

    @property
    def is_finished(self) -> bool:
        """Whether the text ends as a sentence does, and not on a word or a comma."""
        return bool(_FINISHED.search((self.more[-1] if self.more else self.text)[-_TAIL:]))

    def join(self, words: frozenset[str]) -> Piece:
        """Make one text of the lines."""
        if self.more:
            self.text = join_lines((self.text, *self.more), words)
            self.line = join_lines((self.line, *self.more), words)
            self.more = []
        return self


def cut_into_pieces(lines: Sequence[str]) -> list[Piece]:
    """Cut a document's lines into tables, list items and paragraphs.

    Where a page's width has cut the lines, a paragraph reaches to an empty line or a line
    with room left on it; in any other document every line is one.
    """
    pieces = list(_joined(lines))
    _mark_items_without_markers(pieces)
    listed = groupby(pieces, key=lambda piece: bool(piece.marker))
    above: Piece | None = None
    for marked, group in listed:
        run = list(group)
        if marked:
            _confirm_markers(run, introduced=above is not None and above.text.endswith(":"))
        above = run[-1]
    return pieces


def _joined(lines: Sequence[str]) -> Iterator[Piece]:
    widths = _widths(lines)
    words = words_of(lines) if any(widths) else frozenset()
    page_numbers = _page_numbers(lines)
    waiting: Piece | None = None
    after_blank, index = True, 0
    while index < len(lines):
        line = lines[index]
        if not line.strip() or index in page_numbers or _RULER.fullmatch(line):
            if waiting and not after_blank and _UNDERLINE.fullmatch(line):
                waiting.underlined = not waiting.more
            after_blank, index = True, index + 1
            continue
        piece = _table_at(lines, index) or _piece_of(line, after_blank=after_blank)
        if waiting and _runs_on(waiting, lines[index - 1], piece, widths[index]):
            waiting.more.append(piece.line)
        else:
            if waiting:
                yield waiting.join(words)
            waiting = piece
        after_blank, index = False, index + (piece.table.lines if piece.table else 1)
    if waiting:
        yield waiting.join(words)


def _table_at(lines: Sequence[str], index: int) -> Piece | None:
    """Read the table that starts on a line; it can start only where such lines begin."""
    if may_begin_flat_table(lines[index]) and (flat := flat_table(lines[index:][:_LONGEST_TABLE])):
        return Piece("", table=flat)
    if cells := cell_table(lines[: index + _LONGEST_TABLE], index):
        return Piece("", table=cells)
    is_row = _has_tab if _has_tab(lines[index]) else _has_gap
    if not is_row(lines[index]) or (index and is_row(lines[index - 1])):
        return None
    below = lines[index : index + _LONGEST_TABLE]
    table = tab_table(below) if is_row is _has_tab else aligned_table(below)
    return Piece("", table=table) if table else None


def _has_tab(line: str) -> bool:
    return "\t" in line


def _has_gap(line: str) -> bool:
    return "  " in line.strip()


def _piece_of(line: str, *, after_blank: bool) -> Piece:
    line = line.expandtabs(4).rstrip()
    match = _MARKER.match(line)
    if not match:
        return Piece(line.strip(), line.strip(), len(line) - len(line.lstrip()), after_blank)
    marker = match["dash"] or match.lastgroup or ""
    return Piece(
        line[match.end() :], line.strip(), len(match["indent"]), after_blank, marker=marker
    )


def _widths(lines: Sequence[str]) -> list[int | None]:
    """Return for each line the width at which its paragraph was cut, None where it was not.

    Lines without an empty one between them are measured on their own, for an abstract is often
    set narrower than the text; where they are too few to tell, the whole document's width holds.
    """
    usual = _page_width(lines, _FEWEST_WRAPPED_OF_ALL)
    widths: list[int | None] = []
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        together = list(group)
        own = None if blank else _page_width(together, _FEWEST_WRAPPED_TOGETHER)
        widths.extend([own or usual] * len(together))
    return widths


def _page_width(lines: Sequence[str], fewest_wrapped: float) -> int | None:
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[-1 - len(lengths) // _OUTLIERS] if lengths else 0
    if not _NARROWEST_PAGE <= width <= WIDEST_PAGE:
        return None
    neighbours = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    cut = [b for a, b in neighbours if _is_cut(a, b, width) and not _FINISHED.search(a[-_TAIL:])]
    running_on = sum(1 for line in cut if line.lstrip()[0].islower())
    wrapped = len(cut) >= fewest_wrapped * len(neighbours)
    return width if cut and wrapped and running_on >= _FEWEST_LOWER_CASE * len(cut) else None


def _page_numbers(lines: Sequence[str]) -> frozenset[int]:
    """Return the indices of lines that hold nothing but the next page's number."""
    found: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        match = _LONE_NUMBER.fullmatch(line)
        if match and (not found or int(match[1]) == found[-1][1] + 1):
            found.append((index, int(match[1])))
    return frozenset(index for index, _ in found if len(found) >= _FEWEST_PAGES)


def _is_cut(upper: str, lower: str, width: int) -> bool:
    """Tell whether the line ended because the next word no longer fitted."""
    next_word = lower.split(maxsplit=1)[0]
    return len(upper.rstrip()) + 1 + len(next_word) > _NEARLY_FULL * width


def _runs_on(waiting: Piece, line_above: str, piece: Piece, width: int | None) -> bool:
    """Tell whether a line goes on with the piece above it."""
    if waiting.table or piece.table:
        return False
    alone = _MARKER_ALONE.fullmatch(waiting.line) and not piece.after_blank
    if alone or _is_cut_at_semicolon(waiting, piece):
        return True
    if width is None or any(_STANDS_ALONE.fullmatch(one.line) for one in (waiting, piece)):
        return False
    lower_case = piece.line[:1].islower() and not waiting.is_finished
    last = waiting.more[-1] if waiting.more else waiting.line
    open_end = bool(_LEFT_OPEN.search(last[-_TAIL:]))
    if piece.after_blank:
        # A page ended in the middle of a sentence.
        return lower_case and (open_end or len(last) > _NEARLY_FULL * width)
    cut = _is_cut(line_above, piece.line, width)
    if piece.marker:
        # A dash or a number in the middle of a sentence, at the start of a line by chance.
        return cut and piece.marker != "bullet" and not (waiting.marker or waiting.is_finished)
    set_in = bool(waiting.marker) and piece.indent > waiting.indent
    return cut or lower_case or open_end or set_in


def _is_cut_at_semicolon(waiting: Piece, piece: Piece) -> bool:
    """Tell a sentence that goes on below its semicolon from an item of a list that ends on one."""
    last = waiting.more[-1] if waiting.more else waiting.line
    sentence = waiting.line[:1].isupper() and len(waiting.line) > _NARROWEST_PAGE
    below = not (piece.after_blank or piece.marker or waiting.marker) and piece.line[:1].islower()
    return sentence and below and last.endswith(";")


def _mark_items_without_markers(pieces: Sequence[Piece]) -> None:
    """Take short lines without a full stop, right below a line ending in ':', for its items."""
    in_list = False
    for above, piece in pairwise(pieces):
        opens = above.text.endswith(":") and not above.marker
        brief = len(piece.text) <= _LONGEST_UNMARKED_ITEM and not piece.is_finished
        in_list = (in_list or opens) and not piece.after_blank and brief and not piece.table
        if in_list and not piece.marker:
            piece.marker = "line"


def _confirm_markers(run: Sequence[Piece], *, introduced: bool) -> None:
    """Take back the markers of lines that stand in no list: a lone dash, a numbered heading.

    A bullet is a bullet. A dash, number or letter needs a second one of its kind in the same
    run of items, an item under it that is set in, or a line ending in ':' above the run.
    """
    kinds = Counter(piece.marker for piece in run)
    for piece, below in zip(run, [*run[1:], None], strict=True):
        sure = piece.marker == "bullet" or introduced or kinds[piece.marker] > 1
        if not sure and not (below and below.indent > piece.indent):
            piece.text, piece.marker = piece.line, ""
