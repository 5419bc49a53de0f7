"""Put above an answer what its reader must know: how its trials ended, what conflicts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.topic import topic_of
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.notices.choose import Noticed, attach, notices_for
from iscalimab_qa.evidence.notices.drafts import ON_DEVELOPMENT, Topic
from iscalimab_qa.evidence.outcomes.conflicts import Conflict, Side, conflict_notices, is_asked_for
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

_RESULT = re.compile(
    r"\d\s?%[^.;]{0,80}\b(?:on|with|against|versus|for)\b[^.;]{0,60}\d\s?%"
    r"|\b\d+\s+(?:of|out\s+of)\s+\d+\b|\bp\s?[<=>]|\bCI\b|\bn\s?=",
    re.IGNORECASE,
)
"""Figures that only a result has: two arms', a count of people, a test."""

_GIVEN = re.compile(
    r"^\W*how\s+many\b.*\b(?:got|get|received?|took|given|assigned\s+to|allocated\s+to)\s+$",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:and|who|but|then|had|were|was)\b", re.IGNORECASE)
"""Behind the drug: what became of those who got it."""

_TIME = re.compile(r"^\W*(?:when|where|who)\b", re.IGNORECASE)


def with_notices(
    answer: Answer,
    registry: TrialRegistry,
    conflicts_of: Callable[[Sequence[Citation]], Sequence[Conflict]],
    metadata_of: Callable[[str], SourceMetadata],
) -> Answer:
    """Add the notices of an answer, and the citations that they rest on.

    An answer that found nothing rests on no trial; where it was asked for a status or for a
    drug's availability, it still tells how the trial or the development that is named ended.

    Args:
        answer: With its claims and their citations.
        registry: The library's trials.
        conflicts_of: Returns what conflicts about the trials of some citations.
        metadata_of: Source id to bibliographic data.
    """
    question = answer.standalone_question
    if answer.verdict == "not_found":
        drafts = notices_for(question, topic_of(question), (), registry)
        if topic_of(question) not in ON_DEVELOPMENT:
            drafts = [draft for draft in drafts if draft.kind == "premise"]
        return _noticed(answer, attach(drafts, answer.citations, metadata_of, citation))
    topic = _topic(question, answer.citations)
    if _asks_who_was_given(question, registry):
        topic = "protocol"
    is_direct = answer.verdict == "answered"
    drafts = notices_for(question, topic, answer.citations, registry, is_direct=is_direct)
    if answer.notices:
        drafts = [draft for draft in drafts if draft.kind != "premise"]
    noticed = attach(drafts, answer.citations, metadata_of, citation)
    differing = [
        each
        for each in conflicts_of(answer.citations)
        if is_asked_for(each, question) and not _is_told_in_one(each)
    ]
    return _with_conflicts(answer, noticed, differing, metadata_of)


def _noticed(answer: Answer, noticed: Noticed) -> Answer:
    return replace(answer, notices=(*answer.notices, *noticed.notices), citations=noticed.citations)


def _is_told_in_one(conflict: Conflict) -> bool:
    """Whether one sentence tells all sides: who cites it has told the reader."""
    places = {(side.place.source_id, side.place.start) for side in conflict.sides}
    return len(places) == 1


def _topic(question: str, cited: Sequence[Citation]) -> Topic:
    """Say what a question is about; what its words leave open, the words that answer tell."""
    topic = topic_of(question)
    if topic != "other" or _TIME.search(question) or not cited:
        return topic
    return "outcome" if _RESULT.search(cited[0].words) else topic


def _asks_who_was_given(question: str, registry: TrialRegistry) -> bool:
    """Whether a question is for how many got a drug, not for what became of them."""
    return any(
        _GIVEN.search(question[: drug.start]) and not _THEN.search(question[drug.end :])
        for drug in registry.drugs.mentions(question)
    )


def _with_conflicts(
    answer: Answer,
    noticed: Noticed,
    conflicts: Sequence[Conflict],
    metadata_of: Callable[[str], SourceMetadata],
) -> Answer:
    citations = list(noticed.citations)

    def cite(side: Side) -> int:
        place, marker = side.place, max(each.marker for each in citations) + 1
        unit = Unit(
            place.source_id,
            place.start,
            place.end,
            place.quote,
            place.quote,
            "sentence",
            context=place.context,
        )
        citations.append(citation(unit, metadata_of(place.source_id), marker))
        return marker

    found: list[Citation] = list(answer.citations)
    told = conflict_notices(found, conflicts, cite)
    return replace(
        answer,
        notices=(*answer.notices, *noticed.notices, *told),
        citations=tuple(citations),
    )
