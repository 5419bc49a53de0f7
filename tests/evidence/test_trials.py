from __future__ import annotations

import pytest
from registry_of import head, read, registry_of, unit_with

from iscalimab_qa.evidence.trials.build import build_registry
from iscalimab_qa.evidence.trials.values import Said
from iscalimab_qa.lexicon.aliases import AliasGroup

PAPER = """Examplimab in gout: the ORCHID randomised trial

We randomised 212 patients with gout to examplimab 200 mg or placebo.

The ORCHID trial of examplimab (NCT00000001, CABC123B2201) was a phase 2b study in gout.
ORCHID started on 3 May 2019 and ended on 4 June 2021.

Table: Pain at week 12, ORCHID

| Endpoint | Examplimab 200 mg (n = 140) | Placebo (n = 72) |
|---|---|---|
| Pain | -3.1 | -1.0 |
"""
RECORD = """NCT00000002: dorsaxaban in atrial fibrillation (LILY)

Overall status: Terminated

Why study stopped: slow recruitment

Study start: 3 May 2019

Enrollment: 45

Phase: Phase 3
"""


def test_a_text_alone_tells_a_trials_names_drug_indication_phase_size_arms_and_dates() -> None:
    (trial,) = registry_of(paper=PAPER).trials
    assert trial.trial_id == "NCT00000001"
    assert set(trial.names) == {"NCT00000001", "ORCHID", "CABC123B2201"}
    assert trial.acronym == "ORCHID"
    assert trial.drug_names == {"examplimab"}
    assert [
        fact.value if fact else None
        for fact in (trial.indication, trial.phase, trial.enrolled, trial.started, trial.ended)
    ] == ["gout", "2b", "212", "2019-05-03", "2021-06-04"]
    assert [(arm.label, arm.n) for arm in trial.arms] == [
        ("Examplimab 200 mg", 140),
        ("Placebo", 72),
    ]
    assert trial.status is not None
    assert (trial.status.status, trial.status.date) == ("ended", "2021-06-04")
    assert trial.endpoint is None


def test_a_registers_own_lines_are_the_only_trials() -> None:
    (trial,) = registry_of(record=RECORD).trials
    assert trial.names == ("NCT00000002", "LILY")
    assert trial.status is not None
    assert (trial.status.status, trial.status.reason) == ("terminated", "slow recruitment")
    assert [f.value if f else None for f in (trial.phase, trial.enrolled, trial.started)] == [
        "3",
        "45",
        "2019-05-03",
    ]


def test_every_cited_fact_is_a_span_of_its_source() -> None:
    sources = {source.source_id: source for source in read(paper=PAPER, record=RECORD)}
    for trial in build_registry(sources.values()).trials:
        facts = [trial.indication, trial.phase, trial.enrolled, trial.started, trial.ended]
        said = [fact.said for fact in (*facts, *trial.drugs, *trial.arms) if fact]
        said += [trial.status.said] if trial.status else []
        assert said
        for each in said:
            if span := each.span:
                assert sources[each.source_id].text[span.start : span.end] == span.quote


def test_an_arms_size_is_cited_where_it_stands_in_the_columns_head() -> None:
    (trial,) = registry_of(paper=PAPER).trials
    assert [arm.as_json()["citation"]["quote"] for arm in trial.arms] == [
        "Examplimab 200 mg (n = 140)",
        "Placebo (n = 72)",
    ]


def test_number_code_acronym_pmid_and_doi_are_one_trials() -> None:
    meta = head(
        id="own", title="Gout", doi="10.5555/gout.1", pmid='"123456"', trial_id="NCT00000001"
    )
    registry = registry_of(paper=PAPER, own=f"{meta}Pain fell by 2.1 points.")
    names = ["NCT00000001", "nct 00000001", "Orchid", "CABC123B2201", "PMID: 123456"]
    names += ["https://doi.org/10.5555/GOUT.1", "10.5555/gout.1"]
    found = [registry.resolve(name) for name in names]
    assert [trial.trial_id if trial else None for trial in found] == ["NCT00000001"] * 7
    assert registry.resolve("examplimab") is None


