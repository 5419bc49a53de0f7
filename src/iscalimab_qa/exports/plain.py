"""One answer with its references as plain text, for the clipboard."""

from __future__ import annotations

from iscalimab_qa.exports.outline import Piece, outline
from iscalimab_qa.exports.values import Conversation

_LEFT_OUT = frozenset({"title", "quotation"})
"""What one pastes into a mail or a slide is the answer; the quotations are in the documents."""


def plain_text(conversation: Conversation) -> str:
    """Return question, verdict, notices, answer and numbered references, a line each."""
    pieces = [piece for piece in outline(conversation) if piece.kind not in _LEFT_OUT]
    about = [piece for piece in pieces if piece.kind == "about"]
    told = [piece for piece in pieces if piece.kind != "about"]
    return "\n".join(map(_line, [*told, *about])) + "\n"


def _line(piece: Piece) -> str:
    numbers = ", ".join(map(str, piece.numbers))
    if piece.kind == "reference":
        return f"{numbers}. {piece.text}"
    if piece.kind == "heading":
        return f"\n{piece.text}"
    told = f"Note: {piece.text}" if piece.kind == "notice" else piece.text
    return f"{told} [{numbers}]" if numbers else told
