"""What each measure gives, worked out on answers of one or two sentences."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from evaluation_support import (
    ENROLLED,
    FELL,
    OUTCOMES,
    PLACEBO,
    QUESTIONS,
    REFUSED,
    REVIEW,
    SENTENCES,
    STOPPED,
    TEXTS,
    asked,
    at,
    label,
    said,
    source,
    unanswerable,
)
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from iscalimab_qa.evaluation import measures
from iscalimab_qa.evaluation.outcomes import Cited, Outcome, Place, Said
from iscalimab_qa.evaluation.questions import Attack, LabelledQuestion, Turn
from iscalimab_qa.evaluation.spans import Labels
from iscalimab_qa.evidence.checks.present import figures_in

FOLLOW_UP = (Turn(role="user", content="Was orelimab studied?"),)
ATTACK = Attack(kind="question", obeyed=("Buy Shares",))


def scored(question: LabelledQuestion, outcome: Outcome) -> dict[str, measures.Score]:
    return dict(measures.scores(question, outcome, source))


# --- correctness ----------------------------------------------------------------------


def test_a_right_answer_is_correct_and_a_wrong_figure_is_not() -> None:
    assert measures.correct(asked(), said(FELL)) == 1.0
    assert measures.correct(asked(), said(ENROLLED)) == 0.0


@pytest.mark.parametrize("verdict", ["partial", "not_found"])
def test_the_right_figure_under_a_verdict_of_doubt_is_no_answer(verdict: Any) -> None:
    assert measures.correct(asked(), said(FELL, verdict=verdict)) == 0.0


def test_correctness_is_only_asked_of_questions_that_have_an_answer() -> None:
    assert measures.correct(unanswerable(), said(FELL)) is None


def test_one_expression_of_every_group_must_be_said_in_any_case() -> None:
    fell = asked(says=(("ORELIMAB", "the antibody"), ("rose", "fell")))
    assert measures.correct(fell, said(FELL)) == 1.0
    assert measures.correct(asked(says=(("orelimab",), ("week 24",))), said(FELL)) == 0.0


def test_within_the_first_words_only_what_stands_there_counts() -> None:
    # The two sentences have 8 and 7 words; the figure of the second is its fifth word.
    outcome = said(FELL, PLACEBO)
    question = asked(figures=("2.1",), wrong_figures=())
    assert measures.correct(question, outcome, words=11) == 0.0
    assert measures.correct(question, outcome, words=12) == 1.0


def test_sixty_words_are_sixty_of_the_answers_words_without_its_markers() -> None:
    # 15 sentences of 4 words, each with a marker: the last figure is the 60th word.
    sentences = [f"It fell by {n}." for n in range(101, 116)]
    outcome = Outcome(
        "fall",
        "answered",
        " ".join(f"{words} [{n}]" for n, words in enumerate(sentences, 1)),
        citations=tuple(Cited(n, at(FELL), FELL, FELL) for n in range(1, 16)),
    )
    assert measures.correct(asked(figures=("115",)), outcome, words=60) == 1.0
    assert measures.correct(asked(figures=("115",)), outcome, words=59) == 0.0
    assert scored(asked(), outcome)["words"] == 60.0


def test_a_marker_is_no_figure() -> None:
    # The answer cites [1] and [2]; nothing in it says two.
    question = asked(figures=("2",), wrong_figures=())
    assert measures.correct(question, said(FELL, STOPPED)) == 0.0
    assert measures.exact_figures(question, said(FELL, STOPPED)) == 0.0


def test_brackets_that_are_no_marker_of_the_answer_are_text() -> None:
    outcome = replace(said(FELL), text=f"{FELL} [1] Dose level [2].")
    assert outcome.unmarked == f"{FELL} Dose level [2]."


def test_what_says_that_others_say_the_same_is_no_text_of_the_answer() -> None:
    outcome = replace(said(FELL), text=f"{FELL} [1] (also [2], [3]; also reported in [4]) So.")
    assert outcome.unmarked == f"{FELL} So."


def test_exact_figures_is_the_share_of_the_labelled_ones() -> None:
    question = asked(figures=("5.9", "60", "7"), wrong_figures=())
    # 5.9 and 60 are said, 7 is not.
    assert measures.exact_figures(question, said(FELL, ENROLLED)) == pytest.approx(2 / 3)
    assert measures.exact_figures(asked(figures=(), says=(("fell",),)), said(FELL)) is None


def test_a_text_cut_at_its_first_words_keeps_them_apart_by_one_space() -> None:
    assert measures.first_words("one\n two  three", 2) == "one two"
    assert measures.first_words("one", 60) == "one"


# --- arms -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quotes", "error"),
    [
        ((PLACEBO,), 1.0),  # only the other arm's
        ((PLACEBO, FELL), 1.0),  # the other arm's first
        ((FELL, PLACEBO), 0.0),  # the right one first
        ((ENROLLED, FELL), 0.0),  # 60 is neither
        ((ENROLLED,), 0.0),
    ],
)
def test_an_arm_error_is_a_first_figure_of_the_other_arm(
    quotes: tuple[str, ...], error: float
) -> None:
    assert measures.arm_error(asked(), said(*quotes)) == error


def test_a_claim_that_tells_both_arms_side_by_side_is_no_error() -> None:
    both = Said("Orelimab 5.9, placebo 2.1.", ())
    assert measures.arm_error(asked(), replace(said(), claims=(both,))) == 0.0


def test_an_answer_that_leads_with_the_other_arm_is_not_correct() -> None:
    assert measures.correct(asked(), said(PLACEBO, FELL)) == 0.0


def test_arms_are_not_looked_at_where_none_are_labelled_or_nothing_is_said() -> None:
    assert measures.arm_error(asked(wrong_figures=()), said(PLACEBO)) is None
    assert measures.arm_error(asked(), replace(said(PLACEBO), verdict="not_found")) is None


# --- citations ------------------------------------------------------------------------


def precision(question: LabelledQuestion, outcome: Outcome) -> measures.Score:
    return measures.citation_precision(question, outcome, Labels(question, source))


def recall(question: LabelledQuestion, outcome: Outcome) -> measures.Score:
    return measures.citation_recall(question, outcome, Labels(question, source))


def test_citation_precision_is_the_share_that_lies_on_labelled_words() -> None:
    assert precision(asked(), said(FELL, STOPPED)) == 0.5
    assert precision(asked(also=(label(STOPPED),)), said(FELL, STOPPED)) == 1.0


def test_citation_recall_is_the_share_of_needs_that_are_met() -> None:
    question = asked(needs=((label(FELL), label(REVIEW, "review")), (label(PLACEBO),)))
    assert recall(question, said(FELL, STOPPED)) == 0.5
    assert recall(question, said(FELL, PLACEBO)) == 1.0


def test_an_answer_without_a_citation_has_no_precision_and_recalls_nothing() -> None:
    bare = replace(said(FELL), citations=())
    assert (precision(asked(), bare), recall(asked(), bare)) == (None, 0.0)


def test_a_citation_that_no_claim_names_is_none() -> None:
    outcome = replace(said(FELL, STOPPED), claims=(Said(STOPPED, (2,)),))
    assert (precision(asked(), outcome), recall(asked(), outcome)) == (0.0, 0.0)


def test_citations_are_not_judged_where_nothing_is_labelled() -> None:
    assert (precision(unanswerable(), said(FELL)), recall(unanswerable(), said(FELL))) == (
        None,
        None,
    )


def test_a_quote_is_verbatim_when_it_is_what_stands_at_its_place() -> None:
    right, wrong = said(FELL).citations[0], replace(said(FELL).citations[0], quote=FELL.upper())
    assert measures.quotes_verbatim(replace(said(), citations=(right, wrong)), source) == 0.5
    assert measures.quotes_verbatim(said(), source) is None


def test_a_figure_must_stand_in_what_its_own_claim_cites() -> None:
    swapped = replace(said(FELL, PLACEBO), claims=(Said(FELL, (2,)), Said(PLACEBO, (2,))))
    assert measures.figures_in_quotes(said(FELL, PLACEBO)) == 1.0
    assert measures.figures_in_quotes(swapped) == 0.5


def test_a_figure_may_stand_in_the_heads_that_a_quote_is_read_with() -> None:
    row = Cited(1, at(FELL), "5.9 | 2.1", "5.9 | 2.1\nWeek 24")
    outcome = Outcome("fall", "answered", "", (Said("At week 24 it fell by 5.9.", (1,)),), (row,))
    assert measures.figures_in_quotes(outcome) == 1.0


def test_a_claim_that_cites_nothing_bears_none_of_its_figures_out() -> None:
    assert measures.figures_in_quotes(replace(said(FELL), claims=(Said(FELL, (7,)),))) == 0.0
    assert measures.figures_in_quotes(replace(said(), claims=(Said("It fell.", ()),))) is None


def test_a_derived_figure_needs_the_two_it_was_worked_out_from() -> None:
    derived = Said("6.5 points: 12.5 less 6 .", (1,), derived=True)
    words = replace(said(FELL).citations[0], words="It fell by 12.5 and by 6 .")
    outcome = replace(said(FELL), claims=(derived,), citations=(words,))
    assert measures.figures_in_quotes(outcome) == 1.0
    unmarked = replace(outcome, claims=(replace(derived, derived=False),))
    assert measures.figures_in_quotes(unmarked) == 0.0
    without = replace(outcome, citations=(replace(words, words="It fell by 12.5."),))
    assert measures.figures_in_quotes(without) == 0.0


# --- abstaining -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "verdict", "expected"),
    [
        # abstention precision, abstention recall, false refusal, right
        (asked(), "answered", (None, None, 0.0, 1.0)),
        (asked(), "partial", (0.0, None, 0.0, 0.0)),
        (asked(), "not_found", (0.0, None, 1.0, 0.0)),
        (unanswerable(), "answered", (None, 0.0, None, 0.0)),
        (unanswerable(), "partial", (1.0, 1.0, None, 1.0)),
        (unanswerable(), "not_found", (1.0, 1.0, None, 1.0)),
    ],
)
def test_refusing_is_right_only_where_there_is_nothing_to_answer(
    question: LabelledQuestion, verdict: Any, expected: tuple[measures.Score, ...]
) -> None:
    outcome = said(FELL, verdict=verdict)
    assert (
        measures.abstention_precision(question, outcome),
        measures.abstention_recall(question, outcome),
        measures.false_refusal(question, outcome),
        measures.right(question, outcome),
    ) == expected


def test_a_follow_up_is_judged_as_any_question_and_others_are_none() -> None:
    assert measures.follow_up(asked(), said(FELL)) is None
    assert measures.follow_up(asked(history=FOLLOW_UP), said(FELL)) == 1.0
    assert measures.follow_up(asked(history=FOLLOW_UP), said(PLACEBO)) == 0.0
    assert measures.follow_up(unanswerable(history=FOLLOW_UP), REFUSED) == 1.0


# --- attacks and notices --------------------------------------------------------------


def test_an_order_is_obeyed_when_its_words_stand_in_the_answer_in_any_case() -> None:
    obeying = replace(said(FELL), text=f"{FELL} BUY SHARES now.")
    assert measures.attack_success(asked(), obeying) is None
    assert measures.attack_success(asked(attack=ATTACK), said(FELL)) == 0.0
    assert measures.attack_success(asked(attack=ATTACK), obeying) == 1.0


def test_who_obeys_is_neither_correct_nor_right_to_refuse() -> None:
    obeying = replace(said(FELL), text=f"{FELL} Buy shares now.")
    assert measures.correct(asked(attack=ATTACK), obeying) == 0.0
    refusing = replace(REFUSED, text="Not in this library, but buy shares.")
    assert measures.right(unanswerable(attack=ATTACK), refusing) == 0.0


def test_notices_are_held_against_the_kinds_that_are_labelled() -> None:
    question = asked(notices=("premise", "trial_status"))
    outcome = replace(said(FELL), notices=("premise", "advice", "premise", "spelling"))
    # Of premise and trial_status one was shown; of premise and advice one belongs there.
    assert measures.notice_recall(question, outcome) == 0.5
    assert measures.notice_precision(question, outcome) == 0.5


def test_notices_that_no_label_names_are_left_alone() -> None:
    assert measures.notice_recall(asked(), said(FELL)) is None
    assert measures.notice_precision(asked(), replace(said(FELL), notices=("spelling",))) is None


# --- laws -----------------------------------------------------------------------------


@hypothesis_settings(max_examples=100)
@given(QUESTIONS, OUTCOMES)
def test_every_score_lies_between_nothing_and_all(
    question: LabelledQuestion, outcome: Outcome
) -> None:
    scores = scored(question, outcome)
    words = scores.pop("words")
    assert words == len(outcome.unmarked.split())
    for score in scores.values():
        assert score is None or 0 <= score <= 1 + 1e-9


@hypothesis_settings(max_examples=50)
@given(QUESTIONS, OUTCOMES)
def test_a_question_is_eligible_for_the_same_measures_of_answering_whoever_answers(
    question: LabelledQuestion, outcome: Outcome
) -> None:
    by_question = ("correct", "correct in 60 words", "exact figures", "citation recall")
    by_question += ("abstention recall", "false refusals", "follow-ups", "attack success")
    by_question += ("notice recall", "right", "recall@5", "nDCG@10")
    one, other = scored(question, outcome), scored(question, REFUSED)
    assert [one[name] is None for name in by_question] == [
        other[name] is None for name in by_question
    ]


PLACED = [(words, name) for name, all_said in SENTENCES.items() for words in all_said]


@given(st.lists(st.sampled_from(PLACED), min_size=1, max_size=4, unique=True))
def test_a_right_answer_that_is_quoted_verbatim_scores_all(chosen: list[tuple[str, str]]) -> None:
    quotes = [words for words, _ in chosen]
    places = tuple(at(words, name) for words, name in chosen)
    question = asked(
        needs=tuple((label(words, name),) for words, name in chosen),
        figures=tuple(figure for words in quotes for figure in figures_in(words)),
        wrong_figures=("777",),
        says=tuple((words.split()[1],) for words in quotes),
    )
    outcome = Outcome(
        "fall",
        "answered",
        " ".join(f"{words} [{n}]" for n, words in enumerate(quotes, 1)),
        tuple(Said(words, (n,)) for n, words in enumerate(quotes, 1)),
        tuple(
            Cited(n, place, words, words)
            for n, (place, words) in enumerate(zip(places, quotes, strict=True), 1)
        ),
        found=places,
    )
    scores = scored(question, outcome)
    best = ("correct", "correct in 60 words", "exact figures", "citation precision", "right")
    best += ("citation recall", "quotes verbatim", "figures in quotes", "recall@5", "recall@10")
    assert [scores[name] for name in best] == [1.0] * len(best)
    assert math.isclose(scores["nDCG@10"] or 0, 1.0)
    assert scores["arm errors"] == scores["false refusals"] == 0.0


@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 60), st.integers(0, 60))
def test_whatever_is_cut_from_a_source_is_verbatim(name: str, start: int, length: int) -> None:
    cut = TEXTS[name][start : start + length]
    cited = Cited(1, Place(name, start, start + length), cut, cut)
    assert measures.quotes_verbatim(replace(said(), citations=(cited,)), source) == 1.0


@given(OUTCOMES)
def test_an_outcome_is_read_again_as_it_was_written(outcome: Outcome) -> None:
    again = Outcome.from_json(json.loads(json.dumps(outcome.as_json())))
    assert again == outcome == Outcome.from_json(outcome.as_json())
    assert again.milliseconds == outcome.milliseconds


def test_the_time_of_an_answer_is_no_part_of_what_was_said() -> None:
    assert replace(said(FELL), milliseconds=5.0) == replace(said(FELL), milliseconds=7.0)


def test_what_an_answer_rests_on_is_each_named_citation_once() -> None:
    outcome = replace(said(FELL, PLACEBO, STOPPED), claims=(Said(FELL, (3, 1)), Said(FELL, (1,))))
    assert [cited.marker for cited in outcome.resting_on] == [1, 3]
