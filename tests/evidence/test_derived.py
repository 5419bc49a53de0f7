from __future__ import annotations

import pytest
from cited import row
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evidence.figures.derived import (
    fits_whole_number,
    nearest_count,
    tells_denominator,
    whole_number_remark,
    whole_number_remarks,
)


@pytest.mark.parametrize(
    ("percent", "n", "fits"),
    [
        ("15.4 %", 39, True),  # 6/39 = 15.38
        ("8.1", 39, False),  # 3/39 = 7.7, 4/39 = 10.3
        ("8.1", 37, True),  # 3/37 = 8.11
        ("96", 22, False),  # 21/22 = 95.45, 22/22 = 100
        ("91", 22, True),  # 20/22 = 90.9
        ("0", 18, True),
        ("12.5", 8, True),
        (54.4, 57, True),  # 31/57 = 54.39
    ],
)
def test_a_percentage_fits_a_whole_number_or_none(
    percent: str | float, n: int, *, fits: bool
) -> None:
    assert fits_whole_number(percent, n) is fits


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_every_count_fits_its_own_percentage(count_and_n: tuple[int, int]) -> None:
    count, n = count_and_n
    assert nearest_count(f"{100 * count / n:.1f}", n) is not None


def test_the_remark_names_the_nearest_count() -> None:
    assert whole_number_remark("8.1%", 39) == "8.1% is no whole number of 39: 3 of 39 is 7.7%."
    assert whole_number_remark("15.4%", 39) is None


def test_a_row_of_responders_is_remarked_on_under_the_head_that_does_not_fit() -> None:
    heads = ["Outcome", "Drug (n = 39)", "Placebo (n = 18)"]
    assert whole_number_remarks(row(heads, ["Complete remission", "8.1%", "0%"])) == (
        "Drug (n = 39): 8.1% is no whole number of 39: 3 of 39 is 7.7%.",
    )


@pytest.mark.parametrize("label", ["Relative improvement in UPCR", "Mean change in weight"])
def test_a_change_in_percent_is_no_share_of_people(label: str) -> None:
    assert whole_number_remarks(row(["Outcome", "Drug (n = 39)"], [label, "8.1%"])) == ()


def test_what_is_told_itself_need_not_be_said_again() -> None:
    assert tells_denominator("8.1%, which is no whole number of 39")
    assert not tells_denominator("8.1% of the patients")
