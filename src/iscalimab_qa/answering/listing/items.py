"""The sentence or row that says of a trial what a list is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from iscalimab_qa.answering.listing.asked import ListAsked, Standing
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.evidence.trials.values import Fact, Trial
from iscalimab_qa.sources.normalise import matching_key
from iscalimab_qa.units import Unit

_NEGATED = re.compile(r"\b(?:no|not|cannot|never|without|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_EVENTS = (
    re.compile(
        r"\b(?:any|all|at\s+least\s+one|patients\s+with)\s+(?:treatment[\s-]emergent\s+)?(?:adverse\s+events?|AEs?|TEAEs?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:adverse\s+(?:events?|effects?|reactions?)|side[\s-]effects?|AEs?|TEAEs?|SAEs?)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:infections?|deaths?|bleeding|thrombo\w*|tolerated|reactions?|safety\s+signals?)\b",
        re.I,
    ),
)
"""How safety is told, the most general first."""

_SERIOUS = re.compile(r"\b(?:serious|severe|SAEs?)\b", re.IGNORECASE)
_NO_EVENTS = re.compile(
    r"\b(?:will|planned|end\s?-?points?|were\s+(?:recorded|collected)|kept\s+out|exclu\w+|eligib\w+)\b",
    re.IGNORECASE,
)
"""Speaks of harms that are to be counted, or of who was not let in."""
_FIGURE = re.compile(r"(?<![\w-])\d")
_PRIMARY = re.compile(r"\bprimary\s+(?:\w+\s+)?(?:end\s?-?points?|outcomes?|objectives?)\b", re.I)
_RESULTS = re.compile(r"\b(?:results?|efficacy|outcomes?|findings)\b", re.IGNORECASE)
_VALUE = re.compile(r"\d\s?%|\d\.\d|\bp\s?[<=>]|\b\d+\s+(?:of|out\s+of)\s+\d|[-−–]\d")
_COMPARED = re.compile(r"\b(?:placebo|versus|vs|than|compared|difference|with|on|ratio)\b", re.I)
_OF_UNNAMED_ARMS = re.compile(r"^(?!.*\b(?:placebo|control|sham)\b).*\brespectively\b", re.I)
"""Figures whose arms another sentence names."""

_DESIGN = re.compile(
    r"\b(?:compar(?:ed|es)|test(?:ed|s)|randomi[sz]e[ds]|enrol(?:led|s)|stud(?:ied|ies|ying)|evaluat(?:ed|es)"
    r"|investigat(?:ed|es)|examined|(?:is|was)\s+an?\b.{0,80}\b(?:trial|study|platform))\b",
    re.IGNORECASE,
)
_OF_A_TRIAL = re.compile(r"\b(?:trial|study)\b", re.IGNORECASE)
_AT_THE_BENCH = re.compile(r"\b(?:ex\s+vivo|in\s+vitro|mice|rats|monkeys)\b", re.IGNORECASE)
_NAMED_ENOUGH = 3
"""A disease or a design, and one name more."""

_LONGEST = 45
"""Words of an item; a list of longer ones is no list."""


def unit_for(asked: ListAsked, trial: Trial, registry: TrialRegistry) -> Unit | None:
    """Return the words that say of a trial what is asked; None where no text says it."""
    if asked.used:
        return _using(asked.used, registry.units_about(trial.trial_id))
    if asked.standing != "any":
        return _of_standing(trial, asked.standing, registry)
    if asked.phase:
        return _said(trial.phase) or naming(trial, registry)
    return naming(trial, registry)


def reason_for(trial: Trial) -> Unit | None:
    """Return the words that say why a trial was stopped."""
    status = trial.status
    said = status and status.reason and (status.reason_said or status.said)
    return said.unit if said else None


def _of_standing(trial: Trial, standing: Standing, registry: TrialRegistry) -> Unit | None:
    endpoint = verdict_of(trial, registry)
    if standing in {"missed", "met"}:
        return endpoint
    status = trial.status.said.unit if trial.status else None
    if standing == "failed" and not (trial.status and trial.status.is_end):
        return endpoint
    return status or (endpoint if standing == "ends" else None)


def verdict_of(trial: Trial, registry: TrialRegistry) -> Unit | None:
    """Return what says whether the primary endpoint was met, a sentence before a remark."""
    known = _said(trial.endpoint)
    if trial.endpoint is None or known is None or known.kind == "sentence":
        return known
    sentences = (each for each in registry.units_about(trial.trial_id) if each.kind == "sentence")
    return next((each for each in sentences if _says(trial.endpoint.value, each, registry)), known)


def _says(verdict: str, unit: Unit, registry: TrialRegistry) -> bool:
    """Whether a sentence says of a primary endpoint, and of nothing else, how it came out."""
    if not _PRIMARY.search(unit.text):
        return False
    return {reading.status for reading in registry.readings(unit)} == {f"endpoint {verdict}"}


def _said(fact: Fact | None) -> Unit | None:
    return fact.said.unit if fact else None


def naming(trial: Trial, registry: TrialRegistry, needs: str = "") -> Unit | None:
    """Return the sentence that best says what the trial tests in whom, of several the shortest.

    Args:
        trial: The trial.
        registry: The library's trials.
        needs: A name that the sentence must hold.
    """
    facts = (trial.indication, trial.phase, trial.enrolled, *trial.drugs, trial.endpoint)
    said = [unit for fact in facts if (unit := _said(fact))]
    said += [trial.status.said.unit] if trial.status and trial.status.said.unit else []
    fit = [
        _Named(named, unit)
        for unit in dict.fromkeys([*said, *registry.units_about(trial.trial_id)])
        if unit.kind == "sentence" and is_item(unit) and token_set(needs) <= token_set(unit.text)
        if (named := _named(unit, trial, registry)) >= _NAMED_ENOUGH
    ]
    best = min(fit, key=lambda each: (-each.named, _length(each.unit)), default=None)
    return best.unit if best else next((unit for unit in said if is_item(unit)), None)


class _Named(NamedTuple):
    named: int
    unit: Unit


def _named(unit: Unit, trial: Trial, registry: TrialRegistry) -> int:
    """Weigh what a unit says of disease, design, trial and drug, in this order."""
    text = unit.text
    disease = trial.indication is not None and registry.indications.is_in(
        trial.indication.value, text
    )
    drug = bool(registry.drugs.named_in(text) & trial.drug_names)
    designed = 2 if _DESIGN.search(text) else 1 if _OF_A_TRIAL.search(text) else 0
    besides = len(_NEGATED.findall(text)) + 2 * bool(_AT_THE_BENCH.search(text))
    return 3 * disease + designed + (trial in registry.named_in(text)) + drug - besides


def _length(unit: Unit) -> int:
    return len(unit.text.split())


def is_item(unit: Unit) -> bool:
    """Whether a unit is short enough for a list."""
    return _length(unit) <= _LONGEST


def _using(wanted: str, units: Iterable[Unit]) -> Unit | None:
    """Return the shortest unit with all that was asked for; what has figures word for word."""
    tokens, key = token_set(wanted), matching_key(wanted).replace(" ", "")
    literal = any(map(str.isdigit, key))
    fit = [
        unit
        for unit in units
        if tokens <= token_set(unit.words)
        and is_item(unit)
        and not _NEGATED.search(unit.text)
        and (not literal or re.search(rf"(?<![\d.]){re.escape(key)}", _closed(unit.words)))
    ]
    return min(fit, key=_plainest, default=None) if tokens else None


def _plainest(unit: Unit) -> tuple[bool, bool, int]:
    """Sort sentences before rows, designs before results, the short before the long."""
    return bool(unit.cells), not _DESIGN.search(unit.text), _length(unit)


def _closed(text: str) -> str:
    return matching_key(text).replace(" ", "")


def safety_of(units: Iterable[Unit], *, serious: bool) -> Unit | None:
    """Return the most general thing that is told of harms: all adverse events before a kind."""
    units = [unit for unit in units if not serious or _SERIOUS.search(unit.words)]
    for pattern in _EVENTS:
        told = [
            unit
            for unit in units
            if pattern.search(unit.cells[0].text if unit.cells else unit.text)
            and not _NO_EVENTS.search(unit.text)
            and (unit.cells or not _OF_UNNAMED_ARMS.search(unit.text))
            and _length(unit) <= _LONGEST
        ]
        with_figures = [unit for unit in told if _FIGURE.search(unit.text)]
        for kind in (
            [unit for unit in with_figures if unit.cells],
            with_figures,
            told,
        ):
            if kind:
                return min(kind, key=lambda unit: unit.start if unit.cells else 0)
    return None


def has_figure(unit: Unit | None) -> bool:
    """Whether a unit tells a figure that no name holds."""
    return unit is not None and bool(_FIGURE.search(unit.text))


def result_of(trial: Trial, registry: TrialRegistry) -> Unit | None:
    """Return a trial's main result: a verdict on its primary endpoint, else the first that is told.

    Of the results those that are called primary come first, then what stands under "Results".
    """
    if verdict := verdict_of(trial, registry):
        return verdict
    told = [unit for unit in registry.units_about(trial.trial_id) if _is_result(unit)]
    primary = (unit for unit in told if _PRIMARY.search(unit.words))
    placed = (unit for unit in told if _RESULTS.search(" ".join(unit.section)))
    return next(primary, None) or next(placed, None)


def _is_result(unit: Unit) -> bool:
    """Whether a unit tells an effect, and neither a harm nor who took part, and stands alone."""
    label = unit.cells[0].text if unit.cells else unit.text
    if _LEANS.search(label) or _length(unit) > _LONGEST:
        return False
    if any(pattern.search(unit.words) for pattern in _EVENTS):
        return False
    if unit.cells:
        return len(unit.cells) > _ROW_OF_ARMS
    return bool(_COMPARED.search(unit.text) and _VALUE.search(unit.text))


_ROW_OF_ARMS = 2
"""Cells that a row with a label and two arms has more than."""

_LEANS = re.compile(
    r"^(?:among|of)\b|\b(?:it|they|this|these|those)\s+(?:was|were|had|did)\b"
    r"|\b(?:baseline\s+characteristics|randomi[sz]ed|ages?|sex|female|male|withdr\w+|completed|lost)\b",
    re.IGNORECASE,
)
"""What a sentence leans on another with, and what a row on the people is called."""


_ANTIBODY = re.compile(r"(?:mab|bart|tug|mig|ment)$", re.IGNORECASE)
"""How the names of antibodies end (WHO, 2017 and 2021)."""


def is_antibody(drug: str, trial: Trial, registry: TrialRegistry) -> bool:
    """Whether a drug is one by its name, or is called one where its trial is told of."""
    tokens = token_set(drug) | token_set("antibody")
    units = registry.units_about(trial.trial_id)
    return bool(_ANTIBODY.search(drug)) or any(tokens <= token_set(unit.text) for unit in units)
