"""Bring an index up to date with its corpus folders.

The library is written first, in one transaction; it is the truth. Vectors follow, saved as
they are made, then a generation is built from both and published. A run that is interrupted
anywhere leaves the live generation as it was, and the next one goes on from what is saved.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from iscalimab_qa.encoder import encode_in_batches
from iscalimab_qa.errors import IndexMismatchError, LibrarySchemaError
from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.gather import Gathered, gather
from iscalimab_qa.index.generations import live_folder, live_name, sweep
from iscalimab_qa.index.layout import REQUIRED_FILES, Layout
from iscalimab_qa.index.lock import WRITER_WAIT_S, writer_lock
from iscalimab_qa.index.manifest import library_state, read_manifest
from iscalimab_qa.index.progress import SILENT, Progress
from iscalimab_qa.index.publish import OnStep, Publisher
from iscalimab_qa.index.recipe import Recipe
from iscalimab_qa.index.report import IndexReport
from iscalimab_qa.index.store_process import StoreProcess
from iscalimab_qa.library import EncodingCache, Library

ENCODED_AT_ONCE = 32
"""Texts between two saves of their vectors: at most half a second of work is ever lost."""


def update_index(
    index_dir: Path,
    corpora: Sequence[Corpus],
    recipe: Recipe,
    *,
    rebuild: bool = False,
    progress: Progress = SILENT,
    on_step: OnStep = lambda _: None,
    wait_s: float = WRITER_WAIT_S,
) -> IndexReport:
    """Bring library and index in line with the corpus folders.

    With nothing changed nothing is encoded, neither encoder nor Chroma is loaded, and the
    live generation stays. Otherwise only texts without a vector are encoded.

    Args:
        index_dir: Where library, generations and lock lie; made if it is missing.
        corpora: The corpus folders, first ones first.
        recipe: How files become an index.
        rebuild: Read, cut and encode everything anew. Also sets aside a library that
            cannot be used, and takes over from another encoder or splitter.
        progress: Shows how far reading, embedding and publishing are.
        on_step: Told `library-written`, `embedded`, `generation-written`, `verified`,
            `before-switch` and `after-switch` as each is done.
        wait_s: How long to wait for another writer.

    Returns:
        What changed and what was left out; a file that cannot be read is no failure.

    Raises:
        CorpusNotFoundError: A corpus folder is missing.
        IndexBusyError: Another process writes.
        IndexMismatchError: Encoder or splitter changed, and `rebuild` is not asked for.
        LibrarySchemaError: The library cannot be used, and `rebuild` is not asked for.
        EncoderError: The encoder cannot be had, and something has to be encoded.
        IndexDamagedError: What was built failed its check; the live generation stays.
        IndexNotWrittenError: The folder cannot be written to.
    """
    started = time.monotonic()
    layout = Layout(index_dir)
    with writer_lock(layout, wait_s), _library(layout, rebuild) as library:
        sweep(layout)
        update = _Update(layout, library, recipe, rebuild, progress, on_step)
        gathered = update.gather(corpora)
        outcome = update.publish()
        sweep(layout)
        return _report(library, gathered, outcome, layout, time.monotonic() - started)


class _Outcome(NamedTuple):
    """How many texts were encoded, and whether a generation was published."""

    embedded: int
    published: bool


@dataclass(frozen=True, slots=True)
class _Update:
    layout: Layout
    library: Library
    recipe: Recipe
    rebuild: bool
    progress: Progress
    on_step: OnStep

    def gather(self, corpora: Sequence[Corpus]) -> Gathered:
        """Write the library in one transaction."""
        recipe = self.recipe
        if not self.rebuild:
            self._require_same_makers()
        with self.library.transaction():
            gathered = gather(
                self.library, corpora, recipe, rebuild=self.rebuild, progress=self.progress
            )
            made_by = recipe.made_by
            self.library.set_meta(
                {"encoder": made_by.encoder, "splitter": made_by.splitter, "reader": recipe.reader}
            )
        self.on_step("library-written")
        return gathered

    def publish(self) -> _Outcome:
        """Publish the library, unless the live generation is it already."""
        if not self.rebuild and self._is_live():
            return _Outcome(embedded=0, published=False)
        # The process warms up while texts are encoded.
        with StoreProcess() as store, EncodingCache.open(self.layout.cache) as cache:
            embedded = self._embed(cache)
            self.on_step("embedded")
            publisher = Publisher(
                self.layout, self.library, cache, self.recipe, self.progress, self.on_step
            )
            publisher.publish(store, afresh=self.rebuild)
            if self.rebuild:
                cache.keep_only(self.library.contents())
        return _Outcome(embedded, published=True)

    def _require_same_makers(self) -> None:
        built_with, asked_for = self.library.meta(), self.recipe.made_by._asdict()
        for part in ("encoder", "splitter"):
            built = built_with.get(part, asked_for[part])
            if built != asked_for[part]:
                raise IndexMismatchError(
                    self.layout.root, part=part, built_with=built, asked_for=asked_for[part]
                )

    def _is_live(self) -> bool:
        folder = live_folder(self.layout)
        if folder is None or not all((folder / name).exists() for name in REQUIRED_FILES):
            return False
        manifest = read_manifest(folder)
        state = library_state(self.library.digests(), self.recipe)
        return manifest is not None and manifest.state == state

    def _embed(self, cache: EncodingCache) -> int:
        """Encode what has no vector yet, or everything in a rebuild; return how many texts."""
        identity = self.recipe.made_by.encoder
        # In the order of their keys, which is none: long texts and short ones come mixed, so
        # that what is done and what is left tell how long it will take.
        contents = self.library.contents()
        if not self.rebuild:
            contents = cache.lacking(contents, encoder=identity)
        if not contents:
            return 0
        with self.progress.phase("Embedding", len(contents)) as advance:
            texts = self.library.encoded_texts(contents)
            wanted = [texts[content] for content in contents]
            done = 0
            for rows in encode_in_batches(
                self.recipe.encoder.embeddings, wanted, size=ENCODED_AT_ONCE
            ):
                cache.put_vectors(contents[done : done + len(rows)], rows, encoder=identity)
                done += len(rows)
                advance(len(rows))
        return len(contents)


@contextmanager
def _library(layout: Layout, rebuild: bool) -> Iterator[Library]:
    """Open the library; a rebuild sets one aside that cannot be used."""
    try:
        library = Library.open(layout.library)
        if rebuild:
            library.require_sound(layout.library)
    except LibrarySchemaError:
        if not rebuild:
            raise
        Library.set_aside(layout.library)
        library = Library.open(layout.library)
    with library:
        yield library


def _report(
    library: Library, gathered: Gathered, outcome: _Outcome, layout: Layout, seconds: float
) -> IndexReport:
    twice = [
        f"{kind} {value} is that of several sources: {', '.join(ids)}"
        for kind, value, ids in library.shared_identifiers()
    ]
    return IndexReport(
        added=gathered.added,
        changed=gathered.changed,
        removed=gathered.removed,
        skipped=gathered.skipped,
        warnings=(*gathered.warnings, *twice),
        sources=len(library.digests()),
        passages=len(library.passage_ids()),
        embedded=outcome.embedded,
        generation=live_name(layout) or "",
        published=outcome.published,
        seconds=seconds,
    )
