"""Text on its way into a file: on one line, and nothing in it that a format cannot hold."""

from __future__ import annotations

import unicodedata

_UNSEEN = {"Cc", "Cs", "Co", "Cn"}
"""Control characters, halves of characters, and what has no meaning that all readers share:
XML, and so DOCX, refuses the first two."""

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Marks that would show a reader other words, or another figure, than the ones that stand there."""


def one_line(text: str) -> str:
    """Lay a text on one line, white space as single spaces, unseen characters left out."""
    spaced = " ".join(text.split())
    return " ".join("".join(filter(_is_kept, spaced)).split())


def _is_kept(character: str) -> bool:
    return character not in _REORDERING and unicodedata.category(character) not in _UNSEEN
