"""What denies an approval, a thing's being, a full recovery, an order of arms, an effect at all."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.denials import assumes, denied
from iscalimab_qa.answering.holding import Library
from iscalimab_qa.answering.presupposing import presupposed
from iscalimab_qa.evidence.naming.names import shipped_names
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import RowCell, Unit

TITLE = "Dovelin for hives: the HARBOUR trial"


def told(question: str, *texts: str, rows: tuple[Unit, ...] = ()) -> str | None:
    """Return what denies a question among sentences that follow one another."""
    units, start = list(rows), 0
    for text in texts:
        units.append(Unit("s", start, start + len(text), text, text, "sentence"))
        start += len(text) + 1
    library = Library(lambda _: SourceMetadata(title=TITLE), shipped_names())
    taken = [each.text for each in presupposed(question)] or [""]
    found = (denied(question, each, units, library) for each in taken if assumes(question, each))
    return next((unit.text for unit in found if unit), None)


def row(label: str, *cells: tuple[str, str]) -> Unit:
    told = (RowCell("", label), *(RowCell(head, text) for head, text in cells))
    text = f"{label}: " + "; ".join(f"{head} {value}" for head, value in cells)
    return Unit("s", 0, len(text), text, text, "row", cells=told)


@pytest.mark.parametrize(
    ("question", "denial"),
    [
        ("In what year did dovelin get its marketing approval?", "Dovelin is not yet approved."),
        ("When was dovelin licensed?", "It has not been authorised anywhere."),
        ("What battery does the Dovelin pump use?", "It has no battery."),
        ("What is the antidote for dovelin?", "There is no antidote."),
        ("For how many months does dovelin protect from colds?", "Dovelin does not prevent colds."),
        ("Against which strains of flu does dovelin help?", "It does not work against flu."),
        ("By how much does one tablet lower the itch?", "One tablet gave no measurable benefit."),
        ("By how much did late dosing cut relapses?", "Late dosing was no better than placebo."),
        ("Why did dovelin deplete mast cells?", "Dovelin is a non-depleting antibody."),
        (
            "How many points did dovelin add compared with sham?",
            "It rose by 4 points with dovelin and by 3 with sham, a difference that was not"
            " significant.",
        ),
        (
            "Dovelin outperformed cetrilan. By how much?",
            "Dovelin and cetrilan have never been compared.",
        ),
        (
            "The rise in falls on dovelin was significant, wasn't it? Who fell?",
            "The rise in falls was not significant.",
        ),
        (
            "The lower meadows had fully recovered. Why?",
            "The upper meadows regained 90% and the lower meadows only 20%.",
        ),
        (
            "The coating paid for itself at once. Who gained?",
            "The coating fell short of paying for itself.",
        ),
        ("HARBOUR was completed in 2030. Who won?", "HARBOUR was suspended in 2030."),
        ("How much did smoking raise the risk?", "Smoking was not associated with it."),
    ],
)
def test_what_a_question_builds_on_is_denied(question: str, denial: str) -> None:
    assert told(question, denial) == denial


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When was dovelin approved?", "Dovelin was approved in 2031; cetrilan is not approved."),
        ("When was dovelin approved?", "Dovelin was approved in Peru. It is not approved here."),
        ("What battery does the pump use?", "No pump lost its battery."),
        ("What effect does dovelin have?", "There was no effect on sleep."),
        ("For how long does dovelin protect from colds?", "Dovelin does not protect from flu."),
        ("By how much does a full course lower the itch?", "One tablet gave no benefit."),
        ("By how much did fermented feed raise weight?", "Unfermented feed was no better."),
        ("By how much did dovelin cut relapses?", "Dovelin 10 mg was no better than placebo."),
        ("How much did dovelin improve itch?", "Dovelin had no effect on sleep."),
        ("HARBOUR was completed. Who won?", "HARBOUR was stopped once, then completed."),
        (
            "How much did clover reduce leaching?",
            "Leaching was cut wherever clover stood, and lime made hardly any difference to it.",
        ),
        ("The meadows had fully recovered. Why?", "The meadows recovered fully by 2030."),
    ],
)
def test_what_holds_or_is_of_something_else_is_not_denied(question: str, text: str) -> None:
    assert told(question, text) is None


def test_a_finding_of_another_time_denies_nothing() -> None:
    late = "At month 12 the pressure no longer differed between dovelin and sham."
    assert told("By how much did dovelin lower the pressure at month 3?", late) is None


def test_an_effect_that_is_told_elsewhere_is_not_denied() -> None:
    none = "Late dosing gave no benefit."
    some = "Late dosing reduced relapses by half."
    question = "By how much did late dosing cut relapses?"
    assert told(question, none) == none
    assert told(question, none, some) is None


def test_an_order_of_arms_is_held_against_the_row() -> None:
    falls = row("Serious falls", ("Dovelin", "15.4% (6)"), ("Placebo", "16.7% (3)"))
    more = "Why did more people have serious falls on dovelin than on placebo?"
    fewer = "Why did fewer people have serious falls on dovelin than on placebo?"
    assert told(more, rows=(falls,)) == falls.text
    assert told(fewer, rows=(falls,)) is None


def test_bare_counts_are_no_order_of_arms_of_unlike_size() -> None:
    falls = row("Serious falls", ("Dovelin (n=39)", "3"), ("Placebo (n=18)", "4"))
    assert (
        told("Why were more serious falls seen on dovelin than on placebo?", rows=(falls,)) is None
    )
