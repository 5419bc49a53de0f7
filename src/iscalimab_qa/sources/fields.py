"""The values that front matter may hold: one reader a kind of value.

A reader takes a node of the syntax tree and returns the checked value, or raises a
`FieldError` that says what was found and what was expected.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

import yaml

from iscalimab_qa.sources.normalise import clean_text

Value = TypeVar("Value")
FieldReader = Callable[[yaml.Node], Value]

MAX_TITLE_CHARS = 500
_MAX_TEXT_CHARS = 2_000
_SHOWN_CHARS = 60

_SOURCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")
_PMID = re.compile(r"\d{1,9}")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_TIER = re.compile(r"[1-9]|10")
_NULL_TAG = "tag:yaml.org,2002:null"


class FieldError(ValueError):
    """A value breaks the schema; `node` is where."""

    def __init__(self, reason: str, node: yaml.Node) -> None:
        """Keep what is wrong, and where."""
        super().__init__(reason)
        self.reason = reason
        self.node = node


def mapping(node: yaml.Node, readers: Mapping[str, FieldReader[object]]) -> dict[str, object]:
    """Read the fields of a mapping; a field without a value counts as not given.

    Raises:
        FieldError: For an unknown key, naming the closest known one, for a key that stands
            twice, and for a value that its reader refuses.
    """
    if not isinstance(node, yaml.MappingNode):
        raise FieldError(f"expected fields ('name: value'), found {_shown(node)}", node)
    values: dict[str, object] = {}
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        if name not in readers:
            raise FieldError(f"unknown field {_shown(key)}{_suggest(name, readers)}", key)
        if name in seen:
            raise FieldError(f"field {name!r} stands twice", key)
        seen.add(name)
        if not _is_null(value):
            values[name] = _named(name, readers[name], value)
    return values


def one_text(node: yaml.Node) -> str:
    """Read one value as clean text."""
    text = clean_text(_scalar(node, "one text"))
    if not 0 < len(text) <= _MAX_TEXT_CHARS:
        raise FieldError(f"expected 1 to {_MAX_TEXT_CHARS:,} characters, found {len(text):,}", node)
    return text


def title(node: yaml.Node) -> str:
    """Read a title, which stands in every citation and is bounded for it."""
    text = one_text(node)
    if len(text) > MAX_TITLE_CHARS:
        raise FieldError(f"expected at most {MAX_TITLE_CHARS} characters, found {len(text)}", node)
    return text


def texts(node: yaml.Node) -> tuple[str, ...]:
    """Read a list of texts, or one text."""
    if isinstance(node, yaml.SequenceNode):
        return tuple(one_text(item) for item in node.value)
    return (one_text(node),)


def names(node: yaml.Node) -> tuple[str, ...]:
    """Read a list of names, or one text with commas between them."""
    if isinstance(node, yaml.SequenceNode):
        return texts(node)
    return tuple(name for part in one_text(node).split(", ") if (name := part.strip()))


def choice(options: tuple[str, ...]) -> FieldReader[str]:
    """Make a reader for one of some words."""

    def read(node: yaml.Node) -> str:
        word = _scalar(node, f"one of {', '.join(options)}")
        if word not in options:
            raise FieldError(
                f"expected one of {', '.join(options)}; found {_shown(node)}"
                f"{_suggest(word, options)}",
                node,
            )
        return word

    return read


def source_id(node: yaml.Node) -> str:
    """Read an id, which stands in addresses, file names and the ids of passages."""
    expected = "a letter or figure, then at most 79 letters, figures, '.', '_' or '-'"
    return _matching(node, _SOURCE_ID, expected)


def doi(node: yaml.Node) -> str:
    """Read a DOI; the address of its resolver is taken off."""
    bare = _DOI_PREFIX.sub("", _scalar(node, "a DOI").strip(), count=1)
    if not _DOI.fullmatch(bare):
        raise FieldError(f"expected a DOI such as 10.1000/182, found {_shown(node)}", node)
    return bare


def pmid(node: yaml.Node) -> str:
    """Read a PubMed number, as text."""
    return _matching(node, _PMID, "a PubMed number of 1 to 9 digits")


def day_month_or_year(node: yaml.Node) -> str:
    """Read an ISO 8601 date of the calendar, to the day, the month or the year."""
    expected = "a date as 2025-08-31, 2025-08 or 2025"
    text = _matching(node, _DATE, expected)
    year, month, day = (int(part) for part in (text + "-01-01").split("-")[:3])
    try:
        date(year, month, day)
    except ValueError:
        raise FieldError(f"expected {expected}; {text} is not in the calendar", node) from None
    return text


def address(node: yaml.Node) -> str:
    """Read an address on the web; no other kind of link is ever shown."""
    text = _matching(node, _ADDRESS, "an address that begins with http:// or https://")
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    if not host:
        raise FieldError(f"expected an address with a host, found {_shown(node)}", node)
    return text


def source_id_or_address(node: yaml.Node) -> str:
    """Read who says so: a source of the library, or an address."""
    if "://" in _scalar(node, "a source id or an address"):
        return address(node)
    return source_id(node)


def tier(node: yaml.Node) -> int:
    """Read a tier of evidence, from 1 (strongest) to 10."""
    return int(_matching(node, _TIER, "a whole number from 1 to 10"))


def listed(reader: FieldReader[Value]) -> FieldReader[tuple[Value, ...]]:
    """Make a reader for a list of values of one kind."""

    def read(node: yaml.Node) -> tuple[Value, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise FieldError(f"expected a list, found {_shown(node)}", node)
        return tuple(reader(item) for item in node.value)

    return read


def _named(name: str, reader: FieldReader[object], node: yaml.Node) -> object:
    try:
        return reader(node)
    except FieldError as error:
        # The innermost field is named first; a list of trials adds nothing to it.
        known = error.reason.startswith(("field ", "unknown field"))
        raise FieldError(
            error.reason if known else f"field {name!r}: {error.reason}", error.node
        ) from None


def _matching(node: yaml.Node, pattern: re.Pattern[str], expected: str) -> str:
    text = _scalar(node, expected).strip()
    if not pattern.fullmatch(text):
        raise FieldError(f"expected {expected}; found {_shown(node)}", node)
    return text


def _scalar(node: yaml.Node, expected: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or _is_null(node):
        raise FieldError(f"expected {expected}, found {_shown(node)}", node)
    return str(node.value)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL_TAG


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "fields"
    return "nothing" if _is_null(node) else repr(str(node.value)[:_SHOWN_CHARS])


def _suggest(word: str, known: tuple[str, ...] | Mapping[str, object]) -> str:
    close = difflib.get_close_matches(word.lower(), list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
