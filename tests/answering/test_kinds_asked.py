from __future__ import annotations

import pytest

from iscalimab_qa.answering.bringing import must_bring
from iscalimab_qa.answering.kinds_asked import holds_kind
from iscalimab_qa.answering.question import analyse


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        (
            "Which receptor does lonvirus use to enter cells?",
            "Lonvirus enters through CD155.",
            "Lonvirus enters cells of the airway quickly.",
        ),
        (
            "What is the receptor for lonvirus?",
            "It binds sialic acid on the cell.",
            "Cells took up HLnV-55 within an hour.",
        ),
        (
            "On what chromosome is FOX9 found?",
            "FOX9 maps to 7q31.",
            "FOX9 is shared by 12 mammals.",
        ),
        (
            "Which gene is mutated in Arvo disease?",
            "Mutations in SLC9A4 cause it.",
            "Arvo disease arises where the gene is mutated.",
        ),
        (
            "Which enzyme degrades lonimab?",
            "Amylase breaks it down.",
            "Lonimab is degraded in the liver, and the disease increases.",
        ),
        ("Which cytokine rises first?", "IL-6 rises first.", "The level rises first in blood."),
        (
            "How much does a month of lonimab cost?",
            "A month costs 300 euros.",
            "Lonimab is injected once a month.",
        ),
        (
            "For how many months may the vial be stored?",
            "It keeps for two years.",
            "Store the 12 vials at 5 °C.",
        ),
        (
            "By how many seconds were the runners faster?",
            "They finished 12 s earlier.",
            "12 runners were faster.",
        ),
        (
            "In which country was the trial run?",
            "Three Norwegian hospitals took part.",
            "The trial was run in 12 hospitals.",
        ),
        ("Who discovered lonimab?", "Arne Vik discovered it.", "It was discovered in 1990."),
        (
            "At what temperature should it be kept?",
            "Keep it in the refrigerator.",
            "It should be kept from children.",
        ),
        (
            "What is the half-life of lonimab?",
            "Half-life (h): 12.",
            "The half-life is the time in which the level falls by half.",
        ),
        (
            "What is the basic reproduction number of measles?",
            "R0 is 12 to 18.",
            "It is the mean number of cases caused by one case.",
        ),
        (
            "How long does protection last?",
            "Protection is lifelong.",
            "Protection is mediated by antibodies.",
        ),
        (
            "In what year was lonimab approved?",
            "It was approved in 2014.",
            "It was approved for gout.",
        ),
        ("How much did they weigh?", "They weighed forty pounds.", "They were weighed at 9."),
        ("How many metres did they walk?", "They walked a mile.", "They walked with a frame."),
    ],
)
def test_a_statement_holds_a_thing_of_the_kind_that_is_asked_for_or_not(
    question: str, told: str, not_told: str
) -> None:
    assert must_bring(analyse(question), told)
    assert not must_bring(analyse(question), not_told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which receptor does lonvirus use?", "None has been found."),
        ("Which receptor does lonvirus use?", "The way into cells is not yet known."),
        ("Which gene is mutated in Arvo disease?", "The beta-globin gene is altered."),
        ("On what chromosome is FOX9 found?", "FOX9 lies on chromosome nine."),
        ("How much does lonimab cost?", "It is free of charge."),
        ("How much does lonimab cost?", "Lonimab costs twice as much as tolimab."),
        ("How many seconds did they gain?", "It did not make them faster."),
        ("How many months does it keep?", "It may be used until the date on the label."),
        ("How many weeks apart are the doses?", "It is injected monthly."),
        ("In which year was it approved?", "It is not approved."),
        ("In which country was it run?", "Patients came from the UK."),
        ("Who discovered lonimab?", "We discovered it."),
        ("What is the half-life of lonimab?", "It is about a week."),
    ],
)
def test_right_answers_in_other_words_are_never_refused(question: str, told: str) -> None:
    assert must_bring(analyse(question), told)


@pytest.mark.parametrize(
    "question",
    [
        "Which receptor blocker was given?",
        "What gene therapy was tried?",
        "Who should not take lonimab?",
        "How long is the needle?",
        "Which disease was treated?",
    ],
)
def test_a_question_that_names_no_kind_is_not_judged(question: str) -> None:
    assert holds_kind(question, "Lonimab was given.") is None


def test_what_the_question_names_itself_is_not_the_thing_it_asks_for() -> None:
    question = "Which receptor does CD40L bind?"
    assert not holds_kind(question, "CD40L binds to cells.")
    assert holds_kind(question, "CD40L binds to CD40 on cells.")


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("How many months does it keep?", "It keeps for 90 days.", "It keeps for 14 days."),
        (
            "How many seconds did they gain?",
            "They gained half a minute.",
            "They sat as long as 15 minutes.",
        ),
        ("How many years does it last?", "It lasts a decade.", "It lost 0.6 points a year."),
        ("How many days a week is it worn?", "It is worn 5 days a week.", "It is worn for 5 h."),
        ("How many weeks did it take?", "Duration (weeks): 12.", "It took 12 attempts."),
    ],
)
def test_a_time_is_told_in_the_unit_that_is_asked_for_or_one_of_about_its_size(
    question: str, told: str, not_told: str
) -> None:
    assert must_bring(analyse(question), told)
    assert not must_bring(analyse(question), not_told)
