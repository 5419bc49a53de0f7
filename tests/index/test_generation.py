from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from iscalimab_qa.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    SourceNotFoundError,
)
from iscalimab_qa.index.generation import open_generation
from iscalimab_qa.index.generations import sweep
from iscalimab_qa.index.layout import Layout
from iscalimab_qa.index.recipe import MadeBy

if TYPE_CHECKING:
    from conftest import Shelf


def kept(shelf: Shelf) -> list[str]:
    return sorted(path.name for path in Layout(shelf.index_dir).generations.iterdir())


def test_a_reader_keeps_the_generation_it_opened(shelf: Shelf) -> None:
    first = shelf.update()
    with shelf.open() as reader:
        shelf.write("gamma.md", "A new finding.")
        second = shelf.update()
        assert not reader.is_current()
        assert kept(shelf) == [first.generation, second.generation]
        # Every part can still be read, those as well that were not touched before.
        assert len(reader.passages()) == len(reader.vectors) == 3
        assert reader.bm25 is not None
        assert len(reader.chroma(shelf.encoder.embeddings).similarity_search("score", k=9)) == 3
    shelf.update()
    assert kept(shelf) == [second.generation]
    with shelf.open() as reader:
        assert reader.is_current()
        assert len(reader.ids) == 4


def test_a_reader_in_another_process_holds_its_generation_until_it_dies(shelf: Shelf) -> None:
    first = shelf.update()
    code = (
        "import sys; from pathlib import Path\n"
        "from iscalimab_qa.index.generation import open_generation\n"
        "generation = open_generation(Path(sys.argv[1]))\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(shelf.index_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == b"open\n"
    shelf.write("gamma.md", "A new finding.")
    second = shelf.update()
    assert kept(shelf) == [first.generation, second.generation]
    reader.kill()
    reader.communicate()
    # Its lease is still lying there, and nobody holds it.
    shelf.update()
    assert kept(shelf) == [second.generation]


def test_closing_twice_does_no_harm(shelf: Shelf) -> None:
    shelf.update()
    reader = shelf.open()
    reader.close()
    reader.close()


def test_where_no_lease_can_be_had_a_generation_opens_all_the_same(shelf: Shelf) -> None:
    shelf.update()
    lock = Layout(shelf.index_dir).readers_lock
    lock.unlink(missing_ok=True)
    lock.mkdir()  # as good as a folder that cannot be written to: no lock file can be opened
    with shelf.open() as reader:
        assert len(reader.ids) == 3
        assert len(reader.vectors) == 3


def test_readers_that_open_while_generations_come_and_go_always_find_a_whole_one(
    shelf: Shelf,
) -> None:
    shelf.update()
    stop = threading.Event()
    problems: list[Exception] = []
    opened: set[str] = set()

    def read() -> None:
        while not stop.is_set():
            try:
                with open_generation(shelf.index_dir) as generation:
                    assert len(generation.passages()) == len(generation.vectors)
                    opened.add(generation.name)
            except Exception as error:  # noqa: BLE001 (shown below)
                problems.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    published = set()
    for number in range(6):
        shelf.write("gamma.md", f"Finding number {number}.")
        published.add(shelf.update().generation)
    stop.set()
    for reader in readers:
        reader.join()
    assert problems == []
    assert opened & published


def test_units_are_those_of_the_passages_asked_for(shelf: Shelf) -> None:
    shelf.update()
    with shelf.open() as generation:
        first, _, third = generation.ids
        assert [unit.quote for unit in generation.units_for([third, first])] == [
            "Placebo made no difference.",
            "The antibody lowered the score by 3.1 points.",
        ]
        for unit in generation.units_for(generation.ids):
            text = generation.source(unit.source_id).text
            assert text[unit.start : unit.end] == unit.quote
        assert len(generation.units_of("alpha")) == 2


def test_a_passage_is_a_stretch_of_its_source(shelf: Shelf) -> None:
    shelf.update()
    with shelf.open() as generation:
        for passage in generation.passages():
            source_id, start, end = (
                passage.metadata["source_id"],
                passage.metadata["start"],
                passage.metadata["end"],
            )
            assert passage.id == f"{source_id}#{start}-{end}"
            assert generation.source(source_id).text[start:end] == passage.page_content


def test_passages_come_in_the_order_asked_for_and_unknown_ones_are_passed_over(
    shelf: Shelf,
) -> None:
    shelf.update()
    with shelf.open() as generation:
        wanted = [generation.ids[2], "nothing#0-1", generation.ids[0]]
        assert [passage.id for passage in generation.passages(wanted)] == [wanted[0], wanted[2]]
        assert generation.passage("nothing#0-1") is None


def test_a_misspelt_source_is_offered_the_ones_like_it(shelf: Shelf) -> None:
    shelf.update()
    with shelf.open() as generation, pytest.raises(SourceNotFoundError) as caught:
        generation.source("alhpa")
    assert caught.value.close == ("alpha",)


@pytest.mark.parametrize("part", ["encoder", "splitter", "tokenizer"])
def test_a_generation_made_by_others_is_refused(shelf: Shelf, part: str) -> None:
    shelf.update()
    with shelf.open() as generation:
        made_by: MadeBy = generation.manifest.made_by
    with open_generation(shelf.index_dir, made_by=made_by):
        pass
    with pytest.raises(IndexMismatchError) as caught:
        open_generation(shelf.index_dir, made_by=made_by._replace(**{part: "another"}))
    assert caught.value.part == part


def test_a_generation_without_a_manifest_is_called_damaged(shelf: Shelf) -> None:
    report = shelf.update()
    (Layout(shelf.index_dir).generations / report.generation / "manifest.json").write_text("{}")
    with pytest.raises(IndexDamagedError, match="iscalimab-qa index --rebuild"):
        shelf.open()


def test_a_pointer_that_leads_elsewhere_is_not_followed(shelf: Shelf) -> None:
    shelf.update()
    Layout(shelf.index_dir).pointer.write_text("../../elsewhere\n")
    with pytest.raises(IndexMissingError):
        shelf.open()


def test_a_sweep_leaves_the_live_generation_and_takes_the_drafts(shelf: Shelf) -> None:
    report = shelf.update()
    generations = Layout(shelf.index_dir).generations
    (generations / ".draft-0123456789ab").mkdir()
    (generations / "000000-0123456789ab" / "leases").mkdir(parents=True)
    sweep(Layout(shelf.index_dir))
    assert kept(shelf) == [report.generation]


def test_a_generation_is_read_from_several_threads_at_once(shelf: Shelf) -> None:
    for number in range(20):
        shelf.write(f"doc{number:02d}.md", f"Finding number {number}.")
    shelf.update()
    with shelf.open() as generation:
        expected = [passage.page_content for passage in generation.passages()]
        seen: list[list[str]] = []

        def read() -> None:
            seen.extend(
                [p.page_content for p in generation.passages(generation.ids)] for _ in range(20)
            )

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 80
        assert all(texts == expected for texts in seen)


def test_opening_a_generation_loads_neither_chroma_nor_torch_nor_bm25s(shelf: Shelf) -> None:
    shelf.update()
    code = (
        "import sys; from pathlib import Path\n"
        "from iscalimab_qa.index.generation import open_generation\n"
        "with open_generation(Path(sys.argv[1])) as generation:\n"
        "    assert len(generation.passages()) == len(generation.vectors) == 3\n"
        "heavy = {'chromadb', 'bm25s', 'onnxruntime', 'torch', 'transformers'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(shelf.index_dir)], check=True)


def test_vectors_stand_in_the_order_of_the_ids(shelf: Shelf) -> None:
    shelf.update()
    with shelf.open() as generation:
        assert list(generation.ids) == sorted(generation.ids)
        encoded = "beta. Finding 1\nPlacebo made no difference."
        vector = np.array(shelf.encoder.embeddings.embed_query(encoded), dtype=np.float32)
        row = generation.ids.index("beta#17-44")
        assert np.array_equal(generation.vectors[row], vector)
