"""Markdown -> text and blocks."""

from __future__ import annotations

from iscalimab_qa.sources.builder import Built


def read_markdown(text: str) -> Built:
    """Read Markdown whose front matter is already cut off (stub)."""
    raise NotImplementedError
