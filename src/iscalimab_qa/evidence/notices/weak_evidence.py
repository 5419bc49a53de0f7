"""A caution where the figure that answers rests on weak evidence, or on animals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.notices.animals import names_animals, names_people
from iscalimab_qa.evidence.notices.drafts import ON_FIGURES, Draft, Topic, told_kind
from iscalimab_qa.evidence.tiers import UNCLASSIFIED, WEAK_FROM, axis_of, is_weak, tier_of
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry

_CLINICAL_FIGURE = re.compile(
    r"\d\s?%|\b\d+\s+(?:of|out\s+of)\s+\d+|\b\d+/\d+|\b\d+\.\d+|\bp\s?[<=>]|\b\d+\s+(?:points?|patients|events?)\b",
    re.IGNORECASE,
)
_KIND_ASKED = re.compile(
    r"\b(?:vendor|web\s*(?:article|page|site)|press\s+release|news|blog|patient\s+page"
    r"|application\s+note)\w*\b",
    re.IGNORECASE,
)
"""Who asks what a vendor or the news say knows where the figure comes from."""

_HUMAN_MATTER = re.compile(
    r"\bhuman\s+(?:\w+\s+)?(?:antigens?|proteins?|receptors?|targets?|cells?|tissues?|blood|serum|\w+cytes"
    r"|antibod(?:y|ies)|\w*[A-Z]\w+)\b"
)
"""What is looked at in a dish: "human keratinocytes" are no people."""

_ASIDE = re.compile(r"\(([A-Za-z0-9][\w.-]{2,79})\)")
_ON_PATIENTS: frozenset[Topic] = frozenset(
    {"outcome", "safety", "status", "availability", "indication"}
)
"""Topics that are about patients unless the question says otherwise."""


def weak_evidence(
    question: str,
    topic: Topic,
    cited: Sequence[Quoted],
    registry: TrialRegistry,
    *,
    is_direct: bool = True,
) -> Iterator[Draft]:
    """Yield a caution where what answers was seen in animals, or its figure is weakly told.

    A figure that does not answer the question needs no caution of its own.
    """
    unmarked = [
        quoted for quoted in cited if _is_unmarked_animal_work(question, topic, quoted, registry)
    ]
    if unmarked:
        text = "Seen in animals or in the laboratory, not in patients."
        yield Draft("weak_evidence", text, (), beside=tuple(unmarked))
    elif cited and is_direct and topic in ON_FIGURES:
        yield from _weak_figure(question, cited[0], cited[1:], registry)


def _is_unmarked_animal_work(
    question: str, topic: Topic, quoted: Quoted, registry: TrialRegistry
) -> bool:
    """Whether animal work stands for patients: asked about them, or not said to be on animals."""
    told = " ".join([quoted.quote, *(piece.quote for piece in quoted.context)])
    named = names_animals(told)
    meta = registry.metadata(quoted.source_id)
    preclinical = meta is not None and axis_of(meta) == "preclinical"
    if names_animals(question) or not (preclinical or (named and not names_people(told))):
        return False
    asked = _HUMAN_MATTER.sub(" ", question)
    return names_people(asked) or (topic in _ON_PATIENTS and not named)


def _weak_figure(
    question: str, first: Quoted, others: Sequence[Quoted], registry: TrialRegistry
) -> Iterator[Draft]:
    meta = registry.metadata(first.source_id)
    if meta is None or axis_of(meta) == "preclinical":
        return
    if not is_weak(meta) or not _CLINICAL_FIGURE.search(first.quote):
        return
    if _borne_out(first, others, registry) or _names_stronger(first, registry):
        return
    if _KIND_ASKED.search(question):
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
    yield Draft("weak_evidence", text, (), beside=(first,))


def _borne_out(first: Quoted, others: Iterable[Quoted], registry: TrialRegistry) -> bool:
    figures = figures_in(first.quote).keys()
    return any(
        (meta := registry.metadata(other.source_id))
        and not is_weak(meta)
        and figures & figures_in(other.quote).keys()
        for other in others
    )


def _names_stronger(first: Quoted, registry: TrialRegistry) -> bool:
    """Whether the cited words themselves say that a reviewed source gives it: "(smith2030)"."""
    named = (registry.metadata(name) for name in _ASIDE.findall(first.quote))
    return any(meta and not is_weak(meta) for meta in named)


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
