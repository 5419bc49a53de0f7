"""A conversation as a Word document: real headings, superscript numbers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from docx import Document
from docx.shared import Pt

from iscalimab_qa.exports.outline import TITLE, Piece, PieceKind, outline
from iscalimab_qa.exports.values import Conversation

if TYPE_CHECKING:
    from docx.document import Document as DocumentObject

_STYLES: Mapping[PieceKind, str] = {
    "title": "Title",
    "about": "Subtitle",
    "question": "Heading 1",
    "understood": "Normal",
    "verdict": "Normal",
    "notice": "Intense Quote",
    "opening": "Normal",
    "claim": "Normal",
    "quotation": "List Bullet",
    "heading": "Heading 1",
    "reference": "Normal",
}

_QUOTATION_SIZE = Pt(9)
"""Smaller than the claims, which are what one reads through."""


def docx(conversation: Conversation) -> bytes:
    """Return a conversation as DOCX; what its documents wrote is plain text in it."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = TITLE, "iscalimab-qa", ""
    for piece in outline(conversation):
        _add(document, piece)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: DocumentObject, piece: Piece) -> None:
    paragraph = document.add_paragraph(style=_STYLES[piece.kind])
    numbers = ", ".join(map(str, piece.numbers))
    if piece.kind in {"quotation", "reference"}:
        paragraph.add_run(f"{numbers}. " if piece.kind == "reference" else f"[{numbers}] ")
    run = paragraph.add_run(piece.text)
    run.bold = True if piece.kind == "verdict" else None
    run.italic = True if piece.kind == "understood" else None
    if piece.kind == "quotation":
        for part in paragraph.runs:
            part.font.size = _QUOTATION_SIZE
    elif numbers and piece.kind != "reference":
        paragraph.add_run(f"[{numbers}]").font.superscript = True
