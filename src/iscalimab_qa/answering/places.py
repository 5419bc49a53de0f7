"""Is what a question calls by a proper name what a unit tells of? "In Wales", "at Quiet Creek".

A source that never speaks of Wales tells nothing of it; and where it does so once, in passing, only
what stands there does. Drugs, trials and diseases are called by names as well; `subject` knows
those, with all that they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.sources.normalise import matching_key
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit

_NAME = re.compile(
    r"(?<![.?!:]\s)(?<!^)(?<![\w’'-])(?:[A-Z][a-zà-ÿ]{2,})(?:\s+[A-Z][a-zà-ÿ]{2,})*(?![\w-])"
)
"""Words in capitals that do not begin a sentence."""

_OF_A_PEOPLE = re.compile(
    r"(?:sh|ese|ans?|ch|iss|i|ic|ots?|ers|ards)$"
    r"|^(?:Greeks?|Danes?|Poles?|Finns?|Swedes?|Turks?|Serbs?|Czechs?|Croats?|Thais?)$"
)
"""Words for a people: a source that tells of Finland need not say "Finnish"."""

_SAID_OTHERWISE = frozenset(
    """United States Kingdom Europe America World Health Organization Organisation National
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Saturdays Sunday Sundays Britain Black White
    Hispanic North South East West New Northern Southern Eastern Western Central
    Table Figure Section Phase Study Trial Week Day Month Year Arm Group Part Cohort Grade Stage
    Type Class Level Series Score Index Scale Questionnaire""".split()
)
"""Words in capitals that sources abbreviate, or that name nothing by themselves."""

IN_PASSING = 3
"""Mentions up to which a source speaks of something in passing."""

_OPENING = 700
_BEFORE, _BEHIND = 600, 200
"""Characters that say what a source is about, and around a unit what it goes on about."""

_BESIDE = 120
_SETTING = re.compile(
    r"\b(?:conducted|carried out|performed|took place|located|situated|recruited|enrolled|laid out"
    r"|established|experiment|field|sampled|collected|were grown|sown|set up)\b"
)
"""Words beside the one place where a whole study was done."""

_LEAST = 4
"""Letters of a name that is looked for."""


def of_another_place(question: str, unit: Unit, source: Source, names: Names) -> bool:
    """Whether a question names what a unit's source tells nothing of, or only in another place."""
    return any(
        _is_elsewhere(name, unit, source)
        for name in _proper_names(question)
        if not names.mentions(name)
    )


@lru_cache(maxsize=256)
def _proper_names(question: str) -> tuple[str, ...]:
    names = (
        " ".join(word for word in match[0].split() if word not in _SAID_OTHERWISE)
        for match in _NAME.finditer(question)
    )
    return tuple(
        name
        for name in names
        if len(name) >= _LEAST and not any(map(_OF_A_PEOPLE.search, name.split()))
    )


def _is_elsewhere(name: str, unit: Unit, source: Source) -> bool:
    words = [_stem(matching_key(word)) for word in name.split()]
    whole = _keyed(f"{source.metadata.title}. {source.text}")
    mentions = [len(re.findall(rf"(?<!\w){re.escape(word)}", whole)) for word in words]
    if not all(mentions):
        return not any(mentions)
    opening = _keyed(f"{source.metadata.title}. {source.text[:_OPENING]}")
    near = source.text[max(0, unit.start - _BEFORE) : unit.end + _BEHIND]
    around = _keyed(". ".join([*unit.section, unit.words, near]))
    told = any(word in text for word in words for text in (opening, around))
    if told or min(mentions) > IN_PASSING:
        return False
    return not any(map(_SETTING.search, _said_beside(words[0], whole)))


def _said_beside(word: str, text: str) -> Iterator[str]:
    for at in re.finditer(rf"(?<!\w){re.escape(word)}", text):
        yield text[max(0, at.start() - _BESIDE) : at.end() + _BESIDE]


@lru_cache(maxsize=64)
def _keyed(text: str) -> str:
    return matching_key(text)


def _stem(word: str) -> str:
    return word.removesuffix("s")
