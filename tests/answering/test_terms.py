from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.answering.terms import Terms, names_in


def test_coverage_is_the_share_of_weight_and_not_of_words() -> None:
    terms = Terms({"half-lif": 3.0, "drug": 1.0}, {})
    assert terms.coverage({"drug"}) == 0.25
    assert terms.coverage({"half-lif", "drug", "other"}) == 1.0


def test_another_name_of_a_term_counts_when_all_its_words_are_there() -> None:
    terms = Terms({"uti": 1.0}, {"uti": (frozenset({"urinari", "infect"}),)})
    assert terms.coverage({"urinari"}) == 0.0
    assert terms.coverage({"urinari", "infect"}) == 1.0


def test_a_question_without_terms_is_covered_by_nothing() -> None:
    assert Terms({}, {}).coverage({"any"}) == 0.0


def test_names_are_told_by_their_shape_and_time_points_are_none() -> None:
    text = "Did tolimab (TLM-204) at week-24 in phase-2 NCT00000001 beat basilimab?"
    assert names_in(text) == ("tolimab", "TLM-204", "NCT00000001", "basilimab")


weights = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 9), max_size=6)
tokens = st.frozensets(st.sampled_from("abcdefgh"))


@given(weights, tokens, tokens)
def test_coverage_lies_between_0_and_1_and_more_words_never_lower_it(
    weights: dict[str, float], some: frozenset[str], more: frozenset[str]
) -> None:
    terms = Terms(weights, {})
    assert 0.0 <= terms.coverage(some) <= terms.coverage(some | more) <= 1.0 + 1e-9


def test_an_age_and_a_year_with_a_preposition_are_no_names() -> None:
    assert names_in("How many over-65s and under-18s died in the pre-2020 trials of TLM-204?") == (
        "TLM-204",
    )
