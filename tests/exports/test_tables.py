"""Trials and outcomes as tables: a row each, every entry with the place that says it."""

from __future__ import annotations

import csv
import io

from iscalimab_qa.evidence.trials.values import Fact, Said, Statement, Trial
from iscalimab_qa.exports.tables import csv_text
from iscalimab_qa.exports.trials_table import TRIAL_COLUMNS, trials_csv
from iscalimab_qa.units import ContextQuote

HEAD = ContextQuote("column", 10, 25, "Fernumab (n=40)")


def test_a_trial_is_a_row_with_the_places_of_its_facts() -> None:
    status = Statement("terminated", "2024-05-03", "-cmd", Said("news"), 0, "2024")
    trial = Trial(
        "NCT00000001",
        ("NCT00000001", "ORCHID"),
        drugs=(Fact("fernumab", Said("paper", part=HEAD)),),
        status=status,
    )
    (row,) = csv.DictReader(io.StringIO(trials_csv([trial], "2025-11-22")))
    assert list(row) == TRIAL_COLUMNS
    assert {name: value for name, value in row.items() if value} == {
        "trial_id": "NCT00000001",
        "names": "NCT00000001; ORCHID",
        "drugs": "fernumab",
        "drugs_said": "paper 10-25",
        "status": "terminated",
        "status_date": "2024-05-03",
        "status_said_on": "2024",
        "status_said": "news, metadata",
        "reason": "'-cmd",
        "reason_said": "news, metadata",
        "library_date": "2025-11-22",
    }


def test_numbers_and_nothing_stay_what_they_are_in_a_table() -> None:
    assert csv_text(["a", "b", "c"], [{"a": -2.8, "b": None, "c": "=1+1"}]) == (
        "a,b,c\n-2.8,,'=1+1\n"
    )
