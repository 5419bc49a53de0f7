from __future__ import annotations

import re

from library_of import library_of

from iscalimab_qa.evidence.outcomes.side_by_side import NO_HEAD_TO_HEAD, side_by_side

GRAND = """---
id: grand
title: Orelimab in psoriasis
text_kind: original
trials: [{id: NCT09999991, aliases: [GRAND-2], indication: plaque psoriasis}]
---
# Results

| Endpoint | Orelimab (n=201) | Placebo (n=100) |
|---|---|---|
| PASI 75 response at week 16 | 62.7% | 15.0% |
"""
CALM = (
    GRAND.replace("grand", "calm")
    .replace("NCT09999991", "NCT09999992")
    .replace("GRAND-2", "CALM-1")
    .replace("plaque psoriasis", "nail psoriasis")
    .replace("Orelimab", "Venzolimab")
    .replace("PASI 75 response at week 16", "NAPSI 50 response at week 24")
    .replace("62.7%", "55.0%")
)
RANKING = re.compile(
    r"\b(?:better|worse|best|superior|inferior|higher|lower|more|less|outperform\w*|than|beats?)\b",
    re.I,
)


def test_the_arms_of_one_trial_stand_beside_each_other_without_a_caution() -> None:
    beside = side_by_side(library_of(grand=GRAND).outcomes)
    assert beside.caution == ""
    assert beside.text == (
        "NCT09999991 (plaque psoriasis), PASI 75 response at week 16: Orelimab 62.7%; Placebo 15.0%"
    )


def test_different_trials_carry_the_caution_and_what_differs_and_no_ranking_word() -> None:
    beside = side_by_side(library_of(grand=GRAND, calm=CALM).outcomes)
    assert beside.caution.startswith(NO_HEAD_TO_HEAD)
    assert [difference.respect for difference in beside.differences] == [
        "population",
        "endpoint",
        "time point",
    ]
    assert beside.differences[2].said == ("NCT09999991: week 16", "NCT09999992: week 24")
    assert len(beside.lines) == 2
    assert not RANKING.search(beside.text)


def test_trials_that_differ_in_nothing_told_still_carry_the_caution() -> None:
    same = GRAND.replace("NCT09999991", "NCT09999992").replace("GRAND-2", "CALM-1")
    beside = side_by_side(
        library_of(grand=GRAND, calm=same.replace("id: grand", "id: calm")).outcomes
    )
    assert beside.caution == NO_HEAD_TO_HEAD


def test_a_trial_that_compared_all_that_is_asked_about_needs_no_caution() -> None:
    both = GRAND.replace("NCT09999991", "NCT09999993").replace("GRAND-2", "DUEL-3")
    both = both.replace("id: grand", "id: both").replace("Placebo (n=100)", "Venzolimab (n=200)")
    library = library_of(grand=GRAND.replace("Placebo", "Venzolimab"), both=both)
    names = library.reader.arms

    def drugs_of(arm: str) -> frozenset[str]:
        return names.key(arm).names

    assert side_by_side(library.outcomes, drugs_of).caution == ""
    apart = library_of(grand=GRAND, calm=CALM).outcomes
    assert side_by_side(apart, drugs_of).caution != ""


def test_animals_are_never_set_beside_patients() -> None:
    mice = GRAND.replace("id: grand", "id: mice\nkind: preclinical_study")
    assert side_by_side(library_of(mice=mice).outcomes).lines == ()
