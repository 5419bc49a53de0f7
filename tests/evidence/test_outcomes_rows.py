from __future__ import annotations

import pytest
from library_of import library_of, outcomes_in, sources_of, told

from iscalimab_qa.evidence.outcomes.values import OUTCOME_COLUMNS

ARMS_IN_COLUMNS = """# GRAND-2 (NCT09999991): results

Table 1: Response at week 16

| Endpoint | Orelimab 150 mg SC (n=201) | Placebo (n=100) | P value | Note |
|---|---|---|---|---|
| PASI 75 response, n (%) | 126 (62.7) | 15 (15.0) | <0.001 | Intention to treat |
| PASI 90 response | 81/201 (40.3%) | | <0.001 | |
| Mean change in DLQI | -7.4 (SD 2.1) | −1.9 points | | |
| Headache | none | NR | | |
"""


def test_a_table_with_arms_in_columns_yields_one_outcome_a_filled_cell() -> None:
    assert [told(outcome) for outcome in outcomes_in(ARMS_IN_COLUMNS)] == [
        ("PASI 75 response", "week 16", "Orelimab 150 mg SC", "62.7% (126)"),
        ("PASI 75 response", "week 16", "Placebo", "15.0% (15)"),
        ("PASI 90 response", "week 16", "Orelimab 150 mg SC", "40.3% (81/201)"),
        ("Mean change in DLQI", "week 16", "Orelimab 150 mg SC", "-7.4"),
        ("Mean change in DLQI", "week 16", "Placebo", "−1.9 points"),
        ("Headache", "week 16", "Orelimab 150 mg SC", "none"),
    ]


def test_an_arms_size_the_p_value_and_the_caution_travel_with_the_figure() -> None:
    first, _, third, *_ = outcomes_in(ARMS_IN_COLUMNS)
    assert (first.arm_n, first.p, first.note) == (201, "<0.001", "Intention to treat")
    assert (third.arm_n, third.p, third.note) == (201, "<0.001", "")


def test_what_is_silent_is_no_outcome_and_what_is_told_in_words_is_a_statement() -> None:
    headache = [each for each in outcomes_in(ARMS_IN_COLUMNS) if each.endpoint == "Headache"]
    assert [(each.arm, each.measure) for each in headache] == [("Orelimab 150 mg SC", "statement")]


def test_a_figure_is_a_share_a_change_a_ratio_or_a_difference_by_its_words() -> None:
    outcomes = outcomes_in(
        """# NCT09999991

| Outcome | Drug (n=420) | Placebo (n=418) | Hazard ratio (95% CI) |
|---|---|---|---|
| Death by month 12 | 18 (4.3%) | 25 (6.0%) | 0.71 (0.39 to 1.30) |
| Change in LDL, mg/dL | -40.1 | -2.0 | |
| Difference in LDL | -38.1 mg/dL | | |
"""
    )
    assert [(each.measure, each.shown, each.interval) for each in outcomes] == [
        ("proportion", "4.3% (18)", ""),
        ("proportion", "6.0% (25)", ""),
        ("ratio", "0.71", "0.39 to 1.30"),
        ("change", "-40.1 mg/dL", ""),
        ("change", "-2.0 mg/dL", ""),
        ("difference", "-38.1 mg/dL", ""),
    ]


def test_arms_may_stand_in_rows_with_the_endpoints_in_the_heads() -> None:
    outcomes = outcomes_in(
        """<html><body><h1>NCT09999991</h1><table>
<caption>Table 2. Yield after 12 weeks</caption>
<tr><th>Group</th><th>n</th><th>Germination</th><th>Yield, kg</th></tr>
<tr><td>Compost</td><td>40</td><td>81%</td><td>3.2</td></tr>
<tr><td>Control</td><td>38</td><td>64%</td><td>2.1</td></tr></table></body></html>"""
    )
    assert [(*told(each), each.arm_n) for each in outcomes] == [
        ("Germination", "12 weeks", "Compost", "81%", 40),
        ("Yield, kg", "12 weeks", "Compost", "3.2 kg", 40),
        ("Germination", "12 weeks", "Control", "64%", 38),
        ("Yield, kg", "12 weeks", "Control", "2.1 kg", 38),
    ]


def test_a_label_that_is_only_a_time_is_read_under_its_caption() -> None:
    (outcome,) = outcomes_in(
        """# NCT09999991

Table 3: Pain score

| Visit | Drug (n=20) |
|---|---|
| Week 4 | 3.1 points |
"""
    )
    assert told(outcome) == ("Pain score, Week 4", "Week 4", "Drug", "3.1 points")


