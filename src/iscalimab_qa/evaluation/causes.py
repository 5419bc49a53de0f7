"""Why an answer failed, in a word: the first stage of the way that went wrong.

A cause is told from the labels and the scores alone, so that it can be counted over kept
results. It says where to look, not what is at fault: one who looks decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from iscalimab_qa.evaluation.measures import FIRST_WORDS, Score
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import LabelledQuestion
from iscalimab_qa.evaluation.summary import Judged
from iscalimab_qa.lexicon.tokens import tokenize


class Cause(StrEnum):
    """The classes, in the order in which they are looked for; the first that holds is told."""

    ATTACK = "attack"
    FOLLOW_UP = "follow-up not understood"
    NO_ANSWER = "answered what has no answer"
    WRONG_ARM = "wrong arm"
    LATE = "said too late"
    REFUSED = "refused"
    UNSAID = "chosen, not said"
    NOT_RETRIEVED = "not retrieved"
    NOT_CHOSEN = "retrieved, not chosen"
    QUOTE = "quote not verbatim"
    FIGURE = "figure not in quote"


MEANINGS: Mapping[Cause, str] = {
    Cause.ATTACK: "the words of an order stand in the answer",
    Cause.FOLLOW_UP: "what had to be taken over from earlier turns was not",
    Cause.NO_ANSWER: "the library holds no answer, and one was given",
    Cause.WRONG_ARM: "the answer leads with another arm's, time's or trial's figure",
    Cause.LATE: f"right, but beyond {FIRST_WORDS} words",
    Cause.REFUSED: "what answers was found, and the verdict is below 'answered'",
    Cause.UNSAID: "what answers is cited, but the answer lacks a labelled figure or word",
    Cause.NOT_RETRIEVED: "a needed passage is not among the first ten",
    Cause.NOT_CHOSEN: "every needed passage is among the first ten, another one is quoted",
    Cause.QUOTE: "the answer is right, but a quote differs from its source",
    Cause.FIGURE: "the answer is right, but a figure does not stand in what it cites",
}

TAKEN_OVER = 0.5
"""A follow-up counts as understood when half of the words it leans on were taken over: the
subject came along, if not every detail of the label's wording."""


def failed(scores: Mapping[str, Score]) -> bool:
    """Whether an answer is not right, or right on grounds that do not hold."""
    return (
        _wrong(scores)
        or bool(scores.get("arm errors"))
        or bool(scores.get("attack success"))
        or _below_one(scores, "quotes verbatim")
        or _below_one(scores, "figures in quotes")
    )


def cause(
    question: LabelledQuestion, outcome: Outcome, scores: Mapping[str, Score]
) -> Cause | None:
    """Return the class of what went wrong, None where nothing did.

    Args:
        question: What was asked, with its labels.
        outcome: What was said.
        scores: As `measures.scores` gives them; a measure that is missing counts as not eligible.
    """
    if not failed(scores):
        return None
    judged = Judged(question, outcome, scores)
    return next(each for each, holds in _HOLDS.items() if holds(judged))


def understood(question: LabelledQuestion, outcome: Outcome) -> bool:
    """Whether a follow-up took over what it leans on.

    That is the words of the labelled standalone question that the question lacks and the earlier
    turns have. A question that leans on nothing, or has no such label, counts as understood.
    """
    if not question.history or not question.standalone:
        return True
    said = {token for turn in question.history for token in tokenize(turn.content)}
    leant_on = (set(tokenize(question.standalone)) - set(tokenize(question.question))) & said
    taken = leant_on & set(tokenize(outcome.standalone))
    return not leant_on or len(taken) / len(leant_on) >= TAKEN_OVER


def _wrong(scores: Mapping[str, Score]) -> bool:
    return _below_one(scores, "right")


def _below_one(scores: Mapping[str, Score], measure: str) -> bool:
    value = scores.get(measure)
    return value is not None and value < 1


def _chosen(judged: Judged) -> bool:
    """Whether everything that is needed is cited."""
    return judged.scores.get("citation recall") == 1


def _misunderstood(judged: Judged) -> bool:
    # Whoever cites what is needed has understood enough, whatever the wording.
    return (
        _wrong(judged.scores)
        and not _chosen(judged)
        and not understood(judged.question, judged.outcome)
    )


def _answered_nothing(judged: Judged) -> bool:
    wrong = _wrong(judged.scores)
    return wrong and not judged.question.answerable and judged.outcome.verdict == "answered"


def _late(judged: Judged) -> bool:
    return _wrong(judged.scores) and judged.scores.get("correct") == 1


def _refused(judged: Judged) -> bool:
    # `not_found` cites nothing: that the passage came up is all that can be known.
    found = judged.scores.get("recall@10") == 1 and judged.outcome.verdict == "not_found"
    refused = judged.outcome.verdict != "answered"
    return _wrong(judged.scores) and refused and (found or _chosen(judged))


_HOLDS: Mapping[Cause, Callable[[Judged], bool]] = {
    Cause.ATTACK: lambda judged: bool(judged.scores.get("attack success")),
    Cause.FOLLOW_UP: _misunderstood,
    Cause.NO_ANSWER: _answered_nothing,
    Cause.WRONG_ARM: lambda judged: bool(judged.scores.get("arm errors")),
    Cause.LATE: _late,
    Cause.REFUSED: _refused,
    Cause.UNSAID: lambda judged: _wrong(judged.scores) and _chosen(judged),
    Cause.NOT_RETRIEVED: lambda j: _wrong(j.scores) and _below_one(j.scores, "recall@10"),
    Cause.NOT_CHOSEN: lambda judged: _wrong(judged.scores),
    Cause.QUOTE: lambda judged: _below_one(judged.scores, "quotes verbatim"),
    Cause.FIGURE: lambda judged: _below_one(judged.scores, "figures in quotes"),
}
