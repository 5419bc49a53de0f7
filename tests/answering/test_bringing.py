from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.answering.bringing import brings, lacks, must_bring, says_absent
from iscalimab_qa.answering.question import analyse


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("What dose was given?", "They got 5 mg/kg.", "All 20 kept stable doses."),
        ("What percentage responded?", "45 % responded.", "9 of 20 responded."),
        ("How many died?", "Nobody died, none left.", "Deaths were rare."),
        (
            "How many took part?",
            "57 people took part.",
            "Adults (18-75 years) took part at week 4.",
        ),
        ("How old were they?", "The mean age was 33 years.", "There were 33 of them."),
        ("What was the p value?", "It fell (p=0.12).", "It fell by 12 points."),
        ("When was it stopped?", "It ended in May 2021.", "It ended early."),
        ("Why was it stopped?", "It ended because of harm.", "It ended early."),
        ("What does BVAS stand for?", "BVAS: Birmingham score.", "BVAS is the sum of its items."),
        ("What is tolimab?", "Tolimab is an antibody.", "Tolimab was given daily."),
    ],
)
def test_a_statement_brings_what_is_asked_for_or_not(
    question: str, told: str, not_told: str
) -> None:
    assert brings(analyse(question), told)
    assert not brings(analyse(question), not_told)


def test_a_question_for_no_particular_form_is_brought_nothing() -> None:
    assert not brings(analyse("How does tolimab work?"), "It is an antibody, given at 5 mg.")


def test_a_statement_that_a_figure_is_not_given_brings_none() -> None:
    assert not brings(analyse("How many died in GRAND-2?"), "Deaths in GRAND-2 are not stated.")
    assert not brings(analyse("What dose?"), "No dose above 5 mg was reported.")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What percentage responded?", "7 of 15 patients responded."),
        ("What percentage responded?", "Seven patients (of fifteen) responded."),
        ("What percentage responded?", "Seven out of 15 responded."),
        ("What percentage responded?", "7/15 responded."),
        ("What percentage responded?", "All 15 patients responded."),
        ("What percentage responded?", "Responders: Tolimab, n (%) 7 (46.7)."),
        ("What percentage of the placebo group responded?", "There was no control arm."),
        ("What was the response rate?", "7 of 15 responded."),
        ("How many milligrams were given?", "They got 600 milligrams."),
        ("How many mg were given?", "They got 600 mg."),
        ("What was the p-value?", "P = .03"),
        ("What was the p-value?", "The p-value was 0.03."),
        ("How many died?", "No deaths occurred."),
        ("How many died?", "All patients survived."),
        ("How many died?", "Thirteen died."),
        ("How often was it given?", "It was given weekly."),
        ("How does it work?", "It blocks a receptor."),
    ],
)
def test_a_figure_may_be_told_in_other_forms(question: str, told: str) -> None:
    assert must_bring(analyse(question), told)


@pytest.mark.parametrize(
    ("question", "not_told"),
    [
        ("What percentage responded?", "A score of the disease fell."),
        ("What percentage responded?", "Most of the patients responded."),
        ("What percentage responded?", "The response was seen at week 24."),
        ("How many milligrams were given?", "It was given every 4 weeks."),
        ("What was the p value?", "It fell by 12 points."),
        ("How many died?", "Deaths were rare."),
    ],
)
def test_a_named_kind_of_figure_is_not_told_without_it(question: str, not_told: str) -> None:
    assert not must_bring(analyse(question), not_told)


def test_a_form_is_lacking_only_where_one_is_asked_for() -> None:
    assert lacks(analyse("How many died?"), "Deaths were rare.")
    assert not lacks(analyse("How many died?"), "3 died.")
    assert not lacks(analyse("How does it work?"), "It blocks a receptor.")


@pytest.mark.parametrize(
    "text",
    [
        "Deaths are not stated.",
        "The price was not found.",
        "No dose above 5 mg was reported.",
        "No reason for the stop was given.",
        "The mechanism is not known.",
        "Deaths were few (data not shown).",
    ],
)
def test_a_statement_that_the_thing_asked_for_is_missing_is_none(text: str) -> None:
    assert says_absent(analyse("How many died?"), text)


@pytest.mark.parametrize(
    "text",
    [
        "No serious infections were reported in 20 people.",
        "No difference between the arms was found.",
        "Antibodies against the drug were not found in any patient.",
        "Tolimab was not shown to be better than placebo.",
        "Protection was not shown, and a second trial will follow.",
        "Patients who were not known to have tuberculosis took part.",
        "4 of 20 died (causes not given).",
    ],
)
def test_a_statement_that_there_was_none_is_a_finding(text: str) -> None:
    assert not says_absent(analyse("How many died?"), text)


@pytest.mark.parametrize("question", ["Were deaths reported?", "Which results are missing?"])
def test_whether_something_is_stated_is_answered_by_its_lack(question: str) -> None:
    assert not says_absent(analyse(question), "Deaths are not stated.")


@given(st.text(max_size=80))
def test_what_lacks_a_form_never_brings_it(text: str) -> None:
    asked = analyse("How many died?")
    assert lacks(asked, text) != brings(asked, text)


def test_a_lack_that_is_only_conceded_leaves_the_statement_an_answer() -> None:
    told = "GRAND-2 reached its aim, though no effect size was read."
    assert not says_absent(analyse("What were the results of GRAND-2?"), told)
    assert says_absent(analyse("What was the effect size in GRAND-2?"), told)


@pytest.mark.parametrize(
    ("text", "defines"),
    [
        ("CD40 is a receptor on B cells.", True),
        ("Tolimab is an antibody.", True),
        ("The remark on receptors is a conclusion about CD40 antibodies.", False),
        ("It was found that CD40 rises.", False),
    ],
)
def test_a_definition_is_of_what_is_asked_about(text: str, defines: bool) -> None:
    assert brings(analyse("What is CD40?"), text) is defines


def test_a_lack_told_behind_a_semicolon_voids_nothing_else() -> None:
    told = "Work on TLM-1 ended in 2029 because it precipitated; its data are not shown."
    assert not says_absent(analyse("What put an end to the work on TLM-1?"), told)
    assert says_absent(analyse("How many rats survived on TLM-1?"), told)
    kept = "The trial was stopped in 2030; no reason was given."
    assert says_absent(analyse("Why was the trial stopped?"), kept)


def test_a_trial_in_mg_asks_for_no_milligrams() -> None:
    assert must_bring(analyse("How many in VANTAGE-MG felt better?"), "66 in every 100 did.")
    assert must_bring(analyse("How many MG patients left?"), "Five left.")
    assert not must_bring(analyse("How many mg were given?"), "Five were given it.")
