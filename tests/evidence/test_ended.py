from __future__ import annotations

import pytest
from registry_of import head, registry_of, unit_with

from iscalimab_qa.evidence.trials.build import TrialRegistry
from iscalimab_qa.evidence.trials.ended import (
    endings,
    later_setbacks,
    stale_statuses,
    status_units,
)
from iscalimab_qa.evidence.trials.programme import programme_beside, programme_line

PHASE_2 = "ORCHID-1 (NCT00000001), a phase 2 trial of examplimab in gout, met its primary endpoint."
STOP = (
    "Acme terminated ORCHID-2 (NCT00000002), a phase 3 trial of examplimab in gout, "
    "on 3 May 2024 owing to a lack of efficacy."
)
PROGRAMME = "Acme dropped the development of examplimab entirely in 2025 because it was not safe."
PAGE = "ORCHID-2 is ongoing, and examplimab is being developed for gout."


def library(**more: str) -> TrialRegistry:
    return registry_of(two=PHASE_2, stop=STOP, **more)


def test_a_stopped_trial_ended_with_its_date_reason_and_words() -> None:
    (ending,) = endings(library().trials[1])
    assert (ending.kind, ending.status, ending.date) == ("stopped", "terminated", "2024-05-03")
    assert ending.reason == "a lack of efficacy"
    assert [said.source_id for said in ending.said] == ["stop"]


def test_a_completed_trial_that_met_its_endpoint_has_no_bad_end() -> None:
    text = "ORCHID-1 (NCT00000001) was completed in 2020 and met its primary endpoint."
    assert endings(registry_of(paper=text).trials[0]) == ()


def test_a_missed_endpoint_is_a_bad_end_of_a_completed_trial() -> None:
    text = "ORCHID-1 (NCT00000001) was completed in 2020 and missed its primary endpoint."
    assert [e.kind for e in endings(registry_of(paper=text).trials[0])] == ["endpoint failed"]


def test_a_later_trial_of_the_drug_in_the_indication_speaks_against_an_earlier_one() -> None:
    registry = library()
    first, second = registry.trials
    assert [ending.trial.acronym for ending in later_setbacks(first, registry)] == ["ORCHID-2"]
    assert later_setbacks(second, registry) == ()


@pytest.mark.parametrize(
    "stop",
    [
        "Acme terminated LILY (NCT00000002), a phase 3 trial of otherumab in gout, in 2024.",
        "Acme terminated LILY (NCT00000002), a phase 3 trial of examplimab in asthma, in 2024.",
        "Acme terminated LILY (NCT00000002), a phase 1 trial of examplimab in gout, in 2024.",
        "Acme terminated LILY (NCT00000002), a phase 3 trial of examplimab in gout, because of a "
        "strategic decision.",
        "Acme terminated LILY (NCT00000002), a phase 3 trial of examplimab in gout, for efficacy.",
    ],
    ids=["another drug", "another indication", "an earlier phase", "business", "benefit"],
)
def test_what_does_not_contradict_is_no_later_setback(stop: str) -> None:
    registry = registry_of(two=PHASE_2, stop=stop)
    assert later_setbacks(registry.trials[0], registry) == ()


def test_ongoing_in_an_older_or_undated_source_is_stale() -> None:
    registry = library(page=PAGE)
    (stale,) = stale_statuses([unit_with("ongoing", page=PAGE)], registry)
    assert (stale.newer.trial_id, stale.newer.date) == ("NCT00000002", "2024-05-03")


def test_ongoing_in_a_newer_source_is_not_stale() -> None:
    page = head(id="page", title="Page", published="2025-01-01") + PAGE
    registry = library(page=page)
    assert stale_statuses([unit_with("ongoing", page=page)], registry) == []


def test_words_that_tell_of_the_stop_themselves_are_not_stale() -> None:
    page = "Trials of examplimab in gout are called ongoing, though ORCHID-2 was terminated."
    registry = library(page=page)
    assert stale_statuses([unit_with("ongoing", page=page)], registry) == []


def test_an_indication_under_development_is_stale_by_the_stop_of_its_trial() -> None:
    page = "Examplimab is being developed for gout."
    registry = library(page=page)
    (stale,) = stale_statuses([unit_with("being", page=page)], registry)
    assert stale.newer.trial_id == "NCT00000002"


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What happened to ORCHID-2?", "Acme terminated", "Acme terminated"),
        ("Is examplimab being developed for gout?", "Acme terminated", "Acme dropped"),
        ("Is examplimab approved?", "Acme dropped", "Acme dropped"),
    ],
)
def test_an_answer_on_a_status_leads_with_the_newest_stop(
    question: str, first: str, last: str
) -> None:
    units = status_units(question, library(programme=PROGRAMME))
    assert units[0].quote.startswith(first)
    assert units[-1].quote.startswith(last)


