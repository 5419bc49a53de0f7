from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from filelock import FileLock
from index_support import FakeEncoder, make_recipe

from iscalimab_qa.errors import (
    EncoderError,
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    IndexNotWrittenError,
    LibrarySchemaError,
)
from iscalimab_qa.index.layout import Layout

if TYPE_CHECKING:
    from conftest import Shelf


def test_a_first_run_indexes_every_document(shelf: Shelf) -> None:
    report = shelf.update()
    assert report.added == ("alpha", "beta")
    # alpha has two sections and beta one; a passage never crosses a heading.
    assert (report.sources, report.passages, report.embedded) == (2, 3, 3)
    assert report.published
    with shelf.open() as generation:
        assert [passage.page_content for passage in generation.passages()] == [
            "The antibody lowered the score by 3.1 points.",
            "IL-6 fell.",
            "Placebo made no difference.",
        ]


def test_an_unchanged_corpus_is_neither_read_nor_encoded_nor_published(shelf: Shelf) -> None:
    first = shelf.update()
    loaded = shelf.encoder.loaded
    second = shelf.update()
    assert shelf.encoder.loaded == loaded
    assert not second.published
    assert second.generation == first.generation
    assert second.added == second.changed == second.removed == ()


def test_only_the_passages_of_a_changed_file_are_encoded(shelf: Shelf) -> None:
    shelf.update()
    shelf.encoder.texts.clear()
    shelf.write("beta.md", "Placebo made no difference.", "The trial was stopped.")
    report = shelf.update()
    assert report.changed == ("beta",)
    assert shelf.encoder.texts == ["beta. Finding 2\nThe trial was stopped."]


def test_a_removed_file_is_gone_from_the_next_generation(shelf: Shelf) -> None:
    shelf.update()
    (shelf.corpus.folder / "beta.md").unlink()
    assert shelf.update().removed == ("beta",)
    with shelf.open() as generation:
        assert [source.source_id for source in generation.sources()] == ["alpha"]
        assert generation.chroma(shelf.encoder.embeddings)._collection.count() == 2


def test_removing_the_last_document_leaves_an_empty_index_that_opens(shelf: Shelf) -> None:
    shelf.update()
    for path in shelf.corpus.folder.iterdir():
        path.unlink()
    shelf.update()
    with shelf.open() as generation:
        assert generation.ids == ()
        assert generation.vectors.shape == (0, 0)
        assert generation.bm25 is None
        assert generation.chroma(shelf.encoder.embeddings).similarity_search("score") == []


def test_a_document_that_comes_back_costs_no_encoding(shelf: Shelf) -> None:
    shelf.update()
    path = shelf.corpus.folder / "beta.md"
    content = path.read_bytes()
    path.unlink()
    shelf.update()
    path.write_bytes(content)
    assert shelf.update().embedded == 0


def test_an_index_is_the_same_however_it_came_about(shelf: Shelf, tmp_path: Path) -> None:
    # Many small documents, so that one more is patched into a copy of the live store.
    for number in range(12):
        shelf.write(f"doc{number:02d}.md", f"Finding number {number} of the study.")
    shelf.update()
    shelf.write("gamma.md", "Finding number 99 of the study came late.")
    (shelf.corpus.folder / "doc03.md").unlink()
    shelf.update()
    once = type(shelf)(tmp_path / "once")
    for path in shelf.corpus.folder.iterdir():
        (once.corpus.folder / path.name).write_bytes(path.read_bytes())
    once.update()
    query = shelf.encoder.embeddings.embed_query("finding")
    with shelf.open() as grown, once.open() as built:
        assert (grown.manifest.patched, built.manifest.patched) == (2, 0)
        assert grown.manifest.state == built.manifest.state
        assert grown.ids == built.ids
        assert np.array_equal(grown.vectors, built.vectors)
        words = ["find", "99", "late", "studi"]
        scores = [index.bm25.get_scores(words) for index in (grown, built) if index.bm25]
        assert np.array_equal(*scores)
        hits = [
            index.chroma(shelf.encoder.embeddings).similarity_search_by_vector(query, k=14)
            for index in (grown, built)
        ]
        assert [hit.id for hit in hits[0]] == [hit.id for hit in hits[1]]


def test_chroma_finds_what_exact_search_finds(shelf: Shelf) -> None:
    for number in range(30):
        shelf.write(f"doc{number:02d}.md", f"Statement {number} about the kidney.")
    shelf.update()
    query = np.array(shelf.encoder.embeddings.embed_query("kidney"), dtype=np.float32)
    with shelf.open() as generation:
        exact = np.argsort(-(generation.vectors @ query), kind="stable")[:5]
        hits = generation.chroma(shelf.encoder.embeddings).similarity_search_by_vector(
            query.tolist(), k=5
        )
        assert [hit.id for hit in hits] == [generation.ids[row] for row in exact]


