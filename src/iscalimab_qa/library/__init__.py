"""The truth for the index: sources, passages and units in SQLite, and vectors by content."""

from iscalimab_qa.library.cache import EncodingCache
from iscalimab_qa.library.reader import FileRecord, LibraryReader, SourceRecord
from iscalimab_qa.library.writer import Library

__all__ = ["EncodingCache", "FileRecord", "Library", "LibraryReader", "SourceRecord"]
