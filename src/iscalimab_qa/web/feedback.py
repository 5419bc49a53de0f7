"""Write down what a reader thought of an answer, on this machine and nowhere else.

A line an answer, in the form that `iscalimab-qa eval review` takes in.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from filelock import FileLock

from iscalimab_qa.errors import OutputError
from iscalimab_qa.evaluation.ratings import MAX_LINE_BYTES, Feedback, RatedCitation, RatedTurn

if TYPE_CHECKING:
    from iscalimab_qa.answering.values import Answer

Rating = Literal["up", "down"]

MOST_REASON_CHARS = 1_000
"""Of a reason; the rest is cut."""

MOST_FILE_BYTES = 50_000_000
"""Some thousand ratings; then no more are taken, so that nobody fills the disk through them."""

_ONLY_OURS = 0o600

_LONGEST_WAIT_S = 5
"""For another rating that is being written: a write takes a millisecond."""


def feedback_line(
    answer: Answer,
    history: Sequence[Mapping[str, str]],
    rating: Rating,
    reason: str,
    at: datetime,
) -> bytes:
    """Return the line of a rating, its end included.

    Args:
        answer: What was rated.
        history: The turns before it, as `Assistant.ask` was given them.
        rating: The thumb.
        reason: As typed; cut where it is too long.
        at: When, with its time zone.

    Raises:
        ValueError: It does not fit the documented form.
    """
    cited = tuple(
        RatedCitation(source_id=c.source_id, start=c.start, end=c.end, quote=c.quote)
        for c in answer.citations
    )
    noted = Feedback(
        time=at.isoformat(timespec="seconds"),
        question=answer.question,
        history=tuple(RatedTurn.model_validate(turn) for turn in history),
        verdict=answer.verdict,
        text=answer.text,
        citations=cited,
        rating=rating,
        reason=" ".join(reason[:MOST_REASON_CHARS].split()),
    )
    line = noted.model_dump_json().encode() + b"\n"
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"the conversation has {len(line):,} bytes, at most {MAX_LINE_BYTES:,}")
    return line


def append(path: Path, line: bytes) -> None:
    """Add a line at once and whole: others may add theirs at the same moment.

    The file is made readable for its owner alone.

    Raises:
        OutputError: It cannot be written, or it is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_LONGEST_WAIT_S), _opened(path) as file:
            size = file.seek(0, os.SEEK_END)
            if size + len(line) > MOST_FILE_BYTES:
                raise OSError(f"it holds {size:,} bytes already; review them, then move it away")
            if size and not _ends_whole(file):
                line = b"\n" + line
            file.write(line)
    except OSError as error:  # a lock that is held for too long is one, too
        raise OutputError(path, error) from error


def _opened(path: Path) -> BinaryIO:
    def private(name: str, flags: int) -> int:
        return os.open(name, flags, _ONLY_OURS)

    # Unbuffered, so that a line is one write.
    return open(path, "a+b", buffering=0, opener=private)


def _ends_whole(file: BinaryIO) -> bool:
    """Tell whether the last line has its end; a writer that was killed leaves half a line."""
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
