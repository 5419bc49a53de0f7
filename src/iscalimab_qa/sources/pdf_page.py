"""A page of a PDF, read with PDFium -> its characters and rules, upright, in points.

All coordinates have their origin at the top left of the page as it is displayed, x to the
right and y downwards, whatever rotation the file asks for. Characters keep the order in
which the page draws them, which for two columns is the order of reading.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from iscalimab_qa.sources.pdf_drawn import MOST_GROUNDS, Drawn, drawn_on
from iscalimab_qa.sources.pdf_hidden import (
    Bounds,
    Ground,
    Ink,
    ink_of,
    pinned_notes,
    unseen,
)
from iscalimab_qa.sources.symbol_font import from_symbol_font

_RULE_THICKNESS = 3.0
_RULE_LENGTH = 20.0
_TOUCH = 3.0
"""Points. Shorter strokes are ticks, dashes and parts of letters."""
_FEWEST_EDGES = 2
_MAX_CROSSINGS = 20_000
"""A table of 60 rows and 15 columns has 1,000 places where its lines may cross; looking at each
takes pdfplumber seconds where there are very many."""

_LEAN = 0.1
"""Radians by which text may lean (a skewed scan) and still run with the page."""
_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"demi")
_NAME_BYTES = 256

_CODES = {
    # What PDFium puts in the place of a hyphen at the end of a line.
    0x02: "-", 0xFFFE: "-",
    # Codes that TeX's own fonts leave unexplained; no file means the control characters.
    0x0B: "ff", 0x0C: "fi", 0x0E: "ffi", 0x0F: "ffl", 0x10: "“", 0x11: "”", 0x15: "–", 0x16: "—",
    0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl",
}  # fmt: skip
_UNMAPPED = 0
_LAST_CODE = 0x10FFFF
_REPLACEMENT = "\ufffd"


class Box(NamedTuple):
    """A rectangle of the displayed page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


class Char(NamedTuple):
    """A character: its loose box (as high as its font), its baseline, size and weight."""

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box, which tells the cell a character stands in."""
        return (self.box.x0 + self.box.x1) / 2, (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class RawPage:
    """What PDFium found on a page.

    Attributes:
        number: 1-based.
        width: Points, as displayed.
        height: Points, as displayed.
        chars: The characters that run with the page, in the order of drawing.
        aside: Text that runs another way: stamps in the margin, labels of an axis.
        rules: Horizontal lines, pieces that touch joined, from the top.
        has_grid: Whether there are upright lines too, so that a ruled table may stand here.
        crowded: Whether more objects are drawn than are looked through for lines.
        frame: How the page's own coordinates map to these.
        unmapped: Characters whose font does not say what they are.
        pictures: Images on the page.
        hidden: How words are hidden, and the words; they are not among the characters.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    aside: str
    rules: tuple[Box, ...]
    has_grid: bool
    crowded: bool
    frame: Frame
    unmapped: int
    pictures: int
    hidden: tuple[tuple[str, str], ...] = ()


class Frame(NamedTuple):
    """How the user space of a page maps to its display: crop box and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Map a rectangle of the page's own space, whose y runs upwards."""
        match self.turns:
            case 0:
                return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
            case 1:
                x, y = self.bottom, self.left
                return Box(bottom - x, left - y, top - x, right - y)
            case 2:
                x, y = self.right, self.bottom
                return Box(x - right, bottom - y, x - left, top - y)
            case _:
                x, y = self.top, self.right
                return Box(x - top, y - right, x - bottom, y - left)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)


class _Style(NamedTuple):
    """What the characters of one text object share. `turns` is None for slanted text."""

    size: float
    bold: bool
    turns: int | None
    ink: Ink = Ink(0, None)


class _Mark(NamedTuple):
    """A character as PDFium has it, in the page's own space."""

    text: str
    bounds: tuple[float, float, float, float]
    origin: tuple[float, float]
    style: _Style