def test_the_same_doi_twice_is_a_warning_and_no_failure(shelf: Shelf) -> None:
    for name in ("one.md", "two.md"):
        (shelf.corpus.folder / name).write_text(
            f"# {name}\ndoi: 10.1000/ABC\nWords of {name}.\n", encoding="utf-8"
        )
    report = shelf.update()
    assert report.warnings == ("DOI 10.1000/abc is that of several sources: one, two",)
    assert report.skipped == ()


@pytest.mark.parametrize("part", ["encoder", "splitter"])
def test_another_encoder_or_splitter_is_refused_until_a_rebuild(shelf: Shelf, part: str) -> None:
    shelf.update()
    other = (
        make_recipe(FakeEncoder("fake-2"))
        if part == "encoder"
        else make_recipe(shelf.encoder, splitter="other-1")
    )
    with pytest.raises(IndexMismatchError, match="iscalimab-qa index --rebuild") as caught:
        shelf.update(recipe=other)
    assert caught.value.part == part
    report = shelf.update(recipe=other, rebuild=True)
    assert report.embedded == 3
    assert report.published
    assert not shelf.update(recipe=other).published


def test_a_rebuild_encodes_everything_anew(shelf: Shelf) -> None:
    shelf.update()
    report = shelf.update(rebuild=True)
    assert report.embedded == 3
    assert report.published
    assert report.added == report.changed == report.removed == ()


def test_another_tokenizer_makes_a_new_generation_without_encoding(shelf: Shelf) -> None:
    from dataclasses import replace

    shelf.update()
    recipe = replace(make_recipe(shelf.encoder), tokenizer="plain-1", tokenize=str.split)
    report = shelf.update(recipe=recipe)
    assert report.published
    assert report.embedded == 0
    with shelf.open() as generation:
        assert generation.bm25 is not None
        assert "Placebo" in generation.bm25.vocab_dict


def test_a_failing_encoder_leaves_the_live_index_and_the_next_run_goes_on(shelf: Shelf) -> None:
    class Failing(FakeEncoder):
        @property
        def embeddings(self):
            raise EncoderError("no weights")

    first = shelf.update()
    shelf.write("gamma.md", "A new finding.")
    with pytest.raises(EncoderError):
        shelf.update(recipe=make_recipe(Failing()))
    with shelf.open() as generation:
        assert generation.name == first.generation
    report = shelf.update()
    assert report.published
    assert report.passages == 4


def test_a_second_writer_waits_and_then_gives_up(shelf: Shelf) -> None:
    shelf.update()
    with FileLock(Layout(shelf.index_dir).writer_lock), pytest.raises(IndexBusyError) as caught:
        shelf.update(wait_s=0.1)
    assert caught.value.waited_s == 0.1


def test_an_index_folder_that_cannot_be_made_is_one_clear_error(shelf: Shelf) -> None:
    shelf.index_dir.write_text("a file stands in the way")
    with pytest.raises(IndexNotWrittenError, match="--index DIR"):
        shelf.update()


def test_a_damaged_generation_is_replaced_by_the_next_run(shelf: Shelf) -> None:
    first = shelf.update()
    (Layout(shelf.index_dir).generations / first.generation / "vectors.npy").unlink()
    second = shelf.update()
    assert second.published
    assert second.embedded == 0
    assert second.generation > first.generation


def test_a_damaged_base_is_not_patched_but_built_afresh(shelf: Shelf) -> None:
    for number in range(12):
        shelf.write(f"doc{number:02d}.md", f"Finding number {number} of the study.")
    first = shelf.update()
    chroma = Layout(shelf.index_dir).generations / first.generation / "chroma"
    (chroma / "chroma.sqlite3").write_bytes(b"\0" * 100_000)
    shelf.write("gamma.md", "One more finding.")
    report = shelf.update()
    assert report.published
    with shelf.open() as generation:
        assert generation.manifest.patched == 0


