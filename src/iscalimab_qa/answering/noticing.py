"""Put above an answer what its reader must know: how its trials ended, what conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.topic import topic_of
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.notices.choose import Noticed, attach, notices_for
from iscalimab_qa.evidence.outcomes.conflicts import Conflict, Side, conflict_notices
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit


def with_notices(
    answer: Answer,
    registry: TrialRegistry,
    conflicts_of: Callable[[Sequence[Citation]], Sequence[Conflict]],
    metadata_of: Callable[[str], SourceMetadata],
) -> Answer:
    """Add the notices of an answer, and the citations that they rest on.

    An answer that found nothing rests on no trial and has none.

    Args:
        answer: With its claims and their citations.
        registry: The library's trials.
        conflicts_of: Returns what conflicts about the trials of some citations.
        metadata_of: Source id to bibliographic data.
    """
    if answer.verdict == "not_found":
        return answer
    question = answer.standalone_question
    drafts = notices_for(question, topic_of(question), answer.citations, registry)
    noticed = attach(drafts, answer.citations, metadata_of, citation)
    return _with_conflicts(answer, noticed, conflicts_of(answer.citations), metadata_of)


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
