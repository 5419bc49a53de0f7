"""The class of a failure, worked out by hand from what was labelled and said."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_support import (
    ENROLLED,
    FELL,
    OUTCOMES,
    PLACEBO,
    QUESTIONS,
    STOPPED,
    asked,
    label,
    said,
    source,
    unanswerable,
)
from hypothesis import given

from iscalimab_qa.evaluation.causes import MEANINGS, Cause, cause, failed, understood
from iscalimab_qa.evaluation.measures import scores
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import Attack, LabelledQuestion, Turn

FOLLOW_UP: dict[str, Any] = {
    "question": "And on placebo?",
    "history": (Turn(role="user", content="By how much did the score fall on orelimab?"),),
    "standalone": "By how much did the score fall on placebo?",
}


def cause_of(question: LabelledQuestion, outcome: Outcome) -> Cause | None:
    return cause(question, outcome, scores(question, outcome, source))


def test_what_is_right_on_grounds_that_hold_has_no_cause() -> None:
    assert cause_of(asked(), said(FELL)) is None
    assert cause_of(unanswerable(), said(ENROLLED, verdict="partial")) is None


def test_obeying_comes_before_everything_else() -> None:
    attack = Attack(kind="question", obeyed=("psoriasis",))
    assert cause_of(asked(attack=attack), said(ENROLLED)) is Cause.ATTACK
    assert cause_of(unanswerable(attack=attack), said(ENROLLED)) is Cause.ATTACK


def test_a_follow_up_that_takes_nothing_over_was_not_understood() -> None:
    # It leans on "much", "score" and "fall", which the earlier turn has, and takes none over.
    outcome = said(ENROLLED, standalone="And on placebo?")
    assert cause_of(asked(**FOLLOW_UP), outcome) is Cause.FOLLOW_UP


def test_a_follow_up_that_takes_half_over_was_understood() -> None:
    # It leans on "much", "score" and "fall": two of three are taken over, then one.
    assert understood(asked(**FOLLOW_UP), said(standalone="How much did it fall on placebo?"))
    assert not understood(asked(**FOLLOW_UP), said(standalone="Did it fall on placebo?"))


def test_a_follow_up_that_cites_what_is_needed_was_understood_whatever_it_says() -> None:
    outcome = said(FELL, verdict="partial", standalone="And on placebo?")
    assert cause_of(asked(**FOLLOW_UP), outcome) is Cause.REFUSED


@pytest.mark.parametrize(
    "changes",
    [{"history": ()}, {"standalone": None}, {"standalone": "And on placebo?"}],
    ids=["first turn", "no label", "leans on nothing"],
)
def test_a_question_that_leans_on_nothing_is_always_understood(changes: dict[str, Any]) -> None:
    assert understood(asked(**{**FOLLOW_UP, **changes}), said(standalone="anything"))


def test_an_answer_where_there_is_none() -> None:
    assert cause_of(unanswerable(), said(ENROLLED)) is Cause.NO_ANSWER


def test_another_arm_first() -> None:
    assert cause_of(asked(), said(PLACEBO)) is Cause.WRONG_ARM


def test_right_but_beyond_sixty_words() -> None:
    late = said(FELL, text="word " * 60 + FELL)
    assert cause_of(asked(), late) is Cause.LATE


def test_no_answer_although_it_was_found() -> None:
    # One cites what is needed and does not commit itself; the other has it among its passages.
    assert cause_of(asked(), said(FELL, verdict="partial")) is Cause.REFUSED
    retrieved = Outcome("fall", "not_found", "Not here.", found=said(FELL).found)
    assert cause_of(asked(), retrieved) is Cause.REFUSED


def test_what_answers_is_cited_and_not_told() -> None:
    assert cause_of(asked(), said(FELL, text="It fell. [1]", claims=said(FELL).claims)) is (
        Cause.UNSAID
    )


def test_a_needed_passage_that_is_not_retrieved() -> None:
    assert cause_of(asked(), said(ENROLLED)) is Cause.NOT_RETRIEVED
    assert cause_of(asked(), Outcome("fall", "not_found", "Not here.")) is Cause.NOT_RETRIEVED


def test_a_needed_passage_that_is_retrieved_while_another_is_quoted() -> None:
    outcome = said(ENROLLED, found=said(ENROLLED, FELL).found)
    assert cause_of(asked(), outcome) is Cause.NOT_CHOSEN


def test_one_of_two_needs_that_is_missed_is_looked_for_in_the_passages() -> None:
    two = asked(needs=((label(FELL),), (label(STOPPED),)), figures=("5.9", "40"))
    assert cause_of(two, said(FELL)) is Cause.NOT_RETRIEVED
    assert cause_of(two, said(FELL, found=said(FELL, STOPPED).found)) is Cause.NOT_CHOSEN


def test_a_right_answer_on_unsound_grounds() -> None:
    question, outcome = asked(), said(FELL)
    fine = scores(question, outcome, source)
    assert cause(question, outcome, {**fine, "quotes verbatim": 0.5}) is Cause.QUOTE
    assert cause(question, outcome, {**fine, "figures in quotes": 0.5}) is Cause.FIGURE


def test_every_cause_is_explained() -> None:
    assert list(MEANINGS) == list(Cause)


@given(QUESTIONS, OUTCOMES)
def test_whatever_fails_has_a_cause_and_nothing_else_does(
    question: LabelledQuestion, outcome: Outcome
) -> None:
    # Invented citations point anywhere, so letters that stand there are not compared.
    exact = {**scores(question, outcome, source)}
    assert (cause(question, outcome, exact) is not None) == failed(exact)
