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

from iscalimab_qa.answering.asides import is_aside
from iscalimab_qa.answering.bringing import brings
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.sought import (
    Telling,
    about_animals,
    grader_for,
    is_of_document,
    sought_in,
)
from iscalimab_qa.answering.terms import (
    Terms,
    drug_tokens,
    name_tokens,
    names_in,
    token_pairs,
    token_set,
    tokens_of,
)
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
    "600 mg") that the unit holds with its heads, 1 where the question has none. `tells`: how
    well it tells what a broad question is after, as far as it is about all that is named; `aside`:
    whether it is about something else that is easily taken for it (see `sought`, `asides`).
    `reading`: how sure the reader is that it answers, 0 also where it was not read.
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
    tells: float = 0.0
    aside: float = 0.0
    reading: float = 0.0


class Retrieved(NamedTuple):
    """A passage that was found, its units, and the cosine of each with the question.

    `about` are the tokens of what its whole source is about: its title, its trial's names.
    """

    document: Document
    similarity: float
    units: Sequence[Unit]
    encoded: str
    unit_similarities: Sequence[float]
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit under consideration, the passage it lies in, and its score (higher is better).

    `said` are words of the question that it need not hold: its source is about them, or it tells
    in other words what they ask for. `promoted` is the part of the score that it has for telling
    what is sought: it orders units, and says nothing of whether the library answers.
    """

    unit: Unit
    document: Document
    features: Features
    score: float
    said: frozenset[str] = frozenset()
    promoted: float = 0.0


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
    graded = _graded(question, passages)
    candidates = [
        Candidate(
            unit,
            passage.document,
            features,
            _weighed(features, weights),
            said,
            features.tells * weights["tells"] + features.aside * weights["aside"],
        )
        for passage, tellings in zip(passages, graded, strict=True)
        for unit, features, said in _features(question, terms, passage, tellings)
    ]
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _weighed(features: Features, weights: Mapping[str, float]) -> float:
    return sum(
        weights[name] * value for name, value in zip(features._fields, features, strict=True)
    )


def _features(
    question: Question, terms: Terms, passage: Retrieved, tellings: Sequence[Telling]
) -> Sequence[tuple[Unit, Features, frozenset[str]]]:
    about = _named_and_meant(question, terms, passage)
    said = [about | told.said for told in tellings]
    passage_coverage = terms.coverage(token_set(passage.encoded).union(*said))
    similarity = max(0.0, passage.similarity)
    title = str(passage.document.metadata.get("title", ""))
    asked_pairs = token_pairs(question.text)
    asked_figures = _figures_asked(question.text)
    covered = [
        _coverage(terms, unit, asking) for unit, asking in zip(passage.units, said, strict=True)
    ]
    return [
        (
            unit,
            Features(
                coverage=coverage,
                passage_coverage=passage_coverage,
                similarity=similarity,
                pairs=len(asked_pairs & token_pairs(unit.words)) / max(1, len(asked_pairs)),
                brings=float(brings(question, unit.text)),
                gap=terms.gap(_all_words(unit) | asking),
                figures=_share(asked_figures, unit),
                unit_similarity=max(0.0, unit_similarity),
                opening=_opening(terms, unit),
                tells=told.grade * coverage,
                aside=float(told.aside or is_aside(question, unit.text, title)),
            ),
            asking,
        )
        for unit, unit_similarity, told, asking, coverage in zip(
            passage.units, passage.unit_similarities, tellings, said, covered, strict=True
        )
    ]


def _named_and_meant(question: Question, terms: Terms, passage: Retrieved) -> frozenset[str]:
    """Return the names of the question that all of a passage's source is about.

    A paper names its trial and its drug once. What a document tells of itself ("Date: ...") repeats
    no word of its title. Where drugs are compared, each statement must name
    its own, unless its source is about them all: "22% and 9%" may be those two.
    """
    names = name_tokens(question.text)
    if is_of_document(question):
        names = frozenset(terms.weights)
    drugs = drug_tokens(question.text) if question.compares else frozenset()
    if not all(terms.holds(passage.about, each) for each in drugs):
        names -= drugs
    return frozenset(each for each in names if terms.holds(passage.about, each))


def _graded(question: Question, passages: Sequence[Retrieved]) -> Sequence[Sequence[Telling]]:
    """Say of every unit, passage by passage, how well it tells what is asked.

    Where people are asked about and something is told of them, animals are no answer.
    """
    sought = sought_in(question)
    if sought is None:
        return [[Telling()] * len(passage.units) for passage in passages]
    units = [unit for passage in passages for unit in passage.units]
    studies = {unit.source_id: _study(each) for each in passages for unit in each.units}
    grader = grader_for(sought, units, studies)
    graded = [[grader.grade(unit) for unit in passage.units] for passage in passages]
    if not sought.people:
        return graded
    animals = [_on_animals(passage) for passage in passages]
    names = name_tokens(question.text)
    people = any(
        told.grade and not animal
        for passage, tellings, flags in zip(passages, graded, animals, strict=True)
        if names <= token_set(passage.encoded) | passage.about
        for told, animal in zip(tellings, flags, strict=True)
    )
    if not people:
        return graded
    return [
        [Telling(aside=True) if animal else told for told, animal in zip(*both, strict=True)]
        for both in zip(graded, animals, strict=True)
    ]


def _on_animals(passage: Retrieved) -> list[bool]:
    title = str(passage.document.metadata.get("title", ""))
    return [about_animals(unit, title) for unit in passage.units]


def _study(passage: Retrieved) -> str:
    """Name the study that a passage's source is of: its one trial, else the source itself."""
    meta = passage.document.metadata
    trials = meta.get("trials", ())
    return str(trials[0] if len(trials) == 1 else meta.get("source_id", ""))


def _opening(terms: Terms, unit: Unit) -> float:
    """A statement about something begins with it; an aside comes to it late."""
    places = (place for place, token in enumerate(tokens_of(unit.text)) if token in terms.weights)
    first = next(places, None)
    return 0.0 if first is None else 1 / (1 + first)


def _figures_asked(text: str) -> Set[str]:
    """Return a question's own figures; the digits of a name (CD40, NCT00000001) are none."""
    for name in names_in(text):
        text = text.replace(name, " ")
    return figures_in(text).keys()


def _share(asked: Set[str], unit: Unit) -> float:
    if not asked:
        return 1.0
    held = figures_in(" ".join([*unit.section, unit.words])).keys()
    return len(asked & held) / len(asked)


def _all_words(unit: Unit) -> frozenset[str]:
    """Return the unit's words with its heads and all headings above it."""
    return token_set(unit.words).union(*map(token_set, unit.section))


def _coverage(terms: Terms, unit: Unit, asking: frozenset[str]) -> float:
    """Return the share of the question in a unit; words around it count for less.

    Heading, caption and column heads name what all units beside one another share, so they
    make a unit fit the question, but do not tell it from its neighbours. What tells the thing
    that is asked for need not hold the words that ask for it.
    """
    own = token_set(unit.text) | asking
    around = token_set(unit.words).union(*map(token_set, unit.section[-1:]))
    alone = terms.coverage(own)
    return alone + CONTEXT_SHARE * (terms.coverage(own | around) - alone)
