"""How well a unit answers a question: a few features, weighed and added up.

The features are interpretable and each lies in [0, 1], so that a weight says what it is
worth. The weights were fitted by `eval/fit_answering.py` on COVID-QA (Möller et al., 2020),
on articles that are no part of any corpus here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from langchain_core.documents import Document

from iscalimab_qa.answering.bringing import brings
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.terms import Terms, token_pairs, token_set, tokens_of
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.units import Unit

CONTEXT_SHARE = 0.5
"""What a word of the question counts that stands around a unit and not in it."""


class Features(NamedTuple):
    """What is known of a unit beside a question; every value in [0, 1].

    `coverage`: share of the question's weight in the unit, read with its heads and heading.
    `passage_coverage`: the same over the passage around it. `similarity`: cosine of the
    question and the passage, below 0 as 0. `pairs`: share of the question's neighbouring
    word pairs. `brings`: whether the unit has the form of what is asked for. `gap`: weight of
    the heaviest word of the question that neither the unit nor its heads hold, as a share of
    the question's heaviest word. `figures`: share of the question's own figures ("week 24",
    "600 mg") that the unit holds with its heads, 1 where the question has none.
    """

    coverage: float
    passage_coverage: float
    similarity: float
    pairs: float
    brings: float
    gap: float
    figures: float
    unit_similarity: float = 0.0
    opening: float = 0.0


class Retrieved(NamedTuple):
    """A passage that was found, its units, and the cosine of each with the question."""

    document: Document
    similarity: float
    units: Sequence[Unit]
    encoded: str
    unit_similarities: Sequence[float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit under consideration, the passage it lies in, and its score (higher is better)."""

    unit: Unit
    document: Document
    features: Features
    score: float


def scored_units(
    question: Question,
    terms: Terms,
    passages: Sequence[Retrieved],
    weights: Mapping[str, float],
) -> list[Candidate]:
    """Score every unit of the retrieved passages.

    Returns:
        Candidates, best first; ties keep the order of the passages and of the text, so the
        same question over the same library gives the same list.
    """
    candidates = [
        Candidate(unit, passage.document, features, _weighed(features, weights))
        for passage in passages
        for unit, features in _features(question, terms, passage)
    ]
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _weighed(features: Features, weights: Mapping[str, float]) -> float:
    return sum(
        weights[name] * value for name, value in zip(features._fields, features, strict=True)
    )


def _features(
    question: Question, terms: Terms, passage: Retrieved
) -> Sequence[tuple[Unit, Features]]:
    passage_coverage = terms.coverage(token_set(passage.encoded))
    similarity = max(0.0, passage.similarity)
    asked_pairs = token_pairs(question.text)
    asked_figures = figures_in(question.text).keys()
    return [
        (
            unit,
            Features(
                coverage=_coverage(terms, unit),
                passage_coverage=passage_coverage,
                similarity=similarity,
                pairs=len(asked_pairs & token_pairs(unit.words)) / max(1, len(asked_pairs)),
                brings=float(brings(question, unit.text)),
                gap=terms.gap(_all_words(unit)),
                figures=_share(asked_figures, unit),
                unit_similarity=max(0.0, unit_similarity),
                opening=_opening(terms, unit),
            ),
        )
        for unit, unit_similarity in zip(passage.units, passage.unit_similarities, strict=True)
    ]


def _opening(terms: Terms, unit: Unit) -> float:
    """A statement about something begins with it; an aside comes to it late."""
    places = (place for place, token in enumerate(tokens_of(unit.text)) if token in terms.weights)
    first = next(places, None)
    return 0.0 if first is None else 1 / (1 + first)


def _share(asked: Set[str], unit: Unit) -> float:
    held = figures_in(" ".join([*unit.section, unit.words])).keys()
    return len(asked & held) / len(asked) if asked else 1.0


def _all_words(unit: Unit) -> frozenset[str]:
    """Return the unit's words with its heads and all headings above it."""
    return token_set(" ".join([*unit.section, unit.words]))


def _coverage(terms: Terms, unit: Unit) -> float:
    """Return the share of the question in a unit; words around it count for less.

    Heading, caption and column heads name what all units beside one another share, so they
    make a unit fit the question, but do not tell it from its neighbours.
    """
    own = token_set(unit.text)
    around = token_set(" ".join([*unit.section[-1:], unit.words]))
    alone = terms.coverage(own)
    return alone + CONTEXT_SHARE * (terms.coverage(own | around) - alone)
