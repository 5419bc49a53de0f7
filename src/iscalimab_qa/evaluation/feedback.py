"""What readers thought of answers -> labelled questions, by way of a person.

The chat writes a line a rating. Each question that was rated and has no label yet is shown to
a person, who says whether the library answers it and with which words; that, and not the
reader's thumb, becomes the label.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from iscalimab_qa.errors import EvaluationError, OutputError, printable
from iscalimab_qa.evaluation.experiment import sha12
from iscalimab_qa.evaluation.labelling import Decision, label
from iscalimab_qa.evaluation.questions import (
    Label,
    LabelledQuestion,
    Turn,
    as_line,
    read_questions,
)
from iscalimab_qa.evaluation.ratings import Feedback, RatedTurn, read_feedback
from iscalimab_qa.sources.values import Source

# --- choosing -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that was rated: the last answer to it, and how often it was rated which way."""

    id: str
    last: Feedback
    up: int
    down: int


def asked_id(question: str, history: Sequence[RatedTurn | Turn]) -> str:
    """Name what was asked, so that it is looked at once: the question after these turns.

    White space does not count.
    """
    turns = [(turn.role, " ".join(turn.content.split())) for turn in history]
    return f"feedback-{sha12([' '.join(question.split()), turns])}"


def candidates(lines: Sequence[Feedback], reviewed: Collection[str]) -> list[Candidate]:
    """Return the questions that have no label yet, each once, in the order of their first rating.

    Args:
        lines: Feedback, oldest first.
        reviewed: The `asked_id` of every question that has one.
    """
    found: dict[str, list[Feedback]] = {}
    for line in lines:
        found.setdefault(asked_id(line.question, line.history), []).append(line)
    return [
        Candidate(
            name,
            rated[-1],
            up=sum(line.rating == "up" for line in rated),
            down=sum(line.rating == "down" for line in rated),
        )
        for name, rated in found.items()
        if name not in reviewed
    ]


# --- reviewing ------------------------------------------------------------------------


def review_feedback(
    feedback: Path,
    questions: Path,
    source: Callable[[str], Source],
    ask: Callable[[str], str],
    say: Callable[[str], None],
) -> int:
    """Ask a person for the label of every question that was rated and has none.

    Each label is written before the next question is shown, so quitting loses nothing; what is
    skipped comes again next time.

    Args:
        feedback: What the chat wrote.
        questions: The labelled questions; made if it is missing, else added to.
        source: Returns a source by its id, as `Assistant.source`.
        ask: Shows a prompt and returns the line that is typed; the end of input quits.
        say: Shows a line.

    Returns:
        How many questions were added.

    Raises:
        EvaluationError: One of the files breaks its form.
        OutputError: The questions cannot be written.
    """
    known = _known(questions)
    reviewed = {asked_id(each.question, each.history) for each in known}
    waiting = candidates(read_feedback(feedback), reviewed)
    say(f"{len(waiting)} rated {'question waits' if len(waiting) == 1 else 'questions wait'}")
    added = 0
    for number, candidate in enumerate(waiting, start=1):
        say(f"\n--- {number} of {len(waiting)} ---")
        labelled = review(candidate, ask, say, source, known=known)
        if labelled == Decision.QUIT:
            break
        if isinstance(labelled, LabelledQuestion):
            _append(questions, labelled)
            known.append(labelled)
            added += 1
    return added


def review(
    candidate: Candidate,
    ask: Callable[[str], str],
    say: Callable[[str], None],
    source: Callable[[str], Source],
    *,
    known: Sequence[LabelledQuestion] = (),
) -> LabelledQuestion | Decision:
    """Show one question with its answer, and ask for its label.

    Args:
        candidate: What was rated.
        ask: Shows a prompt and returns the line that is typed.
        say: Shows a line.
        source: Returns a source by its id.
        known: The labelled questions so far: a source is needed by one split only.

    Returns:
        The labelled question, every label of which holds (`questions.problems`); or that the
        person skipped it or quit.
    """
    _show(candidate, say)
    last = candidate.last
    asked = LabelledQuestion(
        id=candidate.id,
        question=last.question,
        history=tuple(Turn(role=turn.role, content=turn.content) for turn in last.history),
        expected="not_found",
        why=f"asked in the chat, rated {candidate.up} up and {candidate.down} down",
    )
    cited = [Label(source_id=each.source_id, quote=each.quote) for each in last.citations]
    return label(asked, cited, ask, say, source, known=known)


def _show(candidate: Candidate, say: Callable[[str], None]) -> None:
    last = candidate.last
    for turn in last.history:
        say(_one_line(f"({turn.role}) {turn.content}"))
    say(_one_line(f"Question: {last.question}"))
    say(_one_line(f"Answer ({last.verdict}): {last.text}"))
    for number, cited in enumerate(last.citations, start=1):
        say("  " + _one_line(f"{number}. {cited.source_id}: {cited.quote}"))
    reason = f": {last.reason}" if last.reason else ""
    say(_one_line(f"Rated {last.rating}{reason} ({candidate.up} up, {candidate.down} down)"))


def _one_line(text: str) -> str:
    """Show what others wrote such that it can neither drive a terminal nor pass for a prompt."""
    return printable(" ".join(text.split()))


def _known(questions: Path) -> list[LabelledQuestion]:
    try:
        is_empty = not questions.exists() or not questions.read_bytes().strip()
    except OSError as error:
        reason = error.strerror or error
        raise EvaluationError(f"Cannot read {printable(str(questions))}: {reason}") from error
    return [] if is_empty else read_questions(questions)


_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""Line ends to `str.splitlines` that JSON need not escape: unescaped, one would cut a line."""


def _append(path: Path, question: LabelledQuestion) -> None:
    """Add a line, on disk before the next question is asked."""
    line = as_line(question).translate(_LINE_ENDS).encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                line = line if file.read() == b"\n" else b"\n" + line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(path, error) from error
