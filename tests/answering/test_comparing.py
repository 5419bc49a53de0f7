"""Comparisons, sides set beside each other, and figures that are computed because asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opening import assistant_over

from iscalimab_qa import Assistant
from iscalimab_qa.answering.arms import asked_cells
from iscalimab_qa.answering.deriving import sum_asked
from iscalimab_qa.answering.differing import asks_difference, disagreement
from iscalimab_qa.answering.sides import Named, phrased_sides, sides_of
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.units import RowCell

FERN = """---
id: fern
title: Morelimab in rosacea
kind: randomised_trial
text_kind: original
trials: [{id: NCT08888881, aliases: [FERN-1], indication: rosacea}]
---
# Results

FERN-1 (NCT08888881) randomised 240 adults with rosacea at 12 sites.

Table: Efficacy at week 16, FERN-1

| Outcome | Morelimab 50 mg (n = 80) | Morelimab 100 mg (n = 80) | Placebo (n = 80) |
|---|---|---|---|
| Clear skin, n (%) | 28 (35.0) | 44 (55.0) | 12 (15.0) |
| Change in redness score, points | -2.1 | -3.4 | -0.8 |
| Calm skin | 40.0% | 61.3% | 20.0% |
| Patients free of flares | 41.9% | 60.0% | 22.5% |

Table: Itch in FERN-1

| Outcome | Morelimab 100 mg (n = 80) | Placebo (n = 80) | Difference |
|---|---|---|---|
| Itch relief at week 8 | 48.8% | 20.0% | 28.8 |
| Sleep restored at week 8 | 40.0% | 25.0% | 19.0 |

Calm skin with morelimab 50 mg was 20.0 percentage points above placebo (p = 0.02).

Headache was reported by 9.0% of patients on morelimab 100 mg and 6.5% on placebo in FERN-1.
"""

MOSS = """---
id: moss
title: Tavilimab in vitiligo
kind: randomised_trial
text_kind: original
trials: [{id: NCT08888882, aliases: [MOSS-4], indication: vitiligo}]
---
# Results

MOSS-4 (NCT08888882) enrolled 96 adults with vitiligo.

Table: Results of MOSS-4 at week 24

| Outcome | Tavilimab (n = 48) | Placebo (n = 48) |
|---|---|---|
| Headache | 6 (12.5%) | 3 (6.3%) |
| Skin colour regained | 20 (41.7%) | 5 (10.4%) |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(
        tmp_path_factory.mktemp("comparing"), {"fern": FERN, "moss": MOSS}
    ) as opened:
        yield opened


def texts(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims]


def derived(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims if claim.checks.figures == "derived"]


def test_two_arms_of_a_trial_are_told_together_and_no_third_one(library: Assistant) -> None:
    answer = library.ask("How did morelimab 100 mg compare with placebo on clear skin?")
    assert answer.verdict == "answered"
    assert texts(answer) == [
        "Clear skin, n (%), at week 16, FERN-1: "
        "Morelimab 100 mg (n = 80) 44 (55.0); Placebo (n = 80) 12 (15.0)."
    ]
    assert derived(answer) == []


def test_a_drug_without_a_dose_means_each_of_its_doses(library: Assistant) -> None:
    (text,) = texts(library.ask("Compare morelimab and placebo on the redness score."))
    assert "50 mg (n = 80) -2.1; Morelimab 100 mg (n = 80) -3.4; Placebo (n = 80) -0.8" in text


def test_a_difference_that_is_asked_for_is_computed_and_shows_its_operands(
    library: Assistant,
) -> None:
    # 55.0 - 15.0 = 40.0
    answer = library.ask(
        "What is the difference in clear skin between morelimab 100 mg and placebo?"
    )
    assert derived(answer) == [
        "Clear skin: the difference is 40.0 percentage points, computed as 55.0% with "
        "Morelimab 100 mg less 15.0% with Placebo."
    ]
    assert "failed" not in {
        check for c in answer.claims for check in c.as_json()["checks"].values()
    }


