"""Join lines that a page's width has cut, and mend the words cut with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT_WORD = re.compile(r"([^\W\d_]+)[-\u00ad]$")
_GLUED_END = re.compile(r"\S[-–/\u00ad]$")

_STANDS_BEFORE_A_HYPHEN = frozenset(
    "double single triple open placebo follow dose long short high low well cross half self non "
    "anti pre post co multi first second third early late end one two three four five six seven "
    "eight nine ten week month year day time age sex life drug risk cell immune disease treatment "
    "steroid head state evidence patient investigator health case large small".split()
)
"""First halves of compounds that papers hyphenate on the line as well: double-blind."""


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Collect a document's words in lower case, compounds whole.

    How the document writes a word decides whether it has a hyphen, so a word that is cut at
    the end of a line is left out.
    """
    return frozenset(
        word.lower() for line in lines for word in _WORD.findall(_CUT_WORD.sub("", line.rstrip()))
    )


def join_lines(texts: Iterable[str], words: frozenset[str]) -> str:
    """Join the lines of a paragraph.

    A hyphen at the end of a line goes where it only cut a word: both halves are in lower
    case, and neither the document nor the usual spelling of the field writes it.

    Args:
        texts: The lines.
        words: The words of the document, from `words_of`.
    """
    parts: list[str] = []
    for text in texts:
        lower = text.strip()
        if parts:
            parts[-1], gap = _end_of(parts[-1], lower, words)
            parts.append(gap)
        parts.append(lower)
    return "".join(parts)


class _LineEnd(NamedTuple):
    """What is left of a line that is joined to the next, and what stands between them."""

    text: str
    gap: str


def _end_of(upper: str, lower: str, words: frozenset[str]) -> _LineEnd:
    cut, start = _CUT_WORD.search(upper), _WORD.match(lower)
    if cut and start and cut[1].islower() and start[0].islower():
        return _LineEnd(upper if _keeps_hyphen(cut[1], start[0], words) else upper[:-1], "")
    glued = _GLUED_END.search(upper) and lower[:1].isalnum()
    return _LineEnd(upper, "" if glued else " ")


def _keeps_hyphen(first: str, second: str, words: frozenset[str]) -> bool:
    if f"{first}-{second}" in words:
        return True
    return first + second not in words and first in _STANDS_BEFORE_A_HYPHEN