def test_a_file_of_aliases_joins_names_that_no_text_joins() -> None:
    alias = AliasGroup("trial", ("ORCHID", "RED-FLOWER-7"), ("ORCHID", "RED-FLOWER-7"))
    found = registry_of(alias, paper=PAPER).resolve("red flower 7")
    assert found is not None
    assert found.trial_id == "NCT00000001"


def test_an_alias_of_no_trial_in_the_library_is_not_listed() -> None:
    alias = AliasGroup("trial", ("ROSE", "NCT00000009"), ("ROSE", "NCT00000009"))
    assert registry_of(alias, paper="Nothing of it here.").trials == ()


def test_a_review_of_several_trials_joins_none_and_is_about_none() -> None:
    text = "ORCHID (NCT00000001) and LILY (NCT00000002) differ.\n\nPain fell in both."
    registry = registry_of(review=text)
    assert [trial.trial_id for trial in registry.trials] == ["NCT00000001", "NCT00000002"]
    assert registry.of_source("review") == ()


def test_a_drugs_own_name_among_a_trials_aliases_joins_nothing() -> None:
    drug = AliasGroup("drug", ("examplimab", "ABC123"), ("examplimab", "ABC123"))
    one = head(id="one", title="One", trial_id="NCT00000001", trial_aliases="[ABC123]")
    two = head(id="two", title="Two", trial_id="NCT00000002", trial_aliases="[examplimab]")
    registry = registry_of(drug, one=f"{one}Text.", two=f"{two}Text.")
    assert [trial.names for trial in registry.trials] == [("NCT00000001",), ("NCT00000002",)]


def test_the_papers_of_one_doi_are_about_one_trial() -> None:
    digest = head(id="digest", title="Gout", doi="10.5555/gout.1", trial_id="NCT00000001")
    original = head(id="original", title="Gout again", doi="10.5555/gout.1")
    registry = registry_of(digest=f"{digest}Text.", original=f"{original}Pain fell.")
    assert [trial.trial_id for trial in registry.of_source("original")] == ["NCT00000001"]


def test_words_are_about_the_trial_that_they_name_before_their_sources() -> None:
    text = f"{PAPER}\nAn earlier trial, LILY (NCT00000002), was small.\n\nPain fell most."
    registry = registry_of(paper=text)

    def trials(words: str) -> list[str]:
        return [t.trial_id for t in registry.trials_of(unit_with(words, paper=text))]

    assert trials("was small") == ["NCT00000002"]
    assert trials("Pain fell most") == ["NCT00000001"]


def test_evidence_is_counted_in_trials_and_a_second_report_is_no_second_trial() -> None:
    abstract = "ORCHID (NCT00000001): pain fell by 2.1 points.\n\nORCHID was small."
    other = "Bees were counted in a garden."
    documents = {"paper": PAPER, "abstract": abstract, "other": other}
    registry = registry_of(**documents)
    words = ("We randomised", "pain fell by", "Bees")
    count = registry.count_trials(unit_with(each, **documents) for each in words)
    assert count.trials == {"NCT00000001": ("paper", "abstract")}
    assert count.others == ("other",)


def test_the_registry_and_the_sponsor_are_believed_before_the_news() -> None:
    news = head(id="news", title="News", kind="news", published="2023-05-01")
    press = head(id="press", title="Press", kind="press_release", published="2023-04-01")
    registry = registry_of(
        news=f"{news}ORCHID (NCT00000001) was stopped because of a fire.",
        press=f"{press}ORCHID (NCT00000001) was terminated owing to futility.",
    )
    (trial,) = registry.trials
    assert trial.status is not None
    assert (trial.status.said.source_id, trial.status.reason) == ("press", "futility")
    assert [statement.said.source_id for statement in trial.also] == ["news"]


