"""Bind claims to the exact words they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.wording import claim_text
from iscalimab_qa.evidence.figures import check_figures
from iscalimab_qa.evidence.values import Checks, Citation, Claim
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit


class Cited(NamedTuple):
    """Claims and the citations that their markers resolve to."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]


def cite(
    chosen: Sequence[Candidate],
    metadata: Sequence[SourceMetadata],
    question: Question,
) -> Cited:
    """Make one claim and one citation of each chosen unit; markers count from 1."""
    citations = tuple(
        citation(candidate.unit, source, marker)
        for marker, (candidate, source) in enumerate(zip(chosen, metadata, strict=True), start=1)
    )
    claims = tuple(
        _claim(candidate.unit, cited, question)
        for candidate, cited in zip(chosen, citations, strict=True)
    )
    return Cited(claims, citations)


def _claim(unit: Unit, cited: Citation, question: Question) -> Claim:
    text = claim_text(unit, question)
    return Claim(text, (cited.marker,), Checks(figures=check_figures(text, cited.words)))


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
