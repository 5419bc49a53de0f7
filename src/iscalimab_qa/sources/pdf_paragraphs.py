"""Lines -> paragraphs, joined across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from iscalimab_qa.sources.captions import is_label, is_printed_caption
from iscalimab_qa.sources.pdf_aligned import holds_values
from iscalimab_qa.sources.pdf_lines import Line
from iscalimab_qa.sources.pdf_running import PageItems
from iscalimab_qa.sources.pdf_tables import PdfTable
from iscalimab_qa.sources.unwrap import words_of

# Distances are shares of the font size, steps are from baseline to baseline.
_USUAL_STEP = 1.2
_STEPS = (0.9, 2.6)
_WIDER_STEP = 1.3
"""Times the usual step of the document: what lies between paragraphs."""
_SAME_SIZE = 0.6
"""Points; print rounds, and a change of size is at least one point."""
_INDENT = 0.7
_DELIBERATE = 0.25
"""Share of the column's width that a line leaves empty when it was ended on purpose."""
_COLUMN_SLACK = 2.5
"""How far the lines of one column may differ at their left (indents)."""
_NEARBY = 8
"""Lines above and below that show how wide a column is."""
_LOOK_BACK = 6
"""Blocks (a table, its caption, notes) that may stand between two parts of a paragraph."""

_SENTENCE_END = re.compile(r"[.!?:](?:[\"'”’)\]]|</?sup>|\d|[,–-])*$")
_BULLET = re.compile(r"(?:[•▪■●◦‣∙·➢✓–—-]|\uf0b7)\s+(?=\S)")
_NUMBERED = re.compile(r"[\[(]?(\d{1,3})[\].)]+\s+\S")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. `page` is where the first one stands."""

    lines: tuple[Line, ...]
    page: int

    @property
    def size(self) -> float:
        """Font size of its first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether every line is bold."""
        return all(line.bold for line in self.lines)


class PlacedTable(NamedTuple):
    """A table and the page it stands on."""

    table: PdfTable
    page: int


Block = Paragraph | PlacedTable


class Typography(NamedTuple):
    """What is usual in a document: the size of its text, the step of its lines, its words."""

    size: float
    step: float
    words: frozenset[str]


def typography_of(lines: Sequence[Line]) -> Typography:
    """Measure the usual size (by letters), line step (share of the size), and the vocabulary."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += sum(len(word.text) for word in line.words)
    ratios = [
        (two.baseline - one.baseline) / one.size for one, two in pairwise(lines) if one.size > 0
    ]
    usual = [ratio for ratio in ratios if _STEPS[0] < ratio < _STEPS[1]]
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    step = median(usual) if usual else _USUAL_STEP
    return Typography(size, step, words_of(line.text for line in lines))


def paragraphs_of(pages: Iterable[PageItems], typography: Typography) -> list[Block]:
    """Join lines to paragraphs; tables stand where they are."""
    blocks: list[Block] = []
    for page in pages:
        edges = _right_edges([item for item in page.items if isinstance(item, Line)])
        above: Line | None = None
        for item in page.items:
            if isinstance(item, PdfTable):
                blocks.append(PlacedTable(item, page.number))
                above = None
                continue
            follows = above is not None and _is_next(above, item, typography)
            at = _goes_on_in(blocks, item, typography, edges[id(item)] if follows else None)
            before = blocks[at] if at is not None else None
            if at is not None and isinstance(before, Paragraph):
                blocks[at] = Paragraph((*before.lines, item), before.page)
            else:
                blocks.append(Paragraph((item,), page.number))
            above = item
    return blocks


def is_bullet(text: str) -> bool:
    """Tell whether a line starts with a bullet or a dash that stands for one."""
    return _BULLET.match(text) is not None


def without_bullet(text: str) -> str:
    """Return the words of a list item."""
    return _BULLET.sub("", text, count=1)


def is_numbered(text: str) -> bool:
    """Tell whether a line starts with a number as list entries do."""
    return _NUMBERED.match(text) is not None


def _goes_on_in(
    blocks: Sequence[Block], line: Line, typography: Typography, right: float | None
) -> int | None:
    """Return the index of the paragraph that a line goes on with, or None if it starts one.

    `right` is how far the line's column reaches if the line lies right under the last block,
    and None if it stands elsewhere.
    """
    if not blocks or holds_values(line):
        return None
    last = blocks[-1]
    if right is not None and isinstance(last, Paragraph):
        return None if _starts_anew(last, line, right) else len(blocks) - 1
    return _cut_paragraph(blocks, line, typography)