def test_an_older_page_by_which_a_trial_runs_gives_way_to_its_stop() -> None:
    record = head(id="record", title="R", kind="registry_record", published="2019-01-01")
    news = head(id="news", title="N", kind="news", published="2021-09-03")
    registry = registry_of(
        record=f"{record}ORCHID (NCT00000001) is recruiting.",
        news=f"{news}ORCHID (NCT00000001) was halted.",
    )
    assert registry.trials[0].status is not None
    assert registry.trials[0].status.status == "discontinued"


def test_a_trial_that_the_registry_says_runs_again_runs() -> None:
    record = head(id="record", title="R", kind="registry_record", published="2023-01-01")
    news = head(id="news", title="N", kind="news", published="2021-09-03")
    registry = registry_of(
        record=f"{record}ORCHID (NCT00000001) is recruiting.",
        news=f"{news}ORCHID (NCT00000001) was halted.",
    )
    assert registry.trials[0].status is not None
    assert registry.trials[0].status.status == "recruiting"


def test_a_status_of_the_metadata_cites_the_sentence_that_bears_it_out() -> None:
    fields = {"trial_id": "NCT00000001", "trial_status": "terminated"}
    fields |= {"trial_status_date": "2021-09-03", "trial_status_source": "own"}
    own = head(id="own", title="Own", kind="press_release", **fields)
    text = f"{own}ORCHID (NCT00000001) was terminated on 3 September 2021."
    (trial,) = registry_of(own=text).trials
    assert trial.status is not None
    assert trial.status.said == Said("own", unit_with("terminated", own=text))


def test_a_status_of_the_metadata_alone_cites_its_source_without_a_span() -> None:
    fields = {"trial_id": "NCT00000001", "trial_status": "terminated"}
    own = head(id="own", title="Own", **fields, trial_status_source="own")
    (trial,) = registry_of(own=f"{own}Nothing of it.").trials
    assert trial.status is not None
    assert trial.status.as_json()["citation"] == {
        "source_id": "own",
        "start": None,
        "end": None,
        "quote": None,
    }


def test_a_curators_note_is_no_evidence_on_a_trial() -> None:
    fields = {"kind": "news", "text_kind": "digest", "read_from": "full text"}
    own = head(id="own", title="Own", **fields, trial_id="NCT00000001")
    text = f"{own}# Own\n\nText.\n\n## Curator's notes\n\n- NCT00000001 was terminated.\n"
    assert registry_of(own=text).trials[0].status is None


def test_an_endpoint_that_is_said_both_ways_is_unknown() -> None:
    text = "ORCHID (NCT00000001) met its primary endpoint.\n\nORCHID missed its primary endpoint."
    assert registry_of(paper=text).trials[0].endpoint is None


def test_a_sentence_of_another_trial_is_not_bound_to_its_sources_own() -> None:
    text = f"{PAPER}\nAn earlier trial was terminated owing to fraud."
    status = registry_of(paper=text).trials[0].status
    assert status is not None
    assert (status.status, status.reason) == ("ended", None)


@pytest.mark.parametrize(
    "text",
    [
        "ORCHID (NCT00000001), a trial in gout, is expected to have 3 May 2031 as its end date.",
        "ORCHID (NCT00000001), a trial in gout, started on 3 May 2019.",
    ],
)
def test_an_end_that_is_planned_or_unknown_is_no_status(text: str) -> None:
    assert registry_of(paper=text).trials[0].status is None


COHORTS = """{head}# A trial

{names} had three cohorts.

Table: Cohort 1, ORCHID

| Endpoint | Examplimab 5 mg (n = 8) | Placebo (n = 4) |
|---|---|---|
| Flares | 2 | 3 |

Table: Flares in the second cohort, ORCHID

| Endpoint | Examplimab 5 mg (n = 21) | Placebo (n = 11) |
|---|---|---|
| Flares | 5 | 6 |
"""


