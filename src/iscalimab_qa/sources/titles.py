"""The title of a document that marks none: of a record, of an abstract, of a leaflet."""

from __future__ import annotations

import re
from itertools import takewhile

from iscalimab_qa.sources.boilerplate_lines import is_boilerplate_line
from iscalimab_qa.sources.builder import Built
from iscalimab_qa.sources.plain_headings import is_title, names_usual_section

_HEAD_BLOCKS = 12
"""Blocks at the beginning among which a title is looked for."""

_FEWEST_FIELDS = 3
"""A record begins with so many lines "Field: value" at least."""

_FEWEST_WORDS = 6
"""Of a title that no mark sets off: a shorter line may be a session, a place, a kind of text."""

_MOST_WORDS_OF_MASTHEAD = 5
_FEWEST_WORDS_BELOW_MASTHEAD = 8
"""A firm, a journal or a site sets its short name above the title, which tells far more."""

_BYLINE = re.compile(
    r"(?:by|prepared\s+by|written\s+by|posted|published|updated|correspond\w+|reviewed\s+by"
    r"|reading\s+time|from\s+the)\b|(?:department|division|institute|school|faculty|centre|center)\s",
    re.IGNORECASE,
)
"""How a line begins that says who, when or where."""

_IMPRINT = re.compile(
    r"\bvol(?:ume|\.)\s*\d|\b(?:issue|article|no\.)\s+(?:no\.\s*)?\d|\b\d+\s?\(\d+\)\s?:\s?e?\d",
    re.IGNORECASE,
)
"""A line of a journal's head: its name with volume and number."""

_FIELD = re.compile(r"(?P<name>[A-Z][\w /()-]{1,40}):\s+(?P<value>\S.*)", re.DOTALL)
_TITLES = ("study title", "brief title", "title", "public title", "official title")
"""Fields that hold a record's title, the one that readers know it by first."""

_KIND_OF_DOCUMENT = re.compile(
    r"(?:package\s+(?:leaflet|insert)|patient\s+(?:information(?:\s+leaflet)?|leaflet)"
    r"|medication\s+guide|(?:full\s+)?prescribing\s+information"
    r"|summary\s+of\s+product\s+characteristics|press\s+release|news\s+release|media\s+release)"
    r"(?:\s*[:–—-]\s*information\s+for\s+(?:the\s+)?(?:\w+\s+){0,3}(?:users?|patients?|parents"
    r"|carers|caregivers))?",
    re.IGNORECASE,
)


def title_of_lines(built: Built) -> str | None:
    """Find the title of a plain text whose first line is none; None where there is no telling.

    It stands in a field of a record ("Title: ..."), or is the longest of the lines above the first
    full sentence. A first line that heads the text stands, unless it is the short name of who
    publishes it, or the kind of document, and such a line is below it.
    """
    lines = [built.text[each.start : each.end] for each in built.blocks[:_HEAD_BLOCKS]]
    fields = [found for line in lines if (found := _FIELD.match(line))]
    if lines and _FIELD.match(lines[0]) and len(fields) >= _FEWEST_FIELDS:
        values = {found["name"].casefold(): found["value"] for found in fields}
        return next((values[name] for name in _TITLES if name in values), None)
    if not lines:
        return None
    fewest = _FEWEST_WORDS
    if built.blocks[0].kind == "heading" and not _says_where_from(lines[0]):
        if len(lines[0].split()) > _MOST_WORDS_OF_MASTHEAD:
            return None
        fewest = _FEWEST_WORDS_BELOW_MASTHEAD
    above = [line for line in takewhile(_heads_text, lines) if not _says_who_or_when(line)]
    candidates = [line for line in above if is_title(line) and len(line.split()) >= fewest]
    return max(candidates, key=len, default=None)


def _heads_text(line: str) -> bool:
    """Whether a line may stand above the text: neither a sentence nor the head of a section."""
    if is_boilerplate_line(line):
        return True
    return not line.endswith(".") and not names_usual_section(line)


def _says_who_or_when(line: str) -> bool:
    return is_boilerplate_line(line) or bool(_BYLINE.match(line)) or _says_where_from(line)


def _says_where_from(line: str) -> bool:
    """Whether a line names the kind of document, or the journal with volume and number."""
    return names_kind_of_document(line) or bool(_IMPRINT.search(line))


def names_kind_of_document(heading: str) -> bool:
    """Whether a heading says what kind of text this is, and not what it is about."""
    return bool(_KIND_OF_DOCUMENT.fullmatch(heading.strip()))
