from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.answering.assertions import (
    Design,
    Effect,
    Event,
    Stop,
    class_of,
    design_of,
    effect_of,
    event_of,
    stop_of,
)


@pytest.mark.parametrize(
    ("statement", "effect"),
    [
        (
            "orelimab lower the weight in GRANITE",
            Effect("orelimab", "the weight", "down", " in GRANITE"),
        ),
        ("orelimab beat placebo in gout", Effect("orelimab", "placebo", "won", " in gout")),
        ("the yield fall in the third year", Effect("", "the yield", "down", " in the third year")),
        (
            "were infections less common with zinc",
            Effect("", "infections", "down", " with zinc"),
        ),
    ],
)
def test_an_effect_is_read_with_its_direction(statement: str, effect: Effect) -> None:
    assert effect_of(statement) == effect


@pytest.mark.parametrize(
    "statement",
    ["orelimab not lower the weight", "the weight rise again after dosing", "orelimab an antibody"],
)
def test_a_denial_or_a_rebound_is_no_effect(statement: str) -> None:
    assert effect_of(statement) is None


@pytest.mark.parametrize(
    ("question", "statement", "event"),
    [
        ("What caused the deaths on orelimab?", "", Event("the deaths", to="orelimab ")),
        ("Why did orelimab cause falls?", "orelimab cause falls", Event("falls", by="orelimab")),
        (
            "Why did a patient on orelimab die?",
            "a patient on orelimab die",
            Event("die", to="a patient on orelimab"),
        ),
        ("Which rashes did zinc cause?", "", Event("rashes ", by="zinc")),
    ],
)
def test_an_event_is_read_with_its_cause_or_those_it_befell(
    question: str, statement: str, event: Event
) -> None:
    assert event_of(question, statement) == event


def test_a_stop_is_read_with_its_reason() -> None:
    assert stop_of("GRANITE end for futility") == Stop("GRANITE", "futility")
    assert stop_of("was GRANITE stopped") == Stop("GRANITE", "")
    assert stop_of("was GRANITE not stopped") is None


def test_designs_and_classes_are_read_of_what_is_named() -> None:
    assert design_of("Why was GRANITE an open-label study?") == Design("GRANITE", "open-label")
    assert design_of("Was it an open-label study?") is None
    assert class_of("How does orelimab, a small molecule, act?") == Design(
        "orelimab", "small molecule"
    )


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    effect_of(text), stop_of(text), design_of(text), class_of(text), event_of(text, text)