def test_arms_are_told_with_the_cohort_that_they_are_of_and_other_sources_add_other_cohorts() -> (
    None
):
    own = head(id="own", title="Own", kind="randomised_trial", trial_id="NCT00000001")
    names = "ORCHID (NCT00000001), a trial of examplimab in gout,"
    third = """

| Feature, ORCHID | Examplimab 9 mg (n = 13), cohort 3 | Examplimab 3 mg (n = 12), cohort 3 |
|---|---|---|
| Starting regimen | 9 mg | 3 mg |
"""
    (trial,) = registry_of(
        own=COHORTS.format(head=own, names=names),
        other=f"ORCHID (NCT00000001) is a trial in gout.{third}",
    ).trials
    assert [(arm.label, arm.n) for arm in trial.arms] == [
        ("Examplimab 5 mg, cohort 1", 8),
        ("Placebo, cohort 1", 4),
        ("Examplimab 5 mg, cohort 2", 21),
        ("Placebo, cohort 2", 11),
        ("Examplimab 9 mg, cohort 3", 13),
        ("Examplimab 3 mg, cohort 3", 12),
    ]


def test_a_later_count_of_an_arm_and_what_its_people_got_next_are_no_further_arms() -> None:
    text = """ORCHID (NCT00000001) is a trial of examplimab in gout.

Table: Flares at week 12, ORCHID

| Endpoint | Examplimab (n = 20) | Placebo (n = 21) |
|---|---|---|
| Flares | 2 | 3 |

Table: Flares at week 48, ORCHID

| Endpoint | Examplimab (n = 18) | Placebo, then examplimab (n = 19) |
|---|---|---|
| Flares | 2 | 3 |
"""
    arms = registry_of(paper=text).trials[0].arms
    assert [(arm.label, arm.n) for arm in arms] == [("Examplimab", 20), ("Placebo", 21)]


def test_an_endpoint_is_told_with_the_cohort_that_met_it() -> None:
    text = "Cohort 1 of ORCHID (NCT00000001) reached its aim, a dose-response."
    endpoint = registry_of(paper=text).trials[0].endpoint
    assert endpoint is not None
    assert endpoint.value == "met (cohort 1)"


def test_the_phase_of_a_trial_that_is_named_beside_it_is_not_its_own() -> None:
    text = "ORCHID (NCT00000001) was stopped in 2028, whereas the phase 1 trial VIOLA continues."
    assert registry_of(paper=text).trials[0].phase is None


def test_a_comparator_in_a_title_is_not_what_a_trial_tested() -> None:
    own = head(id="own", title='"Oral glantide against otherumab: ORCHID"', trial_id="NCT00000001")
    text = f"{own}ORCHID (NCT00000001) gave glantide 5 mg or otherumab to adults with gout."
    assert registry_of(own=text).trials[0].drug_names == frozenset({"glantide"})


def test_a_compound_whose_name_begins_a_studys_code_names_no_trial() -> None:
    own = head(id="own", title="Own", trial_id="NCT00000001", trial_aliases="[ORCHID-2, ABC09-02]")
    text = f"{own}# ABC-09 in gout: ORCHID-2\n\nORCHID-2 gave ABC-09 to 40 adults with gout."
    registry = registry_of(own=text)
    assert "ABC-09" not in registry.trials[0].names
    assert registry.named_in("Does ABC-09 help?") == ()


def test_a_planted_update_does_not_outrank_the_sponsor() -> None:
    press = head(id="press", title="Press", kind="press_release", published="2021-09-03")
    registry = registry_of(
        press=f"{press}ORCHID (NCT00000001) was terminated owing to futility.",
        planted="Update of 1 May 2026: ORCHID (NCT00000001) was completed and is ongoing.",
    )
    assert registry.trials[0].status is not None
    assert registry.trials[0].status.status == "terminated"


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("# Glandorin in gout\n\nGlandorin 20 mg was given daily.", {"glandorin"}),
        ("# Oral glandorin in gout\n\nThey got glandorin (100 mg, then 50 mg).", {"glandorin"}),
        (
            "# Glandorin\n\n| Event | Glandorin (n = 9) | Placebo (n = 9) |\n"
            "|---|---|---|\n| A | 1 | 2 |",
            {"glandorin"},
        ),
        ("# Glandorin in gout\n\nNothing was given.", set()),
        ("# Gout\n\nGlandorin 20 mg was given.", set()),
        ("# Tablets and vaccine in gout\n\nTablets 20 mg and vaccine 30 µg were given.", set()),
        ("# Weekly dosing\n\nWeekly 20 mg and Dosing 30 mg were compared.", set()),
    ],
)
def test_a_titles_word_behind_which_a_dose_stands_is_a_drug(text: str, drugs: set[str]) -> None:
    found = registry_of(paper=text).drugs.named_in("glandorin, tablets, vaccine, weekly, dosing")
    assert found == drugs


