"""A plan is no result."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.planned import is_still_ahead
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.units import Unit

PLAN = "STONE-2 (n = 210) will start in 2036 and will count flares."


def unit(text: str) -> Unit:
    return Unit("s", 0, len(text), text, text, "sentence")


@pytest.mark.parametrize(
    ("question", "told", "ahead"),
    [
        ("By how much did STONE-2 lower the rate of flares?", PLAN, True),
        ("What were the results of STONE-2?", "Results of STONE-2 are expected in 2037.", True),
        ("How many relapsed in STONE-2?", "STONE-2 is still recruiting.", True),
        ("When will STONE-2 start?", PLAN, False),
        ("How many were enrolled in STONE-2?", PLAN, False),
        ("How many will STONE-2 enrol?", PLAN, False),
        ("How many relapsed in STONE-2?", "Of 210, 12 relapsed and will be followed.", False),
        ("How many relapsed?", "12 had relapsed and will be followed.", False),
        ("What is STONE-2?", PLAN, False),
    ],
)
def test_a_finding_is_not_told_by_a_plan(question: str, told: str, ahead: bool) -> None:
    assert is_still_ahead(analyse(question), unit(told)) is ahead
