"""Is a unit about what the question names: its drug, its trial, its disease?

The checks that hold a claim against what it cites hold the question against a candidate. A
unit that rules the drug out, or is about another trial, answers another question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from iscalimab_qa.answering.carrying import carried_on
from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.conditions import measures_of, under_other_conditions
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.evidence.checks.disease import diseases_in
from iscalimab_qa.evidence.checks.drug import OF_ONE_AGENT, check_drug
from iscalimab_qa.evidence.checks.findings import Finding
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.trial import UNNAMED, check_trial
from iscalimab_qa.evidence.naming.agents import agents_in, is_comparator
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit

_PHASE = re.compile(r"\bphases?\s+([1-4]|I{1,3}|IV)(?:[ab])?\b", re.IGNORECASE)

_ANY_CONTROL = "control"
"""What every comparator is called in a check: "the comparator" names none."""

_OF_ONE = re.compile(
    r"\b(?:the|this|that|its|their)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:antibody|inhibitor|blocker|antagonist|agonist|drug|vaccine|agent)\b",
    re.IGNORECASE,
)

_SETS_AGAINST = re.compile(
    r"\b(?:than(?!\s+(?:in|those\s+without|that|half|expected|one|two|three|\d))|versus|vs|v"
    r"|compar\w+|against|relative|instead|both|respectively|each|arms?"
    r"|groups?|controls?|placebo|alone|combin\w+|added|background|other|such\s+as"
    r"|and\s+\S+\s+(?:with|on))\b",
    re.IGNORECASE,
)
"""Words beside a drug that may be no more than what another one is compared with or added to."""

OPENING_CHARS = 600
"""Title and first sentences of a source, which say what all of it is about."""

OPENS_WITH = {"drug": 2, "trial": 1}
"""Drugs and diseases that a source opens with at most, to be about them throughout: a drug, and
what it is compared with."""

LOOKED_AT = 8
"""Candidates that are held against the question's names: all that an answer may choose from."""


def to_the_point(
    question: Question,
    candidates: Sequence[Candidate],
    source_of: Callable[[str], Source],
    names: Names,
) -> list[Candidate]:
    """Leave out the best candidates on another drug, trial or disease, or on other conditions.

    Questions that name several drugs or trials are left alone: no unit is about all of them.
    """
    several, measures = names_several(question.text, names), measures_of(candidates)

    def is_beside(candidate: Candidate) -> bool:
        unit, source = candidate.unit, source_of(candidate.unit.source_id)
        return under_other_conditions(question, unit, source, measures, names) or (
            not several and is_about_another(question, candidate, source_of, names)
        )

    return [
        each for rank, each in enumerate(candidates) if rank >= LOOKED_AT or not is_beside(each)
    ]


def is_about_another(
    question: Question,
    candidate: Candidate,
    source_of: Callable[[str], Source],
    names: Names,
) -> bool:
    """Whether a candidate is about another drug, trial or disease than the question names.

    What the sentences before it name, it need not repeat; nor the trial that most of its source
    is about; nor, where it names no other, the drug or the disease with which its source opens.
    """

    def metadata_of(source_id: str) -> SourceMetadata:
        return source_of(source_id).metadata

    unit = candidate.unit
    if _is_of_another_drug(question.text, unit, source_of(unit.source_id), names):
        return True
    found = mismatches(question, unit, metadata_of, names)
    if not found:
        return False
    source = source_of(unit.source_id)
    read_on = carried_on(unit, source, names)
    still = set(mismatches(question, read_on, metadata_of, names))

    def is_settled(finding: Finding) -> bool:
        return (
            finding not in still
            or bool(finding.said and token_set(finding.said) <= candidate.said)
            or (finding.text == OF_ONE_AGENT and speaks_of_one(question.text))
            or (finding.text == UNNAMED and is_named_in(finding.said, source.text))
            or _is_of_all(finding, read_on, source, names)
        )

    return not all(map(is_settled, found))


def _is_of_another_drug(question: str, unit: Unit, source: Source, names: Names) -> bool:
    """Whether a sentence tells of one drug that its source is about, and not of the one asked.

    The title of a comparison names both, and so says nothing of which of them is meant. What is
    set against something may be told of either.
    """
    asked, told = drugs_in(question, names), drugs_in(unit.text, names)
    return bool(
        asked
        and not unit.cells
        and len(told) == 1
        and not asked & drugs_in(". ".join([*unit.section[-1:], unit.words]), names)
        and told <= drugs_in(_opening(source), names)
        and not _SETS_AGAINST.search(unit.text)
    )


def drugs_in(text: str, names: Names) -> frozenset[str]:
    """Return the tokens of a text's drugs but for what a drug is compared with."""
    tokens = {each.token for each in agents_in(text, names)}
    return frozenset(token for token in tokens if not is_comparator(token))


def _opening(source: Source) -> str:
    return f"{source.metadata.title}. {source.text[:OPENING_CHARS]}"


def _is_of_all(finding: Finding, unit: Unit, source: Source, names: Names) -> bool:
    """Whether a source opens with the drug or disease that is missing, and a unit names none.

    A source that opens with several, as a review does, is about each of them in its place.
    """

    def named(text: str) -> set[str]:
        if finding.check == "drug":
            return {names.name_of(token) for token in drugs_in(text, names)}
        return set(diseases_in(text, names).values())

    opening = named(_opening(source))
    nearby = named(". ".join([*unit.section[-1:], unit.words]))
    return finding.said in opening and len(opening) <= OPENS_WITH[finding.check] and not nearby


def is_named_in(name: str, text: str) -> bool:
    """Whether a text holds a name: FURROW stands in FURROW-2, and not in FURROWED."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def speaks_of_one(question: str) -> bool:
    """Whether a question means one agent by its class: "the antibody against IL-5"."""
    return bool(_OF_ONE.search(question))


def names_several(text: str, names: Names) -> bool:
    """Whether a text names two drugs under study, or two trials."""
    drugs = drugs_in(text, names)
    trials = {mention.group for mention in names.mentions(text) if mention.kind == "trial"}
    return len(drugs) > 1 or len(trials) > 1


def mismatches(
    question: Question, unit: Unit, metadata_of: Callable[[str], SourceMetadata], names: Names
) -> tuple[Finding, ...]:
    """Return where a unit is about another drug, trial or disease than the question.

    What the unit itself says in so many letters is not missing in it: a score (SLEDAI in
    "SELENA-SLEDAI") looks like a trial's acronym.
    """
    metadata = metadata_of(unit.source_id)
    grounds = Grounds((citation(unit, metadata, 1),), {unit.source_id: metadata})
    said = unit.words.casefold()
    # No unit is of all the phases that are compared.
    several_phases = len(set(_PHASE.findall(question.text))) > 1
    of_trial = check_trial(question.text, grounds, names)
    of_drug = check_drug(question.text, grounds, names)
    return (
        *(
            each
            for each in of_drug
            if each.said != _ANY_CONTROL and not _is_within_a_word(each.said, said)
        ),
        *(
            each
            for each in of_trial
            if not (each.said and each.said.casefold() in said)
            and not (several_phases and each.said.startswith("phase "))
        ),
    )


_LEAST_WITHIN = 5
"""Letters of a name that may end a longer one: steroid in "corticosteroids"."""


def _is_within_a_word(name: str, words: str) -> bool:
    longer = rf"(?<=[^\W\d_]){re.escape(name.casefold())}"
    return len(name) >= _LEAST_WITHIN and bool(re.search(longer, words))