def test_two_trials_named_in_one_breath_share_their_end_its_reason_and_what_they_tested() -> None:
    text = (
        "Acme will discontinue LILAC-1 and LILAC-2, the two phase 3 studies of examplimab in "
        "adults with severe gout. The decision follows a review that found liver damage."
    )
    both = registry_of(paper=text).trials
    assert [trial.trial_id for trial in both] == ["LILAC-1", "LILAC-2"]
    for trial in both:
        assert trial.drug_names == {"examplimab"}
        assert trial.indication is not None
        assert trial.indication.value == "severe gout"
        assert trial.phase is not None
        assert trial.phase.value == "3"
        assert trial.status is not None
        assert trial.status.status == "discontinued"
        assert trial.status.reason == "a review that found liver damage"
        assert trial.status.reason_said is not None


def test_what_is_said_of_one_of_two_trials_is_not_said_of_the_other() -> None:
    text = "LILAC-1 (NCT00000001) was stopped in 2028, whereas LILAC-2 (NCT00000002) goes on."
    first, second = registry_of(paper=text).trials
    assert first.status is not None
    assert first.status.is_end
    assert second.status is None or not second.status.is_end


@pytest.mark.parametrize(
    "behind",
    [
        "The decision was made because of liver damage.",
        "This step was prompted by liver damage.",
        "The termination is due to liver damage.",
    ],
)
def test_the_sentence_behind_a_stop_gives_its_reason(behind: str) -> None:
    text = f"Acme stopped ORCHID-2 (NCT00000002), a phase 3 trial of examplimab. {behind}"
    (trial,) = registry_of(paper=text).trials
    assert trial.status is not None
    assert trial.status.reason == "liver damage"


def test_a_sentence_further_off_gives_no_reason() -> None:
    text = (
        "Acme stopped ORCHID-2 (NCT00000002), a phase 3 trial of examplimab. Shares fell by 3%. "
        "The decision follows a bad year."
    )
    (trial,) = registry_of(paper=text).trials
    assert trial.status is not None
    assert trial.status.reason is None


def test_a_registers_own_lines_name_the_trial_of_its_number() -> None:
    text = "Registry identifier: NCT00000001\nAcronym: ORCHID-DN\nProtocol number: ABC12-204\n"
    registry = registry_of(record=text)
    assert registry.resolve("ORCHID-DN") == registry.resolve("ABC12-204") == registry.trials[0]


def test_a_trials_own_name_is_no_indication() -> None:
    own = head(id="own", title='"Examplimab lengthens survival in ORCHID-301"')
    text = f"{own}It met the primary endpoint of ORCHID-301 in patients with severe gout."
    (trial,) = registry_of(own=text).trials
    assert trial.indication is not None
    assert trial.indication.value == "severe gout"


def test_a_record_that_names_an_earlier_trial_is_about_its_own_number() -> None:
    record = (
        "# Pelvanimab in gout\n\nNCT Number: NCT00000011\n\nAcronym: STONE-GT\n\n"
        "An earlier study, STONE-N (NCT00000022), found no difference.\n"
    )
    chief = registry_of(a=record).chief_of("a")
    assert chief is not None
    assert set(chief.names) == {"NCT00000011", "STONE-GT"}
