"""Statements that hold a question's names, and none of what it asks for."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.asides import is_aside
from iscalimab_qa.answering.question import analyse

ALLOCATED = "Participants were assigned 2:1 by a web system, stratified by age, to drug or placebo."
RECORDED = "Itch was recorded daily on a scale from 0 to 10."
TITLE = "Official Title: A Phase 3 Study of Dorvamab in Gout"
AIM = "The aim of the study was to find out whether dorvamab lowers urate more."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many relapsed on placebo in STONE-2?", ALLOCATED),
        ("How much did itch fall with dorvamab?", RECORDED),
        ("What share of patients on 300 mg responded?", TITLE),
        ("Who sponsored STONE-2?", "Acronym: STONE-2"),
        ("How was success defined in STONE-2?", "Trial registration: NCT00000001."),
        ("Did dorvamab lower urate?", AIM),
        ("Were flares more frequent with dorvamab?", "The study randomised 186 adults."),
    ],
)
def test_a_name_a_design_or_an_aim_is_beside_a_question_on_a_result(
    question: str, text: str
) -> None:
    assert is_aside(analyse(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How was itch measured?", RECORDED),
        ("How many were randomised to dorvamab?", ALLOCATED),
        ("What is the full title of STONE-2?", TITLE),
        ("Which phase was the study?", TITLE),
        ("What is the registration number of STONE-2?", "Trial registration: NCT00000001."),
        ("What was the aim of STONE-2?", AIM),
        ("How many responded?", "Of those who were assigned to 300 mg, 40% responded."),
    ],
)
def test_what_is_asked_for_is_never_beside_the_question(question: str, text: str) -> None:
    assert not is_aside(analyse(question), text)


def test_the_title_of_a_source_is_no_statement_where_it_stands_as_a_line() -> None:
    title = "Dorvamab against tophi in long-standing gout"
    assert is_aside(analyse("Did tophi shrink with dorvamab?"), title + ".", title)
    assert not is_aside(analyse("Did tophi shrink with dorvamab?"), "Tophi shrank.", title)
