"""Clean a piece of text for reading, and make the key under which spellings match.

`clean_text` is for display: it takes out what is not words (markup, reference markers,
invisible characters) and leaves the source's own characters. `matching_key` is for
comparison only and is never shown.
"""

from __future__ import annotations

import html
import re
import unicodedata

from iscalimab_qa.sources.latex import latex_to_text
from iscalimab_qa.sources.markers import drop_reference_markers
from iscalimab_qa.sources.scripts import RAISED_DIGITS, resolve_scripts

_MAX_PASSES = 12
"""One step can uncover work for another (`&amp;lt;sup&amp;gt;`). People nest two or three
deep; the bound keeps a text built to nest from being cleaned for ever."""

_NEEDS_WORK = re.compile(r"[^\n\t -~]|[\\$<&\[^]")

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NESTED_AMPERSAND = re.compile(r"&(?:(?:amp|AMP|#0{0,6}38|#[xX]0{0,4}26);)+")

_INVISIBLE_CATEGORIES = frozenset({"Cf", "Cs", "Co"})
"""Format controls (zero width, soft hyphen, bidirectional, tags), halves of characters, and
private characters: nobody sees them, and some of them are used to hide orders."""
_INVISIBLE_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
"""Fillers and variation selectors: letters and marks to Unicode, nothing to the eye."""
_BLANK = "\u2800"  # an empty braille cell

_DISPLAY_FORMS = {"\u2010": "-", "\u2011": "-"} | {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)
}
"""Characters that differ in typesetting only: hyphens, and ligatures such as ﬁ."""

_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u207b\u208b]")
_SINGLE_QUOTES = re.compile(r"[\u2018-\u201b\u2032\u02b9\u02bc\u0060\u00b4]")
_DOUBLE_QUOTES = re.compile(r"[\u201c-\u201f\u2033\u00ab\u00bb]")
_POWER_OF_NUMBER = re.compile(rf"(?<=\d)([⁺⁻]?[{RAISED_DIGITS}]+)")
_TYPED_POWER = re.compile(r"(?<=[a-zα-ω])\^(?=\d)")
_DECIMAL_POINT = re.compile(r"(?<=\d)[·∙⋅](?=\d)")
_MICRO = re.compile(r"[µμ](?=(?:g|l|m|M|L|mol|U)(?:\b|/))")


def _spelled_out() -> dict[int, str]:
    names = {ord("×"): "x", ord("\u2044"): "/"}
    for code in range(0x3B1, 0x3CA):
        name = unicodedata.name(chr(code)).rsplit(" ", 1)[-1].lower()
        names[code] = "lambda" if name == "lamda" else name
    return names


_SPELLED_OUT = _spelled_out()


def clean_text(text: str) -> str:
    """Return a piece of a document as one line of readable words.

    Markup that survived the format (entities, LaTeX, `<sup>`), the source's own reference
    markers and invisible characters are gone; every kind of space is one space. Characters
    keep their meaning: the text is NFC, never NFKC, so `10⁹` stays apart from `109`.
    Cleaning a clean text changes nothing.
    """
    if not _NEEDS_WORK.search(text):
        return " ".join(text.split())
    for _ in range(_MAX_PASSES):
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def matching_key(text: str) -> str:
    """Return a key that is equal for spellings of the same words; for matching only.

    Case, dashes and minus signs, quotes, accents, compatibility forms and spaces are
    unified, Greek letters are spelled out (`TNF-α` and `TNF-alpha`), and powers are written
    with `^` so that `10⁹` never equals `109`. Offsets of the key are not offsets of the text.
    """
    text = _MICRO.sub("u", text)
    text = _POWER_OF_NUMBER.sub(r"^\1", text)
    text = _DECIMAL_POINT.sub(".", text)
    text = unicodedata.normalize("NFKD", _SINGLE_QUOTES.sub("'", _DOUBLE_QUOTES.sub('"', text)))
    text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    text = _TYPED_POWER.sub("", _DASHES.sub("-", text))
    text = "".join(char for char in text if _is_visible(char))
    return " ".join(text.translate(_SPELLED_OUT).split())


def _clean_once(text: str) -> str:
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), _NESTED_AMPERSAND.sub("&", text))
    text = "".join(map(_visible, text)) if not text.isascii() or _has_controls(text) else text
    text = latex_to_text(text)
    text = resolve_scripts(text)
    text = drop_reference_markers(text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _has_controls(text: str) -> bool:
    return not text.isprintable()


def _visible(char: str) -> str:
    if char in _DISPLAY_FORMS:
        return _DISPLAY_FORMS[char]
    if char == _BLANK:
        return " "
    if not _is_visible(char):
        return ""
    return " " if unicodedata.category(char) == "Cc" else char


def _is_visible(char: str) -> bool:
    return (
        char not in _INVISIBLE_LETTERS and unicodedata.category(char) not in _INVISIBLE_CATEGORIES
    )
