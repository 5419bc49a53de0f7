"""Which elements of a page nobody sees: what they hold is never read.

Hidden text is where orders to a reader that is no human are put.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

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
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element, with what is in it, is not shown to a reader."""
    return (
        tag in NOT_CONTENT
        or "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
    )


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
        elif not closing and is_hidden(tag, _attributes(attributes)):
            self._tag, self._depth = tag, 1


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): match[2] or match[3] or match[4] or ""
        for match in _ATTRIBUTE.finditer(text)
    }
