"""A caution where the figure that answers rests on weak evidence, or on animals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.notices.drafts import ON_FIGURES, Draft, Topic, told_kind
from iscalimab_qa.evidence.tiers import UNCLASSIFIED, WEAK_FROM, axis_of, is_weak, tier_of
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry

_CLINICAL_FIGURE = re.compile(
    r"\d\s?%|\b\d+\s+(?:of|out\s+of)\s+\d+|\b\d+/\d+|\b\d+\.\d+|\bp\s?[<=>]|\b\d+\s+(?:points?|patients|events?)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:patients?|people|humans?|persons?|men|women|children|participants|volunteers|clinical|in\s+man)\b",
    re.IGNORECASE,
)
_ANIMALS = re.compile(
    r"\b(?:monkeys?|macaques?|cynomolgus|rhesus|primates?|mice|mouse|murine|rats?|rabbits?|dogs?|pigs?|animals?"
    r"|in\s+vitro|ex\s+vivo|cell\s+lines?|preclinical|non-?clinical)\b",
    re.IGNORECASE,
)


def weak_evidence(
    question: str, topic: Topic, cited: Sequence[Quoted], registry: TrialRegistry
) -> Iterator[Draft]:
    """Yield a caution where the figure that answers rests on weak evidence, or on animals."""
    first = cited[0] if cited else None
    meta = registry.metadata(first.source_id) if first else None
    if first is None or meta is None or topic not in ON_FIGURES:
        return
    if axis_of(meta) == "preclinical":
        if _PEOPLE.search(question) and not _ANIMALS.search(question + first.quote):
            yield Draft("weak_evidence", "This is preclinical: not seen in patients.", ())
        return
    if not is_weak(meta) or not _CLINICAL_FIGURE.search(first.quote):
        return
    if _borne_out(first, cited[1:], registry):
        return
    kind = told_kind(meta)
    stronger = _stronger(first, registry)
    if stronger:
        text = (
            f"The figure comes from {kind}; "
            f"stronger evidence on this trial is in the library: {stronger}."
        )
    else:
        text = f"The figure rests on {kind} alone."
    yield Draft("weak_evidence", text, ())


def _borne_out(first: Quoted, others: Iterable[Quoted], registry: TrialRegistry) -> bool:
    figures = figures_in(first.quote).keys()
    return any(
        (meta := registry.metadata(other.source_id))
        and not is_weak(meta)
        and figures & figures_in(other.quote).keys()
        for other in others
    )


def _stronger(first: Quoted, registry: TrialRegistry) -> str | None:
    """Return the title of the strongest reviewed source that speaks of the same as cited words."""
    trials = registry.trials_of(first)
    known = [
        meta
        for trial in trials
        for source_id in trial.sources
        if source_id != first.source_id
        and (meta := registry.metadata(source_id))
        and registry.speaks_of(source_id, first)
    ]
    best = min(known, key=lambda meta: tier_of(meta) or UNCLASSIFIED, default=None)
    strong = best and (tier_of(best) or UNCLASSIFIED) < WEAK_FROM
    return f"“{best.title}”" if best and strong else None
