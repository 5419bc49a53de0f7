"""When two texts mean one indication: by their words, other names of a disease taken as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_QUALIFIERS = (
    "disease diseases syndrome disorder disorders condition patient patients people adult adults"
    " child children recipient recipients participants primary secondary active moderate severe"
    " mild chronic acute relapsing remitting refractory recurrent new onset newly diagnosed early"
    " advanced late de novo moderate-to-severe new-onset de-novo proliferative generalised"
    " generalized established first line stage class type treatment therapy prevention prophylaxis"
    " rejection"
)
"""Words that tell which patients with a disease, not which disease."""


class Indications:
    """Compares indications, and finds those of the library in a text."""

    def __init__(self, tokens: Callable[[str], frozenset[str]], known: Iterable[str] = ()) -> None:
        """Prepare the comparison.

        Args:
            tokens: Cuts a text into words; other names of a thing give equal words.
            known: The library's indications, as its sources word them.
        """
        self._tokens = tokens
        self._qualifiers = tokens(_QUALIFIERS)
        self._known = {name: self.words(name) for name in dict.fromkeys(known)}

    def words(self, indication: str) -> frozenset[str]:
        """Return the words that make an indication out; all of them if all only qualify."""
        tokens = self._tokens(indication)
        return tokens - self._qualifiers or tokens

    def same(self, first: str, second: str) -> bool:
        """Whether two wordings mean one indication."""
        return bool(self.words(first)) and self.words(first) == self.words(second)

    def overlap(self, indication: str, text: str) -> float:
        """Return the share of an indication's single words that a text holds, in [0, 1].

        1 also where the text has another name of the whole.
        """
        if self.is_in(indication, text):
            return 1.0
        words = self._single(indication) - self._qualifiers
        return len(words & self._single(text)) / len(words) if words else 0.0

    def _single(self, text: str) -> frozenset[str]:
        return frozenset(token for word in text.split() for token in self._tokens(word))

    def compatible(self, first: str, second: str) -> bool:
        """Whether one of two indications is the other or a part of it."""
        one, other = self.words(first), self.words(second)
        return bool(one and other) and (one <= other or other <= one)

    def is_in(self, indication: str, text: str) -> bool:
        """Whether a text names an indication in any of its wordings."""
        words = self._known.get(indication) or self.words(indication)
        return bool(words) and words <= self._tokens(text)

    def in_text(self, text: str) -> list[str]:
        """List the library's indications that a text names, the most specific first."""
        tokens = self._tokens(text)
        found = [name for name, words in self._known.items() if words and words <= tokens]
        return sorted(found, key=lambda name: (-len(self._known[name]), name))
