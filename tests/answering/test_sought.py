"""What a broad question is after, and which of a library's statements tell it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opening import assistant_over

from iscalimab_qa import Assistant
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.sought import (
    Telling,
    demands_telling,
    grader_for,
    opens_answer,
    sought_in,
)
from iscalimab_qa.answering.sought.endpoint import primaries_in
from iscalimab_qa.units import ContextQuote, RowCell, Unit

TRIAL = """# Pelvanimab in gout: the STONE-1 trial

## Design

STONE-1 compared pelvanimab with placebo in 120 adults with gout at clinics in Norway.
Pelvanimab was injected under the skin once a month.
Neither patients nor physicians knew who was given what.
The primary endpoint was the number of gout flares by week 24.

## Results

Flares were 0.8 per patient with pelvanimab and 1.9 with placebo by week 24 (p < 0.001).
Serum urate fell by 4% with pelvanimab and by 3% with placebo.

## Safety

Nausea occurred in 12 of 60 patients on pelvanimab and in 5 of 60 on placebo.
Two patients on pelvanimab had shingles.

## Limits of this source

The efficacy of pelvanimab in women cannot be told from these results.
"""

RATS = """# Pelvanimab in rats with urate crystals

Pelvanimab was effective and safe in rats, and pelvanimab works within hours.
Skin infections occurred in three rats on pelvanimab.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(
        tmp_path_factory.mktemp("sought"), {"stone": TRIAL, "rats": RATS}
    ) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How effective is pelvanimab?", "Flares were 0.8"),
        ("Does pelvanimab work in gout?", "Flares were 0.8"),
        ("What were the results of STONE-1?", "Flares were 0.8"),
        ("Did STONE-1 meet its primary endpoint?", "Flares were 0.8"),
        ("Was the STONE-1 trial positive?", "Flares were 0.8"),
        ("How safe is pelvanimab?", "Nausea occurred"),
        ("What infections occurred with pelvanimab?", "Two patients on pelvanimab had shingles"),
        ("Which route of administration was used in STONE-1?", "Pelvanimab was injected"),
        ("Was STONE-1 blinded?", "Neither patients nor physicians knew"),
        ("In which country was STONE-1 done?", "STONE-1 compared pelvanimab"),
        ("What are the limitations of STONE-1?", "The efficacy of pelvanimab in women"),
        ("Was pelvanimab effective in rats?", "Pelvanimab was effective and safe in rats"),
    ],
)
def test_the_first_statement_tells_what_a_broad_question_is_after(
    library: Assistant, question: str, told: str
) -> None:
    answer = library.ask(question)
    assert answer.verdict == "answered"
    assert answer.claims[0].text.startswith(told)


@pytest.mark.parametrize("question", ["Who paid for STONE-1?", "How old were they in STONE-1?"])
def test_an_attribute_that_nothing_tells_is_not_answered(library: Assistant, question: str) -> None:
    assert library.ask(question).verdict != "answered"


def test_animals_answer_where_nothing_is_told_of_people(library: Assistant) -> None:
    answer = library.ask("How fast does pelvanimab work in rats?")
    assert "within hours" in answer.claims[0].text


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Was the primary outcome reached in X1?", "endpoint"),
        ("Did X1 fail?", "endpoint"),
        ("How well does tolimab work?", "effect"),
        ("What is the benefit of tolimab?", "effect"),
        ("Does tolimab lower blood pressure?", "effect"),
        ("Is tolimab well tolerated?", "safety"),
        ("Does tolimab cause infections?", "infection"),
        ("How does tolimab work?", "mechanism"),
        ("What does tolimab bind?", "mechanism"),
        ("What are the weaknesses of X1?", "limits"),
        ("How long was X1?", "attribute"),
        ("What was the sample size of X1?", "attribute"),
        ("How many had a serious adverse event?", None),
        ("What is the cost-effectiveness of tolimab?", None),
        ("What was the IC50?", None),
    ],
)
def test_questions_are_known_by_what_they_are_after(question: str, kind: str | None) -> None:
    sought = sought_in(analyse(question))
    assert (sought.kind if sought else None) == kind


def test_only_words_that_ask_may_be_lacking_in_an_answer() -> None:
    sought = sought_in(analyse("Which route of administration was used in GRAND-2?"))
    assert sought is not None
    assert {"rout", "administr"} <= sought.asking
    assert not any("grand" in token for token in sought.asking)


def test_animals_are_no_answer_on_people_unless_asked_about() -> None:
    on_people = sought_in(analyse("Is tolimab safe?"))
    on_rats = sought_in(analyse("Is tolimab safe in rats?"))
    assert on_people is not None
    assert on_people.people
    assert on_rats is not None
    assert not on_rats.people


@pytest.mark.parametrize(
    ("question", "is_of_a_drug"),
    [
        ("By which route is pelvanimab given?", True),
        ("Which routes were compared?", True),
        ("Which route of administration was used for infections?", True),
        ("What is the main route of transmission of orchid ringspot?", False),
        ("By which route does the virus spread between foals?", False),
        ("Which exposure routes to lead are known?", False),
        ("What is the route by which the fungus enters the leaf?", False),
        ("Through which route of excretion is it lost?", False),
    ],
)
def test_the_way_of_a_germ_or_out_of_the_body_is_no_route_of_administration(
    question: str, *, is_of_a_drug: bool
) -> None:
    assert demands_telling(analyse(question)) is is_of_a_drug


