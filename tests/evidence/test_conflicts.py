from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_of import library_of

from iscalimab_qa.evidence.outcomes.conflict_matching import rounds_to
from iscalimab_qa.evidence.outcomes.conflicts import Conflict, Side, conflict_notices, is_asked_for
from iscalimab_qa.evidence.values import Citation

PAPER = """---
id: paper
title: Orelimab in plaque psoriasis, a randomised trial
kind: randomised_trial
published: 2024
tier: 1
text_kind: original
trials: [{id: NCT09999991, aliases: [GRAND-2], indication: plaque psoriasis}]
---
# Results

GRAND-2 randomised 301 adults, 201 to orelimab and 100 to placebo.

Table 1: Response at week 16

| Endpoint | Orelimab 150 mg (n=201) | Placebo (n=100) |
|---|---|---|
| PASI 75 response | 62.7% | 15.0% |
| Change in DLQI | -7.4 points | -1.9 points |
| Infections | 12.4% | 11.0% |
| Deaths | 2 of 201 | 1 of 100 |
"""


def found(other: str, paper: str = PAPER) -> tuple[Conflict, ...]:
    return library_of(paper=paper, other=f"# News on GRAND-2\n\n{other}\n").conflicts


def values(conflicts: tuple[Conflict, ...]) -> list[list[str]]:
    return [[side.shown for side in conflict.sides] for conflict in conflicts]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (
            "In GRAND-2, PASI 75 response was 68.7% with orelimab and 15% with placebo at week 16.",
            [["62.7%", "68.7%"]],
        ),
        (
            "In GRAND-2, DLQI fell by 9.1 points with orelimab and by 1.9 points with placebo at "
            "16 weeks.",
            [["-7.4 points", "9.1 points"]],
        ),
        (
            "In GRAND-2, infections were 12.4% with orelimab and 21.0% with placebo at week 16.",
            [["11.0%", "21.0%"]],
        ),
        ("GRAND-2 enrolled 310 participants.", [["301 participants", "310 participants"]]),
    ],
)
def test_different_values_of_one_thing_are_a_conflict_the_stronger_source_first(
    other: str, expected: list[list[str]]
) -> None:
    assert values(found(other)) == expected


@pytest.mark.parametrize(
    "other",
    [
        # Another time point
        "In GRAND-2, PASI 75 response was 71.2% with orelimab and 18% with placebo at week 52.",
        # No time point
        "In GRAND-2, PASI 75 response was 71.2% with orelimab and 18% with placebo.",
        # Rounding, and cutting off
        "In GRAND-2, PASI 75 response was 63% with orelimab and 15% with placebo at week 16.",
        "In GRAND-2, PASI 75 response was 62% with orelimab and 15% with placebo at week 16.",
        # Another endpoint, near and far
        "In GRAND-2, PASI 90 response was 40.3% with orelimab and 5% with placebo at week 16.",
        "In GRAND-2, serious infections were 2% with orelimab and 1% with placebo at week 16.",
        "In GRAND-2, PASI 75 response in women was 70% with orelimab and 19% with placebo at "
        "week 16.",
        "In GRAND-2, PASI 75 response per protocol was 70% with orelimab and 19% with placebo at "
        "week 16.",
        # A subset, and another dose
        "Among patients who had failed a biologic, in GRAND-2 PASI 75 response was 51% with "
        "orelimab and 9% with placebo at week 16.",
        "In GRAND-2, PASI 75 response was 70.1% with orelimab 300 mg at week 16.",
        # Another arm, another trial
        "In GRAND-2, PASI 75 response was 55% with venzolimab at week 16.",
        "In CALM-1 (NCT09999992), PASI 75 response was 55% with orelimab and 14% with placebo at "
        "week 16.",
        "PASI 75 response was 55% with orelimab in another trial at week 16.",
        # A level against a change, an inexact number, an interval's bounds, the same value
        "In GRAND-2, DLQI fell to 9.1 points with orelimab and to 1.2 points with placebo at "
        "week 16.",
        "In GRAND-2, PASI 75 response was more than 50% with orelimab at week 16.",
        "In GRAND-2, the 95% CI of PASI 75 response was 55.1 to 69.2 with orelimab at week 16.",
        "In GRAND-2, DLQI fell by 7.4 points with orelimab and by 1.9 with placebo at week 16.",
        # Parts of the trial, and its plan
        "GRAND-2 screened 402 patients. GRAND-2 planned to enrol 320 participants.",
        "In GRAND-2, 190 participants completed; the orelimab arm enrolled 201 participants.",
    ],
)
def test_what_may_both_be_true_is_no_conflict(other: str) -> None:
    assert found(other) == ()


