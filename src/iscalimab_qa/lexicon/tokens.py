"""Cut text into the words that lexical search compares, keeping the field's words whole.

A general tokenizer breaks `IL-6` into `il` and `0.74` into `74`. Here a name, a number with
its unit, a p value and a registry number each stay one token, and what is written in two
ways (`week-24`, `week 24`; `IL-6`, `IL6`; `63.1 %`, `63.1%`) has one token in common.

The work is done once for each distinct word: a text is split at white space, the few forms
that hold a space are closed up, and the tokens of every piece come from a cache.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from iscalimab_qa.sources.normalise import matching_key

TOKENIZER_ID = "words-2"
"""Names this way of cutting; a lexical index made by another one does not fit."""

STOPWORDS = frozenset(
    """a an the and or of in on at to for from by with as into than that this these those it its
    is are was were be been being am do does did done has have had having can could may might
    shall should will would there here he she they them their his her we us our you your i me my
    what which who whom whose when where why how if so such also please tell show
    s t d ll re ve anti""".split()
)
"""Words without a subject of their own. Question words are rare in papers, so BM25 would
weigh them like technical terms; `anti` says nothing apart from the word it stands before.
`no` and `not` stay: they turn a finding round."""

SHORTEST_PART = 3
"""Letters below which a part of a hyphenated word (`il` of `IL-6`) is no word by itself."""

_CACHED_WORDS = 1 << 18
"""Distinct words kept with their tokens: more than ten thousand passages have."""

_ROMAN = dict(zip("i ii iii iv v vi vii viii ix x".split(), range(1, 11), strict=True))
_LABEL = "week|month|day|year|visit|phase|stage|class|grade|type|cohort|part"
_NUMBER = r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+)"
_UNIT = (
    r"(?:%|(?:mg|mcg|ug|ng|pg|kg|g|ml|ul|dl|l|mmol|umol|nmol|pmol|mol|mm|um|nm|cm|iu|mosm|kda|mmhg)"
    r"(?:/(?:kg|g|mg|ml|dl|l|mol|mmol|m2|min|h|hour|day|d|week|wk|month|year))*)(?!\w)"
)
_PIECE = r"[^\W_]+"

_CLOSED_UP = (
    (re.compile(rf"(?<=\d) (?={_UNIT})"), ""),  # 63.1 %, 10 mg/kg
    (re.compile(rf"\b({_LABEL})s? (?=(?:\d+[a-z]?|[ivx]+[ab]?)\b(?![/%]|\.\d))"), r"\1-"),
    (re.compile(r"\bp ?([<>=≤≥]{1,2}) ?(?=[\d.])"), r"p\1"),
    # T cell, C peptide, S protein: the letter is half of the name; n and p are statistics.
    (re.compile(r"(?<![\w'-])([b-hj-moq-z]) (?=[^\W\d_]{3,}(?![\w'-]))"), r"\1-"),
)
"""Forms that may be written with a space, and how they are closed up."""

_snowball = Stemmer.Stemmer("english")


class _Form(NamedTuple):
    """A shape that a word may have, and the tokens that a word of that shape yields."""

    shape: re.Pattern[str]
    tokens: Callable[[str], Iterator[str]]


def tokenize(text: str) -> list[str]:
    """Cut a text into its tokens, in order, repeats kept.

    Spellings are unified as in `matching_key`, plain words are stemmed (Snowball, English)
    and a small list of stopwords is dropped. A hyphenated word yields itself and its parts,
    a number with a unit also the number and the unit.

    Args:
        text: A passage or a question.

    Returns:
        Tokens without white space, equal for equal texts on every machine. Empty where the
        text has no word but stopwords.
    """
    line = " ".join(map(word_key, text.split()))
    for spaced, closed in _CLOSED_UP:
        line = spaced.sub(closed, line)
    return [token for piece in line.split() for token in _tokens_of(piece)]


@lru_cache(maxsize=_CACHED_WORDS)
def word_key(word: str) -> str:
    """Return the matching key of a single word; texts repeat their words, so it is kept."""
    return matching_key(word)


def stem(word: str) -> str:
    """Stem a plain word, given as its matching key; a name with a digit has no inflection."""
    return _snowball.stemWord(word) if word.isalpha() else word


@lru_cache(maxsize=_CACHED_WORDS)
def _tokens_of(piece: str) -> tuple[str, ...]:
    return tuple(token for word in _WORD.findall(piece) for token in _tokens_of_word(word))


def _tokens_of_word(word: str) -> Iterator[str]:
    form = next(form for form in _FORMS if form.shape.fullmatch(word))
    return form.tokens(word)


def _whole(word: str) -> Iterator[str]:
    yield word


def _p_value(word: str) -> Iterator[str]:
    """Yield `p<0.001` and `0.001` for `p<.001`."""
    sign = word[1:].rstrip("0123456789.")
    number = _canonical(word[1 + len(sign) :])
    yield f"p{sign}{number}"
    yield number


def _labelled(word: str) -> Iterator[str]:
    """Yield `week-24`, `week` and `24`; `phase-2b`, `phase` and `2b` for `phase-iib`."""
    label, number = word.split("-")
    roman = re.fullmatch(r"([ivx]+)([ab]?)", number)
    if roman and roman[1] in _ROMAN:
        number = f"{_ROMAN[roman[1]]}{roman[2]}"
    yield f"{label}-{number}"
    yield stem(label)
    yield number


def _measured(word: str) -> Iterator[str]:
    """Yield `10mg/kg`, `10` and `mg/kg`; a percent sign is no word by itself."""
    unit = re.sub(rf"^{_NUMBER}", "", word)
    number = _canonical(word.removesuffix(unit))
    yield number + unit
    yield number
    if unit != "%":
        yield unit


def _number(word: str) -> Iterator[str]:
    yield _canonical(word)


def _plain(word: str) -> Iterator[str]:
    """Yield a word's stem; a hyphenated word whole, closed up if it is a name, and in parts."""
    parts = [part for part in word.removesuffix("'s").replace("'", "").split("-") if part]
    if len(parts) == 1:
        yield from () if parts[0] in STOPWORDS else (stem(parts[0]),)
        return
    yield "-".join([*parts[:-1], stem(parts[-1])])
    if all(part.isdigit() for part in parts):
        # Two numbers are a range; more of them are a date or a registry number.
        yield from () if parts[2:] else parts
        return
    if parts[-1][0].isdigit():
        yield "".join(parts)
    yield from (stem(part) for index, part in enumerate(parts) if _tells(part, index))


