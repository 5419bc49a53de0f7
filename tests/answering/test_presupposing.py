from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.answering.presupposing import Taken, presupposed


@pytest.mark.parametrize(
    ("question", "taken"),
    [
        ("Why did GRANITE fail?", "GRANITE fail"),
        ("How does orelimab deplete B cells?", "orelimab deplete B cells"),
        (
            "How much better than placebo was orelimab in asthma?",
            "orelimab was better than placebo in asthma",
        ),
        ("How much better was orelimab than placebo?", "orelimab was better than placebo"),
        ("How many deaths did orelimab avert in LUMEN?", "orelimab avert deaths in LUMEN"),
        ("By how much did late dosing cut relapses?", "late dosing cut relapses"),
        ("For how long does orelimab protect from flu?", "orelimab protect from flu"),
        ("How many metres further did they walk in LUMEN?", "they improve metres in LUMEN"),
        ("How much did sleep improve with orelimab?", "sleep improve with orelimab"),
        ("Which deaths occurred in GRANITE?", "deaths occurred in GRANITE"),
        ("How come nobody on placebo fell ill?", "nobody on placebo fell ill"),
        (
            "Was orelimab dropped because of deaths?",
            "Was orelimab dropped because of deaths",
        ),
    ],
)
def test_what_a_question_builds_on_is_read_off(question: str, taken: str) -> None:
    assert presupposed(question) == (Taken(taken),)


@pytest.mark.parametrize(
    "question",
    [
        "When was orelimab launched in Japan?",
        "Why was orelimab approved for gout?",
        "Why was KD-803 withdrawn from the market?",
    ],
)
def test_a_launch_or_withdrawal_takes_an_approval_for_granted(question: str) -> None:
    name = "KD-803" if "KD-803" in question else "orelimab"
    assert Taken(f"{name} is approved", aside=True) in presupposed(question)


def test_what_made_it_do_so_builds_on_its_doing_so() -> None:
    assert presupposed("What caused orelimab to lower the weight?") == (
        Taken("orelimab lower the weight"),
    )


def test_what_is_mentioned_beside_the_question_is_an_aside() -> None:
    heard = presupposed("I read that orelimab cures gout. What is the dose?")
    assert heard == (Taken("orelimab cures gout", aside=True),)
    since = presupposed(
        "Now that orelimab is licensed in Europe, what does it cost?", ("orelimab",)
    )
    assert Taken("orelimab is licensed in Europe", aside=True) in since
    assert Taken("orelimab is approved", aside=True) in since


@pytest.mark.parametrize(
    "question",
    [
        "Did GRANITE fail?",
        "Is orelimab approved?",
        "How did orelimab do in GRANITE?",
        "How does orelimab compare with placebo?",
        "What is orelimab?",
        "Was GRANITE stopped for safety or for futility?",
    ],
)
def test_an_open_question_takes_nothing_for_granted(question: str) -> None:
    assert presupposed(question, ("orelimab",)) == ()


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(each.text for each in presupposed(text, ("orelimab",)))
