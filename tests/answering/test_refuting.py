from __future__ import annotations

import pytest

from iscalimab_qa.answering.holding import Library
from iscalimab_qa.answering.refuting import refuting
from iscalimab_qa.evidence.naming.names import shipped_names
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

TITLE = "Orelimab in gout: the GRANITE trial"


def units(*texts: str) -> list[Unit]:
    found, start = [], 0
    for text in texts:
        found.append(Unit("s", start, start + len(text), text, text, "sentence"))
        start += len(text) + 1
    return found


def told(question: str, statement: str, *texts: str) -> str | None:
    library = Library(
        lambda _: SourceMetadata(title=TITLE),
        shipped_names(),
    )
    unit = refuting(question, statement, units(*texts), library)
    return unit.text if unit else None


@pytest.mark.parametrize(
    ("statement", "denial"),
    [
        ("orelimab raise the weight", "The weight was not affected."),
        ("orelimab raise the weight", "The weight fell by 3 kg."),
        ("orelimab improve sleep", "Sleep did not differ between the arms."),
        ("orelimab improve sleep", "Difference in sleep: 3 min, p = 0.44."),
        ("orelimab beat placebo", "Orelimab and placebo did not differ."),
        ("GRANITE stop for futility", "GRANITE continues as planned."),
    ],
)
def test_an_effect_that_was_not_found_is_denied(statement: str, denial: str) -> None:
    assert told(f"Why did {statement}?", statement, denial) == denial


@pytest.mark.parametrize(
    ("question", "statement", "denial"),
    [
        ("What caused the deaths on orelimab?", "", "No participant died."),
        (
            "Why did orelimab cause two falls?",
            "orelimab cause two falls",
            "There were two falls; neither was considered related.",
        ),
        (
            "Why did a patient on orelimab die?",
            "a patient on orelimab die",
            "One patient in the placebo group died.",
        ),
        (
            "Why was GRANITE an open-label study?",
            "was GRANITE an open-label study",
            "GRANITE was a double-blind trial.",
        ),
        (
            "How does orelimab, a small molecule, act?",
            "",
            "Orelimab is a humanised antibody to a cytokine.",
        ),
    ],
)
def test_what_never_happened_or_is_otherwise_is_denied(
    question: str, statement: str, denial: str
) -> None:
    assert told(question, statement, denial) == denial


@pytest.mark.parametrize(
    ("question", "statement", "texts"),
    [
        ("Why did x?", "orelimab lower weight", ["Weight was lowered.", "Weight did not differ."]),
        ("Why did x?", "orelimab not raise the weight", ["The weight was not affected."]),
        ("Why did x?", "orelimab raise the weight in the old", ["The weight fell by 3 kg."]),
        ("Why did x?", "vantumab raise the weight", ["The weight was not affected."]),
        (
            "What caused the deaths on orelimab?",
            "",
            ["No deaths occurred early.", "Two patients on orelimab died late."],
        ),
        (
            "Why did a patient on placebo die?",
            "a patient on placebo die",
            ["One patient in the placebo group died."],
        ),
        ("Why was x?", "GRANITE stop", ["GRANITE was halted.", "GRANITE continues in part."]),
        ("How does x?", "orelimab prevent activation", ["It was kept from raising activation."]),
    ],
)
def test_what_a_source_bears_out_or_leaves_open_is_not_denied(
    question: str, statement: str, texts: list[str]
) -> None:
    assert told(question, statement, *texts) is None


def test_the_sentence_behind_a_stop_gives_its_reason() -> None:
    stop = "The sponsor will discontinue GRANITE."
    reason = "The decision follows a review of adverse events, in view of their number."
    assert told("Why?", "GRANITE end for futility", stop, reason) == reason
    assert told("Why?", "GRANITE end for safety", stop, reason) is None


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("clover reduce leaching", "Leaching was cut by more than half where clover stood."),
        ("orelimab lower the weight", "In the first month the weight rose by 2 kg."),
        ("orelimab raise the weight", "Weight was among the values that rose."),
    ],
)
def test_how_much_or_when_something_changed_is_no_contrary_finding(
    statement: str, text: str
) -> None:
    assert told(f"By how much did {statement}?", statement, text) is None


def test_a_weight_gain_has_not_gained_by_its_name() -> None:
    same = "Weight gain was the same in all groups."
    listed = "Weight gain, cough and fever were noted."
    statement = "orelimab increase weight gain"
    assert told(f"By how much did {statement}?", statement, listed, same) == same


def test_what_was_acted_on_may_be_named_by_its_last_word() -> None:
    assert (
        told(
            "By how much did orelimab cut nasal carriage?",
            "orelimab cut nasal carriage",
            "Nasal swabs were taken with orelimab.",
            "Carriage was not reduced to any extent that matters.",
        )
        == "Carriage was not reduced to any extent that matters."
    )


def test_a_stop_that_was_not_for_harm_is_no_stop_for_harm() -> None:
    reason = "The reason given was that readings were unreliable, not harm to patients."
    statement = "GRANITE was halted because the sensor injured patients"
    told_stop = "GRANITE was stopped after 28 people."
    assert told(statement, statement, told_stop, reason) == reason
