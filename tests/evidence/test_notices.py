from __future__ import annotations

import pytest
from registry_of import head, read, registry_of, unit_with

from iscalimab_qa.evidence.notices.choose import attach, notices_for
from iscalimab_qa.evidence.notices.drafts import Draft, Topic
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

LIBRARY = {
    "two": "ORCHID-1 (NCT00000001), a phase 2 trial of examplimab in gout, met its primary "
    "endpoint: pain fell by 3.1 points.",
    "stop": "Acme terminated ORCHID-2 (NCT00000002), a phase 3 trial of examplimab in gout, "
    "on 3 May 2024 owing to a lack of efficacy.",
    "other": "LILY (NCT00000003), a phase 2 trial of otherumab in gout, missed its primary "
    "endpoint: pain fell by 0.4 points.",
    "lupus": "ROSE-1 (NCT00000004), a phase 2 trial of examplimab in lupus, was completed in "
    "2023 and met its primary endpoint: 54.4% responded.",
    "programme": "Acme dropped the development of examplimab entirely in 2025 because of cost.",
}
SAID_OF_2 = "was terminated (3 May 2024): a lack of efficacy."


def shown(question: str, topic: Topic, *words: str, **more: str) -> list[Draft]:
    documents = LIBRARY | more
    cited = [unit_with(each, **documents) for each in words]
    return notices_for(question, topic, cited, registry_of(**documents))


def texts(question: str, topic: Topic, *words: str, **more: str) -> list[str]:
    return [draft.text for draft in shown(question, topic, *words, **more)]


def test_an_earlier_trials_outcome_shows_the_later_trial_that_contradicts_it() -> None:
    (draft,) = shown("How far did pain fall with examplimab in gout?", "outcome", "3.1 points")
    assert draft.kind == "trial_status"
    assert draft.text == f"A later trial, ORCHID-2 (examplimab, gout), {SAID_OF_2}"
    assert [said.source_id for said in draft.said] == ["stop"]


def test_a_stopped_trials_own_answer_says_so_once_and_repeats_no_reason_that_it_cites() -> None:
    found = texts("Why was ORCHID-2 stopped?", "status", "Acme terminated", "Acme terminated")
    assert found == ["ORCHID-2 (examplimab, gout) was terminated (3 May 2024)."]


def test_a_question_on_a_drugs_development_gets_its_end_and_no_single_trials() -> None:
    found = texts("Is examplimab still being developed?", "status", "Acme terminated")
    assert found == ["Development of examplimab was ended (2025): cost."]


def test_a_question_on_a_completed_trial_does_not_get_the_programmes_end() -> None:
    assert texts("Is the lupus trial of examplimab still running?", "status", "54.4%") == []


def test_half_of_an_indications_name_tells_which_trials_are_meant() -> None:
    more = {
        "colitis": "IRIS (NCT00000006), a trial of examplimab in ulcerative colitis, was "
        "terminated in 2025 owing to futility."
    }
    words = "terminated in 2025", "Acme terminated"
    found = texts("Was the colitis study of examplimab stopped?", "status", *words, **more)
    assert found == ["IRIS (examplimab, ulcerative colitis) was terminated (2025)."]


@pytest.mark.parametrize(
    "question",
    [
        "Is anyone running trials of examplimab now?",
        "Are there any studies of examplimab still going on?",
        "Will there be a new trial of examplimab?",
    ],
)
def test_whether_any_trials_are_run_is_a_question_on_the_whole_development(question: str) -> None:
    found = texts(question, "status", "54.4%")
    assert found == ["Development of examplimab was ended (2025): cost."]


def test_a_question_on_a_named_trial_gets_no_end_of_another_that_the_answer_merely_names() -> None:
    both = "ROSE-1 was completed in 2023, whereas ORCHID-2 was terminated in 2024."
    assert texts("What was seen in ROSE-1?", "outcome", "whereas ORCHID-2", both=both) == []


def test_half_of_a_known_disease_is_no_other_disease() -> None:
    iris = (
        "IRIS (NCT00000006), a trial of examplimab in ulcerative colitis, was terminated in 2025."
    )
    found = texts("Did examplimab help in colitis?", "outcome", "terminated in 2025", iris=iris)
    assert [text.split()[0] for text in found] == ["IRIS"]


