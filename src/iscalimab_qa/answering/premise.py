"""Does a question take for granted what the sources say of another arm or another drug?

"Why did only 36 % respond to the drug?" is not answered when 36 % is placebo's; the sentence that
gives the value to its arm corrects it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from iscalimab_qa.answering.citing import Cited, citation
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.subject import mismatches, names_several
from iscalimab_qa.evidence.checks.arms import check_arms
from iscalimab_qa.evidence.checks.findings import Finding
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.values import Notice
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

LOOKED_AT = 3
"""A correction must be among the nearest units: further down the figure is a coincidence."""

_OTHER_ARM = "another arm"
_RULED_OUT = "not about"
_TELLING = re.compile(r"^\d{3,}$|\.|%")
"""A figure that two statements do not share by chance: three digits, a decimal, a percentage."""

_NAMED = re.compile(r"(?-i:\b[A-Z]{2,}[A-Za-z]*)[\s-]?\d+\b|\b[A-Za-z]+-?\d[\w-]*")
"""The number of a name ("BX 704312") is no figure."""
_DOSE = re.compile(
    r"[\d.,\s]+(?:[mµu]?g|mcg|ml|iu|units?)\b(?!/m(?:in|l))|[\d.,\s]+(?:hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
"""A dose or a time tells which arm is meant; it is no finding of one."""


class Premise(NamedTuple):
    """What a question takes for granted, and the unit that says otherwise."""

    unit: Unit
    finding: Finding


def false_premise(
    question: Question,
    candidates: Sequence[Candidate],
    metadata_of: Callable[[str], SourceMetadata],
    names: Names,
) -> Premise | None:
    """Find the nearest unit that gives a figure of the question to another arm or drug."""
    if not figures_in(question.text):
        return None
    for candidate in candidates[:LOOKED_AT]:
        finding = _finding(question, candidate.unit, metadata_of, names)
        if finding:
            return Premise(candidate.unit, finding)
    return None


def _finding(
    question: Question, unit: Unit, metadata_of: Callable[[str], SourceMetadata], names: Names
) -> Finding | None:
    metadata = metadata_of(unit.source_id)
    grounds = Grounds((citation(unit, metadata, 1),), {unit.source_id: metadata})
    for found in check_arms(question.text, grounds, names):
        if found.text.startswith(_OTHER_ARM) and not _DOSE.match(found.said):
            return found
    if names_several(question.text, names):
        return None
    asked, said = (_NAMED.sub(" ", text) for text in (question.text, unit.text))
    shared = figures_in(asked).keys() & figures_in(said).keys()
    if not any(_TELLING.search(figure) for figure in shared):
        return None
    others = mismatches(question, unit, metadata_of, names)
    return next((found for found in others if _RULED_OUT in found.text), None)


def corrected(cited: Cited) -> Cited:
    """Let the first claim deny what was taken for granted."""
    first, *others = cited.claims
    return cited._replace(claims=(replace(first, text=f"No: {first.text}"), *others))


def premise_notice(premise: Premise) -> Notice:
    """Tell what the question takes for granted; the first citation says otherwise."""
    said, text = premise.finding.said, premise.finding.text.replace("the claim", "the question")
    told = f"belongs to {text}" if text.startswith(_OTHER_ARM) else text
    return Notice("premise", f"The question takes something for granted. {said}: {told}.", (1,))
