"""One small corpus and the index over it, made afresh for each test."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from index_support import FakeEncoder, corpus_at, make_recipe, write_document

from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.generation import Generation, open_generation
from iscalimab_qa.index.report import IndexReport
from iscalimab_qa.index.update import update_index


@dataclass
class Shelf:
    """A corpus, its index, and the encoder that counts what it is asked for."""

    folder: Path
    encoder: FakeEncoder = field(default_factory=FakeEncoder)

    def __post_init__(self) -> None:
        self.corpus = corpus_at(self.folder / "corpus")
        self.index_dir = self.folder / "index"
        self.corpora: list[Corpus] = [self.corpus]

    def write(self, name: str, *facts: str) -> Path:
        return write_document(self.corpus, name, *facts)

    def update(self, **options: Any) -> IndexReport:
        recipe = options.pop("recipe", None) or make_recipe(self.encoder)
        return update_index(self.index_dir, self.corpora, recipe, **options)

    def open(self) -> Generation:
        return open_generation(self.index_dir)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A corpus of two documents that is not indexed yet."""
    shelf = Shelf(tmp_path)
    shelf.write("alpha.md", "The antibody lowered the score by 3.1 points.", "IL-6 fell.")
    shelf.write("beta.md", "Placebo made no difference.")
    return shelf
