from __future__ import annotations

import pytest
from cited import cite, row

from iscalimab_qa.evidence.notices.denominators import wrong_denominator

ROW = row(
    ["Outcome", "Orelimab (n = 9)", "Placebo (n = 7)"],
    ["Clear skin", "3 of 5 (60%)", "0 of 7"],
)
HEADS = row(["Outcome", "Orelimab (n = 39)"], ["Flares", "6 (15.4%)"])
PROSE = cite("In GRAND-2, 7 of 15 patients (47%) responded to orelimab.")


@pytest.mark.parametrize(
    ("question", "cited", "told"),
    [
        (
            "Did 60% of all 33 patients have clear skin?",
            ROW,
            "60% of 33 for granted; the cited words give 3 of 5 (60%)",
        ),
        (
            "Did three of 33 patients have clear skin?",
            ROW,
            "three of 33 for granted; the cited words give 3 of 5 (60%)",
        ),
        (
            "Is it true that 47 % of the 44 adults responded?",
            PROSE,
            "47% of 44 for granted; the cited words give 7 of 15 (47%)",
        ),
        # 7 of 15 is 46.7 %
        (
            "Did 46.7% of 1,204 adults respond?",
            PROSE,
            "46.7% of 1,204 for granted; the cited words give 7 of 15",
        ),
        # 6 of 39 is 15.4 %
        (
            "Did 15.4% of all 57 patients have a flare?",
            HEADS,
            "15.4% of 57 for granted; the cited words give 15.4% of 39",
        ),
        (
            "Did 29% of 214 respond?",
            cite("29% in 62 patients responded."),
            "29% of 214 for granted; the cited words give 29% of 62",
        ),
    ],
)
def test_a_figure_given_of_other_people_is_a_premise(
    question: str, cited: object, told: str
) -> None:
    draft = wrong_denominator(question, [cited])  # type: ignore[list-item]
    assert draft is not None
    assert draft.kind == "premise"
    assert told in draft.text or draft.text.startswith(f"The question takes {told}")
    assert draft.beside == (cited,)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Did 60% of the 5 patients have clear skin?", ROW),
        ("Did 3 of 5 patients have clear skin?", ROW),
        ("Did 47% of 15 patients respond?", PROSE),
        ("Did 52% of 44 patients respond?", PROSE),
        ("Was one of the two cohorts negative?", cite("Of 22 patients, 1 of 22 relapsed.")),
        ("How many of the 33 patients responded?", ROW),
        # 17 of 22 is 77.3 %
        ("Did 77% of the 22 complete?", cite("34 of 44 (77%) completed, 17 of 22 on orelimab.")),
        # 8.1 % is no whole number of 39: what it is of is not known
        ("Did 8.1% of 57 remit?", row(["Outcome", "Orelimab (n = 39)"], ["Remission", "8.1%"])),
    ],
)
def test_a_figure_that_fits_or_is_another_is_none(question: str, cited: object) -> None:
    assert wrong_denominator(question, [cited]) is None  # type: ignore[list-item]
