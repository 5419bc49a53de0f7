"""What a reader must know beside an answer: how its trials ended, what was retracted, what is weak.

Notices are drawn up from the question's topic, the words that the answer cites, and the
registry. They must not cry wolf: a question on another drug gets none of this drug's ends, a
mechanism none at all, and each is said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from iscalimab_qa.evidence.notices.denominators import wrong_denominator
from iscalimab_qa.evidence.notices.drafts import Draft, Topic
from iscalimab_qa.evidence.notices.ends import ends
from iscalimab_qa.evidence.notices.premises import premises
from iscalimab_qa.evidence.notices.weak_evidence import weak_evidence
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry
from iscalimab_qa.evidence.values import Citation, Notice, NoticeKind
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

__all__ = ["Draft", "Noticed", "Topic", "attach", "notices_for"]


class Noticed(NamedTuple):
    """An answer's notices, and its citations with those that the notices added."""

    notices: tuple[Notice, ...]
    citations: tuple[Citation, ...]


def notices_for(
    question: str,
    topic: Topic,
    cited: Sequence[Quoted],
    registry: TrialRegistry,
    *,
    is_direct: bool = True,
) -> list[Draft]:
    """Draw up the notices of an answer.

    Args:
        question: The standalone question.
        topic: What it is about.
        cited: What the claims cite, in their order.
        registry: The library's trials.
        is_direct: Whether what is cited answers the question, or only comes closest.

    Returns:
        Retractions first, then false premises, ends of trials, weak evidence; each once.
    """
    drafts = [
        *_retractions(cited, registry),
        *premises(question, topic, cited, registry),
        *filter(None, [wrong_denominator(question, cited)]),
        *ends(question, topic, cited, registry, is_direct=is_direct),
        *weak_evidence(question, topic, cited, registry, is_direct=is_direct),
    ]
    return list({draft.text: draft for draft in drafts}.values())


def attach(
    drafts: Iterable[Draft],
    citations: Sequence[Citation],
    metadata_of: Callable[[str], SourceMetadata],
    cite: Callable[[Unit, SourceMetadata, int], Citation],
) -> Noticed:
    """Number what notices cite: words that are cited already keep their marker.

    Args:
        drafts: What `notices_for` returned.
        citations: The answer's.
        metadata_of: Source id to bibliographic data.
        cite: Makes a citation of a unit, its source's data and a marker.
    """
    known = {(each.source_id, each.start, each.end): each for each in citations}
    notices = []
    for draft in drafts:
        markers = [_marker(quoted, citations) for quoted in draft.beside]
        for unit in dict.fromkeys(said.unit for said in draft.said if said.unit):
            key = (unit.source_id, unit.start, unit.end)
            if key not in known:
                marker = max((each.marker for each in known.values()), default=0) + 1
                known[key] = cite(unit, metadata_of(unit.source_id), marker)
            markers.append(known[key].marker)
        notices.append(Notice(draft.kind, draft.text, tuple(filter(None, markers))))
    return Noticed(tuple(notices), tuple(known.values()))


def _marker(quoted: Quoted, citations: Sequence[Citation]) -> int | None:
    """Return the number by which an answer cites some words."""
    same = (each for each in citations if (each.source_id, each.quote) == _place(quoted))
    return next((each.marker for each in same), None)


def _place(quoted: Quoted) -> tuple[str, str]:
    return quoted.source_id, quoted.quote


def _retractions(cited: Sequence[Quoted], registry: TrialRegistry) -> Iterator[Draft]:
    for source_id in dict.fromkeys(quoted.source_id for quoted in cited):
        meta = registry.metadata(source_id)
        for status in registry.documents.get(source_id, ()):
            title = meta.title if meta else source_id
            kind: NoticeKind = "trial_status" if status.state == "superseded" else "retraction"
            yield Draft(kind, f"“{title}” was {status.state}.", (status.said,))