def read_raw_page(page: Any, text_page: Any, number: int) -> RawPage:
    """Read a page of an open `pypdfium2.PdfDocument` and its text page, under PDFium's lock.

    A page whose text mostly runs sideways (a wide table, printed upright) is turned so that
    it can be read.
    """
    drawn = drawn_on(page)
    marks, hidden = _seen(_marks(text_page), page.get_bbox(), drawn)
    turns = _usual_turns(marks, default=page.get_rotation() // 90)
    left, bottom, right, top = page.get_bbox()
    frame = Frame(left, bottom, right, top, turns)
    boxes = [frame.box(*bounds) for bounds in drawn.paths]
    upright, flat = _grid_size(boxes)
    crowded = drawn.stopped or upright * flat > _MAX_CROSSINGS
    width, height = frame.size
    return RawPage(
        number=number,
        width=width,
        height=height,
        chars=tuple(_char(mark, frame) for mark in marks if mark.style.turns == turns),
        aside=_aside(marks, turns),
        rules=() if crowded else _joined_rules(boxes),
        has_grid=not crowded and min(upright, flat) >= _FEWEST_EDGES,
        crowded=crowded,
        frame=frame,
        unmapped=sum(mark.text == _REPLACEMENT for mark in marks),
        pictures=len(drawn.images),
        hidden=(*hidden, *_pinned(page)),
    )


def _seen(
    marks: list[_Mark], page: Bounds, drawn: Drawn
) -> tuple[list[_Mark], list[tuple[str, str]]]:
    """Part what is seen from what is not, the latter as words with how they are hidden."""
    known = not drawn.stopped and len(drawn.fills) <= MOST_GROUNDS
    colours = frozenset(fill for _, fill in drawn.fills)
    ground = Ground(drawn.fills, colours, drawn.images, known=known)
    kept: list[_Mark] = []
    hidden: list[tuple[str, str]] = []
    how: str | None = None
    for mark in marks:
        if not mark.text.isspace():  # a space goes with the letters before it
            how = unseen(mark.style.ink, mark.style.size, mark.bounds, page, ground)
        if how is None:
            kept.append(mark)
        elif hidden and hidden[-1][0] == how:
            hidden[-1] = (how, hidden[-1][1] + mark.text)
        else:
            hidden.append((how, mark.text))
    return kept, hidden


def _pinned(page: Any) -> list[tuple[str, str]]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - as below

    return [("a comment", words) for words in pinned_notes(pdfium, page.raw)]


def _marks(text_page: Any) -> list[_Mark]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - PDFium takes most of a second to load

    styles: dict[int, _Style] = {}
    marks: list[_Mark] = []
    style = _Style(1.0, bold=False, turns=0)
    x, y, bounds = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(text_page.count_chars()):
        text = _text_of(pdfium.FPDFText_GetUnicode(text_page, index))
        if text in "\r\n":  # lines are told by where the characters stand
            continue
        text_object = pdfium.FPDFText_GetTextObject(text_page, index)
        if text_object:
            address = ctypes.addressof(text_object.contents)
            if address not in styles:
                styles[address] = _style(pdfium, text_page, index, text_object)
            style = styles[address]
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text_page, index, bounds)
        box = (bounds.left, bounds.bottom, bounds.right, bounds.top)
        marks.append(_Mark(text, box, (x.value, y.value), style))
    return marks


@cache
def _text_of(code: int) -> str:
    if code == _UNMAPPED or code > _LAST_CODE:
        return _REPLACEMENT
    return _CODES.get(code) or from_symbol_font(chr(code))


def _style(pdfium: Any, text_page: Any, index: int, text_object: Any) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
    angle = math.atan2(matrix.b, matrix.a)
    turns = round(angle / (math.pi / 2))
    slanted = abs(angle - turns * math.pi / 2) > _LEAN
    font = pdfium.FPDFTextObj_GetFont(text_object)
    name = ctypes.create_string_buffer(_NAME_BYTES)
    if font:
        pdfium.FPDFFont_GetBaseFontName(font, name, _NAME_BYTES)
    named_bold = any(word in name.value.lower() for word in _BOLD_NAMES)
    bold = named_bold or pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT
    ink = ink_of(pdfium, text_page, index, text_object)
    return _Style(size, bold, None if slanted else turns % 4, ink)


def _usual_turns(marks: list[_Mark], default: int) -> int:
    counted = Counter(mark.style.turns for mark in marks if mark.style.turns is not None)
    return max(counted, key=lambda turns: counted[turns], default=default)


def _char(mark: _Mark, frame: Frame) -> Char:
    x, y = mark.origin
    baseline = frame.box(x, y, x, y).top
    return Char(mark.text, frame.box(*mark.bounds), baseline, mark.style.size, mark.style.bold)


def _aside(marks: list[_Mark], turns: int) -> str:
    return "".join(mark.text for mark in marks if mark.style.turns != turns)


def _joined_rules(boxes: list[Box]) -> tuple[Box, ...]:
    """Join the pieces of a horizontal line, which some writers draw a cell at a time."""
    pieces = sorted(
        (box for box in boxes if box.bottom - box.top <= _RULE_THICKNESS < box.x1 - box.x0),
        key=lambda box: (round(box.top), box.x0),
    )
    rules: list[Box] = []
    for piece in pieces:
        last = rules[-1] if rules else None
        if last and abs(last.top - piece.top) <= _RULE_THICKNESS and piece.x0 <= last.x1 + _TOUCH:
            rules[-1] = last._replace(x1=max(last.x1, piece.x1))
        else:
            rules.append(piece)
    return tuple(rule for rule in rules if rule.x1 - rule.x0 >= _RULE_LENGTH)


def _grid_size(boxes: list[Box]) -> tuple[int, int]:
    """Count the distances from the left with upright edges, and those from the top with flat ones.

    An area has two edges each way; a table drawn as one path looks like an area.
    """
    upright: set[int] = set()
    flat: set[int] = set()
    for box in boxes:
        if box.bottom - box.top > _RULE_THICKNESS:
            upright |= {round(box.x0), round(box.x1)}
        if box.x1 - box.x0 > _RULE_THICKNESS:
            flat |= {round(box.top), round(box.bottom)}
    return len(upright), len(flat)
