"""How well a statement tells what a question is after: by its form, its heading, its endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.answering.sought import told_words as words
from iscalimab_qa.answering.sought.asked import Kind, Sought
from iscalimab_qa.answering.sought.attribute import Attribute
from iscalimab_qa.answering.sought.endpoint import Primary, primaries_in
from iscalimab_qa.evidence.notices.animals import about_animals_alone
from iscalimab_qa.units import Unit

LESSER = 0.6
"""What a result beside the main one counts of it."""

UNDER_HEAD = 0.9
"""What a statement counts that only its heading says what it tells."""

_CACHED = 20_000
"""Statements whose grades are kept, as many as texts whose words are."""


class Telling(NamedTuple):
    """How a unit stands to what is sought.

    `grade` in [0, 1]: how well it tells it. `aside`: it is about something else that is easily
    taken for it: animals, what a source does not tell. `said` are words of the question that it
    need not hold.
    """

    grade: float = 0.0
    aside: bool = False
    said: frozenset[str] = frozenset()


class Statement(NamedTuple):
    """What a grade rests on.

    `told` is a row's label or the whole sentence, `words` is all that the unit is read with,
    `heads` its nearest heading and caption; `on_primary` says that it speaks of its study's
    primary endpoint.
    """

    told: str
    words: str
    heads: str
    is_row: bool
    on_primary: bool


@dataclass(frozen=True, slots=True)
class Grader:
    """Grades statements for one question.

    `primaries` are the endpoints that studies define, `studies` says which study a source is of.
    """

    sought: Sought
    primaries: Mapping[str, Primary]
    studies: Mapping[str, str]

    def grade(self, unit: Unit) -> Telling:
        """Say how well a unit tells what is sought, whomever it is about."""
        label = unit.cells[0].text if unit.cells else unit.text
        statement = Statement(
            label, unit.words, _heads(unit), bool(unit.cells), self._is_on_primary(unit)
        )
        grade, aside = _grade(self.sought.kind, self.sought.attribute, statement)
        return Telling(grade, aside, self.sought.asking if grade else frozenset())

    def _is_on_primary(self, unit: Unit) -> bool:
        primary = self.primaries.get(self.studies[unit.source_id])
        return primary is not None and primary.is_told(unit)


def grader_for(sought: Sought, units: Sequence[Unit], studies: Mapping[str, str]) -> Grader:
    """Make ready to grade the units that were found for a question."""
    by_endpoint = sought.kind in {"endpoint", "effect"}
    told = ((studies[unit.source_id], unit) for unit in units if by_endpoint)
    return Grader(sought, primaries_in(told), studies)


def about_animals(unit: Unit, title: str) -> bool:
    """Whether a unit, read with its heads and its source's title, is about animals alone."""
    return about_animals_alone(f"{title}. {_heads(unit)}. {unit.text}")


def _heads(unit: Unit) -> str:
    captions = (piece.quote for piece in unit.context if piece.role == "caption")
    return " ".join([*unit.section[-1:], *captions])


@lru_cache(maxsize=_CACHED)
def _grade(kind: Kind, attribute: Attribute | None, said: Statement) -> tuple[float, bool]:
    """Return a statement's grade, and whether it only names what is sought or does not know it."""
    if attribute is not None:
        return _of_attribute(attribute, said), False
    aside = kind != "limits" and bool(
        words.LIMITS.search(said.heads)
        or words.NOT_GIVEN.search(said.words)
        or words.ANNOUNCES.search(said.told)
    )
    return (0.0, True) if aside else (_GRADES[kind](said), False)


def _effect(said: Statement) -> float:
    """Grade a result: a verdict on the primary endpoint, its values by arm, any other effect."""
    grade = _of_row(said) if said.is_row else _of_sentence(said)
    beside = words.SUPPORTIVE.search(said.words) or words.BESIDE_HEAD.search(said.heads)
    return grade * LESSER if beside else grade


