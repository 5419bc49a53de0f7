"""A unit about another time or amount than the one asked for answers another question."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from iscalimab_qa.answering.conditions import (
    is_told_otherwise,
    measures_of,
    of_another_amount,
    under_other_conditions,
)
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import RowCell, Unit


def unit(text: str, section: tuple[str, ...] = ()) -> Unit:
    return Unit("s", 0, len(text), text, text, "sentence", section=section)


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


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Growth on atropine 0.01%", "Atropine 0.05%: growth 0.20 mm (12%).", True),
        ("Growth on atropine 0.05%", "Atropine 0.05%: growth 0.20 mm (12%).", False),
        ("How many fell below 40%?", "Falls to below 50% were seen in 19.", True),
        ("How many had a 20% response?", "ACR20, n (%): 61 (71).", False),
        ("What was the 95% confidence interval?", "It was 12% (8 to 16).", False),
        ("Was it 40% or less?", "It was 50%.", False),
    ],
)
def test_a_strength_or_threshold_in_per_cent_is_not_answered_by_another(
    question: str, text: str, another: bool
) -> None:
    assert of_another_amount(analyse(question), unit(text)) is another


def candidate_of(unit: Unit, score: float) -> Candidate:
    zero = Features(0, 0, 0, 0, 0, 0, 0)
    return Candidate(unit, Document(page_content=unit.text), zero, score)


def candidate(text: str, score: float) -> Candidate:
    return candidate_of(unit(text), score)


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


def row(label: str, head: str, value: str) -> Unit:
    text = f"{label}: {head} {value}"
    return Unit("s", 0, 9, text, text, "row", cells=(RowCell("", label), RowCell(head, value)))


@pytest.mark.parametrize(
    ("question", "label", "another"),
    [
        ("QMG on drug at week 26", "MG-ADL, week 26", True),
        ("QMG on drug at week 26", "QMG, week 26", False),
        ("QMG and MG-ADL on drug", "MG-ADL, week 26", False),
        ("FVC on drug", "MG-ADL, week 26", False),
        ("Strength on drug", "MG-ADL, week 26", False),
    ],
)
def test_a_row_of_another_score_does_not_answer(question: str, label: str, another: bool) -> None:
    rows = [row("QMG, week 26", "Drug", "-4.0"), row("MG-ADL, week 26", "Drug", "-4.8")]
    measures = measures_of(candidate_of(each, 1.0) for each in rows)
    asked = analyse(question)
    assert under_other_conditions(asked, row(label, "Drug", "1"), source("s"), measures) is another


def test_a_sentence_may_tell_a_score_by_its_full_name() -> None:
    measures = frozenset({"qmg"})
    told = unit("The quantitative score fell by 4.0.")
    assert not under_other_conditions(analyse("Fall in QMG"), told, source("s"), measures)
