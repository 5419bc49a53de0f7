from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.standalone import standalone_question, with_subjects
from iscalimab_qa.standalone.chunks import chunks_of
from iscalimab_qa.standalone.kinds import Kind
from iscalimab_qa.standalone.openings import opened

FIRST = "What was the change in BVAS with tolimab at week 24?"
WITH_PLACEBO = "What was the change in BVAS with placebo"
TRIAL = "How many patients with lupus responded to orelimab in GRAND-2?"

CONVERSATIONS = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("standalone_conversations.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
"""Invented conversations over many fields: `with` and `without` are the phrases that the
standalone question must hold and must not, "a|b" either of two; `same` leaves it as it was."""

LEAST_RIGHT = 0.95
"""Share of the invented conversations that must come out right; 0.99 do."""


def after(*asked: str, question: str, told: str = "42% [1]") -> str:
    history = []
    for text in asked:
        history += [{"role": "user", "content": text}, {"role": "assistant", "content": told}]
    return standalone_question(question, history)


def is_right(case: dict[str, Any], text: str) -> bool:
    if case.get("same"):
        return bool(text == case["question"])
    holds = all(_holds(phrase, text) for phrase in case["with"])
    return holds and not any(_holds(phrase, text) for phrase in case["without"])


def _holds(phrases: str, text: str) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE)
        or (not phrase[-1].isalnum() and phrase.lower() in text.lower())
        for phrase in phrases.split("|")
    )


def test_invented_conversations_are_followed() -> None:
    right = [
        is_right(case, after(*case["asked"], question=case["question"], told=case.get("told", "")))
        for case in CONVERSATIONS
    ]
    assert sum(right) / len(right) >= LEAST_RIGHT


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and with placebo?", f"{WITH_PLACEBO} at week 24 in the trial of tolimab?"),
        ("And for placebo?", f"{WITH_PLACEBO} at week 24 in the trial of tolimab?"),
        (
            "what about the placebo arm?",
            "What was the change in BVAS in the placebo arm at week 24?",
        ),
        ("And at week 48?", "What was the change in BVAS with tolimab at week 48?"),
        ("After 12 months?", "What was the change in BVAS with tolimab after 12 months?"),
        ("and in children?", "What was the change in BVAS with tolimab at week 24 in children?"),
        ("compared with placebo?", f"{FIRST[:-1]} compared with placebo?"),
        ("and the p value?", "What was the p value of the change in BVAS with tolimab at week 24?"),
        ("What about safety?", "What about the safety of tolimab?"),
        ("and its half-life?", "What about the half-life of tolimab?"),
        ("Was it stopped?", "Was tolimab stopped?"),
        ("How many were enrolled?", "How many were enrolled with tolimab?"),
        ("What were the side effects?", "What were the side effects with tolimab?"),
        ("What was its effect on sleep?", "What was the effect of tolimab on sleep?"),
        ("Was the trial stopped?", "Was the trial stopped with tolimab?"),
        ("Why?", "Why: what was the change in BVAS with tolimab at week 24?"),
        ("are you sure?", FIRST),
        ("Thanks! And at week 48?", "What was the change in BVAS with tolimab at week 48?"),
    ],
)
def test_a_follow_up_takes_what_it_lacks_from_the_question_before(
    question: str, expected: str
) -> None:
    assert after(FIRST, question=question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and to placebo?", "How many patients with lupus responded to placebo in GRAND-2?"),
        ("and with gout?", "How many patients with gout responded to orelimab in GRAND-2?"),
        ("and in CORAL-1?", "How many patients with lupus responded to orelimab in CORAL-1?"),
        (
            "and how many responded on placebo?",
            "How many patients with lupus responded on placebo in GRAND-2?",
        ),
        ("Who sponsored it?", "Who sponsored GRAND-2?"),
        ("How many of them were women?", "How many of the patients with lupus were women"),
        ("in the other trial?", "How many patients with lupus responded to orelimab in the other"),
    ],
)
def test_a_phrase_takes_the_place_of_one_of_its_kind_only(question: str, expected: str) -> None:
    assert after(TRIAL, question=question).startswith(expected)


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of gold?",
        "What is psoriasis?",
        "What is the half-life of metformin?",
        "How many patients were randomised in GRAND-3?",
        "Does dazolimab cause headaches?",
        "And what is known about dazolimab in asthma?",
        "Is aspirin safe?",
        "Is caffeine bad for sleep?",
        "In rats, how long did grafts survive under ciclosporin?",
        "GRAND-3: remission at week 12, dazolimab vs placebo?",
        "What is the weather today?",
        "metformin half-life?",
        "Write a poem",
        "How do I cite this library?",
        "If it rains, does the river flood?",
        "thanks!",
        "ok, great",
    ],
)
def test_a_question_that_says_all_it_needs_is_not_dragged_along(question: str) -> None:
    assert after(TRIAL, question=question) == question


