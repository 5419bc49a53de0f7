"""The files in which a visitor can keep a conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.exports.bibtex import bibtex
from iscalimab_qa.exports.citations_table import citations_csv
from iscalimab_qa.exports.docx import docx
from iscalimab_qa.exports.markdown import markdown
from iscalimab_qa.exports.references import references
from iscalimab_qa.exports.ris import ris
from iscalimab_qa.exports.values import Conversation

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.web.conversation import Turn


class Format(NamedTuple):
    """A kind of file: its fixed name, its media type, and what writes it."""

    file_name: str
    media_type: str
    write: Callable[[Conversation], bytes]


FORMATS: Mapping[str, Format] = {
    "Markdown": Format(
        "iscalimab-conversation.md", "text/markdown", lambda talk: markdown(talk).encode()
    ),
    "DOCX": Format(
        "iscalimab-conversation.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx,
    ),
    "BibTeX": Format(
        "iscalimab-references.bib",
        "application/x-bibtex",
        lambda talk: bibtex(references(talk)).encode(),
    ),
    "RIS": Format(
        "iscalimab-references.ris",
        "application/x-research-info-systems",
        lambda talk: ris(references(talk)).encode(),
    ),
    # With a byte order mark, or a spreadsheet reads the text as another encoding.
    "CSV": Format(
        "iscalimab-references.csv", "text/csv", lambda talk: citations_csv(talk).encode("utf-8-sig")
    ),
}
"""By the name on the button."""


def conversation_of(assistant: Assistant, turns: Sequence[Turn]) -> Conversation:
    """Return what was answered, with what the library knows of the sources that were cited."""
    answers = tuple(turn.answer for turn in turns if turn.answer is not None)
    cited = {citation.source_id for answer in answers for citation in answer.citations}
    known = {source_id: assistant.trials.metadata(source_id) for source_id in cited}
    metadata = {source_id: each for source_id, each in known.items() if each}
    return Conversation(answers, assistant.library_date, metadata)
