"""The words of an HTML element as one string, its inline markup resolved.

Raised and lowered text keeps its `<sup>` and `<sub>` here: whether a raised number is a power
or a reference marker is decided by `clean_text`, which sees the words around it.
"""

from __future__ import annotations

import re
from typing import Any

from iscalimab_qa.sources.markers import marker_of_link
from iscalimab_qa.sources.visibility import is_hidden

LINE_BREAK = "\n"
"""Stands for `<br>`; line ends of the source are spaces."""

_KEPT_TAGS = frozenset({"sup", "sub"})
_QUOTES = {True: "“", False: "”"}
_SPACE = re.compile(r"\s+")
_SEPARATED = frozenset({
    "p", "div", "li", "td", "th", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
})  # fmt: skip
"""Elements whose words must not run into those of their neighbours."""


def tag_of(element: Any) -> str:
    """Return the lower-case name, empty for a comment or an instruction."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_shown(element: Any) -> bool:
    """Tell whether a reader of the page sees the element."""
    tag = tag_of(element)
    return bool(tag) and not is_hidden(tag, element.attrib)


def plain_spaces(text: str | None) -> str:
    """Turn the line ends and indentation of the source into spaces."""
    return _SPACE.sub(" ", text or "")


def opening(tag: str) -> str:
    """Return what to write where an inline element begins."""
    if tag in _KEPT_TAGS:
        return f"<{tag}>"
    return LINE_BREAK if tag == "br" else _QUOTES[True] if tag == "q" else ""


def closing(tag: str) -> str:
    """Return what to write where an inline element ends."""
    if tag in _KEPT_TAGS:
        return f"</{tag}>"
    return _QUOTES[False] if tag == "q" else ""


def whole(element: Any) -> str | None:
    """Return the text of an element that is read as one piece, None for any other.

    A link into the page whose words are numbers is a reference marker: `[3]`.
    """
    if tag_of(element) != "a":
        return None
    return marker_of_link(plain_spaces("".join(element.itertext())), element.get("href", ""))


def inline_text(root: Any, *, breaks: str = " ") -> str:
    """Return the shown words of an element, block elements in it parted by spaces.

    Args:
        root: An lxml element.
        breaks: What a line break becomes.
    """
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, left = stack.pop()
        tag = tag_of(element)
        gap = " " if tag in _SEPARATED else ""
        if left:
            parts.append(gap + closing(tag))
        elif is_shown(element):
            marker = whole(element)
            parts.append(gap + opening(tag) if marker is None else marker)
            if marker is None:
                parts.append(plain_spaces(element.text))
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))
                continue
        if element is not root:
            parts.append(plain_spaces(element.tail))
    return "".join(parts).replace(LINE_BREAK, breaks)
