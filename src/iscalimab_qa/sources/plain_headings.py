"""Tell a heading of plain text by the shape of its line alone."""

from __future__ import annotations

import re

_MOST_CHARS = 110
_MOST_WORDS = 14
_MOST_WORDS_OF_A_SENTENCE = 10
"""Without capitals or a number to mark it, a line has to be shorter to pass for a heading."""
_MOST_TITLE_CHARS = 250
_FEWEST_TITLE_WORDS = 2

_NUMBERING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[A-Z])|[IVX]{1,5}\.\s+(?=[A-Z])")
_NAMED_PART = re.compile(
    r"(?:part|section|chapter|appendix|study|protocol|step|phase|aim|box|supplement)\s+\w{1,3}\s*[:.]",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[^:]{1,40}:\s")
_NOT_A_HEADING = re.compile(
    r"https?:|www\.|@|[;*†‡©|=<>≤≥]|\d\s*%|\d\.\d\d|\b(?:19|20)\d\d\s*$|,\s*\d|\d,\s|,.*,.*,"
    r"|\b(?:doi|pmid|issn|isbn)\b",
    re.IGNORECASE,
)
"""Addresses, results, dates, lists of names: lines of those kinds are short as well."""
_PERSON = re.compile(r"\b[A-Z]\. ?[A-Z][a-z]|^(?:[A-Z][^\W\d_]+(?: [A-Z][\w'’-]*\.?){1,3}, ){2,}")
_SMALL_WORDS = frozenset(
    "a an and as at between by during for from in into is its of on or over per the than through "
    "to under using versus via vs with within without after before among".split()
)
_USUAL_SECTION = re.compile(
    r"(?:abstract|summary|background|introduction|objectives?|aims?"
    r"|(?:(?:materials|patients) and )?methods|design|findings|results|efficacy|safety"
    r"|interpretation|discussion|conclusions?|references|funding)\W*",
    re.IGNORECASE,
)
_CAPITALISED_SHARE = 0.75
_LETTER_SHARE = 0.6


def is_heading(text: str) -> bool:
    """Tell a line that could be a heading: short, no full stop, in capitals, numbered or brief.

    What stands around the line must be asked as well: a heading is followed by what it heads.
    """
    if not _could_be_a_heading(text, _MOST_CHARS) or len(text.split()) > _MOST_WORDS:
        return False
    if text[0].isdigit() and not _NUMBERING.match(text):
        return False
    if _LABELLED.match(text) and not _NAMED_PART.match(text):
        return False
    return (
        bool(_NUMBERING.match(text) or _NAMED_PART.match(text))
        or text.isupper()
        or _is_capitalised(text)
        or len(text.split()) <= _MOST_WORDS_OF_A_SENTENCE
    )


def is_title(text: str) -> bool:
    """Tell a first line that could be the title of the document."""
    return _could_be_a_heading(text, _MOST_TITLE_CHARS) and len(text.split()) >= _FEWEST_TITLE_WORDS


def names_usual_section(text: str) -> bool:
    """Tell the heads that a collection of abstracts repeats from the head of every page."""
    return bool(_USUAL_SECTION.fullmatch(text))


def level_of(text: str, *, below_another: bool) -> int:
    """Return the level of a heading: 1 is the title's, 2 a section's, by numbering where there is.

    Args:
        text: The heading.
        below_another: Whether it follows another heading at once, and so divides its section.
    """
    numbering = _NUMBERING.match(text)
    if numbering and numbering[1]:
        return 2 + numbering[1].count(".")
    if text.isupper():
        return 2
    return 3 if below_another else 2


def _could_be_a_heading(text: str, most_chars: int) -> bool:
    return (
        0 < len(text) <= most_chars
        and text[-1] not in ".,;:"
        and text[0].isalnum()
        and not text[0].islower()
        and sum(char.isalpha() for char in text) >= _LETTER_SHARE * len(text.replace(" ", ""))
        and not _NOT_A_HEADING.search(text)
        and not _PERSON.search(text)
    )


def _is_capitalised(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if word not in _SMALL_WORDS]
    capitals = sum(1 for word in words if word[0].isupper())
    return len(words) > 1 and capitals >= _CAPITALISED_SHARE * len(words)
