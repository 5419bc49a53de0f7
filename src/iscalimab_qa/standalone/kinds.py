"""Tell what kind of thing a phrase names, by its words and by what stands before it."""

from __future__ import annotations

import re
from enum import Enum, auto

from iscalimab_qa.standalone import words as w

MAX_PARSED = 600
"""Characters of a question that are looked into; a follow-up leans on no essay."""


class Kind(Enum):
    """What a phrase names; a phrase takes the place of one of its kind."""

    TIME = auto()
    DOSE = auto()
    TRIAL = auto()
    AGENT = auto()  # a drug, an arm, a control
    PEOPLE = auto()
    FIELD = auto()  # a disease, an organ, a place: what stands after "in"
    OUTCOME = auto()
    PROPERTY = auto()
    STATISTIC = auto()
    THING = auto()


def singular(word: str) -> str:
    """Return a word in lower case without a plural's s."""
    low = word.lower()
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low  # noqa: PLR2004 - "gas" keeps its s


def is_drug(phrase: str) -> bool:
    """Whether a phrase holds a word that looks like a drug's name or code."""
    if w.DRUG.search(phrase):
        return True
    return any(w.DRUG_ENDING.match(x) and x.lower() not in w.NOT_DRUGS for x in phrase.split())


def trial_names(text: str) -> list[str]:
    """Return the names and numbers of trials in a text, each once, in order."""
    return list(dict.fromkeys(match[0] for match in w.TRIAL_NAME.finditer(text[:MAX_PARSED])))


def is_known_noun(word: str) -> bool:
    """Whether a word in lower case is a noun by some list, and so no verb."""
    known = w.PEOPLE | w.STUDIES | w.ARMS | w.OUTCOMES | w.PROPERTIES | w.DRUG_NOUNS | w.CONTROLS
    return word in known or is_drug(word) or bool(w.DISEASE.search(word)) or word.endswith("s")


_GOVERNS_NO_AGENT = frozenset(
    "effect effects impact influence data information based report".split()
)
_GOVERNS_AGENT = re.compile(
    r"^(?:respon|random|assign|allocat|switch|expos|resistan)", re.IGNORECASE
)


def kind_of(
    phrase: str, preposition: str, governor: str, beside: Kind | None, *, fresh: bool
) -> Kind:
    """Tell what kind of thing a phrase names.

    Args:
        phrase: The phrase without its preposition.
        preposition: What stands before it, in lower case; empty if nothing does.
        governor: The word before the preposition, in lower case.
        beside: The kind of the phrase right before it, None if none adjoins.
        fresh: Whether it is the first phrase of its question.
    """
    named = _kind_by_name(phrase)
    if named is None and phrase[0].isdigit() and preposition in {"under", "over"}:
        return Kind.PEOPLE  # "under 18": an age
    if preposition in {"for", "against"} and phrase.lower().rpartition(" ")[2] in w.SYMPTOMS:
        return Kind.FIELD
    if named is Kind.FIELD and preposition == "in" and governor in w.CHANGE_NOUNS:
        return Kind.OUTCOME
    if preposition in {"after", "before"} and _PRODUCT.match(phrase):
        return Kind.AGENT
    if named is not None or _is_trial_acronym(phrase, preposition, governor, fresh=fresh):
        return named or Kind.TRIAL
    return _kind_by_place(preposition, governor, beside)


def _kind_by_place(preposition: str, governor: str, beside: Kind | None) -> Kind:
    if preposition == "with" and beside is Kind.PEOPLE:
        return Kind.FIELD
    governed = preposition == "to" and bool(_GOVERNS_AGENT.match(governor))
    if governed or (preposition in w.AGENT_PREPOSITIONS and governor not in _GOVERNS_NO_AGENT):
        return Kind.AGENT
    in_it = preposition in {"in", "for"} and governor not in w.CHANGE_NOUNS
    return Kind.FIELD if in_it else Kind.THING


def _kind_by_name(phrase: str) -> Kind | None:
    words = phrase.split()
    lows = [word.lower() for word in words]
    head = lows[-1]
    drug = is_drug(phrase)
    if w.DOSE.fullmatch(phrase) or (head in {"dose", "doses"} and not drug):
        return Kind.DOSE if len(_without_determiner(lows)) > 1 else Kind.PROPERTY
    timed = not drug and w.TIME.search(phrase) and head not in w.STUDIES | w.PEOPLE
    compared = set(lows) & w.COMPARATORS and head not in w.PEOPLE
    tests = (
        (Kind.TRIAL, bool(trial_names(phrase))),
        (Kind.TIME, bool(timed)),
        (Kind.AGENT, head in w.ARMS or bool(compared)),
        (Kind.TRIAL, not w.STUDIES.isdisjoint(lows)),
        (Kind.PEOPLE, head in w.PEOPLE),
        (Kind.STATISTIC, head in w.STATISTICS),
        (Kind.PROPERTY, head in w.PROPERTIES),
        (Kind.FIELD, bool(w.DISEASE.search(head)) or lows[-2:] in _FAILURES),
        (Kind.FIELD, len(_without_determiner(lows)) == 1 and head in w.ORGANS),
        (Kind.FIELD, singular(head) in w.PLACES),
        (Kind.OUTCOME, head in w.OUTCOMES),
        (Kind.AGENT, drug),
        (Kind.FIELD, bool(w.POSSESSIVE_DISEASE.match(words[-1]))),
    )
    return next((kind for kind, holds in tests if holds), None)


_PRODUCT = re.compile(r"^[A-Z][a-z]+(?:-?[A-Z\d]\w*)$")
"""A name as makers give it: "Caprivax-M", "NightSail"; what is done after one was given."""

_FAILURES = [["heart", "failure"], ["kidney", "failure"], ["heart", "attack"], ["liver", "failure"]]


def _without_determiner(lows: list[str]) -> list[str]:
    return [low for low in lows if low not in w.DETERMINERS]


def _is_trial_acronym(phrase: str, preposition: str, governor: str, *, fresh: bool) -> bool:
    """Whether four capitals name a trial: "in LUMEN", "did HELIOS find"; not "change in BVAS"."""
    if not w.ACRONYM.match(phrase):
        return False
    if preposition in {"in", "from"}:
        return governor not in w.CHANGE_NOUNS
    return fresh or preposition in {"of", "about"} or "-" in phrase
