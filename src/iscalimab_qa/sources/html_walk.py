"""Walk an HTML tree and lay its headings, paragraphs, lists and tables down in order."""

from __future__ import annotations

import re
from typing import Any

from iscalimab_qa.sources.breaks import split_at_breaks
from iscalimab_qa.sources.builder import SourceBuilder
from iscalimab_qa.sources.captions import describes_image, is_caption
from iscalimab_qa.sources.headings import (
    BOLD_HEADING_LEVEL,
    is_bold_heading,
    is_paragraph_in_disguise,
)
from iscalimab_qa.sources.html_inline import (
    closing,
    inline_text,
    is_shown,
    opening,
    plain_spaces,
    tag_of,
    whole,
)
from iscalimab_qa.sources.html_tables import read_table
from iscalimab_qa.sources.items import OpenItems
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.plain import lay_plain
from iscalimab_qa.sources.values import BlockKind

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ITEMS = frozenset({"li", "dt", "dd"})
_BOLD = frozenset({"b", "strong"})

_AROUND_CONTENT = frozenset({"nav", "footer", "aside"})
_ROLES_AROUND_CONTENT = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "menubar"}
)
_NAMED_AROUND_CONTENT = re.compile(
    r"(?:site-|page-|main-|global-|top-)?(?:nav|navbar|navigation|menu|footer|sidebar|breadcrumbs?)"
    r"|(?:cookie|consent)s?(?:-?(?:banner|notice|consent|bar|popup))?|(?:social-?)?share(?:-links)?"
    r"|social(?:-links|-media)?|newsletter(?:-signup)?|advert(?:isement)?s?|ads?|skip-link"
)
"""Class names and ids, each matched whole: `has-sidebar` says where a sidebar is, not that
this is one."""
_NAMED_REFERENCES = re.compile(
    r"(?:references?|ref-?list|bibliography|citations?-list|cited-?literature|doc-bibliography)",
    re.IGNORECASE,
)

_FORM_WITH_A_PAGE_IN_IT = 1_500
"""Characters of text; some servers wrap the whole page in one form."""


class HtmlWalker:
    """Lays a tree into a builder; the tree is walked with a stack of its own, not by recursion."""

    def __init__(self, builder: SourceBuilder) -> None:
        """Begin with nothing read."""
        self._builder = builder
        self._buffer: list[str] = []
        self._bold_depth = 0
        self._all_bold = True
        self._items = OpenItems()
        self._blocks: list[str] = []
        self._references = 0
        self._figure_holds_table = False

    def walk(self, root: Any) -> None:
        """Read the element and everything in it."""
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            element, left = stack.pop()
            if left:
                self._leave(element)
            elif self._is_walked_into(element):
                self._enter(element)
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))
                continue
            if element is not root:
                self._write(plain_spaces(element.tail))
        self._flush()

    def _is_walked_into(self, element: Any) -> bool:
        """Tell whether there is more in an element; what is hidden or read at once is done."""
        shown = is_shown(element) and not _is_around_content(element)
        return shown and not self._read_whole(element)

    def _read_whole(self, element: Any) -> bool:
        """Read the elements that are not walked into: tables of data, images, markers, `pre`."""
        match tag_of(element):
            case "table":
                return self._read_table(element)
            case "img":
                self._read_image(element)
                return True
            case "pre":
                self._flush()
                lay_plain(self._builder, "".join(element.itertext()))
                return True
        marker = whole(element)
        if marker is not None:
            self._write(marker)
        return marker is not None

    def _enter(self, element: Any) -> None:
        tag = tag_of(element)
        if tag in _BLOCKS:
            self._flush()
            self._blocks.append(tag)
            self._references += _names_references(element)
        if tag == "figure":
            self._figure_holds_table = False
        if tag in _ITEMS:
            self._items.open(below_its_neighbour=tag == "dd")
        self._bold_depth += tag in _BOLD
        self._write(opening(tag))
        self._write(plain_spaces(element.text))

    def _leave(self, element: Any) -> None:
        tag = tag_of(element)
        self._write(closing(tag))
        self._bold_depth -= tag in _BOLD
        if tag in _BLOCKS:
            self._flush()
            self._blocks.pop()
            self._references -= _names_references(element)
        if tag in _ITEMS:
            self._items.close()

    def _write(self, text: str) -> None:
        if text.strip() and not self._bold_depth:
            self._all_bold = False
        self._buffer.append(text)

    def _flush(self) -> None:
        """Lay down the words gathered since the last block began or ended."""
        raw, self._buffer = "".join(self._buffer), []
        bold, self._all_bold = self._all_bold, True
        if not raw.strip():
            return
        heading = next((_HEADINGS[tag] for tag in reversed(self._blocks) if tag in _HEADINGS), None)
        if heading is not None:
            self._lay_heading(clean_text(raw), heading)
        elif self._items:
            self._lay_item(clean_text(raw))
        else:
            for line in split_at_breaks(raw):
                self._lay_paragraph(clean_text(line), bold=bold)

    def _lay_heading(self, text: str, level: int) -> None:
        if is_paragraph_in_disguise(text):
            self._builder.paragraph(text)
        else:
            self._builder.heading(text, level)

    def _lay_item(self, text: str) -> None:
        if text:
            depth = self._items.depth_of_words()
            self._builder.list_item(text, depth, kind=self._kind("list_item"))

    def _lay_paragraph(self, text: str, *, bold: bool) -> None:
        if "figcaption" in self._blocks and self._figure_holds_table:
            self._builder.attach_caption_below(text)
        elif "figcaption" in self._blocks or is_caption(text):
            self._builder.paragraph(text, kind="caption")
        elif bold and is_bold_heading(text) and "blockquote" not in self._blocks:
            self._builder.heading(text, BOLD_HEADING_LEVEL)
        else:
            self._builder.paragraph(text, kind=self._kind("paragraph"))

    def _kind(self, kind: BlockKind) -> BlockKind:
        return "reference" if self._references else kind

    def _read_table(self, element: Any) -> bool:
        table = read_table(element)
        if table is None:
            return False
        self._flush()
        self._figure_holds_table = True
        self._builder.table(table.head, table.rows, table.caption)
        for note in table.notes:
            self._builder.paragraph(note)
        return True

    def _read_image(self, element: Any) -> None:
        alt = clean_text(element.get("alt", ""))
        if "figure" in self._blocks and describes_image(alt):
            self._flush()
            self._builder.paragraph(alt, kind="caption")


def _is_around_content(element: Any) -> bool:
    """Tell the parts of a page that lead to other pages from what this one says."""
    tag = tag_of(element)
    if tag in {"html", "body", "main", "article"}:
        return False
    if tag == "header":
        inside = any(tag_of(one) in {"article", "main"} for one in element.iterancestors())
        return not inside and next(element.iterdescendants("h1"), None) is None
    if tag == "form":
        return len(inline_text(element)) < _FORM_WITH_A_PAGE_IN_IT
    if tag in _AROUND_CONTENT or element.get("role", "").lower() in _ROLES_AROUND_CONTENT:
        return True
    return tag in _BLOCKS and any(_NAMED_AROUND_CONTENT.fullmatch(name) for name in _names(element))


def _names_references(element: Any) -> bool:
    return tag_of(element) not in _HEADINGS and any(
        _NAMED_REFERENCES.fullmatch(name) for name in [*_names(element), element.get("role", "")]
    )


def _names(element: Any) -> list[str]:
    return [*element.get("class", "").lower().split(), element.get("id", "").lower()]
