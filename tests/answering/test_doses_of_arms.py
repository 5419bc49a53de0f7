"""Which doses a trial tested is told by its arms, and not by what patients were switched to."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.sought import grader_for, sought_in
from iscalimab_qa.units import Unit


def grade(question: str, text: str) -> float:
    sought = sought_in(analyse(question))
    assert sought is not None
    told = Unit("s", 0, len(text), text, text, "sentence")
    return grader_for(sought, [told], {"s": "s"}).grade(told).grade


@pytest.mark.parametrize(
    "question",
    ["Which doses of tolimab were tested in STONE-1?", "What doses were given in STONE-1?"],
)
def test_the_arms_doses_come_before_a_later_switch(question: str) -> None:
    arms = "STONE-1 had arms on 50 mg, 100 mg or 200 mg of tolimab."
    listed = "Patients took 50, 100 or 200 mg of tolimab."
    switch = "Former placebo patients took 100 mg or 200 mg of tolimab."
    assert grade(question, arms) == grade(question, listed) > grade(question, switch)


def test_two_doses_that_patients_were_randomised_to_are_the_doses_tested() -> None:
    text = "They were randomised to tolimab 50 mg or 100 mg."
    assert grade("Which doses were compared?", text) > 0
