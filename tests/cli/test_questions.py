from __future__ import annotations

from pathlib import Path

import pytest

from iscalimab_qa.cli.questions import Asked, read_questions
from iscalimab_qa.errors import QuestionError


def test_a_line_is_a_question_with_its_id_and_history(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        '{"id": "a", "question": "What?", "history": [{"role": "user", "content": "Who?"}]}\n'
        "\n"
        '{"id": 2, "question": "Why?"}\n',
        encoding="utf-8",
    )
    assert read_questions(file) == [
        Asked("a", "What?", [{"role": "user", "content": "Who?"}]),
        Asked(2, "Why?", []),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[1]",
        "{}",
        '{"question": 3}',
        '{"question": "x", "history": [{"role": "user"}]}',
        '{"question": "x", "id": NaN}',
        '{"question": "x", "id": 1e999}',
        '{"question": "x", "id": ["a"]}',
        "[" * 100_000,
    ],
)
def test_a_line_of_another_form_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(f'{{"question": "fine"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(QuestionError, match=r"q\.jsonl, line 2: .*Expected an object like"):
        read_questions(file)


def test_half_of_a_character_is_read_as_none(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    turn = r'{"role": "user", "content": "\ud800?"}'
    file.write_text(rf'{{"question": "cut \ud83d off", "history": [{turn}]}}', encoding="utf-8")
    (asked,) = read_questions(file)
    assert asked.question == "cut \ufffd off"
    assert asked.history == [{"role": "user", "content": "\ufffd?"}]


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="Cannot read the questions"):
        read_questions(tmp_path / "none.jsonl")
