"""What lies where under an index folder; nothing of an index lies anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SNAPSHOT_NAME = "library.sqlite"
VECTORS_NAME = "vectors.npy"
UNIT_VECTORS_NAME = "unit_vectors.npy"
CHROMA_NAME = "chroma"
BM25_NAME = "bm25"
ABBREVIATIONS_NAME = "abbreviations.json"
WORD_COUNTS_NAME = "words.json"
MANIFEST_NAME = "manifest.json"
LEASES_NAME = "leases"


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths under one index folder."""

    root: Path

    @property
    def library(self) -> Path:
        """The truth: sources, passages, units."""
        return self.root / "library.sqlite"

    @property
    def cache(self) -> Path:
        """Vectors and terms by content."""
        return self.root / "cache.sqlite"

    @property
    def generations(self) -> Path:
        """One folder a generation."""
        return self.root / "generations"

    @property
    def pointer(self) -> Path:
        """The file that names the live generation."""
        return self.root / "current"

    @property
    def writer_lock(self) -> Path:
        """Held by the one who writes."""
        return self.root / "writer.lock"

    @property
    def readers_lock(self) -> Path:
        """Held for the moment in which a reader takes, or the writer counts, the leases."""
        return self.root / "readers.lock"


REQUIRED_FILES = (
    SNAPSHOT_NAME,
    VECTORS_NAME,
    UNIT_VECTORS_NAME,
    ABBREVIATIONS_NAME,
    WORD_COUNTS_NAME,
    MANIFEST_NAME,
    f"{CHROMA_NAME}/chroma.sqlite3",
)
"""What every generation has; the lexical index is missing where no passage has a word."""
