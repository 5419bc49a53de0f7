"""What a visitor can keep: every format, made from what was answered, handed to them alone."""

from __future__ import annotations

import io
from typing import Any, cast

import pytest
from docx import Document
from stand_in_chat import answer

from iscalimab_qa.assistant import Assistant
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.web.conversation import Turn
from iscalimab_qa.web.save_view import _saved
from iscalimab_qa.web.saving import FORMATS, conversation_of


class Trials:
    """Knows one source's bibliographic data."""

    def metadata(self, source_id: str) -> SourceMetadata | None:
        return SourceMetadata("", authors=("Moss B",)) if source_id == "example2020" else None


class Library:
    """As much of an `Assistant` as is asked for a file."""

    library_date = "2025-11-22"
    trials = Trials()


TURNS = (
    Turn("What is examplumab?", answer("What is examplumab?")),
    Turn("Broken?", failure="It failed."),
)


def saved(name: str, turns: Any = TURNS) -> Any:
    return _saved(cast(Assistant, Library()), FORMATS[name], turns)


def test_a_conversation_holds_what_was_answered_and_what_is_known_of_its_sources() -> None:
    talk = conversation_of(cast(Assistant, Library()), TURNS)
    assert [each.question for each in talk.answers] == ["What is examplumab?"]
    assert talk.metadata["example2020"].authors == ("Moss B",)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Markdown", "## What is examplumab?"),
        ("BibTeX", "author = {Moss, B}"),
        ("RIS", "AU  - Moss, B"),
        ("CSV", "\ufeffnumber,reference,"),
    ],
)
def test_every_text_format_is_made_of_the_conversation(name: str, told: str) -> None:
    assert told in saved(name).content.decode()


def test_the_word_document_opens() -> None:
    document = Document(io.BytesIO(saved("DOCX").content))
    assert "What is examplumab?" in [each.text for each in document.paragraphs]


def test_names_of_files_are_fixed_whatever_was_asked() -> None:
    turns = (Turn("../../x", answer("../../x")),)
    assert {saved(name, turns).name for name in FORMATS} == {
        "iscalimab-conversation.md",
        "iscalimab-conversation.docx",
        "iscalimab-references.bib",
        "iscalimab-references.ris",
        "iscalimab-references.csv",
    }


def test_there_is_nothing_to_save_before_the_first_answer() -> None:
    assert saved("Markdown", ()) is None
    assert saved("Markdown", (Turn("?", failure="No."),)) is None
