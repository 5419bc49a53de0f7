"""A quick look at whether the corpus has changed since it was indexed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.files import changed_files, list_files
from iscalimab_qa.index.layout import Layout
from iscalimab_qa.library import LibraryReader


def stale_files(index_dir: Path, corpora: Sequence[Corpus]) -> tuple[str, ...]:
    """Return the paths of files that are new, changed or gone since they were indexed.

    Only names, sizes and times are looked at. While another process writes the library, or
    after it was interrupted in that, nothing can be said and nothing is returned.

    Raises:
        CorpusNotFoundError: A corpus folder is missing.
    """
    listing = list_files(corpora)
    try:
        with LibraryReader.open_shared(Layout(index_dir).library) as library:
            records = library.files()
    except sqlite3.Error:
        return ()
    return tuple(changed_files(listing, records))
