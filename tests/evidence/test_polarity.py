from __future__ import annotations

import pytest
from cited import cite, grounds, row
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evidence.checks.direction import check_direction, check_order, course_of
from iscalimab_qa.evidence.checks.negation import check_negation
from iscalimab_qa.evidence.checks.strength import (
    check_causal,
    check_precision,
    check_rank,
    check_significance,
    check_stage,
)
from iscalimab_qa.evidence.naming.names import shipped_names
from iscalimab_qa.evidence.wording.polarity import polarity

NAMES = shipped_names()


def denied(claim: str, quote: str) -> bool:
    return bool(check_negation(claim, grounds(quote), NAMES))


AFFIRMED_AND_DENIED = [
    ("The drug depleted B cells.", "The drug did not deplete B cells."),
    ("The trial met its endpoint.", "The trial did not meet its endpoint."),
    ("The trial met its endpoint.", "The trial failed to meet its endpoint."),
    ("The trial met its endpoint.", "The trial missed its endpoint."),
    ("Patients died.", "No patient died."),
    ("Thromboembolism was seen.", "No evidence of thromboembolism was seen."),
    ("It occurred with fever.", "It occurred without fever."),
    ("Fluid was present.", "Fluid was absent."),
    ("The arms differed.", "The arms didn't differ."),
    ("Both drugs raised potassium.", "Neither drug raised potassium."),
    ("Its use is approved.", "Its use is unapproved."),
    ("It was inferior to the other.", "It was non-inferior to the other."),
    ("The enzyme was detected.", "The enzyme was not detected."),
    ("The dogs given orsivac became lame.", "None of the dogs given orsivac became lame."),
    ("The drug prevented the infections.", "The drug prevented none of the infections."),
    ("The drug altered renal function.", "Renal function remained unchanged on the drug."),
    ("There was evidence that it causes rebound.", "There was no evidence that it causes rebound."),
    ("It had a strong effect on sleep.", "It had little effect on sleep."),
]


@pytest.mark.parametrize(("affirmed", "negated"), AFFIRMED_AND_DENIED)
def test_a_denial_bears_out_no_affirmation_nor_the_reverse(affirmed: str, negated: str) -> None:
    assert denied(affirmed, negated)
    assert denied(negated, affirmed)


@pytest.mark.parametrize(("affirmed", "negated"), AFFIRMED_AND_DENIED)
def test_nothing_contradicts_itself(affirmed: str, negated: str) -> None:
    assert not denied(affirmed, affirmed)
    assert not denied(negated, negated)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The endpoint was not met.", "The trial did not meet its endpoint."),
        ("There was no difference.", "The arms did not differ."),
        ("It did not fail to respond.", "It responded."),
        ("It left potassium unraised.", "It did not raise potassium."),
        ("It was 5 t without the crop and 6 t with it.", "6 t with the crop and 5 t without it"),
        ("It rose and was not toxic.", "It was not toxic, and it rose."),
        ("There were no deaths.", "Deaths: 0"),
        ("It raised titres.", "It did not fail to raise titres."),
        ("It enters the brain.", "It is not true that it does not enter the brain."),
        ("No antibodies were detected.", "Antibodies were undetectable."),
        ("It did not harm worms.", "It neither harmed nor helped worms."),
        ("The drug was not better than zinc.", "The drug showed no benefit over zinc."),
        (
            "The fall was not due to the drug.",
            "The fall was due to fasting rather than to the drug.",
        ),
        ("It did not prevent infections.", "It prevented none of the infections."),
        ("Hepatitis was not seen on the drug.", "No patient on the drug developed hepatitis."),
    ],
)
def test_the_same_polarity_in_other_words_passes(claim: str, quote: str) -> None:
    assert not denied(claim, quote)


def test_a_count_of_nought_is_a_denial() -> None:
    cited = grounds(row(["Outcome", "Drug", "Placebo"], ["Deaths", "0", "0"]))
    assert check_negation("No deaths occurred.", cited, NAMES) == ()


def test_an_exception_is_no_affirmation() -> None:
    assert denied("It was audible at 1,500 m.", "It was audible at 500 m but not at 1,500 m.")
    assert denied("It bound IL-17F.", "It bound IL-17A but did not bind IL-17F.")