def test_a_dose_left_out_is_the_trials_only_dose_and_none_of_several() -> None:
    two_doses = PAPER.replace(
        "| Endpoint | Orelimab 150 mg (n=201) | Placebo (n=100) |\n|---|---|---|",
        "| Endpoint | Orelimab 150 mg (n=201) | Placebo (n=100) | Orelimab 300 mg (n=99) |\n"
        "|---|---|---|---|",
    ).replace(
        "| PASI 75 response | 62.7% | 15.0% |", "| PASI 75 response | 62.7% | 15.0% | 68.7% |"
    )
    other = "In GRAND-2, PASI 75 response was 68.7% with orelimab at week 16."
    assert values(found(other)) == [["62.7%", "68.7%"]]
    assert found(other, two_doses) == ()


def test_a_clearly_smaller_denominator_is_a_subsets_and_a_few_missing_are_a_reason() -> None:
    # 40 of 201 is a fifth; 190 of 201 are all but a few.
    few = "In GRAND-2, deaths were 1 of 40 patients (2.5%) on orelimab at week 16."
    most = "In GRAND-2, deaths were 9 of 190 patients (4.7%) on orelimab at week 16."
    assert found(few) == ()
    (conflict,) = found(most)
    assert conflict.reason == "another denominator (201 against 190)"


def trial_source(name: str, heading: str, body: str, **fields: str) -> str:
    lines = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return (
        f"---\nid: {name}\ntitle: Report {name}\ntext_kind: original\n{lines}\n"
        "trials: [{id: NCT08888881, aliases: [HEARTEN]}]\n"
        f"---\n# {heading}\n\n{body}\n"
    )


RATE = "At month 12, admission occurred in {} on velagliflozin and {} on placebo."


def test_the_reason_is_given_where_the_texts_give_one() -> None:
    library = library_of(
        early=trial_source(
            "early",
            "Results",
            "In this interim analysis, " + RATE.format("11.0%", "16.0%").replace("At", "at"),
            kind="conference_abstract",
            published="2022",
            tier="4",
        ),
        final=trial_source(
            "final",
            "Results",
            RATE.format("12.4%", "16.0%"),
            kind="randomised_trial",
            published="2024",
            tier="1",
        ),
    )
    (conflict,) = library.conflicts
    assert [side.place.source_id for side in conflict.sides] == ["final", "early"]
    assert conflict.reason == "early is an interim analysis"
    assert conflict.text == (
        "The sources differ on admission, velagliflozin, month 12 (NCT08888881): 12.4% (final) "
        "against 11.0% (early). Likely reason: early is an interim analysis."
    )


def test_a_secondary_source_is_named_as_the_likely_reason_and_none_is_invented() -> None:
    first = trial_source("first", "R", RATE.format("12.4%", "16%"), kind="randomised_trial")
    second = trial_source("second", "R", RATE.format("14.4%", "16%"), kind="randomised_trial")
    (news,) = library_of(first=first, second=second.replace("randomised_trial", "news")).conflicts
    (equal,) = library_of(first=first, second=second).conflicts
    assert news.reason == "second is a news report"
    assert equal.reason == ""


def test_of_equally_strong_sources_the_newer_comes_first() -> None:
    rate = RATE.format
    fields = {"kind": "randomised_trial", "tier": "1"}
    library = library_of(
        a=trial_source("a", "R", rate("12.4%", "16%"), published="2020-05", **fields),
        b=trial_source("b", "R", rate("14.4%", "16%"), published="2021", **fields),
    )
    assert [side.place.source_id for side in library.conflicts[0].sides] == ["b", "a"]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("HEARTEN ended on 3 May 2021.", "HEARTEN ended on 4 June 2021.", "end"),
        ("HEARTEN started in May 2018.", "HEARTEN started on 2 June 2018.", "start"),
        ("HEARTEN was completed.", "HEARTEN was terminated because of futility.", "status"),
    ],
)
def test_dates_and_ends_of_one_trial_can_conflict(one: str, other: str, kind: str) -> None:
    library = library_of(a=trial_source("a", "R", one), b=trial_source("b", "R", other))
    assert [conflict.kind for conflict in library.conflicts] == [kind]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HEARTEN ended in May 2021.", "HEARTEN ended on 3 May 2021."),
        ("HEARTEN was terminated.", "HEARTEN was discontinued."),
        ("HEARTEN was terminated.", "Enrolment in the HEARTEN trial was completed."),
        ("HEARTEN was completed.", "In HEARTEN, treatment was discontinued in 5 patients."),
        ("HEARTEN was completed.", "HEARTEN was not terminated."),
        (
            "HEARTEN ended on 3 May 2021.",
            "The primary completion date of HEARTEN was 1 March 2021.",
        ),
    ],
)
def test_dates_and_ends_that_fit_are_no_conflict(one: str, other: str) -> None:
    library = library_of(a=trial_source("a", "R", one), b=trial_source("b", "R", other))
    assert library.conflicts == ()


