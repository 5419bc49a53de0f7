"""Letters and signs that Word and PDF writers keep as private codes of the Symbol font.

Left as they are they would vanish as unreadable, and `≥ 3` would read `3`.
"""

from __future__ import annotations

import re

_SIGNS = {
    "\xa3": "≤", "\xa5": "∞", "\xab": "↔", "\xac": "←", "\xad": "↑", "\xae": "→", "\xaf": "↓",
    "\xb0": "°", "\xb1": "±", "\xb2": "″", "\xb3": "≥", "\xb4": "×", "\xb7": "•", "\xb8": "÷",
    "\xb9": "≠", "\xbb": "≈", "\xd2": "®", "\xd3": "©", "\xd4": "™", "\xd6": "√", "\xde": "⇒",
    "\xe2": "®", "\xe3": "©", "\xe4": "™",
}  # fmt: skip
_LETTERS = dict(
    zip(
        "abcdefghiklmnopqrstwxyzDFGLPQSWY",
        "αβχδεφγηικλμνοπθρστωξψζΔΦΓΛΠΘΣΩΨ",
        strict=True,
    )
)
_SYMBOLS = _SIGNS | _LETTERS
"""Adobe's Symbol encoding, as far as papers use it, by the Latin-1 character of its code."""

_PRIVATE_CODE = re.compile("[\uf020-\uf0ff]")
_PRIVATE_START = 0xF000
_ASCII_END = 0x7F


def from_symbol_font(text: str) -> str:
    """Replace the private characters U+F020 to U+F0FF by what the Symbol font shows there."""
    return _PRIVATE_CODE.sub(lambda match: symbol_at(ord(match[0])) or match[0], text)


def symbol_at(code: int) -> str:
    """Return the character at a code of the Symbol font, with or without the private offset.

    Codes that the table lacks yield themselves where they are ASCII (digits, brackets), and
    an empty string otherwise.
    """
    code = code - _PRIVATE_START if code >= _PRIVATE_START else code
    return _SYMBOLS.get(chr(code), chr(code) if code <= _ASCII_END else "")
