"""Bind claims to the exact words they rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.wording import claim_text
from iscalimab_qa.evidence.checks.claim import check_claim
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.values import Citation, Claim
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit


class Cited(NamedTuple):
    """Claims and the citations that their markers resolve to."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]


def cite(
    chosen: Sequence[Unit],
    metadata_of: Callable[[str], SourceMetadata],
    question: Question,
    names: Names,
) -> Cited:
    """Make one claim and one citation of each chosen unit; markers count from 1.

    Args:
        chosen: In the order of the answer.
        metadata_of: Source id to bibliographic data.
        question: What was asked; it decides which columns of a row are told.
        names: The aliases by which a claim is held against its words.
    """
    citations = tuple(
        citation(unit, metadata_of(unit.source_id), marker)
        for marker, unit in enumerate(chosen, start=1)
    )
    claims = tuple(
        _claim(claim_text(unit, question), cited, metadata_of, names)
        for unit, cited in zip(chosen, citations, strict=True)
    )
    return Cited(claims, citations)


def _claim(
    text: str, cited: Citation, metadata_of: Callable[[str], SourceMetadata], names: Names
) -> Claim:
    sources = {cited.source_id: metadata_of(cited.source_id)}
    return Claim(text, (cited.marker,), check_claim(text, [cited], names=names, sources=sources))


def citation(unit: Unit, source: SourceMetadata, marker: int) -> Citation:
    """Cite a unit of a source; a row's quote is the line as it stands."""
    return Citation(
        marker=marker,
        source_id=unit.source_id,
        title=source.title,
        quote=unit.quote,
        start=unit.start,
        end=unit.end,
        context=unit.context,
        section=" > ".join(unit.section),
        page=unit.page,
        doi=source.doi,
        pmid=source.pmid,
        trials=tuple(trial.trial_id for trial in source.trials),
        url=source.url,
        kind=source.kind,
        tier=source.tier,
        text_kind=source.text_kind,
        read_from=source.read_from,
        published=source.published,
        cells=unit.cells,
    )