PRESS = """---
id: press
title: Two programmes of Acme
trials:
  - {id: NCT00000008, aliases: [ROSE-8], indication: asthma}
  - {id: NCT00000009, aliases: [ROSE-9], indication: eczema}
---

ROSE-8 was terminated in 2026 owing to futility.

No analysis has been made in asthma.

No analysis has been made in eczema.

Attacks fell by 3.3 a year.
"""


@pytest.mark.parametrize(
    ("question", "cited", "told"),
    [
        ("How far did attacks fall?", "by 3.3 a year", []),
        ("How far did attacks fall in asthma?", "by 3.3 a year", ["ROSE-8"]),
        ("Was efficacy analysed?", "made in asthma", ["ROSE-8"]),
        ("Was efficacy analysed?", "made in eczema", []),
        ("How far did attacks fall?", "owing to futility", ["ROSE-8"]),
    ],
)
def test_of_a_source_about_several_trials_the_one_counts_that_words_or_question_are_on(
    question: str, cited: str, told: list[str]
) -> None:
    found = texts(question, "outcome", cited, press=PRESS)
    assert [text.split()[0] for text in found] == told


@pytest.mark.parametrize("disease", ["Crohn's disease", "severe uveitis", "Behçet's syndrome"])
def test_a_disease_that_no_trial_is_in_gets_no_other_trials_end(disease: str) -> None:
    question = f"How far did pain fall with examplimab in {disease}?"
    assert texts(question, "outcome", "3.1 points") == []


def test_where_a_status_is_asked_a_missed_endpoint_is_not_told_beside_a_stop() -> None:
    cited = "Acme terminated", "0.4 points"
    assert [
        text.split()[0] for text in texts("Was the work in gout stopped?", "status", *cited)
    ] == ["ORCHID-2"]
    named = texts("Was LILY stopped?", "status", *cited)
    assert "LILY" in {text.split()[0] for text in named}


COLITIS = {
    "colitis": "IRIS (NCT00000006), a trial of examplimab in kidney transplantation, was "
    "terminated in 2025 owing to futility."
}


@pytest.mark.parametrize(
    "question",
    [
        "What happened to the kidney programme?",
        "What happened to the kidney program of examplimab?",
        "Was the transplant project abandoned?",
        "Is the kidney transplant work still running?",
        "Did the kidney indication survive?",
    ],
)
def test_part_of_an_indication_tells_which_undertaking_is_meant(question: str) -> None:
    words = "terminated in 2025", "Acme dropped"
    found = texts(question, "status", *words, **COLITIS)
    assert found == ["IRIS (examplimab, kidney transplantation) was terminated (2025)."]


def test_a_status_of_no_named_drug_gets_the_end_of_the_one_that_the_answer_tells() -> None:
    found = texts("Did the work go on?", "status", "Acme dropped")
    assert found == ["Development of examplimab was ended (2025)."]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Is VELA still running?", False),
        ("Did anything help in asthma?", False),
        ("Did examplimab help?", True),
        ("Did anything help in gout?", True),
        ("How did ORCHID-2 turn out?", True),
    ],
)
def test_what_only_comes_closest_shows_the_ends_of_those_trials_that_the_question_is_on(
    question: str, *, shown: bool
) -> None:
    registry = registry_of(**LIBRARY)
    cited = [unit_with("Acme terminated", **LIBRARY)]
    found = notices_for(question, "outcome", cited, registry, is_direct=False)
    assert bool(found) is shown


def test_a_question_about_animals_alone_gets_no_trials_end() -> None:
    assert texts("How did mice do on examplimab?", "outcome", "3.1 points") == []


def test_a_trial_whose_drug_only_a_title_tells_counts_as_the_drugs() -> None:
    own = head(id="tulip", title="Examplimab in asthma", trial_id="NCT00000007")
    more = {"tulip": f"{own}NCT00000007 was terminated in 2026 by decision of the sponsor."}
    found = texts("Does examplimab work in asthma?", "outcome", "by decision", **more)
    assert [text.startswith("NCT00000007") for text in found] == [True]
    assert texts("Does otherumab work in asthma?", "outcome", "by decision", **more) == []


