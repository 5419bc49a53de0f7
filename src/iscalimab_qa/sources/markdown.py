"""Markdown -> text and blocks."""

from __future__ import annotations

from itertools import pairwise

from markdown_it.token import Token

from iscalimab_qa.sources.breaks import split_at_breaks
from iscalimab_qa.sources.builder import Built, Cell, SourceBuilder
from iscalimab_qa.sources.captions import describes_image, is_caption, names_table
from iscalimab_qa.sources.headings import (
    BOLD_HEADING_LEVEL,
    is_bold_heading,
    is_paragraph_in_disguise,
)
from iscalimab_qa.sources.html import lay_html
from iscalimab_qa.sources.html_hidden import note_comments
from iscalimab_qa.sources.items import OpenItems
from iscalimab_qa.sources.markdown_inline import LINE_BREAK, LINE_END, is_all_bold, read_inline
from iscalimab_qa.sources.markdown_rules import DEEPEST_NESTING, TAB_TABLE, markdown_parser
from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.plain import lay_plain
from iscalimab_qa.sources.plain_pieces import WIDEST_PAGE
from iscalimab_qa.sources.table_heads import count_head_rows
from iscalimab_qa.sources.text_tables import TextTable
from iscalimab_qa.sources.visibility import HiddenTags

_DIAGRAM_LANGUAGES = frozenset(
    {"dot", "graphviz", "mermaid", "plantuml", "svg", "vega", "vega-lite"}
)
"""Fenced blocks that draw a picture: their code says nothing that can be read as a sentence."""

_TABLES = frozenset({"table_open", TAB_TABLE})
_WORDS = frozenset({"inline", "fence", "code_block"})
_HIDDEN = "in a hidden element"


def read_markdown(text: str) -> Built:
    """Read Markdown whose front matter is already cut off.

    Raises:
        ValueError: If lists, quotations or HTML in it are nested deeper than people write.
    """
    builder = SourceBuilder()
    note_comments(text, builder.hide)
    tokens = markdown_parser().parse(_without_comments(text))
    if any(token.level >= DEEPEST_NESTING - 1 for token in tokens):
        raise ValueError(f"nests lists or quotations more than {DEEPEST_NESTING // 2} deep")
    reader = _Reader(builder)
    for token, following in pairwise([*tokens, _END]):
        reader.read(token, following)
    return builder.build()


_END = Token("end", "", 0)


class _Reader:
    """Lays block tokens into a builder, one after the other."""

    def __init__(self, builder: SourceBuilder) -> None:
        self._builder = builder
        self._hidden = HiddenTags()
        self._items = OpenItems()
        self._quotes = 0
        self._level = 0
        self._row: list[str] | None = None
        self._rows: list[list[str]] = []
        self._head_rows = 0
        self._held: Token | None = None

    def read(self, token: Token, following: Token) -> None:
        """Read one token, knowing the one after it."""
        if token.type == "html_block":
            self._read_html(token.content)
            return
        if self._hidden.hiding:
            if token.type in _WORDS:
                self._builder.hide(_HIDDEN, token.content)
            return
        self._follow_structure(token)
        match token.type:
            case "inline" if self._row is not None:
                self._read_cell(token)
            case "inline":
                self._held = token
            case "heading_close" | "paragraph_close":
                self._lay_held(before_table=following.type in _TABLES)
            case "fence" | "code_block":
                self._lay_code(token)
            case "tab_table":
                self._lay_tab_table(token.meta["table"])
            case "table_close":
                self._lay_pipe_table()

    def _read_cell(self, token: Token) -> None:
        assert self._row is not None  # noqa: S101  (called inside a row)
        cell = read_inline(token.children or ())
        self._builder.hide(_HIDDEN, cell.hidden)
        self._row.append(cell.text)

    def _follow_structure(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._level = int(token.tag[1:])
            case "paragraph_open":
                self._level = 0
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "list_item_open":
                self._items.open()
            case "list_item_close":
                self._items.close()
            case "table_open":
                self._rows, self._head_rows = [], 0
            case "tr_open":
                self._row = []
            case "tr_close":
                self._rows.append(self._row or [])
                self._row = None
            case "thead_close":
                self._head_rows = len(self._rows)

    def _lay_held(self, *, before_table: bool) -> None:
        """Lay the words of the heading, paragraph or item that has just ended."""
        children = (self._held and self._held.children) or []
        self._held = None
        inline = read_inline(children)
        self._builder.hide(_HIDDEN, inline.hidden)
        if self._items:
            self._lay_item(clean_text(inline.text))
        elif self._level and not self._quotes:
            self._lay_heading(clean_text(inline.text))
        elif _is_a_paragraph_a_line(inline.text):
            lay_plain(self._builder, inline.text.replace(LINE_END, LINE_BREAK))
        else:
            bold = is_all_bold(children) and not self._quotes
            for line in split_at_breaks(inline.text):
                self._lay_paragraph(clean_text(line), bold=bold, before_table=before_table)
        for image in inline.images:
            self._lay_image(clean_text(image))

    def _lay_heading(self, text: str) -> None:
        if is_paragraph_in_disguise(text):
            self._builder.paragraph(text)
        else:
            self._builder.heading(text, self._level)

    def _lay_item(self, text: str) -> None:
        if text:
            self._builder.list_item(text, self._items.depth_of_words())

    def _lay_paragraph(self, text: str, *, bold: bool, before_table: bool) -> None:
        if is_caption(text) or (before_table and names_table(text)):
            self._builder.paragraph(text, kind="caption")
        elif bold and is_bold_heading(text):
            self._builder.heading(text, BOLD_HEADING_LEVEL)
        else:
            self._builder.paragraph(text)

    def _lay_image(self, description: str) -> None:
        if describes_image(description):
            self._builder.paragraph(description, kind="caption")

    def _lay_code(self, token: Token) -> None:
        language = token.info.split()[0].lower() if token.info.split() else ""
        if language in _DIAGRAM_LANGUAGES:
            self._builder.paragraph(clean_text(token.content), kind="boilerplate")
        else:
            lay_plain(self._builder, token.content)

    def _lay_tab_table(self, table: TextTable) -> None:
        self._builder.table(table.head, table.rows, table.caption)

    def _lay_pipe_table(self) -> None:
        rows = [[Cell(clean_text(cell)) for cell in row] for row in self._rows]
        head, body = rows[: self._head_rows], rows[self._head_rows :]
        if not any(cell.text for row in head for cell in row):
            count = count_head_rows(body)
            head, body = body[:count], body[count:]
        self._builder.table(head, body)

    def _read_html(self, content: str) -> None:
        if not self._hidden.hiding:
            lay_html(self._builder, content)
        self._hidden.feed(content)


def _is_a_paragraph_a_line(text: str) -> bool:
    """Tell text that was pasted in without empty lines between its paragraphs."""
    lines = text.split(LINE_END)
    return len(lines) > 1 and max(map(len, lines)) > WIDEST_PAGE


def _without_comments(text: str) -> str:
    """Take out `<!-- ... -->`; one that never closes takes the rest with it, as in a browser."""
    kept: list[str] = []
    start = 0
    while (opening := text.find("<!--", start)) >= 0:
        kept.append(text[start:opening])
        closing = text.find("-->", opening + 4)
        if closing < 0:
            return "".join(kept)
        start = closing + 3
    return "".join([*kept, text[start:]])
