"""Two things that papers turned into Markdown hold and CommonMark does not know.

Formulas between dollars must reach `clean_text` as they are, with their backslashes and
underscores. Tables whose cells stand between tabs would become one paragraph, or code where
a row begins with an empty cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from iscalimab_qa.sources.latex import MATH_SPAN, is_math
from iscalimab_qa.sources.text_tables import tab_table

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

TAB_TABLE = "tab_table"
"""Type of the token that holds a `TextTable` in `meta["table"]`."""

DEEPEST_NESTING = 40
"""Levels of blocks; a list takes two. What lies deeper the parser leaves out, so the bound is
far above what people write, and far below what exhausts the stack."""

_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def markdown_parser() -> MarkdownIt:
    """Return a CommonMark parser with pipe tables, strikethrough, formulas and tab tables."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.block.ruler.before("table", TAB_TABLE, _tab_table, _INTERRUPTS)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "$\\":
        return False
    match = MATH_SPAN.match(state.src, state.pos, state.posMax)
    if not match or not is_math(match):
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _tab_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if "\t" not in _line(state, start) or (start and "\t" in _line(state, start - 1)):
        return False  # a table begins where lines with tabs begin
    last = start
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        last += 1
    table = tab_table([_line(state, index) for index in range(start, last)])
    if table is None:
        return False
    if not silent:
        token = state.push(TAB_TABLE, "", 0)
        token.meta = {"table": table}
        token.map = [start, start + table.lines]
        state.line = start + table.lines
    return True


def _line(state: StateBlock, index: int) -> str:
    """Return a line as it stands, without the indentation of the list around it."""
    line = state.src[state.bMarks[index] : state.eMarks[index]]
    indent = len(line) - len(line.lstrip(" "))
    return line[min(indent, state.blkIndent) :]