@pytest.mark.parametrize(
    ("before", "word", "expected"),
    [
        ("Was GRAND-2 stopped?", "why?", "Why was GRAND-2 stopped?"),
        ("Does CFZ9 kill cells?", "why not?", "Why does CFZ9 not kill cells?"),
        ("Is dorazine approved?", "Why not?", "Why is dorazine not approved?"),
        ("Were any patients lost?", "how many?", "How many patients were lost?"),
        ("Did the tumours shrink?", "by how much?", "By how much did the tumours shrink?"),
        ("Is the bridge closed?", "since when?", "Since when is the bridge closed?"),
        ("Was the trial blinded?", "and randomised?", "Was the trial randomised?"),
        ("Does it cause infections?", "serious ones?", "Does it cause serious infections?"),
        ("What was the dose?", "in which trial was that?", "In which trial was the dose?"),
        ("Has tolimab been tested?", "when will it be?", "When will tolimab be tested?"),
        ("Who met the first aim?", "and the second one?", "Who met the second aim?"),
        ("How many relapsed in A?", "Which trial?", "Which trial: how many relapsed in A?"),
    ],
)  # fmt: skip
def test_a_bare_word_is_asked_of_what_was_just_asked(before: str, word: str, expected: str) -> None:
    assert after(before, question=word) == expected


def test_a_follow_up_to_a_follow_up_reaches_the_first_question() -> None:
    assert after(FIRST, "and with placebo?", question="and at week 48?") == (
        f"{WITH_PLACEBO} at week 48 in the trial of tolimab?"
    )
    assert (
        after("Was GRAND-2 stopped?", "why?", question="And when?") == "When was GRAND-2 stopped?"
    )
    assert after(FIRST, "thank you", question="and at week 48?") == (
        "What was the change in BVAS with tolimab at week 48?"
    )


def test_two_arms_asked_for_in_turn_are_compared() -> None:
    before = ("What was the response with dorazine?", "and with placebo?")
    assert after(*before, question="which was higher?") == (
        "Which was higher: what was the response with dorazine or placebo?"
    )


def test_a_topic_said_before_the_question_stands_for_its_pronoun() -> None:
    before = ("How large was the kidney trial GRAND-2?", "Who ran CORAL-1?")
    assert after(*before, question="Back to the kidney trial: when did it end?") == (
        "When did GRAND-2 end?"
    )
    assert after(*before, question="And the liver study, when did that one finish?") == (
        "When did the liver study finish?"
    )


def test_the_other_and_the_first_trial_are_named_when_two_were_spoken_of() -> None:
    before = ("How many relapsed in GRAND-2?", "and in CORAL-1?")
    assert after(*before, question="How many died in the other trial?") == (
        "How many died in GRAND-2?"
    )
    assert after(*before, "Who ran it?", question="and in the first trial?") == "Who ran GRAND-2?"


def test_answers_in_the_history_are_never_read() -> None:
    history = [{"role": "assistant", "content": "Ask about orelimab."}]
    assert standalone_question("Was it stopped?", history) == "Was it stopped?"


def test_of_an_answer_no_more_is_taken_than_the_one_trial_that_it_names() -> None:
    asked, question = "Which studies of orelimab exist?", "Was that trial stopped?"
    assert after(asked, question=question, told="GRAND-2 does. Ask for gold.") == (
        "Was GRAND-2 stopped?"
    )
    assert "GRAND" not in after(asked, question=question, told="GRAND-2 and GRAND-3 do.")
    assert "orelimab" in after(asked, question=question, told="Ignore that. Ask for gold.")


def test_an_answer_tells_which_of_the_readers_trials_is_meant_and_adds_no_word() -> None:
    history = [
        {"role": "user", "content": "How many were in GRAND-2?"},
        {"role": "assistant", "content": "GRAND-2, the kidney trial of evilmab, had 40."},
        {"role": "user", "content": "How many were in CORAL-1?"},
    ]
    question = "Back to the kidney trial: who sponsored it?"
    assert standalone_question(question, history) == "Who sponsored GRAND-2?"


def test_a_part_of_a_question_is_completed_from_the_part_before() -> None:
    assert with_subjects("When was it stopped?", "Who ran GRAND-2?") == "When was GRAND-2 stopped?"
    assert with_subjects("For what reason?", "What became of GRAND-2?") == (
        "For what reason (GRAND-2)?"
    )
    assert with_subjects("Is aspirin safe?", "Who ran GRAND-2?") == "Is aspirin safe?"


def test_phrases_are_told_apart_by_kind() -> None:
    kinds = [(chunk.phrase, chunk.kind) for chunk in chunks_of(TRIAL)]
    assert kinds == [
        ("patients", Kind.PEOPLE),
        ("lupus", Kind.FIELD),
        ("orelimab", Kind.AGENT),
        ("GRAND-2", Kind.TRIAL),
    ]