def test_a_difference_of_changes_keeps_its_sign_in_the_order_of_the_question(
    library: Assistant,
) -> None:
    # -3.4 - (-2.1) = -1.3
    answer = library.ask(
        "By how much did morelimab 100 mg differ from morelimab 50 mg in the redness score?"
    )
    assert "the difference is -1.3 points" in derived(answer)[0]


def test_a_difference_in_a_sentence_is_computed_from_both_arms(library: Assistant) -> None:
    # 9.0 - 6.5 = 2.5
    answer = library.ask(
        "What was the difference in headache between morelimab 100 mg and placebo in FERN-1?"
    )
    assert "is 2.5 percentage points" in derived(answer)[0]


def test_a_stated_difference_is_shown_and_none_is_computed_beside_it(library: Assistant) -> None:
    answer = library.ask("What is the difference in itch relief between morelimab and placebo?")
    assert texts(answer) == [
        "Itch relief at week 8 (Itch in FERN-1): "
        "Morelimab 100 mg (n = 80) 48.8%; Placebo (n = 80) 20.0%; Difference 28.8."
    ]


def test_a_difference_that_a_sentence_states_is_told_and_not_computed(library: Assistant) -> None:
    answer = library.ask("What is the difference in calm skin between morelimab 50 mg and placebo?")
    assert derived(answer) == []
    assert texts(answer)[0].startswith("Calm skin with morelimab 50 mg was 20.0 percentage points")


def test_a_stated_difference_that_the_arms_do_not_give_is_told(library: Assistant) -> None:
    # 40.0 - 25.0 = 15.0, and 19.0 is stated.
    answer = library.ask("What is the difference in sleep restored between morelimab and placebo?")
    assert "15.0 percentage points" in derived(answer)[0]
    assert derived(answer)[0].endswith("The stated difference is 19.0, not that.")


def test_a_percentage_that_fits_no_number_of_the_arm_is_remarked_on_where_it_is_told(
    library: Assistant,
) -> None:
    # 33 of 80 is 41.3 (41.25), 34 of 80 is 42.5: 41.9 is neither.
    answer = library.ask("How many patients were free of flares on morelimab 50 mg?")
    assert any("41.9% is no whole number of 80" in text for text in texts(answer))
    quiet = library.ask("Compare morelimab 100 mg and placebo on patients free of flares.")
    assert not any("no whole number" in text for text in texts(quiet))


def test_a_share_is_computed_where_a_source_holds_both_operands(library: Assistant) -> None:
    answer = library.ask("What percentage is 28 of 80?")
    assert texts(answer)[0] == "Clear skin: 28 of 80 is 35.0%."
    assert [citation.source_id for citation in answer.citations] == ["fern"]
    assert library.ask("What percentage is 29 of 81?").verdict == "not_found"


def test_a_question_on_two_trials_is_answered_for_each(library: Assistant) -> None:
    answer = library.ask("How many patients were enrolled in FERN-1 and in MOSS-4?")
    assert answer.verdict == "answered"
    assert [citation.source_id for citation in answer.citations][:2] == ["fern", "moss"]
    assert ["240" in texts(answer)[0], "96" in texts(answer)[1]] == [True, True]
    assert answer.closing == ""


def test_results_of_two_trials_carry_that_nothing_compared_them(library: Assistant) -> None:
    answer = library.ask("Compare headache in FERN-1 and MOSS-4.")
    assert answer.closing == (
        "There is no head-to-head trial in this library: FERN-1 (rosacea); "
        "MOSS-4 (vitiligo, Headache, week 24)."
    )
    assert answer.text.endswith(answer.closing)


def test_a_drug_that_no_source_speaks_of_is_named_as_missing(library: Assistant) -> None:
    answer = library.ask("How does morelimab compare with quexilimab on clear skin?")
    assert answer.verdict == "not_found"
    assert answer.opening.startswith("Not in this library: no source speaks of quexilimab.")


