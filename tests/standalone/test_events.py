"""Follow-ups about what happened: rejections that come on, swellings that go away."""

from __future__ import annotations

import pytest

from iscalimab_qa.standalone import standalone_question


def after(asked: str, question: str) -> str:
    history = [
        {"role": "user", "content": asked},
        {"role": "assistant", "content": "Four of 61 patients [1]."},
    ]
    return standalone_question(question, history)


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        (
            "How many liver recipients had acute rejection on orelimab in GRAND-2?",
            "When did they happen and how bad were they?",
            "When did cases of acute rejection happen and how bad were they in liver recipients on"
            " orelimab in GRAND-2?",
        ),
        (
            "How many children on tolimab had ankle swelling?",
            "Did it go away by itself?",
            "Did ankle swelling go away by itself in children on tolimab?",
        ),
        (
            "How many flares were there on tolimab in LUMEN-1?",
            "How severe were they?",
            "How severe were flares on tolimab in LUMEN-1?",
        ),
        (
            "Were there any serious infections with tolimab in LUMEN-1?",
            "Was the antibody to blame for them?",
            "Was tolimab to blame for serious infections in LUMEN-1?",
        ),
        (
            "Did anything serious happen in LUMEN-1?",
            "Was it the drug that caused it?",
            "Was it the drug that caused serious events in LUMEN-1?",
        ),
        (
            "Why do people get more migraine attacks when they start tolimab?",
            "Is there something that can be given against that?",
            "Is there something that can be given against migraine attacks when people start"
            " tolimab?",
        ),
        (
            "Why do patients get a sore arm after RVX-12?",
            "Can anything be done against that?",
            "Can anything be done against sore arm after RVX-12?",
        ),
        (
            "Which side effects did women on tolimab report?",
            "Do they go away on their own?",
            "Do side effects go away on their own in women on tolimab?",
        ),
        (
            "How many rashes occurred on tolimab?",
            "Could they have been prevented?",
            "Could rashes have been prevented on tolimab?",
        ),
    ],
)
def test_they_and_that_stand_for_what_happened(asked: str, question: str, expected: str) -> None:
    assert after(asked, question) == expected


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        (
            "How many patients were enrolled in LUMEN-1?",
            "How long did it last?",
            "How long did LUMEN-1 last?",
        ),
        ("How many responded to tolimab?", "Was it safe?", "Was tolimab safe?"),
        ("Who ran LUMEN-1?", "When did it begin?", "When did LUMEN-1 begin?"),
    ],
)
def test_where_nothing_happened_it_is_the_drug_or_the_trial(
    asked: str, question: str, expected: str
) -> None:
    assert after(asked, question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "And in the people who got the fake drug?",
        "what about those given the dummy infusion",
        "And those on the dummy treatment?",
        "and for patients on sugar pills?",
        "And in the group that received the mock injections?",
    ],
)
def test_placebo_is_named_where_plain_words_mean_it(question: str) -> None:
    text = after("How many patients improved on tolimab in LUMEN-1?", question)
    assert text.startswith("How many patients ")
    assert "placebo" in text
    assert text.endswith("in LUMEN-1?")
    assert "tolimab" not in text


def test_a_pretended_operation_is_a_sham() -> None:
    text = after(
        "How far did pressure fall with RenaCut at month 3?", "and after a fake operation?"
    )
    assert "sham" in text
    assert "placebo" not in text


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        ("How is CRP measured?", "And what does a high one point to?", "high CRP point to?"),
        ("What is a normal ferritin?", "What does a low one mean?", "low ferritin mean?"),
    ],
)
def test_a_high_one_is_one_of_what_was_measured(asked: str, question: str, expected: str) -> None:
    assert after(asked, question) == f"What does a {expected}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("And what did it look like after a full year?", "after a full year"),
        ("how was it a year later?", "a year later"),
        ("What was it like at week 52?", "at week 52"),
    ],
)
def test_how_it_looked_later_asks_the_same_of_another_time(question: str, expected: str) -> None:
    text = after("What share of patients on tolimab were in remission at week 12?", question)
    assert text == f"What share of patients on tolimab were in remission {expected}?"


def test_the_results_are_those_of_the_trial_that_was_asked_about() -> None:
    text = after("Is there a trial of tolimab in diabetic neuropathy?", "Are its results out yet?")
    assert text == "Are the results out yet of the trial of tolimab in diabetic neuropathy?"


def test_where_something_was_measured_is_not_what_the_next_question_is_about() -> None:
    asked = "How fast did protein in the urine fall with tolimab in LUMEN-LN?"
    text = after(asked, "And how many had a flare of the nephritis?")
    assert text == "How many had a flare of the nephritis with tolimab in LUMEN-LN?"


def test_dangerous_is_no_noun() -> None:
    text = after("What dangerous reactions were seen in LUMEN-1?", "How many of them were on 5 mg?")
    assert text == "How many of the dangerous reactions were on 5 mg in LUMEN-1?"


def test_a_verb_behind_a_phrase_is_found() -> None:
    text = after("Does intravenous iron after surgery lower mortality?", "Is it safe?")
    assert "mortality" not in text


@pytest.mark.parametrize(
    ("asked", "question", "dose"),
    [
        ("How many flared on 600 mg of tolimab?", "And at half that dose?", "300 mg"),
        ("How many flared on 2.5 mg/kg of tolimab?", "And with the double dose?", "5 mg/kg"),
        ("How many flared on 1,200 mg of tolimab?", "And on twice that?", "2400 mg"),
    ],
)
def test_a_multiple_of_the_dose_asked_about_is_reckoned(
    asked: str, question: str, dose: str
) -> None:
    assert after(asked, question) == f"How many flared on {dose} of tolimab?"


def test_of_two_doses_neither_is_halved() -> None:
    text = after("How many flared on 10 mg and on 20 mg?", "And at half that dose?")
    assert "5 mg" not in text