def _is_next(above: Line, line: Line, typography: Typography) -> bool:
    """Tell whether a line lies right under another one and is set alike."""
    step = line.baseline - above.baseline
    if not 0 < step <= _WIDER_STEP * typography.step * max(line.size, above.size):
        return False
    if is_label(above.text) and abs(line.box.x0 - above.box.x0) < _INDENT * line.size:
        return True  # `Table 1` in bold, its words under it in another type
    return (
        line.box.x0 < above.box.x1
        and above.box.x0 < line.box.x1
        and abs(line.size - above.size) <= _SAME_SIZE
        and line.bold == above.bold
    )


def _starts_anew(paragraph: Paragraph, line: Line, right: float) -> bool:
    """Tell whether a line right under a paragraph starts another one."""
    first, last = paragraph.lines[0], paragraph.lines[-1]
    if is_label(last.text):
        return False
    if is_bullet(line.text) or holds_values(last) or _counts_on(first, line):
        return True
    if _returns_from_hanging(paragraph, line):
        return True
    room = right - last.box.x1 - (line.words[0].x1 - line.words[0].x0)
    if _SENTENCE_END.search(last.text):
        indented = line.box.x0 - last.box.x0 > _INDENT * line.size and not _is_entry(first)
        fits = room > _INDENT * line.size
        return fits or indented or _starts_list(line) or is_printed_caption(line.text)
    ended_early = room > _DELIBERATE * (right - first.box.x0)
    return ended_early and not line.text[:1].islower()


def _starts_list(line: Line) -> bool:
    match = _NUMBERED.match(line.text)
    return match is not None and int(match[1]) == 1


def _counts_on(first: Line, line: Line) -> bool:
    """Tell the next entry of a numbered list from a line that happens to start with a figure."""
    one, two = _NUMBERED.match(first.text), _NUMBERED.match(line.text)
    return one is not None and two is not None and int(two[1]) == int(one[1]) + 1


def _is_entry(line: Line) -> bool:
    return is_bullet(line.text) or is_numbered(line.text)


def _returns_from_hanging(paragraph: Paragraph, line: Line) -> bool:
    """Tell the first line of an entry whose lines hang further in than their first."""
    if len(paragraph.lines) < 2:  # noqa: PLR2004 - there is no second line to hang
        return False
    first, second = paragraph.lines[0].box.x0, paragraph.lines[1].box.x0
    indent = _INDENT * line.size
    return second - first > indent and abs(line.box.x0 - first) < indent


def _cut_paragraph(blocks: Sequence[Block], line: Line, typography: Typography) -> int | None:
    """Find the paragraph that a column, a page, a table or a note cut in two before this line."""
    for index in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _LOOK_BACK), -1):
        block = blocks[index]
        if not isinstance(block, Paragraph) or is_printed_caption(block.lines[0].text):
            continue
        if block.size < typography.size - _SAME_SIZE and block.size < line.size - _SAME_SIZE:
            continue  # notes under the text
        if len(block.lines) == 1 and not _is_heading_like(block, typography):
            continue  # labels of a figure; a paragraph is hardly cut after its first line
        same = abs(block.size - line.size) <= _SAME_SIZE and not block.bold and not line.bold
        return index if same and _is_open(block, line) else None
    return None


def _is_heading_like(paragraph: Paragraph, typography: Typography) -> bool:
    return paragraph.bold or paragraph.size > typography.size + _SAME_SIZE


def _is_open(paragraph: Paragraph, line: Line) -> bool:
    last = paragraph.lines[-1]
    if _SENTENCE_END.search(last.text) or holds_values(last) or _is_entry(line):
        return False
    if line.text[:1].islower() or last.text.endswith("-"):
        return True
    # A capital may be a name; then the line before it was full, as lines inside a paragraph are.
    widest = max(one.box.x1 for one in paragraph.lines)
    full = last.box.x1 >= widest - 2 * last.size and len(paragraph.lines) > 1
    return full and not is_printed_caption(line.text)


def _right_edges(lines: Sequence[Line]) -> dict[int, float]:
    """Find how far the column of each line reaches: as far as the lines around it that are alike.

    Only those nearby count: an abstract may run across the columns under it.
    """
    edges: dict[int, float] = {}
    for index, line in enumerate(lines):
        nearby = lines[max(0, index - _NEARBY) : index + _NEARBY + 1]
        edges[id(line)] = max(
            one.box.x1
            for one in nearby
            if abs(one.box.x0 - line.box.x0) <= _COLUMN_SLACK * line.size
            and abs(one.size - line.size) <= _SAME_SIZE
        )
    return edges
