"""A conversation as Markdown in which only our own structure is markup."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iscalimab_qa.exports.outline import Piece, PieceKind, outline
from iscalimab_qa.exports.values import Conversation

_SPECIAL = re.compile(r"[\\`*_\[\]#|~$@]")
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINKS_ITSELF = re.compile(r"(?:(?<=\w):(?=//)|(?<=www)\.)", re.IGNORECASE)
"""Where many readers see a bare address and link it."""
_BEGINS_A_BLOCK = re.compile(r"(?:[-+=:]|\d+(?=[.)]))")
"""What at the start of a line would be a list, a heading or a rule."""

_FRAMES: Mapping[PieceKind, str] = {
    "title": "# {}",
    "about": "{}",
    "question": "## {}",
    "understood": "*{}*",
    "verdict": "**{}**",
    "notice": "> {}",
    "opening": "{}",
    "claim": "{}",
    "heading": "## {}",
}


def markdown(conversation: Conversation) -> str:
    """Return a conversation as CommonMark: a heading a question, references numbered last.

    What documents and users wrote is escaped: no title, quote or question becomes a link, an
    image, a heading, HTML or an address that a reader links by itself.
    """
    return "\n\n".join(map(_block, outline(conversation))) + "\n"


def escaped(text: str) -> str:
    """Escape a text of one line for CommonMark and its common extensions."""
    safe = _SPECIAL.sub(r"\\\g<0>", text)
    safe = re.sub(r"[&<>]", lambda found: _MARKUP[found[0]], safe)
    return _LINKS_ITSELF.sub(lambda found: f"\\{found[0]}", safe)


def _block(piece: Piece) -> str:
    text = escaped(piece.text)
    if piece.kind == "quotation":
        return f"- [{piece.numbers[0]}] {text}"
    if piece.kind == "reference":
        return f"{piece.numbers[0]}. {_unled(text)}"
    marks = f" [{', '.join(map(str, piece.numbers))}]" if piece.numbers else ""
    return _FRAMES[piece.kind].format(_unled(text)) + marks


def _unled(text: str) -> str:
    """Keep the first characters of a line from beginning a list, a heading or a rule."""
    found = _BEGINS_A_BLOCK.match(text)
    if not found:
        return text
    if found[0].isdigit():
        return f"{found[0]}\\{text[found.end() :]}"
    return f"\\{text}"
