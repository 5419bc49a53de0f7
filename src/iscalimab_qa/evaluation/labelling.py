"""Ask a person for a question's labels, checking every one against the sources at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeVar

from iscalimab_qa.errors import SourceNotFoundError, printable
from iscalimab_qa.evaluation.questions import (
    Label,
    LabelledQuestion,
    Split,
    problems,
    says_figure,
)
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.sources.values import Source

Needs = tuple[tuple[Label, ...], ...]
Parsed = TypeVar("Parsed")


class Decision(Enum):
    """What a person said instead of a label."""

    SKIPPED = "skip"
    QUIT = "quit"


class _Left(Exception):  # noqa: N818 (not an error: it leads out of the dialogue)
    def __init__(self, decision: Decision) -> None:
        super().__init__(decision)
        self.decision = decision


class _WrongReplyError(Exception):
    """A reply that is no label; the message says why, and the prompt comes again."""


def label(
    question: LabelledQuestion,
    cited: Sequence[Label],
    ask: Callable[[str], str],
    say: Callable[[str], None],
    source: Callable[[str], Source],
    *,
    known: Sequence[LabelledQuestion] = (),
) -> LabelledQuestion | Decision:
    """Ask for the labels of one question, each again until it holds.

    At every prompt `skip` leaves the question and `quit` the dialogue.

    Args:
        question: What is to be labelled; its labels are replaced.
        cited: What an answer to it cited, numbered from 1 in the prompts.
        ask: Shows a prompt and returns the line that is typed; EOFError counts as `quit`.
        say: Shows a line.
        source: Returns a source by its id.
        known: The labelled questions so far: a source is needed by one split only.

    Returns:
        The labelled question, for which `questions.problems` has nothing to say.
    """
    dialogue = _Dialogue(ask, say, source, question, known)
    try:
        return dialogue.answerable(cited) if dialogue.is_answerable() else dialogue.unanswerable()
    except _Left as left:
        return left.decision


@dataclass(frozen=True, slots=True)
class _Dialogue:
    ask: Callable[[str], str]
    say: Callable[[str], None]
    source: Callable[[str], Source]
    question: LabelledQuestion
    known: Sequence[LabelledQuestion]

    def is_answerable(self) -> bool:
        """Ask whether the library answers the question."""
        return self._asked("Does the library answer it? [y/n/skip/quit]", _yes_or_no)

    def unanswerable(self) -> LabelledQuestion:
        """Ask for what is left to say of a question that the library does not answer."""
        split = self._asked("Split? [dev/test]", _split)
        return self._with(expected="not_found", split=split)

    def answerable(self, cited: Sequence[Label]) -> LabelledQuestion:
        """Ask what answers the question and what a right answer says."""
        self._warn_of_stale(cited)
        needs = self._needs([*cited, *self._further(len(cited))])
        said = " ".join(quote.quote for need in needs for quote in need)
        figures = self._asked(
            "Figures that a right answer holds, ';' between them (empty: none)",
            lambda reply: _figures(reply, said),
        )
        says = self._asked(
            "Words it must say, ';' between them and '|' between wordings of one (empty: none)",
            lambda reply: _words(reply, said, may_be_none=bool(figures)),
        )
        labels = {"expected": "answered", "needs": needs, "figures": figures, "says": says}
        split = self._asked("Split? [dev/test]", lambda reply: self._fitting(reply, labels))
        return self._with(**labels, split=split)

    def _warn_of_stale(self, cited: Sequence[Label]) -> None:
        """Say which citations no longer hold: the corpus may have changed since the answer."""
        for number, each in enumerate(cited, start=1):
            try:
                self._found(each.source_id, each.quote)
            except _WrongReplyError as error:
                self.say(printable(f"  {number} cannot be chosen: {error}"))

    def _further(self, count: int) -> list[Label]:
        """Ask for words that answer and were not cited, numbered on from those that were."""
        further: list[Label] = []
        while words := self._asked("Other words that answer it, exactly (empty: no more)", str):
            found = self._asked(
                "The id of their source (empty: other words)",
                lambda reply, words=words: self._found(reply, words) if reply else None,  # type: ignore[misc]
            )
            if found:
                further.append(found)
                self.say(f"  {count + len(further)}. {found.source_id}: {printable(found.quote)}")
        return further

    def _found(self, source_id: str, words: str) -> Label:
        try:
            text = self.source(source_id).text
        except SourceNotFoundError as error:
            raise _WrongReplyError(str(error)) from error
        if words not in text:
            raise _WrongReplyError(f"These words do not stand in {source_id}, letter for letter")
        return Label(source_id=source_id, quote=words)

    def _needs(self, labels: Sequence[Label]) -> Needs:
        if not labels:
            self.say("Nothing was named that answers it")
            raise _Left(Decision.SKIPPED)
        prompt = (
            "Which answer it? Numbers; ',' between those that each suffice, '+' between those "
            "that are needed together"
        )
        return self._asked(prompt, lambda reply: self._chosen(reply, labels))

    def _chosen(self, reply: str, labels: Sequence[Label]) -> Needs:
        needs = []
        for need in reply.split("+"):
            numbers = re.split(r"[,\s]+", need.strip(" ,"))
            if not all(one.isascii() and one.isdecimal() for one in numbers):
                raise _WrongReplyError("Expected numbers, as in: 1,3 or 1+2")
            if not all(1 <= int(one) <= len(labels) for one in numbers):
                raise _WrongReplyError(f"Expected numbers from 1 to {len(labels)}")
            needs.append(tuple(labels[int(one) - 1] for one in dict.fromkeys(numbers)))
        for chosen in {one for need in needs for one in need}:
            self._found(chosen.source_id, chosen.quote)
        return tuple(needs)

    def _fitting(self, reply: str, labels: Mapping[str, object]) -> Split:
        """Check all labels together once the split is known, as the validator will."""
        split = _split(reply)
        labelled = self._with(**labels, split=split)
        others = [one for one in self.known if one.library == labelled.library]
        for problem in problems([*others, labelled], lambda _: self.source):
            if problem.question_id == labelled.id:
                raise _WrongReplyError(problem.text)
        return split

    def _with(self, **labels: object) -> LabelledQuestion:
        # Not `model_copy`, which would check nothing.
        return LabelledQuestion.model_validate({**self.question.model_dump(), **labels})

    def _asked(self, prompt: str, parse: Callable[[str], Parsed]) -> Parsed:
        """Ask until the reply can be used."""
        while True:
            try:
                reply = self.ask(f"{prompt} ").strip()
            except EOFError as error:
                raise _Left(Decision.QUIT) from error
            if reply in {"skip", "quit"}:
                raise _Left(Decision(reply))
            try:
                return parse(reply)
            except _WrongReplyError as error:
                self.say(printable(str(error)))


def _yes_or_no(reply: str) -> bool:
    choice = {"y": True, "yes": True, "n": False, "no": False}.get(reply.lower())
    if choice is None:
        raise _WrongReplyError("Expected y, n, skip or quit")
    return choice


def _split(reply: str) -> Split:
    choices: dict[str, Literal["dev", "test"]] = {"dev": "dev", "test": "test"}
    if reply not in choices:
        raise _WrongReplyError("Expected dev (for looking) or test (for reporting)")
    return choices[reply]


def _parts(reply: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in reply.split(separator) if part.strip())


def _figures(reply: str, said: str) -> tuple[str, ...]:
    figures = _parts(reply, ";")
    for figure in figures:
        if not figures_in(figure):
            raise _WrongReplyError(f"There is no number or identifier in {figure!r}")
        if not says_figure(said, figure):
            raise _WrongReplyError(f"The figure {figure!r} is in none of the chosen words")
    return figures


def _words(reply: str, said: str, *, may_be_none: bool) -> tuple[tuple[str, ...], ...]:
    groups = tuple(_parts(group.lower(), "|") for group in _parts(reply, ";"))
    if any(not group for group in groups):
        raise _WrongReplyError("A group of words is empty")
    for group in groups:
        if not any(wording in said.lower() for wording in group):
            raise _WrongReplyError(f"None of {', '.join(group)} is in the chosen words")
    if not groups and not may_be_none:
        raise _WrongReplyError("Without a figure, name the words that a right answer must say")
    return groups
