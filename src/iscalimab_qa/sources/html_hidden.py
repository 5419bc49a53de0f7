"""Find the words of a page that its readers do not see, and take them out of the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from iscalimab_qa.sources.style import WHITE, Colour, StyleSheet, colour, pixels
from iscalimab_qa.sources.visibility import (
    FAINT,
    NOT_CONTENT,
    SAME_COLOUR,
    TINY,
    is_hidden,
    removed_by,
)

_AROUND = frozenset({"nav", "footer", "aside", "head"})
"""What is hidden there is a menu; none of it is read anyway."""

COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_CONDITIONAL_COMMENT = re.compile(r"\s*\[(?:if|endif)\b|\s*<!\[")

Note = Callable[[str, str], None]
"""Told how words are hidden, and the words."""


class _Look(NamedTuple):
    """How the text of an element looks; `background` None is a picture or unknown."""

    colour: Colour
    background: Colour | None
    size: float


_USUAL = _Look(Colour(0, 0, 0), WHITE, 16.0)


def note_comments(html: str, note: Note) -> None:
    """Tell of the comments in a page; browsers' own conditions are none."""
    for match in COMMENT.finditer(html):
        if not _CONDITIONAL_COMMENT.match(match[1]):
            note("a comment", match[1])


def take_out_hidden(root: Any, note: Note) -> None:
    """Take what nobody sees out of a tree, and tell of it.

    Elements that are not displayed, lie off the page or are clipped away go with all that is
    in them: they get the attribute `hidden`. Letters in the colour of their background, or too
    small to read, go one by one, for what is inside may be set otherwise.
    """
    sheet = StyleSheet("\n".join(style.text or "" for style in root.iter("style")))
    stack: list[tuple[Any, _Look]] = [(root, _USUAL)]
    while stack:
        element, around = stack.pop()
        if not isinstance(element.tag, str) or element.tag in NOT_CONTENT - {"label"}:
            continue
        if element.tag in _AROUND:
            continue
        style = sheet.style(element)
        how = removed_by(style) or (
            "hidden" if is_hidden(element.tag, element.attrib) and element.tag != "label" else None
        )
        if how:
            note(how, " ".join(element.itertext()))
            element.set("hidden", "")
            continue
        look = _look(style, around)
        if how := _unseen(look):
            _blank(element, how, note)
        stack.extend((child, look) for child in reversed(element))


def _look(style: Mapping[str, str], around: _Look) -> _Look:
    size = pixels(style["font-size"], of=around.size) if "font-size" in style else None
    background = around.background
    for name in ("background", "background-color"):
        if name in style:
            background = _background(style[name], background)
    own = colour(style["color"]) if "color" in style else None
    return _Look(own or around.colour, background, around.size if size is None else size)


def _background(value: str, around: Colour | None) -> Colour | None:
    if "url(" in value or "gradient" in value:
        return None
    found = colour(value)
    if found is None:
        return around if value in {"none", "inherit", "unset", "initial"} else None
    return around if found.opacity <= FAINT else found


def _unseen(look: _Look) -> str | None:
    if look.size < TINY:
        return "letters too small to read"
    if look.colour.opacity <= FAINT:
        return "transparent letters"
    if look.background and look.colour.is_like(look.background, SAME_COLOUR):
        return "letters in the colour of their background"
    return None


def _blank(element: Any, how: str, note: Note) -> None:
    """Empty the text that belongs to an element itself."""
    words = " ".join(_own_words(element))
    if not words.strip():
        return
    note(how, words)
    element.text = None
    for child in element:
        child.tail = None


def _own_words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""
