"""Scores are stretched, added and cut as worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from iscalimab_qa.retrieval.fusion import fuse, min_max, spread, top_k

scores = arrays(np.float64, st.integers(1, 40), elements=st.integers(-5, 5).map(float))


def test_scores_are_stretched_from_the_worst_to_the_best() -> None:
    # (2 - 1) / (5 - 1) = 0.25
    assert min_max(np.array([1.0, 2.0, 5.0])).tolist() == [0.0, 0.25, 1.0]


def test_equal_scores_say_nothing_and_become_zero() -> None:
    assert min_max(np.array([3.0, 3.0])).tolist() == [0.0, 0.0]


def test_no_scores_stay_no_scores() -> None:
    assert min_max(np.array([])).tolist() == []


def test_half_and_half_is_the_mean_of_the_stretched_scores() -> None:
    # dense 0, 0.5, 1; lexical 1, 0.5, 0 -> all 0.5; with 0.75 for dense: 0.25, 0.5, 0.75
    dense, lexical = np.array([0.1, 0.2, 0.3]), np.array([8.0, 4.0, 0.0])
    assert fuse(dense, lexical, dense_weight=0.5) == pytest.approx([0.5, 0.5, 0.5])
    assert fuse(dense, lexical, dense_weight=0.75) == pytest.approx([0.25, 0.5, 0.75])


def test_a_question_without_a_known_word_is_ranked_by_meaning_alone() -> None:
    dense = np.array([0.2, 0.6, 0.4])
    assert top_k(fuse(dense, np.zeros(3), dense_weight=0.5), 3).tolist() == [1, 2, 0]


def test_of_equal_scores_the_first_row_comes_first() -> None:
    assert top_k(np.array([0.1, 0.5, 0.9, 0.5, 0.5]), 3).tolist() == [2, 1, 3]


@given(scores)
def test_stretching_keeps_the_order_and_stays_within_bounds(values: np.ndarray) -> None:
    stretched = min_max(values)
    assert ((stretched >= 0) & (stretched <= 1)).all()
    assert top_k(stretched, len(values)).tolist() == top_k(values, len(values)).tolist()


@given(scores, st.integers(1, 50))
def test_the_best_are_the_head_of_the_whole_ranking(values: np.ndarray, k: int) -> None:
    whole = sorted(range(len(values)), key=lambda row: (-values[row], row))
    assert top_k(values, k).tolist() == whole[:k]


@given(scores, st.floats(0, 1))
def test_fusing_a_scoring_with_itself_keeps_its_ranking(values: np.ndarray, weight: float) -> None:
    fused = fuse(values, values, dense_weight=weight)
    assert fused == pytest.approx(min_max(values))


def test_the_last_places_go_to_sources_that_would_not_be_shown() -> None:
    # Ranked: a a a a b c. Of 4, two sources are wanted: b takes the last place.
    owners = "aaaabc"
    ranked = np.arange(6)
    assert spread(ranked, owners.__getitem__, 4, at_least=2).tolist() == [0, 1, 2, 4]
    assert spread(ranked, owners.__getitem__, 4, at_least=3).tolist() == [0, 1, 4, 5]
    assert spread(ranked, owners.__getitem__, 4, at_least=1).tolist() == [0, 1, 2, 3]


@given(st.text("abcd", min_size=1, max_size=30), st.integers(1, 12), st.integers(1, 12))
def test_spreading_keeps_order_number_and_the_best(owners: str, k: int, wanted: int) -> None:
    at_least = min(k, wanted)
    ranked = np.arange(len(owners))[::-1]
    chosen = spread(ranked, owners.__getitem__, k, at_least=at_least).tolist()
    assert len(chosen) == min(k, len(owners)) == len(set(chosen))
    assert chosen == sorted(chosen, reverse=True)
    assert chosen[0] == ranked[0]
    assert len({owners[row] for row in chosen}) >= min(at_least, len(set(owners)))
