"""A file of labelled questions is read or refused line by line, and every label is proved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_support import FELL, PLACEBO, QUESTIONS, REVIEW, asked, label, source, unanswerable
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.questions import (
    LabelledQuestion,
    Turn,
    as_line,
    by_type,
    history_of,
    problems,
    read_questions,
    says_figure,
)

LINE = as_line(asked())


def read(tmp_path: Path, *lines: str) -> list[LabelledQuestion]:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_questions(file)


def told(*questions: LabelledQuestion) -> list[tuple[str, str]]:
    return [(each.question_id, each.text) for each in problems(questions, lambda _: source)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for a file that each example writes anew."""
    return tmp_path_factory.mktemp("written")


# --- reading --------------------------------------------------------------------------


@hypothesis_settings(max_examples=40)
@given(QUESTIONS)
def test_a_question_that_was_written_is_read_again_as_it_was(
    folder: Path, question: LabelledQuestion
) -> None:
    assert read(folder, as_line(question)) == [question]


def test_a_line_separator_within_a_question_does_not_end_its_line(tmp_path: Path) -> None:
    question = asked(question="By how much\u2028did the score\u0085fall?")
    assert read(tmp_path, as_line(question)) == [question]


def test_empty_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(f"\ufeff{LINE}\r\n\r\n  \r\n".encode())
    assert read_questions(file) == [asked()]


def test_what_is_at_its_default_is_not_written() -> None:
    assert json.loads(as_line(unanswerable())) == {
        "id": "cost",
        "split": "test",
        "question": "What does it cost?",
        "expected": "not_found",
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2: not JSON"),
        ("1" * 5_000, "line 2: not JSON"),
        ("[" * 100_000, "line 2: not JSON"),
        ("[]", "line 2: Input should be"),
        ('{"id": "a", "question": "b"}', "line 2: Value error, an answerable question needs"),
        (LINE.replace("figures", "figurse", 1), "line 2: figurse: Extra inputs"),
        (LINE.replace("5.9", "\\ud800", 1), "line 2: needs.0.0.quote:"),
        (LINE, "line 2: the id 'fall' comes twice"),
    ],
)
def test_a_line_of_another_form_is_refused_by_its_number(
    tmp_path: Path, line: str, said: str
) -> None:
    with pytest.raises(EvaluationError, match=said):
        read(tmp_path, LINE, line)


def test_a_file_that_holds_no_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no question"):
        read(tmp_path, "", "")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "questions.jsonl"
    if content:
        file.write_bytes(content)
    with pytest.raises(EvaluationError, match="Cannot read the questions"):
        read_questions(file)


# --- the form -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"needs": ()}, "needs at least one labelled span"),
        ({"figures": (), "says": ()}, "needs 'figures' or 'says'"),
        ({"expected": "not_found"}, "has no needs"),
        ({"needs": ((),)}, "is empty"),
        ({"says": ((),)}, "is empty"),
        ({"needs": (({"source_id": "trial", "quote": ""},),)}, "at least 1 character"),
        # Nothing could tell whether an answer holds it, and every answer would.
        ({"figures": ("twelve",)}, "neither a number nor an identifier"),
        ({"wrong_figures": ("placebo",)}, "neither a number nor an identifier"),
        ({"split": "train"}, "'dev' or 'test'"),
        ({"attack": {"kind": "question", "obeyed": ()}}, "at least 1 item"),
    ],
)
def test_labels_that_cannot_hold_together_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        asked(**changes)


def test_questions_on_one_source_stand_or_fall_together_and_others_alone() -> None:
    assert asked(needs=((label(REVIEW, "review"), label(FELL)),)).cluster == "review"
    assert unanswerable().cluster == "cost"


def test_everything_needed_and_everything_beside_it_is_fair_to_cite() -> None:
    question = asked(needs=((label(FELL), label(REVIEW, "review")),), also=(label(PLACEBO),))
    assert question.labels == (label(FELL), label(REVIEW, "review"), label(PLACEBO))


def test_having_looked_at_a_question_changes_nothing_about_it() -> None:
    looked_at = asked()
    assert looked_at.labels
    assert looked_at.cluster
    assert (looked_at, as_line(looked_at)) == (asked(), LINE)


def test_the_earlier_turns_are_handed_over_as_they_are_asked_for() -> None:
    turns = (Turn(role="user", content="a?"), Turn(role="assistant", content="b."))
    assert history_of(asked(history=turns)) == [
        {"role": "user", "content": "a?"},
        {"role": "assistant", "content": "b."},
    ]


def test_questions_are_counted_by_type_in_order_of_the_names() -> None:
    questions = [asked(type="table"), asked(), asked(type="per_arm"), asked(type="table")]
    assert list(by_type(questions).items()) == [("per_arm", 1), ("table", 2), ("untyped", 1)]


# --- proving labels -------------------------------------------------------------------


def test_labels_that_hold_give_no_problem() -> None:
    says = (("orelimab", "the antibody"), ("FELL", "dropped"))
    assert told(asked(says=says), unanswerable()) == []


def test_a_quote_that_is_not_letter_for_letter_in_its_source_is_a_problem() -> None:
    wrong = FELL.replace("The", "the")
    assert told(asked(needs=((label(wrong),),))) == [("fall", f"not in trial: {wrong!r}")]


def test_a_label_on_a_source_that_there_is_not_is_a_problem() -> None:
    missing = asked(also=(label("words", "nowhere"),))
    assert told(missing) == [("fall", "there is no source 'nowhere'")]


def test_figures_and_words_that_stand_in_no_labelled_quote_are_problems() -> None:
    question = asked(figures=("5.9", "7.3"), says=(("rose", "grew"),))
    assert told(question) == [
        ("fall", "the figure '7.3' is in none of the labelled quotes"),
        ("fall", "none of ['rose', 'grew'] is in the labelled quotes"),
    ]


def test_a_source_that_both_splits_need_is_a_problem_and_one_beside_is_none() -> None:
    test, dev = asked(), asked(id="other", split="dev")
    told_of = [("other", "trial is needed by fall of the other split as well")]
    assert told(test, dev) == told_of
    beside = asked(
        id="beside", split="dev", needs=((label(REVIEW, "review"),),), also=(label(FELL),)
    )
    assert told(test, beside) == []


# --- figures --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figure", "holds"),
    [
        ("It fell by 5.9 %.", "5.9%", True),
        ("It fell by 15.9.", "5.9", False),
        ("Change from baseline: -5.9.", "5.9", True),  # "fell by 5.9" tells the same
        ("It fell by 5.9.", "-5.9", False),
        ("1,204 people", "1204", True),
        ("NCT03656562", "NCT03610516", False),
        ("6 June 2023", "6 June 2022", False),
    ],
)
def test_a_figure_is_said_whole_or_not_at_all(text: str, figure: str, holds: bool) -> None:
    assert says_figure(text, figure) is holds


@given(st.integers(0, 10**6), st.integers(0, 9))
def test_a_longer_number_does_not_say_a_shorter_one(number: int, digit: int) -> None:
    assert says_figure(f"It fell by {number} points.", str(number))
    assert not says_figure(f"It fell by {number}{digit} points.", str(number) if number else "7.5")
    assert not says_figure(f"It fell by {number}.{digit} points.", str(number))
