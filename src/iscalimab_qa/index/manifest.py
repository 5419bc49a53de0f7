"""What a generation says of itself: what it was made of, by what, and how large it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from iscalimab_qa.index.layout import MANIFEST_NAME
from iscalimab_qa.index.recipe import MadeBy, Recipe

FORMAT = 1
"""Raised when the files of a generation change; one of another format is made anew."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation's own account.

    Attributes:
        state: SHA-256 (hex) of the library's sources and of what made the index; equal
            states answer every question alike.
        made_by: Encoder, splitter and tokenizer.
        sources: How many sources it holds.
        passages: How many passages, which is the number of rows of every part of it.
        dimensions: Length of a vector; 0 in an empty index.
        patched: Passages put into or taken out of Chroma since it was last built afresh.
        created: When it was made, ISO 8601, UTC.
        versions: The libraries whose files it holds.
    """

    state: str
    made_by: MadeBy
    sources: int
    passages: int
    dimensions: int
    patched: int
    created: str
    versions: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Write the manifest into a generation's folder."""
        fields = asdict(self) | {"format": FORMAT, "made_by": self.made_by._asdict()}
        text = json.dumps(fields, indent=2) + "\n"
        (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """Read a generation's manifest; None if there is none that this program understands."""
    try:
        fields: dict[str, Any] = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        if fields.pop("format") != FORMAT:
            return None
        return Manifest(made_by=MadeBy(**fields.pop("made_by")), **fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def library_state(digests: Mapping[str, str], recipe: Recipe) -> str:
    """Return the SHA-256 (hex) of what a library holds and of what makes an index of it.

    Args:
        digests: Each source's digest, which covers its metadata, text and blocks.
        recipe: Names its reader, splitter, encoder and tokenizer.
    """
    account = [sorted(digests.items()), recipe.reader, list(recipe.made_by)]
    return hashlib.sha256(json.dumps(account).encode("ascii")).hexdigest()
