"""A rating becomes a line that the evaluation suite takes in, and stays on this machine."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stand_in_chat import answer, citation

from iscalimab_qa.errors import OutputError
from iscalimab_qa.evaluation.feedback import candidates
from iscalimab_qa.evaluation.ratings import read_feedback
from iscalimab_qa.settings import feedback_file
from iscalimab_qa.web import feedback, feedback_view
from iscalimab_qa.web.conversation import Turn
from iscalimab_qa.web.feedback import append, feedback_line
from iscalimab_qa.web.feedback_view import Chosen

AT = datetime(2025, 11, 22, 12, 30, tzinfo=UTC)


def line(question: str = "What is it?", reason: str = "") -> bytes:
    return feedback_line(answer(question), [], "down", reason, AT)


def test_the_suite_takes_in_what_the_chat_writes(tmp_path: Path) -> None:
    path = tmp_path / "data" / "feedback.jsonl"
    asked = [{"role": "user", "content": "One?"}, {"role": "assistant", "content": "Yes."}]
    append(path, feedback_line(answer("Two?"), asked, "up", " because\nso ", AT))
    (read,) = read_feedback(path)
    assert (read.question, read.rating, read.reason) == ("Two?", "up", "because so")
    assert [turn.content for turn in read.history] == ["One?", "Yes."]
    assert read.citations[0].quote == answer("?").citations[0].quote
    assert [waiting.last.question for waiting in candidates([read], [])] == ["Two?"]


def test_the_line_has_the_documented_keys() -> None:
    keys = "time question history verdict text citations rating reason".split()
    written = json.loads(line())
    assert list(written) == keys
    assert list(written["citations"][0]) == ["source_id", "start", "end", "quote"]
    assert written["time"] == "2025-11-22T12:30:00+00:00"


def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    append(path, line())
    assert path.stat().st_mode & 0o077 == 0


def test_ratings_that_come_at_once_are_all_whole(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    threads = [threading.Thread(target=append, args=(path, line(f"{n}?"))) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {read.question for read in read_feedback(path)} == {f"{n}?" for n in range(20)}


def test_half_a_line_that_was_left_behind_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_bytes(b'{"time": "20')
    append(path, line())
    assert path.read_bytes() == b'{"time": "20\n' + line()


def test_a_reason_is_cut_and_a_conversation_that_is_too_long_is_refused() -> None:
    assert len(json.loads(line(reason="x" * 5_000))["reason"]) == feedback.MOST_REASON_CHARS
    big = replace(
        answer("?"), citations=tuple(citation(n, quote="x" * 9_000) for n in range(1, 150))
    )
    with pytest.raises(ValueError, match="bytes"):
        feedback_line(big, [], "up", "", AT)


def test_a_full_file_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "feedback.jsonl"
    monkeypatch.setattr(feedback, "MOST_FILE_BYTES", len(line()) + 1)
    append(path, line())
    with pytest.raises(OutputError, match="review them"):
        append(path, line())


def test_a_rating_is_written_once_and_its_reader_told_where() -> None:
    turns = (Turn("What?", answer("What?")),)
    _, _, said, chosen = feedback_view._saved(turns, Chosen("up", 1), "good")
    assert "saved on this machine" in said
    assert chosen is None
    feedback_view._saved(turns, chosen, "again")  # a second click, with nothing chosen
    assert [read.reason for read in read_feedback(feedback_file())] == ["good"]


def test_a_thumb_for_an_earlier_answer_does_not_rate_a_newer_one() -> None:
    turns = (Turn("One?", answer("One?")), Turn("Two?", answer("Two?")))
    _, _, said, _ = feedback_view._saved(turns, Chosen("down", 1), "")
    assert "newer answer" in said
    assert not feedback_file().exists()


def test_a_question_that_failed_cannot_be_rated() -> None:
    _, _, said, chosen = feedback_view._chosen("up", (Turn("?", failure="It failed."),))
    assert "no answer to rate" in said
    assert chosen is None
