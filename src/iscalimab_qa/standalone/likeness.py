"""Tell how well a phrase of a fragment fits where a phrase of the earlier question stands."""

from __future__ import annotations

import re

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.chunks import Chunk
from iscalimab_qa.standalone.kinds import Kind, is_drug, singular

_ASKED_NOUN = re.compile(r"\b(?:how\s+(?:many|much)|what|which)\s*$", re.IGNORECASE)
ATTRIBUTES = (Kind.PROPERTY, Kind.STATISTIC, Kind.OUTCOME)
_APART = 4
"""Likeness lost by a phrase that another hardly ever replaces: more than its head is worth."""


def likeness(chunk: Chunk, other: Chunk, context: str) -> int:
    """Return how well a phrase of a fragment may stand where one of the context stands.

    Kind alone gives six, a shared preposition two, a shared head three; zero is never.
    """
    if chunk.kind is Kind.THING and chunk.preposition not in {"", other.preposition}:
        return 0
    if other.preposition == "per" or _breaks_the_asking(chunk, other, context):
        return 0
    if chunk.kind is other.kind:
        score = 6
    elif {chunk.kind, other.kind} <= _LOOSE:
        score = _loose_likeness(chunk, other)
    else:
        return 0
    if chunk.kind in ATTRIBUTES and other.kind in ATTRIBUTES and chunk.kind is not other.kind:
        return 0
    score += 2 * (bool(chunk.preposition) and chunk.preposition == other.preposition)
    score += 3 * (chunk.head == other.head)
    score += 2 * bool(
        set(map(singular, chunk.noun.split())) & set(map(singular, other.noun.split()))
    )
    score += (chunk.noun != chunk.noun.lower()) == (other.noun != other.noun.lower())
    score += (chunk.noun == chunk.phrase) == (other.noun == other.phrase)
    score += chunk.kind is Kind.THING and not (chunk.preposition or other.preposition)
    score += chunk.kind is Kind.THING and len(chunk.words) == len(other.words)
    score -= _APART * _is_compared(other, context)
    if chunk.noun.islower() and other.preposition == "at" and other.noun.istitle():
        score -= _APART  # "at Marrowdale" is where all of it took place
    return score


def _breaks_the_asking(chunk: Chunk, other: Chunk, context: str) -> bool:
    """Whether "how many words" would become "how many the app" or "how many app"."""
    if chunk.kind is not Kind.THING or not _ASKED_NOUN.search(context[: other.start]):
        return False
    if chunk.words[0].lower() == "the":
        return True
    many = context[: other.start].rstrip().lower().endswith("many")
    last = chunk.words[-1].lower()
    return many and other.words[-1].endswith("s") and not last.endswith(("s", "ing", "people"))


_LOOSE = {Kind.THING, Kind.AGENT, Kind.FIELD, Kind.OUTCOME}


def _loose_likeness(chunk: Chunk, other: Chunk) -> int:
    """Likeness of two phrases of which one is of no known kind."""
    if chunk.kind is Kind.THING:
        return _likeness_of_thing(chunk, other)
    if chunk.kind is Kind.AGENT and other.kind is Kind.THING:
        return 2 if other.preposition in {"", "of"} else 0
    if chunk.kind is Kind.FIELD and other.kind is Kind.THING:
        return 2 if chunk.preposition == other.preposition else 0
    return 0


def _likeness_of_thing(chunk: Chunk, other: Chunk) -> int:
    if chunk.phrase.lower().endswith("ing") and not chunk.preposition:
        # "breastfeeding", "vomiting": never a drug.
        return 3 if other.kind is Kind.FIELD else 2 * (other.kind is Kind.OUTCOME)
    if other.kind is Kind.AGENT and is_drug(other.phrase) and _is_plural(chunk.words[-1]):
        return 0
    unlike = chunk.preposition and chunk.preposition != other.preposition
    if unlike or (not is_noun(chunk.phrase) and other.kind is not Kind.THING):
        return 0
    return 2 if other.kind in {Kind.AGENT, Kind.OUTCOME} or other.preposition != "in" else 1


def _is_plural(word: str) -> bool:
    return word.islower() and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _is_compared(chunk: Chunk, context: str) -> bool:
    before = context[: chunk.inner].rstrip().lower()
    return chunk.preposition in w.COMPARING or before.endswith(
        ("compare with", "compared with", "compare to")
    )


def is_noun(word: str) -> bool:
    """Whether a word is no adjective by its ending."""
    adjective = re.search(
        r"(?:ive|ble|ous|ful|al|ic|ant|ent|safe|ongoing|promising|lasting|less|ary|ed|-term)$", word
    )
    return adjective is None or is_drug(word) or word in w.OUTCOMES | w.PROPERTIES
