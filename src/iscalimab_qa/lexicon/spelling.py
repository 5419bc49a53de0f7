"""Mend the spelling of a question against the library's own words, and say so.

A word is misspelt when the library does not hold it, it is no right word otherwise, and a word
of the library is a slip of the keyboard away; else one of the field, else a common one. Names
of drugs, codes and trials are never mended: one letter makes another drug of them. They are
offered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
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

SURE = 5
"""Letters from which on a word that the library lacks is held against other right words."""

VOWELS = frozenset("aeiouy")
_TAKEN = (
    VOWELS,
    *map(frozenset, ("cksz", "dt", "mn", "fv", "gj", "bp", "vw")),
    *(frozenset(pair) for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for pair in pairwise(row)),
)
"""Letters that are taken for each other: they sound alike, or their keys are neighbours."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_COINED = re.compile(
    r"(?:[aiou]|[aeio]n|[aeo]ns|ins|ases?|ines?|ols?|ides?|ates?|u[ms]|is|i[clr]|als?|[ay]nes?|ene|yl"
    r"|ae|ib|ab|ors?|ones?)$"
)
"""Endings that substances, germs and tissues are coined with: `prion` is no slip for `prison`."""

_NO_COINAGE = re.compile(r"(?:[st]ion|ssion)s?$")
"""Endings that plain words share with them."""


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


class _Near(NamedTuple):
    """A word of the library, how many slips away it is, and whether they are unlikely ones."""

    distance: int
    is_doubtful: bool
    word: str

    @property
    def is_sure(self) -> bool:
        return self.distance == 1 and not self.is_doubtful


class Vocabulary:
    """The library's words, those of its field and the common ones, to look up slips in."""

    def __init__(
        self,
        counts: Mapping[str, int],
        is_name: Callable[[str], bool],
        phrases: Iterable[str] = (),
        common: Sequence[str] = (),
    ) -> None:
        """Prepare the look-up.

        Args:
            counts: In how many passages each word stands, words in lower case.
            is_name: Whether a word names a drug, a code or a trial; no slip is mended into one.
            phrases: What is said in the field, names of no drug or trial among it.
            common: Words that everybody writes, in lower case, the commonest first.
        """
        self._counts = counts
        self._is_name = is_name
        self._phrases = tuple(phrases)
        self._common = common
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(counts, key=lambda each: (-counts[each], each)):
            if len(word) >= SHORTEST:
                self._by_length.setdefault(len(word), []).append(word)

    def mend(self, question: str, is_plain: Callable[[str], bool]) -> Mended:
        """Mend the slips of a question.

        Args:
            question: As it was written.
            is_plain: Whether a word is a right one, whatever the library holds.
        """
        slips = {
            match[0]: meant
            for match in _WORD.finditer(question)
            if (meant := self._meant(match[0], is_plain, opens=match.start() == 0))
        }
        mended = tuple(Slip(*pair) for pair in slips.items() if not self._is_name(pair[1]))
        offered = tuple(Slip(*pair) for pair in slips.items() if self._is_name(pair[1]))
        replaced = {slip.written: slip.meant for slip in mended}
        text = _WORD.sub(lambda match: replaced.get(match[0], match[0]), question)
        return Mended(text, mended, offered)

    def _meant(self, written: str, is_plain: Callable[[str], bool], *, opens: bool) -> str | None:
        word = written.lower()
        if len(word) < SHORTEST or word in self._counts or written.isupper() or is_plain(word):
            return None
        if compound := self._compounds.get(word.removesuffix("s")):
            return compound
        own = self._of_the_library(word)
        if own and (own.is_sure or self._is_name(own.word)):
            return own.word
        # A capital within a question makes a name of the word.
        may_be_other = len(word) >= SURE and (opens or written.islower())
        other = self._of_the_field(word) if may_be_other else None
        return other or (own.word if own else self._by_parts(word, is_plain))

    def _by_parts(self, word: str, is_plain: Callable[[str], bool]) -> str | None:
        """Mend the parts of a hyphened word; a part that may be a name leaves it as it is."""
        parts = word.split("-")
        if len(parts) == 1:
            return None
        meant = [self._meant(part, is_plain, opens=False) for part in parts]
        if not any(meant) or any(self._is_name(each) for each in meant if each):
            return None
        return "-".join(each or part for each, part in zip(meant, parts, strict=True))

    def _of_the_library(self, word: str) -> _Near | None:
        """Return the nearest word of the library, of those as near the commonest."""
        slips = 2 if len(word) >= LONG else 1
        found = [
            (_Near(distance, _is_doubtful(word, known), known), -self._counts[known])
            for known in self._of_like_length(len(word), slips)
            if _may_be_near(word, known, slips)
            and (not _is_wrong_letter(word, known) or _may_be_right(word, known))
            and (distance := edit_distance(word, known, at_most=slips)) <= slips
            and (distance == 1 or word[0] == known[0])
            and (self._is_name(known) or not _is_other_form(word, known, distance))
        ]
        found.sort(key=lambda each: (*each[0][:2], each[1], each[0].word))
        return found[0][0] if found else None

    def _of_the_field(self, word: str) -> str | None:
        """Return the word of the field that is nearest, else the common one, else none."""
        near = [
            known
            for known in self._field.get(word[0], ())
            if is_one_slip(word, known) and not _is_other_form(word, known, 1)
        ]
        if near or (_COINED.search(word) and not _NO_COINAGE.search(word)):
            return min(near, key=lambda known: _is_wrong_letter(word, known), default=None)
        common = self._everyday.get(word[0], ())
        return next((known for known in common if _lost(word, known)), None)

    @cached_property
    def _field(self) -> Mapping[str, Sequence[str]]:
        words = (word for phrase in self._phrases for word in words_of(phrase))
        return _by_first_letter(dict.fromkeys(word for word in words if not self._is_name(word)))

    @cached_property
    def _everyday(self) -> Mapping[str, Sequence[str]]:
        return _by_first_letter(self._common)

    @cached_property
    def _compounds(self) -> Mapping[str, str]:
        """How the compounds are written that may be closed up: `half-life` by `halflife`."""
        hyphened = (word for word in self._counts if word.count("-") == 1)
        pairs = (pair for phrase in self._phrases for pair in pairwise(words_of(phrase)))
        written = (*map(" ".join, pairs), *hyphened)
        return {re.sub("[- ]", "", each).removesuffix("s"): each for each in written}

    def _of_like_length(self, length: int, slips: int) -> Iterator[str]:
        for other in range(length - slips, length + slips + 1):
            yield from self._by_length.get(other, ())


