"""Which of a question's words a text holds, and how much those words weigh."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from iscalimab_qa.lexicon.drug_stems import NO_DRUGS, SHORTEST_DRUG, SURE_STEMS
from iscalimab_qa.lexicon.tokens import tokenize

_CACHED_TEXTS = 20_000
"""Unit and passage texts whose tokens are kept: some megabytes, and most of a warm answer."""

_CACHED_QUESTIONS = 512

_NO_DRUG = rf"(?!(?:{'|'.join(sorted(NO_DRUGS))})\b)"
_DRUG_NAME = rf"{_NO_DRUG}(?=[A-Za-z]{{{SHORTEST_DRUG},}})[A-Za-z]+(?:{SURE_STEMS})"
_NAME = re.compile(
    rf"""\b(?: NCT\d{{8}} | \d{{4}}-\d{{6}}-\d{{2}}           # registry numbers
          | [A-Za-z]+-?\d[\w-]* | {_DRUG_NAME}  # codes and drugs
        )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_TIME_LABEL = re.compile(
    r"^(?:week|month|day|year|phase|cohort|grade|stage|class|type|part|visit|table)s?-?\d"
    r"|^(?:[dwmy]|wks?|mo|yrs?)-?\d{1,3}$"
    r"|^(?:over|under|above|below|aged?|pre|post|mid|early|late|top|since|until|around)-?\d",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """A question's content tokens with their weights and their other names.

    `weights` maps each token to its inverse document frequency. `aliases` maps a token to
    sets of tokens any one of which says the same.
    """

    weights: Mapping[str, float]
    aliases: Mapping[str, tuple[frozenset[str], ...]]

    def coverage(self, tokens: Set[str]) -> float:
        """Return the share of the question's weight whose tokens a text holds, in [0, 1]."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        return sum(w for term, w in self.weights.items() if self.holds(tokens, term)) / total

    def gap(self, tokens: Set[str]) -> float:
        """Return the weight of the heaviest term that a text lacks, as a share of the heaviest.

        In [0, 1]; 0 where nothing is lacking. "Half-life" lacking is worse than "patients".
        """
        heaviest = max(self.weights.values(), default=0.0)
        lacking = (w for term, w in self.weights.items() if not self.holds(tokens, term))
        return max(lacking, default=0.0) / heaviest if heaviest else 0.0

    def holds(self, tokens: Set[str], term: str) -> bool:
        """Whether a text holds a term or one of its other names."""
        return term in tokens or any(names <= tokens for names in self.aliases.get(term, ()))


@lru_cache(maxsize=_CACHED_TEXTS)
def tokens_of(text: str) -> tuple[str, ...]:
    """Return the tokens of a text in order, repeats kept."""
    return tuple(tokenize(text))


@lru_cache(maxsize=_CACHED_TEXTS)
def token_set(text: str) -> frozenset[str]:
    """Return the distinct tokens of a text."""
    return frozenset(tokens_of(text))


@lru_cache(maxsize=_CACHED_TEXTS)
def token_pairs(text: str) -> frozenset[tuple[str, str]]:
    """Return the distinct pairs of neighbouring tokens of a text."""
    return frozenset(pairwise(tokens_of(text)))


@lru_cache(maxsize=_CACHED_TEXTS)
def names_in(text: str) -> tuple[str, ...]:
    """List what a question calls by name: drugs, codes, registry numbers, in order.

    Recognised by shape alone, so names no library has ever held are found as well. Time
    points and phases ("week-24") have the shape of a code and are none.
    """
    found = (match[0] for match in _NAME.finditer(text))
    return tuple(dict.fromkeys(name for name in found if not _TIME_LABEL.match(name)))


_ACRONYM = re.compile(
    r"(?<![\w-])(?=[\w-]*[A-Z][\w-]*[A-Z])[A-Za-z][\w-]{3,}(?![\w-]|\s+(?:\d|[IVX]+\b))"
)
"""Four letters or more, two of them capitals; one with a number behind it names another trial."""


def called_in(text: str) -> tuple[str, ...]:
    """List all that a question calls by name, acronyms with them."""
    return tuple(dict.fromkeys((*names_in(text), *_ACRONYM.findall(text))))


@lru_cache(maxsize=_CACHED_QUESTIONS)
def name_tokens(text: str) -> frozenset[str]:
    """Return the tokens of all that a question calls by name, acronyms with them."""
    return frozenset(token for name in called_in(text) for token in tokens_of(name))


_DRUG = re.compile(rf"^{_DRUG_NAME}$", re.IGNORECASE)


@lru_cache(maxsize=_CACHED_QUESTIONS)
def drug_tokens(text: str) -> frozenset[str]:
    """Return the tokens of the drugs that a question names, known by how they end."""
    return frozenset(
        token for name in names_in(text) if _DRUG.match(name) for token in tokens_of(name)
    )


def by_kind(names: Iterable[str]) -> list[list[str]]:
    """Part the names into those that end as drugs do and all others; no part is empty."""
    listed = list(names)
    drugs = [name for name in listed if _DRUG.match(name)]
    return [kind for kind in (drugs, [name for name in listed if name not in drugs]) if kind]
