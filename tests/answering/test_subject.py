"""A unit about another time than the one asked for answers another question."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.subject import at_another_time
from iscalimab_qa.units import Unit


def unit(text: str, section: tuple[str, ...] = ()) -> Unit:
    return Unit("s", 0, len(text), text, text, "sentence", section=section)


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("At week 12 it was 8.", True),
        ("At week 48 it was 8.", False),
        ("It was 4 at week 12 and 8 at week 48.", False),
        ("It was 8.", False),
    ],
)
def test_week_12_does_not_answer_for_week_48(text: str, another: bool) -> None:
    assert at_another_time(analyse("How many responded at week 48?"), unit(text)) is another


def test_six_months_and_week_26_are_the_same_time() -> None:
    # 182 days and 182.4 days
    assert not at_another_time(analyse("How many at month 6?"), unit("At week 26, 8 did."))


def test_the_heading_above_a_unit_may_name_its_time() -> None:
    asked = analyse("How many responded at week 48?")
    assert not at_another_time(asked, unit("By day 7 fever had gone.", ("Results at week 48",)))
    assert at_another_time(asked, unit("8 responded.", ("Results at week 12",)))


def test_a_question_for_two_times_leaves_every_unit_in() -> None:
    asked = analyse("How many responded at week 12 and at week 48?")
    assert not at_another_time(asked, unit("At week 4, 8 did."))


def test_a_year_is_not_answered_by_other_years() -> None:
    asked = analyse("What was the melt rate in 2025?")
    assert at_another_time(asked, unit("It was 4 cm in 2019 and 5 cm in 2030."))
    assert not at_another_time(asked, unit("It was 4 cm in 2019 and 5 cm in 2025."))
    assert not at_another_time(asked, unit("It was 4 cm."))
