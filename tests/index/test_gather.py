from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from index_support import corpus_at, make_recipe

from iscalimab_qa.errors import CorpusNotFoundError
from iscalimab_qa.index.corpora import Corpus
from iscalimab_qa.index.stale import stale_files

if TYPE_CHECKING:
    from conftest import Shelf


def age(path: Path) -> None:
    """Make a file look as if it had been written a minute ago."""
    then = time.time() - 60
    os.utime(path, (then, then))


def test_every_document_is_read_once(shelf: Shelf) -> None:
    assert shelf.gather().added == ("alpha", "beta")
    again = shelf.gather()
    assert again.added == again.changed == again.removed == ()


def test_a_file_that_has_not_changed_is_not_opened(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_look(*_):
        raise AssertionError("a file was opened")

    shelf.gather()
    monkeypatch.setattr("time.time_ns", lambda: 2**62)  # long after the files were written
    shelf.gather()
    monkeypatch.setattr("iscalimab_qa.index.gather.read_bytes_stably", no_look)
    shelf.gather()


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(shelf: Shelf) -> None:
    (shelf.corpus.folder / "gamma.md").write_text("broken", encoding="utf-8")
    gathered = shelf.gather()
    assert [(skip.file, skip.reason) for skip in gathered.skipped] == [("gamma.md", "is broken")]
    assert gathered.added == ("alpha", "beta")
    assert shelf.gather().skipped == gathered.skipped


def test_a_file_without_permission_is_read_once_that_is_mended(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from iscalimab_qa.errors import UnreadableFileError
    from iscalimab_qa.index import gather

    def refuse(candidate, limit_mb):
        if candidate.relative == "beta.md":
            raise UnreadableFileError(candidate.path, "no permission to read it")
        return look(candidate, limit_mb)

    look = gather.read_bytes_stably
    with monkeypatch.context() as patched:
        patched.setattr(gather, "read_bytes_stably", refuse)
        assert [skip.file for skip in shelf.gather().skipped] == ["beta.md"]
    assert shelf.gather().added == ("beta",)


def test_a_file_that_turns_bad_is_named_and_its_old_text_is_not_kept(shelf: Shelf) -> None:
    shelf.gather()
    (shelf.corpus.folder / "beta.md").write_text("broken", encoding="utf-8")
    gathered = shelf.gather()
    assert gathered.removed == ("beta",)
    assert [skip.file for skip in gathered.skipped] == ["beta.md"]


def test_headings_alone_are_nothing_to_index(shelf: Shelf) -> None:
    (shelf.corpus.folder / "gamma.md").write_text("# Gamma\n\n## Methods\n", encoding="utf-8")
    assert [skip.file for skip in shelf.gather().skipped] == ["gamma.md"]


def test_text_with_half_a_character_is_skipped(shelf: Shelf) -> None:
    recipe = make_recipe(shelf.encoder)

    def read_badly(candidate, file):
        source = recipe.read(candidate, file)
        return replace(source, text=source.text.replace("Placebo", "Placeb\ud800"))

    gathered = shelf.gather(recipe=replace(recipe, read=read_badly))
    assert [skip.file for skip in gathered.skipped] == ["beta.md"]
    assert gathered.added == ("alpha",)


def test_of_two_files_with_one_id_the_first_wins_whenever_each_came(shelf: Shelf) -> None:
    second = shelf.corpus.folder / "zeta.md"
    second.write_text("id: shared\n# Zeta\nSaid by zeta.\n", encoding="utf-8")
    shelf.gather()
    first = shelf.corpus.folder / "aaa.md"
    first.write_text("id: shared\n# Aaa\nSaid by aaa.\n", encoding="utf-8")
    gathered = shelf.gather()
    assert [skip.file for skip in gathered.skipped] == ["zeta.md"]
    assert gathered.skipped[0].reason == (
        "has the id 'shared', which aaa.md has already; give it another id"
    )
    assert "Said by aaa." in shelf.text_of("shared")
    first.unlink()
    assert shelf.gather().skipped == ()
    assert "Said by zeta." in shelf.text_of("shared")


def test_the_first_folder_of_the_corpus_wins(shelf: Shelf) -> None:
    other = corpus_at(shelf.folder / "other")
    (other.folder / "alpha.md").write_text("# Alpha\nAnother text.\n", encoding="utf-8")
    shelf.corpora.append(other)
    assert [skip.file for skip in shelf.gather().skipped] == ["alpha.md"]
    assert "Another text." not in shelf.text_of("alpha")
    shelf.corpora.reverse()
    shelf.gather()
    assert "Another text." in shelf.text_of("alpha")


def test_a_renamed_file_is_the_same_source(shelf: Shelf) -> None:
    path = shelf.corpus.folder / "gamma.md"
    path.write_text("id: constant\n# Gamma\nThe same words.\n", encoding="utf-8")
    shelf.gather()
    path.rename(shelf.corpus.folder / "renamed.md")
    gathered = shelf.gather()
    assert gathered.added == gathered.changed == gathered.removed == ()
    assert shelf.origin_of("constant") == "renamed.md"


def test_a_touched_file_is_read_but_changes_nothing(shelf: Shelf) -> None:
    shelf.gather()
    age(shelf.corpus.folder / "beta.md")
    assert stale_files(shelf.index_dir, shelf.corpora) == ("beta.md",)
    assert shelf.gather().changed == ()
    assert stale_files(shelf.index_dir, shelf.corpora) == ()


def test_an_edit_within_one_tick_of_the_clock_is_seen(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from iscalimab_qa.sources.folder import FileStat

    # A file system whose clock stood still: every look finds the same state.
    now = time.time_ns()
    monkeypatch.setattr(
        "iscalimab_qa.sources.folder._file_stat", lambda info: FileStat(info.st_size, now, now, 1)
    )
    path = shelf.write("gamma.md", "The answer was 41.")
    shelf.gather()
    path.write_bytes(path.read_bytes().replace(b"41", b"42"))
    assert shelf.gather().changed == ("gamma",)


def test_a_changed_sidecar_has_its_document_read_again(shelf: Shelf) -> None:
    sidecar = shelf.corpus.folder / "beta.md.meta.yaml"
    sidecar.write_text("title: Beta\n", encoding="utf-8")
    plain = make_recipe(shelf.encoder)

    def read_with_sidecar(candidate, file):
        source = plain.read(candidate, file)
        title = (file.sidecar or b"").decode()
        return replace(source, metadata=replace(source.metadata, title=title))

    recipe = replace(plain, read=read_with_sidecar)
    shelf.gather(recipe=recipe)
    sidecar.write_text("title: Beta, revised\n", encoding="utf-8")
    assert shelf.gather(recipe=recipe).changed == ("beta",)
    sidecar.unlink()
    assert shelf.gather(recipe=recipe).changed == ("beta",)


def test_another_reader_has_every_file_read_again(shelf: Shelf) -> None:
    shelf.gather()
    recipe = make_recipe(shelf.encoder)

    def read_loudly(candidate, file):
        source = recipe.read(candidate, file)
        return replace(source, text=source.text.upper())

    gathered = shelf.gather(recipe=replace(recipe, read=read_loudly, reader="reader-2"))
    assert gathered.changed == ("alpha", "beta")


def test_a_missing_corpus_folder_is_no_reason_to_forget_its_documents(shelf: Shelf) -> None:
    shelf.gather()
    shelf.corpus.folder.rename(shelf.folder / "elsewhere")
    with pytest.raises(CorpusNotFoundError):
        shelf.gather()
    assert "Placebo" in shelf.text_of("beta")


def test_a_folder_that_may_be_missing_counts_as_empty(shelf: Shelf) -> None:
    own = Corpus(shelf.folder / "own", "own", writable=True, required=False)
    shelf.corpora.append(own)
    assert shelf.gather().added == ("alpha", "beta")


def test_stale_files_are_those_new_changed_or_gone(shelf: Shelf) -> None:
    shelf.write("gone.md", "Soon gone.")
    shelf.gather()
    assert stale_files(shelf.index_dir, shelf.corpora) == ()
    shelf.write("new.md", "Just come.")
    shelf.write("beta.md", "Something else now.")
    (shelf.corpus.folder / "gone.md").unlink()
    assert sorted(stale_files(shelf.index_dir, shelf.corpora)) == ["beta.md", "gone.md", "new.md"]


def test_without_a_library_nothing_is_called_stale(shelf: Shelf) -> None:
    assert stale_files(shelf.index_dir, shelf.corpora) == ()


def test_names_that_are_no_text_are_remembered_as_they_are(shelf: Shelf) -> None:
    strange = [b"caf\xe9.md", b"line\nbreak.md", b'it\'s "quoted".md']
    for number, name in enumerate(map(os.fsdecode, strange)):
        text = f"id: strange{number}\n# Strange\nFinding {number}.\n"
        (shelf.corpus.folder / name).write_text(text, encoding="utf-8")
    assert len(shelf.gather().added) == 5
    assert stale_files(shelf.index_dir, shelf.corpora) == ()
    again = shelf.gather()
    assert again.added == again.changed == again.removed == ()
