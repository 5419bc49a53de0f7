"""Values that were dear to get, kept from run to run: a line each, in a file of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

from iscalimab_qa.errors import OutputError


class Kept:
    """Values by key; what is written stays if a run ends, and the next run goes on from it."""

    def __init__(self, path: Path | None) -> None:
        """Keep in this file, or nowhere; it is read when the block is entered."""
        self._path = path
        self._known: dict[str, Any] = {}
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Read what is kept.

        Raises:
            OutputError: The file cannot be read or written.
        """
        if self._path:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                stored = self._path.read_bytes() if self._path.exists() else b""
                self._file = self._path.open("ab")
            except OSError as error:
                raise OutputError(self._path, error) from error
            self._known = {pair.key: pair.value for pair in _pairs(stored)}
            if stored and not stored.endswith(b"\n"):
                # Or the next line would be lost together with the one that broke off.
                self._file.write(b"\n")
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._file:
            self._file.close()

    def find(self, key: str) -> Any | None:
        """Return what is kept under a key, None if nothing is."""
        return self._known.get(key)

    def keep(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold, at once.

        Raises:
            OutputError: It cannot be written, for example because the disk is full.
        """
        self._known[key] = value
        if self._file and self._path:
            try:
                self._file.write(json.dumps({"key": key, "value": value}).encode() + b"\n")
                self._file.flush()
            except OSError as error:
                raise OutputError(self._path, error) from error


class _Pair(NamedTuple):
    key: str
    value: Any


def _pairs(stored: bytes) -> Iterator[_Pair]:
    """Yield what is kept; a line that a broken run left half written is passed over."""
    for line in stored.splitlines():
        try:
            record = json.loads(line)
            yield _Pair(record["key"], record["value"])
        except (ValueError, TypeError, KeyError):
            continue