def test_a_completed_trial_that_met_its_endpoint_is_not_made_to_look_failed() -> None:
    assert texts("How many responded to examplimab in lupus?", "outcome", "54.4%") == []


@pytest.mark.parametrize("topic", ["mechanism", "definition", "safety", "protocol", "other"])
def test_no_other_topic_carries_an_end(topic: Topic) -> None:
    assert texts("What about examplimab in gout?", topic, "3.1 points") == []


def test_a_question_about_another_drug_does_not_get_this_drugs_ends() -> None:
    found = texts("Did otherumab work in gout?", "outcome", "0.4 points", "3.1 points")
    assert found == ["LILY (otherumab, gout) missed its primary endpoint."]


def test_a_question_about_one_indication_does_not_get_anothers_ends() -> None:
    found = texts("How many responded to examplimab in lupus?", "outcome", "54.4%", "3.1 points")
    assert found == []


def test_a_comparator_in_a_question_does_not_hide_the_trials_end() -> None:
    table = """ORCHID-1 (NCT00000001), a trial of examplimab in gout.

Table: Pain, ORCHID-1

| Endpoint | Examplimab (n = 10) | Tacrolimus (n = 9) |
|---|---|---|
| Flares | 3 | 4 |
"""
    found = texts("How many flares on tacrolimus in gout?", "outcome", "Flares", table=table)
    assert found == [f"A later trial, ORCHID-2 (examplimab, gout), {SAID_OF_2}"]


def test_availability_shows_the_programmes_end_and_an_outcome_does_not() -> None:
    asked = "Is examplimab available to patients?"
    assert texts(asked, "availability") == ["Development of examplimab was ended (2025): cost."]
    assert texts("How many responded to examplimab?", "outcome", "54.4%") == []


def test_an_unknown_reason_is_not_in_the_library() -> None:
    stop = "VIOLA (NCT00000005) was terminated in 2020."
    found = texts("What happened to VIOLA?", "status", "VIOLA", viola=stop)
    assert found == ["VIOLA was terminated (2020); no reason was found in the library."]


def test_ongoing_is_never_passed_on_without_the_newer_stop() -> None:
    page = "ORCHID-2 is ongoing."
    assert texts("How does it work?", "mechanism", "is ongoing", page=page) == [
        f"ORCHID-2 (examplimab, gout) {SAID_OF_2}"
    ]


def test_a_retracted_source_is_said_to_be_whatever_the_topic() -> None:
    own = head(id="heart", title="Sheets of stem cells mend hearts", doi="10.5555/h.1")
    notice = 'The article "Sheets" (doi 10.5555/h.1) has been retracted by its editors.'
    more = {"heart": f"{own}Hearts beat 8.1% faster.", "notice": notice}
    (draft,) = shown("How do sheets work?", "mechanism", "8.1%", **more)
    assert (draft.kind, draft.text) == (
        "retraction",
        "“Sheets of stem cells mend hearts” was retracted.",
    )
    assert [said.source_id for said in draft.said] == ["notice"]


@pytest.mark.parametrize(
    "text",
    [
        "Eyelid retraction (doi 10.5555/h.1) was retracted slowly.",
        "Values were corrected for age (doi 10.5555/h.1).",
        "The article (doi 10.5555/h.1) was not retracted; it was praised.",
    ],
)
def test_eyelids_and_statistics_retract_and_correct_no_source(text: str) -> None:
    own = head(id="heart", title="Sheets of stem cells mend hearts", doi="10.5555/h.1")
    more = {"heart": f"{own}Hearts beat 8.1% faster.", "page": text}
    assert texts("How do sheets work?", "mechanism", "8.1%", **more) == []


def test_a_figure_from_weak_evidence_alone_is_cautioned() -> None:
    news = head(id="news", title="News", kind="news") + "Sleep improved in 60% with beans."
    found = shown("How many slept better?", "outcome", "60%", news=news)
    assert [(d.kind, d.text) for d in found] == [
        ("weak_evidence", "The figure rests on a news report alone.")
    ]