def _tells(part: str, index: int) -> bool:
    """Whether a part of a hyphenated word says something without the others.

    A number does in front (`24-week`), not behind a name (`IL-6`, `covid-19`).
    """
    if part[0].isdigit():
        return index == 0
    return part not in STOPWORDS and (len(part) >= SHORTEST_PART or not part.isalpha())


def _canonical(number: str) -> str:
    """Write a number in one way: `1,146` as `1146`, `.05` as `0.05`."""
    number = number.replace(",", "")
    return f"0{number}" if number.startswith(".") else number


_FORMS = tuple(
    _Form(re.compile(shape), tokens)
    for shape, tokens in (
        (r'10\.\d{4,9}/[^\s"<>]*[^\W_]', _whole),  # a DOI
        (r"\bp[<>=≤≥]{1,2}\d*\.?\d+", _p_value),
        (rf"\b(?:{_LABEL})-(?:\d+[a-z]?|[ivx]+[ab]?)\b(?!-)", _labelled),
        (rf"(?<![\w.]){_NUMBER}{_UNIT}", _measured),
        (r"(?<![\w.])\d+/\d+(?![\w/])", _whole),  # 3/5
        (r"(?<![\w.])(?:\d+(?:,\d{3})+(?:\.\d+)?|\d*\.\d+)(?!\w)", _number),
        (rf"{_PIECE}(?:[-']{_PIECE})*", _plain),
    )
)
"""Shapes in the order in which they are tried at each place of a piece."""

_WORD = re.compile("|".join(form.shape.pattern for form in _FORMS))
