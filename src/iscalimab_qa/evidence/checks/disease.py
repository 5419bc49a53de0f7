"""The disease that a claim names must be that of the cited words, whatever they call it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from iscalimab_qa.evidence.checks.findings import Finding
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.sources.normalise import matching_key

_DISEASE = re.compile(
    r"(?<![\w-])(?:[a-z]{3,}(?:itis|emia|aemia|opathy|algia|oma|osis|plegia|penia|uria)|diabetes|cancers?|"
    r"asthma|lupus|influenza|malaria|stroke|migraine|epilepsy|dementia|cirrhosis)(?![\w-])"
)
_NO_DISEASE = frozenset(
    """diagnosis prognosis apoptosis mitosis meiosis symbiosis osmosis endocytosis phagocytosis
    hypnosis aroma diploma genoma coma proteinuria albuminuria sympathy empathy hypothesis
    exocytosis transcytosis histiocytosis metathesis""".split()
)
_CACHED_TEXTS = 2048
"""Texts whose diseases are kept: a question is held against a handful of spans."""


@lru_cache(maxsize=_CACHED_TEXTS)
def diseases_in(text: str, names: Names) -> Mapping[str, str]:
    """Map the diseases of a text to how they are spelt: curated ones as their group's token."""
    key = names.canonical(text)
    words = {m[0]: m[0] for m in _DISEASE.finditer(key) if m[0] not in _NO_DISEASE}
    tokens = re.findall(r"alias\d+x", key)
    curated = {t: names.name_of(t) for t in tokens if names.kind_of(t) == "disease"}
    return words | curated


def check_disease(claim: str, grounds: Grounds, names: Names) -> Iterator[Finding]:
    """Yield the diseases of a claim of which the cited words and their source do not speak.

    They may call it by an everyday word ("loose stools"), or name one of its forms: exudative
    macular degeneration is no other disease than AMD.
    """
    claimed = diseases_in(claim, names)
    if not claimed:
        return
    said = _Said(grounds.everything, names)
    for token, name in claimed.items():
        if not said.speaks_of(token, name):
            yield Finding("trial", name, f"the cited words do not speak of {name}")


class _Said:
    """What some words say of diseases."""

    def __init__(self, text: str, names: Names) -> None:
        self._names = names
        self._key = matching_key(text)
        self._canonical = names.canonical(text)
        self._held = diseases_in(text, names)

    def speaks_of(self, token: str, name: str) -> bool:
        """Whether a disease is named, in whatever words."""
        return (
            token in self._held
            or token in self._canonical
            or all(word[:5] in self._key for word in matching_key(name).split())
            or any(_holds(self._key, each) for each in self._called(token))
            or self._names_a_form_of(token)
        )

    def _called(self, token: str) -> Iterator[str]:
        """Yield what a disease is called, in names that may hold others: "neovascular AMD"."""
        yield from map(matching_key, self._names.wordings(token))
        yield from _everyday_words(self._names).get(token, ())

    def _names_a_form_of(self, token: str) -> bool:
        """Whether a disease is named whose name is that of the other one and more."""
        wordings = [matching_key(each) for each in self._names.wordings(token) or (token,)]
        forms = (
            matching_key(each)
            for held in self._held
            if held != token
            for each in self._names.wordings(held)
        )
        return any(_holds(form, wording) for form in forms for wording in wordings)


@lru_cache(maxsize=8)
def _everyday_words(names: Names) -> Mapping[str, frozenset[str]]:
    """Map each disease to the everyday words that ask for it and for nothing else.

    A word that names a disease itself asks for more than it says: lupus of the skin is no SLE.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in names.everyday:
        asked = {frozenset(diseases_in(each, names)) for each in group.means}
        if len(asked) == 1 and len(only := next(iter(asked))) == 1:
            (token,) = only
            found[token] |= {
                matching_key(each)
                for each in group.says
                if only.issuperset(diseases_in(each, names))
            }
    return {token: frozenset(words) for token, words in found.items()}


def _holds(key: str, name: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?:e?s)?(?![\w-])", key))
