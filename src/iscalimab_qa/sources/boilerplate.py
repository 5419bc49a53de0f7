"""Tell what a document says from what merely surrounds it."""

from __future__ import annotations

from collections.abc import Sequence

from iscalimab_qa.sources.values import Block


def mark_boilerplate(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with contact, marketing, legal and navigation lines marked (stub)."""
    return tuple(blocks)


def mark_references(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the lines of reference lists marked; call it last (stub)."""
    return tuple(blocks)
