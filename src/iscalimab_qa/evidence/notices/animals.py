"""Whether words are about people, or about animals and the laboratory."""

from __future__ import annotations

import re

_PEOPLE = re.compile(
    r"\b(?:patients?|people|humans?|persons?|men|women|children|adults|participants|recipients|volunteers"
    r"|clinical(?:ly)?|in\s+man)\b",
    re.IGNORECASE,
)
_ANIMALS = re.compile(
    r"\b(?:monkeys?|macaques?|cynomolgus|rhesus|baboons?|primates?|mice|mouse|murine|rats?|rodents?|rabbits?"
    r"|dogs?|pigs?|sheep|zebrafish|animals?|in\s+vitro|ex\s+vivo|xenografts?|cell\s+lines?|preclinical"
    r"|non-?clinical)\b",
    re.IGNORECASE,
)


def names_people(text: str) -> bool:
    """Whether a text speaks of patients or volunteers."""
    return bool(_PEOPLE.search(text))


def names_animals(text: str) -> bool:
    """Whether a text speaks of animals, tissue or cells in a dish."""
    return bool(_ANIMALS.search(text))


def about_animals_alone(text: str) -> bool:
    """Whether a text speaks of animals and not of people."""
    return names_animals(text) and not names_people(text)
