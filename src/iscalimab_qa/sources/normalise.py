"""Clean a piece of text for reading, and make the key under which spellings match.

`clean_text` is for display: it takes out what is not words (markup, reference markers,
invisible characters) and leaves the source's own characters. `matching_key` is for
comparison only and is never shown.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

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

_UNIFIED = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("‘’‚‛′ʹʼ`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | {"×": "x", "\u2044": "/"}
)
"""Characters that people and programs put in one another's place."""
_POWER_OF_NUMBER = re.compile(rf"(?<=\d)([⁺⁻]?[{RAISED_DIGITS}]+)")
_TYPED_POWER = re.compile(r"(?<=[a-zα-ω])\^(?=\d)")
_DECIMAL_POINT = re.compile(r"(?<=\d)[·∙⋅](?=\d)")
_MICRO = re.compile(r"[µμ](?=(?:g|l|m|M|L|mol|U)(?:\b|/))")


class _Forms(dict[int, str]):
    """A table for `str.translate` that asks what becomes of a character once, and remembers."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, code: int) -> str:
        self[code] = self._form(chr(code))
        return self[code]


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
    text = unicodedata.normalize("NFKD", text.translate(_UNIFIED)).casefold()
    text = text.translate(_UNIFIED).translate(_KEY_FORMS)
    text = _DECIMAL_POINT.sub(".", _TYPED_POWER.sub("", text))
    return " ".join(text.split())


def _clean_once(text: str) -> str:
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), _NESTED_AMPERSAND.sub("&", text))
    text = text.translate(_SHOWN_FORMS)
    text = latex_to_text(text)
    text = resolve_scripts(text)
    text = drop_reference_markers(text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _shown_form(char: str) -> str:
    """Return a character as it is displayed: nothing for what nobody sees."""
    if char in _DISPLAY_FORMS:
        return _DISPLAY_FORMS[char]
    if unicodedata.category(char) in _INVISIBLE_CATEGORIES or char in _INVISIBLE_LETTERS:
        return ""
    return " " if unicodedata.category(char) == "Cc" or char == _BLANK else char


def _key_form(char: str) -> str:
    """Return a character as the key has it: accents fall away, Greek letters are spelled out."""
    if unicodedata.combining(char):
        return ""
    name = unicodedata.name(char, "")
    if name.startswith("GREEK SMALL LETTER "):
        return name.rsplit(" ", 1)[-1].lower().replace("lamda", "lambda")
    return _shown_form(char)


_SHOWN_FORMS = _Forms(_shown_form)
_KEY_FORMS = _Forms(_key_form)
