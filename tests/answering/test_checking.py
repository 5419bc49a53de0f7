from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.answering.checking import (
    CheckedClaim,
    Library,
    check_units,
    unchecked,
    unsupported_parts,
)
from iscalimab_qa.evidence.checks.findings import Finding
from iscalimab_qa.evidence.naming.names import shipped_names
from iscalimab_qa.evidence.trials.build import build_registry
from iscalimab_qa.evidence.wording.coverage import coverage, is_anonymous, pointless
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit, units_of

NAMES = shipped_names()

TRIAL = """# Orelimab in asthma: the GRANITE trial

In GRANITE, the attack rate fell by 41% with orelimab and by 12% with placebo at week 24.
Orelimab did not improve lung function in GRANITE.
Liver enzymes were raised in three patients on orelimab.
GRANITE randomised 90 adults with asthma.

| Outcome at week 24 | Orelimab (n = 60) | Placebo (n = 30) |
|---|---|---|
| Patients without an attack | 33 (55%) | 9 (30%) |
"""

OTHER = """# Tirelimab in gout

Tirelimab lowered serum urate by 20% in the SHALE trial.
"""


def source(name: str, text: str, *, digest: bool = False) -> Source:
    kind = "text_kind: digest\nread_from: abstract\nkind: randomised_trial\n" if digest else ""
    front = f"---\nid: {name}\ntitle: A paper\n{kind}---\n" if digest else ""
    return read_source(Path(f"{name}.md"), (front + text).encode(), ReadingSettings())


SOURCES = {"granite": source("granite", TRIAL), "shale": source("shale", OTHER)}
UNITS = [unit for each in SOURCES.values() for unit in units_of(each)]


def check(claim: str, units: Sequence[Unit] = UNITS) -> CheckedClaim:
    return check_units(claim, units, Library(lambda name: SOURCES[name].metadata, NAMES))


def test_a_paraphrase_is_supported_by_the_words_that_it_tells() -> None:
    checked = check("At week 24 the attack rate had fallen by 41% on orelimab (placebo: 12%).")
    assert checked.verdict == "supported"
    assert checked.citations[0].quote.startswith("In GRANITE, the attack rate fell by 41%")
    assert (checked.checks.figures, checked.checks.arms, checked.findings) == ("ok", "ok", ())


def test_another_value_of_the_same_arm_and_time_is_contradicted_and_the_value_is_named() -> None:
    checked = check("In GRANITE, the attack rate fell by 47% with orelimab at week 24.")
    assert (checked.verdict, checked.checks.figures) == ("contradicted", "failed")
    assert [each.text for each in checked.findings] == ["the cited words have 41% here"]


def test_swapped_arms_are_contradicted_by_the_check_of_arms() -> None:
    claim = "In GRANITE, the attack rate fell by 12% with orelimab and by 41% with placebo."
    checked = check(f"{claim[:-1]} at week 24.")
    assert (checked.verdict, checked.checks.arms) == ("contradicted", "failed")


def test_what_is_turned_round_is_contradicted() -> None:
    checked = check("Orelimab improved lung function in GRANITE.")
    assert (checked.verdict, checked.checks.negation) == ("contradicted", "failed")


def test_another_time_is_no_contradiction_for_nothing_is_known_of_it() -> None:
    checked = check("In GRANITE, the attack rate fell by 41% with orelimab at week 52.")
    assert checked.verdict == "partial"
    assert {"41%", "week 52"} <= set(checked.unsupported)


def test_a_claim_none_of_whose_figures_is_there_is_not_found_though_its_words_are() -> None:
    checked = check("In GRANITE, the attack rate fell by 47% with orelimab at week 52.")
    assert (checked.verdict, len(checked.citations)) == ("not_found", 1)


def test_another_drug_or_trial_is_not_found_however_like_the_words_are() -> None:
    other = check("In BASALT, the attack rate fell by 41% with mepolizumab at week 24.")
    assert other.verdict == "not_found"
    assert len(other.citations) == 1  # the nearest passage


