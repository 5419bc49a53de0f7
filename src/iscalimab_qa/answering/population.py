"""Whose figure is it? What was found in monkeys or adults says nothing of children.

A population that a question names must be spoken of in what answers it: in the unit, in the
headings above it, or in the title of its source. Of several, one will do: no sentence need
compare them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from iscalimab_qa.evidence.notices.animals import about_animals_alone, names_people


class _Population(NamedTuple):
    """Words that ask for a population, and words any of which tells of it."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


def _population(asked: str, told: str = "") -> _Population:
    return _Population(
        *(re.compile(rf"\b(?:{each})", re.IGNORECASE) for each in (asked, told or asked))
    )


_CHILDREN = (
    r"child(?:ren)?\b|kids?\b|p(?:a)?ediatric|adolescen|infants?\b|teen(?:s\b|age)|juvenile\b"
)
_AGED = r"(?:aged?|over|above|older\s+than|at\s+least|≥)\s*(?:(?:5[5-9]|[6-9]\d)\b|sixty|seventy)"
_OLD = rf"elderly|geriatric|seniors?\b|older\s+(?:adults?|people|patients|persons?)|{_AGED}"
_AT_LEAST = r"(?:5[5-9]|[6-9]\d)\s+(?:years|(?:or|and)\s+(?:more|older|above|over))"
_PREGNANT = r"pregnan|breast-?\s?feed|lactat"

_MINOR = r"(?:1[0-7]|[2-9])\s+years?\b|under\s+18\b|boys?\b|girls?\b"
_HEALTHY = r"healthy\s+(?:volunteers?|subjects?|adults?|people|participants?|men|women)\b"

_ANIMALS = (
    _population(r"(?:monkeys?|macaques?|primates?|baboons?|cynomolgus|rhesus)\b"),
    _population(r"(?:mice|mouse|murine)\b"),
    _population(r"rats?\b"),
    _population(r"rabbits?\b"),
    _population(r"(?:dogs?|canine)\b"),
    _population(r"(?:pigs?|porcine|swine|minipigs?)\b"),
)
_POPULATIONS = (
    _population(_CHILDREN, rf"{_CHILDREN}|{_MINOR}"),
    _population(_OLD, rf"{_OLD}|{_AT_LEAST}"),
    _population(_PREGNANT, rf"{_PREGNANT}|teratogen|f(?:o)?et(?:al|us)|childbearing"),
    _population(_HEALTHY, r"healthy|volunteers?\b|first[- ]in[- ]human|phase\s+(?:1|I)\b"),
    _population(
        r"(?:renal|kidney|hepatic|liver)\s+(?:impairment|insufficiency)",
        r"impair|insufficien|clearance|eGFR",
    ),
    *_ANIMALS,
)

_HUMANS = re.compile(r"\b(?:humans|(?:human\s+)?volunteers?|in\s+man)\b", re.IGNORECASE)


_MODEL = re.compile(r"\b(?:the|this|our)\s+((?:[\w-]+\s+){1,3}?model)s?\b", re.IGNORECASE)
"""A model of a disease, called by less than its full name: "the sepsis model"."""


def models_in_full(words: str, text: str) -> str:
    """Return in full the models that a unit names in short, as its source calls them.

    Args:
        words: The unit's words: "The sepsis model has a window of four hours."
        text: All of its source: "... in the rat sepsis model."

    Returns:
        Those of which the source has one kind of animal; where it has two, none is meant for sure.
    """
    named = {" ".join(match[1].split()) for match in _MODEL.finditer(words)}
    full = (_called_in_full(name, text) for name in sorted(named))
    return ". ".join(each for each in full if _kinds_of_animals(each) == 1)


def _called_in_full(name: str, text: str) -> str:
    spaced = r"\s+".join(map(re.escape, name.split()))
    found = re.finditer(rf"(?<![\w-])(?:[\w-]+ ){{0,3}}{spaced}", text, re.IGNORECASE)
    return ". ".join(match[0] for match in found)


def _kinds_of_animals(words: str) -> int:
    return sum(bool(each.told.search(words)) for each in _ANIMALS)


def of_another_population(question: str, unit: str, around: str) -> bool:
    """Whether a population is asked about that neither a unit nor what stands around it names.

    Args:
        question: What was asked.
        unit: The unit's own words with its heads.
        around: Its headings and the title of its source.
    """
    words = f"{around}. {unit}"
    asked = [each for each in _POPULATIONS if each.asked.search(question)]
    if asked and not any(each.told.search(words) for each in asked):
        return True
    return bool(_HUMANS.search(question)) and not names_people(unit) and about_animals_alone(words)
