"""The collection that most of these tests search."""

from __future__ import annotations

import pytest
from memory_collection import FACTS, TEXTS, MemoryCollection


@pytest.fixture
def collection() -> MemoryCollection:
    """Six passages of three sources."""
    return MemoryCollection(TEXTS, FACTS)
