"""Say beside a percentage of people that it is no whole number of them, where it is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.checks.claim import check_claim
from iscalimab_qa.evidence.figures.derived import tells_denominator, whole_number_remarks
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.values import Citation, Claim
from iscalimab_qa.sources.values import SourceMetadata


def with_remarks(
    answer: Answer, metadata_of: Callable[[str], SourceMetadata], names: Names
) -> Answer:
    """Put a remark behind each claim that tells a percentage which fits no number of the arm.

    Args:
        answer: Before its notices.
        metadata_of: Source id to bibliographic data.
        names: The aliases by which claims are checked.
    """
    cited = {each.marker: each for each in answer.citations}
    said: list[Claim] = []
    for claim in answer.claims:
        said.append(claim)
        for text in _remarks(claim, cited):
            rests_on = [cited[marker] for marker in claim.citations]
            sources = {each.source_id: metadata_of(each.source_id) for each in rests_on}
            checks = check_claim(text, rests_on, names=names, sources=sources, allow_derived=True)
            said.append(Claim(text, claim.citations, checks))
    return replace(answer, claims=tuple(said)) if len(said) > len(answer.claims) else answer


def _remarks(claim: Claim, cited: Mapping[int, Citation]) -> Iterator[str]:
    """Yield the remarks on those arms of a row that the claim tells with their figures.

    Nobody asked for the nearest number, so that it is not worked out here: every figure said
    is the row's own.
    """
    if tells_denominator(claim.text):
        return
    for marker in claim.citations:
        for remark in whole_number_remarks(cited[marker]):
            head, _, rest = remark.partition(": ")
            percent = rest.partition("%")[0]
            if f"{head} " in claim.text and percent in claim.text:
                yield f"{remark.rpartition(': ')[0]}."
