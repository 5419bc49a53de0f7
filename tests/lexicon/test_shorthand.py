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


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("KITE-1 1ry EP?", "KITE-1 primary endpoint?"),
        ("nausea, n of pts on 40 mg", "nausea, number of patients on 40 mg"),
        ("# pts w/o rejection", "number of patients without rejection"),
        ("IVT interval", "intravitreal interval"),
        ("EF fell, pbo grp", "ejection fraction fell, pbo group"),
        ("tolimab BID freq", "tolimab twice daily frequency"),
    ],
)
def test_clinical_shorthand_is_written_out(short: str, long: str) -> None:
    assert spelled_out(short) == long


def test_a_short_form_that_the_library_holds_is_left_to_it() -> None:
    assert spelled_out("IVT within 4.5 h", {"ivt"}) == "IVT within 4.5 h"
