"""Answers that no single best unit gives: sums, arms compared, and sides set beside each other."""

from __future__ import annotations

import re
from dataclasses import replace

from iscalimab_qa.answering.beside import Sides, answered, set_beside, unknown_side
from iscalimab_qa.answering.citing import Cited, citation
from iscalimab_qa.answering.comparing import arms_compared, told_of_arms
from iscalimab_qa.answering.deriving import holding, sum_asked
from iscalimab_qa.answering.extractive import Asked, Reading, read
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.sides import Named, Side, phrased_sides, sides_of
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.answering.topic import topic_of
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.answering.wording import claim_text
from iscalimab_qa.evidence.checks.claim import check_claim
from iscalimab_qa.evidence.outcomes.endpoints import endpoint_name
from iscalimab_qa.evidence.values import Claim
from iscalimab_qa.units import Unit

_GIVES_A_RESULT = re.compile(r"\d\s*%|\d[.,]\d")
"""A question with a result of its own may take something false for granted: it is corrected
first, not compared."""

_RANKS = re.compile(
    r"\b(?:better|worse|superior|inferior|(?:more|less)\s+effective|safer|compare[ds]?)\b",
    re.IGNORECASE,
)
"""Asks which of two does more, whatever of."""

_ON_RESULTS = frozenset({"outcome", "safety"})


def compared_or_computed(asked: Asked, known: Sides) -> Answer | None:
    """Answer a question that compares or asks for a sum; None for all others.

    Args:
        asked: The question and its passages.
        known: What finds the evidence for a side, and the library behind it.
    """
    question = asked.question.text
    if wanted := sum_asked(question):
        reading = read(asked, known.library, known.model)
        unit = holding(wanted, [each.unit for each in reading.evidence])
        return answered(asked, _summed(wanted.told, unit, known), known) if unit else None
    if _GIVES_A_RESULT.search(question) or known.library.leading(question):
        return None
    trials = _trials_named(question, known)
    if not (asked.question.compares or _sides(question, trials, known)):
        return None
    return _compared(asked, trials, read(asked, known.library, known.model), known)


def _compared(asked: Asked, trials: list[Named], reading: Reading, known: Sides) -> Answer | None:
    question = asked.question.text
    sides = _sides(question, trials, known)
    if not _is_of_trials(sides, trials):
        words = frozenset(
            token for each in trials for token in token_set(question[each.start : each.end])
        )
        wanted = {each.name for each in trials}
        of_trials = [each for each in reading.candidates if _is_about(each.unit, wanted, known)]
        found = arms_compared(asked, of_trials, known.library, words)
        if found:
            return answered(asked, told_of_arms(found, known.library), known)
    if not sides or _tells_all(sides, reading):
        return None
    return set_beside(asked, sides, known, is_outcome=_is_on_results(question))


def _is_on_results(question: str) -> bool:
    return topic_of(question) in _ON_RESULTS or bool(_RANKS.search(question))


def _is_of_trials(sides: tuple[Side, ...], trials: list[Named]) -> bool:
    return bool(sides) and {side.name for side in sides} <= {each.name for each in trials}


def _is_about(unit: Unit, trials: set[str], known: Sides) -> bool:
    about = {trial.trial_id for trial in known.registry.trials_of(unit)}
    return trials <= about if trials else True


def _trials_named(question: str, known: Sides) -> list[Named]:
    return [
        Named(each.trial_id, each.start, each.end) for each in known.registry.names_at(question)
    ]


def _sides(question: str, trials: list[Named], known: Sides) -> tuple[Side, ...]:
    """Part a question by its trials, else by its drugs, else by "in this and in that"."""
    drugs = [
        Named(each.name, each.start, each.end)
        for each in known.registry.drugs.mentions(question)
        if known.library.known(tuple(token_set(each.name)))
    ]
    return sides_of(question, trials) or sides_of(question, drugs) or phrased_sides(question)


def _tells_all(sides: tuple[Side, ...], reading: Reading) -> bool:
    """Whether the best unit speaks of every side by itself."""
    if not reading.evidence:
        return False
    words = token_set(reading.evidence[0].unit.words)
    return all(token_set(side.called) <= words for side in sides)


def _summed(told: str, unit: Unit, known: Sides) -> Cited:
    """Tell a sum and the words that hold its operands."""
    metadata = known.library.metadata(unit.source_id)
    cited = citation(unit, metadata, 1)
    sources = {unit.source_id: metadata}
    names = known.library.names
    source_says = claim_text(unit, analyse(told))
    told = f"{endpoint_name(unit.cells[0].text)}: {told}" if unit.cells else told
    checks = check_claim(told, [cited], names=names, sources=sources, allow_derived=True)
    said = check_claim(source_says, [cited], names=names, sources=sources)
    return Cited((Claim(told, (1,), checks), Claim(source_says, (1,), said)), (cited,))


def naming_what_is_missing(answer: Answer, known: Sides) -> Answer:
    """Say which side of a comparison the library does not know, where it answers none of it."""
    question = answer.standalone_question
    if answer.verdict != "not_found" or not analyse(question).compares:
        return answer
    missing = unknown_side(question, known.library)
    if not missing:
        return answer
    rest = answer.opening.partition(". ")[2]
    opening = f"Not in this library: no source speaks of {missing}. {rest}".strip()
    return replace(answer, opening=opening)
