"""Tables whose columns were lost: one space between all words, as text is copied off a page.

"Outcome Tolimab (n = 64) Placebo (n = 32) p" is a row of heads: each arm ends in its size. The
values below are told from the right, one a column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from iscalimab_qa.sources.builder import Cell
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.text_tables import TextTable

_FEWEST_ARMS = 2
_FEWEST_ROWS = 2
_LONGEST_GROUP = 60
"""Characters of a line without values that heads the rows below it."""

_LONGEST_ROW = 300
"""Characters; a longer line is a paragraph."""

_SIZED = re.compile(r"(?P<name>[^()]+?)\s*(?P<size>\(\s*[nN]\s?=\s?\d[\d,]*\s*\))\s*")
_FIRST_ARM = re.compile(r"(?P<label>.*?)\s*(?P<arm>[A-Z][\w/-]*(?:\s+(?:[a-z\d][\w./%-]*))*)$")
"""The first arm's head begins at the last capital before its size; before it, the label's."""

_VALUE = (
    r"(?:[<>≤≥]?\s?[-−–+]?\d[\d,]*(?:\.\d+)?\s?%?(?:\s?\([^()]*\))?"
    r"|not\s+(?:reached|reported|estimable)|NR|NA|N/A|nil|none|[-–—])"
)


def may_begin_flat_table(line: str) -> bool:
    """Whether a line could be the heads of such a table: two arms with their sizes."""
    return "\t" not in line and len(_SIZED.findall(line)) >= _FEWEST_ARMS


def flat_table(lines: Sequence[str]) -> TextTable | None:
    """Read the table whose heads stand on the first line; None where the rows do not fit."""
    heads, tail = _heads(lines[0])
    if heads is None:
        return None
    arms = len(heads) - 1
    rows: list[list[Cell]] = []
    valued = 0
    for place, line in enumerate(lines[1:], start=1):
        values = _values(line, arms, has_tail=bool(tail))
        if values is None:
            if not _is_group(line, lines[place + 1 : place + 2], arms, has_tail=bool(tail)):
                break
            values = [line]
        else:
            valued += 1
        width = len(heads) + bool(tail)
        rows.append([Cell(clean_text(each)) for each in (*values, *[""] * (width - len(values)))])
    if valued < _FEWEST_ROWS:
        return None
    return TextTable(
        [[Cell(each) for each in (*heads, *filter(None, [tail]))]], rows, len(rows) + 1
    )


def _heads(line: str) -> tuple[list[str] | None, str]:
    """Return the heads of label and arms, and what stands behind them."""
    line = clean_text(line)
    found = list(_SIZED.finditer(line))
    if len(found) < _FEWEST_ARMS or found[0].start() or _has_gaps(found):
        return None, ""
    first = _FIRST_ARM.fullmatch(found[0]["name"])
    if first is None:
        return None, ""
    arms = [f"{first['arm']} {found[0]['size']}"]
    arms += [f"{each['name']} {each['size']}" for each in found[1:]]
    return [first["label"], *arms], line[found[-1].end() :].strip()


def _has_gaps(found: Sequence[re.Match[str]]) -> bool:
    return any(left.end() != right.start() for left, right in pairwise(found))


def _values(line: str, arms: int, *, has_tail: bool) -> list[str] | None:
    """Return a row's label and values, told from the right; the last column's may be lacking."""
    if len(line) > _LONGEST_ROW:
        return None
    for count in (arms + 1, arms) if has_tail else (arms,):
        values = r"\s+".join([f"({_VALUE})"] * count)
        if row := re.fullmatch(rf"\s*(\S.*?)\s+{values}\s*", line):
            return list(row.groups())
    return None


def _is_group(line: str, below: Sequence[str], arms: int, *, has_tail: bool) -> bool:
    """Whether a line heads the rows below it: "Primary endpoint"."""
    return (
        bool(line.strip())
        and len(line) <= _LONGEST_GROUP
        and not line.rstrip().endswith(".")
        and bool(below)
        and _values(below[0], arms, has_tail=has_tail) is not None
    )
