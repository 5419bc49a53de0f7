"""A kept document as values again: what one system said, judged as it was then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import LabelledQuestion
from iscalimab_qa.evaluation.results import Document, file_stem
from iscalimab_qa.evaluation.summary import Judged, SystemResult


def system_of(result: Document, name: str | None = None) -> SystemResult:
    """Return a system's judged answers, in the order in which they were asked.

    Args:
        result: A kept document.
        name: The system's name; the first one by default.

    Raises:
        EvaluationError: The document has no such system, or its parts do not fit.
    """
    found = _entry(result, name)
    try:
        return SystemResult(
            found["name"], found["what"], [_judged(result, each) for each in found["outcomes"]]
        )
    except (KeyError, TypeError, ValueError) as error:  # pydantic's is one of the last
        raise EvaluationError(
            f"The results {file_stem(result)} cannot be read again: {error!r}. "
            "Expected what iscalimab-qa eval wrote"
        ) from error


def _entry(result: Document, name: str | None) -> Mapping[str, Any]:
    entries: list[Mapping[str, Any]] = result["systems"]
    chosen = [each for each in entries if name is None or each["name"] == name]
    if not chosen:
        known = ", ".join(repr(each["name"]) for each in entries) or "none"
        raise EvaluationError(
            f"The results {file_stem(result)} have no system {name!r}. They have: {known}"
        )
    return chosen[0]


def _judged(result: Document, stored: Mapping[str, Any]) -> Judged:
    outcome = Outcome.from_json(stored["outcome"])
    question = LabelledQuestion.model_validate(result["asked"][outcome.question_id])
    return Judged(question, outcome, stored["scores"])
