"""A sentence that only announces is passed over for what it announces."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document

from iscalimab_qa.answering.announcing import (
    announces,
    answering_first,
    is_bare,
    with_replies,
)
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.units import Unit

FEATURES = Features(0.5, 0.5, 0.5, 0, 0, 0, 1)

ANNOUNCEMENTS = (
    "In gout, a phase 2 trial investigated the safety of pelvanimab.",
    "We examined whether pelvanimab would let patients stop colchicine.",
    "Our study has limitations.",
    "Several caveats are in order.",
    "The efficacy of pelvanimab in gout was evaluated in the STONE-1 trial.",
    "We hypothesised that mulching would reduce slugs, because it dries the topsoil.",
    "These notes provide an overview of the current research on pelvanimab.",
    "The baseline characteristics are shown in Table 1.",
)

STATEMENTS = (
    "Of 60 patients in the trial that evaluated pelvanimab, 12 had nausea.",
    "The study found fewer flares with pelvanimab than with placebo.",
    "Slugs were evaluated in each plot, and their number fell by 40%.",
    "Two serious events were reported in the study.",
    "Treatment was stopped because the trial examined too few patients.",
    "Pelvanimab is an antibody against uric acid crystals.",
)


def candidate(text: str, score: float, start: int = 0, source: str = "s") -> Candidate:
    unit = Unit(source, start, start + len(text), text, text, "sentence")
    return Candidate(unit, Document(text), FEATURES, score)


@pytest.mark.parametrize("text", ANNOUNCEMENTS)
def test_a_sentence_that_tells_only_what_was_looked_at_announces(text: str) -> None:
    assert announces(analyse("How many patients had nausea on pelvanimab?"), text)


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_sentence_that_tells_what_was_found_does_not_announce(text: str) -> None:
    assert not announces(analyse("How many patients had nausea on pelvanimab?"), text)


@pytest.mark.parametrize(
    "question",
    [
        "What did the STONE-1 trial examine?",
        "In which disease was pelvanimab evaluated?",
        "What was the aim of the study of pelvanimab?",
        "What did the authors hypothesise about slugs?",
        "In what phase is the trial of pelvanimab in gout?",
    ],
)
def test_a_question_about_what_was_looked_at_is_answered_by_an_announcement(question: str) -> None:
    assert not announces(analyse(question), ANNOUNCEMENTS[0])


def first(question: str, *candidates: Candidate) -> str:
    return answering_first(analyse(question), candidates)[0].unit.text


def test_what_is_announced_comes_before_its_announcement() -> None:
    told = "Nausea was the commonest complaint with pelvanimab."
    assert first("What troubled people?", candidate(ANNOUNCEMENTS[0], 9), candidate(told, 8)) == (
        told
    )


def test_an_announcement_stays_first_where_nothing_else_comes_near() -> None:
    assert (
        first("What troubled people?", candidate(ANNOUNCEMENTS[0], 9), candidate("Slugs eat.", 2))
        == ANNOUNCEMENTS[0]
    )


def test_a_figure_that_is_asked_for_comes_before_a_statement_without_one() -> None:
    told = "Allergy was recorded for 6 of 2,137 recipients (0.3%)."
    assert told == first(
        "How often did allergy follow pelvanimab?",
        candidate("Pelvanimab went along with fewer flares.", 9),
        candidate(told, 7.5),
    )


def test_a_percentage_that_is_asked_for_comes_before_a_count_of_weeks() -> None:
    told = "Cured by then were 45.3% of those on pelvanimab."
    assert told == first(
        "What percentage was cured by week 40?",
        candidate("Pelvanimab cured more patients by week 40.", 9),
        candidate(told, 7.5),
    )


def test_the_sentences_behind_a_bare_announcement_take_its_place() -> None:
    announced = candidate("Our study has limitations.", 9, 100)
    behind = candidate("It was short, and uric acid is a surrogate.", 3, 130)
    elsewhere = candidate("Pelvanimab was infused.", 8, 900)
    ordered = answering_first(
        analyse("What weaknesses do the authors admit?"), [announced, elsewhere, behind]
    )
    assert [each.unit.start for each in ordered] == [130, 900, 100]


@pytest.mark.parametrize(
    "told",
    [
        "Dosing ended in view of a rash.",
        "The decision follows a review that saw rashes.",
        "It was abandoned on account of rashes.",
        "Rashes prompted the sponsor to end it.",
        "They gave it up because of rashes.",
    ],
)
def test_a_cause_that_is_asked_for_comes_before_the_news(told: str) -> None:
    news = candidate("Acme ended the trial of pelvanimab in May.", 9)
    assert first("Why did Acme end the trial of pelvanimab?", news, candidate(told, 8)) == told
    assert first("Why did Acme end the trial of pelvanimab?", news, candidate(told, 6)) != told


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("What explains the difference from the older trial?", "They were treated late."),
        ("How were the slugs counted?", "Boards were turned over at dawn."),
        ("Is pelvanimab sold anywhere?", "It is not."),
        ("Why were women left out?", "The mould harms the unborn."),
        ("Does it hurt?", "Most say that it stings."),
    ],
)
def test_the_reply_to_a_sources_own_question_is_worth_what_the_question_is(
    question: str, reply: str
) -> None:
    asked = candidate(question, 9, 100)
    answer = candidate(reply, 2, 101 + len(question))
    other = candidate("Pelvanimab is sold to clinics.", 5, 900)
    assert [each.unit.text for each in with_replies([asked, other, answer])] == [
        question,
        reply,
        other.unit.text,
    ]


@pytest.mark.parametrize(
    "head", ["Driving.", "Other medicines.", "Flares at the start.", "Children and adolescents."]
)
def test_a_few_words_without_a_verb_head_what_stands_behind_them(head: str) -> None:
    assert is_bare(head)


@pytest.mark.parametrize(
    "text",
    ["Nobody died.", "Swallow it whole.", "Twice daily.", "None.", "Nausea occurred.", "Ada Berg."],
)
def test_a_few_words_that_say_something_are_no_head(text: str) -> None:
    assert not is_bare(text)


LEAD = (
    "BASEL, 3 May 2037 - Quarrow Therapeutics announced today that it will discontinue STONE-1, "
    "its phase 3 trial of pelvanimab in gout."
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Was there a sign of efficacy when STONE-1 was reviewed?",
            "Efficacy data had not matured.",
        ),
        ("How many jobs go with STONE-1?", "The company will cut 60 jobs."),
        ("How many in STONE-1 had jaundice?", "Jaundice arose in 2 of 120."),
        ("Which charge results from STONE-1?", "A one-time charge of 14 million is expected."),
        ("Does STONE-1 affect the kidney programme?", "The kidney programme goes on unchanged."),
    ],
)
def test_a_release_that_ends_a_trial_gives_way_to_what_tells_what_is_asked(
    question: str, told: str
) -> None:
    assert first(question, candidate(LEAD, 9.0), candidate(told, 7.0, start=300)) == told


@pytest.mark.parametrize(
    "question",
    [
        "Why was STONE-1 stopped, with which efficacy?",
        "What happened to STONE-1 and its efficacy data?",
        "Who announced the efficacy data of STONE-1?",
        "What is the status of STONE-1 for efficacy?",
        "What is the efficacy in gout?",
    ],
)
def test_a_releases_lead_stays_where_its_end_is_asked_for_or_it_holds_what_is_asked(
    question: str,
) -> None:
    other = candidate("Efficacy data had not matured.", 7.0, start=300)
    assert first(question, candidate(LEAD, 9.0), other) == LEAD


def test_a_releases_lead_does_not_give_way_to_another_source_or_one_far_behind() -> None:
    question = "Was there a sign of efficacy when STONE-1 was reviewed?"
    text = "Efficacy data had not matured."
    assert first(question, candidate(LEAD, 9.0), candidate(text, 7.0, source="other")) == LEAD
    assert first(question, candidate(LEAD, 9.0), candidate(text, 5.0, start=300)) == LEAD