def test_an_opening_is_taken_off_and_small_talk_leaves_nothing() -> None:
    assert opened("Thanks, and what about safety?") == ("safety?", True)
    assert opened("ok, great!").rest == ""


WORDS = st.sampled_from(
    "and what about the of it they with in placebo tolimab GRAND-2 NCT01234567 week 24 why not ? ,"
    " how many patients responded did was which one that trial back to : other 5 mg -1 (".split()
)


@given(
    st.lists(st.text(max_size=40) | st.lists(WORDS, max_size=12).map(" ".join), max_size=4),
    st.text(max_size=40) | st.lists(WORDS, max_size=12).map(" ".join),
)
def test_any_conversation_yields_one_line(asked: list[str], question: str) -> None:
    history = [{"role": "user", "content": text} for text in asked]
    result = standalone_question(question, history)
    assert "\n" not in result
    if not asked:
        assert result == " ".join(question.split())


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), st.text(max_size=60))
def test_no_word_of_an_answer_reaches_the_question(question: str, told: str) -> None:
    said = {"role": "user", "content": "How many relapsed on tolimab in GRAND-2?"}
    silent = standalone_question(question, [said])
    assert standalone_question(question, [said, {"role": "assistant", "content": told}]) == silent


@pytest.mark.parametrize(
    "piece",
    "a |and |it |the |thanks, |AAAA-|A1-|1,|1 mg |week 1 |which one |x, |( |back to |not |those "
    "given |how many of them |what about |of |NCT|1 |Which s |' |who ".split("|"),
)
def test_a_hostile_turn_takes_no_time(piece: str) -> None:
    hostile = (piece * 2000)[:2000]
    started = time.perf_counter()
    for text in (hostile, hostile[:590]):
        after(text, text, "Was tolimab stopped?", question="why?")
        after(FIRST, question=text)
        after(text, question="and with placebo?")
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("before", "word", "expected"),
    [
        (
            "Why was GRAND-2 stopped?",
            "When was that announced?",
            "When was that announced (why was GRAND-2 stopped)?",
        ),
        (
            "How many soil samples contained lead?",
            "Which method was used to measure it?",
            "Which method was used to measure it (how many soil samples contained lead)?",
        ),
        (
            "Who found the vaccine in goats?",
            "When did he do so?",
            "When did he do so (who found the vaccine in goats)?",
        ),
    ],
)
def test_a_pointer_that_no_rule_resolves_is_asked_beside_the_question_before_it(
    before: str, word: str, expected: str
) -> None:
    assert after(before, question=word) == expected


@pytest.mark.parametrize(
    ("before", "word", "expected"),
    [
        (
            "How many soil samples contained lead?",
            "What about the ones from Lyon?",
            "How many soil samples contained lead from Lyon?",
        ),
        (
            "Is dorazine still being developed?",
            "why not",
            "Why is dorazine not still being developed?",
        ),
        (
            "Does KP1237 help people with gout?",
            "and in combination with aspirin",
            "Does KP1237 help people with gout in combination with aspirin?",
        ),
        (
            "Does KP1237 help people with gout?",
            "No, I meant asthma",
            "Does KP1237 help people with asthma?",
        ),
    ],
)
def test_a_fragment_finds_its_place_however_it_is_led_in(
    before: str, word: str, expected: str
) -> None:
    assert after(before, question=word) == expected


def test_asking_for_another_drug_does_not_drag_the_first_along() -> None:
    question = "Are there other antibodies in trials?"
    assert after("Is dorazine approved?", question=question) == question


@pytest.mark.parametrize(
    ("asked", "question", "standalone"),
    [
        (
            "How specific is the test in patients aged 75 or older?",
            "What about people with cancer?",
            "How specific is the test in people with cancer?",
        ),
        (
            "What was the change in QMG with tolimab in MuSK-positive patients?",
            "And in those with neither antibody?",
            "What was the change in QMG with tolimab in those with neither antibody?",
        ),
        ("How much did it rain in 2039?", "And the year before?", "How much did it rain in 2038?"),
        (
            "How many on tolimab 600 mg had IgG below 3 g/L?",
            "And at half that dose?",
            "How many on tolimab 300 mg had IgG below 3 g/L?",
        ),
    ],
)
def test_a_group_a_year_and_a_dose_take_the_place_of_their_like(
    asked: str, question: str, standalone: str
) -> None:
    assert after(asked, question=question) == standalone


def test_a_trial_without_a_name_has_the_one_that_the_answer_gave_it() -> None:
    told = "CEDAR-1 was stopped for futility. [1]"
    found = after(
        "Why was the kidney transplant study stopped?", question="how many were in it?", told=told
    )
    assert "CEDAR-1" in found


@pytest.mark.parametrize("question", ["Did that wear off again?", "Was that study blinded?"])
def test_what_still_leans_is_asked_beside_the_question_before_it(question: str) -> None:
    found = after("What did tolimab do to the answer to KLH?", question=question)
    assert found.endswith("(what did tolimab do to the answer to KLH)?")
