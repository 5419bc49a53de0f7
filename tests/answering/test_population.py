"""A figure of one population does not answer for another."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.population import models_in_full, of_another_population


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


@pytest.mark.parametrize(
    ("unit", "source", "animal"),
    [
        ("The sepsis model ends early.", "Table 1. The rat sepsis model. More.", "rats"),
        ("In this arthritis model it failed.", "We used a murine arthritis model.", "mice"),
        ("Our skin graft model is slow.", "Made in the rabbit skin graft model.", "rabbits"),
        ("The colitis model is slow.", "A mouse colitis model was used.", "mice"),
        ("The stroke model is slow.", "It worked in a porcine stroke model.", "pigs"),
    ],
)
def test_a_model_is_of_the_animal_that_its_source_gives_it(
    unit: str, source: str, animal: str
) -> None:
    question = f"How long is the window in {animal}?"
    assert of_another_population(question, unit, "Results")
    assert not of_another_population(question, unit, models_in_full(unit, source))


@pytest.mark.parametrize(
    ("unit", "source"),
    [
        # Models of two animals, another model, no model, and another animal.
        ("The sepsis model ends early.", "The rat sepsis model. The mouse sepsis model."),
        ("The sepsis model ends early.", "The rat pneumonia model. Sepsis was rare."),
        ("The window is four hours.", "The rat sepsis model."),
        ("The sepsis model ends early.", "Rats were kept.\nThe sepsis model is old."),
        ("The sepsis model ends early.", "The dog sepsis model."),
    ],
)
def test_a_model_of_unsure_animals_tells_of_none(unit: str, source: str) -> None:
    full = models_in_full(unit, source)
    assert of_another_population("How long is the window in rats?", unit, full)
