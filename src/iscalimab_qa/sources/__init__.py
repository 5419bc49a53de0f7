"""Documents: from a folder of files to `Source` values that every later stage rests on."""

from iscalimab_qa.sources.folder import (
    Candidate,
    FileBytes,
    FileStat,
    Walk,
    read_bytes_stably,
    walk_corpus,
)
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Block, Source, SourceMetadata, Span, Table, TableRow

__all__ = [
    "Block",
    "Candidate",
    "FileBytes",
    "FileStat",
    "Source",
    "SourceMetadata",
    "Span",
    "Table",
    "TableRow",
    "Walk",
    "read_bytes_stably",
    "read_source",
    "walk_corpus",
]
