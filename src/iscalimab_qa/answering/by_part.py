"""Put an answer together part by part, so that no part goes unanswered for another's sake."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from iscalimab_qa.answering.bringing import brings, lacks
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.selection import MAX_CLAIMS, SCORE_MARGIN
from iscalimab_qa.answering.sought import sought_form
from iscalimab_qa.answering.terms import Terms, token_set

LOOKED_AT = 8
"""Units among which a part's own statement is sought: all that an answer may choose from."""

OWN_SHARE = 0.3
"""So much more of a part's own words must a further unit hold than the one that leads it."""


class Told(NamedTuple):
    """A part of a question and the evidence that tells it, best first, at least one unit."""

    question: Question
    terms: Terms
    evidence: Sequence[Candidate]


def with_parts(
    direct: Sequence[Candidate], told: Sequence[Told], *, all_told: bool
) -> list[Candidate]:
    """Put the best unit of each part that is told before what else was chosen.

    Where all parts are told, what is best for the question as a whole leads only if a part has
    it, or all parts nearly: a unit that touches on everything may tell nothing. Nor is then told
    from other sources what no part asks for.

    Args:
        direct: What was chosen for the question as a whole, best first.
        told: The parts that are told.
        all_told: Whether these are all parts.
    """
    best = _best(told)
    if not all_told or any(_is_of_parts(each, best, told) for each in direct[:1]):
        best = [*direct[:1], *best]
    elif best:
        sources = {each.unit.source_id for each in best}
        direct = [each for each in direct if each.unit.source_id in sources]
    kept: list[Candidate] = []
    for each in (*best, *direct):
        if not any(_is_same(each, other) for other in kept):
            kept.append(each)
    return kept[: max(MAX_CLAIMS, len(direct))]


def _is_of_parts(whole: Candidate, best: Sequence[Candidate], told: Sequence[Told]) -> bool:
    """Whether what is best for the whole question is so for a part, or nearly so for all."""

    def is_near(part: Told) -> bool:
        least = part.evidence[0].score - SCORE_MARGIN
        near = (each for each in part.evidence[:LOOKED_AT] if each.score >= least)
        return any(_is_same(whole, each) for each in near)

    return any(_is_same(whole, each) for each in best) or all(map(is_near, told))


def _best(told: Sequence[Told]) -> list[Candidate]:
    """Return the parts' best units; one that leads several parts is joined by their own."""
    leads = [part.evidence[0] for part in told]
    shared = [any(_is_same(lead, other) for other in leads[:at]) for at, lead in enumerate(leads)]
    own = (_own(part, told) for part, is_shared in zip(told, shared, strict=True) if is_shared)
    return [*leads, *chain.from_iterable(own)]


def _own(part: Told, told: Sequence[Told]) -> list[Candidate]:
    """Return what tells a part in the form or the words that it alone asks for.

    None where its lead has them.
    """
    lead, *others = part.evidence
    beside = [each for each in others if each.unit.source_id == lead.unit.source_id]
    if form := sought_form(part.question):
        formed = [each for each in beside if form.search(each.unit.text)]
        if form.search(lead.unit.text):
            return []
        if formed:
            return [min(formed, key=lambda each: abs(each.unit.start - lead.unit.start))]
    beside = [each for each in beside if each in others[:LOOKED_AT]]
    if lacks(part.question, lead.unit.text):
        brought = [each for each in beside if brings(part.question, each.unit.text)]
        if brought:
            return brought[:1]
    return _fuller(part, beside, told)


def _fuller(part: Told, beside: Sequence[Candidate], told: Sequence[Told]) -> list[Candidate]:
    """Return the unit that holds far more than the lead of the words that only this part has."""
    lead = part.evidence[0]
    elsewhere = frozenset(
        chain.from_iterable(other.terms.weights for other in told if other is not part)
    )
    weights = {t: w for t, w in part.terms.weights.items() if t not in elsewhere}
    rest = Terms(weights, part.terms.aliases)
    least = rest.coverage(token_set(lead.unit.words) | lead.said) + OWN_SHARE

    def held(each: Candidate) -> float:
        return rest.coverage(token_set(each.unit.words) | each.said)

    fuller = sorted((each for each in beside if held(each) >= least), key=held, reverse=True)
    return fuller[:1]


def _is_same(one: Candidate, other: Candidate) -> bool:
    return (one.unit.source_id, one.unit.start) == (other.unit.source_id, other.unit.start)
