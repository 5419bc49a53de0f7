"""What a document says of itself: front matter, or a sidecar of the same fields.

Front matter is YAML between two lines `---` at the very top of a document. It is read from
the syntax tree, not from loaded values, so that every complaint names its line and a value
keeps its spelling (`0408` is no octal number, `no` is no boolean).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

import yaml

from iscalimab_qa.errors import FrontMatterError
from iscalimab_qa.sources import fields
from iscalimab_qa.sources.values import (
    ReadFrom,
    SourceKind,
    SourceMetadata,
    TextKind,
    TrialRecord,
    TrialStatus,
)
from iscalimab_qa.sources.yaml_tree import TreeError, compose, line_of

_OPENING = re.compile(r"---[ \t]*\n(?=[^\s-])")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_FIRST_FIELD = re.compile(r"(?:#.*\n)*[A-Za-z_][\w -]{0,40}:(?:[ \t]|\n|\Z)")

_STRONGEST_TIER: Mapping[str, int] = {"full text": 1, "abstract": 2, "registry": 2, "secondary": 8}
"""The best tier a digest can have, by what its writer had before them: reading less than the
source can only weaken what it says."""

_REQUIRED_OF_A_DIGEST = ("id", "title", "kind", "text_kind", "read_from")


class FrontMatter(NamedTuple):
    """A document cut in two; `first_line` is the 1-based line of the file `yaml_text` starts on."""

    yaml_text: str
    first_line: int
    body: str


class Described(NamedTuple):
    """The id a document gives itself, if any, and its bibliographic data."""

    source_id: str | None
    metadata: SourceMetadata


def split_front_matter(text: str, path: Path) -> FrontMatter | None:
    """Cut the front matter off; None where the document has none.

    Front matter opens with a line `---` at the very top and a field on the next line, so a
    document that merely begins with a rule is not taken for one.

    Args:
        text: The document's text.
        path: Named in the error only.

    Raises:
        FrontMatterError: If front matter opens and never closes.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    opening = _OPENING.match(text)
    if not opening:
        return None
    closing = _CLOSING.search(text, opening.end())
    inside = text[opening.end() : closing.start() if closing else None]
    if not _opens_with_a_field(inside, closed=closing is not None):
        return None
    if not closing:
        reason = "front matter opens with '---' and never closes; end it with a line '---'"
        raise FrontMatterError(path, reason, line=1)
    return FrontMatter(inside, 2, text[closing.end() :])


def parse_metadata(
    yaml_text: str, path: Path, *, first_line: int, fallback_title: str
) -> Described:
    """Check the fields of a front matter or sidecar and return what they say.

    The tier of a digest is never stronger than what its writer had read allows.

    Args:
        yaml_text: The YAML, possibly empty: no field is required of an original.
        path: Named in the error.
        first_line: The 1-based line of the file that `yaml_text` starts on.
        fallback_title: The title of a document that does not give one.

    Raises:
        FrontMatterError: With the line, for text that is no plain YAML, an unknown or doubled
            field, a value of the wrong kind, or a digest that lacks a required field.
    """
    try:
        return _described(compose(yaml_text), fallback_title)
    except TreeError as error:
        reason, line = error.reason, error.line
    except fields.FieldError as error:
        reason, line = error.reason, line_of(error.node)
    raise FrontMatterError(path, reason, line=first_line + line - 1)


def _opens_with_a_field(inside: str, *, closed: bool) -> bool:
    """Tell fields from prose; between two rules, a known field on any line tells as well."""
    if _FIRST_FIELD.match(inside):
        return True
    starts = (line.partition(":")[0] for line in inside.splitlines() if ":" in line)
    return closed and "\n\n" not in inside and any(start in _FIELDS for start in starts)


def _described(root: yaml.Node | None, fallback_title: str) -> Described:
    values = fields.mapping(root, _FIELDS) if root is not None else {}
    if root is not None and values.get("text_kind") == "digest":
        _require(values, _REQUIRED_OF_A_DIGEST, root, "a digest")
    source_id = cast("str | None", values.pop("id", None))
    metadata = SourceMetadata(**cast("dict[str, Any]", {"title": fallback_title, **values}))
    return Described(source_id, _with_capped_tier(metadata))


def _require(
    values: Mapping[str, object], required: tuple[str, ...], node: yaml.Node, what: str
) -> None:
    missing = [name for name in required if name not in values]
    if missing:
        raise fields.FieldError(f"{what} must also have: {', '.join(missing)}", node)


def _with_capped_tier(metadata: SourceMetadata) -> SourceMetadata:
    if metadata.text_kind != "digest" or metadata.tier is None or metadata.read_from is None:
        return metadata
    return replace(metadata, tier=max(metadata.tier, _STRONGEST_TIER[metadata.read_from]))


def _trial(node: yaml.Node) -> TrialRecord:
    values = fields.mapping(node, _TRIAL_FIELDS)
    _require(values, ("id",), node, "a trial")
    if "status" in values:
        _require(values, ("status_source",), node, "a trial with a status")
    values["trial_id"] = values.pop("id")
    return TrialRecord(**cast("dict[str, Any]", values))


_TRIAL_FIELDS: Mapping[str, fields.FieldReader[object]] = {
    "id": fields.one_text,
    "aliases": fields.names,
    "indication": fields.one_text,
    "phase": fields.one_text,
    "status": fields.choice(get_args(TrialStatus)),
    "status_date": fields.day_month_or_year,
    "reason": fields.one_text,
    "status_source": fields.source_id_or_address,
}

_FIELDS: Mapping[str, fields.FieldReader[object]] = {
    "id": fields.source_id,
    "title": fields.title,
    "kind": fields.choice(get_args(SourceKind)),
    "authors": fields.names,
    "container": fields.one_text,
    "published": fields.day_month_or_year,
    "doi": fields.doi,
    "pmid": fields.pmid,
    "trials": fields.listed(_trial),
    "url": fields.address,
    "tier": fields.tier,
    "text_kind": fields.choice(get_args(TextKind)),
    "read_from": fields.choice(get_args(ReadFrom)),
    "accessed": fields.day_month_or_year,
    "notes": fields.texts,
}
