from __future__ import annotations

import pytest
from cited import cite, grounds, row

from iscalimab_qa.evidence.checks.arms import check_named_arms
from iscalimab_qa.evidence.checks.nought import check_nought
from iscalimab_qa.evidence.checks.outcome_words import check_outcome_words
from iscalimab_qa.evidence.checks.results import results_in
from iscalimab_qa.evidence.checks.rewording import as_aimed, without_places
from iscalimab_qa.evidence.checks.targets import check_targets
from iscalimab_qa.evidence.naming.names import shipped_names

NAMES = shipped_names()
BINDS = "Orelimab binds OX40 and keeps OX40 ligand from engaging it."


def targets(claim: str, *cited: str) -> list[tuple[str, str]]:
    return [(f.check, f.said) for f in check_targets(claim, grounds(*cited), NAMES)]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Orelimab binds OX40 ligand.", BINDS),
        ("Orelimab is an antagonist of OX40 ligand.", BINDS),
        ("Tirelimab is an antibody to IL-6.", "Tirelimab, an antibody to IL-23 and not to IL-6."),
        ("Tirelimab is an anti-IL-6 antibody.", "Tirelimab is directed against IL-23."),
        ("Mervanib inhibits JAK1.", "Mervanib inhibits JAK2 and leaves JAK1 alone."),
        ("Mervanib blocks JAK1.", "Mervanib inhibits JAK2 and does not block JAK1."),
    ],
)
def test_another_target_than_the_cited_one_is_turned_round(claim: str, cited: str) -> None:
    assert [check for check, _ in targets(claim, cited)] == ["negation"]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Orelimab targets OX40.", BINDS),
        ("Orelimab blocks OX40 ligand.", BINDS),
        ("Tirelimab binds IL-6.", "Tirelimab is an antibody to IL-23 or to IL-6."),
        ("Mervanib inhibits JAK2.", "Mervanib inhibits JAK2 and leaves JAK1 alone."),
        ("Survival was longer with anti-CD40 antibodies.", "It was 131 days under anti-CD154."),
    ],
)
def test_the_cited_target_and_classes_of_drugs_pass(claim: str, cited: str) -> None:
    assert targets(claim, cited) == []


def test_words_that_tell_of_no_binding_bear_none_out() -> None:
    cited = "The comparison of orelimab with an anti-OX40L drug is an argument."
    assert targets("Orelimab binds OX40L.", cited) == [("arms", "OX40L")]


def test_what_happened_to_none_on_an_arm_is_not_affirmed_of_it() -> None:
    died = grounds("Two patients died, both on placebo, and none on orelimab.")
    assert [f.check for f in check_nought("Two patients on orelimab died.", died, NAMES)] == [
        "negation"
    ]
    assert check_nought("Two patients on placebo died.", died, NAMES) == ()
    assert check_nought("No patient on orelimab died.", died, NAMES) == ()
    deaths = grounds(row(["Outcome", "Orelimab (n = 9)", "Placebo (n = 9)"], ["Deaths", "0", "2"]))
    assert check_nought("Deaths occurred on orelimab.", deaths, NAMES)
    assert not check_nought("Deaths occurred on placebo.", deaths, NAMES)


def test_a_sentence_about_two_other_arms_is_not_about_the_titles_arm() -> None:
    two = cite("Two died, one on tirelimab and one on placebo.", title="A trial of orelimab")
    assert check_named_arms("Two died on orelimab.", grounds(two), NAMES)
    assert not check_named_arms("One died on placebo.", grounds(two), NAMES)


def test_a_failure_is_denied_by_an_aim_that_was_met_and_the_reverse() -> None:
    met, missed = grounds("GRANITE met its primary endpoint."), grounds("SHALE missed its aim.")
    assert [f.check for f in check_outcome_words("GRANITE failed.", met)] == ["negation"]
    assert [f.check for f in check_outcome_words("SHALE was successful.", missed)] == ["negation"]
    assert check_outcome_words("SHALE failed.", missed) == ()
    assert check_outcome_words("GRANITE succeeded.", met) == ()


def test_a_measured_time_and_a_lone_dose_are_results_and_a_time_point_is_none() -> None:
    def said(text: str) -> list[str]:
        return [text[each.start : each.end] for each in results_in(text)]

    assert said("The half-life of orelimab was 22 days.") == ["22 days"]
    assert said("A dose of 300 mg was given at week 4.") == ["300 mg"]
    assert said("At week 24, 41% on 300 mg responded.") == ["41%"]


def test_an_aim_is_the_primary_endpoint_where_the_cited_words_rank_none() -> None:
    claim = "GRANITE met its primary endpoint."
    assert as_aimed(claim, "GRANITE reached its aim.") == "GRANITE met its aim."
    assert as_aimed(claim, "GRANITE met its primary endpoint and its goal.") == claim


def test_a_place_is_covered_by_words_for_all_places() -> None:
    claim = "Orelimab is approved in Europe."
    assert "Europe" not in without_places(claim, "It is not approved in any country.")
    assert without_places(claim, "It is approved in Japan.") == claim
