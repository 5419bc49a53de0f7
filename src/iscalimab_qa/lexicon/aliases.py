"""Read the curated files of aliases, and a user's own beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, cast, get_args

from iscalimab_qa.errors import AliasesError

AliasKind = Literal["drug", "target", "trial", "measure", "disease", "term", "plain"]
"""What is named. `plain` are everyday words, which ask for technical ones."""

EXACT_KINDS = frozenset({"drug", "target", "trial"})
"""Proper names: they have no inflection, so none is looked through."""

_SHIPPED = "curated"
"""The folder of the shipped files; their form is told in its README."""


@dataclass(frozen=True, slots=True)
class AliasGroup:
    """Names that lead to other names.

    Whoever says one of `says` also means each of `means`. For names of the same thing both
    hold all of them; for everyday words `means` holds the technical terms only.
    """

    kind: AliasKind
    says: tuple[str, ...]
    means: tuple[str, ...]


@cache
def shipped_aliases() -> tuple[AliasGroup, ...]:
    """Return the groups of the files that come with the package, file by file."""
    folder = files("iscalimab_qa.lexicon").joinpath(_SHIPPED)
    shipped = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=_name)
    return tuple(
        group
        for each in shipped
        for group in _groups(each.read_text(encoding="utf-8"), Path(_SHIPPED, each.name))
    )


def _name(file: Traversable) -> str:
    return file.name


def read_aliases(path: Path) -> tuple[AliasGroup, ...]:
    """Return the groups of a user's file, which has the form of the shipped ones.

    Raises:
        AliasesError: The file cannot be read, is not TOML, or breaks the form.
    """
    try:
        return tuple(_groups(path.read_text(encoding="utf-8"), path))
    except (OSError, UnicodeDecodeError) as error:
        raise AliasesError(path, f"it cannot be read: {error}") from error


def _groups(text: str, path: Path) -> Iterator[AliasGroup]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AliasesError(path, str(error)) from error
    if unknown := tables.keys() - {"same", "plain"}:
        raise AliasesError(path, f"unknown table {min(unknown)!r}, expected [[same]] or [[plain]]")
    for entry in _entries(tables, "same", path):
        names = _names(entry, "names", path)
        yield AliasGroup(_kind(entry, path), names, names)
    for entry in _entries(tables, "plain", path):
        yield AliasGroup("plain", _names(entry, "says", path), _names(entry, "asks_for", path))


def _entries(tables: Mapping[str, Any], table: str, path: Path) -> list[dict[str, Any]]:
    expected = {"same": {"kind", "names"}, "plain": {"says", "asks_for"}}[table]
    entries = tables.get(table, [])
    for entry in entries if isinstance(entries, list) else [entries]:
        if not isinstance(entry, dict) or entry.keys() != expected:
            raise AliasesError(path, f"[[{table}]] needs {' and '.join(sorted(expected))}: {entry}")
    return list(entries)


def _kind(entry: Mapping[str, Any], path: Path) -> AliasKind:
    kinds = [kind for kind in get_args(AliasKind) if kind != "plain"]
    if entry["kind"] not in kinds:
        raise AliasesError(path, f"unknown kind {entry['kind']!r}, expected {', '.join(kinds)}")
    return cast("AliasKind", entry["kind"])


def _names(entry: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    names = entry[key]
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise AliasesError(path, f"{key} must be a list of names: {names!r}")
    if blank := [name for name in names if not any(char.isalnum() for char in name)]:
        raise AliasesError(path, f"a name needs a letter or a digit: {blank[0]!r}")
    return tuple(names)
