"""Of statements that say equally much, put the one of the stronger source first.

A vendor's page that retells a paper often repeats a question's words best. How strong a source
is decides only where the paper says the same; it never makes a statement answer that does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.tiers import strongest_first
from iscalimab_qa.sources.values import SourceMetadata

LOOKED_AT = 5
"""Further down nothing says as much as the first."""

EQUAL_SCORE = 1.0
"""Fitted scores that differ by less than this are about as likely to be the direct answer."""

SHARED_WORDS = 3
"""Words beside the question's own that two statements share when they tell the same."""


def strongest_of_equals(
    question: Question,
    candidates: Sequence[Candidate],
    metadata_of: Callable[[str], SourceMetadata],
) -> list[Candidate]:
    """Order those that say what the first one says by the strength of their sources.

    Args:
        question: Its own words count for no agreement.
        candidates: Evidence, best first.
        metadata_of: Source id to bibliographic data.

    Returns:
        All candidates; those that do not tell the same keep their order behind.
    """
    if not candidates:
        return []
    first = candidates[0]
    its_works = works_of(metadata_of(first.unit.source_id))

    def stands_beside(other: Candidate) -> bool:
        # A paper and our summary of it are one source, whose own words stay first.
        same_work = its_works & works_of(metadata_of(other.unit.source_id))
        return not same_work and _tells_the_same(question, first, other)

    near = candidates[:LOOKED_AT]
    equals = [each for each in near if each is first or stands_beside(each)]
    ordered = strongest_first(
        equals, lambda each: metadata_of(each.unit.source_id), lambda each: each.features.coverage
    )
    moved = {id(each) for each in equals}
    return [*ordered, *(each for each in candidates if id(each) not in moved)]


def works_of(metadata: SourceMetadata) -> set[tuple[str, str]]:
    """Name the work behind a source: by DOI, by PMID, by both."""
    known = {"doi": metadata.doi, "pmid": metadata.pmid}
    return {(kind, value.lower()) for kind, value in known.items() if value}


def _tells_the_same(question: Question, first: Candidate, other: Candidate) -> bool:
    if first.unit.source_id == other.unit.source_id:
        return False
    if other.features.coverage < first.features.coverage:
        return False
    if first.score - other.score > EQUAL_SCORE:
        return False
    figures = figures_in(first.unit.text).keys() - figures_in(question.text).keys()
    if not figures <= figures_in(other.unit.text).keys():
        return False
    shared = token_set(first.unit.text) & token_set(other.unit.text)
    return len(shared - set(question.terms)) >= SHARED_WORDS