def test_weak_evidence_names_the_stronger_source_on_the_same() -> None:
    news = head(id="news", title="News", kind="news", trial_id="NCT00000009")
    paper = head(id="paper", title="Beans", kind="randomised_trial", trial_id="NCT00000009")
    more = {
        "news": f"{news}Sleep quality improved in 60% with beans.",
        "paper": f"{paper}Sleep quality with beans improved in 58% of NCT00000009.",
    }
    found = texts("How many slept better?", "outcome", "60%", **more)
    assert found == [
        "The figure comes from a news report; "
        "stronger evidence on this trial is in the library: “Beans”."
    ]


def test_weak_evidence_that_a_stronger_citation_bears_out_needs_no_caution() -> None:
    news = head(id="news", title="News", kind="news") + "Sleep improved in 60% with beans."
    paper = head(id="paper", title="Beans", kind="randomised_trial") + "In the trial, 60% slept."
    more = {"news": news, "paper": paper}
    assert texts("How many slept?", "outcome", "60% with", "60% slept", **more) == []


def test_animal_work_is_marked_where_patients_are_asked_about() -> None:
    own = head(id="lab", title="Lab", kind="preclinical_study") + "Grafts lasted 98.5 days."
    asked = "How long did grafts last in patients?"
    assert [d.kind for d in shown(asked, "outcome", "98.5", lab=own)] == ["weak_evidence"]
    assert texts("How long did grafts last in monkeys?", "outcome", "98.5", lab=own) == []


def test_animal_work_that_is_not_said_to_be_so_is_marked_and_cited() -> None:
    own = head(id="lab", title="Lab", kind="preclinical_study")
    lab = f"{own}Grafts lasted 98.5 days. In mice they lasted 7.5 days."
    (draft,) = shown("How long did grafts last?", "outcome", "98.5", lab=lab)
    assert draft.text == "Seen in animals or in the laboratory, not in patients."
    assert [quoted.source_id for quoted in draft.beside] == ["lab"]
    assert texts("How long did grafts last?", "outcome", "In mice", lab=lab) == []
    assert texts("How does it work?", "mechanism", "98.5", lab=lab) == []


def test_animal_work_in_a_document_without_a_kind_is_known_by_its_words() -> None:
    note = "In rats the drug halved the swelling."
    asked = "Does the drug help patients?"
    assert [d.kind for d in shown(asked, "outcome", "rats", note=note)] == ["weak_evidence"]


@pytest.mark.parametrize(
    "question",
    [
        "The ORCHID-2 trial is ongoing. When will it report?",
        "When will the ongoing ORCHID-2 trial report?",
    ],
)
def test_a_stopped_trial_that_is_taken_to_go_on_is_a_false_premise(question: str) -> None:
    found = shown(question, "status", "Acme terminated")
    assert [draft.kind for draft in found] == ["premise", "trial_status"]
    assert [said.source_id for said in found[0].said] == ["stop"]


def test_what_is_only_asked_is_no_premise() -> None:
    for question in ("Is the ORCHID-2 trial ongoing?", "Was ORCHID-2 stopped early?"):
        kinds = [draft.kind for draft in shown(question, "status", "Acme terminated")]
        assert kinds == ["trial_status"]


def test_a_reason_of_another_kind_than_the_librarys_is_a_false_premise() -> None:
    asked = "How many strokes came before ORCHID-2 was stopped over toxicity?"
    found = shown(asked, "status", "Acme terminated")
    assert found[0].kind == "premise"
    assert "another reason" in found[0].text
    asked = "What followed after ORCHID-2 was stopped because of futility?"
    assert [d.kind for d in shown(asked, "status", "Acme terminated")] == ["trial_status"]


def test_a_control_arm_that_there_was_not_is_a_false_premise() -> None:
    alone = "In the single-arm PANSY study, 7 of 15 patients responded to examplimab."
    asked = "By how much did examplimab beat placebo?"
    (draft,) = shown(asked, "outcome", "PANSY", alone=alone)
    assert (draft.kind, [quoted.source_id for quoted in draft.beside]) == ("premise", ["alone"])
    both = "Without a control in part A, 7 of 15 responded, in part B 9 of 15 and 3 on placebo."
    assert texts(asked, "outcome", "part A", both=both) == []