def test_one_sentence_may_hold_both_sides() -> None:
    (conflict,) = found(
        "GRAND-2 randomised 301 adults, while an older version of the registry record shows 305 "
        "participants."
    )
    assert conflict.kind == "participants"
    assert conflict.reason == "one of them is called “older version”"


def cited(side: Side, marker: int = 1) -> Citation:
    place = side.place
    return Citation(
        marker,
        place.source_id,
        "",
        place.quote,
        place.start,
        place.end,
        (),
        "",
        None,
        None,
        None,
        (),
        None,
        "document",
        None,
        "original",
        None,
        None,
    )


def test_an_answer_that_rests_on_a_side_is_told_of_the_other_and_cites_both() -> None:
    conflicts = found("GRAND-2 enrolled 310 participants.")
    asked: list[str] = []

    def cite(side: Side) -> int:
        asked.append(side.place.source_id)
        return 2

    (notice,) = conflict_notices([cited(conflicts[0].sides[0])], conflicts, cite)
    assert (notice.kind, notice.citations, asked) == ("conflict", (1, 2), ["other"])
    assert notice.text == conflicts[0].text
    (alone,) = conflict_notices([cited(conflicts[0].sides[1], 7)], conflicts)
    assert alone.citations == (7,)


def test_an_answer_that_rests_on_no_side_has_no_notice() -> None:
    conflicts = found("GRAND-2 enrolled 310 participants.")
    elsewhere = cited(
        conflicts[0].sides[0]._replace(place=conflicts[0].sides[0].place._replace(start=0, end=1))
    )
    assert conflict_notices([elsewhere], conflicts) == []


@given(st.decimals(min_value=0, max_value=1000, places=2), st.integers(min_value=0, max_value=2))
def test_a_number_agrees_with_itself_rounded_to_any_places(number: Decimal, places: int) -> None:
    rounded = round(number, places)
    assert rounds_to(number, rounded)
    assert rounds_to(rounded, number)


@given(st.decimals(min_value=0, max_value=1000, places=1))
def test_a_number_never_agrees_with_one_a_whole_step_away(number: Decimal) -> None:
    assert not rounds_to(number, number + Decimal("0.1"))


@pytest.mark.parametrize(
    "other",
    [
        "In GRAND-2, 318 participants were enrolled at 41 hospitals.",
        "GRAND-2 enrolled 290 adults at 41 sites.",
        "Enrolment: 318 (actual).",
    ],
)
def test_another_number_of_participants_is_a_conflict_however_it_is_told(other: str) -> None:
    assert [conflict.kind for conflict in found(other)] == ["participants"]


@pytest.mark.parametrize(
    "other",
    [
        "In GRAND-2, 201 patients were randomised to orelimab.",
        "GRAND-2 enrolled 90 adults in Sweden.",
        "GRAND-2 enrolled 40 adults at one site in Lund.",
    ],
)
def test_the_people_of_one_arm_or_one_place_are_a_part_of_the_trial(other: str) -> None:
    assert found(other) == ()


def test_a_sister_trial_that_the_library_does_not_know_is_not_the_sources_own() -> None:
    head = PAPER.partition("# Results")[0].replace("id: paper", "id: other")
    other = f"{head}# Background\n\nGRAND-1 enrolled 90 adults.\n"
    assert library_of(paper=PAPER, other=other).conflicts == ()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How many adults were in GRAND-2?", True),
        ("Who was enrolled in GRAND-2?", True),
        ("Was GRAND-2 blinded?", False),
    ],
)
def test_a_conflict_on_the_participants_is_told_where_they_are_asked_for(
    question: str, asked: bool
) -> None:
    (conflict,) = found("GRAND-2 enrolled 310 participants.")
    assert is_asked_for(conflict, question) is asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What was the PASI 75 response on orelimab?", True),
        ("What was the PASI 75 response at week 16?", True),
        ("What was the PASI 75 response at week 52?", False),
        ("How often did infections occur on orelimab?", False),
    ],
)
def test_a_conflict_on_a_value_is_told_where_its_endpoint_and_time_are_asked_for(
    question: str, asked: bool
) -> None:
    said = "In GRAND-2, PASI 75 response at week 16 was 67.2% with orelimab."
    (conflict,) = found(said)
    assert is_asked_for(conflict, question) is asked
