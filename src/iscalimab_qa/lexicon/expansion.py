"""Say what else the things in a question are called."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.lexicon.abbreviations import Abbreviation
from iscalimab_qa.lexicon.aliases import EXACT_KINDS, AliasGroup, AliasKind
from iscalimab_qa.lexicon.tokens import stem, word_key

CASED_LETTERS = 2
"""Names of up to so many capitals are matched as written only: MG is a disease, mg is not."""

VOUCHED_SHARE = 1 / 3
"""A learnt meaning counts where at least this share of the documents that define the
abbreviation give it: rarer ones are another field's."""

VOUCHED_WORD = 2
"""Documents that must abbreviate a single word before the abbreviation is looked for as well:
one author's "Rs" for resistance is nobody else's."""

_CACHED_TEXTS = 1024
"""Questions, their parts and names whose other names are kept: one answer asks several times."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ′]s\b)?")


class Alternative(NamedTuple):
    """Another name, and why it is one: `drug`, `plain`, `abbreviation (12 sources)`."""

    term: str
    reason: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Words of a question and what else they are called: `question[start:end] == written`."""

    written: str
    start: int
    end: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A question and the concepts in it that have other names, in order, never overlapping."""

    question: str
    concepts: tuple[Concept, ...] = ()

    @property
    def added(self) -> tuple[Alternative, ...]:
        """Every name that was added, with its reason; each once, in the question's order."""
        return tuple(dict.fromkeys(name for found in self.concepts for name in found.alternatives))


GAP = "…"
"""Stands in a curated name for the words between its parts: "how does … work"."""

MOST_BETWEEN = 5
"""Words between the parts at most: a drug with its article and code."""


class Lexicon:
    """Aliases and learnt abbreviations, looked up exactly and word by word.

    Case, accents, dashes, Greek letters and spaces within a name do not matter (`CFZ 533`
    is CFZ533). Nothing else is forgiven: a misspelt drug never becomes another one.
    """

    def __init__(
        self, aliases: Iterable[AliasGroup] = (), abbreviations: Iterable[Abbreviation] = ()
    ) -> None:
        """Prepare the look-up.

        Args:
            aliases: Groups of names. A name may stand in several; all of them count.
            abbreviations: What was learnt from the corpus.
        """
        self._expand = lru_cache(maxsize=_CACHED_TEXTS)(self._expanded)
        self._groups = tuple(aliases)
        self._as_written = _Names(stemmed=False)
        self._inflected = _Names(stemmed=True)
        self._parted: list[_Parted] = []
        for group in self._groups:
            names = self._as_written if group.kind in EXACT_KINDS else self._inflected
            others = [Alternative(name, group.kind) for name in group.means]
            for name in group.says:
                if GAP in name:
                    self._parted.append(_Parted.of(name, others))
                else:
                    names.add(name, others, cased=_is_short_acronym(name))
        for known in _vouched(abbreviations):
            reason = f"abbreviation ({known.sources} source{'s' * (known.sources > 1)})"
            cased = known.is_word or _is_short_acronym(known.short)
            self._as_written.add(known.short, [Alternative(known.long, reason)], cased=cased)
            if len(_words(known.long)) > 1 or known.sources >= VOUCHED_WORD:
                self._inflected.add(known.long, [Alternative(known.short, reason)], cased=False)

    def names(self, kind: AliasKind) -> tuple[tuple[str, ...], ...]:
        """Return the curated groups of one kind, each with its usual name first."""
        return tuple(group.says for group in self._groups if group.kind == kind)

    def expand(self, question: str) -> Expansion:
        """Find what else the question's words are called.

        Of names that overlap the longest counts, of equally long ones the first.
        """
        return self._expand(question)

    def _expanded(self, question: str) -> Expansion:
        words = _words(question)
        parted = dict(self._ends_of_parted(words))
        concepts: list[Concept] = []
        place = 0
        while place < len(words):
            found = parted.get(place)
            concept, length = (
                _concept(question, words[place:], found)
                if found
                else self._longest_at(question, words[place:])
            )
            concepts += [concept] if concept else []
            place += length
        return Expansion(question, tuple(concepts))

    def _ends_of_parted(self, words: Sequence[_Word]) -> Iterator[tuple[int, _Parted]]:
        """Yield where the second part of a parted name stands: "work" of "how does … work"."""
        keys = [stem(word.key) for word in words]
        for name in self._parted:
            for start in range(len(keys)):
                if keys[start : start + len(name.first)] != name.first:
                    continue
                inner = start + len(name.first)
                for end in range(inner + 1, inner + 1 + MOST_BETWEEN):
                    if keys[end : end + len(name.last)] == name.last:
                        yield end, name

    def _longest_at(self, question: str, words: Sequence[_Word]) -> tuple[Concept | None, int]:
        longest = max(self._as_written.longest, self._inflected.longest)
        for length in range(min(longest, len(words)), 0, -1):
            span = words[:length]
            start, end = span[0].start, span[-1].end
            written = question[start:end]
            found = self._as_written.find(written, span) + self._inflected.find(written, span)
            if found:
                return Concept(written, start, end, tuple(dict.fromkeys(found))), length
        return None, 1


