"""Tables as CSV that a spreadsheet shows and does not run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from iscalimab_qa.evidence.outcomes.values import OUTCOME_COLUMNS, Outcome

_RUNS_IN_SHEETS = re.compile(r"[=+\-@\t\r\n＝＋－＠](?!\d+(?:\.\d+)?%?$)")
"""A spreadsheet would compute a cell that begins like this, unless it is just a number."""


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows under their columns' names; text that would be a formula is kept text."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: as_cell(value) for name, value in row.items()})
    return file.getvalue()


def as_cell(value: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would run as a formula; numbers stay."""
    if isinstance(value, str) and _RUNS_IN_SHEETS.match(value):
        return f"'{value}"
    return value


def outcomes_csv(outcomes: Iterable[Outcome], library_date: str) -> str:
    """Return outcomes a row each, as `outcomes --csv` prints them."""
    rows = (outcome.as_row() | {"library_date": library_date} for outcome in outcomes)
    return csv_text([*OUTCOME_COLUMNS, "library_date"], rows)
