"""What the paragraphs of a Word document are, by their styles: headings, captions, lists."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list(?: bullet| number| continue)?(?: ([2-5]))?")
_MAX_ANCESTORS = 20
"""Styles are based on one another a few deep; a longer chain is a circle."""

_BODY_OUTLINE = 9
"""The outline level that Word gives to body text; 0 to 8 are headings."""

RoleKind = Literal["title", "heading", "caption", "list_item", "contents", "text"]


class Role(NamedTuple):
    """What a paragraph is. `level` counts headings from 1 and lists from 0."""

    kind: RoleKind
    level: int = 0


class Styles:
    """The roles of a document's paragraph styles, each with what it is based on."""

    def __init__(self, styles: Any) -> None:
        """Index the `w:styles` element of a document."""
        self._styles = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}

    def role(self, paragraph: Any) -> Role:
        """Return what a `w:p` is: by its style's name, its outline level, its numbering."""
        direct = paragraph.find(f"{_W}pPr")
        chain = [direct, *self._chain(_value(direct, "pStyle"))]
        named = next((role for style in chain[1:] if (role := _role_by_name(style))), None)
        if named and named.kind != "list_item":
            return named
        properties = [direct, *(style.find(f"{_W}pPr") for style in chain[1:])]
        outline = _first_number(properties, "outlineLvl")
        if outline is not None and outline < _BODY_OUTLINE:
            return Role("heading", outline + 1)
        numbered = _list_role(properties)
        if named and numbered and numbered.kind == "list_item":
            return max(named, numbered)  # `List Bullet 2` numbers its items on a level of its own
        return numbered or named or Role("text")

    def text_properties(self, run: Any) -> list[Any]:
        """Return the `w:rPr` that hold for a run, nearest first: its own, then its styles'."""
        own = run.find(f"{_W}rPr")
        paragraph = next((node for node in run.iterancestors() if node.tag == f"{_W}p"), None)
        about = None if paragraph is None else paragraph.find(f"{_W}pPr")
        styled = [*self._chain(_value(own, "rStyle")), *self._chain(_value(about, "pStyle"))]
        found = [own, *(style.find(f"{_W}rPr") for style in styled)]
        return [properties for properties in found if properties is not None]

    def _chain(self, style_id: str | None) -> list[Any]:
        chain: list[Any] = []
        while style_id in self._styles and len(chain) < _MAX_ANCESTORS:
            chain.append(self._styles[style_id])
            style_id = _value(chain[-1], "basedOn")
        return chain


def _role_by_name(style: Any) -> Role | None:
    """Tell a built-in style by its name, which is English in every language of Word."""
    name = (_value(style, "name") or "").lower()
    if name == "title":
        return Role("title")
    if match := _HEADING.fullmatch(name):
        return Role("heading", int(match[1]))
    if name == "caption":
        return Role("caption")
    if name.startswith("toc ") or name == "table of figures":
        return Role("contents")
    if match := _LIST.fullmatch(name):
        return Role("list_item", int(match[1] or 1) - 1)
    return None


def _list_role(properties: list[Any]) -> Role | None:
    for one in properties:
        numbering = None if one is None else one.find(f"{_W}numPr")
        if numbering is not None:
            if _first_number([numbering], "numId") == 0:  # taken out of the list of its style
                return Role("text")
            return Role("list_item", _first_number([numbering], "ilvl") or 0)
    return None


def _first_number(properties: list[Any], name: str) -> int | None:
    values = (_value(one, name) for one in properties)
    return next((int(value) for value in values if value and value.isdecimal()), None)


def _value(properties: Any, name: str) -> str | None:
    node = None if properties is None else properties.find(f"{_W}{name}")
    value = None if node is None else node.get(f"{_W}val")
    return None if value is None else str(value)
