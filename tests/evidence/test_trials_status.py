from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evidence.figures.said_dates import date_told, is_later
from iscalimab_qa.evidence.trials.status_text import Name, Reading, readings

NAMED = re.compile(r"ORCHID(?:-\d)?|LILY")


def read(text: str) -> list[Reading]:
    return readings(text, [Name(*match.span()) for match in NAMED.finditer(text)])


def statuses(text: str) -> list[str]:
    return [reading.status for reading in read(text)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ORCHID was terminated.", "terminated"),
        ("The trial was stopped early for futility.", "terminated"),
        ("The register lists ORCHID as prematurely ended.", "terminated"),
        ("The sponsor announced the discontinuation of ORCHID.", "discontinued"),
        ("Acme halts ORCHID trial after liver injury", "discontinued"),
        ("Acme gave up on ORCHID.", "discontinued"),
        ("ORCHID was withdrawn before enrolment.", "withdrawn"),
        ("The study was completed in May 2020.", "completed"),
        ("ORCHID is listed as completed.", "completed"),
        ("ORCHID remains ongoing.", "ongoing"),
        ("ORCHID is currently recruiting.", "recruiting"),
        ("Overall status: Active, not recruiting", "ongoing"),
        ("Why study stopped: slow accrual", "terminated"),
        ("ORCHID was superseded by LILY.", "superseded"),
        ("ORCHID did not meet its primary endpoint.", "endpoint failed"),
        ("ORCHID missed the primary end point.", "endpoint failed"),
        ("ORCHID failed its primary endpoint.", "endpoint failed"),
        ("The primary outcome, pain at week 12, was not reached.", "endpoint failed"),
        ("There was no significant difference in the primary outcome.", "endpoint failed"),
        ("ORCHID met its primary endpoint (p<0.001).", "endpoint met"),
        ("The primary endpoint was met.", "endpoint met"),
    ],
)
def test_a_sentence_says_how_a_trial_stands(text: str, status: str) -> None:
    assert statuses(text) == [status]


@pytest.mark.parametrize(
    "text",
    [
        "ORCHID was not stopped early.",
        "ORCHID would be stopped if deaths exceeded 5%.",
        "We planned to stop the trial if futility was shown.",
        "ORCHID is expected to be completed in 2031.",
        "ORCHID has not yet met its primary endpoint.",
        "Five patients discontinued treatment in ORCHID.",
        "Two patients of the trial were withdrawn.",
        "Methotrexate was stopped in the trial.",
        "Dosing in ORCHID was halted for 3 patients.",
        "He stopped the study drug.",
        "Of 57 patients, 31 completed.",
        "Participants who completed the study were invited.",
        "Enrolment in ORCHID was completed in 2020.",
        "Inflammation is ongoing in the joints.",
        "Withdrawn because of death: 0; 2",
        "Patients gave up smoking.",
        "The experiment ended at day 100.",
        "Stopping rules of the trial were set in advance.",
    ],
)
def test_what_is_denied_planned_or_said_of_patients_is_no_end_of_a_trial(text: str) -> None:
    assert statuses(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ORCHID was terminated because it was futile.", "it was futile"),
        ("ORCHID was terminated owing to liver injury, as reported.", "liver injury"),
        ("ORCHID was terminated, and the reason given is that funds ran out.", "funds ran out"),
        ("ORCHID was terminated for futility on March 3, 2019.", "futility"),
        (
            "ORCHID was stopped after an interim analysis showed harm.",
            "an interim analysis showed harm",
        ),
        ("ORCHID was stopped after 24 weeks.", None),
        ("ORCHID was terminated in 2020; reason: low accrual", "low accrual"),
    ],
)
def test_the_reason_is_the_sentences_own(text: str, reason: str | None) -> None:
    assert read(text)[0].reason == reason


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("ORCHID was terminated on 20 April 2023.", "2023-04-20"),
        ("ORCHID ran from 7 October 2019 until 20 April 2023 and was terminated.", "2023-04-20"),
        ("ORCHID started in May 2019 and was stopped in 2021.", "2021"),
        ("ORCHID was stopped, as the 2020 report of January 2021 says.", "2021-01"),
        ("ORCHID was stopped.", None),
    ],
)
def test_the_date_is_the_ends_and_no_beginning(text: str, date: str | None) -> None:
    assert read(text)[0].date == date


def test_an_end_is_of_the_trial_that_its_clause_names() -> None:
    text = "ORCHID was completed, while LILY was terminated."
    assert [(r.status, r.near) for r in read(text)] == [
        ("completed", 0),
        ("terminated", text.index("LILY")),
    ]


def test_an_endpoint_is_the_trials_behind_it() -> None:
    text = "Examplimab, unlike the drug of LILY, missed the primary endpoint of ORCHID."
    (reading,) = read(text)
    assert reading.near == text.index("ORCHID")


def test_what_runs_is_not_bound_to_a_trial_of_another_clause() -> None:
    text = "Phase 2 trials of examplimab are ongoing, though ORCHID was discontinued."
    assert [(r.status, r.near) for r in read(text)] == [
        ("ongoing", None),
        ("discontinued", text.index("ORCHID")),
    ]


def test_a_development_is_a_programme() -> None:
    (reading,) = read("Acme dropped the development of examplimab in 2024 owing to toxicity.")
    assert reading == Reading("discontinued", "2024", "toxicity", None, programme=True)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert all(reading.near is None for reading in readings(text))


def test_dates_are_told_and_compared_as_exactly_as_they_are_known() -> None:
    assert [date_told(d) for d in ("2021-09-03", "2021-09", "2021")] == [
        "3 September 2021",
        "September 2021",
        "2021",
    ]
    assert is_later("2022", "2021-09-03")
    assert not is_later("2021", "2021-09-03")
    assert not is_later(None, "2021")
