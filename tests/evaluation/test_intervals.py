"""The bootstrap: what is always the same is certain, and one source is one draw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from iscalimab_qa.evaluation.intervals import Estimate, difference, estimate

SIX = list("abcdef")
VALUES = st.lists(
    st.tuples(st.none() | st.floats(0, 1), st.sampled_from("abc")), min_size=1, max_size=8
)


def test_the_same_value_everywhere_has_an_interval_of_no_width() -> None:
    assert estimate([0.5, 0.5, 0.5, 0.5], list("abcd")) == Estimate(0.5, 0.5, 0.5, 4)


def test_the_mean_is_over_questions_and_the_draws_are_over_sources() -> None:
    # (1 + 0 + 0) / 3; drawing two of {a: 1, b: 0 0} gives 1, 1/3 or 0: each end in a quarter.
    mean, low, high, n = estimate([1, 0, 0], ["a", "b", "b"]) or Estimate(0, 0, 0, 0)
    assert (mean, low, high, n) == (pytest.approx(1 / 3), 0.0, 1.0, 3)


def test_questions_that_stand_and_fall_together_widen_the_interval() -> None:
    values = [1, 1, 1, 0, 0, 0]
    # Six sources: 0 of 6 has 1/64 = 0.016, less than 0.025; 0 or 1 of 6 has 7/64. So 1/6 and 5/6.
    assert estimate(values, SIX) == Estimate(0.5, pytest.approx(1 / 6), pytest.approx(5 / 6), 6)
    # Two sources: both draws hit the same one in half of the cases.
    assert estimate(values, list("aaabbb")) == Estimate(0.5, 0.0, 1.0, 6)


def test_nothing_eligible_is_no_estimate() -> None:
    assert estimate([None, None], ["a", "b"]) is None
    assert estimate([], []) is None


def test_values_and_clusters_of_different_number_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        estimate([1.0], ["a", "b"])


def test_a_run_differs_from_itself_by_exactly_nothing() -> None:
    values = [1, 0.3, None, 0, 0.7, 1]
    assert difference(values, values, SIX) == Estimate(0.0, 0.0, 0.0, 5)


def test_a_difference_is_paired_and_positive_where_the_first_is_higher() -> None:
    # 0.9 - 0.4 and 0.5 - 0.0: each pair differs by 0.5, however far apart the questions lie.
    found = difference([0.9, 0.5], [0.4, 0.0], ["a", "b"])
    assert found == pytest.approx((0.5, 0.5, 0.5, 2))


def test_a_question_that_one_of_the_two_is_not_eligible_for_is_left_out() -> None:
    found = difference([1, None, 0], [0, 1, None], ["a", "b", "c"])
    assert found == Estimate(1.0, 1.0, 1.0, 1)


@hypothesis_settings(max_examples=25)
@given(VALUES)
def test_not_eligible_never_counts_as_zero(drawn: list[tuple[float | None, str]]) -> None:
    kept = [(value, cluster) for value, cluster in drawn if value is not None]
    with_none = estimate([value for value, _ in drawn], [cluster for _, cluster in drawn])
    assert with_none == estimate([value for value, _ in kept], [cluster for _, cluster in kept])


@hypothesis_settings(max_examples=25)
@given(VALUES)
def test_an_interval_lies_within_what_was_seen(drawn: list[tuple[float | None, str]]) -> None:
    seen = [value for value, _ in drawn if value is not None]
    found = estimate([value for value, _ in drawn], [cluster for _, cluster in drawn])
    if found:
        assert min(seen) - 1e-9 <= found.low <= found.high <= max(seen) + 1e-9
        assert found.n == len(seen)


@hypothesis_settings(max_examples=25)
@given(VALUES)
def test_the_other_way_round_a_difference_has_the_other_sign(
    drawn: list[tuple[float | None, str]],
) -> None:
    clusters = [cluster for _, cluster in drawn]
    ours, theirs = [value for value, _ in drawn], [0.5 for _ in drawn]
    one, other = difference(ours, theirs, clusters), difference(theirs, ours, clusters)
    if one and other:
        assert one == pytest.approx((-other.mean, -other.high, -other.low, other.n), abs=1e-9)
    else:
        assert one == other
