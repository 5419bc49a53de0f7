"""HTML -> text and blocks: what a page says, without what surrounds it.

Nothing is fetched, no entity is expanded but the characters of HTML, and what the page hides
from its readers is not read.
"""

from __future__ import annotations

import codecs
import re
from typing import Any, NamedTuple

import lxml.etree
import lxml.html

from iscalimab_qa.sources.builder import Built, SourceBuilder
from iscalimab_qa.sources.html_hidden import note_comments, take_out_hidden
from iscalimab_qa.sources.html_inline import inline_text, is_shown, plain_spaces
from iscalimab_qa.sources.html_walk import HtmlWalker
from iscalimab_qa.sources.normalise import clean_text

_MOST_DEPTH = 250
"""Elements within one another. libxml2 silently cuts a tree off at 256; pages that people
write stay below 100."""

_SHARE_OF_MAIN = 0.3
"""Of the page's words that its main part must hold; some pages leave that part a shell."""

_DECLARED_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_DECLARED_WITHIN = 4096
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""Browsers read these names as the larger encodings that pages in fact use (WHATWG Encoding)."""

_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_TITLES = (
    "//meta[@name='citation_title']/@content",
    "//meta[@property='og:title']/@content",
    "//head/title/text()",
    "//title-group/article-title//text()",
)


class HtmlRead(NamedTuple):
    """What a page holds, and the title it gives itself outside its text (None without one)."""

    built: Built
    title: str | None


def read_html(data: bytes | str) -> HtmlRead:
    """Read a page: its headings, paragraphs, lists, tables and captions, in order.

    Args:
        data: The page. Bytes are decoded as the page declares, else as UTF-8.

    Raises:
        ValueError: If the page is nested deeper than any page that people write.
    """
    text = _decode(data) if isinstance(data, bytes) else data
    root = _parse(text)
    builder = SourceBuilder()
    note_comments(text, builder.hide)
    if root is None:
        return HtmlRead(builder.build(), None)
    take_out_hidden(root, builder.hide)
    content = _content(root)
    _lay_title_above(content, root, builder)
    HtmlWalker(builder).walk(content)
    return HtmlRead(builder.build(), _title(root))


def lay_html(builder: SourceBuilder, fragment: str) -> None:
    """Lay a piece of HTML, as it stands in a Markdown document, into a builder.

    Raises:
        ValueError: As `read_html` does.
    """
    root = _parse(fragment)
    if root is not None:
        take_out_hidden(root, builder.hide)
        HtmlWalker(builder).walk(root)


def _parse(text: str) -> Any:
    declaration = _XML_DECLARATION.match(text)
    text = _UNPRINTABLE.sub("", text[declaration.end() :] if declaration else text)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:
        return None  # there is no element in it
    _require_shallow(root)
    return root


def _require_shallow(root: Any) -> None:
    depth = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MOST_DEPTH:
            raise ValueError(f"is nested more than {_MOST_DEPTH} elements deep")


def _decode(data: bytes) -> str:
    declared = _DECLARED_CHARSET.search(data[:_DECLARED_WITHIN])
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        name = "utf-8"
    return data.decode(_READ_AS.get(name, name), errors="replace")


def _content(root: Any) -> Any:
    """Return the element that holds what the page says: its main part where it has one."""
    body = next(root.iter("body"), root)
    for path in ("//main | //*[@role='main']", "//article"):
        found = [element for element in root.xpath(path) if is_shown(element)]
        if len(found) == 1 and _length(found[0]) >= _SHARE_OF_MAIN * _length(body):
            return found[0]
    return body


def _length(element: Any) -> int:
    return len(inline_text(element))


def _lay_title_above(content: Any, root: Any, builder: SourceBuilder) -> None:
    """Keep the page's only top heading where it stands outside of the main part."""
    titles = list(root.iter("h1"))
    if len(titles) == 1 and next(content.iter("h1"), None) is None and is_shown(titles[0]):
        builder.heading(clean_text(inline_text(titles[0])), 1)


def _title(root: Any) -> str | None:
    texts = (clean_text(plain_spaces(" ".join(root.xpath(path)))) for path in _TITLES)
    return next((text for text in texts if text), None)
