"""`iscalimab-qa ask`: answers one after the other, for people or as JSON lines, and on file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iscalimab_qa.cli.printing import print_answer, print_asked, print_json, say
from iscalimab_qa.errors import OutputError

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.cli.questions import Asked


def print_answers(
    assistant: Assistant, asked: Sequence[Asked], *, as_json: bool, numbered: bool
) -> list[dict[str, Any]]:
    """Answer and print each question, and return the records that `verify` and `replay` read.

    Args:
        assistant: What answers.
        asked: The questions.
        as_json: Whether to print one JSON object a line, and nothing else.
        numbered: Whether each question is printed above its answer, with its id.
    """
    records: list[dict[str, Any]] = []
    answers = []
    for question_id, text, history in asked:
        answer = assistant.ask(text, history=history)
        answers.append(answer)
        records.append({**answer.as_record(question_id), "history": list(history)})
        if as_json:
            print_json(answer.as_json(question_id))
            continue
        if numbered:
            print_asked(question_id, text)
        print_answer(answer, assistant.library_date)
    if not as_json and (programme := assistant.programme_beside(answers)):
        say(programme)
    return records


def save_records(path: Path, records: Sequence[dict[str, Any]]) -> None:
    """Write records to a file, one JSON object a line.

    Raises:
        OutputError: The file cannot be written.
    """
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(path, error) from error
