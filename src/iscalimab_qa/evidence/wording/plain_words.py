"""Words that any text may use in telling another's findings, whatever its field.

`plain_words.txt` holds stems: the verbs of everyday English (words of the vocabulary of BERT,
Devlin et al. 2019, of which two inflected forms are in it as well), its adverbs, and the
general vocabulary of reporting studies, without words that name outcomes, tissues or goods.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from iscalimab_qa.lexicon.tokens import STOPWORDS, stem

SHORTEST = 3
"""Letters of a word that can name something: "mg" and "iv" are units and routes."""

_PREFIX = re.compile(r"^(?:un|non|re|in|im|dis|mis|over|under|pre|post|co|sub)(?=[a-z]{4})")
_QUALITY = re.compile(r"[a-z]{3}(?:ness|ity)$")
"""What is measured often has such a name, whose stem says less: hardness, viscosity."""
_PLAIN_QUALITIES = frozenset(
    """majority minority quality quantity probability possibility ability inability capacity
    activity identity similarity dissimilarity necessity priority availability reliability validity
    specificity clarity completeness usefulness willingness likeness superiority inferiority
    non-inferiority safety efficacy feasibility eligibility facility city entity opportunity
    authority community responsibility""".split()
)


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    text = files("iscalimab_qa.evidence.wording").joinpath("plain_words.txt").read_text("utf-8")
    return frozenset(text.split())


@lru_cache(maxsize=1 << 15)
def is_plain(token: str) -> bool:
    """Whether a token (a stem, or a word) says nothing that is particular to a subject."""
    if _QUALITY.search(token):
        return token in _PLAIN_QUALITIES
    forms = (token, stem(token), stem(_PREFIX.sub("", token)))
    return token in STOPWORDS or any(form in _stems() for form in forms)


@lru_cache(maxsize=1 << 15)
def names_something(token: str) -> bool:
    """Whether a token is a word that can name a thing: letters, long enough, and not plain."""
    return token.isalpha() and len(token) >= SHORTEST and not is_plain(token)
