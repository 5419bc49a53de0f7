"""Write a question in the library's words, and tell the reader how their words were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import replace
from functools import cached_property

from iscalimab_qa.answering.terms import names_in
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Notice
from iscalimab_qa.lexicon import Mended, Vocabulary, spelled_out, tokenize, words_of

ONE_TOKEN = 3
"""What the encoder counts for a word that is one token: its start and end marks, and the word."""

PLAIN_ENDINGS = ("s", "es", "ed", "ing")


class Speller:
    """Writes shorthand out and mends slips; gathers the vocabulary for the first strange word."""

    def __init__(
        self,
        known: Set[str],
        word_counts: Callable[[], Mapping[str, int]],
        names: Callable[[], Iterable[Iterable[str]]],
        count_tokens: Callable[[str], int],
    ) -> None:
        """Take what is known of a library's words.

        Args:
            known: Every token of the library.
            word_counts: Returns in how many passages each word stands.
            names: Returns the names of drugs and trials, in groups of the same thing.
            count_tokens: Tokens that the encoder makes of a word, its marks included.
        """
        self._known = known
        self._word_counts = word_counts
        self._names = names
        self._count_tokens = count_tokens

    def mended(self, question: str) -> Mended:
        """Write shorthand out and mend slips of spelling."""
        question = spelled_out(question)
        strange = (word for word in words_of(question) if not self._known & set(tokenize(word)))
        if any(not self._is_plain(word) for word in strange):
            return self._vocabulary.mend(question, self._is_plain)
        return Mended(question, (), ())

    def _is_plain(self, word: str) -> bool:
        """Whether the encoder knows a word whole, or all but its ending.

        It learnt the thirty thousand commonest; "boils" is "boil" and an ending to it.
        """
        forms = (word, *(word.removesuffix(ending) for ending in PLAIN_ENDINGS))
        return any(self._count_tokens(form) == ONE_TOKEN for form in forms)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        named = {word for group in self._names() for name in group for word in words_of(name)}
        return Vocabulary(self._word_counts(), lambda word: word in named or bool(names_in(word)))


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
