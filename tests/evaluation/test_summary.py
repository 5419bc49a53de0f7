"""Averages, types, calibration and verdicts of a handful of answers, worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from evaluation_support import (
    FELL,
    PLACEBO,
    REVIEW,
    Recorder,
    asked,
    label,
    said,
    source,
    unanswerable,
)

from iscalimab_qa.evaluation import summary
from iscalimab_qa.evaluation.experiment import Run
from iscalimab_qa.evaluation.intervals import Estimate
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import LabelledQuestion

IN_REVIEW = asked(id="review", needs=((label(REVIEW, "review"),),), type="table")


def result(
    *pairs: tuple[LabelledQuestion, Outcome], name: str = "recorder"
) -> summary.SystemResult:
    questions: Sequence[LabelledQuestion] = [question for question, _ in pairs]
    run = Run(Recorder().entry(name), [outcome for _, outcome in pairs])
    return summary.judge(run, questions, lambda _: source)


RIGHT_AND_WRONG = result(
    (asked(type="per_arm"), said(FELL)),
    (IN_REVIEW, said(PLACEBO)),
    (unanswerable(), said(FELL, verdict="partial")),
)
"""Right, wrong, and rightly not answered; of three sources, or none."""


def test_a_run_is_judged_question_by_question_in_order() -> None:
    assert RIGHT_AND_WRONG.values("correct") == [1.0, 0.0, None]
    assert RIGHT_AND_WRONG.values("right") == [1.0, 0.0, 1.0]
    assert RIGHT_AND_WRONG.clusters == ["trial", "review", "cost"]
    assert (RIGHT_AND_WRONG.name, RIGHT_AND_WRONG.what) == ("recorder", "says the question back")


def test_an_outcome_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        summary.judge(Run(Recorder().entry(), []), [asked()], lambda _: source)


def test_an_average_is_over_the_eligible_questions() -> None:
    averages = RIGHT_AND_WRONG.summary()
    # 1 and 0 of two sources: both draws are the same one in half of the cases.
    assert averages["correct"] == Estimate(0.5, 0.0, 1.0, 2)
    right = averages["right"]
    assert right is not None
    assert (right.mean, right.n) == (pytest.approx(2 / 3), 3)
    assert averages["follow-ups"] is None
    assert list(averages) == RIGHT_AND_WRONG.measures


def test_each_source_is_read_where_its_question_was_asked() -> None:
    read: list[str] = []

    def source_of(question: LabelledQuestion) -> object:
        read.append(question.library)
        return source

    run = Run(Recorder().entry(), [said(FELL), said(FELL)])
    summary.judge(run, [asked(), asked(id="b", library="planted")], source_of)  # type: ignore[arg-type]
    assert read == ["plain", "planted"]


def test_a_system_differs_from_another_question_by_question() -> None:
    better = result((asked(), said(FELL)), (IN_REVIEW, said(FELL)))
    worse = result((asked(), said(PLACEBO)), (IN_REVIEW, said(PLACEBO)))
    assert better.against(worse, "correct") == Estimate(1.0, 1.0, 1.0, 2)
    assert worse.against(better, "correct") == Estimate(-1.0, -1.0, -1.0, 2)
    assert better.against(better, "correct") == Estimate(0.0, 0.0, 0.0, 2)


def test_a_measure_by_type_leaves_out_types_without_an_eligible_question() -> None:
    means = summary.by_type(RIGHT_AND_WRONG, "correct")
    assert {name: (mean.mean, mean.n) for name, mean in means.items()} == {
        "per_arm": (1.0, 1),
        "table": (0.0, 1),
    }
    assert list(summary.by_type(RIGHT_AND_WRONG, "right")) == ["per_arm", "table", "untyped"]


def test_latency_is_told_by_its_quantiles() -> None:
    timed = result(
        *((asked(id=str(n)), replace(said(FELL), milliseconds=n)) for n in range(0, 101))
    )
    # 0, 1 ... 100: half are at most 50, 95 of 100 at most 95.
    assert timed.latencies() == pytest.approx({"latency p50 (ms)": 50, "latency p95 (ms)": 95})


def sure(chance: float | None, *, answerable: bool) -> tuple[LabelledQuestion, Outcome]:
    return asked() if answerable else unanswerable(), replace(said(FELL), probability=chance)


def test_calibration_holds_what_was_said_against_how_often_it_is_so() -> None:
    judged = result(
        sure(0.10, answerable=False),
        sure(0.15, answerable=True),
        sure(0.90, answerable=True),
        sure(1.00, answerable=True),
        sure(None, answerable=True),
    )
    # The tenth from 0.1 on: mean 0.125, one of two. The last tenth, 1 included: 0.95, both.
    assert summary.calibration(judged) == [
        pytest.approx({"probability": 0.125, "answerable": 0.5, "n": 2}),
        pytest.approx({"probability": 0.95, "answerable": 1.0, "n": 2}),
    ]
    # (2 * 0.375 + 2 * 0.05) / 4
    assert summary.calibration_error(judged) == pytest.approx(0.2125)


def test_a_system_that_does_not_tell_how_sure_it_is_has_no_calibration() -> None:
    silent = result(sure(None, answerable=True))
    assert (summary.calibration(silent), summary.calibration_error(silent)) == ([], None)


def test_verdicts_are_counted_apart_for_questions_with_and_without_an_answer() -> None:
    assert summary.verdicts(RIGHT_AND_WRONG) == {
        "answerable": {"answered": 2},
        "not answerable": {"partial": 1},
    }


def test_notices_are_not_yet_there_until_a_system_shows_one() -> None:
    assert set(summary.not_yet([RIGHT_AND_WRONG])) == {
        "chat model",
        "notice recall",
        "notice precision",
    }
    warns = result((asked(), replace(said(FELL), notices=("spelling",))))
    assert set(summary.not_yet([RIGHT_AND_WRONG, warns])) == {"chat model"}


def test_an_estimate_is_written_with_four_decimals() -> None:
    assert summary.as_json(Estimate(2 / 3, 1 / 3, 1.0, 7)) == {
        "mean": 0.6667,
        "low": 0.3333,
        "high": 1.0,
        "n": 7,
    }
    assert summary.as_json(None) is None


def test_every_measure_that_is_better_when_lower_exists() -> None:
    assert set(RIGHT_AND_WRONG.measures) >= summary.LOWER_IS_BETTER
