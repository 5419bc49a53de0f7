"""A topic that is announced as another is not mixed with the one before."""

from __future__ import annotations

import pytest

from iscalimab_qa.standalone import standalone_question

BEFORE = "How many goats were given dovelin in HARBOUR?"
ASKED = "Who paid for the kelp survey?"


def after(*asked: str, question: str) -> str:
    return standalone_question(question, [{"role": "user", "content": text} for text in asked])


@pytest.mark.parametrize(
    "opening",
    [
        "Other subject:",
        "New question -",
        "Different topic:",
        "Unrelated:",
        "By the way,",
        "Something else:",
        "Changing the subject:",
        "On another note,",
        "Next question:",
        "A completely different matter:",
    ],
)
def test_an_announced_change_of_topic_is_taken_off_and_nothing_carried(opening: str) -> None:
    question = f"{opening} {ASKED[0].lower()}{ASKED[1:]}"
    assert after(BEFORE, question=question) == ASKED


def test_a_pronoun_behind_an_announcement_still_points_back() -> None:
    text = after("Who makes dovelin?", question="By the way, how is it stored?")
    assert text == "How is dovelin stored?"


def test_a_question_after_the_change_leans_on_the_new_topic() -> None:
    text = after(BEFORE, f"New topic: {ASKED}", question="And for the wrasse survey?")
    assert "wrasse survey" in text
    assert "goats" not in text


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "How sensitive was the strip for light infections?",
            "Heavy ones?",
            "How sensitive was the strip for heavy infections?",
        ),
        (
            "What was the infection rate in orthopaedics at Marrowby?",
            "What about the stroke ward?",
            "What was the infection rate in the stroke ward at Marrowby?",
        ),
        (
            "Did deaths differ in HARBOUR?",
            "Quality of life?",
            "Did quality of life differ in HARBOUR?",
        ),
        (
            "How many women were in HARBOUR on placebo?",
            "and on 150 mg?",
            "How many women were in HARBOUR on 150 mg?",
        ),
        (
            "Which side effects of dovelin are very common?",
            "And the rare ones?",
            "Which side effects of dovelin are rare?",
        ),
        (
            "What was survival at 72 h with dovelin 5 mg?",
            "At day 7?",
            "What was survival at day 7 with dovelin 5 mg?",
        ),
        (
            "What was the rot index with lime?",
            "and untreated?",
            "What was the rot index in the untreated group?",
        ),
        (
            "How often did eyes on dovelin develop wet rot?",
            "What about inflammation?",
            "How often did eyes on dovelin develop inflammation?",
        ),
        (
            "How far did the gradient fall with dovelin 40 mg?",
            "and after the drug was stopped?",
            "How far did the gradient fall with dovelin 40 mg after the drug was stopped?",
        ),
        (
            "What was the efficacy of the vaccine in months 0 to 6?",
            "What about people over 60?",
            "What was the efficacy of the vaccine in months 0 to 6 in people over 60?",
        ),
        ("How many goats had cough after Capri-V?", "How many died?", "How many goats died"),
        (
            "What was done in the first cycle?",
            "Why did that not work?",
            "Why did that not work (what was done in the first cycle)?",
        ),
        (
            "Which arm of HARBOUR was closed?",
            "Who advised that?",
            "Who advised that (which arm of HARBOUR was closed)?",
        ),
        ("Did the bath help the rowers?", "Says who?", "Did the bath help the rowers?"),
        (
            "How long must meat be withheld?",
            "And milk?",
            "How long must milk be withheld?",
        ),
    ],
)
def test_what_is_asked_of_another_thing_drops_the_contrasted_one(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question=question).startswith(expected)


def test_a_bare_dose_leans_on_the_last_question_that_named_one() -> None:
    text = after(
        "What was survival with dovelin 5 mg?", "And with placebo?", question="And for 20 mg?"
    )
    assert text == "What was survival with dovelin 20 mg?"