def test_a_question_on_another_drug_gets_no_lead_of_this_one() -> None:
    assert status_units("Is otherumab being developed for gout?", library()) == ()


def test_a_question_on_a_trial_does_not_lead_with_the_programmes_end() -> None:
    more = {
        "done": "ROSE-1 (NCT00000004), a trial of examplimab in lupus, was completed in 2023.",
        "iris": "IRIS (NCT00000006) is a trial of examplimab in asthma.",
        "end": "Acme dropped the development of examplimab entirely in 2025 because of cost.",
    }

    def leads(question: str) -> list[str]:
        return [unit.source_id for unit in status_units(question, library(**more))]

    assert leads("Was the lupus trial of examplimab completed?") == ["done"]
    assert leads("Did the asthma trial of examplimab finish?") == []
    assert leads("Is examplimab still developed for lupus?") == ["end", "done"]
    assert leads("Are there any ongoing trials of examplimab?") == ["end"]


def test_the_end_of_a_trials_extension_is_not_the_trials_own() -> None:
    text = "The open-label extension of ROSE-1 (NCT00000004) was stopped in June 2025."
    trial = library(rose=text).resolve("ROSE-1")
    assert trial is None or endings(trial) == ()


def test_an_endpoint_that_one_dose_met_and_another_missed_is_no_bad_end() -> None:
    text = (
        "ROSE-1 (NCT00000004) tested two doses. "
        "The higher dose met the primary endpoint, whereas the lower one missed it."
    )
    own = "---\nid: rose\ntitle: Rose\ntrials: [{id: NCT00000004, aliases: [ROSE-1]}]\n---\n"
    trial = library(rose=own + text).resolve("ROSE-1")
    assert trial is not None
    assert trial.endpoint is None


def test_a_decision_of_the_sponsor_is_a_reason_and_no_setback() -> None:
    text = "ROSE-1 (NCT00000004) was terminated in 2025 by decision of the sponsor."
    trial = library(rose=text).resolve("ROSE-1")
    assert trial is not None
    (ending,) = endings(trial)
    assert (ending.reason, ending.setback) == ("decision of the sponsor", False)


def test_words_that_point_back_name_no_indication() -> None:
    text = "ROSE-1 (NCT00000004), a trial of examplimab in the milder form, began in 2024."
    trial = library(rose=text).resolve("ROSE-1")
    assert trial is None or trial.indication is None


def test_a_programmes_end_is_one_line_with_date_reason_and_words() -> None:
    line = programme_line(library(programme=PROGRAMME))
    assert line is not None
    assert line.text == "Development of examplimab was ended (2025): it was not safe."
    assert [said.source_id for said in line.said] == ["programme"]
    assert programme_line(library(programme=PROGRAMME), "otherumab") is None


def test_the_end_of_one_indication_is_not_the_programmes() -> None:
    text = "Acme gave up gout as an indication for examplimab in 2022."
    assert programme_line(library(programme=text)) is None


def test_a_library_that_knows_no_end_has_no_line() -> None:
    assert programme_line(registry_of(paper="Bees were counted.")) is None


MANY = {
    "programme": PROGRAMME,
    "other": "LILY (NCT00000003), a trial of otherumab in gout, enrolled 30 patients.",
}


@pytest.mark.parametrize(
    ("question", "cited", "shown"),
    [
        ("How does examplimab work?", "", True),
        ("What was seen in ORCHID-1?", "", True),
        ("How far did pain fall?", "ORCHID-1", True),
        ("Why was it dropped?", "Acme dropped", True),
        ("How does otherumab work?", "ORCHID-1", False),
        ("How many took part?", "LILY", False),
        ("What is gout?", "", False),
    ],
)
def test_a_programmes_end_stands_beside_answers_about_that_drug(
    question: str, cited: str, *, shown: bool
) -> None:
    documents = {"two": PHASE_2, "stop": STOP, **MANY}
    units = [unit_with(cited, **documents)] if cited else []
    line = programme_beside(question, units, library(**MANY))
    assert (line is not None and line.drug == "examplimab") is shown
