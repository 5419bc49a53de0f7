"""A unit about another time or amount than the one asked for answers another question."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from iscalimab_qa.answering.conditions import (
    at_another_time,
    is_told_otherwise,
    of_another_amount,
)
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.sources.values import Source, SourceMetadata
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
    ("text", "another"),
    [
        ("It was 58% on 5 mg/kg and 92% on 20 mg/kg.", True),
        ("It was 58% on 40 mg/kg.", False),
        ("It was 58%.", False),
        ("It was 58% on 5 mL.", False),
    ],
)
def test_20_mg_does_not_answer_for_40_mg(text: str, another: bool) -> None:
    assert of_another_amount(analyse("How many survived on 40 mg/kg?"), unit(text)) is another


def test_the_amount_that_a_yes_or_no_question_gets_wrong_answers_it() -> None:
    assert not of_another_amount(analyse("Was the dose 40 mg?"), unit("The dose was 20 mg."))


def test_a_share_that_is_asked_about_is_no_condition() -> None:
    asked = analyse("How many were the 60% with normal histology?")
    assert not of_another_amount(asked, unit("Of those on tacrolimus 0% had it."))


def source(source_id: str) -> Source:
    return Source(source_id, SourceMetadata(title=""), "It came often.", ())


def candidate(text: str, score: float) -> Candidate:
    zero = Features(0, 0, 0, 0, 0, 0, 0)
    return Candidate(unit(text), Document(page_content=text), zero, score)


@pytest.mark.parametrize(("second", "otherwise"), [(3.0, True), (3.5, False)])
def test_a_value_told_for_another_week_only_is_not_told(second: float, otherwise: bool) -> None:
    # 4.0 at week 12 against the best of what remains: 0.8 is the margin
    early, other = candidate("8 did at week 12.", 4.0), candidate("They came often.", second)
    asked = analyse("How many did at week 48?")
    assert is_told_otherwise(asked, [early, other], [other], source) is otherwise


def test_where_nothing_remains_the_value_told_for_another_week_is_all_there_is() -> None:
    early = candidate("8 did at week 12.", 4.0)
    assert is_told_otherwise(analyse("How many at week 48?"), [early], [], source)
    assert not is_told_otherwise(analyse("How many at week 12?"), [early], [], source)
