"""Which elements of a page nobody sees: what they hold is never read.

Hidden text is where orders to a reader that is no human are put.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from iscalimab_qa.sources.style import WHITE, colour, declarations, pixels

NOT_CONTENT = frozenset({
    "script", "style", "template", "noscript", "head", "title", "iframe", "frame", "noframes",
    "object", "embed", "applet", "svg", "canvas", "audio", "video", "dialog", "datalist",
    "select", "option", "button", "input", "textarea", "label", "annotation", "annotation-xml",
})  # fmt: skip
"""Elements whose text is code, a control, or a second form of what is already shown."""

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
})  # fmt: skip
"""Elements that have no end tag."""

_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:font-size|opacity)\s*:\s*0*(?:\.0+)?(?:px|r?em|pt|%|vw|vh)?\s*(?:!important\s*)?(?:;|$))",
    re.IGNORECASE,
)
SAME_COLOUR = 24
"""Of 255: differences that a screen shows and an eye does not."""
TINY = 4.0
"""Pixels; the smallest print of a leaflet has 8."""

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


_FAR_AWAY = -400.0
"""Pixels beside or above the page; what merely hangs over an edge lies nearer."""
FAINT = 0.1
_CLIPPED = re.compile(
    r"rect\(\s*(?:0|1px)\D+(?:0|1px)\D+(?:0|1px)\D+(?:0|1px)\s*\)|inset\(\s*(?:[5-9]\d|100)%"
    r"|circle\(\s*0",
)
_MOVED = re.compile(r"translate\w*\(\s*-\d{3,}|scale\w*\(\s*0?(?:\.0\d*)?\s*[,)]")


def removed_by(style: Mapping[str, str]) -> str | None:
    """Say how declarations take an element from sight with all in it, None if they do not."""
    if style.get("display") == "none":
        return "not displayed"
    if style.get("visibility") in {"hidden", "collapse"}:
        return "invisible"
    if "opacity" in style and (_number(style["opacity"]) or 0.0) <= FAINT:
        return "transparent"
    if _lies_outside(style):
        return "off the page"
    if _CLIPPED.search(style.get("clip", "") + style.get("clip-path", "")) or _is_squeezed(style):
        return "clipped away"
    return None


def _lies_outside(style: Mapping[str, str]) -> bool:
    if style.get("position") in {"absolute", "fixed"} and any(
        (pixels(style.get(side, "0")) or 0.0) <= _FAR_AWAY
        for side in ("left", "right", "top", "bottom")
    ):
        return True
    moved = bool(_MOVED.search(style.get("transform", "")))
    sides = ("text-indent", "margin-left", "margin-top")
    return moved or any((pixels(style.get(side, "0")) or 0.0) <= _FAR_AWAY for side in sides)


def _is_squeezed(style: Mapping[str, str]) -> bool:
    if not {"hidden", "clip"} & {style.get("overflow"), style.get("overflow-y")}:
        return False
    sides = ("height", "width", "max-height", "max-width")
    return any((pixels(style[side]) or 0.0) <= 1.0 for side in sides if side in style)


def _number(value: str) -> float | None:
    try:
        return float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return 1.0


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element, with what is in it, is not shown to a reader."""
    return (
        tag in NOT_CONTENT
        or "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
        or removed_by(declarations(attributes.get("style", ""))) is not None
    )


def is_unreadable(attributes: Mapping[str, str]) -> bool:
    """Tell letters that their own style makes as pale as a page, or too small to read."""
    style = declarations(attributes.get("style", ""))
    ink = colour(style.get("color", "") or attributes.get("color", ""))
    paper = colour(style.get("background", "") or style.get("background-color", "")) or WHITE
    if ink and (ink.opacity <= FAINT or ink.is_like(paper, SAME_COLOUR)):
        return True
    size = pixels(style["font-size"]) if "font-size" in style else None
    return size is not None and size < TINY


class HiddenTags:
    """Follows loose tags and tells whether the text between them is shown.

    Markdown hands HTML over in pieces: a tag here, its end tag there, words in between.
    """

    def __init__(self) -> None:
        """Begin outside every element."""
        self._tag = ""
        self._depth = 0

    @property
    def hiding(self) -> bool:
        """Whether a hidden element is open."""
        return self._depth > 0

    def feed(self, piece: str) -> None:
        """Follow the tags of a piece of HTML."""
        for match in _TAG.finditer(piece):
            self._follow(match[2].lower(), match[3], closing=bool(match[1]))

    def _follow(self, tag: str, attributes: str, *, closing: bool) -> None:
        if tag in VOID or attributes.rstrip().endswith("/"):
            return
        if self.hiding:
            self._depth += (tag == self._tag) * (-1 if closing else 1)
        elif not closing and (
            is_hidden(tag, _attributes(attributes)) or is_unreadable(_attributes(attributes))
        ):
            self._tag, self._depth = tag, 1


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): match[2] or match[3] or match[4] or ""
        for match in _ATTRIBUTE.finditer(text)
    }
