from __future__ import annotations

import pytest
from cited import cite, grounds, row

from iscalimab_qa.evidence.checks.arm_terms import ArmTerms
from iscalimab_qa.evidence.checks.arms import check_arms
from iscalimab_qa.evidence.checks.binding import bound_in_prose, bound_in_row
from iscalimab_qa.evidence.checks.counts import check_counts, check_marks
from iscalimab_qa.evidence.naming.names import shipped_names
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.units import RowCell

NAMES = shipped_names()


def arms(text: str) -> dict[str, set[str]]:
    bound = bound_in_prose(text, ArmTerms(NAMES, frozenset({"alphamab"})))
    return {each.quantity.key: set(each.near["agent"]) for each in bound}


@pytest.mark.parametrize(
    "text",
    [
        "63.1% with nivolumab and 36.3% with placebo",
        "With nivolumab it was 63.1%; with placebo, 36.3%.",
        "Nivolumab (n = 39) 63.1%, placebo (n = 18) 36.3%",
        "63.1% in the nivolumab group versus 36.3% in the placebo group",
        "The rates of nivolumab and placebo were 63.1% and 36.3%, respectively.",
        "63.1% and 36.3% responded on nivolumab and placebo, respectively.",
        "Nivolumab was better than placebo (63.1% vs 36.3%).",
        "Compared with placebo (36.3%), nivolumab reached 63.1%.",
        "Ten nivolumab patients (63.1%) had two events and three placebo patients (36.3%) one.",
        "Nivolumab improved it by 63.1% and placebo by 36.3%.",
        "63.1% (95% CI 50.1 to 70.2; p = 0.01) with nivolumab, 36.3% (20.0 to 50.0) with placebo",
    ],
)
def test_a_figure_is_bound_to_its_arm_by_the_sentences_syntax(text: str) -> None:
    bound = arms(text)
    assert bound["63.1"] == {"nivolumab"}
    assert bound["36.3"] == {"placebo"}


def test_an_arm_goes_on_over_several_times() -> None:
    bound = bound_in_prose("Nivolumab: 12% at week 4 and 24% at week 8", ArmTerms(NAMES))
    assert [(b.near["agent"], b.near["time"]) for b in bound] == [
        ({"nivolumab"}, {"week-4"}),
        ({"nivolumab"}, {"week-8"}),
    ]


def test_a_cells_figure_belongs_to_its_head_and_the_heads_n_as_well() -> None:
    cells = [
        RowCell("Outcome", "Deaths"),
        RowCell("Nivolumab (n = 39)", "6"),
        RowCell("Placebo (n = 18)", "3"),
    ]
    bound = bound_in_row(cells, "by week 49", ArmTerms(NAMES))
    assert [(b.quantity.key, set(b.near["agent"])) for b in bound] == [
        ("6", {"nivolumab"}),
        ("39", {"nivolumab"}),
        ("3", {"placebo"}),
        ("18", {"placebo"}),
    ]
    assert all(b.near["time"] == {"week-49"} for b in bound)


SENTENCE = "It improved by 63.1% with nivolumab (n = 39) and by 36.3% with placebo (n = 18)."
ROW = row(
    ["Outcome", "Onlay mesh (n = 198)", "Suture (n = 194)", "Note"],
    ["Hernia at 1 year", "13 (6.6%)", "31 (16.0%)", "not blinded"],
)


def wrong(claim: str, *cited: Citation | str) -> bool:
    return bool(check_arms(claim, grounds(*cited), NAMES))


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("It improved by 36.3% with nivolumab.", SENTENCE),
        ("With placebo it improved by 63.1% and with nivolumab by 36.3%.", SENTENCE),
        ("Hernia occurred in 16.0% with onlay mesh.", ROW),
        ("13 patients with suture had a hernia.", ROW),
        ("30% at week 12", "30% at week 4 and 45% at week 12"),
        ("The effect was 52% in cohort 2.", "The effect was 52% in cohort 1 and 31% in cohort 2."),
        ("It was 61% with 20 mg.", "40%, 52% and 61% with 10 mg, 20 mg and 40 mg, respectively"),
        (
            "Two patients died, both on nivolumab and none on placebo.",
            "Two patients died, both on placebo and none on nivolumab.",
        ),
    ],
)
def test_a_swapped_arm_time_cohort_or_dose_is_found(claim: str, cited: Citation | str) -> None:
    assert wrong(claim, cited)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Placebo improved by 36.3%, nivolumab by 63.1%.", SENTENCE),
        ("Of 39 patients on nivolumab it improved in 63.1%.", SENTENCE),
        ("Nivolumab was superior to placebo (63.1% against 36.3%).", SENTENCE),
        ("31 patients with suture and 13 with onlay mesh had a hernia at 1 year.", ROW),
        ("Hernia at 1 year: Onlay mesh (n = 198) 13 (6.6%); Note not blinded.", ROW),
        ("The difference was 5.2 points with X.", "5.2 points greater fall with X than with Y"),
        ("It was 52% with 20 mg.", "40%, 52% and 61% with 10 mg, 20 mg and 40 mg, respectively"),
    ],
)
def test_the_same_binding_in_other_words_passes(claim: str, cited: Citation | str) -> None:
    assert not wrong(claim, cited)


def test_what_is_counted_may_not_change() -> None:
    cited = grounds("It was run at 71 sites in 23 countries.")
    assert check_counts("It was run in 71 countries.", cited)
    assert not check_counts("It was run in 23 countries, at 71 sites.", cited)


def test_a_number_of_events_is_no_number_of_people() -> None:
    cited = grounds(row(["Outcome", "Drug"], ["Number of infections", "7"]))
    assert check_counts("Seven patients had infections.", cited)
    assert not check_counts("There were seven infections.", cited)


def test_a_statement_of_one_dose_is_not_one_of_another() -> None:
    quote = "150 mg and 600 mg separated from placebo, while for 300 mg no statement was made."
    assert check_marks("300 mg separated from placebo.", grounds(quote), NAMES)
    assert not check_marks("150 mg separated from placebo.", grounds(quote), NAMES)


def test_a_figure_keeps_its_place_in_a_text_of_several_lines() -> None:
    text = "Placebo 36.3%.\nNivolumab 63.1%."
    found = {text[b.quantity.start : b.quantity.end] for b in bound_in_prose(text, ArmTerms(NAMES))}
    assert found == {"36.3%", "63.1%"}


def test_the_citation_of_a_sentence_has_no_cells() -> None:
    assert cite("63.1%").cells == ()
