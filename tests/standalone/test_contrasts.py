"""Follow-ups that swap a part, a dose, a disease, a measure or the one who is counted."""

from __future__ import annotations

import pytest

from iscalimab_qa.standalone import standalone_question


def after(*asked: str, question: str) -> str:
    history = [{"role": "user", "content": text} for text in asked]
    return standalone_question(question, history)


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "How much did UACR fall with dorizumab?",
            "and with placebo?",
            "How much did UACR fall with placebo in the trial of dorizumab?",
        ),
        (
            "What was the response at week 8 on velimab 20 mg?",
            "sham?",
            "What was the response at week 8 on sham in the trial of velimab?",
        ),
        (
            "How many relapsed on orelimab in GRAND-2?",
            "and on placebo?",
            "How many relapsed on placebo in GRAND-2?",
        ),
    ],
)
def test_a_control_keeps_the_drug_that_it_was_the_control_of(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question=question) == expected


def test_a_drug_that_takes_the_place_of_placebo_drops_whose_placebo_it_was() -> None:
    before = ("How much did UACR fall with dorizumab?", "and with placebo?")
    assert after(*before, question="and with velimab?") == "How much did UACR fall with velimab?"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "Why was GRAND I terminated?",
            "and in heart transplantation?",
            "Why was the trial in heart transplantation terminated?",
        ),
        (
            "How many were enrolled in CORAL-3?",
            "and in gout?",
            "How many were enrolled in the trial in gout?",
        ),
        (
            "What is the primary outcome of the MS trial NCT01234567?",
            "and in myositis?",
            "What is the primary outcome of the trial in myositis?",
        ),
        (
            "Did orelimab work in uveitis?",
            "and in myositis",
            "Did orelimab work in myositis?",
        ),
        (
            "How many were enrolled in CORAL-3?",
            "and in women?",
            "How many were enrolled in CORAL-3 in women?",
        ),
    ],
)
def test_another_disease_is_another_trial(before: str, question: str, expected: str) -> None:
    assert after(before, question=question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("How many were in HELIOS?", "ok and cohort 2", "How many were in cohort 2 of HELIOS?"),
        ("Did GRAND-2 meet its goal?", "part B?", "Did part B of GRAND-2 meet its goal?"),
        (
            "How many died in HELIOS cohort 1?",
            "and in cohort 3?",
            "How many died in HELIOS cohort 3?",
        ),
    ],
)
def test_a_part_of_a_trial_stands_beside_its_name(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question=question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "How many improved on velimab 300 mg at week 8?",
            "what about the lower dose",
            "How many improved on velimab at the lower dose at week 8?",
        ),
        ("How many improved on velimab 300 mg?", "on 150?", "How many improved on velimab 150 mg?"),
        ("Who improved on velimab 300 mg?", "same for 20 mg", "Who improved on velimab 20 mg?"),
        ("Does velimab work?", "and at the higher dose", "Does velimab at the higher dose work?"),
    ],
)  # fmt: skip
def test_another_dose_takes_the_place_of_the_one_named(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question=question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "How much did proteinuria fall with velimab in nephritis?",
            "what about serious adverse events?",
            "What about the serious adverse events with velimab in nephritis?",
        ),
        (
            "What was the change in albuminuria with velimab?",
            "and deaths?",
            "What about the deaths with velimab?",
        ),
        (
            "How much did ESSPAT fall on velimab?",
            "and remission?",
            "What about the remission on velimab?",
        ),
        (
            "What was the price of velimab?",
            "what about its potency",
            "What about the potency with velimab?",
        ),
        (
            "How many patients with gout had flares that lasted?",
            "and adverse events",
            "How many patients with gout had adverse events?",
        ),
        (
            "Is velimab safe in pregnancy?",
            "what about breastfeeding",
            "Is velimab safe in breastfeeding?",
        ),
    ],
)
def test_another_measure_replaces_the_measure_and_is_not_joined_to_it(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question=question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("How long do dogs live on velimab?", "humans?", "How long do humans live on velimab?"),
        ("Does velimab cure cats?", "and rabbits", "Does velimab cure rabbits?"),
        (
            "How old were the patients in GRAND-2?",
            "and in kids under 12?",
            "How old were kids under 12 in GRAND-2?",
        ),
        (
            "What was the response to velimab?",
            "and in the over 60s",
            "What was the response to velimab in people over 60?",
        ),
        (
            "How long did grafts last in goats on velimab?",
            "and in untreated ones?",
            "How long did grafts last in untreated goats?",
        ),
        (
            "What yield did Greenol give?",
            "and untreated barley?",
            "What yield did untreated barley give?",
        ),
        (
            "Does velimab work in asthma?",
            "and in heart failure with reduced ejection fraction?",
            "Does velimab work in heart failure with reduced ejection fraction?",
        ),
    ],
)  # fmt: skip
def test_other_people_and_animals_take_the_place_of_the_first(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question=question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "How many patients did HELIOS enrol?",
            "how many were planned?",
            "How many patients were planned in HELIOS?",
        ),
        (
            "How many Behçet's patients needed steroids?",
            "and how many responded",
            "How many Behçet's patients responded",
        ),
        (
            "How many centres took part in GRAND-2?",
            "and how many countries",
            "How many countries took part in GRAND-2?",
        ),
        (
            "How many children were seen in GRAND-2?",
            "did any need surgery?",
            "Did any children need surgery in GRAND-2?",
        ),
        (
            "Did any goats on velimab cough?",
            "how many on placebo",
            "How many goats did on placebo cough in the trial of velimab?",
        ),
        (
            "What doses were used in GRAND-2?",
            "which of them beat placebo?",
            "Which of the doses beat placebo in GRAND-2?",
        ),
    ],
)
def test_what_is_counted_is_taken_from_the_question_before(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question=question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("Why did Acme drop velimab?", "when was that", "When did Acme drop velimab?"),
        ("Who led the Harbour survey?", "when was that?", "When was the Harbour survey led?"),
        ("Was GRAND-2 stopped?", "reason?", "Why was GRAND-2 stopped?"),
        ("How many schools left the study?", "how come?", "How come: schools left the study?"),
        (
            "How many leaks did Sealex mend on the pier?",
            "why so few?",
            "Why did Sealex mend so few leaks on the pier?",
        ),
        ("Where was HELIOS run?", "when did it end", "When did HELIOS end"),
        ("When did the gout trial start?", "and finish?", "When did the gout trial finish?"),
        ("How many took part in GRAND-2?", "in which countries?", "In which countries (GRAND-2)?"),
        (
            "How many patients bled in GRAND-2?",
            "in which arm were they",
            "In which arm: how many patients bled in GRAND-2?",
        ),
        (
            "Which trial of velimab was stopped in 2031?",
            "how big was it?",
            "How big was the trial of velimab that was stopped in 2031?",
        ),
        ("What is QUIET-SEA?", "did they include kids?", "Did QUIET-SEA include kids?"),
        (
            "How much rust was stopped with Sealex?",
            "was the difference to Tarol significant",
            "Was the difference to Tarol significant: how much rust was stopped with Sealex?",
        ),
        (
            "How many finished GRAND-2?",
            "why did the rest drop out",
            "Why did the rest drop out (how many finished GRAND-2)?",
        ),
    ],
)
def test_a_question_about_what_was_asked_says_it_again(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question=question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and w/ velimab", "How many responded on velimab at week 8?"),
        ("and w/o tacrolimus?", "How many responded without tacrolimus at week 8?"),
        ("same for velimab please", "How many responded on velimab at week 8?"),
        ("and velimab's?", "How many responded on velimab at week 8?"),
        ("12 weeks later?", "How many responded on orelimab 12 weeks later?"),
    ],
)
def test_shorthand_and_courtesy_do_not_hide_a_fragment(question: str, expected: str) -> None:
    assert after("How many responded on orelimab at week 8?", question=question) == expected
