from __future__ import annotations

import pytest

from iscalimab_qa.evidence.checks.rounding import unrounded


def test_a_rounded_figure_is_read_as_the_only_cited_one_that_it_rounds() -> None:
    read = unrounded("It rose by 63% and by 1.17 points.", "63.1%, 36.3% and 1.173 points")
    assert read.claim == "It rose by 63.1% and by 1.173 points."
    assert read.said == {"63.1%": "63%", "1.173 points": "1.17 points"}


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("It rose by 63%.", "63.1% here and 62.9% there"),  # either may be meant
        ("It rose by 64%.", "63.1%"),  # 63.1 is 63
        ("It rose by 5%.", "5.2%"),  # one digit says too little
        ("It rose by 63.1%.", "63%"),  # more exact than what is cited
        ("It was seen in 12 patients.", "12.3 patients"),  # counts are not rounded
        ("p = 0.04", "p = 0.041"),  # nor are p values
        ("It rose at week 24.", "24.3 weeks"),
    ],
)
def test_anything_else_stays_as_it_is(claim: str, words: str) -> None:
    assert unrounded(claim, words) == (claim, {})
