"""A figure of one population does not answer for another."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.population import of_another_population


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("What dose do children get?", "The dose was 300 mg every four weeks."),
        ("Paediatric dosing of tolimab", "Adults received 10 mg/kg."),
        ("Does it work in people over sixty?", "It worked in 40% of the vaccinated."),
        ("Is it safe in pregnant women?", "Headache was the most common event."),
        ("Does it bind rabbit CD40?", "It bound human CD40 with a KD of 42 pM."),
        ("Half-life in healthy volunteers", "The half-life in patients with lupus was 9 days."),
    ],
)
def test_what_does_not_speak_of_the_population_asked_about_is_beside_it(
    question: str, unit: str
) -> None:
    assert of_another_population(question, unit, "Results")


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("What dose do children get?", "Patients aged 12 to 17 years got 150 mg."),
        ("Does it work in people over sixty?", "Efficacy was 52% at 65 years or older."),
        ("Is it safe in pregnant women?", "Animal studies found no teratogenic effect."),
        ("Survival in cynomolgus monkeys", "Grafts in macaques survived for 98 days."),
        ("What dose was given?", "The dose was 300 mg every four weeks."),
    ],
)
def test_other_words_for_the_same_population_are_known(question: str, unit: str) -> None:
    assert not of_another_population(question, unit, "Results")


def test_the_heading_or_the_title_may_name_the_population() -> None:
    assert not of_another_population("Dose in children", "It was 5 mg.", "Tolimab in adolescents")


def test_one_of_two_populations_will_do() -> None:
    question = "How did clearance differ between monkeys and mice?"
    assert not of_another_population(question, "In mice it was 4 mL a day.", "Pharmacokinetics")


def test_what_was_found_in_animals_alone_says_nothing_of_humans() -> None:
    question = "Half-life of tolimab in humans"
    assert of_another_population(question, "In monkeys the half-life was 11 days.", "")
    assert not of_another_population(question, "In volunteers the half-life was 17 days.", "")
    assert not of_another_population(question, "The half-life was 17 days.", "First in human")
