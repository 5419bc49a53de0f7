"""From which folder each source comes, and which sources are left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from iscalimab_qa.index.layout import Layout
from iscalimab_qa.library import LibraryReader


class LeftOut(NamedTuple):
    """A source that was removed from a folder that cannot be written to; `path` is under it."""

    source_id: str
    corpus: str
    path: str


class Holdings(NamedTuple):
    """Corpus keys by source id, and the sources left out, in order of id."""

    corpus_of: Mapping[str, str]
    left_out: tuple[LeftOut, ...]


def holdings(index_dir: Path) -> Holdings:
    """Look into the library; while another process writes it, nothing can be said."""
    try:
        with LibraryReader.open_shared(Layout(index_dir).library) as library:
            excluded, files = library.excluded(), library.files().values()
            corpus_of = {source: corpus for source, (corpus, _) in library.origins().items()}
    except sqlite3.Error:
        return Holdings(MappingProxyType({}), ())
    left_out = (
        LeftOut(record.source_id, record.corpus, record.path)
        for record in files
        if record.source_id and (record.corpus, record.source_id) in excluded
    )
    return Holdings(MappingProxyType(corpus_of), tuple(sorted(left_out)))
