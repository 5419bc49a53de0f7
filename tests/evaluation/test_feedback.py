"""What the chat noted becomes labelled questions, each label checked as it is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from evaluation_support import FELL, PLACEBO, REVIEW, asked, label, source, unanswerable
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.errors import EvaluationError, OutputError
from iscalimab_qa.evaluation import ratings
from iscalimab_qa.evaluation.feedback import asked_id, candidates, review, review_feedback
from iscalimab_qa.evaluation.labelling import Decision
from iscalimab_qa.evaluation.questions import (
    LabelledQuestion,
    as_line,
    problems,
    read_questions,
)
from iscalimab_qa.evaluation.ratings import Feedback, read_feedback
from iscalimab_qa.settings import feedback_file

CITATIONS = [
    {"source_id": "trial", "start": 0, "end": len(FELL), "quote": FELL},
    {"source_id": "trial", "start": 42, "end": 42 + len(PLACEBO), "quote": PLACEBO},
]


def rated(**changed: Any) -> dict[str, Any]:
    return {
        "time": "2025-11-22T20:00:00+00:00",
        "question": "By how much did the score fall?",
        "history": [],
        "verdict": "answered",
        "text": f"{FELL} [1] {PLACEBO} [2]",
        "citations": CITATIONS,
        "rating": "down",
        "reason": "Which arm?",
        **changed,
    }


def written(path: Path, *records: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


class Person:
    """Types what was noted down, then ends the input; keeps what was asked and shown."""

    def __init__(self, *replies: str) -> None:
        self.replies = list(replies)
        self.prompts: list[str] = []
        self.shown: list[str] = []

    def ask(self, prompt: str) -> str:
        self.prompts.append(prompt)
        if not self.replies:
            raise EOFError
        return self.replies.pop(0)

    def say(self, line: str) -> None:
        self.shown.append(line)

    def review(self, record: Mapping[str, Any], *known: LabelledQuestion) -> Any:
        (candidate,) = candidates([Feedback.model_validate(record)], ())
        return review(candidate, self.ask, self.say, source, known=known)

    @property
    def saw(self) -> str:
        return "\n".join(self.shown)


# --- reading --------------------------------------------------------------------------


def test_feedback_lies_in_the_users_folder_beside_the_corpus() -> None:
    assert feedback_file() == platformdirs.user_data_path("iscalimab-qa") / "feedback.jsonl"


def test_lines_are_read_in_order_and_a_field_of_a_later_chat_passes(tmp_path: Path) -> None:
    path = written(tmp_path / "feedback.jsonl", rated(), rated(question="B?", mood="calm"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"\n \n")
    assert [line.question for line in read_feedback(path)] == [rated()["question"], "B?"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (rated(rating="sideways"), "line 2: rating: Input should be 'up' or 'down'"),
        (rated(question=""), "line 2: question: "),
        (rated(question="x" * 20_001), "line 2: question: .* at most 20000 characters"),
        (rated(verdict="maybe"), "line 2: verdict: "),
        (rated(citations=CITATIONS * 101), "line 2: citations: .* at most 200 items"),
        (rated(citations=[{**CITATIONS[0], "end": 0}]), "line 2: citations.0: .* 0 to 0 is empty"),
        (rated(citations=[{**CITATIONS[0], "start": -1}]), "line 2: citations.0.start: "),
        (rated(history=[{"role": "system", "content": "obey"}]), "line 2: history.0.role: "),
        (rated(text=None), "line 2: text: "),
        (["not", "an", "object"], "line 2: Input should be an object"),
    ],
)
def test_a_line_that_breaks_the_form_is_named(tmp_path: Path, line: Any, message: str) -> None:
    with pytest.raises(EvaluationError, match=f"feedback.jsonl, {message}"):
        read_feedback(written(tmp_path / "feedback.jsonl", rated(), line))


@pytest.mark.parametrize(
    "line",
    [b"{]", b"[" * 100_000, b"\xff", b'{"time": "\\ud800"}', b'{"time": ' + b"9" * 5_000 + b"}"],
)
def test_a_hostile_line_is_refused_and_nothing_else_happens(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_bytes(line + b"\n")
    with pytest.raises(EvaluationError, match=r"feedback.jsonl, line 1: [ -~]+\Z"):
        read_feedback(path)


def test_a_file_is_read_up_to_its_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "feedback.jsonl", rated(), rated(question="B?"))
    monkeypatch.setattr(ratings, "MAX_LINES", 2)
    assert len(read_feedback(path)) == 2
    monkeypatch.setattr(ratings, "MAX_LINES", 1)
    with pytest.raises(EvaluationError, match="line 2: expected at most 1 lines"):
        read_feedback(path)
    monkeypatch.setattr(ratings, "MAX_LINE_BYTES", 100)
    with pytest.raises(EvaluationError, match="line 1: has more than 100 bytes"):
        read_feedback(path)


def test_a_last_line_that_is_being_written_is_left_for_the_next_time(tmp_path: Path) -> None:
    path = written(tmp_path / "feedback.jsonl", rated(), rated(question="B?"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert len(read_feedback(path)) == 1
    path.write_bytes(whole[:-1])
    assert len(read_feedback(path)) == 2


def test_without_feedback_it_is_said_where_it_would_come_from(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="The chat writes it when an answer is rated"):
        read_feedback(tmp_path / "feedback.jsonl")
    with pytest.raises(EvaluationError, match="Cannot read"):
        read_feedback(tmp_path)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_an_evaluation_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-feedback.jsonl"
    path.write_bytes(data)
    try:
        read_feedback(path)
    except EvaluationError as error:
        assert str(error).isprintable()


# --- choosing -------------------------------------------------------------------------


def test_a_question_is_looked_at_once_with_its_last_answer_and_all_its_ratings() -> None:
    again = rated(question="By how much  did the\nscore fall?", rating="up", text="5.9.")
    after_a_turn = rated(history=[{"role": "user", "content": "Tell me of GRAND-2."}])
    lines = [Feedback.model_validate(each) for each in (rated(), after_a_turn, again)]
    first, second = candidates(lines, ())
    assert (first.last.text, first.up, first.down) == ("5.9.", 1, 1)
    assert (second.last.history[0].content, second.up, second.down) == ("Tell me of GRAND-2.", 0, 1)
    assert [each.id for each in candidates(lines, {first.id})] == [second.id]


def test_a_question_that_has_a_label_under_another_id_is_not_asked_for_again(
    tmp_path: Path,
) -> None:
    labelled = asked(id="psoriasis-001", question=rated()["question"])
    questions = tmp_path / "questions.jsonl"
    questions.write_text(as_line(labelled) + "\n", encoding="utf-8")
    person = Person()
    path = written(tmp_path / "feedback.jsonl", rated())
    assert review_feedback(path, questions, source, person.ask, person.say) == 0
    assert person.saw == "0 rated questions wait"


# --- labelling ------------------------------------------------------------------------


def test_a_person_sees_question_turns_answer_citations_and_rating() -> None:
    person = Person("skip")
    record = rated(history=[{"role": "user", "content": "Tell me of GRAND-2."}])
    assert person.review(record) == Decision.SKIPPED
    assert person.shown == [
        "(user) Tell me of GRAND-2.",
        "Question: By how much did the score fall?",
        f"Answer (answered): {FELL} [1] {PLACEBO} [2]",
        f"  1. trial: {FELL}",
        f"  2. trial: {PLACEBO}",
        "Rated down: Which arm? (0 up, 1 down)",
    ]
    assert person.prompts == ["Does the library answer it? [y/n/skip/quit] "]


def test_an_answerable_question_takes_its_labels_from_the_citations() -> None:
    person = Person("y", "", "1", "5.9", "Fell | dropped; orelimab", "dev")
    labelled = person.review(rated())
    assert labelled == LabelledQuestion(
        id=asked_id(rated()["question"], ()),
        question=rated()["question"],
        split="dev",
        needs=((label(FELL),),),
        figures=("5.9",),
        says=(("fell", "dropped"), ("orelimab",)),
        why="asked in the chat, rated 0 up and 1 down",
    )
    assert list(problems([labelled], lambda _: source)) == []


def test_citations_may_each_suffice_or_be_needed_together() -> None:
    labelled = Person("y", "", "1, 2", "", "points", "test").review(rated())
    assert labelled.needs == ((label(FELL), label(PLACEBO)),)
    labelled = Person("y", "", "1+2", "5.9; 2.1", "", "test").review(rated())
    assert labelled.needs == ((label(FELL),), (label(PLACEBO),))
    assert labelled.figures == ("5.9", "2.1")


def test_pasted_words_are_checked_in_their_source_at_once_and_asked_for_again() -> None:
    person = Person(
        *("y", "by 5.9 pts", "trial", "", REVIEW, "revue", "review", ""),
        *("3", "5.9", "", "test"),
    )
    labelled = person.review(rated())
    assert labelled.needs == ((label(REVIEW, "review"),),)
    assert "These words do not stand in trial, letter for letter" in person.saw
    assert "There is no source 'revue' in the library" in person.saw
    assert f"  3. review: {REVIEW}" in person.saw


def test_a_label_that_does_not_hold_is_asked_for_again() -> None:
    person = Person(
        *("perhaps", "y", "", "one", "0", "3", "1+", "1"),
        *("about six; 5.9", "2.1", ""),
        *("", "; rose", "|", "fell", "both", "test"),
    )
    labelled = person.review(rated())
    assert (labelled.figures, labelled.says, labelled.split) == ((), (("fell",),), "test")
    assert person.shown[6 - 1 :] == [
        "Expected y, n, skip or quit",
        "Expected numbers, as in: 1,3 or 1+2",
        "Expected numbers from 1 to 2",
        "Expected numbers from 1 to 2",
        "Expected numbers, as in: 1,3 or 1+2",
        "There is no number or identifier in 'about six'",
        "The figure '2.1' is in none of the chosen words",
        "Without a figure, name the words that a right answer must say",
        "None of rose is in the chosen words",
        "A group of words is empty",
        "Expected dev (for looking) or test (for reporting)",
    ]


def test_a_citation_that_the_corpus_no_longer_holds_cannot_be_chosen() -> None:
    gone = [{**CITATIONS[0], "quote": "It rose."}, {**CITATIONS[0], "source_id": "gone"}]
    person = Person("y", "", "1", "2", "3", "5.9", "", "dev")
    labelled = person.review(rated(citations=[*gone, CITATIONS[0]]))
    assert labelled.needs == ((label(FELL),),)
    assert "  1 cannot be chosen: These words do not stand in trial" in person.saw
    assert "  2 cannot be chosen: There is no source 'gone'" in person.saw


def test_a_source_that_questions_of_the_other_split_need_is_refused_for_this_one() -> None:
    person = Person("y", "", "1", "5.9", "", "dev", "test")
    labelled = person.review(rated(), asked(split="test"))
    assert labelled.split == "test"
    assert "trial is needed by fall of the other split as well" in person.saw


def test_an_unanswerable_question_has_a_split_and_no_labels() -> None:
    labelled = Person("n", "test").review(rated(verdict="not_found", citations=[], reason=""))
    assert not labelled.answerable
    assert (labelled.split, labelled.needs, labelled.figures) == ("test", (), ())


def test_without_anything_that_answers_a_question_is_skipped() -> None:
    person = Person("y", "")
    assert person.review(rated(citations=[])) == Decision.SKIPPED
    assert "Nothing was named that answers it" in person.saw


@pytest.mark.parametrize("replies", [("quit",), ("y", "quit"), ("y", "", "1", "quit"), ("y",), ()])
def test_quitting_works_at_every_prompt_and_so_does_the_end_of_input(
    replies: tuple[str, ...],
) -> None:
    assert Person(*replies).review(rated()) == Decision.QUIT


def test_what_others_wrote_can_neither_drive_a_terminal_nor_pass_for_a_prompt() -> None:
    hostile = "x\x1b[2J\nDoes the library answer it? [y/n/skip/quit] \u202e\x07"
    cited = [{"source_id": hostile, "start": 0, "end": 1, "quote": hostile}]
    person = Person("y", "", "1", "skip")
    turns = [{"role": "user", "content": hostile}]
    record = rated(question=hostile, text=hostile, reason=hostile, citations=cited, history=turns)
    assert person.review(record) == Decision.SKIPPED
    assert all(line.isprintable() for line in person.shown)
    assert len(person.shown) == 5 + 2


# --- the files ------------------------------------------------------------------------


def review_all(folder: Path, *replies: str) -> int:
    person = Person(*replies)
    return review_feedback(
        folder / "feedback.jsonl",
        folder / "new" / "questions.jsonl",
        source,
        person.ask,
        person.say,
    )


def test_quitting_keeps_what_is_done_and_the_next_time_goes_on(tmp_path: Path) -> None:
    records = [rated(question=f"Question {n}?") for n in range(4)]
    written(tmp_path / "feedback.jsonl", *records)
    # The first is labelled, the second skipped, the third left.
    assert review_all(tmp_path, "n", "dev", "skip", "n", "quit") == 1
    questions = tmp_path / "new" / "questions.jsonl"
    assert [each.question for each in read_questions(questions)] == ["Question 0?"]
    assert review_all(tmp_path, "n", "dev", "n", "test", "y", "", "1", "5.9", "", "dev") == 3
    assert [each.question[9] for each in read_questions(questions)] == ["0", "1", "2", "3"]
    assert review_all(tmp_path) == 0


def test_a_question_is_added_on_a_line_of_its_own_whatever_stands_in_it(tmp_path: Path) -> None:
    questions = tmp_path / "new" / "questions.jsonl"
    questions.parent.mkdir()
    questions.write_text(as_line(unanswerable()), encoding="utf-8")  # no line end
    odd = "What\u2028does\x85it\u2029cost\r\nin \x1c francs?"
    written(tmp_path / "feedback.jsonl", rated(question=odd))
    assert review_all(tmp_path, "n", "dev") == 1
    assert [each.question for each in read_questions(questions)] == ["What does it cost?", odd]
    assert review_all(tmp_path) == 0


def test_an_empty_file_of_questions_is_added_to(tmp_path: Path) -> None:
    written(tmp_path / "feedback.jsonl", rated())
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "questions.jsonl").touch()
    assert review_all(tmp_path, "n", "dev") == 1


def test_questions_that_cannot_be_written_are_an_error_of_output(tmp_path: Path) -> None:
    written(tmp_path / "feedback.jsonl", rated())
    (tmp_path / "new").touch()
    with pytest.raises(OutputError, match=r"questions\.jsonl"):
        review_all(tmp_path, "n", "dev")
