"""Choose the units that make the answer: the direct one first, few, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.terms import Terms, token_set
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.units import ContextQuote, Unit

MAX_CLAIMS = 3
"""Nobody reads on: three statements are about sixty words."""

MAX_LIST_ITEMS = 10
"""Items of a list that are given when a list is asked for."""

SCORE_MARGIN = 1.5
"""A further unit may score this much less than the first one, in units of the fitted score:
odds of about one to four that it, and not the first, is the direct answer."""

NEAR_TIE = 0.5
"""Two units this near are about as likely to be the answer: both are told, if few words do."""

FEW_WORDS = 60
"""What is read."""

NEW_WEIGHT = 0.15
"""Share of the question's weight that a further unit must add."""

SAME_WORDS = 0.6
"""Jaccard overlap of words at which two units say the same."""


def choose(question: Question, terms: Terms, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Choose the units of an answer from scored ones.

    Args:
        question: What was asked.
        terms: The question's words and their weights.
        candidates: Evidence only (no notes, no references), best first.

    Returns:
        The direct unit first, then those that add a part of the question it lacks, or the
        items of the list that it opens or belongs to.
    """
    if not candidates:
        return []
    first = candidates[0]
    items = _list_of(first, candidates) if _wants_items(question, first.unit) else []
    return items or _with_additions(terms, first, candidates[1:])


def _wants_items(question: Question, unit: Unit) -> bool:
    return unit.text.endswith(":") or (question.expects == "list" and _lead(unit) is not None)


def _lead(unit: Unit) -> ContextQuote | None:
    """Return the line that introduces the list a unit is an item of."""
    return next((piece for piece in reversed(unit.context) if piece.role == "lead"), None)


def _list_of(first: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the opening line's items, or the siblings of an item, in the text's order."""
    unit, lead = first.unit, _lead(first.unit)
    opens = unit.text.endswith(":")
    wanted = (unit.start, unit.end) if opens or not lead else (lead.start, lead.end)
    items = [
        candidate
        for candidate in candidates
        if candidate.unit.source_id == unit.source_id
        and (own := _lead(candidate.unit))
        and (own.start, own.end) == wanted
    ]
    ordered = sorted(items, key=lambda candidate: candidate.unit.start)[:MAX_LIST_ITEMS]
    return [first, *ordered] if opens and ordered else ordered


def _with_additions(terms: Terms, first: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    chosen = [first]
    said = set(token_set(first.unit.words))
    for candidate in others:
        if len(chosen) == MAX_CLAIMS or candidate.score < first.score - SCORE_MARGIN:
            break
        words = token_set(candidate.unit.words)
        gain = terms.coverage(said | words) - terms.coverage(said)
        adds = gain >= NEW_WEIGHT or _is_near_tie(chosen, candidate)
        if adds and not any(_same(candidate.unit, other.unit) for other in chosen):
            chosen.append(candidate)
            said |= words
    return chosen


def _is_near_tie(chosen: Sequence[Candidate], candidate: Candidate) -> bool:
    """Whether a second unit is as good as the first, and both are soon read."""
    words = sum(len(each.unit.text.split()) for each in (*chosen, candidate))
    near = candidate.score >= chosen[0].score - NEAR_TIE
    return len(chosen) == 1 and near and words <= FEW_WORDS


def _same(left: Unit, right: Unit) -> bool:
    """Whether two units tell the same: mostly the same words, or the same figures in one source."""
    first, second = token_set(left.text), token_set(right.text)
    if len(first & second) >= SAME_WORDS * len(first | second):
        return True
    figures = figures_in(left.text).keys()
    return (
        left.source_id == right.source_id
        and bool(figures)
        and figures == figures_in(right.text).keys()
    )
