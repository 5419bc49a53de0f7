"""The corpus folders of a run, and which of them may be written to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from iscalimab_qa.settings import Settings

SHIPPED_KEY = "shipped"
"""The starting corpus by a name that stays the same when the program is installed anew."""


class Corpus(NamedTuple):
    """A folder of documents.

    `key` names it in the library. Into a `writable` one `add` copies, and there alone
    `remove` deletes. A folder that is not `required` may be missing and counts as empty.
    """

    folder: Path
    key: str
    writable: bool
    required: bool = True


def corpora(settings: Settings) -> tuple[Corpus, ...]:
    """Return the folders named in the settings, else the shipped and the user's own.

    A folder that was named is the user's to write to, the shipped one as well: so a
    librarian adds to the starting corpus of a checkout. Not named, it is read only.
    """
    from iscalimab_qa.settings import (  # noqa: PLC0415 (pydantic, 0.2 s)
        corpus_folders,
        shipped_corpus,
    )

    folders = corpus_folders(settings)
    if settings.corpus:
        return tuple(Corpus(folder, str(folder), _may_write(folder)) for folder in folders)
    shipped = shipped_corpus().resolve()
    return tuple(
        Corpus(folder, SHIPPED_KEY, writable=False)
        if folder == shipped
        else Corpus(folder, str(folder), writable=True, required=False)
        for folder in folders
    )


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK)
