"""The words that tell one arm, time or dose from another, sorted by what they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.agents import agents_in
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.plain_words import names_something
from iscalimab_qa.lexicon import tokenize

DIMENSIONS = ("agent", "time", "label", "dose", "other")

Near = dict[str, frozenset[str]]
"""Dimension to the tokens that tell it; every dimension is there."""

_N_IN_HEAD = re.compile(r"\(\s*n\s*=\s*\d+[^)]*\)|\bn\s*=\s*\d+", re.IGNORECASE)
_TIME_TOKEN = re.compile(r"(?:second|minute|hour|day|week|month|year)-\d")
_LABEL_TOKEN = re.compile(r"(?:phase|cohort|part|type|class|grade|stage|group|arm|visit)-\w+")
_DOSE_TOKEN = re.compile(r"[\d.]+(?:[kmun]?g|mcg|iu|ml)(?:/\w+)?")
_TELLS_NOTHING = frozenset({"term", "disease", "trial"})
"""Kinds of known names that tell no two figures of one text apart: "patients", "intravenous"."""

_ARM_LEADS = re.compile(
    r"\b(?:with|on|than|versus|vs|against|receiving|taking|under|over|and|to)\s+"
    r"(?:the\s+|an?\s+|oral\s+|low-dose\s+|high-dose\s+)?([a-z][a-z-]{3,})",
    re.IGNORECASE,
)


def nowhere() -> Near:
    """Return that nothing is told."""
    return dict.fromkeys(DIMENSIONS, frozenset())


def without_size(head: str) -> str:
    """Return a column's head without its "(n = 39)"."""
    return _N_IN_HEAD.sub(" ", head)


def arm_words(texts: Iterable[str], heads: Iterable[str], names: Names) -> frozenset[str]:
    """Return the words that stand for arms though no list knows them: "with X", "than Y".

    Args:
        texts: Cited sentences.
        heads: Heads of the cited rows' columns.
        names: Which names are the same.
    """
    said = [match[1] for text in texts for match in _ARM_LEADS.finditer(text)]
    tokens = names.tokens("\n".join([*said, *map(without_size, heads)]))
    return frozenset(t for t in tokens if names_something(t) and not names.kind_of(t))


class ArmTerms(NamedTuple):
    """Reads the terms of texts: with known names, and words that are arms in what is cited."""

    names: Names
    arms: frozenset[str] = frozenset()

    def tokens(self, text: str) -> frozenset[str]:
        """Return all tokens of a text: agents, times as "week-24", and words."""
        return _tokens(text, self.names)

    def near(self, text: str) -> Near:
        """Return what a stretch of text tells."""
        return self.sorted(self.tokens(text))

    def sorted(self, tokens: Iterable[str]) -> Near:
        """Sort tokens into the dimensions; what tells nothing is dropped."""
        kinds: dict[str, set[str]] = {dimension: set() for dimension in DIMENSIONS}
        for token in tokens:
            if dimension := self._dimension(token):
                kinds[dimension].add(token)
        return {dimension: frozenset(found) for dimension, found in kinds.items()}

    def agents_in_order(self, text: str) -> list[str]:
        """List the distinct arms of a text in its order."""
        key = self.names.canonical(text)
        places = {a.token: a.start for a in agents_in(text, self.names)[::-1] if not a.ruled_out}
        for token in tokenize(key) if self.arms else ():
            if token in self.arms and token not in places:
                place = key.find(token)
                places[token] = place if place >= 0 else len(key)
        return sorted(places, key=lambda token: places[token])

    def _dimension(self, token: str) -> str:
        kind = self.names.kind_of(token)
        if token in self.arms or is_known_agent(token, self.names):
            return "agent"
        return "" if kind in _TELLS_NOTHING else _dimension(token)


@lru_cache(maxsize=1 << 13)
def _tokens(text: str, names: Names) -> frozenset[str]:
    agents = {agent.token for agent in agents_in(text, names) if not agent.ruled_out}
    times = {f"{q.unit}-{q.key}" for q in read_figures(text).quantities if q.sort == "time"}
    words = {token for token in names.tokens(text) if names.kind_of(token) != "drug"}
    return frozenset(agents | times | words)


@lru_cache(maxsize=1 << 14)
def is_known_agent(token: str, names: Names) -> bool:
    """Whether a token is a drug or a comparator by the lexicon or by its shape."""
    if names.kind_of(token) == "drug":
        return True
    return any(token == agent.token for agent in agents_in(token, names))


@lru_cache(maxsize=1 << 14)
def _dimension(token: str) -> str:
    if _TIME_TOKEN.match(token):
        return "time"
    if _LABEL_TOKEN.fullmatch(token):
        return "label"
    if _DOSE_TOKEN.fullmatch(token):
        return "dose"
    known = token.startswith("alias") and token.endswith("x")
    return "other" if known or names_something(token) else ""
