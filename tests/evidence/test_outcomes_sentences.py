from __future__ import annotations

import pytest
from library_of import outcomes_in, sources_of, told


def said(sentence: str) -> list[tuple[str, str, str, str]]:
    return [told(each) for each in outcomes_in(f"# Trial NCT09999991\n\n{sentence}\n")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "At week 16, PASI 75 response was 62.7% with orelimab and 15.0% with placebo.",
            [
                ("PASI 75 response", "week 16", "orelimab", "62.7%"),
                ("PASI 75 response", "week 16", "placebo", "15.0%"),
            ],
        ),
        (
            "Orelimab reached 63.1 % and placebo 36.3 % of the target response at week 24.",
            [],  # no subject and no predicate behind the arms: what was measured is not sure
        ),
        (
            "For PASI 75 response, orelimab reached 63.1 % and placebo 36.3 % at week 24.",
            [
                ("PASI 75 response", "week 24", "orelimab", "63.1%"),
                ("PASI 75 response", "week 24", "placebo", "36.3%"),
            ],
        ),
        (
            "Complete response at month 6:\n\n- Orelimab reached 40% and placebo 20%.",
            [
                ("Complete response", "month 6", "Orelimab", "40%"),
                ("Complete response", "month 6", "placebo", "20%"),
            ],
        ),
        (
            "Serious adverse events occurred in 6 of 39 patients (15.4%) on orelimab 10 mg/kg IV "
            "and 3 of 18 patients (16.7%) on placebo by week 49.",
            [
                ("Serious adverse events", "week 49", "orelimab 10 mg/kg IV", "15.4% (6 of 39)"),
                ("Serious adverse events", "week 49", "placebo", "16.7% (3 of 18)"),
            ],
        ),
        (
            "Pass rates were 71% in the intervention group versus 64% in the control group at "
            "12 months (p = 0.03).",
            [
                ("Pass rates", "12 months", "intervention group", "71%"),
                ("Pass rates", "12 months", "control group", "64%"),
            ],
        ),
        (
            "Remission was 40% and 22% with orelimab and placebo, respectively, at month 6.",
            [
                ("Remission", "month 6", "orelimab", "40%"),
                ("Remission", "month 6", "placebo", "22%"),
            ],
        ),
        (
            "Three of five biopsied patients on orelimab and none of the seven on placebo had "
            "normal histology at month 12.",
            [
                ("normal histology", "month 12", "orelimab", "Three of five"),
                ("normal histology", "month 12", "placebo", "none of the seven"),
            ],
        ),
    ],
)
def test_figures_are_bound_to_the_arms_that_the_syntax_names(
    sentence: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert said(sentence) == expected


def test_a_figure_that_sets_two_arms_against_each_other_belongs_to_both() -> None:
    (outcome,) = outcomes_in(
        "# Trial NCT09999991\n\nAt week 12, the pain score had fallen by 5.21 points more with "
        "orelimab (n = 21) than with placebo (n = 11), 95% CI 0.96 to 9.46, p = 0.0090.\n"
    )
    assert (outcome.arm, outcome.measure, outcome.value) == (
        "orelimab versus placebo",
        "difference",
        "5.21",
    )
    assert (outcome.interval, outcome.p) == ("95% CI 0.96 to 9.46", "p = 0.0090")


def test_each_figure_takes_the_time_that_stands_by_it() -> None:
    found = said(
        "Response was 50% with orelimab at week 12; response was 60% with orelimab at week 24."
    )
    assert [(time, value) for _, time, _, value in found] == [
        ("week 12", "50%"),
        ("week 24", "60%"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "New lesions at week 12 were 89% fewer than on placebo.",
        "Orelimab was given at 10 mg/kg to 60% of the planned patients.",
        "The trial of orelimab in 57 patients had a response rate of 40%.",
        "In the platform, orelimab was one of five drugs, and placebo was the sixth.",
        "The 95% CI with orelimab was 0.5 to 0.9.",
        "Cells were kept with 5% CO2, 100 U/mL penicillin and 100 ug/mL streptomycin.",
        "Doses of orelimab were 0.3 or 3.0 mg/kg against placebo.",
        "An earlier study found remission in 44% with orelimab.",
    ],
)
def test_a_figure_that_is_no_arms_own_is_left_to_the_reader(sentence: str) -> None:
    assert [
        each for each in outcomes_in(f"# Trial\n\n{sentence}\n") if each.measure != "difference"
    ] == []


def test_where_it_came_to_rest_is_a_level_and_by_how_much_it_moved_a_change() -> None:
    by = outcomes_in(
        "# NCT09999991\n\nLDL fell by 40.1 mg/dL with orelimab and by 2.0 mg/dL with placebo.\n"
    )
    to = outcomes_in(
        "# NCT09999991\n\nLDL fell to 90.1 mg/dL with orelimab and to 128.0 mg/dL with placebo.\n"
    )
    assert {each.measure for each in by} == {"change"}
    assert {each.measure for each in to} == {"value"}


def test_a_sentence_that_repeats_a_tables_figure_is_left_out_and_a_further_one_is_kept() -> None:
    outcomes = outcomes_in(
        """# Trial NCT09999991

| Endpoint | Orelimab (n=20) | Placebo (n=10) |
|---|---|---|
| PASI 75 response at week 16 | 45% | 20% |

At week 16, PASI 75 response was 45% with orelimab and 20% with placebo. At week 52, PASI 75
response was 55% with orelimab and 21% with placebo.
"""
    )
    assert [(each.kind, each.time, each.value) for each in outcomes] == [
        ("row", "week 16", "45"),
        ("row", "week 16", "20"),
        ("sentence", "week 52", "55"),
        ("sentence", "week 52", "21"),
    ]


def test_a_narrower_endpoint_is_not_taken_for_the_tables() -> None:
    outcomes = outcomes_in(
        """# Trial NCT09999991

| Endpoint | Orelimab (n=50) | Placebo (n=50) |
|---|---|---|
| Infections at week 16 | 30% | 28% |

Serious infections were 4% with orelimab and 2% with placebo at week 16.
"""
    )
    assert [each.endpoint for each in outcomes if each.kind == "sentence"] == [
        "Serious infections",
        "Serious infections",
    ]


def test_limits_and_background_say_nothing_of_the_trial() -> None:
    text = (
        "# NCT09999991\n\n## Background\n\nRemission was 40% with orelimab and 20% with placebo.\n"
    )
    assert outcomes_in(text) == ()


def test_every_value_is_a_span_of_its_sentence() -> None:
    text = (
        "# NCT09999991\n\nPain was −2.8 points with orelimab and about 1.1 points with placebo.\n"
    )
    (source,) = sources_of(paper=text)
    outcomes = outcomes_in(text)
    assert [each.value for each in outcomes] == ["−2.8", "about 1.1"]
    for each in outcomes:
        assert source.text[each.value_start : each.value_end] == each.value


@pytest.mark.parametrize(
    ("sentence", "arm", "note"),
    [
        (
            "Lesions at week 12 were 89% fewer than on placebo with orelimab.",
            "orelimab versus placebo",
            "89% fewer",
        ),
        (
            "At week 12, itch had fallen by 5.2 points more with orelimab than with placebo.",
            "orelimab versus placebo",
            "5.2 more",
        ),
    ],
)
def test_what_is_set_against_another_arm_comes_first_with_the_word_for_its_direction(
    sentence: str, arm: str, note: str
) -> None:
    (outcome,) = outcomes_in(f"# Trial NCT09999991\n\n{sentence}\n")
    assert (outcome.arm, outcome.note) == (arm, note)


@pytest.mark.parametrize(
    "sentence",
    [
        "Orelimab was not inferior to placebo, the lower bound of the difference being "
        "-18.9 points against a margin of -20.",
        "At the earlier time point the antibody was 3.2 points better with orelimab than placebo.",
    ],
)
def test_a_bound_is_no_result_and_where_something_was_seen_is_no_endpoint(sentence: str) -> None:
    assert said(sentence) == []


def test_an_endpoint_is_told_without_the_trials_name_behind_it() -> None:
    text = (
        "# ORCHID (NCT09999991)\n\nSerious adverse events in ORCHID were posted for 4 of 49 "
        "patients on orelimab and 5 of 48 on placebo.\n"
    )
    assert [told(each)[0] for each in outcomes_in(text)] == ["Serious adverse events"] * 2


def test_what_begins_with_at_least_is_an_endpoint() -> None:
    assert said("At least one adverse event was recorded in 12 of 15 patients on orelimab.")


def test_what_lies_between_arms_is_no_change_within_one() -> None:
    text = """# Trial NCT09999991

| Endpoint | Orelimab (n = 39) | Placebo (n = 18) |
|---|---|---|
| Relative improvement in itch at week 24 | 63.1% | 36.3% |

Compared directly with placebo, orelimab left itch 42.1% lower at week 24.
"""
    outcome = outcomes_in(text)[-1]
    assert (outcome.endpoint, outcome.arm) == ("itch at week 24", "orelimab versus placebo")
    assert (outcome.shown, outcome.note) == ("42.1%", "42.1% lower")
