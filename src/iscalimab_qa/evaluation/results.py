"""The document that a run leaves: every number, and everything that was said.

The page, the comparison and the gate read nothing else, so a kept document can be looked at
and compared long after the library changed.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from iscalimab_qa.errors import EvaluationError, OutputError
from iscalimab_qa.evaluation import summary
from iscalimab_qa.evaluation.experiment import sha12
from iscalimab_qa.evaluation.questions import LabelledQuestion, by_type
from iscalimab_qa.evaluation.summary import SystemResult

FORMAT = 1
"""Raise when a reader of older documents would misread a newer one."""

COMPARED = ("correct in 60 words", "citation precision", "citation recall", "recall@5", "nDCG@10")
"""Measures for which each system's difference from the first one is told."""

Document = Mapping[str, Any]
"""The JSON object of a run; see `document`."""


def document(
    name: str,
    questions: Sequence[LabelledQuestion],
    results: Sequence[SystemResult],
    configurations: Sequence[Mapping[str, str]],
) -> Document:
    """Put a run into one JSON object.

    Args:
        name: What was run, for the file's name.
        questions: What was asked.
        results: One a system; the first is the one that users have.
        configurations: One a system and library: all that made the outcomes.

    Returns:
        `sha` names the configuration and the questions, labels included. Apart from `created`
        and the latencies the same configuration gives the same object.
    """
    asked = {each.id: each.model_dump(mode="json", exclude_defaults=True) for each in questions}
    return {
        "format": FORMAT,
        "name": name,
        "sha": sha12([list(map(dict, configurations)), asked]),
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "configurations": list(map(dict, configurations)),
        "questions": {
            "n": len(questions),
            "answerable": sum(each.answerable for each in questions),
            "follow_ups": sum(bool(each.history) for each in questions),
            "attacks": sum(each.attack is not None for each in questions),
            "types": dict(by_type(questions)),
        },
        "not_yet": dict(summary.not_yet(results)),
        "systems": [_system(result, results[0]) for result in results],
        "asked": asked,
    }


def _system(result: SystemResult, first: SystemResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "what": result.what,
        "measures": {name: summary.as_json(e) for name, e in result.summary().items()},
        "against_first": {name: summary.as_json(result.against(first, name)) for name in COMPARED}
        if result is not first
        else {},
        "latency": result.latencies(),
        "by_type": {
            name: summary.as_json(mean) for name, mean in summary.by_type(result, "right").items()
        },
        "calibration": summary.calibration(result),
        "calibration_error": summary.calibration_error(result),
        "verdicts": summary.verdicts(result),
        "outcomes": [
            {"scores": dict(each.scores), "outcome": each.outcome.as_json()}
            for each in result.judged
        ],
    }


def same(left: Document, right: Document) -> bool:
    """Whether two runs said and scored the same; times and dates aside."""
    return bool(_timeless(left) == _timeless(right))


def _timeless(value: Any) -> Any:
    if isinstance(value, Mapping):
        timed = {"created", "latency", "milliseconds"}
        return {name: _timeless(inner) for name, inner in value.items() if name not in timed}
    return [_timeless(inner) for inner in value] if isinstance(value, list | tuple) else value


def file_stem(result: Document) -> str:
    """Name a run's files: `<configuration>-<sha12>`."""
    return f"{result['name']}-{result['sha']}"


def write_document(result: Document, folder: Path) -> Path:
    """Write a run's document.

    Raises:
        OutputError: It cannot be written there.
    """
    return write_text(folder / f"{file_stem(result)}.json", json.dumps(result))


def write_text(path: Path, text: str) -> Path:
    """Write a file, making its folder.

    Raises:
        OutputError: It cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(path, error) from error
    return path


def read_document(path: Path) -> Document:
    """Read what `write_document` wrote.

    Raises:
        EvaluationError: There is no such file, or it is something else.
    """
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise EvaluationError(f"Cannot read the results in {str(path)!r}: {error}") from error
    if not isinstance(result, dict) or result.get("format") != FORMAT:
        raise EvaluationError(
            f"{path.name} holds no results of this version. Expected a file that "
            "iscalimab-qa eval wrote"
        )
    return result