def test_the_part_that_nothing_supports_is_named() -> None:
    checked = check(
        "In GRANITE, the attack rate fell by 41% with orelimab at week 24, and eosinophils rose."
    )
    assert checked.verdict == "partial"
    assert any("eosinophil" in part for part in checked.unsupported)


def test_two_sources_support_a_claim_together_where_each_clause_names_its_subject() -> None:
    checked = check(
        "GRANITE randomised 90 adults with asthma; tirelimab lowered serum urate by 20%."
    )
    assert checked.verdict == "supported"
    assert [each.source_id for each in checked.citations] == ["granite", "shale"]
    assert [each.marker for each in checked.citations] == [1, 2]


def test_a_judgement_is_not_borne_out_by_two_figures() -> None:
    units = [each for each in UNITS if each.kind == "row"]
    assert check("Orelimab was superior to placebo in GRANITE.", units).verdict != "supported"


def test_a_claim_that_names_nothing_is_not_supported() -> None:
    assert is_anonymous("It was well tolerated.", NAMES)
    assert check("It was given.").verdict == "not_found"


def test_notes_and_references_support_nothing() -> None:
    listed = "## References\n\n1. Smith J. Orelimab cured asthma. 2019.\n"
    text = f"# A paper\n\nAn introduction.\n\n{listed}"
    SOURCES["cites"] = source("cites", text)
    checked = check("Orelimab cured asthma.", units_of(SOURCES["cites"]))
    assert checked.verdict == "not_found"


def test_an_empty_library_has_nothing_to_cite() -> None:
    assert check("Orelimab is an antibody.", []) == CheckedClaim(
        "Orelimab is an antibody.", "not_found"
    )


def test_the_object_of_a_claim_has_the_documented_keys() -> None:
    told = check("In GRANITE, the attack rate fell by 41% with orelimab at week 24.").as_json("a")
    assert list(told) == ["id", "claim", "verdict", "checks", "citations"]
    assert list(told["checks"]) == ["figures", "arms", "negation", "drug", "trial"]
    partial = check("In GRANITE, the attack rate fell by 41% with orelimab at week 52.").as_json()
    assert (partial["id"], partial["verdict"], partial["unsupported"]) == (
        None,
        "partial",
        ["41%", "week 52"],
    )
    assert unchecked("x", "too long").as_json()["note"] == "too long"


def test_a_part_within_another_part_is_named_once() -> None:
    findings = [Finding("figures", "8", ""), Finding("arms", "in 8 of 9", "")]
    assert unsupported_parts("In 8 of 9 it rose", findings, ["it rose"]) == ("in 8 of 9", "it rose")
    assert unsupported_parts("All of it", [], []) == ("All of it",)


def test_a_judging_clause_needs_a_judging_clause_but_a_figure_holds_itself() -> None:
    assert pointless("X was superior to Y", "X had 3 and Y had 4") == ("X was superior to Y",)
    assert pointless("X was superior to Y", "X was better than Y") == ()
    assert pointless("it improved by 7%", "change: 7%") == ()


words = st.lists(st.sampled_from("enzyme urate attack rate gives rose kidney".split()), min_size=1)


@given(words, words)
def test_words_hold_all_of_themselves_and_more_words_never_hold_less(
    claim: list[str], other: list[str]
) -> None:
    said, more = " ".join(claim), " ".join(other)
    assert coverage(said, said, NAMES) == 1.0
    assert coverage(said, more, NAMES) <= coverage(said, f"{more} {said}", NAMES)


DIGEST = """# Morelimab in nephritis

| Endpoint | Morelimab 5 mg (n = 40) | Placebo (n = 20) |
|---|---|---|
| Patients with a serious adverse event | 6 (15.0%) | 4 (20.0%) |

Proteinuria in nephritis, measured as UPCR, improved by 61.4% with morelimab and by 32.2% with
placebo.
Compared directly with placebo, morelimab left UPCR 43.1% lower against a threshold of 20% in
nephritis; the 43.1% is a ratio, not 61.4% minus 32.2%.
The NACRE trial of morelimab ended because morelimab showed less efficacy than tirelimab in
nephritis.
The OPAL trial of morelimab was halted in May 2031.
"""


