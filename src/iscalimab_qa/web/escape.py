"""Text on its way into a page: nothing that a document or a user wrote is ever markup."""

from __future__ import annotations

import html


def inline(text: str) -> str:
    """Escape text for HTML and lay it on one line.

    The chatbot reads its messages as Markdown. A block of HTML is passed over by Markdown up
    to its first blank line, so a message without line breaks is shown exactly as written.
    """
    return html.escape(" ".join(text.splitlines()))


def multiline(text: str) -> str:
    """Escape text for HTML, its line breaks as `<br>`, and no other line break left."""
    return "<br>".join(html.escape(line) for line in text.splitlines())