def test_notices_are_numbered_after_the_answers_citations_and_reuse_them() -> None:
    sources = {source.source_id: source for source in read(**LIBRARY)}
    first, second = unit_with("3.1 points", **LIBRARY), unit_with("Acme terminated", **LIBRARY)

    def cite(unit: Unit, meta: SourceMetadata, marker: int) -> Citation:
        place = (unit.source_id, meta.title, unit.quote, unit.start, unit.end, unit.context)
        return Citation(
            marker, *place, "", None, None, None, (), None, meta.kind, None, "original", None, None
        )

    def metadata_of(source_id: str) -> SourceMetadata:
        return sources[source_id].metadata

    drafts = shown("How far did pain fall with examplimab in gout?", "outcome", "3.1 points")
    one = cite(first, metadata_of("two"), 1)
    noticed = attach(drafts, [one], metadata_of, cite)
    assert [notice.citations for notice in noticed.notices] == [(2,)]
    assert [citation.quote for citation in noticed.citations] == [first.quote, second.quote]
    again = attach(drafts, noticed.citations, metadata_of, cite)
    assert again.citations == noticed.citations


def test_one_end_of_two_trials_is_told_once() -> None:
    lilac = (
        "Acme stopped LILAC-1 and LILAC-2, the two phase 3 studies of examplimab in adults with "
        "severe gout, on 3 May 2024."
    )
    found = texts("What came of examplimab in severe gout?", "outcome", "LILAC-1", lilac=lilac)
    together = [text for text in found if "LILAC" in text]
    assert together == [
        "LILAC-1 and LILAC-2 (examplimab, severe gout) were discontinued (3 May 2024); no reason "
        "was found in the library."
    ]


def test_a_question_on_a_drug_in_a_disease_shows_its_stop_though_another_drugs_words_answer() -> (
    None
):
    question = "How far did pain fall with examplimab in gout?"
    found = texts(question, "outcome", "0.4 points")
    assert f"ORCHID-2 (examplimab, gout) {SAID_OF_2}" in found


@pytest.mark.parametrize(
    ("question", "shown_there"),
    [
        ("What is the affinity for the human antigen?", False),
        ("Does it act on human keratinocytes?", False),
        ("What is the half-life in humans?", True),
        ("What is the half-life in human volunteers?", True),
    ],
)
def test_human_cells_and_antigens_are_no_people(question: str, shown_there: bool) -> None:
    lab = head(id="lab", title="Lab", kind="preclinical_study", tier="5")
    words = f"{lab}The antibody bound its antigen with 42 pM."
    found = texts(question, "mechanism", "42 pM", lab=words)
    assert bool(found) == shown_there


HARMED = {
    "first": "IRIS-1 (NCT00000010), a phase 2 trial of glowimab in gout, was completed in 2023: "
    "rash was seen in 4%.",
    "harmed": "IRIS-2 (NCT00000011), a phase 3 trial of glowimab in gout, was terminated in 2025 "
    "because of liver damage.",
    "slow": "IRIS-3 (NCT00000012), a phase 3 trial of glowimab in asthma, was terminated in 2025 "
    "because recruitment was slow, not for safety: rash was seen in 5%.",
}


def test_a_question_on_safety_shows_a_stop_for_harm_and_no_other() -> None:
    asked = "Is glowimab safe in {}?"
    own = texts(asked.format("gout"), "safety", "in 2025 because of liver", **HARMED)
    assert [text.split()[0] for text in own] == ["IRIS-2"]
    later = texts(asked.format("gout"), "safety", "seen in 4%", **HARMED)
    assert [text.split(",")[1].split()[0] for text in later] == ["IRIS-2"]
    assert texts(asked.format("asthma"), "safety", "seen in 5%", **HARMED) == []
    assert texts("Is examplimab safe in gout?", "safety", "Acme terminated") == []
