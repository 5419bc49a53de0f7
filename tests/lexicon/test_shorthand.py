"""Time points in shorthand are written out before anything is looked for."""

from __future__ import annotations

import pytest

from iscalimab_qa.lexicon import spelled_out


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DLQI change wk16?", "DLQI change week 16?"),
        ("gradient wk 12, 5 mg", "gradient week 12, 5 mg"),
        ("eGFR at M6 and W24", "eGFR at month 6 and week 24"),
        ("titre d28", "titre day 28"),
        ("eGFR by M3", "eGFR by month 3"),
    ],
)
def test_weeks_months_and_days_are_written_out(short: str, long: str) -> None:
    assert spelled_out(short) == long


@pytest.mark.parametrize(
    "question",
    ["Are M2 macrophages involved?", "Vitamin D3 levels", "10 mg/wk", "Is Y402H common?"],
)
def test_receptors_vitamins_doses_and_variants_are_no_time_points(question: str) -> None:
    assert spelled_out(question) == question
