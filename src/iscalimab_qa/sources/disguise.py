"""See through the ways in which words are written so that people or filters miss them.

A letter of another alphabet that looks the same, characters without width, letters set
apart, digits for letters: an order or a drug's name stays what it is. What is returned here
is for comparing only; a source's text keeps its spelling.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator

_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝѵӏгпикмтвн" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρυικτε" + "ɑɡոսօհցԍ",
    "ABESIJKMHOPCTYXaesijopcyxhdqwvlrnukmtbh" + "ABEZHIKMNOPTYXoavpuikte" + "agnuohgG",
)
"""Cyrillic, Greek, phonetic and Armenian letters, and the Latin ones they pass for."""

_FOREIGN = re.compile(r"[\u0400-\u052f\u0531-\u058f\u13a0-\u13ff\u2c80-\u2cff]")
"""Cyrillic, Armenian, Cherokee, Coptic: no field term mixes them with Latin letters."""
_GREEK_LIKE_LATIN = re.compile(r"(?<=[A-Za-z])[οΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡ](?=[A-Za-z])")
_GREEK_IN_LOWER_CASE = re.compile(r"(?<=[a-z]{3})[ανρυικτεɑ](?=[a-z])")
"""`TNFα`, `IκBα` and `PPARγ` are names; `iscαlimab` is none."""
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 4
_FEWEST_LATIN = 2
_FEWEST_WORDS = 3

_TAGS = range(0xE0020, 0xE007F)
"""Invisible twins of the ASCII characters."""
_TAG_RUN = re.compile("[\U000e0020-\U000e007e]{4,}")
_INVISIBLE = re.compile(r"[\u00ad\u034f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_INVISIBLE_RUN = re.compile(r"[\u200b-\u200d\u2060-\u2064\ufeff]{8,}")
"""Eight in a row are no accident: it takes as many to write a letter in bits."""
_TURNED = re.compile(r"\u202e[^\u202c\n]{8,}")
"""Left-to-right text that is displayed backwards."""

_APART = re.compile(r"(?<!\w)(?:[A-Za-z][ .\-_*·|]){7,}[A-Za-z](?!\w)")
"""Letters set apart; a row of eight initials or of a table's letters is rare."""
_DIGITS_AS_LETTERS = re.compile(r"(?<![\w-])(?=\w*[a-z]{2})[A-Za-z013457@$]{5,}(?![\w-])")
_LETTER_FOR_DIGIT = str.maketrans("013457@$", "oieastas")
_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{24,4000}={0,2}(?![\w+/])")
_READABLE = 0.95


def undisguised(text: str) -> str:
    """Return a text as its words are meant: one alphabet, one width, nothing in between."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        text = _without_marks(unicodedata.normalize("NFKC", text).translate(_PLAIN))
        text = _WORD.sub(_in_latin, text)
    return _APART.sub(lambda match: re.sub(r"[ .\-_*·|]", "", match[0]), text)


def with_letters_for_digits(text: str) -> str:
    """Return a text with the digits inside its words read as letters: `1gn0re`."""
    return _DIGITS_AS_LETTERS.sub(lambda match: match[0].translate(_LETTER_FOR_DIGIT), text)


def mixed_word(text: str) -> str | None:
    """Return the first word that hides a letter of another alphabet among Latin ones."""
    if text.isascii():
        return None
    return next((word for word in _WORD.findall(text) if _is_mixed(word)), None)


def decoded(text: str) -> Iterator[str]:
    """Yield what the base64 in a text says, where that can be read."""
    for match in _BASE64.finditer(text):
        words = match[0].rstrip("=")
        try:
            said = base64.b64decode(words + "=" * (-len(words) % 4)).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        shown = sum(char.isprintable() for char in said)
        if " " in said and shown >= _READABLE * len(said):
            yield said


def smuggled(raw: str) -> Iterator[str]:
    """Yield what is written in a raw text with characters that nobody sees.

    An empty string stands for a message that is there and cannot be read.
    """
    for match in _TAG_RUN.finditer(raw):
        yield "".join(chr(ord(char) - 0xE0000) for char in match[0])
    if _INVISIBLE_RUN.search(raw):
        yield ""
    for match in _TURNED.finditer(raw):
        if len(match[0].split()) >= _FEWEST_WORDS:
            yield match[0][:0:-1]


def _in_latin(match: re.Match[str]) -> str:
    word = match[0]
    turned = word.translate(_LOOK_ALIKES)
    return turned if turned.isascii() else word


def _is_mixed(word: str) -> bool:
    if len(word) < _FEWEST_LETTERS:
        return False
    latin = sum(char.isascii() for char in word)
    if latin < _FEWEST_LATIN:
        return False
    found = _FOREIGN.search(word) or _GREEK_LIKE_LATIN.search(word)
    return bool(found or _GREEK_IN_LOWER_CASE.search(word))


def _without_marks(text: str) -> str:
    """Take off the marks that are stacked on letters; umlauts and accents keep their letter."""
    parted = unicodedata.normalize("NFD", text)
    return "".join(char for char in parted if not unicodedata.combining(char))


_PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛`´", "'") | dict.fromkeys("‐‑‒–—―−", "-")
)
