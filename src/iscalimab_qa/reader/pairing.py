"""How a question and a statement are put before the reader; training reads them the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.units import Unit

if TYPE_CHECKING:
    from tokenizers import Tokenizer

QUESTION_TOKENS = 48
"""Of a question; of 11,989 that were written, none has more than 30."""

STATEMENT_TOKENS = 112
"""Of a sentence or a row with its heads; 99 in 100 are shorter."""

HEADING_TOKENS = 28
"""Of a source's title and the nearest heading."""

AROUND_TOKENS = 56
"""Of title, heading and the end of the sentence before, together."""

_CHARACTERS = 4_000
"""What is cut into word pieces of any part: ten times what is read, of text that has no end."""

_BEGIN, _END = 101, 102
"""[CLS] and [SEP] in BERT's list of word pieces."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A unit, and what a reader of the page sees around it.

    `words` are its own, with its caption, lead or printed question; `before` is the sentence
    before it in the same section, empty where there is none.
    """

    words: str
    title: str
    heading: str = ""
    before: str = ""

    @classmethod
    def of(cls, unit: Unit, *, title: str, before: str = "") -> Statement:
        """Read a unit; a row tells its columns' heads with its cells, so its own words lead."""
        around = [piece.quote for piece in unit.context if piece.role != "column"]
        words = [unit.text, *around] if unit.cells else [*around, unit.text]
        return cls(" ".join(words), title, unit.section[-1] if unit.section else "", before)


class Pair(NamedTuple):
    """Word pieces of a question and a statement, in BERT's form.

    `ids[:question_end]` are the question's with the marks around them, and
    `ids[question_end:statement_end]` the statement's with the mark behind it.
    """

    ids: list[int]
    question_end: int
    statement_end: int


def paired(tokenizer: Tokenizer, question: str, statement: Statement) -> Pair:
    """Put a question, a statement and what stands around it in one line, each cut to its share."""

    def pieces(text: str) -> list[int]:
        ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    asked = [_BEGIN, *pieces(question[:_CHARACTERS])[:QUESTION_TOKENS], _END]
    told = [*pieces(statement.words[:_CHARACTERS])[:STATEMENT_TOKENS], _END]
    around = pieces(_heading(statement)[:_CHARACTERS])[:HEADING_TOKENS]
    if statement.before:
        left = AROUND_TOKENS - 1 - len(around)
        around += [_END, *pieces(statement.before[-_CHARACTERS:])[-left:]]
    ids = [*asked, *told, *around, _END]
    return Pair(ids, len(asked), len(asked) + len(told))


def _heading(statement: Statement) -> str:
    if statement.heading in {"", statement.title}:
        return statement.title
    return f"{statement.title} > {statement.heading}"
