"""Which characters of a PDF page its readers do not see.

Ink is judged against what is drawn around it: white letters on a dark band are a table's
head, invisible letters over a picture are what a scanner recognised. Where it cannot be told,
letters count as seen; what they say is examined all the same.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from iscalimab_qa.sources.style import WHITE, Colour
from iscalimab_qa.sources.visibility import SAME_COLOUR

_INVISIBLE_MODES = frozenset({3, 7})
_OUTLINED_MODES = frozenset({1, 2, 5, 6})
"""Text rendering modes of ISO 32000-1, 9.3.6."""
_SMALLEST_POINTS = 1.5
_RECTANGLE_SEGMENTS = 5
_FAINT = 0.05
_ANNOTATION_CHARS = 2_000
_MOST_ANNOTATIONS = 500

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own space."""


class Ink(NamedTuple):
    """How the letters of a text object are drawn; `colour` None is a pattern or unknown."""

    mode: int
    colour: Colour | None


class Ground(NamedTuple):
    """What a page draws besides text: filled areas, and pictures.

    The colour of an area is None where it has several, or is no plain rectangle, so that its
    bounds say little; `colours` are those of all areas. `known` is False where there was too
    much to look at.
    """

    fills: Sequence[tuple[Bounds, Colour | None]]
    colours: frozenset[Colour | None]
    pictures: Sequence[Bounds]
    known: bool


def ink_of(pdfium: Any, text_page: Any, index: int, text_object: Any) -> Ink:
    """Read how a character is drawn."""
    parts = [ctypes.c_uint() for _ in range(4)]
    filled = pdfium.FPDFText_GetFillColor(text_page, index, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    return Ink(mode, Colour(red, green, blue, alpha / 255) if filled else None)


def is_filled(pdfium: Any, item: Any) -> bool:
    """Tell whether a path is more than its outline."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(item, mode, stroked)) and mode.value != 0


def fill_of(pdfium: Any, item: Any) -> Colour | None:
    """Return the colour of a rectangle that is filled with one, None for any other path."""
    if pdfium.FPDFPath_CountSegments(item) > _RECTANGLE_SEGMENTS:
        return None
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return Colour(red, green, blue, alpha / 255)


def unseen(ink: Ink, size: float, bounds: Bounds, page: Bounds, ground: Ground) -> str | None:
    """Say why a character is not seen, None if it is, or may be."""
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    if not _holds(page, x, y):
        return "off the page"
    if any(_holds(picture, x, y) for picture in ground.pictures) or not ground.known:
        return None
    if ink.mode in _INVISIBLE_MODES:
        return "invisible letters"
    if size < _SMALLEST_POINTS:
        return "letters too small to read"
    if not _may_be_lost(ink, ground.colours):
        return None
    around = [fill for area, fill in ground.fills if _holds(area, x, y)]
    return _lost_on(around or [WHITE], ink)


@lru_cache(maxsize=64)
def _may_be_lost(ink: Ink, colours: frozenset[Colour | None]) -> bool:
    """Tell whether there is any ground of the letters' own colour; mostly there is none."""
    return any(_lost_on([fill], ink) for fill in (WHITE, *colours))


def _lost_on(around: Sequence[Colour | None], ink: Ink) -> str | None:
    """Say why letters do not stand out from what lies under them, None if they do."""
    if ink.colour is None or ink.mode in _OUTLINED_MODES:
        return None
    if ink.colour.opacity <= _FAINT:
        return "transparent letters"
    alike = all(fill is not None and ink.colour.is_like(fill, SAME_COLOUR) for fill in around)
    return "letters in the colour of their background" if alike else None


def pinned_notes(pdfium: Any, page: Any) -> list[str]:
    """Return what the notes that are pinned to a page say; none of it is part of the page."""
    said = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        buffer = ctypes.create_string_buffer(2 * _ANNOTATION_CHARS)
        length = pdfium.FPDFAnnot_GetStringValue(
            note, b"Contents", ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), len(buffer)
        )
        pdfium.FPDFPage_CloseAnnot(note)
        said.append(
            buffer.raw[: max(0, min(length, len(buffer)) - 2)].decode("utf-16-le", "replace")
        )
    return [words for words in said if words.strip()]


def _holds(area: Bounds, x: float, y: float) -> bool:
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
