"""One small corpus and the index over it, made afresh for each test."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from index_support import FakeEncoder, StoreInProcess, corpus_at, make_recipe, write_document

from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.gather import Gathered, gather
from iscalimab_qa.index.generation import Generation, open_generation
from iscalimab_qa.index.layout import Layout
from iscalimab_qa.index.lock import writer_lock
from iscalimab_qa.index.progress import SILENT
from iscalimab_qa.index.recipe import Recipe
from iscalimab_qa.index.report import IndexReport
from iscalimab_qa.index.update import update_index
from iscalimab_qa.library import Library


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

    def gather(self, recipe: Recipe | None = None) -> Gathered:
        """Bring the library up to date and publish nothing, which takes milliseconds."""
        layout = Layout(self.index_dir)
        recipe = recipe or make_recipe(self.encoder)
        with writer_lock(layout), Library.open(layout.library) as library, library.transaction():
            gathered = gather(library, self.corpora, recipe, rebuild=False, progress=SILENT)
            library.set_meta({"reader": recipe.reader})
            return gathered

    def text_of(self, source_id: str) -> str:
        with Library.open(Layout(self.index_dir).library) as library:
            source = library.source(source_id)
            assert source is not None
            return source.text

    def origin_of(self, source_id: str) -> str:
        with Library.open(Layout(self.index_dir).library) as library:
            return library.origins()[source_id][1]

    def open(self) -> Generation:
        return open_generation(self.index_dir)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A corpus of two documents that is not indexed yet; Chroma runs in this process."""
    monkeypatch.setattr("iscalimab_qa.index.update.StoreProcess", StoreInProcess)
    monkeypatch.setattr("iscalimab_qa.index.publish.StoreProcess", StoreInProcess)
    # Patch small stores too; only in production is it not worth while.
    monkeypatch.setattr("iscalimab_qa.index.publish._PATCH_FROM", 0)
    return filled(Shelf(tmp_path))


@pytest.fixture
def real_shelf(tmp_path: Path) -> Shelf:
    """The same, with Chroma in a process of its own, as in production."""
    return filled(Shelf(tmp_path))


def filled(shelf: Shelf) -> Shelf:
    shelf.write("alpha.md", "The antibody lowered the score by 3.1 points.", "IL-6 fell.")
    shelf.write("beta.md", "Placebo made no difference.")
    return shelf
