"""A unit that tells a value for another time than the one asked for answers another question."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.timing import at_another_time
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


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Deaths 30 days after surgery", "Death by day 365: 423.", True),
        ("Deaths 30 days after surgery", "Death by day 30: 423.", False),
        ("Was it seen two years out?", "At week 52 it was seen.", True),
        ("How many at two days?", "At 48 h, 8 did.", False),
        ("Flood peak of the ten-year storm", "Return period 10 years: -4% at day 3.", False),
        ("Passed within 12 months", "Within a year 37% passed.", False),
        ("Scores of 13-year-olds", "At week 4 it was 8.", False),
    ],
)
def test_a_time_is_known_in_whatever_form_it_stands(
    question: str, text: str, another: bool
) -> None:
    assert at_another_time(analyse(question), unit(text)) is another


@pytest.mark.parametrize(
    ("source", "another"),
    [
        ("Outcomes were read at week 26.", True),
        ("Outcomes were read at weeks 8 and 26, and at day 91.", False),
        ("Outcomes were read at week 13.", False),
    ],
)
def test_a_value_without_a_time_stands_for_those_that_its_source_knows(
    source: str, another: bool
) -> None:
    asked, told = analyse("Rise in haemoglobin at week 13"), "Haemoglobin rose by 6.3 g/L."
    assert at_another_time(asked, unit(told), f"{source} {told}") is another


def test_what_came_a_year_after_something_may_be_told_by_its_date() -> None:
    asked, told = (
        analyse("One year after it was ploughed in, how many?"),
        "In October 64 were found.",
    )
    assert not at_another_time(asked, unit(told), told)


def test_a_column_of_bare_numbers_may_be_of_the_week_asked_about() -> None:
    asked = analyse("Rise at week 8")
    assert not at_another_time(asked, unit("Weeks after start: 8; rise 6.3"), "Table of weeks.")


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Protection after a third dose", "It began three weeks after the second dose.", True),
        ("Titre after the 2nd dose", "It rose after the second dose.", False),
        ("How long after the final dose?", "For 1 week after the last dose.", False),
        ("Worms in the second October", "In the first October there were 64.", True),
        (
            "Deaths in the second wave",
            "There were 71 in the first wave and 26 in the second.",
            False,
        ),
        ("Cost in the second year", "The first patient was enrolled.", False),
        ("Why did the third trial end?", "The second trial ended for want of money.", False),
    ],
)
def test_the_second_does_not_answer_for_the_third(question: str, text: str, another: bool) -> None:
    assert at_another_time(analyse(question), unit(text)) is another