def check_digest(claim: str) -> CheckedClaim:
    SOURCES["digest"] = source("digest", DIGEST)
    return check(claim, list(units_of(SOURCES["digest"])))


def test_a_sentence_that_has_the_claims_figures_in_place_outweighs_one_with_more_of_its_words() -> (
    None
):
    checked = check_digest(
        "Morelimab improved UPCR by 61.4% against 32.2% with placebo in nephritis"
    )
    assert checked.verdict == "supported"


def test_figures_set_against_each_other_belong_to_the_arms_beside_them() -> None:
    swapped = "Morelimab improved UPCR by 32.2% against 61.4% with placebo in nephritis"
    checked = check_digest(swapped)
    assert (checked.verdict, checked.checks.arms) == ("contradicted", "failed")


def test_a_slides_fragment_gives_each_figure_to_the_arm_behind_it() -> None:
    told = "Serious adverse events: 6/40 (15.0%) morelimab vs 4/20 (20.0%) placebo in nephritis"
    swapped = "Serious adverse events: 4/20 (20.0%) morelimab vs 6/40 (15.0%) placebo in nephritis"
    assert check_digest(told).verdict == "supported"
    assert check_digest(swapped).verdict != "supported"


def test_a_rounded_figure_is_the_cited_one_and_a_wrongly_rounded_one_is_not() -> None:
    rounded = "UPCR improved by {} with morelimab and by 32% with placebo in nephritis."
    assert check_digest(rounded.format("61%")).verdict == "supported"
    assert check_digest(rounded.format("62%")).verdict != "supported"


def test_who_did_less_well_than_whom_is_not_turned_round() -> None:
    told = "NACRE ended because {} was less effective than {} in nephritis."
    assert check_digest(told.format("morelimab", "tirelimab")).verdict == "supported"
    assert check_digest(told.format("tirelimab", "morelimab")).verdict == "contradicted"


def test_a_trial_that_was_halted_is_not_one_that_was_completed() -> None:
    assert (
        check_digest("The OPAL trial of morelimab was completed in May 2031.").verdict
        != "supported"
    )


ENDS = """# Two trials of orelimab

CEDAR (NCT00000011), a trial of orelimab in asthma, was terminated in May 2030 for lack of efficacy.
Orelimab binds OX40 and keeps OX40 ligand from engaging it.
Orelimab is silent in its Fc part.
The half-life of orelimab was 22 days in healthy volunteers.
CEDAR gave orelimab at a dose of 300 mg every four weeks.
Orelimab has not been approved in any country.
"""


def check_ends(claim: str) -> CheckedClaim:
    ends = source("ends", ENDS)
    library = Library(lambda _: ends.metadata, NAMES, build_registry([ends], aliases=()))
    return check_units(claim, units_of(ends), library)


@pytest.mark.parametrize(
    "claim",
    [
        "CEDAR was completed as planned.",
        "CEDAR was stopped because of deaths.",
        "Orelimab binds OX40 ligand.",
        "The half-life of orelimab was 12 days in healthy volunteers.",
        "CEDAR gave orelimab at a dose of 500 mg every four weeks.",
        "Orelimab is approved in Europe.",
    ],
)
def test_another_end_reason_target_half_life_dose_or_approval_is_contradicted(claim: str) -> None:
    assert check_ends(claim).verdict == "contradicted"


@pytest.mark.parametrize(
    "claim",
    [
        "CEDAR was terminated for lack of efficacy.",
        "Orelimab targets OX40.",
        "Orelimab has a half-life of 22 days in healthy volunteers.",
        "CEDAR gave 300 mg of orelimab every four weeks.",
        "Orelimab is not approved in Europe.",
    ],
)
def test_the_same_told_rightly_is_supported(claim: str) -> None:
    assert check_ends(claim).verdict == "supported"
