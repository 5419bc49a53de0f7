"""Cut a text into clauses, and find the clause of one text that another text's clause tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.sentences import sentence_spans

_BREAK = re.compile(
    r"""\s*;\s+ | \s+[–—]\s+ | (?<=\S)\n+ | :\s+
      | ,?\s+(?:but|while|whereas|although|though|however|yet)\s+
      | ,\s+(?:and|so|as|because|since|which|with)\s+
    """,
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[str, ...]:
    """List a text's clauses in order, sentences cut first; none is empty."""
    pieces = (
        piece
        for line in text.split("\n")
        for start, end in sentence_spans(line)
        for piece in _BREAK.split(line[start:end])
    )
    return tuple(piece for piece in pieces if piece.strip(" .,;:()"))


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share of the left tokens that the right ones hold, in [0, 1]."""
    return len(left & right) / len(left) if left else 0.0


def nearest(clause: str, others: Iterable[str], names: Names) -> Sequence[str]:
    """Return the clauses that share most of a clause's tokens: all that tie for the most."""
    tokens = names.tokens(clause)
    scored = [(overlap(tokens, names.tokens(other)), other) for other in others]
    best = max((score for score, _ in scored), default=0.0)
    return [other for score, other in scored if score == best]