def _of_sentence(said: Statement) -> float:
    text = said.told
    if words.VERDICT.search(text):
        return 1.0
    if words.PLAN.search(text):
        return 0.0
    value = words.VALUE.search(words.NO_ESTIMATE.sub(" ", text))
    by_arm = bool(value and words.COMPARES.search(text))
    is_effect = bool(words.EFFECT.search(text))
    # "The rate was 2 % with the drug and 5 % with placebo" has no verb of effect.
    if not is_effect and (not by_arm or words.DESIGN.search(text)):
        return 0.0
    if said.on_primary or words.ON_AIM.search(text):
        return 0.95 if by_arm else 0.8
    unwanted = words.UNWANTED if is_effect else words.HARM
    if words.SAFETY_HEAD.search(said.heads) or unwanted.search(text):
        return 0.0
    told = bool(value or words.DECIDES.search(text))
    return 0.4 + 0.2 * told + 0.2 * (by_arm and is_effect)


def _of_row(said: Statement) -> float:
    if words.PLAN_HEAD.search(said.heads):
        return 0.0
    if said.on_primary or "primary" in f"{said.told} {said.heads}".lower():
        return 0.9
    if words.SAFETY_HEAD.search(said.heads) or words.UNWANTED.search(said.told):
        return 0.0
    return 0.6 if words.RESULTS_HEAD.search(said.heads) else 0.3


def _endpoint(said: Statement) -> float:
    """Grade what decides whether the endpoint was met: in words, else by its values."""
    told = _effect(said)
    if told and not said.is_row and words.VERDICT.search(said.told):
        return told
    decides = bool(words.DECIDES.search(said.words))
    if told and said.on_primary:
        return 0.9 if decides else 0.7
    return 0.6 * told + 0.2 * (told > 0 and decides)


def _safety(said: Statement) -> float:
    harm, on_safety = words.HARM.search(said.told), words.SAFETY_HEAD.search(said.heads)
    if said.is_row:
        harmful = 0.9 if "adverse" in said.told.lower() else 0.7
        return harmful if harm else 0.6 * bool(on_safety)
    if words.PLAN.search(said.told) or words.PLAN_HEAD.search(said.heads):
        return 0.0
    value = words.VALUE.search(said.told)
    if on_safety:
        return 1.0 if value and harm else 0.9 if value or harm else 0.6
    if not harm:
        return 0.0
    return 0.9 if value else 0.7 if words.UNWANTED.search(said.told) else 0.4


def _infection(said: Statement) -> float:
    planned = words.PLAN_HEAD.search(said.heads) or words.PLAN.search(said.told)
    if planned or not words.INFECTED.search(said.told):
        return 0.0
    counted = words.VALUE.search(said.words) or words.SAFETY_HEAD.search(said.heads)
    return 1.0 if counted else 0.7


def _mechanism(said: Statement) -> float:
    if said.is_row or not words.ACTS.search(said.told):
        return 0.0
    return 1.0 if words.TARGET.search(said.told) else 0.5


def _limits(said: Statement) -> float:
    if words.LIMITS.search(said.heads):
        return 1.0
    if words.LIMITS.search(said.told) or words.DOUBTS.search(said.told):
        return 0.8
    return 0.3 if words.LIMITING.search(said.told) else 0.0


def _of_attribute(attribute: Attribute, said: Statement) -> float:
    if attribute.told.search(said.words):
        return 1.0
    # Under the head "Disclosures" a document tells of itself in any words.
    if attribute.of_document and attribute.told.search(f"{said.heads}:"):
        return UNDER_HEAD
    return 0.6 if attribute.hints and attribute.hints.search(said.words) else 0.0


_GRADES: Mapping[Kind, Callable[[Statement], float]] = {
    "endpoint": _endpoint,
    "effect": _effect,
    "safety": _safety,
    "infection": _infection,
    "mechanism": _mechanism,
    "limits": _limits,
}
"""A verdict in words comes first, then values by arm, then values, then words alone."""
