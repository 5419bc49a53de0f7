"""`iscalimab-qa trials`: the library's trials, how they ended, and who says so."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from iscalimab_qa.cli.printing import print_json, say
from iscalimab_qa.errors import printable
from iscalimab_qa.exports.trials_table import place, trials_csv

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.evidence.trials.values import Fact, Statement, Trial

_INDENT = "    "


def print_trials(assistant: Assistant, form: Literal["people", "csv", "json"]) -> None:
    """Print every trial: as text for people, a row of a table, or one JSON object a line."""
    from iscalimab_qa.evidence.trials.programme import programme_line  # noqa: PLC0415

    registry, date = assistant.trials, assistant.library_date
    if form == "csv":
        sys.stdout.write(trials_csv(registry.trials, date))
        return
    if form == "json":
        for trial in registry.trials:
            print_json(trial.as_json() | {"library_date": date})
        return
    if line := programme_line(registry):
        say(printable(f"{line.text} [{'; '.join(dict.fromkeys(map(place, line.said)))}]"))
    for trial in registry.trials:
        say("")
        for told in trial_lines(trial):
            say(printable(told))
    say(f"\nLibrary as of {date}")


def trial_lines(trial: Trial) -> Iterator[str]:
    """Yield a trial's lines: its names, then each fact with the place that says it."""
    others = [name for name in trial.names if name != trial.acronym]
    yield f"{trial.acronym} ({', '.join(others)})" if others else trial.acronym
    drugs = [f"{drug.value} [{place(drug.said)}]" for drug in trial.drugs]
    yield _line("drugs", "; ".join(drugs))
    yield _fact("indication", trial.indication)
    yield _fact("phase", trial.phase)
    yield _fact("participants", trial.enrolled)
    arms = [f"{arm.label}, n = {arm.n} [{place(arm.said)}]" for arm in trial.arms]
    yield _line("arms", "; ".join(arms))
    yield _fact("started", trial.started)
    yield _fact("ended", trial.ended)
    yield from _status(trial.status)
    yield _fact("primary endpoint", trial.endpoint)


def _status(status: Statement | None) -> Iterator[str]:
    if status is None:
        yield _line("status", "")
        return
    from iscalimab_qa.evidence.trials.ended import dated  # noqa: PLC0415

    yield _line("status", f"{status.status}{dated(status)} [{place(status.said)}]")
    if status.reason:
        said = status.reason_said or status.said
        yield _line("reason", f"{status.reason} [{place(said)}]")
    elif status.is_end:
        yield _line("reason", "")


def _fact(name: str, fact: Fact | None) -> str:
    return _line(name, f"{fact.value} [{place(fact.said)}]" if fact else "")


def _line(name: str, told: str) -> str:
    from iscalimab_qa.evidence.trials.values import UNKNOWN  # noqa: PLC0415

    return f"{_INDENT}{name}: {told or UNKNOWN}"
