"""The trials as a table: what is known with its words, and what is not said so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, cast

from bs4 import BeautifulSoup, Tag
from stand_in_chat import HOSTILE, citation

sys.path.insert(0, str(Path(__file__).parents[1] / "evidence"))

from registry_of import registry_of

from iscalimab_qa.assistant import Assistant
from iscalimab_qa.evidence.outcomes.values import Outcome, Place
from iscalimab_qa.evidence.trials.values import Arm, Fact, Said, Statement, Trial
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.web.backing import Backing
from iscalimab_qa.web.trial_evidence import Spot, TrialEvidence, strongest_source_first
from iscalimab_qa.web.trials_html import question_about, trials_html
from iscalimab_qa.web.trials_view import _Listeners

RECORDED = Said("record")
STOPPED = Statement("terminated", "2024-05-03", "too little effect", RECORDED, 0, "2024")
TRIAL = Trial(
    "NCT01234567",
    ("NCT01234567", "ORCHID"),
    sources=("orchid2024",),
    drugs=(Fact("examplumab", RECORDED),),
    indication=Fact("arthritis", RECORDED),
    arms=(Arm("Examplumab", 40, RECORDED), Arm("Placebo", 20, RECORDED)),
    status=STOPPED,
    endpoint=Fact("failed", RECORDED),
)


def outcome(arm: str = "Examplumab", value: str = "15.4", **changed: Any) -> Outcome:
    fields: dict[str, Any] = {
        "trial": "NCT01234567",
        "indication": "arthritis",
        "endpoint": "Response, primary endpoint",
        "arm": arm,
        "arm_n": 40,
        "time": "week 12",
        "measure": "proportion",
        "statistic": "",
        "value": value,
        "unit": "%",
        "count": "",
        "interval": "",
        "p": "0.03",
        "cohort": "",
        "note": "",
        "preclinical": False,
        "kind": "row",
        "place": Place("orchid2024", 10, 30, "Response | 15.4%"),
        "value_start": 20,
        "value_end": 24,
        "source": SourceMetadata("Orchid"),
    }
    return Outcome(**{**fields, **changed})


def told(trial: Trial = TRIAL) -> TrialEvidence:
    numbers = {Spot("record", 0, 0): 1, Spot("orchid2024", 10, 30): 2}
    cited = (citation(2, source_id="orchid2024"),)
    recorded = {1: SourceMetadata("The record")}
    return TrialEvidence(trial, (outcome(),), numbers, cited, (Backing(),), recorded)


def page(*trials: Trial, **kept: Any) -> BeautifulSoup:
    outcomes = kept.pop("outcomes", ())
    return BeautifulSoup(trials_html(trials, outcomes, "2025-11-22", **kept), "html.parser")


def cell(table: BeautifulSoup, head: str) -> Tag:
    found = table.select_one(f'td[data-head="{head}"]')
    assert found is not None
    return found


def test_a_row_tells_the_trial_at_a_glance_in_words() -> None:
    table = page(TRIAL)
    assert cell(table, "Status").get_text(" ", strip=True) == (
        "terminated 3 May 2024 too little effect"
    )
    assert cell(table, "Primary result").text == "endpoint failed"
    assert [each.text for each in cell(table, "Arms and n").select("li")] == [
        "Examplumab, n\u00a0=\u00a040",
        "Placebo, n\u00a0=\u00a020",
    ]


def test_what_no_source_says_is_not_in_the_library() -> None:
    table = page(Trial("NCT01234567", ("NCT01234567",)))
    for head in ("Indication", "Phase", "Arms and n", "Status", "Primary result"):
        assert cell(table, head).text == "not in the library"


def test_a_number_is_linked_to_its_registry_and_told_once() -> None:
    head = page(TRIAL).select_one("tr.trial th")
    assert head is not None
    assert head.get_text(" ", strip=True) == "ORCHID NCT01234567 examplumab"
    link = head.select_one("a")
    assert link is not None
    assert link["href"] == "https://clinicaltrials.gov/study/NCT01234567"
    nameless = page(Trial("NCT01234567", ("NCT01234567",))).select_one("tr.trial th")
    assert nameless is not None
    assert nameless.get_text(" ", strip=True) == "NCT01234567 Registry record"


def test_the_primary_result_gives_the_figures_of_its_arms() -> None:
    outcomes = [outcome(), outcome("Placebo", "5"), outcome(endpoint="Secondary endpoint: pain")]
    figures = cell(page(TRIAL, outcomes=outcomes), "Primary result").select("li")
    assert [each.text for each in figures] == [
        "Examplumab: 15.4%; p = 0.03",
        "Placebo: 5%; p = 0.03",
    ]


def test_every_fact_and_figure_of_an_open_trial_leads_to_its_words() -> None:
    table = page(TRIAL, opened=told())
    button = table.select_one("button.open")
    assert button is not None
    assert button["aria-expanded"] == "true"
    markers = table.select("a.marker")
    assert {marker["href"] for marker in markers} == {
        "#said-NCT01234567-1",
        "#said-NCT01234567-2",
    }
    assert all(table.select_one(str(marker["href"])) for marker in markers)
    row = table.select_one(".outcomes tbody tr:nth-of-type(2)")
    assert row is not None
    assert row.get_text(" ", strip=True) == "Examplumab 40 15.4%; p = 0.03 [2]"


def test_every_fact_that_a_row_shows_is_cited_below_it() -> None:
    shown = page(TRIAL, opened=told()).select(".trial-detail dd")
    assert [each.text for each in shown if each.text != "not in the library"] == [
        "examplumab [1]",
        "arthritis [1]",
        "Examplumab, n\u00a0=\u00a040 [1]",
        "Placebo, n\u00a0=\u00a020 [1]",
        "terminated (3 May 2024) [1]too little effect [1]",
        "failed [1]",
    ]


def test_names_and_reasons_from_documents_are_text() -> None:
    said = Said(HOSTILE)
    status = Statement("unknown", HOSTILE, HOSTILE, said, 0, HOSTILE)
    hostile = Trial(
        HOSTILE,
        (HOSTILE,),
        sources=(HOSTILE,),
        indication=Fact(HOSTILE, said),
        arms=(Arm(HOSTILE, 1, said),),
        status=status,
    )
    evidence = TrialEvidence(
        hostile,
        (outcome(endpoint=HOSTILE, note=HOSTILE, p=HOSTILE),),
        {Spot(HOSTILE, 0, 0): 1},
        recorded={1: SourceMetadata(HOSTILE)},
    )
    table = page(hostile, opened=evidence)
    assert not table.find_all("img")
    assert not [tag for tag in table.find_all(True) if "onerror" in tag.attrs]


def test_figures_come_from_the_strongest_source_first() -> None:
    weak = outcome("Weak", source=SourceMetadata("News", tier=8))
    strong = outcome("Strong", source=SourceMetadata("Paper", tier=1))
    assert [each.arm for each in strongest_source_first([weak, strong])] == ["Strong", "Weak"]


def test_a_question_about_a_trial_names_its_drug_disease_and_number() -> None:
    assert question_about(TRIAL) == (
        "What were the results of examplumab in arthritis in ORCHID (NCT01234567)?"
    )
    assert question_about(Trial("NCT1", ("NCT1",))) == "What were the results of treatment in NCT1?"


class Library:
    """As much of an `Assistant` as the tab asks for."""

    library_date = "2025-11-22"
    trials = registry_of(paper="ORCHID (NCT00000001) was terminated on 3 May 2024.")


def test_an_id_that_a_browser_made_up_opens_nothing() -> None:
    listeners = _Listeners(cast(Assistant, Library()))
    assert listeners._trial("NCT00000001") is not None
    for made_up in ("NCT99999999", HOSTILE, None, {"a": 1}, ["NCT00000001"]):
        assert listeners._trial(made_up) is None


def test_the_file_of_trials_is_what_the_command_prints() -> None:
    file = _Listeners(cast(Assistant, Library())).trials_file()
    assert file.name == "iscalimab-trials.csv"
    head, row = file.content.decode("utf-8-sig").splitlines()
    assert head.startswith("trial_id,names,drugs,")
    assert row.startswith("NCT00000001,NCT00000001; ORCHID,,,,,,,,terminated,2024-05-03,")
