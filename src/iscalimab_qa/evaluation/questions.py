"""The evaluation questions: what is asked, and what a right answer must rest on and say.

One JSON object a line. Labels are spans of the sources in exact words, so that no new way
of cutting passages voids them; `problems` proves every label against a library.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from iscalimab_qa.errors import EvaluationError, SourceNotFoundError
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.values import NoticeKind
from iscalimab_qa.sources.values import Source

Split = Literal["dev", "test"]
QuestionType = Literal[
    "definition",
    "mechanism",
    "indication",
    "trial_outcome",
    "table",
    "per_arm",
    "comparison",
    "multi_source",
    "safety",
    "status",
    "protocol",
]
Voice = Literal["researcher", "clinician", "patient", "typo", "abbreviation", "code"]
Unanswerable = Literal["absent", "wrong_drug", "wrong_trial", "off_topic", "advice"]
Library = Literal["plain", "planted"]
"""`planted` questions are asked of a library into which hostile documents were put."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Record):
    """Words of a source that answer, or that are fair to cite."""

    source_id: str
    quote: str = Field(min_length=1)


class Turn(_Record):
    """An earlier turn of a conversation."""

    role: Literal["user", "assistant"]
    content: str


class Attack(_Record):
    """An attempt to make the system obey; it did if one of `obeyed` stands in the answer."""

    kind: Literal["question", "planted", "history"]
    obeyed: tuple[str, ...] = Field(min_length=1)


class LabelledQuestion(_Record):
    """A question with its labels.

    `needs`: what the answer must rest on; of each need one alternative suffices. `also`: what
    is fair to cite beside it. `figures`: what a right answer holds; `wrong_figures`: what makes
    it wrong, such as the other arm's value. `says`: of each group one expression must stand in
    the answer, compared in lower case. `premise`: the question assumes something false, and the
    answer corrects it. `standalone`: a follow-up as it would read alone. `why` tells where a
    label comes from.
    """

    id: str
    question: str
    split: Split = "test"
    type: QuestionType | None = None
    voice: Voice | None = None
    history: tuple[Turn, ...] = ()
    standalone: str | None = None
    expected: Literal["answered", "not_found"] = "answered"
    unanswerable: Unanswerable | None = None
    premise: bool = False
    needs: tuple[tuple[Label, ...], ...] = ()
    also: tuple[Label, ...] = ()
    figures: tuple[str, ...] = ()
    wrong_figures: tuple[str, ...] = ()
    says: tuple[tuple[str, ...], ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    attack: Attack | None = None
    library: Library = "plain"
    why: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the library holds an answer."""
        return self.expected == "answered"

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Everything that is fair to cite."""
        return (*(label for need in self.needs for label in need), *self.also)

    @cached_property
    def cluster(self) -> str:
        """What this question stands or falls with: others on its source, else itself."""
        return self.needs[0][0].source_id if self.needs else self.id

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Refuse labels that contradict each other."""
        if self.answerable and not self.needs:
            raise ValueError("an answerable question needs at least one labelled span")
        if self.answerable and not (self.figures or self.says):
            raise ValueError("an answerable question needs 'figures' or 'says'")
        if not self.answerable and (self.needs or self.figures or self.says):
            raise ValueError("a question that is not answerable has no needs, figures or says")
        if any(not need for need in self.needs) or any(not group for group in self.says):
            raise ValueError("a need or a group of 'says' is empty")
        if not all(map(figures_in, (*self.figures, *self.wrong_figures))):
            raise ValueError("a figure holds neither a number nor an identifier")
        return self


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Read a file of labelled questions; empty lines are passed over.

    Raises:
        EvaluationError: The file cannot be read, a line breaks the form, or two lines have one
            id; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"Cannot read the questions in {str(path)!r}: {error}") from error
    questions: dict[str, LabelledQuestion] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question = _parsed(f"{path.name}, line {number}", line)
        if question.id in questions:
            raise EvaluationError(f"{path.name}, line {number}: the id {question.id!r} comes twice")
        questions[question.id] = question
    if not questions:
        raise EvaluationError(f"There is no question in {str(path)!r}")
    return list(questions.values())


def _parsed(place: str, line: str) -> LabelledQuestion:
    try:
        return LabelledQuestion.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvaluationError(f"{place}: {where}: {first['msg']}".replace(": : ", ": ")) from error
    except (ValueError, RecursionError) as error:  # an endless number, or endless nesting
        raise EvaluationError(f"{place}: not JSON: {error}") from error


def as_line(question: LabelledQuestion) -> str:
    """Write a question as a line of the file, without what is at its default; split always."""
    fields = question.model_dump(exclude_defaults=True)
    return json.dumps({"id": question.id, "split": question.split, **fields}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """A label that the library does not bear out."""

    question_id: str
    text: str


def problems(
    questions: Sequence[LabelledQuestion],
    source_of: Callable[[LabelledQuestion], Callable[[str], Source]],
) -> Iterator[Problem]:
    """Yield every label that does not hold.

    Each quote stands in its source, the labelled figures and words stand in the labelled quotes,
    and no source is needed by questions of both splits.

    Args:
        questions: All of a file.
        source_of: Returns how to read the sources that a question is asked of.
    """
    for question in questions:
        for text in _problems_of(question, source_of(question)):
            yield Problem(question.id, text)
    yield from _shared_sources(questions)


def _problems_of(question: LabelledQuestion, source: Callable[[str], Source]) -> Iterator[str]:
    words = []
    for label in question.labels:
        try:
            text = source(label.source_id).text
        except SourceNotFoundError:
            yield f"there is no source {label.source_id!r}"
            continue
        if label.quote not in text:
            yield f"not in {label.source_id}: {label.quote!r}"
        words.append(label.quote)
    said = " ".join(words)
    for figure in question.figures:
        if not says_figure(said, figure):
            yield f"the figure {figure!r} is in none of the labelled quotes"
    for group in question.says:
        if not any(expression.lower() in said.lower() for expression in group):
            yield f"none of {list(group)} is in the labelled quotes"


def says_figure(text: str, figure: str) -> bool:
    """Whether every number and identifier of a figure stands in a text, whole.

    A figure labelled without a sign is also told by one with it: "fell by 2.8" is "-2.8".
    """
    held = figures_in(text).keys()
    return figures_in(figure).keys() <= held | {each.lstrip("-") for each in held}


def _shared_sources(questions: Sequence[LabelledQuestion]) -> Iterator[Problem]:
    splits: dict[str, tuple[Split, str]] = {}
    for question in questions:
        for source_id in {label.source_id for need in question.needs for label in need}:
            split, first = splits.setdefault(source_id, (question.split, question.id))
            if split != question.split:
                yield Problem(
                    question.id, f"{source_id} is needed by {first} of the other split as well"
                )


def by_type(questions: Sequence[LabelledQuestion]) -> Mapping[str, int]:
    """Count the questions of each type, in order of the types' names."""
    counts: dict[str, int] = {}
    for question in questions:
        counts[question.type or "untyped"] = counts.get(question.type or "untyped", 0) + 1
    return dict(sorted(counts.items()))


def history_of(question: LabelledQuestion) -> list[dict[str, Any]]:
    """Return the turns before a question as `Assistant.ask` takes them."""
    return [turn.model_dump() for turn in question.history]
