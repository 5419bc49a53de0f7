"""The title of a document that marks none: of a record, of an abstract, of a leaflet."""

from __future__ import annotations

import re
from itertools import takewhile

from iscalimab_qa.sources.builder import Built
from iscalimab_qa.sources.plain_headings import is_title

_HEAD_BLOCKS = 12
"""Blocks at the beginning among which a title is looked for."""

_FEWEST_FIELDS = 3
"""A record begins with so many lines "Field: value" at least."""

_FEWEST_WORDS = 6
"""Of a title that no mark sets off: a shorter line may be a session, a place, a kind of text."""

_FIELD = re.compile(r"(?P<name>[A-Z][\w /()-]{1,40}):\s+(?P<value>\S.*)", re.DOTALL)
_TITLES = ("study title", "brief title", "title", "public title", "official title")
"""Fields that hold a record's title, the one that readers know it by first."""

_KIND_OF_DOCUMENT = re.compile(
    r"(?:package\s+(?:leaflet|insert)|patient\s+(?:information(?:\s+leaflet)?|leaflet)"
    r"|medication\s+guide|(?:full\s+)?prescribing\s+information"
    r"|summary\s+of\s+product\s+characteristics|press\s+release|news\s+release|media\s+release)"
    r"(?:\s*[:–—-]\s*information\s+for\s+(?:the\s+)?(?:user|patient)s?)?",
    re.IGNORECASE,
)


def title_of_lines(built: Built) -> str | None:
    """Find the title of a plain text whose first line is none; None where there is no telling.

    It stands in a field of a record ("Title: ..."), or is the longest of the lines above the first
    full sentence.
    """
    lines = [built.text[each.start : each.end] for each in built.blocks[:_HEAD_BLOCKS]]
    fields = [found for line in lines if (found := _FIELD.match(line))]
    if lines and _FIELD.match(lines[0]) and len(fields) >= _FEWEST_FIELDS:
        values = {found["name"].casefold(): found["value"] for found in fields}
        return next((values[name] for name in _TITLES if name in values), None)
    if not lines or built.blocks[0].kind == "heading":
        return None
    above = takewhile(lambda line: not line.endswith("."), lines)
    return max(filter(_may_be_a_title, above), key=len, default=None)


def names_kind_of_document(heading: str) -> bool:
    """Whether a heading says what kind of text this is, and not what it is about."""
    return bool(_KIND_OF_DOCUMENT.fullmatch(heading.strip()))


def _may_be_a_title(line: str) -> bool:
    return is_title(line) and len(line.split()) >= _FEWEST_WORDS
