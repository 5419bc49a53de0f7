"""Question and statement -> does the one answer the other? A small cross encoder says."""

from iscalimab_qa.reader.pairing import Statement
from iscalimab_qa.reader.reader import Reader, shipped_reader

__all__ = ["Reader", "Statement", "shipped_reader"]
