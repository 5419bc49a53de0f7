"""Choose the units that make the answer: the direct one first, few, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.sought import opens_answer
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

LEAD_WORDS = 5
"""Words up to which a line that ends in a colon makes no statement of its own."""

_ALL = re.compile(
    r"^\s*(?:list|name)\b|\b(?:list|name|give)\s+(?:me\s+)?all\b|\b(?:full|whole|complete)\s+list\b|\bwhat\s+(?:are|were)\s+all\b",
    re.IGNORECASE,
)

_STATES = re.compile(r"\b(?:is|are|was|were|had|have|has|must|should|may|will)\b", re.IGNORECASE)

FEW_WORDS = 60
"""What is read."""

NEW_WEIGHT = 0.15
"""Share of the question's weight that a further unit must add."""

LESS_TOLD = 0.25
"""How much less a further unit may tell of what is sought: one step, a value without the other
arm's, but no plan beside a result."""

SAME_WORDS = 0.6
"""Jaccard overlap of words at which two units say the same."""


def choose(
    question: Question,
    terms: Terms,
    candidates: Sequence[Candidate],
    siblings: Sequence[Candidate] = (),
) -> list[Candidate]:
    """Choose the units of an answer from scored ones.

    Args:
        question: What was asked.
        terms: The question's words and their weights.
        candidates: Evidence only (no notes, no references), best first.
        siblings: All units that were read, from which a list is completed: an item need not fit
            the question by itself.

    Returns:
        The direct unit first, then those that add a part of the question it lacks, or the
        items of the list that it opens or belongs to.
    """
    for place, first in enumerate(candidates):
        items = (
            _list_of(first, siblings or candidates)
            if _wants_items(question, terms, first.unit)
            else []
        )
        if items:
            return items if asks_for_all(question, terms, items) else _best_of(terms, items)
        if not is_bare_lead(first.unit):
            rest = [each for each in candidates[place + 1 :] if not is_bare_lead(each.unit)]
            return _with_additions(terms, first, rest)
    return []


def asks_for_all(question: Question, terms: Terms, items: Sequence[Candidate]) -> bool:
    """Whether a question asks for a list as a whole, and not for the item that it speaks of.

    "What were the inclusion criteria?" does, since no item holds a word of it that the line which
    opens the list, or a heading, does not hold. "Which creatinine was required for inclusion?" asks
    for one item.
    """
    return bool(_ALL.search(question.text)) or not any(_adds(terms, item) for item in _told(items))


def _adds(terms: Terms, item: Candidate) -> bool:
    around = [*item.unit.section, *(piece.quote for piece in item.unit.context)]
    topic = token_set(" ".join(around))
    more = terms.coverage(topic | token_set(item.unit.text)) - terms.coverage(topic)
    return more >= NEW_WEIGHT


def _best_of(terms: Terms, items: Sequence[Candidate]) -> list[Candidate]:
    def likeness(item: Candidate) -> tuple[float, float]:
        return terms.coverage(token_set(item.unit.text)), item.score

    best = sorted(_told(items), key=likeness, reverse=True)
    return _with_additions(terms, best[0], best[1:])


def _told(items: Sequence[Candidate]) -> list[Candidate]:
    """Return the items of a list without the lines that open it or a part of it."""
    return [item for item in items if not item.unit.text.endswith(":")]


def is_bare_lead(unit: Unit) -> bool:
    """Whether a unit only announces what follows: "Endpoints:"."""
    return unit.text.endswith(":") and len(unit.text.split()) <= LEAD_WORDS


def _wants_items(question: Question, terms: Terms, unit: Unit) -> bool:
    """Whether a whole list answers: one that the unit opens, or one whose opening is asked for."""
    if _ALL.search(question.text):
        return True
    if unit.text.endswith(":"):
        wanted = question.expects in {"list", "statement", "definition", "reason"}
        return wanted and (opens_answer(question, unit.text) or _is_asked(terms, unit.text, unit))
    lead = _lead(unit)
    if lead is None:
        return False
    asked = question.expects == "list" and _is_asked(terms, lead.quote, unit)
    return asked or opens_answer(question, lead.quote)


def _is_asked(terms: Terms, opening: str, unit: Unit) -> bool:
    """Whether a line that opens a list holds a part of the question that no outer heading holds.

    The nearest heading speaks for it: "Exclusion", and below it "Left out were those with:".
    """
    outer = token_set(" ".join(unit.section[:-1]))
    nearest = token_set(" ".join(unit.section[-1:]))
    more = terms.coverage(outer | nearest | token_set(opening)) - terms.coverage(outer)
    return more >= NEW_WEIGHT


def _lead(unit: Unit) -> ContextQuote | None:
    """Return the line that introduces the list a unit is an item of."""
    return next((piece for piece in reversed(unit.context) if piece.role == "lead"), None)


def _list_of(first: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the opening line's items, or the siblings of an item, in the text's order.

    A bare head ("Exclusion criteria:") is what its items are read with, and not told itself.
    """
    unit, lead = first.unit, _lead(first.unit)
    opens = unit.text.endswith(":")
    wanted = (unit.start, unit.end) if opens or not lead else (lead.start, lead.end)
    items = [
        candidate
        for candidate in candidates
        if candidate.unit.source_id == unit.source_id
        and wanted in {(piece.start, piece.end) for piece in candidate.unit.context}
        and candidate.unit.kind == "sentence"
        and not is_bare_lead(candidate.unit)
    ]
    ordered = sorted(items, key=lambda candidate: candidate.unit.start)[:MAX_LIST_ITEMS]
    states = not is_bare_lead(unit) or _STATES.search(unit.text)
    return [first, *ordered] if opens and ordered and states else ordered


def _with_additions(terms: Terms, first: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    chosen = [first]
    said = token_set(first.unit.words) | first.said
    for candidate in others:
        if len(chosen) == MAX_CLAIMS or candidate.score < first.score - SCORE_MARGIN:
            break
        if candidate.features.tells < first.features.tells - LESS_TOLD:
            continue
        words = token_set(candidate.unit.words)
        gain = terms.coverage(said | words) - terms.coverage(said)
        adds = gain >= NEW_WEIGHT or _is_soon_read(chosen, candidate)
        if adds and not any(_same(candidate.unit, other.unit) for other in chosen):
            chosen.append(candidate)
            said |= words
    return chosen


def _is_soon_read(chosen: Sequence[Candidate], candidate: Candidate) -> bool:
    """Whether a second unit that may as well be the direct answer is told in few words."""
    words = sum(len(each.unit.text.split()) for each in (*chosen, candidate))
    return len(chosen) == 1 and words <= FEW_WORDS


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
