"""The library tab as HTML: the table, its filters, and what came of an upload."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from iscalimab_qa.evidence.tiers import TIER_LABELS
from iscalimab_qa.web.escape import inline
from iscalimab_qa.web.librarian import Outcome
from iscalimab_qa.web.library_rows import Row
from iscalimab_qa.web.uploads import Pending

STATE_LABELS = {
    "shipped": "shipped",
    "yours": "yours",
    "excluded": "left out",
    "warnings": "with warnings",
}
"""What the filter of states offers; a source may have warnings in any state but the last."""

UNCLASSIFIED = "unclassified"

_NO_TIER_SORTS = 99


class Column(NamedTuple):
    """A column: its head, its cell, and the text that it is sorted by."""

    name: str
    head: str
    cell: Callable[[Row], str]
    key: Callable[[Row], str]


def library_html(rows: Sequence[Row], *, may_change: bool) -> str:
    """Return filters and table; the script beside it sorts, filters and hands clicks on.

    Without script it is the whole list. `may_change` adds a button a row.
    """
    if not rows:
        return '<p class="none">The library is empty.</p>'
    columns = [*_COLUMNS, _action_column()] if may_change else _COLUMNS
    heads = "".join(_head(column) for column in columns)
    body = "".join(_table_row(row, columns) for row in rows)
    return (
        f'{_filters(rows)}<p class="count" role="status">{_count(rows)}</p>'
        '<div class="wide"><table aria-label="Sources of the library">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def pending_html(pending: Sequence[Pending]) -> str:
    """Return a line a document that was uploaded: what was read of it, or why nothing was."""
    return _list(map(_pending_line, pending), "read")


def outcomes_html(outcomes: Sequence[Outcome]) -> str:
    """Return a line a document that was to be added: what it holds now, or why it does not."""
    return _list(map(_outcome_line, outcomes), "added")


def said_html(text: str, *, failed: bool = False) -> str:
    """Return one line about what was done."""
    return f'<p class="{"said failed" if failed else "said"}" role="status">{inline(text)}</p>'


def visitor_html(username: str | None, role: str, why_not: str) -> str:
    """Return who is logged in, with a way out, and why the library cannot be changed."""
    if username is None:
        return said_html(why_not) if why_not else ""
    return (
        f'<p class="said">Logged in as {inline(username)} ({role}). {inline(why_not)} '
        '<a href="./logout">Log out</a></p>'
    )


def removal_html(row: Row) -> str:
    """Return the question that is asked before a source is removed."""
    what = (
        "The file is deleted from your corpus folder, and answers no longer rest on it."
        if row.state == "yours"
        else "It came with the program: the file stays, and answers no longer rest on it. "
        "It can be taken back."
    )
    return f"<p><strong>Remove “{inline(row.title)}”?</strong> {what}</p>"


def _filters(rows: Sequence[Row]) -> str:
    states = [state for state in STATE_LABELS if any(state in _states(row) for row in rows)]
    tiers = sorted({row.tier or _NO_TIER_SORTS for row in rows})
    return (
        '<form class="filters" onsubmit="return false">'
        '<label>Find <input type="search" name="words" placeholder="Title or id"></label>'
        + _select("kind", "Kind", [(kind, _words(kind)) for kind in _told(r.kind for r in rows)])
        + _select("trials", "Trial", [(t, t) for t in _told(t for r in rows for t in r.trials)])
        + _select("tier", "Tier", [(_tier_value(t), _tier_words(t)) for t in tiers])
        + _select("year", "Year", [(y, y) for y in reversed(_told(r.year for r in rows))])
        + _select("state", "State", [(state, STATE_LABELS[state]) for state in states])
        + "</form>"
    )


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<option value="{inline(value)}">{inline(shown)}</option>' for value, shown in options
    )
    return (
        f'<label>{label} <select name="{name}"><option value="">all</option>{listed}</select>'
        "</label>"
    )


def _table_row(row: Row, columns: Sequence[Column]) -> str:
    cells = "".join(
        f'<td class="{column.name}" data-label="{column.head}" '
        f'data-key="{inline(column.key(row))}">{column.cell(row)}</td>'
        for column in columns
    )
    return (
        f'<tr data-words="{inline(f"{row.title} {row.source_id}".lower())}" '
        f'data-kind="{inline(row.kind)}" data-trials="{inline("|".join(row.trials))}" '
        f'data-tier="{_tier_value(row.tier)}" data-year="{inline(row.year)}" '
        f'data-state="{"|".join(_states(row))}">{cells}</tr>'
    )


def _head(column: Column) -> str:
    if not column.head:
        return '<th scope="col"><span class="unseen">Change</span></th>'
    return (
        f'<th scope="col" class="{column.name}" aria-sort="none">'
        f'<button type="button" data-sort="{column.name}">{column.head}</button></th>'
    )


def _title_cell(row: Row) -> str:
    summary = '<span class="digest">our summary</span>' if row.text_kind == "digest" else ""
    warnings = "".join(f"<li>{inline(warning)}</li>" for warning in row.warnings)
    count = "1 warning" if len(row.warnings) == 1 else f"{len(row.warnings)} warnings"
    told = f"<details><summary>{count}</summary><ul>{warnings}</ul></details>" if warnings else ""
    named = f'<span class="id">{inline(row.source_id)} {summary}</span>'
    if row.title == row.source_id:  # of what is left out only the id is known
        named = ""
    return f'<span class="title">{inline(row.title)}</span>{named}{told}'


def _action_column() -> Column:
    return Column("action", "", _action, lambda _: "")


def _action(row: Row) -> str:
    verb = "Take back" if row.state == "excluded" else "Remove"
    return (
        f'<button type="button" class="act" data-source="{inline(row.source_id)}" '
        f'aria-label="{verb} {inline(row.title)}">{verb}</button>'
    )


def _state_cell(row: Row) -> str:
    return f'<span class="state {row.state}">{STATE_LABELS[row.state]}</span>'


_COLUMNS = (
    Column("source", "Source", _title_cell, lambda row: row.title.casefold()),
    Column("kind", "Kind", lambda row: inline(_words(row.kind)), lambda row: row.kind),
    Column(
        "trials",
        "Trials",
        lambda row: inline(", ".join(row.trials)),
        lambda row: row.trials[0] if row.trials else "~",
    ),
    Column(
        "tier",
        "Tier",
        lambda row: "" if row.state == "excluded" else inline(_tier_words(row.tier)),
        lambda row: f"{row.tier or _NO_TIER_SORTS:02}",
    ),
    Column("year", "Year", lambda row: inline(row.year), lambda row: row.year),
    Column(
        "passages",
        "Passages",
        lambda row: "" if row.state == "excluded" else f"{row.passages:,}",
        lambda row: f"{row.passages:09}",
    ),
    Column("state", "State", _state_cell, lambda row: row.state),
)


def _states(row: Row) -> list[str]:
    return [row.state, *(["warnings"] if row.warnings else [])]


def _count(rows: Sequence[Row]) -> str:
    return f"{len(rows):,} of {len(rows):,} sources"


def _told(values: Iterable[str]) -> list[str]:
    return sorted({value for value in values if value})


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def _tier_value(tier: int | None) -> str:
    return str(tier or _NO_TIER_SORTS)


def _tier_words(tier: int | None) -> str:
    label = TIER_LABELS.get(tier or 0)
    return f"{tier} {label}" if label else UNCLASSIFIED


def _list(lines: Iterable[str], name: str) -> str:
    items = "".join(lines)
    return f'<ul class="{name}" role="status">{items}</ul>' if items else ""


def _pending_line(pending: Pending) -> str:
    if pending.problem:
        return _line(pending.name, pending.problem, failed=True)
    details = pending.details
    by = f"described by {pending.described_by}" if pending.described_by else ""
    own = "described by its own front matter" if pending.own_words else ""
    known = ", ".join(filter(None, [_authors(details.authors), details.container]))
    facts = [details.title, known, details.published[:4], _tables(pending.tables), by, own]
    return _line(pending.name, "; ".join(filter(None, facts)), warnings=pending.warnings)


def _outcome_line(outcome: Outcome) -> str:
    if outcome.problem:
        return _line(outcome.name, outcome.problem, failed=True)
    passages = "1 passage" if outcome.passages == 1 else f"{outcome.passages:,} passages"
    facts = f"{outcome.title}; {passages}, {_tables(outcome.tables) or 'no tables'}"
    return _line(outcome.name, facts, warnings=outcome.warnings)


def _line(name: str, facts: str, *, warnings: Sequence[str] = (), failed: bool = False) -> str:
    mark = "not read" if failed else "read"
    told = f' <span class="warned">{inline("; ".join(warnings))}</span>' if warnings else ""
    return (
        f'<li class="{"failed" if failed else "done"}"><span class="mark">{mark}</span> '
        f"<strong>{inline(name)}</strong> {inline(facts)}{told}</li>"
    )


def _tables(count: int) -> str:
    return "" if not count else "1 table" if count == 1 else f"{count} tables"


def _authors(names: Sequence[str]) -> str:
    return f"{names[0]} and others" if len(names) > 1 else "".join(names)