def named(question: str, *names: str) -> list[Named]:
    """Return where a question holds the names."""
    places = [(name, question.index(name)) for name in names]
    return [Named(name, start, start + len(name)) for name, start in places]


def test_sides_share_what_stands_before_and_behind_them() -> None:
    question = "How many had nausea in ALFA-1 and in BETA-2 at week 8?"
    assert [side.question for side in sides_of(question, named(question, "ALFA-1", "BETA-2"))] == [
        "How many had nausea in ALFA-1 at week 8?",
        "How many had nausea in BETA-2 at week 8?",
    ]


def test_a_side_keeps_words_of_its_own() -> None:
    question = "Compare nausea with orelimab in asthma and tirolimab in acne."
    both = named(question, "orelimab", "tirolimab")
    assert [side.question for side in sides_of(question, both)] == [
        "Nausea with orelimab in asthma?",
        "Nausea with tirolimab in acne?",
    ]


def test_one_name_has_no_sides_and_far_names_have_none() -> None:
    assert sides_of("Nausea in ALFA-1?", named("Nausea in ALFA-1?", "ALFA-1")) == ()
    far = "Did ALFA-1, which was stopped early for a lack of effect, use BETA-2?"
    assert sides_of(far, named(far, "ALFA-1", "BETA-2")) == ()


def test_a_repeated_preposition_makes_sides() -> None:
    sides = phrased_sides("Was the route the same in acne as in severe asthma?")
    assert [side.question for side in sides] == [
        "Was the route the same in acne?",
        "Was the route the same in severe asthma?",
    ]


CELLS = (
    RowCell("", "Cured"),
    RowCell("Vax 10 µg + AS-K (n = 9)", "3"),
    RowCell("Vax 30 µg + AS-K (n = 9)", "5"),
    RowCell("Vax 30 µg, no adjuvant (n = 9)", "4"),
    RowCell("Placebo (n = 9)", "1"),
    RowCell("Note", "interim"),
)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Vax 30 µg with adjuvant versus placebo", ["5", "1"]),
        ("Vax 30 µg without adjuvant versus placebo", ["4", "1"]),
        ("the difference between the arms", ["3", "5", "4", "1"]),
        ("Placebo", ["1"]),
        ("how it was stored", []),
    ],
)
def test_the_cells_of_the_arms_that_a_question_names(question: str, values: list[str]) -> None:
    cells = asked_cells(CELLS, question, Terms({}, {}))
    assert [cell.text for cell in cells] == values


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What percentage is 6 of 39?", "6 of 39 is 15.4%."),
        ("What share is 6 out of 39 patients?", "6 of 39 is 15.4%."),
        ("How many patients is 15.4 % of 39?", "15.4% of 39 is 6 patients."),
        (
            "How many patients is 8.1 % of 39?",
            "8.1% is no whole number of 39: 3 of 39 is 7.7%.",
        ),
    ],
)
def test_sums_that_a_question_spells_out(question: str, told: str) -> None:
    asked = sum_asked(question)
    assert asked is not None
    assert asked.told == told


@pytest.mark.parametrize(
    "question",
    ["What is 42.1 %?", "How many patients took part?", "What percentage is 9 of 4?", "6 of 39"],
)
def test_nothing_is_computed_unasked(question: str) -> None:
    assert sum_asked(question) is None
    assert not asks_difference(question)


def test_a_stated_difference_may_be_off_by_a_rounded_digit() -> None:
    # 79.1 - 74.3 = 4.8; from the counts it is 4.9.
    ours = "The difference is 4.8 percentage points, computed as 79.1% with A less 74.3% with B."
    assert disagreement(ours, "difference 4.9 (-5.1 to 14.8)") == ""
    assert disagreement(ours, "difference 9.4") != ""
