"""Tell by its nouns when a question asks for two values: "dose and number of infusions in X".

Only nouns of different kinds of value are parted: "nausea and vomiting", "safety and efficacy"
and "start and end date" stay together, since one statement tells both or none does.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_KINDS = {
    "dose": r"dos(?:e|es|age|ages)|mg(?:/kg)?|milligrams?(?:\s+per\s+(?:kilogram|kilo|kg))?",
    "count": (
        r"(?:total\s+)?numbers?\s+of\s+[\w-]+(?:\s+(?!(?:and|at|for|in|of|on|per|with)\b)[\w-]+)?|sample\s+size"
        r"|(?:items?|questions|participants|patients)(?=\s+(?:and|in|of)\b)"
    ),
    "route": r"routes?(?:\s+of\s+administration)?",
    "schedule": r"(?:dosing\s+)?(?:schedule|frequency|interval)",
    "time": (r"(?:(?:start|end|completion|publication)\s+)?(?:date|year)s?"),
    "span": r"duration|length|follow-up|recall\s+period|look-?back(?:\s+period)?",
    "place": r"countr(?:y|ies)|sites|cent(?:er|re)s|address|location",
    "doer": r"sponsors?|funders?|authors?|suppliers?|manufacturers?|maker|(?:lead\s+)?investigator",
    "share": r"(?:[\w-]+\s+)?(?:rates?|percentages?|proportions?)",
    "age": r"(?:mean\s+|median\s+)?age",
    "sex": r"sex|(?:share|proportion|percentage)\s+of\s+(?:women|men|females?|males?)",
    "reason": r"reasons?",
    "number": r"(?:catalogue|catalog|lot|batch|order)\s+(?:number|no\.?)",
    "temperature": r"temperature",
}
"""Nouns that name a value, by the kind of value."""

_NOUNS = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_VALUE = re.compile(rf"\b(?:{_NOUNS})(?![\w-])", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s+(?:and|as\s+well\s+as|plus)\s+", re.IGNORECASE)
_OWN = re.compile(r"^(?:the\s+|its\s+|their\s+)?(?:[\w-]+\s+){0,2}?$", re.IGNORECASE)
_BEHIND = re.compile(r"^(?:\s+(?:of|in|for|with|on)\s+[^,;]+)?$", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:between|both|correlat\w*|relat\w*|associat\w*|ratio|depend\w*|change\w*)\b",
    re.IGNORECASE,
)
_BEFORE_NOUN = re.compile(
    r"(?:(?:\b(?:the|its|their|an?)\s+)?(?:\b(?:mean|median|maximum|minimum|total|daily)\s+)?)$",
    re.IGNORECASE,
)


class TwoValues(NamedTuple):
    """What stands before both, the two values each with what belongs to it, and what is shared."""

    before: str
    first: str
    second: str


def names_value(text: str) -> bool:
    """Whether a phrase names a value that a document gives: a dose, a duration, a sponsor."""
    return bool(_VALUE.search(text))


def two_values(question: str) -> TwoValues | None:
    """Part a question by two nouns for values of different kinds; None where it has none.

    What follows the second ("... in asthma") is told of the first too, unless it has its own.
    """
    if _TOGETHER.search(question):
        return None
    text = question.rstrip(" ?.!")
    for joint in _AND.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        first, second = _last_value(left), _VALUE.search(right)
        if not (first and second and _OWN.match(right[: second.start()])):
            continue
        if first.lastgroup == second.lastgroup:
            continue
        start = _BEFORE_NOUN.search(left, 0, first.start())
        begins = start.start() if start else first.start()
        own, shared = left[first.end() :], right[second.end() :]
        told = left[begins:] if own else left[begins:] + shared
        return TwoValues(left[:begins], told, right)
    return None


def _last_value(left: str) -> re.Match[str] | None:
    """Return the value that a phrase ends in, what belongs to it aside."""
    found = list(_VALUE.finditer(left))
    return next((each for each in reversed(found) if _BEHIND.match(left[each.end() :])), None)
