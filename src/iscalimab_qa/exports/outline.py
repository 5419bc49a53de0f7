"""A conversation as a sequence of pieces that every document format shows in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from iscalimab_qa.answering.values import VERDICT_LABELS, Answer
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.exports.references import AS_SUMMARISED, Place, numbers, references, vancouver
from iscalimab_qa.exports.text import one_line
from iscalimab_qa.exports.values import Conversation

TITLE = "Answers from the iscalimab literature"
CAUTION = "A reading aid, not medical advice."
REFERENCES = "References"

PieceKind = Literal[
    "title", "about", "question", "understood", "verdict", "notice", "opening", "claim",
    "quotation", "heading", "reference",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a document: what it is, its words, and the references it rests on.

    A quotation and a reference have one number, the one they stand behind.
    """

    kind: PieceKind
    text: str
    numbers: tuple[int, ...] = ()


def outline(conversation: Conversation) -> Iterator[Piece]:
    """Yield the pieces of a conversation, its references last.

    Of each answer: the question, how it was understood where that differs, the verdict, the
    notices, what it opens with, then each claim followed by its quotations.
    """
    yield Piece("title", TITLE)
    yield Piece("about", f"{as_of(conversation)} {CAUTION}")
    numbered = numbers(conversation)
    for index, answer in enumerate(conversation.answers):
        of_answer = {
            place.marker: number for place, number in numbered.items() if place.answer == index
        }
        yield Piece("question", one_line(answer.question))
        yield from answer_pieces(answer, of_answer)
    told = references(conversation)
    if told:
        yield Piece("heading", REFERENCES)
    for reference in told:
        yield Piece("reference", vancouver(reference), (reference.number,))


def as_of(conversation: Conversation) -> str:
    """Say how old the library is: a status or a figure may have changed since."""
    return f"Library as of {one_line(conversation.library_date)}."


def answer_pieces(answer: Answer, numbered: Mapping[int, int]) -> Iterator[Piece]:
    """Yield the pieces of one answer below its question.

    Args:
        answer: The answer.
        numbered: Its markers' reference numbers.
    """
    understood = one_line(answer.standalone_question)
    if understood.casefold() != one_line(answer.question).casefold():
        yield Piece("understood", f"Understood as: {understood}")
    yield Piece("verdict", VERDICT_LABELS[answer.verdict])
    for notice in answer.notices:
        yield Piece("notice", one_line(notice.text), _numbers(notice.citations, numbered))
    if answer.opening:
        yield Piece("opening", one_line(answer.opening))
    by_marker = {citation.marker: citation for citation in answer.citations}
    for claim in answer.claims:
        yield Piece("claim", one_line(claim.text), _numbers(claim.citations, numbered))
        for marker in claim.citations:
            if marker in by_marker:
                yield Piece("quotation", quotation(by_marker[marker]), (numbered[marker],))


def quotation(citation: Citation) -> str:
    """Tell a citation's words and where they stand.

    Only a source's own sentence is set in quotation marks: a digest is our summary, and a
    row is read with the heads of its columns, which stand elsewhere.
    """
    is_ours = citation.text_kind == "digest" or citation.kind == "note"
    words = one_line(_row(citation) if citation.cells else citation.quote)
    told = words if is_ours or citation.cells else f"“{words}”"
    return f"{told} ({_place(citation, is_digest=citation.text_kind == 'digest')})"


def _row(citation: Citation) -> str:
    around = [p.quote for p in citation.context if p.role in {"lead", "caption", "group"}]
    cells = [f"{cell.head}: {cell.text}" if cell.head else cell.text for cell in citation.cells]
    return " — ".join([*around, "; ".join(cells)])


def _place(citation: Citation, *, is_digest: bool) -> str:
    pieces = [
        one_line(citation.title),
        one_line(citation.section),
        f"page {citation.page}" if citation.page is not None else "",
        f"characters {citation.start}-{citation.end}",
        AS_SUMMARISED if is_digest else "",
    ]
    return ", ".join(filter(None, pieces))


def _numbers(markers: Sequence[int], numbered: Mapping[int, int]) -> tuple[int, ...]:
    """Return the references of markers, each once, ascending; what resolves to none is left out."""
    return tuple(sorted({numbered[marker] for marker in markers if marker in numbered}))


__all__ = ["Piece", "Place", "as_of", "outline", "quotation"]