def test_a_route_or_a_sponsor_must_be_told_in_one_of_its_forms() -> None:
    assert demands_telling(analyse("Who sponsored X1?"))
    assert not demands_telling(analyse("How large was X1?"))


def sentence(text: str, *section: str) -> Unit:
    return Unit("s", 0, len(text), text, text, "sentence", section=section)


def row(label: str, value: str, caption: str) -> Unit:
    text = f"{label}: Tolimab {value}"
    context = (ContextQuote("caption", 0, len(caption), caption),)
    cells = (RowCell("", label), RowCell("Tolimab", value))
    return Unit("s", 0, len(text), text, text, "row", context=context, cells=cells)


def graded(question: str, *units: Unit) -> list[Telling]:
    sought = sought_in(analyse(question))
    assert sought is not None
    grader = grader_for(sought, units, {"s": "s"})
    return [grader.grade(unit) for unit in units]


def test_a_verdict_on_the_endpoint_comes_before_values_and_values_before_words() -> None:
    told = graded(
        "How effective is tolimab?",
        sentence("X1 met its primary endpoint."),
        sentence("Pain fell by 3.1 points with tolimab and by 1.2 with placebo."),
        sentence("Pain fell by 3.1 points."),
        sentence("Tolimab reduces pain."),
        sentence("Tolimab was given to 40 adults."),
    )
    grades = [each.grade for each in told]
    assert grades == sorted(grades, reverse=True)
    assert (grades[0], grades[-1]) == (1.0, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "The primary endpoint was the change in pain at week 12.",
        "The effect of tolimab on pain was measured weekly.",
        "Adults whose pain had improved on tolimab were excluded.",
        "Results of X1 were posted on 3 May 2031.",
    ],
)
def test_a_plan_is_no_result(text: str) -> None:
    assert graded("What were the results of X1?", sentence(text))[0].grade == 0.0


def test_what_a_source_does_not_tell_stands_aside_unless_limits_are_asked() -> None:
    unit = sentence("The effect of tolimab in children is not clear.", "Limits of this source")
    assert graded("How effective is tolimab?", unit)[0] == Telling(aside=True)
    assert graded("What are the limits of X1?", unit)[0].grade == 1.0


def test_the_result_of_the_defined_endpoint_comes_before_other_results() -> None:
    told = graded(
        "Did X1 reach its primary endpoint?",
        sentence("The primary endpoint was the change in grip strength at week 24."),
        sentence("Grip strength rose by 4.1 kg with tolimab and 0.3 kg with placebo (p = 0.01)."),
        sentence("Sleep improved by 4.1 hours with tolimab and 0.3 with placebo (p = 0.01)."),
    )
    assert told[1].grade > told[2].grade > told[0].grade


def test_an_endpoint_at_another_time_is_not_the_primary_one() -> None:
    defined = sentence("The primary endpoint was the change in FEV1 at week 24.")
    primary = primaries_in([("x1", defined)])["x1"]
    assert primary.is_told(row("FEV1 at week 24", "190 mL", "Results"))
    assert not primary.is_told(row("FEV1 at week 52", "170 mL", "Results"))
    assert not primary.is_told(row("Deaths at week 24", "2", "Results"))


def test_rows_of_a_safety_table_tell_of_harm_and_not_of_effect() -> None:
    unit = row("Serious adverse event", "3 (5%)", "Safety at week 24")
    assert graded("How effective is tolimab?", unit)[0].grade == 0.0
    assert graded("How safe is tolimab?", unit)[0].grade == 0.9


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("How was tolimab given?", "They got two infusions.", "They got two doses."),
        ("Was X1 blinded?", "X1 was open-label.", "X1 was long."),
        ("Who funded X1?", "It was paid for by Veltra.", "It was done by nurses."),
        ("In which countries was X1 run?", "Clinics in Chile took part.", "Six clinics took part."),
        ("How old were they?", "Their mean age was 44 years.", "They were ill for 9 years."),
        ("What was the comparator in X1?", "It was compared with sham.", "It was a pilot."),
        ("How large was X1?", "We enrolled 300 adults.", "We enrolled adults."),
        ("How was remission defined in X1?", "Remission was defined as no pain.", "It was rare."),
        ("What counted as a response?", "A response required two signs.", "Many responded."),
        ("How was success defined?", "The primary outcome was full healing: no wound.", "It won."),
        ("Who could not join X1?", "Pregnant women were left out.", "Women joined."),
        ("Who must not take tolimab?", "Do not take it if you are pregnant.", "Take it daily."),
        ("Which patients were not eligible?", "Smokers were excluded.", "Smokers coughed."),
    ],
)
def test_an_attribute_is_told_by_its_values(question: str, told: str, untold: str) -> None:
    grades = [each.grade for each in graded(question, sentence(told), sentence(untold))]
    assert grades == [1.0, 0.0]


@pytest.mark.parametrize(
    ("question", "opening", "opens"),
    [
        ("Who is not allowed to take tolimab?", "Do not take tolimab:", True),
        ("Who could not join X1?", "People were not eligible with:", True),
        ("Who is not allowed to take tolimab?", "Take tolimab with:", False),
        ("How is tolimab taken?", "Do not take tolimab:", False),
    ],
)
def test_a_line_may_open_the_list_that_is_asked_for(
    question: str, opening: str, opens: bool
) -> None:
    assert opens_answer(analyse(question), opening) is opens