class _Word(NamedTuple):
    key: str
    start: int
    end: int


class _Parted(NamedTuple):
    """A name with other words in its middle, by the stems before and behind them."""

    first: list[str]
    last: list[str]
    alternatives: Sequence[Alternative]

    @classmethod
    def of(cls, name: str, alternatives: Sequence[Alternative]) -> _Parted:
        first, _, last = name.partition(GAP)
        return cls(_stems(first), _stems(last), alternatives)


def _concept(question: str, words: Sequence[_Word], found: _Parted) -> tuple[Concept | None, int]:
    length = len(found.last)
    start, end = words[0].start, words[length - 1].end
    return Concept(question[start:end], start, end, tuple(found.alternatives)), length


class _Entry(NamedTuple):
    """A name and what it leads to; `cased` admits the name's own spelling only."""

    name: str
    alternatives: Sequence[Alternative]
    cased: bool


class _Names:
    """Names by the letters of their words, closed up, so that spacing does not matter."""

    def __init__(self, *, stemmed: bool) -> None:
        self.longest = 0
        self._stemmed = stemmed
        self._entries: defaultdict[str, list[_Entry]] = defaultdict(list)

    def add(self, name: str, alternatives: Sequence[Alternative], *, cased: bool) -> None:
        words = _words(name)
        # A name of n words may be written in more: CFZ533, CFZ-533.
        self.longest = max(self.longest, len(words) + 1)
        self._entries[self._key(words)].append(_Entry(name, alternatives, cased))

    def find(self, written: str, words: Sequence[_Word]) -> list[Alternative]:
        key = self._key(words)
        return [
            other
            for entry in self._entries.get(key, ())
            if written == entry.name or not entry.cased
            for other in entry.alternatives
            if self._key(_words(other.term)) != key
        ]

    def _key(self, words: Sequence[_Word]) -> str:
        return "".join(stem(word.key) if self._stemmed else word.key for word in words)


def _words(text: str) -> list[_Word]:
    return [
        _Word(word_key(match[0]).removesuffix("'s"), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


def _stems(text: str) -> list[str]:
    return [stem(word.key) for word in _words(text)]


def _is_short_acronym(name: str) -> bool:
    return len(name) <= CASED_LETTERS and name.isupper()


def _vouched(abbreviations: Iterable[Abbreviation]) -> list[Abbreviation]:
    """Leave out meanings that few of the documents which define the short form give it."""
    known = list(abbreviations)
    defining = Counter[str]()
    for one in known:
        defining[one.short] += one.sources
    return [one for one in known if one.sources >= VOUCHED_SHARE * defining[one.short]]
