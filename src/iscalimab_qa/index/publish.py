"""Build a generation beside the live one, have it checked, and make it live.

Whatever happens before the switch, the live generation is not touched; after it, the new
one is whole. What is left lying when the process dies in between is swept by the next run.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from iscalimab_qa.errors import IndexDamagedError
from iscalimab_qa.index.generations import (
    live_folder,
    make_draft,
    next_name,
    switch,
    sync,
    sync_tree,
)
from iscalimab_qa.index.layout import (
    BM25_NAME,
    CHROMA_NAME,
    SNAPSHOT_NAME,
    UNIT_VECTORS_NAME,
    VECTORS_NAME,
    Layout,
)
from iscalimab_qa.index.lexical import write_lexical
from iscalimab_qa.index.manifest import Manifest, library_state, read_manifest
from iscalimab_qa.index.progress import Progress
from iscalimab_qa.index.recipe import Recipe
from iscalimab_qa.index.store_process import StoreProcess
from iscalimab_qa.index.words import write_words
from iscalimab_qa.library import EncodingCache, Library, LibraryReader
from iscalimab_qa.library.reader import PassageChanges, StoredPassage

_PATCHED_SHARE = 5
"""Chroma is built afresh when more than one passage in this many was put or taken out since
the last time: its graph keeps the places of what was taken out, and finds less and less."""

_PATCH_FROM = 1_000
"""Passages from which a copied and patched store is quicker than a new one, which takes 1.4 ms
a passage. Below, patching would gain nothing, and it was seen to lose neighbours."""

_STORE_LIBRARIES = ("bm25s", "chromadb")
"""What writes the files of a generation; a store is patched only by the version that made it."""

OnStep = Callable[[str], None]
"""Told the name of each step of an update when it is done, for tests that interrupt it."""


class _StorePlan(NamedTuple):
    """How Chroma's part comes about: from which generation, and by what changes to it."""

    base: Path | None
    changes: PassageChanges
    patched: int


@dataclass(frozen=True, slots=True)
class Publisher:
    """All that a publication works with.

    Attributes:
        layout: The index folder.
        library: Committed; what it holds is what is published.
        cache: Holds a vector for every passage and every unit that is cited.
        recipe: What made the library.
        progress: Told of every passage that is put into Chroma.
        on_step: Told of each step that is done.
    """

    layout: Layout
    library: Library
    cache: EncodingCache
    recipe: Recipe
    progress: Progress
    on_step: OnStep

    def publish(self, store: StoreProcess, *, afresh: bool) -> str:
        """Publish the library as the live generation and return its name.

        Args:
            store: A process that is warming up, for the first attempt.
            afresh: Build Chroma anew, even where the live one could be patched.

        Raises:
            IndexDamagedError: What was built failed its check; the live one stays.
        """
        with self._draft() as draft:
            passages = list(self.library.stored_passages())
            self._write_rows(draft, passages)
            plan = self._plan(draft, passages, afresh=afresh)
            problem = self._finish(draft, passages, plan, store)
            if problem:
                # The base of a patch may have been damaged, and chance has a part in the
                # graph of a new one; the passages are all here.
                shutil.rmtree(draft / CHROMA_NAME, ignore_errors=True)
                with StoreProcess() as another:
                    problem = self._finish(draft, passages, _afresh(passages), another)
            if problem:
                raise IndexDamagedError(self.layout.root, problem)
            return self._make_live(draft)

    @contextmanager
    def _draft(self) -> Iterator[Path]:
        """Make a draft, and take away what is left of it."""
        draft = make_draft(self.layout)
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _write_rows(self, draft: Path, passages: Sequence[StoredPassage]) -> None:
        """Write the snapshot, and the vectors of its passages and units in their order."""
        self.library.write_snapshot(draft / SNAPSHOT_NAME)
        encoder = self.recipe.made_by.encoder
        contents = [passage.content for passage in passages]
        self.cache.write_matrix(draft / VECTORS_NAME, contents, encoder=encoder)
        contents = self.library.unit_contents()
        self.cache.write_matrix(draft / UNIT_VECTORS_NAME, contents, encoder=encoder)

    def _plan(self, draft: Path, passages: Sequence[StoredPassage], *, afresh: bool) -> _StorePlan:
        """Decide whether to patch a copy of the live store or to build one afresh."""
        base = live_folder(self.layout)
        manifest = read_manifest(base) if base else None
        afresh = afresh or len(passages) < _PATCH_FROM
        if afresh or base is None or manifest is None or not self._can_patch(manifest):
            return _afresh(passages)
        try:
            with LibraryReader.open_snapshot(draft / SNAPSHOT_NAME) as library:
                changes = library.changes_since(base / SNAPSHOT_NAME)
        except sqlite3.DatabaseError:  # a damaged base
            return _afresh(passages)
        patched = manifest.patched + len(changes.put) + len(changes.gone)
        if patched * _PATCHED_SHARE > len(passages):
            return _afresh(passages)
        return _StorePlan(base, changes, patched)

    def _can_patch(self, base: Manifest) -> bool:
        """Tell whether passages that have not changed stand in a store as they would now."""
        theirs, ours = base.made_by, self.recipe.made_by
        return (theirs.encoder, theirs.splitter, base.versions) == (
            ours.encoder,
            ours.splitter,
            _versions(),
        )

    def _finish(
        self,
        draft: Path,
        passages: Sequence[StoredPassage],
        plan: _StorePlan,
        store: StoreProcess,
    ) -> str | None:
        """Write what is missing from a draft and return what its check finds wrong, if it does."""
        with self.progress.phase("Publishing", len(plan.changes.put)) as advance:
            store.order_write(draft, plan.base, plan.changes)
            self._write_lexical(draft, passages)
            write_words(draft, self.library.passage_texts())
            if problem := store.result(advance):
                return problem
            self._manifest(draft, plan.patched).write(draft)
            sync_tree(draft)
            self.on_step("generation-written")
            store.order_check(draft)
            if problem := store.result(advance):
                return problem
            self.on_step("verified")
        return None

    def _write_lexical(self, draft: Path, passages: Sequence[StoredPassage]) -> None:
        """Write the bm25 index, from terms that are kept by content as vectors are."""
        texts = {passage.content: passage.encoded for passage in passages}
        terms = self.cache.terms(
            texts, tokenizer=self.recipe.tokenizer, tokenize=self.recipe.tokenize
        )
        write_lexical(draft / BM25_NAME, [terms[passage.content] for passage in passages])

    def _manifest(self, draft: Path, patched: int) -> Manifest:
        import numpy as np  # noqa: PLC0415

        digests = self.library.digests()
        rows, dimensions = np.load(draft / VECTORS_NAME, mmap_mode="r").shape
        return Manifest(
            state=library_state(digests, self.recipe),
            made_by=self.recipe.made_by,
            sources=len(digests),
            passages=rows,
            dimensions=dimensions,
            patched=patched,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            versions=_versions(),
        )

    def _make_live(self, draft: Path) -> str:
        name = next_name(self.layout, library_state(self.library.digests(), self.recipe))
        draft.rename(self.layout.generations / name)
        sync(self.layout.generations)
        self.on_step("before-switch")
        switch(self.layout, name)
        self.on_step("after-switch")
        return name


def _afresh(passages: Sequence[StoredPassage]) -> _StorePlan:
    return _StorePlan(None, PassageChanges([passage.passage_id for passage in passages], []), 0)


def _versions() -> dict[str, str]:
    return {name: version(name) for name in _STORE_LIBRARIES}
