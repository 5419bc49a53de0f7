"""Tables whose columns were lost are told by the sizes in their heads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from iscalimab_qa.sources.flat_tables import flat_table
from iscalimab_qa.sources.text_tables import TextTable


def texts(table: TextTable | None) -> list[list[str]]:
    assert table is not None
    return [[cell.text for cell in row] for row in (*table.head, *table.rows)]


def test_values_are_told_from_the_right_one_a_column() -> None:
    table = flat_table(
        [
            "Outcome Tolimab (n = 64) Placebo (n = 32) p",
            "Free of pain, n (%) 29 (45.3) 8 (25.0) 0.049",
            "Change in tiredness (VAS, 0-100), mean -17 -15 0.70",
            "",
            "Those on tolimab took 565 mg less.",
        ]
    )
    assert texts(table) == [
        ["Outcome", "Tolimab (n = 64)", "Placebo (n = 32)", "p"],
        ["Free of pain, n (%)", "29 (45.3)", "8 (25.0)", "0.049"],
        ["Change in tiredness (VAS, 0-100), mean", "-17", "-15", "0.70"],
    ]
    assert table is not None
    assert table.lines == 3


def test_a_last_value_may_be_lacking_and_a_value_may_be_words() -> None:
    table = flat_table(
        [
            "Outcome Tolimab (n = 64) Placebo (n = 32) p",
            "Median time to first flare, weeks not reached 24",
            "Steroid, median, mg 1,420 1,985 0.01",
        ]
    )
    assert texts(table)[1:] == [
        ["Median time to first flare, weeks", "not reached", "24", ""],
        ["Steroid, median, mg", "1,420", "1,985", "0.01"],
    ]


def test_the_first_arm_begins_at_the_last_capital_before_its_size() -> None:
    table = flat_table(
        [
            "Adverse events, n (%)".replace(", n (%)", "")
            + " Zorolimus 5 mg (n=40) Zorolimus 10 mg (n=41)",
            "Nausea 4 (10) 9 (22)",
            "Rash 1 (3) 0",
        ]
    )
    assert texts(table)[0] == ["Adverse events", "Zorolimus 5 mg (n=40)", "Zorolimus 10 mg (n=41)"]


def test_a_line_without_values_heads_the_rows_below_it() -> None:
    table = flat_table(
        [
            "Measure Mown (n = 12) Unmown (n = 12)",
            "Second summer",
            "Bees per plot 31 55",
            "Species 12 17",
        ]
    )
    assert texts(table)[1] == ["Second summer", "", ""]


@pytest.mark.parametrize(
    "lines",
    [
        ["Tolimab (n = 64) or placebo (n = 32) was given for 12 weeks.", "Nobody died."],
        [
            "We gave tolimab (n = 64) and placebo (n = 32) to adults.",
            "All of them were well in 2030.",
        ],
        ["Outcome Tolimab (n = 64) Placebo (n = 32)", "Pain 3 4"],
        ["Outcome Tolimab Placebo", "Pain 3 4", "Rash 5 6"],
        ["Tolimab (n = 64) was given.", "Pain 3 4", "Rash 5 6"],
    ],
)
def test_prose_is_no_table(lines: Sequence[str]) -> None:
    assert flat_table(lines) is None
