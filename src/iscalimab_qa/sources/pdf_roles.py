"""What the paragraphs of a PDF are: headings of which level, captions, list items, text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from iscalimab_qa.sources.captions import is_printed_caption
from iscalimab_qa.sources.pdf_paragraphs import (
    Block,
    Paragraph,
    Typography,
    is_bullet,
    is_numbered,
)

_LARGER = 1.12
"""Times the size of the text from which a line is a heading by its size."""
_SAME_SIZE = 0.6
_MOST_WORDS_LARGE = 50
_MOST_WORDS_BOLD = 16
_FEWEST_LETTERS = 3
_DEEPEST_BY_SIZE = 4
"""Sizes that tell levels apart; more than four are decoration."""
_FEWEST_TITLE_WORDS = 4
"""A journal's name or `Original research` may be set as large as the title."""
_NEARLY = 0.7

_SECTION = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+)?(?:"
    r"abstract|summary|synopsis|key messages|introduction|background|aims?|objectives?|"
    r"(?:materials?|patients?|participants) and methods|methods(?: and materials)?|methodology|"
    r"study design|statistical analys[ie]s|results(?: and discussion)?|findings|safety|efficacy|"
    r"discussion|interpretation|limitations|conclusions?|acknowledge?ments?|funding|"
    r"competing interests|conflicts? of interest|contributors?|author contributions|"
    r"data (?:availability|sharing)(?: statement)?|ethics(?: approval)?|abbreviations|"
    r"references|bibliography|literature cited|appendix(?: [a-z0-9])?|supplementary materials?"
    r")\s*:?",
    re.IGNORECASE,
)

RoleKind = Literal["heading", "caption", "list_item", "text", "boilerplate"]


class Role(NamedTuple):
    """What a paragraph is; `level` counts headings from 1."""

    kind: RoleKind
    level: int = 0


class Outline:
    """The levels of a document's headings, by the sizes it sets them in."""

    def __init__(self, blocks: Sequence[Block], typography: Typography) -> None:
        """Collect the sizes that are larger than the text."""
        self._typography = typography
        sizes = {
            round(block.size)
            for block in blocks
            if isinstance(block, Paragraph) and self._is_large(block)
        }
        self._sizes = sorted(sizes, reverse=True)[:_DEEPEST_BY_SIZE]

    def role(self, paragraph: Paragraph) -> Role:
        """Return what a paragraph is."""
        text = " ".join(line.text for line in paragraph.lines)
        if is_printed_caption(text):
            return Role("caption")
        if self._is_large(paragraph):
            size = round(paragraph.size)
            above = sum(one > size for one in self._sizes)
            return Role("heading", min(above, _DEEPEST_BY_SIZE - 1) + 1)
        if self._is_marked(paragraph, text):
            return Role("heading", len(self._sizes) + 1)
        if is_bullet(text) or is_numbered(text):
            return Role("list_item")
        # Figures alone are labels of a chart: without their words they say nothing.
        return Role("text" if any(char.isalpha() for char in text) else "boilerplate")

    def title(self, blocks: Sequence[Block]) -> Paragraph | None:
        """Return the largest heading of the first page, the first of several; None without one.

        Short ones, such as a journal's name, give way to a longer one that is nearly as large.
        """
        large = [
            block
            for block in blocks
            if isinstance(block, Paragraph) and block.page == 1 and self._is_large(block)
        ]
        largest = max(large, key=lambda block: block.size, default=None)
        if largest is None:
            return None
        rivals = [
            block
            for block in large
            if block.size >= _NEARLY * largest.size and _words(block) >= _FEWEST_TITLE_WORDS
        ]
        return max(rivals, key=lambda block: block.size, default=largest)

    def _is_large(self, paragraph: Paragraph) -> bool:
        words = [word.text for line in paragraph.lines for word in line.words]
        letters = sum(char.isalpha() for word in words for char in word)
        return (
            paragraph.size >= _LARGER * self._typography.size
            and letters >= _FEWEST_LETTERS
            and len(words) <= _MOST_WORDS_LARGE
            and not is_printed_caption(" ".join(words))
        )

    def _is_marked(self, paragraph: Paragraph, text: str) -> bool:
        """Tell a heading in the size of the text: by its name, or bold on lines of its own."""
        if len(paragraph.lines) == 1 and _SECTION.fullmatch(text):
            return True
        return (
            paragraph.bold
            and paragraph.size >= self._typography.size - _SAME_SIZE
            and len(text.split()) <= _MOST_WORDS_BOLD
            and sum(char.isalpha() for char in text) >= _FEWEST_LETTERS
            and not text.endswith((".", ",", ";"))
            and not is_bullet(text)
        )


def _words(paragraph: Paragraph) -> int:
    return sum(len(line.words) for line in paragraph.lines)
