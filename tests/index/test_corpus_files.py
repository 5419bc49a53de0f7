from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from index_support import corpus_at

from iscalimab_qa.errors import (
    CorpusNotWritableError,
    NameTakenError,
    SourceNotFoundError,
    UnreadableFileError,
)
from iscalimab_qa.index.corpora import SHIPPED_KEY, Corpus, corpora
from iscalimab_qa.index.corpus_files import add_files, remove_sources, restore_sources
from iscalimab_qa.settings import load_settings, shipped_corpus, user_corpus

if TYPE_CHECKING:
    from conftest import Shelf


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "downloads" / "paper.md"
    path.parent.mkdir()
    path.write_text("# Paper\nIt worked.\n", encoding="utf-8")
    return path


def names(corpus: Corpus) -> set[str]:
    return {path.name for path in corpus.folder.iterdir()}


def read_only(shelf: Shelf) -> Corpus:
    """A corpus like the shipped one, with a document, before the user's own."""
    corpus = corpus_at(shelf.folder / "shipped", writable=False)
    (corpus.folder / "given.md").write_text("# Given\nShipped words.\n", encoding="utf-8")
    shelf.corpora.insert(0, corpus)
    return corpus


def test_a_document_is_copied_into_the_first_folder_that_can_be_written_to(
    shelf: Shelf, paper: Path
) -> None:
    shipped = read_only(shelf)
    added = add_files(shelf.index_dir, [paper], shelf.corpora)
    assert added == (shelf.corpus.folder / "paper.md",)
    assert added[0].read_bytes() == paper.read_bytes()
    assert names(shipped) == {"given.md"}
    assert shelf.gather().added == ("given", "alpha", "beta", "paper")


def test_a_folder_that_is_not_there_yet_is_made(shelf: Shelf, paper: Path) -> None:
    own = Corpus(shelf.folder / "new" / "corpus", "own", writable=True, required=False)
    assert add_files(shelf.index_dir, [paper], [own]) == (own.folder / "paper.md",)


@pytest.mark.parametrize("name", ["paper.md.meta.yaml", "paper.meta.yaml"])
def test_a_sidecar_travels_along(shelf: Shelf, paper: Path, name: str) -> None:
    (paper.parent / name).write_text("title: The paper\n", encoding="utf-8")
    add_files(shelf.index_dir, [paper], shelf.corpora)
    sidecar = shelf.corpus.folder / "paper.md.meta.yaml"
    assert sidecar.read_text(encoding="utf-8") == "title: The paper\n"


def test_adding_the_same_file_twice_is_fine(shelf: Shelf, paper: Path) -> None:
    assert (
        add_files(shelf.index_dir, [paper], shelf.corpora)
        == add_files(shelf.index_dir, [paper, paper], shelf.corpora)[:1]
    )


def test_another_file_of_the_same_name_is_not_overwritten_and_nothing_is_copied(
    shelf: Shelf, paper: Path
) -> None:
    other = paper.with_name("alpha.md")
    other.write_text("# Alpha\nSomething else.\n", encoding="utf-8")
    before = (shelf.corpus.folder / "alpha.md").read_bytes()
    with pytest.raises(NameTakenError, match="iscalimab-qa remove"):
        add_files(shelf.index_dir, [paper, other], shelf.corpora)
    assert (shelf.corpus.folder / "alpha.md").read_bytes() == before
    assert names(shelf.corpus) == {"alpha.md", "beta.md"}


def test_two_files_of_one_name_are_not_taken_for_one(shelf: Shelf, paper: Path) -> None:
    other = paper.parent / "more" / "paper.md"
    other.parent.mkdir()
    other.write_text("# Paper\nIt failed.\n", encoding="utf-8")
    with pytest.raises(NameTakenError):
        add_files(shelf.index_dir, [paper, other], shelf.corpora)
    assert names(shelf.corpus) == {"alpha.md", "beta.md"}