def test_two_negations_cancel() -> None:
    assert "respons" in polarity("It did not fail to respond.").affirmed


@given(st.text(max_size=80))
def test_any_text_has_a_polarity_and_each_word_one_of_two(text: str) -> None:
    read = polarity(text)
    assert read.heads <= read.denied


@pytest.mark.parametrize(
    ("clause", "amount"),
    [
        ("it rose", 1),
        ("it fell", -1),
        ("a smaller fall", 1),
        ("it was lower", -1),
        ("more than 20%", 0),
        ("it rose and fell", 0),
        ("fewer events", -1),
    ],
)
def test_a_clause_points_up_or_down_or_nowhere(clause: str, amount: int) -> None:
    assert course_of(clause).amount == amount


@pytest.mark.parametrize(
    ("claim", "quote", "wrong"),
    [
        ("Pain was higher at month 3.", "Pain was lower at month 3.", True),
        ("It worsened by 3 points.", "It improved by 3 points.", True),
        ("X was lower than Y.", "Y was higher than X.", False),
        ("Blood loss was lower with nivolumab than with placebo.",
         "Blood loss was lower with placebo than with nivolumab.", True),
        ("The analysis favours mesh over suture.", "The analysis favours suture over mesh.", True),
        ("It acted better than suture.", "It acted less well than suture.", True),
        ("It was 42% lower, above the threshold.", "It was 42% lower.", False),
    ],
)  # fmt: skip
def test_direction_words_agree(claim: str, quote: str, *, wrong: bool) -> None:
    assert bool(check_direction(claim, grounds(quote), NAMES)) is wrong


def test_the_order_of_the_figures_decides_where_the_words_are_silent() -> None:
    quote = grounds("Caries developed in 13.1% with sealant and in 21.6% with varnish.")
    assert check_order("Caries was more frequent with sealant than with varnish.", quote, NAMES)
    assert not check_order("Caries was rarer with sealant than with varnish.", quote, NAMES)


@pytest.mark.parametrize(
    ("claim", "quote", "wrong"),
    [
        ("It improved significantly.", "It improved (p = 0.12).", True),
        ("It improved significantly.", "It improved.", True),
        ("It improved significantly.", "It improved (p = 0.01).", False),
        ("It was not significant (p = 0.12).", "It improved by 3 (p = 0.12).", False),
        ("It did not differ.", "It was 3 against 5 (p = 0.001).", True),
        ("It improved.", "It did not differ (p = 0.12).", True),
    ],
)
def test_words_of_significance_agree_with_the_p_value(
    claim: str, quote: str, *, wrong: bool
) -> None:
    assert bool(check_significance(claim, grounds(quote))) is wrong


def test_the_side_of_a_p_value_and_the_level_of_an_interval_are_not_made_up() -> None:
    quote = grounds("ratio 1.17 (80% CI 0.94 to 1.47; one-sided p = 0.18)")
    assert check_precision("1.17 (95% CI 0.94 to 1.47)", quote)
    assert check_precision("two-sided p = 0.18", quote)
    assert not check_precision("1.17 (80% CI 0.94-1.47, one-sided p = 0.18)", quote)


def test_an_interim_result_is_not_final_and_a_secondary_endpoint_not_primary() -> None:
    quote = grounds("At the interim analysis the secondary endpoint, pain, fell by 3 points.")
    assert check_stage("In the final analysis pain fell by 3 points.", quote)
    assert not check_stage("At the interim, pain fell by 3 points.", quote)
    assert check_rank("The primary endpoint, pain, fell by 3 points.", quote)
    assert not check_rank("A secondary endpoint, pain, fell by 3 points.", quote)
    assert not check_rank("In primary biliary cholangitis pain fell by 3 points.", quote)


def test_causal_words_need_a_control_unless_the_source_uses_them() -> None:
    open_label = cite("Fatigue fell by 4 points.", kind="open_label_trial")
    assert check_causal("The drug caused a fall of 4 points.", grounds(open_label))
    assert not check_causal("The drug led to a fall.", grounds("It led to a fall, open-label."))
    assert not check_causal("The drug caused a fall.", grounds("Fatigue fell by 4 points."))
