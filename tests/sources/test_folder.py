from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iscalimab_qa.errors import (
    ChangedWhileReadingError,
    CorpusNotFoundError,
    TooLargeError,
    UnreadableFileError,
    UnsafeFileError,
)
from iscalimab_qa.sources import folder
from iscalimab_qa.sources.folder import Candidate, read_bytes_stably, walk_corpus

LIMIT_MB = 1.0


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus"
    path.mkdir()
    return path


def write(path: Path, text: str = "Words.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def only_candidate(corpus: Path) -> Candidate:
    (candidate,) = walk_corpus(corpus).candidates
    return candidate


def relatives(corpus: Path) -> list[str]:
    return [candidate.relative for candidate in walk_corpus(corpus).candidates]


def reasons(corpus: Path) -> list[str]:
    return [str(error) for error in walk_corpus(corpus).refused]


def test_documents_of_all_folders_come_in_the_order_of_their_paths(corpus: Path) -> None:
    for name in ["b.md", "a/z.txt", "a/b/c.html", "Z.pdf", "c/README.md", "d/data.csv", ".x/e.md"]:
        write(corpus / name)
    assert relatives(corpus) == ["Z.pdf", "a/b/c.html", "a/z.txt", "b.md"]
    assert reasons(corpus) == []


def test_a_folder_that_does_not_exist_says_how_to_name_one(corpus: Path) -> None:
    with pytest.raises(CorpusNotFoundError, match="--corpus DIR"):
        walk_corpus(corpus / "nowhere")


def test_a_candidate_carries_the_state_of_its_file(corpus: Path) -> None:
    path = write(corpus / "a.md", "12345")
    info = path.stat()
    assert only_candidate(corpus).stat == (5, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def test_a_sidecar_belongs_to_its_document(corpus: Path) -> None:
    write(corpus / "a.pdf")
    write(corpus / "a.pdf.meta.yaml", "title: A")
    write(corpus / "b.docx")
    write(corpus / "b.meta.yaml", "title: B")
    write(corpus / "c.pdf")
    a, b, c = walk_corpus(corpus).candidates
    assert a.sidecar == corpus / "a.pdf.meta.yaml"
    assert b.sidecar == corpus / "b.meta.yaml"
    assert c.sidecar is None
    assert c.sidecar_stat is None
    assert read_bytes_stably(a, LIMIT_MB).sidecar == b"title: A"


def test_the_digest_changes_with_the_document_and_with_its_sidecar(corpus: Path) -> None:
    write(corpus / "a.pdf", "one")
    alone = read_bytes_stably(only_candidate(corpus), LIMIT_MB).digest
    sidecar = write(corpus / "a.meta.yaml", "title: A")
    described = read_bytes_stably(only_candidate(corpus), LIMIT_MB).digest
    sidecar.write_text("title: B", encoding="utf-8")
    other = read_bytes_stably(only_candidate(corpus), LIMIT_MB).digest
    assert len({alone, described, other}) == 3
    assert read_bytes_stably(only_candidate(corpus), LIMIT_MB).digest == other


# --- links --------------------------------------------------------------------------


def test_a_link_out_of_the_folder_is_refused_and_not_followed(corpus: Path) -> None:
    outside = write(corpus.parent / "secret.md")
    (corpus / "link.md").symlink_to(outside)
    write(corpus / "a.md")
    assert relatives(corpus) == ["a.md"]
    (error,) = walk_corpus(corpus).refused
    assert isinstance(error, UnsafeFileError)
    assert "leaves the corpus folder" in str(error)


def test_a_link_to_a_folder_outside_is_refused(corpus: Path) -> None:
    write(corpus.parent / "elsewhere" / "b.md")
    (corpus / "papers").symlink_to(corpus.parent / "elsewhere")
    (error,) = walk_corpus(corpus).refused
    assert isinstance(error, UnsafeFileError)
    assert relatives(corpus) == []


def test_a_linked_sidecar_outside_is_refused_with_its_document(corpus: Path) -> None:
    write(corpus / "a.pdf")
    (corpus / "a.meta.yaml").symlink_to(write(corpus.parent / "secret.yaml"))
    assert relatives(corpus) == []
    assert reasons(corpus) == [
        "a.meta.yaml: is a link that leaves the corpus folder; "
        "copy what it leads to into the folder"
    ]


def test_a_link_to_a_document_of_the_folder_does_not_double_it(corpus: Path) -> None:
    write(corpus / "a.md")
    (corpus / "alias.md").symlink_to(corpus / "a.md")
    (corpus / "again").symlink_to(corpus)
    assert relatives(corpus) == ["a.md"]
    assert reasons(corpus) == []


def test_a_link_to_a_store_inside_the_folder_is_a_document(corpus: Path) -> None:
    write(corpus / ".store" / "4f2a", "Stored words.")
    (corpus / "a.md").symlink_to(corpus / ".store" / "4f2a")
    assert relatives(corpus) == ["a.md"]
    assert read_bytes_stably(only_candidate(corpus), LIMIT_MB).data == b"Stored words."


def test_links_in_a_circle_and_to_nothing_are_one_line_each(corpus: Path) -> None:
    (corpus / "a.md").symlink_to(corpus / "b.md")
    (corpus / "b.md").symlink_to(corpus / "a.md")
    (corpus / "c.md").symlink_to(corpus / "gone.md")
    assert reasons(corpus) == [
        "a.md: is a link that leads nowhere",
        "b.md: is a link that leads nowhere",
        "c.md: is a link that leads nowhere",
    ]


def test_a_file_swapped_for_a_link_after_the_walk_is_not_read(corpus: Path) -> None:
    path = write(corpus / "a.md")
    candidate = only_candidate(corpus)
    path.unlink()
    path.symlink_to(write(corpus.parent / "secret.md"))
    with pytest.raises(UnsafeFileError):
        read_bytes_stably(candidate, LIMIT_MB)


def test_a_folder_swapped_for_a_link_while_reading_is_noticed(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(corpus / "sub" / "a.md", "inside")
    write(corpus.parent / "elsewhere" / "a.md", "secret")
    candidate = only_candidate(corpus)

    def swap() -> None:
        (corpus / "sub").rename(corpus / ".gone")
        (corpus / "sub").symlink_to(corpus.parent / "elsewhere")

    before_first_open(monkeypatch, swap)
    with pytest.raises(UnsafeFileError):
        read_bytes_stably(candidate, LIMIT_MB)


# --- what is no file ----------------------------------------------------------------


def test_pipes_sockets_and_devices_are_not_opened(corpus: Path) -> None:
    os.mkfifo(corpus / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(corpus / "socket.md"))  # a long path does not fit
    assert reasons(corpus) == [
        "pipe.md: is a named pipe, not a file",
        "socket.md: is a socket, not a file",
    ]


def test_a_file_swapped_for_a_pipe_does_not_keep_the_reader_waiting(corpus: Path) -> None:
    path = write(corpus / "a.md")
    candidate = only_candidate(corpus)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(UnreadableFileError, match="is a named pipe"):
        read_bytes_stably(candidate, LIMIT_MB)


# --- permission, size, change -------------------------------------------------------


def before_first_open(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Do something the moment before the file is opened for the first time."""
    real_open, done = os.open, []

    def opening(*args, **kwargs):
        if not done:
            done.append(True)
            act()
        return real_open(*args, **kwargs)

    monkeypatch.setattr(folder.os, "open", opening)


def test_no_permission_is_one_line(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(corpus / "a.md")
    candidate = only_candidate(corpus)

    # Tests may run as root, whom no permission stops.
    def refuse() -> None:
        raise PermissionError(13, "Permission denied")

    before_first_open(monkeypatch, refuse)
    with pytest.raises(UnreadableFileError, match="no permission to read it"):
        read_bytes_stably(candidate, LIMIT_MB)


def test_a_folder_without_permission_is_one_line_and_the_rest_goes_on(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(corpus / "a.md")
    write(corpus / "closed" / "b.md")
    real_scan = os.scandir

    def scanning(path) -> Iterator:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real_scan(path)

    monkeypatch.setattr(folder.os, "scandir", scanning)
    assert relatives(corpus) == ["a.md"]
    assert reasons(corpus) == ["closed: cannot be opened: no permission to read it"]


def test_a_file_over_the_limit_is_not_read(corpus: Path) -> None:
    write(corpus / "a.md", "x" * 1_500_000)
    with pytest.raises(TooLargeError, match=r"is 1\.5 MB, more than the 1 MB allowed"):
        read_bytes_stably(only_candidate(corpus), LIMIT_MB)


def test_a_file_at_the_limit_is_read(corpus: Path) -> None:
    write(corpus / "a.md", "x" * 1_000_000)
    assert len(read_bytes_stably(only_candidate(corpus), LIMIT_MB).data) == 1_000_000


def test_a_file_that_vanished_is_one_line(corpus: Path) -> None:
    path = write(corpus / "a.md")
    candidate = only_candidate(corpus)
    path.unlink()
    with pytest.raises(ChangedWhileReadingError, match="vanished before it could be read"):
        read_bytes_stably(candidate, LIMIT_MB)


def test_a_file_that_vanishes_while_it_is_read_is_one_line(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(corpus / "a.md")
    candidate = only_candidate(corpus)
    real_fstat = os.fstat

    def looking(number: int) -> os.stat_result:
        path.unlink(missing_ok=True)
        return real_fstat(number)

    monkeypatch.setattr(folder.os, "fstat", looking)
    with pytest.raises(ChangedWhileReadingError, match="vanished"):
        read_bytes_stably(candidate, LIMIT_MB)


def changing(path: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Append to the file after it was looked at, the first so many times."""
    real_fstat, done = os.fstat, []

    def looking(number: int) -> os.stat_result:
        state = real_fstat(number)
        if len(done) < times:
            done.append(True)
            with path.open("a", encoding="utf-8") as file:
                file.write(" More.")
        return state

    monkeypatch.setattr(folder.os, "fstat", looking)


def test_a_file_that_changes_once_is_read_again_whole(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(corpus / "a.md")
    candidate = only_candidate(corpus)
    changing(path, 1, monkeypatch)
    read = read_bytes_stably(candidate, LIMIT_MB)
    assert read.data == b"Words. More."
    assert read.stat.size == 12


def test_a_file_that_keeps_changing_is_left_for_the_next_run(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(corpus / "a.md")
    candidate = only_candidate(corpus)
    changing(path, 10, monkeypatch)
    with pytest.raises(ChangedWhileReadingError, match="changed while it was being read"):
        read_bytes_stably(candidate, LIMIT_MB)


def test_a_file_replaced_by_another_while_it_is_read_is_read_again(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(corpus / "a.md", "old old")
    newer = write(corpus / ".new", "new new")
    candidate = only_candidate(corpus)
    real_fstat, done = os.fstat, []

    def looking(number: int) -> os.stat_result:
        state = real_fstat(number)
        if not done:
            done.append(True)
            newer.rename(path)
        return state

    monkeypatch.setattr(folder.os, "fstat", looking)
    assert read_bytes_stably(candidate, LIMIT_MB).data == b"new new"


# --- names --------------------------------------------------------------------------


def test_any_name_is_shown_on_one_printable_line(corpus: Path) -> None:
    names = [
        b"two words.md",
        b'it\'s "quoted".md',
        b"line\nbreak.md",
        "größe \u202efdp.md".encode(),
        b"latin-\xe9.md",
    ]
    for name in names:
        (corpus / os.fsdecode(name)).write_bytes(b"")
        (corpus / os.fsdecode(name)).unlink()
        (corpus / os.fsdecode(name)).symlink_to(corpus / "gone")
    lines = reasons(corpus)
    assert len(lines) == len(names)
    for line in lines:
        assert line.isprintable()
        line.encode("utf-8")
    assert sorted(line.partition(": ")[0] for line in lines) == sorted(
        [
            "two words.md",
            'it\'s "quoted".md',
            "line\\nbreak.md",
            "größe \\u202efdp.md",
            "latin-\\udce9.md",
        ]
    )


def test_files_of_any_name_are_found_and_read(corpus: Path) -> None:
    for name in [b"two words.md", b"line\nbreak.md", b"latin-\xe9.md", "größe.md".encode()]:
        (corpus / os.fsdecode(name)).write_bytes(b"Words.")
    candidates = walk_corpus(corpus).candidates
    assert len(candidates) == 4
    assert all(read_bytes_stably(one, LIMIT_MB).data == b"Words." for one in candidates)