@pytest.mark.parametrize("name", ["picture.png", "README.md", ".hidden.md"])
def test_what_is_no_document_by_its_name_is_not_added(shelf: Shelf, paper: Path, name: str) -> None:
    path = paper.with_name(name)
    path.write_text("words", encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        add_files(shelf.index_dir, [path], shelf.corpora)


def test_a_file_that_is_not_there_is_not_added(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        add_files(shelf.index_dir, [tmp_path / "nothing.md"], shelf.corpora)


def test_without_a_folder_to_write_to_nothing_is_added(shelf: Shelf, paper: Path) -> None:
    shipped = read_only(shelf)
    with pytest.raises(CorpusNotWritableError, match="--corpus DIR"):
        add_files(shelf.index_dir, [paper], [shipped])


def test_what_an_interrupted_copy_left_is_no_document_and_is_swept(
    shelf: Shelf, paper: Path
) -> None:
    (shelf.corpus.folder / ".adding-xyz").write_text("half a fi", encoding="utf-8")
    assert shelf.gather().added == ("alpha", "beta")
    add_files(shelf.index_dir, [paper], shelf.corpora)
    assert names(shelf.corpus) == {"alpha.md", "beta.md", "paper.md"}


def test_a_removed_source_is_deleted_with_its_sidecar(shelf: Shelf) -> None:
    sidecar = shelf.corpus.folder / "beta.md.meta.yaml"
    sidecar.write_text("title: Beta\n", encoding="utf-8")
    shelf.gather()
    removal = remove_sources(shelf.index_dir, ["beta"], shelf.corpora)
    assert removal.deleted == (shelf.corpus.folder / "beta.md", sidecar)
    assert names(shelf.corpus) == {"alpha.md"}
    assert shelf.gather().removed == ("beta",)


def test_a_shipped_source_is_left_out_and_its_file_stays(shelf: Shelf) -> None:
    shipped = read_only(shelf)
    shelf.gather()
    assert remove_sources(shelf.index_dir, ["given"], shelf.corpora).excluded == ("given",)
    assert names(shipped) == {"given.md"}
    assert shelf.gather().removed == ("given",)
    # And it stays out, also when the file is touched.
    (shipped.folder / "given.md").write_text("# Given\nNewer words.\n", encoding="utf-8")
    gathered = shelf.gather()
    assert gathered.added == gathered.skipped == ()


def test_a_source_that_was_left_out_comes_back_when_its_file_is_added(shelf: Shelf) -> None:
    shipped = read_only(shelf)
    shelf.gather()
    remove_sources(shelf.index_dir, ["given"], shelf.corpora)
    shelf.gather()
    add_files(shelf.index_dir, [shipped.folder / "given.md"], shelf.corpora)
    gathered = shelf.gather()
    assert gathered.added == ("given",)
    assert gathered.skipped == ()


def test_an_unknown_source_removes_nothing_and_offers_ids_like_it(shelf: Shelf) -> None:
    shelf.gather()
    with pytest.raises(SourceNotFoundError) as caught:
        remove_sources(shelf.index_dir, ["alpha", "betta"], shelf.corpora)
    assert caught.value.close == ("beta",)
    assert names(shelf.corpus) == {"alpha.md", "beta.md"}


def test_nothing_outside_the_corpus_is_deleted(shelf: Shelf) -> None:
    inner = shelf.corpus.folder / "inner"
    inner.mkdir()
    (inner / "deep.md").write_text("# Deep\nWords.\n", encoding="utf-8")
    shelf.gather()
    outside = shelf.folder / "outside"
    inner.rename(outside)
    inner.symlink_to(outside)
    with pytest.raises(UnreadableFileError, match="outside"):
        remove_sources(shelf.index_dir, ["deep"], shelf.corpora)
    assert (outside / "deep.md").is_file()


def test_without_a_choice_the_shipped_corpus_is_read_only_and_the_users_own_is_not() -> None:
    shipped, own = corpora(load_settings())
    assert (shipped.folder, shipped.key) == (shipped_corpus().resolve(), SHIPPED_KEY)
    assert not shipped.writable
    assert own.folder == user_corpus().resolve()
    assert own.writable
    assert not own.required


def test_a_folder_that_was_named_can_be_written_to(tmp_path: Path) -> None:
    (only,) = corpora(load_settings(corpus=(tmp_path,)))
    assert only == Corpus(tmp_path.resolve(), str(tmp_path.resolve()), writable=True)


RIS = "TY  - JOUR\nTI  - A paper: what it says\nDO  - 10.1000/paper.1\nER  - \n"


def test_a_citation_file_beside_a_document_becomes_its_sidecar(shelf: Shelf, paper: Path) -> None:
    paper.with_suffix(".ris").write_text(RIS, encoding="utf-8")
    (added,) = add_files(shelf.index_dir, [paper], shelf.corpora)
    sidecar = added.with_name("paper.md.meta.yaml").read_text(encoding="utf-8")
    assert "10.1000/paper.1" in sidecar
    assert names(shelf.corpus) >= {"paper.md", "paper.md.meta.yaml"}
    assert "paper.ris" not in names(shelf.corpus)


def test_a_sidecar_of_ones_own_or_front_matter_counts_more_than_a_citation_file(
    shelf: Shelf, paper: Path
) -> None:
    paper.with_suffix(".ris").write_text(RIS, encoding="utf-8")
    paper.with_name("paper.md.meta.yaml").write_text("title: Mine\n", encoding="utf-8")
    front = paper.with_name("front.md")
    front.write_text("---\ntitle: Mine too\n---\n\nIt worked.\n", encoding="utf-8")
    front.with_suffix(".ris").write_text(RIS, encoding="utf-8")
    one, two = add_files(shelf.index_dir, [paper, front], shelf.corpora)
    assert one.with_name("paper.md.meta.yaml").read_text(encoding="utf-8") == "title: Mine\n"
    assert not two.with_name("front.md.meta.yaml").exists()


def test_of_a_whole_bibliography_nothing_is_guessed(shelf: Shelf, paper: Path) -> None:
    paper.with_suffix(".ris").write_text(RIS + RIS, encoding="utf-8")
    add_files(shelf.index_dir, [paper], shelf.corpora)
    assert "paper.md.meta.yaml" not in names(shelf.corpus)


def test_a_source_that_was_left_out_can_be_taken_back(shelf: Shelf) -> None:
    read_only(shelf)
    shelf.gather()
    remove_sources(shelf.index_dir, ["given"], shelf.corpora)
    assert shelf.gather().removed == ("given",)
    restore_sources(shelf.index_dir, ["given"])
    assert shelf.gather().added == ("given",)


def test_what_was_not_left_out_cannot_be_taken_back(shelf: Shelf) -> None:
    shelf.gather()
    with pytest.raises(SourceNotFoundError):
        restore_sources(shelf.index_dir, ["alpha"])
