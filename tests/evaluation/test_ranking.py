"""Retrieval measures: a need is met once, by the first passage that holds it."""

from __future__ import annotations

import pytest
from evaluation_support import (
    ENROLLED,
    FELL,
    PLACEBO,
    PLACES,
    QUESTIONS,
    REVIEW,
    STOPPED,
    asked,
    at,
    label,
    source,
    unanswerable,
)
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from iscalimab_qa.evaluation.outcomes import Place
from iscalimab_qa.evaluation.questions import LabelledQuestion
from iscalimab_qa.evaluation.ranking import NAMES, first_ranks, ranking_scores
from iscalimab_qa.evaluation.spans import Labels

OTHER = Place("elsewhere", 0, 50)

TWO = Labels(asked(needs=((label(FELL),), (label(PLACEBO),))), source)
"""Two needs, one passage each."""


def test_two_needs_at_the_second_and_fourth_place() -> None:
    scores = ranking_scores(TWO, [OTHER, at(FELL), OTHER, at(PLACEBO)])
    # MRR: 1/2. DCG = 1/log2(3) + 1/log2(5) = 0.6309 + 0.4307 = 1.0616; the ideal ranking has
    # 1/log2(2) + 1/log2(3) = 1.6309; nDCG = 0.6509.
    assert scores == {
        "recall@1": 0.0,
        "recall@5": 1.0,
        "recall@10": 1.0,
        "MRR@10": 0.5,
        "nDCG@10": pytest.approx(0.6509, abs=1e-4),
    }


def test_one_of_two_needs_at_the_first_place() -> None:
    scores = ranking_scores(TWO, [at(PLACEBO), OTHER])
    # DCG = 1, ideal 1.6309: nDCG = 0.6131.
    assert scores == {
        "recall@1": 0.5,
        "recall@5": 0.5,
        "recall@10": 0.5,
        "MRR@10": 1.0,
        "nDCG@10": pytest.approx(0.6131, abs=1e-4),
    }


def test_one_passage_that_meets_every_need_is_an_ideal_ranking() -> None:
    whole = Place("trial", at(FELL).start, at(PLACEBO).end)
    assert ranking_scores(TWO, [whole]) == dict.fromkeys(NAMES, 1.0)


def test_a_second_passage_for_a_need_that_is_met_gains_nothing() -> None:
    either = Labels(asked(needs=((label(FELL), label(REVIEW, "review")),)), source)
    alone = ranking_scores(either, [at(FELL), OTHER])
    assert ranking_scores(either, [at(FELL), at(REVIEW, "review")]) == alone
    assert alone == dict.fromkeys(NAMES, 1.0)


def test_any_alternative_of_a_need_meets_it() -> None:
    either = Labels(asked(needs=((label(FELL), label(REVIEW, "review")),)), source)
    assert first_ranks(either, [OTHER, at(REVIEW, "review"), at(FELL)]) == [2]


def test_what_is_only_fair_to_cite_need_not_be_found() -> None:
    labels = Labels(asked(also=(label(STOPPED),)), source)
    assert ranking_scores(labels, [at(FELL)]) == dict.fromkeys(NAMES, 1.0)
    assert ranking_scores(labels, [at(STOPPED)]) == dict.fromkeys(NAMES, 0.0)


def test_the_eleventh_place_counts_no_more() -> None:
    tenth = ranking_scores(TWO, [*[OTHER] * 9, at(FELL)])
    # MRR: 1/10; nDCG: 1/log2(11) = 0.2891 over 1.6309 = 0.1772.
    assert (tenth["recall@10"], tenth["MRR@10"]) == (0.5, pytest.approx(0.1))
    assert tenth["nDCG@10"] == pytest.approx(0.1772, abs=1e-4)
    assert ranking_scores(TWO, [*[OTHER] * 10, at(FELL)]) == dict.fromkeys(NAMES, 0.0)


def test_nothing_found_scores_zero_and_nothing_needed_scores_nothing() -> None:
    assert ranking_scores(TWO, []) == dict.fromkeys(NAMES, 0.0)
    assert ranking_scores(Labels(unanswerable(), source), [at(ENROLLED)]) == dict.fromkeys(NAMES)


FOUND = st.lists(PLACES, max_size=14)


@hypothesis_settings(max_examples=50)
@given(QUESTIONS, FOUND)
def test_every_score_lies_between_nothing_and_all(
    question: LabelledQuestion, found: list[Place]
) -> None:
    scores = ranking_scores(Labels(question, source), found)
    assert tuple(scores) == NAMES
    for score in scores.values():
        assert score is None if not question.needs else 0 <= score <= 1 + 1e-9


@hypothesis_settings(max_examples=50)
@given(QUESTIONS, FOUND, FOUND)
def test_further_passages_below_never_lower_a_score(
    question: LabelledQuestion, found: list[Place], further: list[Place]
) -> None:
    labels = Labels(question, source)
    before, after = ranking_scores(labels, found), ranking_scores(labels, [*found, *further])
    for name in NAMES if question.needs else ():
        assert before[name] <= after[name] + 1e-9


@hypothesis_settings(max_examples=50)
@given(QUESTIONS.filter(lambda question: bool(question.needs)), FOUND)
def test_recall_grows_with_depth(question: LabelledQuestion, found: list[Place]) -> None:
    scores = ranking_scores(Labels(question, source), found)
    assert scores["recall@1"] <= scores["recall@5"] <= scores["recall@10"]
