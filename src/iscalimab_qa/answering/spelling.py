"""Write a question in the library's words, and tell the reader how their words were read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from iscalimab_qa.answering.terms import names_in
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Notice
from iscalimab_qa.lexicon import Mended, Vocabulary, spelled_out, tokenize, words_of

PREFIXES = "un re non pre post over under anti multi sub inter micro macro co in im dis mis".split()
ENDINGS = ("s", "es", "ed", "ing", "d", "er", "ers", "ly", "ness", "able", "less", "ful")

_DOUBLING = frozenset({"ed", "ing", "er", "ers"})
_SHUT = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]$")
"""One syllable with a short vowel, whose last letter is doubled before an ending: drop, stop."""

SHORTEST_BASE = 3
SHORTEST_BARE = 5
"""Letters of a word that others are made of: "jab" of "jabbed", "blinded" of "unblinded"."""


class WordLists(NamedTuple):
    """The words that a question may be written in; each list is asked for when it is needed.

    `known` is every token of the library, and `counts` tells in how many passages each word
    stands. `names` are those of drugs and trials, in groups of the same thing; `phrases` what
    else is said in the field; `common` the words that everybody writes, the commonest first.
    """

    known: Set[str]
    counts: Callable[[], Mapping[str, int]]
    names: Callable[[], Iterable[Iterable[str]]]
    phrases: Callable[[], Iterable[str]]
    common: Callable[[], Sequence[str]]


class Speller:
    """Writes shorthand out and mends slips; gathers the vocabulary for the first strange word."""

    def __init__(self, words: WordLists) -> None:
        """Take the words; none is looked at before a question has a strange one."""
        self._words = words

    def mended(self, question: str) -> Mended:
        """Write shorthand out and mend slips of spelling."""
        known = self._words.known
        question = spelled_out(question, known)
        strange = (word for word in words_of(question) if not known & set(tokenize(word)))
        if any(not self._is_right(word) for word in strange):
            return self._vocabulary.mend(question, self._is_right)
        return Mended(question, (), ())

    def _is_right(self, word: str) -> bool:
        """Whether a word is said in the field, or is a common one, or regularly made of either.

        A slip may have the stem of a word without being one of its forms: "headach", "extention".
        """
        if not self._in_the_field.isdisjoint(_bases(word)):
            return True
        return all(not self._common.isdisjoint(_bases(part)) for part in word.split("-"))

    @cached_property
    def _commonest(self) -> Sequence[str]:
        return self._words.common()

    @cached_property
    def _common(self) -> frozenset[str]:
        return frozenset(self._commonest)

    @cached_property
    def _phrases(self) -> tuple[str, ...]:
        return tuple(self._words.phrases())

    @cached_property
    def _in_the_field(self) -> frozenset[str]:
        return frozenset(word for phrase in self._phrases for word in words_of(phrase))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        named = {word for group in self._words.names() for name in group for word in words_of(name)}
        return Vocabulary(
            self._words.counts(),
            lambda word: word in named or bool(names_in(word)),
            self._phrases,
            self._commonest,
        )


def _bases(word: str) -> Set[str]:
    """Return a word and what it may be made of: `jabbed` is `jab`, `relocating` is `locate`."""
    bare = (word.removeprefix(each) for each in PREFIXES if word.startswith(each))
    bases = {word, *(each for each in bare if len(each) >= SHORTEST_BARE)}
    bases |= {base for each in bases for base in _uninflected(each)}
    return {base for base in bases if len(base) >= SHORTEST_BASE}


def _uninflected(word: str) -> Iterator[str]:
    for ending in ENDINGS:
        base = word.removesuffix(ending)
        if base == word:
            continue
        if ending in _DOUBLING and _SHUT.match(base):
            yield f"{base}e"  # "hoped" is of hope, and "hopped" of hop
            continue
        yield from (base, f"{base}e")
        if base.endswith("i"):
            yield f"{base[:-1]}y"
        if base[-2:-1] == base[-1:]:
            yield base[:-1]


def with_spelling(answer: Answer, spelt: Mended) -> Answer:
    """Say what was mended; offer a name that may have been meant, and do not answer for it.

    One letter makes another drug of a name, so an answer about the one that was perhaps meant
    would be an answer to another question.
    """
    notices = list(answer.notices)
    if spelt.mended:
        told = ", ".join(f"{slip.meant} (for {slip.written})" for slip in spelt.mended)
        notices.append(Notice("spelling", f"Showing results for: {told}."))
    if not spelt.offered:
        return replace(answer, notices=tuple(notices))
    asked = ", ".join(slip.written for slip in spelt.offered)
    meant = ", ".join(slip.meant for slip in spelt.offered)
    notices.append(Notice("spelling", f"Did you mean {meant}? Nothing here is called {asked}."))
    return replace(
        answer,
        verdict="not_found",
        claims=(),
        citations=(),
        notices=tuple(notices),
        opening=f"Not in this library: {asked}. Did you mean {meant}?",
    )