def _by_first_letter(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= SURE:
            found.setdefault(word[0], []).append(word)
    return found


def is_one_slip(word: str, known: str) -> bool:
    """Whether one word is the other with a single slip, or sounds like it.

    A consonant that was added makes another right word as often: `malting` and `mating`.

    >>> is_one_slip("diarea", "diarrhoea"), is_one_slip("nausia", "nausea")
    (True, True)
    """
    if _sound(word) == _sound(known):
        return True
    if abs(len(word) - len(known)) > 1 or not _may_be_near(word, known, 1):
        return False
    if _is_wrong_letter(word, known) and not _may_be_heard(word, known):
        return False
    added = set(Counter(word) - Counter(known)) if len(word) > len(known) else set()
    return added <= VOWELS and edit_distance(word, known, at_most=1) <= 1


def _lost(word: str, known: str) -> bool:
    """Whether a letter was lost, exchanged or doubled, and none was wrong or added."""
    sure = not _is_doubtful(word, known) or (
        len(word) == len(known) >= LONG and _may_be_heard(word, known)
    )
    return sure and is_one_slip(word, known) and not _is_other_form(word, known, 1)


def _is_doubtful(word: str, known: str) -> bool:
    """Whether a letter is wrong or was added: the writer may have meant another word."""
    if _sound(word) == _sound(known):
        return False
    return len(word) > len(known) or _is_wrong_letter(word, known)


def _may_be_heard(word: str, known: str) -> bool:
    """Whether the wrong letter may be heard as the right one, in a word long enough to tell."""
    pair = set(word) ^ set(known)
    return _may_be_taken(word, known) and (len(word) >= LONG or pair <= set("eiy"))


def _may_be_right(word: str, known: str) -> bool:
    return _sound(word) == _sound(known) or _may_be_taken(word, known)


def _may_be_taken(word: str, known: str) -> bool:
    """Whether the wrong letters of a long word are taken for the right ones in writing.

    The last letter is no slip: it makes an adjective, or an agent, of a noun.
    """
    if len(word) <= SHORT or word[-1] != known[-1]:
        return False
    pairs = {frozenset(pair) for pair in zip(word, known, strict=True) if len(set(pair)) > 1}
    return all(any(pair <= each for each in _TAKEN) for pair in pairs)


def _sound(word: str) -> str:
    """Write a word without what is not heard: a doubled letter, an `h`, the `o` of `oe`."""
    plain = (
        re.sub(r"[ao]e", "e", re.sub(r"[ts]ion", "cion", word)).replace("ph", "f").replace("y", "i")
    )
    plain = plain.replace("h", "")
    return re.sub(r"(.)\1+", r"\1", plain)


def _may_be_near(word: str, known: str, slips: int) -> bool:
    """Rule most words out at once: the first two letters are rarely both wrong."""
    return (word[0] == known[0] or word[1] == known[1] or word[0] == known[1]) and len(
        set(word) ^ set(known)
    ) <= 2 * slips


def _is_wrong_letter(word: str, known: str) -> bool:
    """Whether two words differ in letters, and not only in their number or order."""
    return len(word) == len(known) and sorted(word) != sorted(known)


def _is_other_form(word: str, known: str, distance: int) -> bool:
    """Whether two words share all but their endings: `thrombotic` and `thrombosis`."""
    stem = max(len(word), len(known)) - ENDING
    return (distance > 1 and word[:stem] == known[:stem]) or (
        word.startswith(known) or (known.startswith(word) and known != f"{word}e")
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