@pytest.mark.parametrize(
    "table",
    [
        "Table: Baseline characteristics\n\n| | Drug (n=20) | Placebo (n=20) |\n|---|---|---|\n"
        "| Disease duration | 4.1 years | 4.5 years |",
        "| | Drug (n=20) | Placebo (n=20) |\n|---|---|---|\n| Dose and route | 10 mg | none |\n"
        "| Women | 40% | 45% |\n| Patients randomised | 20 | 20 |",
        "| Model | nDCG | Recall |\n|---|---|---|\n| BM25 | 0.61 | 0.72 |\n| Dense | 0.65 | 0.70 |",
    ],
)
def test_participants_designs_and_tables_without_arms_yield_no_outcome(table: str) -> None:
    assert outcomes_in(f"# NCT09999991\n\n{table}\n") == ()


def test_curators_notes_and_reference_lists_hold_no_outcome() -> None:
    text = """# A trial (NCT09999991)

## Results

The result is below.

## Curator's notes

- At week 4, response was 40% with orelimab and 20% with placebo.

## References

1. Doe J. Response was 40% with orelimab and 20% with placebo at week 4. J Ex 2020;1:1-9.
"""
    assert outcomes_in(text) == ()


def test_animals_are_marked_and_are_in_no_trial() -> None:
    text = """---
id: paper
title: Orelimab in mice
kind: preclinical_study
text_kind: original
---
# Orelimab in mice, before NCT09999991

| Outcome | Orelimab (n = 8 mice) | Vehicle (n = 8 mice) |
|---|---|---|
| Skin thickness at day 10 | 0.4 mm | 0.9 mm |
"""
    outcomes = outcomes_in(text)
    assert [(each.preclinical, each.trial, each.arm_n) for each in outcomes] == [
        (True, "", 8),
        (True, "", 8),
    ]


def test_every_value_and_every_quote_is_a_span_of_the_source() -> None:
    (source,) = sources_of(paper=ARMS_IN_COLUMNS)
    for outcome in outcomes_in(ARMS_IN_COLUMNS):
        place = outcome.place
        assert source.text[place.start : place.end] == place.quote
        assert source.text[outcome.value_start : outcome.value_end] == outcome.value
        assert place.start <= outcome.value_start < outcome.value_end <= place.end


def test_a_row_for_export_has_the_documented_columns_and_json_adds_the_context() -> None:
    outcome = outcomes_in(ARMS_IN_COLUMNS)[0]
    assert list(outcome.as_row()) == OUTCOME_COLUMNS
    assert list(outcome.as_json()) == [*OUTCOME_COLUMNS, "context"]
    assert [piece["role"] for piece in outcome.as_json()["context"]][:2] == ["caption", "column"]


def test_the_trial_is_that_of_the_nearest_words_that_name_one() -> None:
    library = library_of(
        review="""# Two trials of orelimab

## Results of GRAND-2 (NCT09999991)

| Endpoint | Orelimab (n=20) |
|---|---|
| Response at week 4 | 45% |

Table: Response in CALM-1 (NCT09999992)

| Endpoint | Orelimab (n=30) |
|---|---|
| Response at week 4 | 35% |
"""
    )
    assert [(each.trial, each.value) for each in library.outcomes] == [
        ("NCT09999991", "45"),
        ("NCT09999992", "35"),
    ]


@pytest.mark.parametrize(
    ("caption", "label"),
    [
        ("Reactions in NCT09999991", "Pain at the injection site"),
        ("Outcomes of NCT09999991", "Surgical site infection"),
        ("Titres in NCT09999991", "Geometric mean titre after two doses"),
        ("Efficacy in NCT09999991", "Age 60 years or older"),
        ("Change from baseline in NCT09999991", "Itch at week 8"),
    ],
)
def test_words_that_only_sound_like_a_design_hide_no_result(caption: str, label: str) -> None:
    table = f"""# Trial

Table: {caption}

| Outcome | Orelimab (n = 80) | Placebo (n = 80) |
|---|---|---|
| {label} | 54 (67.5%) | 14 (17.5%) |
"""
    assert [told(each)[3] for each in outcomes_in(table)] == ["67.5% (54)", "17.5% (14)"]


@pytest.mark.parametrize("label", ["Age, years", "Sites", "Dose at week 8", "Women"])
def test_who_took_part_and_what_was_given_are_no_results(label: str) -> None:
    table = f"""# Trial NCT09999991

| Outcome | Orelimab (n = 80) | Placebo (n = 80) |
|---|---|---|
| {label} | 54 | 44 |
"""
    assert outcomes_in(table) == ()
