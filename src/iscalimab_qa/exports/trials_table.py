"""The library's trials as a table: a row a trial, every fact with the place that says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from iscalimab_qa.evidence.trials.values import Fact, Said, Trial
from iscalimab_qa.exports.tables import csv_text

TRIAL_COLUMNS = (
    "trial_id names drugs indication phase participants arms started ended status status_date "
    "status_said_on reason primary_endpoint sources drugs_said indication_said phase_said "
    "participants_said arms_said started_said ended_said status_said reason_said "
    "primary_endpoint_said library_date"
).split()
"""The columns of `trials --csv`. What no source says is empty; `X_said` holds the places,
`source_id start-end`, that say `X`."""


def trials_csv(trials: Iterable[Trial], library_date: str) -> str:
    """Return trials a row each."""
    return csv_text(TRIAL_COLUMNS, (_row(trial, library_date) for trial in trials))


def place(said: Said) -> str:
    """Name a span as `show` takes it; a source alone where only its metadata says so."""
    span = said.span
    return f"{said.source_id} {span.start}-{span.end}" if span else f"{said.source_id}, metadata"


def _row(trial: Trial, library_date: str) -> Mapping[str, Any]:
    status = trial.status
    facts = {
        "indication": trial.indication,
        "phase": trial.phase,
        "participants": trial.enrolled,
        "started": trial.started,
        "ended": trial.ended,
        "primary_endpoint": trial.endpoint,
    }
    reason_said = (status.reason_said or status.said) if status and status.reason else None
    return {
        "trial_id": trial.trial_id,
        "names": "; ".join(trial.names),
        "drugs": "; ".join(fact.value for fact in trial.drugs),
        "drugs_said": _places(fact.said for fact in trial.drugs),
        "arms": "; ".join(f"{arm.label}, n = {arm.n}" for arm in trial.arms),
        "arms_said": _places(arm.said for arm in trial.arms),
        "status": status.status if status else "",
        "status_date": (status.date or "") if status else "",
        "status_said_on": (status.said_on or "") if status else "",
        "status_said": place(status.said) if status else "",
        "reason": (status.reason or "") if status else "",
        "reason_said": place(reason_said) if reason_said else "",
        "sources": "; ".join(trial.sources),
        "library_date": library_date,
        **{name: fact.value if fact else "" for name, fact in facts.items()},
        **{f"{name}_said": _said(fact) for name, fact in facts.items()},
    }


def _said(fact: Fact | None) -> str:
    return place(fact.said) if fact else ""


def _places(said: Iterable[Said]) -> str:
    return "; ".join(dict.fromkeys(map(place, said)))
