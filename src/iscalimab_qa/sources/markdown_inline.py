"""The words of a Markdown paragraph, heading, item or cell, without its marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from iscalimab_qa.sources.markers import marker_of_link
from iscalimab_qa.sources.visibility import HiddenTags

LINE_BREAK = "\n"
LINE_END = "\v"
"""Where a line of the source ends; it is a space unless every line is a paragraph."""
_HIDES_WORDS = frozenset({"text", "code_inline", "text_special"})
_KEPT_TAG = re.compile(r"</?su[bp]>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BROKEN_LABEL = re.compile(r"(?<!\*)\*\*(\s*[^\W\d][^*\n]{0,80}:)\s*\*\*(?!\*)")
"""Bold that a space before its end keeps from being bold: `**Objective: **To show`."""


@dataclass(slots=True)
class Inline:
    """What inline tokens say and hide, and descriptions of the images among them.

    The text holds `LINE_BREAK` and `LINE_END`, both white space to `clean_text`.
    """

    text: str = ""
    hidden: str = ""
    images: list[str] = field(default_factory=list)


def read_inline(tokens: Sequence[Token]) -> Inline:
    """Gather the words of inline tokens.

    Emphasis and the addresses of links go, their words stay; tags go but for `<sup>` and
    `<sub>`, whose meaning `clean_text` decides; what hidden elements hold is not read.
    """
    read = Inline()
    parts: list[str] = []
    hidden = HiddenTags()
    links: list[tuple[int, str]] = []
    for token in tokens:
        if token.type == "html_inline":
            hidden.feed(token.content)
        if hidden.hiding:
            read.hidden += f" {token.content}" if token.type in _HIDES_WORDS else ""
            continue
        if token.type == "link_open":
            links.append((len(parts), str(token.attrGet("href") or "")))
        elif token.type == "link_close" and links:
            start, address = links.pop()
            words = "".join(parts[start:])
            parts[start:] = [marker_of_link(words, address) or words]
        elif token.type == "image":
            read.images.append(token.content)
        else:
            parts.append(_words(token))
    read.text = _BROKEN_LABEL.sub(r"\1 ", "".join(parts))
    return read


def is_all_bold(tokens: Sequence[Token]) -> bool:
    """Tell whether one pair of bold marks holds everything there is."""
    tokens = [token for token in tokens if token.type != "text" or token.content.strip()]
    if len(tokens) < 3 or (tokens[0].type, tokens[-1].type) != ("strong_open", "strong_close"):  # noqa: PLR2004
        return False
    return not any(token.type == "strong_close" for token in tokens[1:-1])


def _words(token: Token) -> str:
    match token.type:
        case "text" | "code_inline" | "text_special":
            return token.content
        case "softbreak":
            return LINE_END
        case "hardbreak":
            return LINE_BREAK
        case "html_inline" if _KEPT_TAG.fullmatch(token.content):
            return token.content.lower()
        case "html_inline" if _BREAK_TAG.fullmatch(token.content):
            return LINE_BREAK
    return ""
