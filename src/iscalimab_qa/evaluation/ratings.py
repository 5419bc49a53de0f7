"""What the chat notes of readers' ratings: the form of a line, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from iscalimab_qa.answering.values import Verdict
from iscalimab_qa.errors import EvaluationError, printable

MAX_LINE_BYTES = 1_000_000
"""An answer with its citations has some ten thousand; a longer line was not written by us."""

MAX_LINES = 100_000
"""More ratings than people will ever look through."""

_MAX_QUESTION_CHARS = 20_000
"""The most that the settings let a question have."""
_MAX_TEXT_CHARS = 100_000
_MAX_PIECES = 200
_MAX_NAME_CHARS = 300


class _Record(BaseModel):
    # Further fields pass: a later chat may write more than this reads.
    model_config = ConfigDict(extra="ignore", frozen=True)


class RatedTurn(_Record):
    """An earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: str = Field(max_length=_MAX_TEXT_CHARS)


class RatedCitation(_Record):
    """What an answer cited: the half-open range [start, end) of a source's text."""

    source_id: str = Field(min_length=1, max_length=_MAX_NAME_CHARS)
    start: int = Field(ge=0, le=1_000_000_000)
    end: int = Field(ge=0, le=1_000_000_000)
    quote: str = Field(min_length=1, max_length=_MAX_TEXT_CHARS)

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"the range from {self.start} to {self.end} is empty")
        return self


class Feedback(_Record):
    """One rated answer, as the chat wrote it down."""

    time: str = Field(max_length=_MAX_NAME_CHARS)
    question: str = Field(min_length=1, max_length=_MAX_QUESTION_CHARS)
    history: tuple[RatedTurn, ...] = Field(default=(), max_length=_MAX_PIECES)
    verdict: Verdict
    text: str = Field(max_length=_MAX_TEXT_CHARS)
    citations: tuple[RatedCitation, ...] = Field(default=(), max_length=_MAX_PIECES)
    rating: Literal["up", "down"]
    reason: str = Field(default="", max_length=_MAX_QUESTION_CHARS)


def read_feedback(path: Path) -> list[Feedback]:
    """Read the chat's feedback, oldest first; empty lines are passed over.

    So is a last line that has no end and is not whole: the chat is writing it just now.

    Raises:
        EvaluationError: The file cannot be read, or a line is too long or breaks the form; the
            message names the line.
    """
    try:
        with path.open("rb") as file:
            return list(_parsed(_lines(path, file.readline)))
    except FileNotFoundError as error:
        raise EvaluationError(
            f"There is no feedback at {printable(str(path))}. The chat writes it when an answer "
            "is rated; name another file with --feedback FILE"
        ) from error
    except OSError as error:
        reason = error.strerror or error
        raise EvaluationError(f"Cannot read {printable(str(path))}: {reason}") from error


class _Line(NamedTuple):
    place: str
    data: bytes


def _lines(path: Path, read: Callable[[int], bytes]) -> Iterator[_Line]:
    for number in range(1, MAX_LINES + 2):
        place = f"{printable(path.name)}, line {number}"
        data = read(MAX_LINE_BYTES + 1)
        if not data:
            return
        if len(data) > MAX_LINE_BYTES:
            raise EvaluationError(f"{place}: has more than {MAX_LINE_BYTES:,} bytes")
        if number > MAX_LINES:
            raise EvaluationError(f"{place}: expected at most {MAX_LINES:,} lines")
        if data.strip():
            yield _Line(place, data)


def _parsed(lines: Iterator[_Line]) -> Iterator[Feedback]:
    for line in lines:
        try:
            yield Feedback.model_validate_json(line.data.removeprefix(b"\xef\xbb\xbf"))
        except ValidationError as error:
            first = error.errors()[0]
            if first["type"] == "json_invalid" and not line.data.endswith(b"\n"):
                return
            where = "".join(f"{part}." for part in first["loc"]).rstrip(".")
            told = printable(f"{where}: {first['msg']}".removeprefix(": "))
            raise EvaluationError(f"{line.place}: {told}") from error
