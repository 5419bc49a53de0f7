"""Characters of a page -> lines of words, in the order of reading.

The lines that PDFium itself makes break at every raised figure, so they are put together
here from where the characters stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import fmean
from typing import NamedTuple

from iscalimab_qa.sources.pdf_page import Box, Char

# Distances are shares of the font size of the line, so that they hold for any print.
_WORD_GAP = 0.25
_BACKSTEP = 0.5
"""How far a character may stand left of the last one's end (kerning, italics) in one line."""
_SHARED_HEIGHT = 0.5
"""How much of the lower of two characters must lie beside the other for one line."""
_SCRIPT_SIZE = 0.87
_RAISED_BY = 0.1

SEGMENT_GAP = 1.2
"""Wider than any space of justified print (measured: up to 0.95), as wide as columns are apart."""

_GUTTER_BETWEEN = (0.3, 0.7)
_FEWEST_GAPPED_LINES = 8
_MOST_CROSSING = 0.3
_PROSE_WORDS = 4
"""A page whose lines break at one place in its middle, both sides prose, has two columns that
were drawn across. The halves of a table's rows are shorter than prose."""


class Word(NamedTuple):
    """Letters without a space; raised ones stand in `<sup>`, see `scripts`."""

    text: str
    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """Where its middle stands."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side. `size` is that of most of its letters; `bold` if all of them are."""

    words: tuple[Word, ...]
    box: Box
    baseline: float
    size: float
    bold: bool

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)

    def segments(self, gap: float = SEGMENT_GAP) -> tuple[Word, ...]:
        """Join the words that stand closer than `gap` font sizes."""
        groups: list[list[Word]] = []
        for word in self.words:
            if groups and word.x0 - groups[-1][-1].x1 <= gap * self.size:
                groups[-1].append(word)
            else:
                groups.append([word])
        return tuple(_joined(group) for group in groups)


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """Put characters together to lines, in the order in which they come."""
    rows: list[list[Char]] = []
    tallest = last = None
    for char in chars:
        if char.text.isspace():
            if rows:
                rows[-1].append(char)
        elif tallest and last and _goes_on(tallest, last, char):
            rows[-1].append(char)
            tallest, last = max(tallest, char, key=lambda one: one.size), char
        else:
            rows.append([char])
            tallest = last = char
    return [_line(row) for row in rows]


def in_reading_order(lines: Sequence[Line], page_width: float) -> list[Line]:
    """Take two columns apart that were drawn line by line across the page.

    Most files draw one column after the other, and their lines are returned as they are.
    """
    gutter = _gutter(lines, page_width)
    if gutter is None:
        return list(lines)
    ordered: list[Line] = []
    right: list[Line] = []
    for line in lines:
        halves = _split(line, gutter)
        if halves is None:
            ordered += right
            right = []
            ordered.append(line)
        else:
            ordered += halves[:1] if halves[0].words else []
            right += halves[1:] if halves[1].words else []
    return ordered + right


def _goes_on(tallest: Char, last: Char, char: Char) -> bool:
    """Tell whether a character stands beside the tallest of a line and not left of its last."""
    if char.box == last.box:  # a ligature, taken apart
        return True
    shared = min(tallest.box.bottom, char.box.bottom) - max(tallest.box.top, char.box.top)
    lower = min(tallest.box.bottom - tallest.box.top, char.box.bottom - char.box.top)
    return shared >= _SHARED_HEIGHT * lower and char.box.x0 >= last.box.x1 - _BACKSTEP * last.size


def _line(row: Sequence[Char]) -> Line:
    letters = [char for char in row if not char.text.isspace()]
    size = Counter(round(char.size, 1) for char in letters).most_common(1)[0][0]
    usual = [char for char in letters if round(char.size, 1) == size]
    baseline = Counter(round(char.baseline, 1) for char in usual).most_common(1)[0][0]
    words = [_word(group, size, baseline) for group in _word_groups(row, size)]
    box = Box(
        min(char.box.x0 for char in letters),
        min(char.box.top for char in usual),
        max(char.box.x1 for char in letters),
        max(char.box.bottom for char in usual),
    )
    return Line(tuple(words), box, baseline, size, all(char.bold for char in letters))


def _word_groups(row: Sequence[Char], size: float) -> list[list[Char]]:
    groups: list[list[Char]] = []
    apart = True
    for char in row:
        if char.text.isspace():
            apart = True
            continue
        if apart or char.box.x0 - groups[-1][-1].box.x1 > _WORD_GAP * size:
            groups.append([])
        groups[-1].append(char)
        apart = False
    return groups


def _word(chars: Sequence[Char], size: float, baseline: float) -> Word:
    def is_raised(char: Char) -> bool:
        return char.size < _SCRIPT_SIZE * size and char.baseline < baseline - _RAISED_BY * size

    runs = ((up, "".join(char.text for char in run)) for up, run in groupby(chars, key=is_raised))
    text = "".join(f"<sup>{run}</sup>" if up else run for up, run in runs)
    return Word(text, chars[0].box.x0, chars[-1].box.x1)


def _joined(words: Sequence[Word]) -> Word:
    return Word(" ".join(word.text for word in words), words[0].x0, words[-1].x1)


def _gutter(lines: Sequence[Line], page_width: float) -> float | None:
    """Find the x at which most lines have a gap that hardly any line crosses."""
    low, high = (share * page_width for share in _GUTTER_BETWEEN)
    gaps = [
        (one.x1, next_one.x0)
        for line in lines
        for one, next_one in pairwise(line.segments())
        if low < (one.x1 + next_one.x0) / 2 < high
    ]
    if len(gaps) < _FEWEST_GAPPED_LINES:
        return None
    # The narrowest gap: where a short line ends, its gap says little about the gutter.
    left, right = min(gaps, key=lambda gap: gap[1] - gap[0])
    gutter = (left + right) / 2
    halves = [halves for line in lines if (halves := _split(line, gutter))]
    both = [pair for pair in halves if all(half.words for half in pair)]
    if len(both) < _FEWEST_GAPPED_LINES or len(lines) - len(halves) > _MOST_CROSSING * len(both):
        return None
    prose = all(fmean(len(pair[side].words) for pair in both) >= _PROSE_WORDS for side in (0, 1))
    return gutter if prose else None


def _split(line: Line, x: float) -> tuple[Line, Line] | None:
    """Cut a line at x; None if a word or a mere space lies across it."""
    left = tuple(word for word in line.words if word.x1 <= x)
    right = tuple(word for word in line.words if word.x0 >= x)
    if len(left) + len(right) < len(line.words):
        return None
    if left and right and right[0].x0 - left[-1].x1 <= SEGMENT_GAP * line.size:
        return None
    return _part(line, left), _part(line, right)


def _part(line: Line, words: tuple[Word, ...]) -> Line:
    x0, x1 = (words[0].x0, words[-1].x1) if words else (line.box.x0, line.box.x0)
    return replace(line, words=words, box=line.box._replace(x0=x0, x1=x1))
