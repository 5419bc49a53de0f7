"""Mend the spelling of a question against the library's own words, and say so.

A word is misspelt when the library does not hold it, it is no plain English word, and a word
of the library is a slip of the keyboard away. Names of drugs, codes and trials are never
mended: one letter makes another drug of them. They are offered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

SHORTEST = 4
"""Letters below which a slip makes another word as often as none: `tac`, `MMF`, `eye`."""

SHORT = 5
"""Letters up to which a wrong letter makes another word: `boils` and `soils`. In so short a word
only a lost, an added or an exchanged letter is believed."""

LONG = 8
"""Letters from which on two slips are believed."""

ENDING = 3
"""Two slips within the last letters are another form of the word, and no slips."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Slip(NamedTuple):
    """A word as it was written and as the library writes it."""

    written: str
    meant: str


class Mended(NamedTuple):
    """A question with its slips mended, and the names that may have been meant."""

    text: str
    mended: tuple[Slip, ...]
    offered: tuple[Slip, ...]


def words_of(text: str) -> list[str]:
    """List a text's words in lower case, in order; figures and codes are none."""
    return [word.lower() for word in _WORD.findall(text)]


def word_counts(texts: Iterable[str]) -> Counter[str]:
    """Count in how many texts each word stands."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(words_of(text)))
    return counts


class Vocabulary:
    """The library's words, to look up slips in."""

    def __init__(self, counts: Mapping[str, int], is_name: Callable[[str], bool]) -> None:
        """Prepare the look-up.

        Args:
            counts: In how many passages each word stands, words in lower case.
            is_name: Whether a word names a drug, a code or a trial; no slip is mended into one.
        """
        self._counts = counts
        self._is_name = is_name
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(counts, key=lambda each: (-counts[each], each)):
            if len(word) >= SHORTEST:
                self._by_length.setdefault(len(word), []).append(word)

    def mend(self, question: str, is_plain: Callable[[str], bool]) -> Mended:
        """Mend the slips of a question.

        Args:
            question: As it was written.
            is_plain: Whether a word is one that everybody writes, misspelt or not meant.
        """
        slips = {
            match[0]: meant
            for match in _WORD.finditer(question)
            if (meant := self._meant(match[0], is_plain))
        }
        mended = tuple(Slip(*pair) for pair in slips.items() if not self._is_name(pair[1]))
        offered = tuple(Slip(*pair) for pair in slips.items() if self._is_name(pair[1]))
        replaced = {slip.written: slip.meant for slip in mended}
        text = _WORD.sub(lambda match: replaced.get(match[0], match[0]), question)
        return Mended(text, mended, offered)

    def _meant(self, written: str, is_plain: Callable[[str], bool]) -> str | None:
        word = written.lower()
        if len(word) < SHORTEST or word in self._counts or written.isupper():
            return None
        slips = 2 if len(word) >= LONG else 1
        if is_plain(word):
            return None
        found = [
            (distance, -self._counts[known], known)
            for known in self._of_like_length(len(word), slips)
            if _may_be_near(word, known, slips)
            and not _is_wrong_letter(word, known)
            and (distance := edit_distance(word, known, at_most=slips)) <= slips
            and (self._is_name(known) or not _is_other_form(word, known, distance))
        ]
        return min(found)[2] if found else None

    def _of_like_length(self, length: int, slips: int) -> Iterator[str]:
        for other in range(length - slips, length + slips + 1):
            yield from self._by_length.get(other, ())


def _may_be_near(word: str, known: str, slips: int) -> bool:
    """Rule most words out at once: the first two letters are rarely both wrong."""
    return (word[0] == known[0] or word[1] == known[1] or word[0] == known[1]) and len(
        set(word) ^ set(known)
    ) <= 2 * slips


def _is_wrong_letter(word: str, known: str) -> bool:
    """Whether two short words differ in letters, and not only in their number or order."""
    return len(word) == len(known) <= SHORT and sorted(word) != sorted(known)


def _is_other_form(word: str, known: str, distance: int) -> bool:
    """Whether two words share all but their endings: `thrombotic` and `thrombosis`."""
    stem = max(len(word), len(known)) - ENDING
    return (distance > 1 and word[:stem] == known[:stem]) or (
        word.startswith(known) or known.startswith(word)
    )


def edit_distance(left: str, right: str, *, at_most: int) -> int:
    """Count the slips between two words: letters wrong, missing, added or exchanged.

    The optimal string alignment distance; `at_most + 1` stands for anything larger.

    >>> edit_distance("livr", "liver", at_most=2), edit_distance("mokney", "monkey", at_most=2)
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        previous, row, older = row, [i], before
        for j, other in enumerate(right, start=1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > at_most:
            return at_most + 1
        before = previous
    return min(row[-1], at_most + 1)
