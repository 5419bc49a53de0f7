"""What a page of a PDF draws besides its text: lines, areas, pictures."""

from __future__ import annotations

from typing import Any, NamedTuple

from iscalimab_qa.sources.pdf_hidden import Bounds, fill_of, is_filled
from iscalimab_qa.sources.style import Colour

_MAX_OBJECTS = 50_000
_MAX_PATHS = 3_000
"""What of a page is looked through for rules. A dense page of print has about 5,000 objects, a
large ruled table 1,000 lines; a scatter plot of a million points is no table."""

_MAX_FORM_DEPTH = 4
"""Nested forms that are followed; writers use one, to wrap a page or place a figure."""

_SMALLEST_GROUND = 4.0
"""Points; what is narrower does not lie under a letter."""
MOST_GROUNDS = 500
"""Areas that every letter is held against; a page with more is a drawing."""


class Drawn(NamedTuple):
    """Bounds of the lines and areas of a page and of its pictures, in its own space.

    `fills` are the areas with their colours, None where an area has several. `stopped` tells
    that there was too much to look at all of it.
    """

    paths: list[Bounds]
    fills: list[tuple[Bounds, Colour | None]]
    images: list[Bounds]
    stopped: bool


def drawn_on(page: Any) -> Drawn:
    """Look through the objects of an open page, under PDFium's lock."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - PDFium takes most of a second to load

    paths: list[Bounds] = []
    fills: list[tuple[Bounds, Colour | None]] = []
    images: list[Bounds] = []
    for seen, item in enumerate(page.get_objects(max_depth=_MAX_FORM_DEPTH)):
        if seen >= _MAX_OBJECTS or len(paths) >= _MAX_PATHS:
            return Drawn(paths, fills, images, stopped=True)
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            paths.append(_bounds_on_page(item))
            if _hides_letters(paths[-1]) and is_filled(pdfium, item.raw):
                fills.append((paths[-1], fill_of(pdfium, item.raw)))
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(_bounds_on_page(item))
        elif item.type == pdfium.FPDF_PAGEOBJ_SHADING:
            fills.append((_bounds_on_page(item), None))
    return Drawn(paths, fills, images, stopped=False)


def _hides_letters(bounds: Bounds) -> bool:
    """Tell an area from a rule, a tick or a point of a plot."""
    return min(bounds[2] - bounds[0], bounds[3] - bounds[1]) >= _SMALLEST_GROUND


def _bounds_on_page(item: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = item.get_bounds()
    form = item.container
    while form is not None:
        matrix = form.get_matrix()
        corners = [matrix.on_point(x, y) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        form = form.container
    return left, bottom, right, top
