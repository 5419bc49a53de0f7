from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from index_support import StoreInProcess

from iscalimab_qa.errors import IndexDamagedError
from iscalimab_qa.index import store

if TYPE_CHECKING:
    from conftest import Shelf

BYTES_OF_A_NODE = 1_536
"""A vector of 384 numbers of four bytes; its links come on top."""


def graph_bytes(shelf: Shelf) -> int:
    with shelf.open() as generation:
        return sum(path.stat().st_size for path in generation.folder.rglob("data_level0.bin"))


def test_the_graph_that_is_checked_lies_on_disk_whole(shelf: Shelf) -> None:
    # More than the 100 nodes that Chroma sets aside from the start, and fewer than the
    # 1,000 changes after which it would write the graph by itself.
    for number in range(150):
        shelf.write(f"doc{number:03d}.md", f"Finding number {number}.")
    shelf.update()
    assert graph_bytes(shelf) >= 153 * BYTES_OF_A_NODE
    for number in range(150, 170):
        shelf.write(f"doc{number:03d}.md", f"Finding number {number}.")
    shelf.update()
    with shelf.open() as generation:
        assert generation.manifest.patched == 20
    assert graph_bytes(shelf) >= 173 * BYTES_OF_A_NODE


def test_a_small_store_that_does_not_reach_every_passage_is_built_again(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    look = StoreInProcess.order_check

    def look_twice(self: StoreInProcess, folder) -> None:
        looks.append(folder.name)
        look(self, folder)
        if len(looks) == 1:
            self._work = lambda _: "Chroma reaches 2 of 3 passages from alpha#18-63"

    monkeypatch.setattr(StoreInProcess, "order_check", look_twice)
    assert shelf.update().published
    assert len(looks) == 2


def test_what_fails_its_check_twice_is_not_published(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shelf.update()
    shelf.write("gamma.md", "One more finding.")
    monkeypatch.setattr(
        StoreInProcess, "order_check", lambda self, _: setattr(self, "_work", lambda _: "lost one")
    )
    with pytest.raises(IndexDamagedError, match="lost one"):
        shelf.update()
    with shelf.open() as generation:
        assert generation.name == first.generation


def test_the_check_sees_a_passage_that_is_not_reached(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.update()
    with shelf.open() as generation:
        assert store.check_generation(generation.folder) is None
        import chromadb

        query = chromadb.Collection.query

        def forgetful(self, **options):
            found = query(self, **options)
            return found | {"ids": [found["ids"][0][:-1]]}

        monkeypatch.setattr(chromadb.Collection, "query", forgetful)
        problem = store.check_generation(generation.folder)
        assert problem == f"Chroma reaches 2 of 3 passages from {generation.ids[0]}"


def test_the_check_sees_vectors_that_stand_for_other_passages(shelf: Shelf) -> None:
    import numpy as np

    shelf.update()
    with shelf.open() as generation:
        path = generation.folder / "vectors.npy"
        np.save(path, np.roll(np.load(path), 1, axis=0))
        problem = store.check_generation(generation.folder)
        assert problem is None or "by its own vector" in problem
        np.save(path, np.load(path)[:-1])
        assert store.check_generation(generation.folder) == "2 vectors for 3 passages"


def test_a_small_store_is_not_patched(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iscalimab_qa.index.publish._PATCH_FROM", 1_000)
    for number in range(12):
        shelf.write(f"doc{number:02d}.md", f"Finding number {number}.")
    shelf.update()
    shelf.write("gamma.md", "One more finding.")
    shelf.update()
    with shelf.open() as generation:
        assert generation.manifest.patched == 0