def test_what_fails_its_check_is_not_published(
    real_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from iscalimab_qa.index.store_process import StoreProcess

    first = real_shelf.update()
    real_shelf.write("gamma.md", "One more finding.")
    # A store that takes its reader down, as a damaged one can.
    monkeypatch.setattr(StoreProcess, "order_check", lambda self, folder: self._process.kill())
    with pytest.raises(IndexDamagedError, match="ended with code -9"):
        real_shelf.update()
    with real_shelf.open() as generation:
        assert generation.name == first.generation
    left = [path.name for path in Layout(real_shelf.index_dir).generations.iterdir()]
    assert left == [first.generation]


def test_an_index_made_in_processes_is_found_again_by_both_its_parts(real_shelf: Shelf) -> None:
    real_shelf.update()
    real_shelf.write("gamma.md", "Creatinine rose.")
    real_shelf.update()
    with real_shelf.open() as generation:
        row = generation.ids.index("gamma#18-34")
        assert generation.bm25 is not None
        assert generation.bm25.get_scores(["creatinin"]).argmax() == row
        chroma = generation.chroma(real_shelf.encoder.embeddings)
        # The vector of gamma's passage is that of its heading and its text.
        hit, distance = chroma.similarity_search_with_score(
            "gamma. Finding 1\nCreatinine rose.", k=1
        )[0]
        assert hit.id == "gamma#18-34"
        assert distance == pytest.approx(0, abs=1e-5)


def test_a_library_of_another_version_is_refused_and_set_aside_by_a_rebuild(shelf: Shelf) -> None:
    import sqlite3
    from contextlib import closing

    shelf.update()
    library = Layout(shelf.index_dir).library
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(LibrarySchemaError, match="iscalimab-qa index --rebuild"):
        shelf.update()
    assert shelf.update(rebuild=True).sources == 2
    assert library.with_name("library.sqlite.set-aside").is_file()


@pytest.mark.parametrize("start", [0, 4096])
def test_a_damaged_library_is_refused_and_set_aside_by_a_rebuild(shelf: Shelf, start: int) -> None:
    shelf.update()
    library = Layout(shelf.index_dir).library
    content = library.read_bytes()
    library.write_bytes(content[:start] + b"\xff" * 40_000 + content[start + 40_000 :])
    with pytest.raises(LibrarySchemaError, match="iscalimab-qa index --rebuild"):
        shelf.update()
    assert shelf.update(rebuild=True).sources == 2


def test_a_lost_cache_is_made_again(shelf: Shelf) -> None:
    shelf.update()
    Layout(shelf.index_dir).cache.write_bytes(b"no database at all")
    shelf.write("gamma.md", "One more finding.")
    assert shelf.update().embedded == 4


def test_an_unchanged_update_loads_neither_chroma_nor_onnxruntime_nor_torch(shelf: Shelf) -> None:
    shelf.update()
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from index_support import FakeEncoder, corpus_at, make_recipe\n"
        "from iscalimab_qa.index.update import update_index\n"
        "corpus = corpus_at(Path(sys.argv[3]))\n"
        "report = update_index(Path(sys.argv[2]), [corpus], make_recipe(FakeEncoder()))\n"
        "assert not report.published\n"
        "heavy = {'chromadb', 'bm25s', 'onnxruntime', 'torch', 'transformers'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    support = str(Path(__file__).parent)
    arguments = [support, str(shelf.index_dir), str(shelf.corpus.folder)]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)


def test_progress_counts_every_step_of_each_phase(shelf: Shelf) -> None:
    from contextlib import contextmanager

    seen: dict[str, list[int]] = {}

    class Counting:
        @contextmanager
        def phase(self, name, total):
            counted = seen.setdefault(name, [total, 0])

            def advance(count):
                counted[1] += count

            yield advance

    shelf.update(progress=Counting())
    assert seen == {"Reading": [2, 2], "Embedding": [3, 3], "Publishing": [3, 3]}


def test_asking_an_index_that_is_not_there_says_how_to_build_it(tmp_path: Path) -> None:
    from iscalimab_qa.index.generation import open_generation

    with pytest.raises(IndexMissingError, match="iscalimab-qa index"):
        open_generation(tmp_path / "nothing")


def test_a_rebuild_for_another_splitter_that_is_interrupted_is_completed_by_the_next_run(
    shelf: Shelf,
) -> None:
    from dataclasses import replace

    class InterruptedRunError(Exception):
        pass

    def stop_at(step: str) -> None:
        if step == "library-written":
            raise InterruptedRunError

    for number in range(12):
        shelf.write(f"doc{number:02d}.md", f"Finding number {number}. It was mild.")
    shelf.update()
    plain = make_recipe(shelf.encoder)

    def split_by_tens(source):
        from iscalimab_qa.index.recipe import Prepared
        from iscalimab_qa.passages import split_source

        passages = split_source(source, count_tokens=lambda text: 20 * len(text), max_tokens=256)
        return Prepared(passages, plain.split(source).units)

    other = replace(plain, splitter="other-1", split=split_by_tens)
    with pytest.raises(InterruptedRunError):
        shelf.update(recipe=other, rebuild=True, on_step=stop_at)
    assert shelf.update(recipe=other).published
    with shelf.open() as generation:
        assert generation.manifest.patched == 0
        store = generation.chroma(shelf.encoder.embeddings)
        assert store._collection.count() == len(generation.ids) > 15


def test_a_damaged_snapshot_of_the_live_generation_does_not_stop_the_next(shelf: Shelf) -> None:
    first = shelf.update()
    snapshot = Layout(shelf.index_dir).generations / first.generation / "library.sqlite"
    snapshot.write_bytes(b"\xff" * snapshot.stat().st_size)
    shelf.write("gamma.md", "One more finding.")
    assert shelf.update().passages == 4
    with shelf.open() as generation:
        assert len(generation.passages()) == 4


def test_another_way_of_finding_units_is_published_without_encoding(shelf: Shelf) -> None:
    from dataclasses import replace

    shelf.update()
    plain = make_recipe(shelf.encoder)

    def split_without_units(source):
        return plain.split(source)._replace(units=[])

    report = shelf.update(recipe=replace(plain, reader="reader-2", split=split_without_units))
    assert report.published
    assert report.embedded == 0
    with shelf.open() as generation:
        assert generation.units_for(generation.ids) == []
