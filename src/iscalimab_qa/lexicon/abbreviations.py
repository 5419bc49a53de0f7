"""Learn a corpus's abbreviations from the places where its authors define them.

The algorithm of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (Pacific Symposium on Biocomputing 2003, 451-462): look for
a pair of parentheses, take the short form and the words beside it, and match the short
form's characters against these words from right to left.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import NamedTuple

from iscalimab_qa.lexicon.tokens import tokenize

SHORTEST, LONGEST = 2, 10
"""Characters of a short form (section 2.1 of the paper)."""

MOST_WORDS = 2
"""Words of a short form (section 2.1)."""

EXTRA_WORDS, WORDS_PER_CHARACTER = 5, 2
"""A long form has at most min(|A| + 5, 2 |A|) words, |A| the short form's characters (2.1)."""

_PARENTHESES = re.compile(r"\(([^()\n]{2,200})\)")
_ASIDE = re.compile(r"[;,]\s")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_PLAIN_WORD = re.compile(r"[A-Z][a-z]{3,}")
_REACH = 300
"""Characters before a parenthesis that can hold a long form: twenty words fit."""

_OUTER_MARKS = "\"'“”‘’()[]{},;:. "


class Definition(NamedTuple):
    """A short form and the words that the text gives for it, both as written."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form, one of its meanings, and how well the corpus vouches for it.

    `sources` counts the documents that define it so, at least 1. `is_word` says that the
    corpus also has the short form's letters as an ordinary lower-case word, so that only
    the short form's own spelling tells it ("CAN" is not "can").
    """

    short: str
    long: str
    sources: int
    is_word: bool


def find_definitions(text: str) -> Iterator[Definition]:
    """Yield the definitions in a text, in reading order, repeats included.

    Both "long form (SF)" and "SF (long form)" are read: parentheses that hold more than a
    short form can are taken for the long one. "(SF; see below)" is read to its semicolon.
    """
    for match in _PARENTHESES.finditer(text):
        inside = _ASIDE.split(match[1], maxsplit=1)[0].strip(_OUTER_MARKS)
        before = text[max(0, match.start() - _REACH) : match.start()]
        if len(inside) <= LONGEST and len(inside.split()) <= MOST_WORDS:
            short, beside = inside, before
        else:
            short, beside = _last_word(before), inside
            if short == short.lower():
                # The word before a remark is rarely an abbreviation; the authors' program
                # asks for a capital here too.
                continue
        if _is_short_form(short):
            long = best_long_form(short, _SENTENCE_END.split(beside)[-1])
            if long:
                yield Definition(short, long)


def best_long_form(short: str, beside: str) -> str | None:
    """Return the shortest end of `beside` that spells out the short form, if there is one.

    Going from right to left, each letter or digit of the short form must be met in order;
    the first one must be met at the beginning of a word (section 2.2, figure 1).

    Args:
        short: The short form.
        beside: The words before it, or those in the parentheses behind it.
    """
    most = min(len(short) + EXTRA_WORDS, len(short) * WORDS_PER_CHARACTER)
    words = beside.split()[-most:]
    long = " ".join(words)
    place = len(long)
    for index in range(len(short) - 1, -1, -1):
        if not short[index].isalnum():
            continue
        place = _find_left(long, short[index], place, word_initial=index == 0)
        if place < 0:
            return None
    found = long[long.rfind(" ", 0, place) + 1 :].strip(_OUTER_MARKS)
    repeats_itself = short.casefold() in found.casefold().split()
    crosses_parentheses = "(" in found or ")" in found
    is_long = len(found) > len(short) and not repeats_itself and not crosses_parentheses
    return found if is_long else None


def learn_abbreviations(documents: Iterable[str]) -> tuple[Abbreviation, ...]:
    """Gather the abbreviations that a corpus defines.

    Args:
        documents: The documents' texts, each whole: a document counts once for a meaning,
            however often it repeats the definition.

    Returns:
        Abbreviations with a capital letter ("(ii)" is none) that are no capitalised words
        ("Promega", whose maker follows in parentheses), sorted by short form, its best
        vouched meaning first. Long forms of the same tokens (case, plural) are one, spelled
        as they are most often.
    """
    spellings: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    words: set[str] = set()
    for document in documents:
        in_document = {
            (short, " ".join(tokenize(long))): long
            for short, long in find_definitions(document)
            if short != short.lower() and not _PLAIN_WORD.fullmatch(short)
        }
        for meaning, long in in_document.items():
            spellings[meaning][long] += 1
        words.update(document.split())
    learnt = (
        Abbreviation(short, _most_used(longs), longs.total(), short.lower() in words)
        for (short, _), longs in spellings.items()
    )
    return tuple(sorted(learnt, key=lambda found: (found.short, -found.sources, found.long)))


def abbreviations_to_json(abbreviations: Iterable[Abbreviation]) -> str:
    """Write learnt abbreviations as one JSON array, to be kept with an index."""
    return json.dumps([astuple(found) for found in abbreviations], ensure_ascii=False)


def abbreviations_from_json(text: str) -> tuple[Abbreviation, ...]:
    """Read back what `abbreviations_to_json` wrote."""
    return tuple(Abbreviation(*fields) for fields in json.loads(text))


def _is_short_form(short: str) -> bool:
    return (
        SHORTEST <= len(short) <= LONGEST
        and short[0].isalnum()
        and any(char.isalpha() for char in short)
    )


def _last_word(text: str) -> str:
    words = text.rsplit(maxsplit=1)
    return words[-1].strip(_OUTER_MARKS) if words else ""


def _find_left(text: str, char: str, end: int, *, word_initial: bool) -> int:
    """Return the last place before `end` that holds the character, -1 if none does."""
    lowered, wanted = text.lower(), char.lower()
    place = lowered.rfind(wanted, 0, end)
    while word_initial and place > 0 and text[place - 1].isalnum():
        place = lowered.rfind(wanted, 0, place)
    return place


def _most_used(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda long: (-spellings[long], long))
