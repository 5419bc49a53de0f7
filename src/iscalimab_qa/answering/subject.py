"""Is a unit about what the question names: its drug, its trial, its disease?

The checks that hold a claim against what it cites hold the question against a candidate. A
unit that rules the drug out, or is about another trial, answers another question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.evidence.checks.drug import check_drug
from iscalimab_qa.evidence.checks.findings import Finding
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.trial import check_trial
from iscalimab_qa.evidence.naming.agents import agents_in, is_comparator
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

LOOKED_AT = 8
"""Candidates that are held against the question's names: all that an answer may choose from."""


def to_the_point(
    question: Question,
    candidates: Sequence[Candidate],
    metadata_of: Callable[[str], SourceMetadata],
    names: Names,
) -> list[Candidate]:
    """Leave out the best candidates that are about another drug, trial or disease.

    Questions that name several drugs or trials are left alone: no unit is about all of them.
    """
    if names_several(question.text, names):
        return list(candidates)
    return [
        each
        for rank, each in enumerate(candidates)
        if rank >= LOOKED_AT or not mismatches(question, each.unit, metadata_of, names)
    ]


def names_several(text: str, names: Names) -> bool:
    """Whether a text names two drugs under study, or two trials."""
    drugs = {agent.token for agent in agents_in(text, names) if not is_comparator(agent.token)}
    trials = {mention.group for mention in names.mentions(text) if mention.kind == "trial"}
    return len(drugs) > 1 or len(trials) > 1


def mismatches(
    question: Question, unit: Unit, metadata_of: Callable[[str], SourceMetadata], names: Names
) -> tuple[Finding, ...]:
    """Return where a unit is about another drug, trial or disease than the question."""
    metadata = metadata_of(unit.source_id)
    grounds = Grounds((citation(unit, metadata, 1),), {unit.source_id: metadata})
    return (
        *check_drug(question.text, grounds, names),
        *check_trial(question.text, grounds, names),
    )
