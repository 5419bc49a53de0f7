"""Which of the library's trials a list is asked for: by drug, disease, phase and standing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from iscalimab_qa.answering.listing.asked import ListAsked, Standing
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.evidence.trials.ended import endings
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.evidence.trials.values import Trial
from iscalimab_qa.lexicon import tokenize

_NO_TOPIC = token_set(
    "trial study patient placebo control arm group result outcome week month day year phase human"
    " first interim final randomised controlled double blind open label registry record report"
    " press release review abstract poster primary analysis dose treatment safety efficacy adverse"
    " event effect extension long term pilot new show"
)
"""Words of titles that tell no drug and no disease."""


class Scope(NamedTuple):
    """The drugs that a question names, by their usual names, and its other words."""

    drugs: frozenset[str]
    words: str


@dataclass(frozen=True)
class _Described:
    """A trial by the words that it may be asked for with."""

    trial: Trial
    registry: TrialRegistry

    def is_in(self, scope: Scope) -> bool:
        """Whether the trial is of all drugs that are named, and its words hold the others."""
        tested = self.trial.drug_names
        known = all(drug in tested or self._is_titled(drug) for drug in scope.drugs)
        return known and (not scope.words or self._is_about(scope.words))

    def _is_titled(self, drug: str) -> bool:
        """Whether a drug that no rule saw as tested stands in a title, before "versus"."""
        return not self.trial.drugs and token_set(drug) <= self._words

    def _is_about(self, words: str) -> bool:
        unified = self.registry.indications.words
        indication = self.trial.indication.value if self.trial.indication else ""
        named = set(self.registry.indications.in_text(words))
        if indication and any(self.registry.indications.compatible(indication, n) for n in named):
            left = _single(words) - frozenset().union(*map(_single, named))
            return left <= self._words or unified(words) <= unified(indication)
        return _single(words) <= self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        """Return the tokens of disease, drugs, arms and the titles of the trial's own sources."""
        trial = self.trial
        told = [fact.value for fact in (*trial.drugs, trial.indication) if fact]
        told += [arm.label for arm in trial.arms]
        for source_id in trial.sources:
            metadata = self.registry.metadata(source_id)
            if metadata and self.registry.of_source(source_id) == (trial,):
                told.append(metadata.title)
        return frozenset(token for text in told for token in _single(text)) - _NO_TOPIC


def _single(text: str) -> frozenset[str]:
    return frozenset(token for token in tokenize(text) if not token.isdigit())


def scope_of(about: str, registry: TrialRegistry) -> Scope:
    """Part the words of a question that tell which items are meant."""
    mentions = registry.drugs.mentions(about)
    rest = about
    for mention in reversed(mentions):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    rest = re.sub(r"^\W+|\W+$", "", rest)
    return Scope(frozenset(each.name for each in mentions), rest)


def fitting(asked: ListAsked, scope: Scope, registry: TrialRegistry) -> list[Trial]:
    """Return the trials that are asked for, the latest phase first and then the newest."""
    found = [
        trial
        for trial in registry.trials
        if (trial.sources or trial.indication)
        and _Described(trial, registry).is_in(scope)
        and _is_of_phase(trial, asked.phase)
        and stands(trial, asked.standing)
    ]
    return in_order(found, registry)


def in_order(trials: Sequence[Trial], registry: TrialRegistry) -> list[Trial]:
    """Put the latest phase first, then the newest, then by id."""
    newest = sorted(trials, key=lambda trial: _newest(trial, registry), reverse=True)
    return sorted(newest, key=lambda trial: trial.phase.value if trial.phase else "", reverse=True)


def _newest(trial: Trial, registry: TrialRegistry) -> str:
    published = (registry.metadata(each) for each in trial.sources)
    dates = [meta.published for meta in published if meta and meta.published]
    return max([*dates, (trial.status and trial.status.when) or ""])


def _is_of_phase(trial: Trial, phase: str) -> bool:
    """Whether a trial is of a phase; 2a and 2b are both phase 2."""
    return not phase or bool(trial.phase and trial.phase.value.lower().startswith(phase))


def stands(trial: Trial, standing: Standing) -> bool:
    """Whether a trial stands as a question asks for."""
    status, endpoint = trial.status, trial.endpoint.value if trial.endpoint else ""
    held: Mapping[Standing, bool] = {
        "any": True,
        "stopped": bool(status and status.is_end),
        "completed": bool(status and status.status == "completed"),
        "running": bool(status and status.is_running),
        "missed": endpoint == "failed",
        "met": endpoint == "met",
        "failed": any(ending.setback for ending in endings(trial)),
        "ends": bool(status or endpoint),
    }
    return held[standing]
