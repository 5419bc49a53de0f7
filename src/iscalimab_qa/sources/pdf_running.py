"""Running heads, running feet and page numbers: what print repeats on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from iscalimab_qa.sources.pdf_lines import Line
from iscalimab_qa.sources.pdf_page import Box
from iscalimab_qa.sources.pdf_tables import Item

_MARGIN = 0.09
"""Share of the page's height in which running lines stand; text begins a hand's breadth in."""
_WIDE_MARGIN = 0.18
"""A page number alone at the top or bottom may stand this far in."""
_FEWEST_REPEATS = 2
_REPEATS_OF_LONG = 3
_LONG_DOCUMENT = 5
"""Left and right pages may differ, so a third of a long document's pages is not asked for."""

_PAGE_NUMBER = re.compile(
    r"\W*(?:p(?:age|\.)?\s*)?(?:[a-z]{0,2}\d{1,5}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,5})?\W*",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+")


class PageItems(NamedTuple):
    """A page cut into lines and tables, with its horizontal rules.

    `aside` is the text that runs another way than the page.
    """

    number: int
    height: float
    items: list[Item]
    rules: tuple[Box, ...]
    aside: str


class Parted(NamedTuple):
    """Pages without their running lines, and each of these lines once."""

    pages: list[PageItems]
    running: list[str]


def without_running_lines(pages: Sequence[PageItems]) -> Parted:
    """Take out the lines of the margins that repeat from page to page, and page numbers.

    Two lines are the same if they differ in figures only ("Page 3 of 9").
    """
    needed = _FEWEST_REPEATS if len(pages) < _LONG_DOCUMENT else _REPEATS_OF_LONG
    counts = Counter(key for page in pages for key in {_key(line) for line in _marginal(page)})
    running: dict[str, str] = {page.aside: page.aside for page in pages if page.aside}
    kept: list[PageItems] = []
    for page in pages:
        numbers = _page_numbers(page)
        repeated = [line for line in _marginal(page) if counts[_key(line)] >= needed]
        for line in repeated:
            if id(line) not in numbers:
                running.setdefault(_key(line), line.text)
        gone = numbers | {id(line) for line in repeated}
        kept.append(page._replace(items=[item for item in page.items if id(item) not in gone]))
    return Parted(kept, list(running.values()))


def _page_numbers(page: PageItems) -> set[int]:
    """Find the lines that number the page: in a margin, or the outermost line of the page."""
    lines = [item for item in page.items if isinstance(item, Line)]
    if not lines:
        return set()
    outermost = (min(lines, key=lambda one: one.box.top), max(lines, key=lambda one: one.box.top))
    margin = _WIDE_MARGIN * page.height
    outer = [
        line
        for line in outermost
        if line.box.bottom <= margin or line.box.top >= page.height - margin
    ]
    return {id(line) for line in (*_marginal(page), *outer) if _PAGE_NUMBER.fullmatch(line.text)}


def _marginal(page: PageItems) -> list[Line]:
    margin = _MARGIN * page.height
    return [
        item
        for item in page.items
        if isinstance(item, Line)
        and (item.box.bottom <= margin or item.box.top >= page.height - margin)
    ]


def _key(line: Line) -> str:
    return _FIGURES.sub("#", line.text)
