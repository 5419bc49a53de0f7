"""Whom to believe on how a trial stands: the registry and the sponsor first, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from iscalimab_qa.evidence.figures.said_dates import is_later
from iscalimab_qa.evidence.trials.status_text import ENDED, RUNNING
from iscalimab_qa.evidence.trials.values import Statement


def kind_of(status: str) -> str:
    """Return what statuses have in common: `ended`, `running`, else the status itself."""
    return "ended" if status in ENDED else "running" if status in RUNNING else status


class Standing(NamedTuple):
    """The statement that holds, and the others, best first."""

    holds: Statement | None
    also: tuple[Statement, ...]


def standing(statements: Iterable[Statement]) -> Standing:
    """Choose among statements of one trial or programme.

    The registry and the sponsor come first, the newest of them before older ones. What says
    that something runs gives way to any end or completion that is not surely older: a page
    that nobody updated still says "recruiting".
    """
    ordered = sorted(dict.fromkeys(statements), key=_newest_key, reverse=True)
    ordered = sorted(ordered, key=lambda statement: statement.rank)
    ordered = list({(s.status, s.said): s for s in reversed(ordered)}.values())[::-1]
    final = [s for s in ordered if not s.is_running and s.status != "unknown"]
    running = [s for s in ordered if s.is_running]
    unknown = [s for s in ordered if s.status == "unknown"]
    best = [*final[:1], *running[:1], *unknown[:1]]
    if final and running and running[0].rank <= final[0].rank and _resumed(running[0], final):
        best = [running[0], *best]
    holds = best[0] if best else None
    if holds is None:
        return Standing(None, ())
    also = tuple(s for s in ordered if s != holds)
    return Standing(_completed(holds, also), also)


def _resumed(running: Statement, final: Sequence[Statement]) -> bool:
    return all(is_later(running.when, statement.when) for statement in final)


def _newest_key(statement: Statement) -> tuple[str, bool, bool, bool]:
    return (
        max(statement.said_on or "", statement.date or ""),
        statement.said.unit is not None,
        statement.date is not None,
        statement.reason is not None,
    )


def _completed(holds: Statement, also: Sequence[Statement]) -> Statement:
    """Fill in a date or reason that another statement of the same end gives."""
    alike = [s for s in also if kind_of(s.status) == kind_of(holds.status)]
    if holds.reason is None and (giver := next((s for s in alike if s.reason), None)):
        holds = replace(holds, reason=giver.reason, reason_said=giver.reason_said or giver.said)
    if holds.date is None and (giver := next((s for s in alike if s.date), None)):
        holds = replace(holds, date=giver.date)
    return holds
