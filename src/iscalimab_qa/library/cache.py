"""Vectors and search terms by the text they were made of: dear to make, cheap to keep.

Nothing here is a truth. What is missing is made again, so the file may be deleted at any
time; what is there was made of exactly that text by exactly that encoder.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from iscalimab_qa.library.schema import (
    CACHE_TABLES,
    CACHE_VERSION,
    connect,
    create_or_check,
    is_damage,
    journal_of,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_ROWS_AT_ONCE = 4_096
"""Vectors in memory while a matrix is written: 6 MB of them."""


class EncodingCache:
    """The encoder's and the tokenizer's work, kept between runs and saved as it is done."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use a connection that the caller opened; closing it is done here."""
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the cache; a damaged file, or one of another version, is made anew."""
        try:
            return cls(_opened(path))
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            path.unlink(missing_ok=True)
            journal_of(path).unlink(missing_ok=True)
            return cls(_opened(path))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Close on leaving the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def lacking(self, contents: Sequence[str], *, encoder: str) -> list[str]:
        """Return those of the contents that have no vector, each once, in order."""
        rows = self._connection.execute(
            "SELECT content FROM vectors WHERE encoder = ? "
            "AND content IN (SELECT value FROM json_each(?))",
            [encoder, json.dumps(contents)],
        )
        known = {content for (content,) in rows}
        return [content for content in dict.fromkeys(contents) if content not in known]

    def put_vectors(
        self, contents: Sequence[str], vectors: NDArray[np.float32], *, encoder: str
    ) -> None:
        """Save one vector a content; they last when this returns."""
        rows = (
            (content, encoder, row.tobytes())
            for content, row in zip(contents, vectors, strict=True)
        )
        with self._transaction():
            self._connection.executemany("REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def matrix(self, contents: Sequence[str], *, encoder: str) -> NDArray[np.float32]:
        """Return the vectors as rows, one a content, in order; shape (0, 0) for none.

        Raises:
            KeyError: A content has no vector.
        """
        import numpy as np  # noqa: PLC0415 (0.1 s, and an unchanged index needs none)

        rows = self._connection.execute(
            "SELECT content, vector FROM vectors WHERE encoder = ? "
            "AND content IN (SELECT value FROM json_each(?))",
            [encoder, json.dumps(contents)],
        )
        found = dict(rows.fetchall())
        joined = b"".join(found[content] for content in contents)
        width = len(joined) // len(contents) // np.dtype(np.float32).itemsize if contents else 0
        return np.frombuffer(joined, dtype=np.float32).reshape(len(contents), width)

    def write_matrix(self, path: Path, contents: Sequence[str], *, encoder: str) -> None:
        """Write the vectors to a new `.npy` file, a part at a time: a library has many units.

        Raises:
            KeyError: A content has no vector.
        """
        import numpy as np  # noqa: PLC0415 (0.1 s, and an unchanged index needs none)

        first = self.matrix(contents[:_ROWS_AT_ONCE], encoder=encoder)
        if not contents:
            np.save(path, first)
            return
        shape = (len(contents), first.shape[1])
        written = np.lib.format.open_memmap(path, "w+", dtype=np.float32, shape=shape)
        written[: len(first)] = first
        for start in range(len(first), len(contents), _ROWS_AT_ONCE):
            part = contents[start : start + _ROWS_AT_ONCE]
            written[start : start + len(part)] = self.matrix(part, encoder=encoder)
        written.flush()

    def terms(
        self,
        texts: Mapping[str, str],
        *,
        tokenizer: str,
        tokenize: Callable[[str], list[str]],
    ) -> dict[str, str]:
        """Return the terms of each content, one a line, making and saving what is not known.

        Args:
            texts: The text of each content.
            tokenizer: Names the way of cutting.
            tokenize: Cuts a text; its terms hold no line breaks.
        """
        rows = self._connection.execute(
            "SELECT content, terms FROM terms WHERE tokenizer = ? "
            "AND content IN (SELECT value FROM json_each(?))",
            [tokenizer, json.dumps(list(texts))],
        )
        known = dict(rows.fetchall())
        made = {
            content: "\n".join(tokenize(text))
            for content, text in texts.items()
            if content not in known
        }
        with self._transaction():
            self._connection.executemany(
                "REPLACE INTO terms VALUES (?, ?, ?)",
                ((content, tokenizer, terms) for content, terms in made.items()),
            )
        return known | made

    def keep_only(self, contents: Sequence[str]) -> None:
        """Forget what was made of any other text."""
        kept = json.dumps(contents)
        with self._transaction():
            for table in ("vectors", "terms"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE content NOT IN (SELECT value FROM json_each(?))",  # noqa: S608 (two names of ours)
                    [kept],
                )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def _opened(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    if create_or_check(connection, CACHE_TABLES, version=CACHE_VERSION) != CACHE_VERSION:
        connection.close()
        raise sqlite3.DatabaseError("made by another version")
    return connection
