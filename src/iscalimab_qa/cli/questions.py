"""Questions from the command line or from a file of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import typer

from iscalimab_qa.errors import QuestionError, whole_characters

EXPECTED = '{"id": ..., "question": "...", "history": [{"role": "user", "content": "..."}]}'


class Asked(NamedTuple):
    """A question with its id (None for a single one) and the turns before it."""

    question_id: str | int | None
    question: str
    history: list[dict[str, str]]


def asked_of(question: str | None, questions: Path | None) -> list[Asked]:
    """Return the one question or those of the file.

    Raises:
        typer.BadParameter: Both are given, neither is, or the question is empty.
        QuestionError: The file cannot be read.
    """
    if (question is None) == (questions is None):
        raise typer.BadParameter("give either a question or --questions FILE.jsonl")
    if questions is not None:
        return read_questions(questions)
    assert question is not None  # noqa: S101
    if not question.strip():
        raise typer.BadParameter("the question is empty")
    return [Asked(None, whole_characters(question), [])]


def read_questions(path: Path) -> list[Asked]:
    """Read a file of questions, one JSON object a line; empty lines are passed over.

    Raises:
        QuestionError: The file cannot be read, or a line is not of the documented form;
            the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"Cannot read the questions in {str(path)!r}: {error}") from error
    return list(_parsed(path, lines))


def _parsed(path: Path, lines: list[str]) -> Iterator[Asked]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _asked(json.loads(line))
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise QuestionError(
                    f"{path.name}, line {number}: {error}. Expected an object like {EXPECTED}"
                ) from error


def _asked(line: Any) -> Asked:
    if not isinstance(line, dict):
        raise TypeError(f"found {type(line).__name__}, not an object")
    question, history = line.get("question"), line.get("history") or []
    if not isinstance(question, str):
        raise TypeError("found no 'question' that is a string")
    if not isinstance(history, list) or not all(map(_is_turn, history)):
        raise TypeError("'history' is not a list of turns with a role and a content")
    said = [{**turn, "content": whole_characters(turn["content"])} for turn in history]
    return Asked(_id(line.get("id")), whole_characters(question), said)


def _id(told: Any) -> str | int | None:
    """Return an id as it can be written back: NaN and 1e999, say, are no JSON."""
    if told is not None and not isinstance(told, (str, int)):
        raise TypeError("'id' is neither a text nor a whole number")
    return whole_characters(told) if isinstance(told, str) else told


def _is_turn(turn: Any) -> bool:
    return isinstance(turn, dict) and all(
        isinstance(turn.get(name), str) for name in ("role", "content")
    )
