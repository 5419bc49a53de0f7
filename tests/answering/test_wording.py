from __future__ import annotations

from dataclasses import astuple

import pytest

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.wording import claim_text
from iscalimab_qa.evidence.checks.claim import check_claim, is_verbatim
from iscalimab_qa.sources.builder import Cell, SourceBuilder
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit, units_of

HEADS = ("Endpoint", "Tolimab 5 mg (n=20)", "Tolimab 10 mg (n=20)", "Placebo (n=10)", "Note")
CELLS = ("Response", "45%", "55%", "20%", "Not adjusted for multiplicity")


def row_of(
    cells: tuple[str, ...] = CELLS,
    caption: str = "Table 2: Relief at week 12, TOLI-1, NCT00000000",
    heads: tuple[str, ...] = HEADS,
    group: str = "",
) -> Unit:
    builder = SourceBuilder()
    builder.table(
        head=[[Cell(head) for head in heads]],
        rows=[*([[Cell(group)]] if group else []), [Cell(cell) for cell in cells]],
        caption=caption,
    )
    text, blocks, _ = builder.build()
    return units_of(Source("s", SourceMetadata(title="t"), text, blocks))[0]


def told(question: str, row: Unit | None = None) -> str:
    return claim_text(row or row_of(), analyse(question))


def test_a_row_says_what_it_is_about_and_then_each_arm() -> None:
    assert told("What were the response rates?", row_of(group="Adults")) == (
        "Response (Adults, Relief at week 12, TOLI-1): "
        "Tolimab 5 mg (n=20) 45%; Tolimab 10 mg (n=20) 55%; Placebo (n=10) 20%."
    )


def test_one_arm_asked_for_is_one_arm_given() -> None:
    assert told("What was the response rate with placebo?").endswith(": Placebo (n=10) 20%.")


def test_the_trial_that_is_meant_names_no_arm() -> None:
    answer = told("What was the response rate with placebo in the trial of tolimab?")
    assert answer.endswith(": Placebo (n=10) 20%.")
    assert "45%" in told("What was the response rate in the trial of tolimab?")
    both = told("What was the response rate in the tolimab gout trial?")
    assert "45%" in both
    assert "20%" in both


def test_the_control_group_is_the_arm_that_got_placebo() -> None:
    answer = told("How many of the control group responded in the tolimab gout trial?")
    assert answer.endswith(": Placebo (n=10) 20%.")


def test_of_the_doses_of_a_drug_the_one_asked_for_is_given() -> None:
    assert told("How many responded on tolimab 10 mg?").endswith(": Tolimab 10 mg (n=20) 55%.")
    assert "45%" in told("How many responded on tolimab?")


def test_a_comparison_gets_all_arms() -> None:
    answer = told("Was response higher with tolimab than with placebo?")
    assert "45%" in answer
    assert "20%" in answer


def test_a_remark_is_told_only_where_it_is_asked_for() -> None:
    assert "adjusted" not in told("What were the response rates?")
    assert "Note Not adjusted" in told("Were the response rates adjusted for multiplicity?")


def test_a_cell_with_a_dash_is_not_told() -> None:
    assert "Tolimab 5 mg" not in told("Response?", row_of(("Response", "–", "55%", "20%", "")))


@pytest.mark.parametrize(
    ("label", "caption", "named"),
    [
        ("Relief at week 12", "Relief at week 12, TOLI-1", "Relief at week 12 (TOLI-1)"),
        (
            "Relief at week 12",
            "Clinical state at week 12, TOLI-1",
            "Relief at week 12 (Clinical state, TOLI-1)",
        ),
        ("Relief", "Clinical state at week 12", "Relief (Clinical state at week 12)"),
        ("Relief", "Efficacy outcomes at week 12", "Relief (at week 12)"),
        ("Relief, n (%)", "Table 3. Results in TOLI-1", "Relief, n (%), in TOLI-1"),
        ("Relief at week 12", "Results at week 12 in adults", "Relief at week 12 (in adults)"),
        ("Relief", "Pain scores (95% CI)", "Relief (Pain scores)"),
        ("Falls", "Events per 100 person-years", "Falls (Events per 100 person-years)"),
        ("Falls", "Safety, NCT00000000", "Falls (Safety, NCT00000000)"),
        ("Patients with falls", "Falls", "Patients with falls"),
        ("", "Yield in spring", "Yield in spring"),
    ],
)
def test_of_a_caption_that_is_told_which_the_label_does_not_say(
    label: str, caption: str, named: str
) -> None:
    row = row_of((label, *CELLS[1:]), caption)
    answer = told("What was found with placebo?", row)
    assert answer == f"{named}: Placebo (n=10) 20%."
    assert is_verbatim(answer, [citation(row, SourceMetadata(title="t"), 1)])


def test_a_registry_number_that_was_asked_for_is_told() -> None:
    assert "NCT00000000" in told("What was the response in NCT00000000?")
    assert "NCT00000000" not in told("What was the response in TOLI-1?")


@pytest.mark.parametrize("question", ["What was the response with placebo?", "Any response?"])
def test_a_row_as_it_is_told_is_its_row_and_nothing_more(question: str) -> None:
    row = row_of(group="Adults")
    cited = citation(row, SourceMetadata(title="t"), 1)
    text = told(question, row)
    assert is_verbatim(text, [cited])
    assert not is_verbatim(text.replace("20%", "55%"), [cited])
    assert not is_verbatim(f"No {text}", [cited])
    assert not is_verbatim(f"{text} Relief at week 24.", [cited])
    assert "failed" not in astuple(check_claim(text, [cited]))


def test_a_sentence_is_said_word_for_word() -> None:
    unit = Unit("s", 0, 13, "Most improved", "Most improved", "sentence")
    assert claim_text(unit, analyse("Did they improve?")) == "Most improved."


YEARS = row_of(
    ("July", "sown", "17.0", "21.2"), "Table 1: Species", ("Mowing", "Rattle", "2029", "2031")
)
WEEKS = row_of(
    ("Speed", "57.9", "49.3", "51.2"), "Table 2: Speed", ("Group", "Before", "Week 4", "Month 12")
)


def test_of_columns_of_years_the_one_asked_about_is_told_with_what_names_the_row() -> None:
    answer = told("How many species were there in 2031 where rattle was sown?", YEARS)
    assert answer.endswith(": Rattle sown; 2031 21.2.")


def test_of_columns_of_times_the_one_asked_about_is_told() -> None:
    assert told("What was the speed after 12 months?", WEEKS).endswith(": Month 12 51.2.")
    assert "Week 4 49.3" in told("What was the speed?", WEEKS)


def test_a_dose_that_was_lowered_is_an_arm_like_the_others() -> None:
    heads = ("Marker", "Rat 15", "Minipig 5", "Minipig 60/40")
    row = row_of(("ALT", "+4", "-3", "+38"), "Table 4: Change", heads)
    assert told("How much did ALT rise in minipigs?", row).endswith(
        "Minipig 5 -3; Minipig 60/40 +38."
    )


def test_where_two_numbers_are_asked_for_the_column_that_is_not_named_is_told_too() -> None:
    heads, cells = ("Work", "Planned", "Actual"), ("Full closure, nights", "22", "47")
    unit = row_of(cells, caption="", heads=heads)
    both = "How many nights was it fully shut, and how many were planned?"
    assert claim_text(unit, analyse(both)) == "Full closure, nights: Planned 22; Actual 47."
    one = "How many nights of full closure were planned?"
    assert claim_text(unit, analyse(one)) == "Full closure, nights: Planned 22."
