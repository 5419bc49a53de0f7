"""A folder with one of each kind of bad file, and files broken at random."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path
from typing import NamedTuple

import pytest
from make_docx import add_table, docx_bytes, new_document, with_parts
from make_pdf import Page, make_pdf

from iscalimab_qa.errors import UnreadableFileError
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources import Source, read_bytes_stably, read_source, walk_corpus
from iscalimab_qa.sources import folder as folder_module

SETTINGS = ReadingSettings(max_file_mb=1, max_text_chars=100_000)

GOOD = "# A title\n\nThe response was better with the drug.\n"


class Report(NamedTuple):
    """What reading a folder came to."""

    sources: dict[str, Source]
    lines: list[str]


def read_folder(corpus: Path) -> Report:
    """Read a corpus as `index` does: what cannot be read is a line, and the rest goes on."""
    walk = walk_corpus(corpus)
    sources: dict[str, Source] = {}
    refused = list(walk.refused)
    for candidate in walk.candidates:
        try:
            file = read_bytes_stably(candidate, SETTINGS.max_file_mb)
            source = read_source(candidate.path, file.data, SETTINGS, sidecar=file.sidecar)
            sources[candidate.relative] = source
        except UnreadableFileError as error:
            refused.append(error)
    return Report(sources, sorted(str(error) for error in refused))


def word_file() -> bytes:
    document = new_document()
    document.add_heading("A title", 0)
    document.add_paragraph("The response was better with the drug.")
    add_table(document, [["Endpoint", "Drug"], ["Response", "45%"]])
    return docx_bytes(document)


def pdf_file() -> bytes:
    page = Page().text(60, 760, "A title", 18).lines(60, 700, "The response was\nbetter.")
    page.text(65, 606, "Endpoint").text(165, 606, "Drug")
    page.text(65, 586, "Response").text(165, 586, "45%").grid([60, 160, 260], [580, 600, 620])
    return make_pdf(page)


BAD: dict[str, tuple[bytes, str]] = {
    "empty.md": (b"", "is empty"),
    "blank.txt": (b"\n \n", "holds nothing but white space"),
    "random.pdf": (random.Random(5).randbytes(2_000), "is not a PDF (its first bytes are "),
    "random.txt": (random.Random(6).randbytes(2_000), "is not text (its first bytes are "),
    "encrypted.pdf": (
        make_pdf(Page().text(60, 700, "Words."), password="secret"),
        "is encrypted; save it without a password",
    ),
    "scanned.pdf": (
        make_pdf(Page().picture()),
        "is a scan without text; it needs OCR first (for example with ocrmypdf)",
    ),
    "large.md": (b"x" * 1_200_000, "is 1.2 MB, more than the 1 MB allowed"),
    "long.md": (b"word " * 30_000, "holds 150,000 characters of text, more than the 100,000"),
    "bomb.docx": (
        with_parts(word_file(), {"word/media/image1.bin": b"\0" * 50_000_000}),
        "as a decompression bomb does",
    ),
    "deep.html": (b"<html>" + b"<div>" * 100_000 + b"x", "deep"),
    "front.md": (b"---\ntitel: A\n---\nWords.\n", "did you mean 'title'?"),
    "unclosed.md": (b"---\ntitle: [A\n---\nWords.\n", "line "),
    "cut.docx": (word_file()[:500], "is a damaged archive or Word document"),
    "cut.pdf": (pdf_file()[:300], "is a damaged PDF"),
}


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, (data, _) in BAD.items():
        (corpus / name).write_bytes(data)
    (tmp_path / "outside.md").write_text(GOOD, encoding="utf-8")
    (corpus / "link.md").symlink_to(tmp_path / "outside.md")
    os.mkfifo(corpus / "pipe.md")
    monkeypatch.chdir(corpus)  # the address of a socket may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
    break_while_reading(corpus, monkeypatch)
    return corpus


def break_while_reading(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one file be closed to us, one vanish and one change whenever they are opened."""
    for name in ("closed.md", "vanishing.md", "changing.md"):
        (corpus / name).write_text(GOOD, encoding="utf-8")
    changing = (corpus / "changing.md").stat().st_ino
    real_open, real_fstat = os.open, os.fstat

    def opening(path, *args, **kwargs) -> int:
        name = Path(path).name
        if name == "closed.md":
            raise PermissionError(13, "Permission denied")
        if name == "vanishing.md":
            Path(path).unlink()
        return real_open(path, *args, **kwargs)

    def looking(number: int) -> os.stat_result:
        state = real_fstat(number)
        if state.st_ino == changing:
            with (corpus / "changing.md").open("a", encoding="utf-8") as file:
                file.write("More.\n")
        return state

    monkeypatch.setattr(folder_module.os, "open", opening)
    monkeypatch.setattr(folder_module.os, "fstat", looking)


REFUSED = {name: reason for name, (_, reason) in BAD.items()} | {
    "link.md": "is a link that leaves the corpus folder",
    "pipe.md": "is a named pipe, not a file",
    "socket.md": "is a socket, not a file",
    "closed.md": "cannot be opened: no permission to read it",
    "vanishing.md": "vanished before it could be read",
    "changing.md": "changed while it was being read",
}


def test_each_bad_file_is_exactly_one_clear_line(corpus: Path) -> None:
    lines = read_folder(corpus).lines
    assert [line.partition(": ")[0] for line in lines] == sorted(REFUSED)
    for line in lines:
        name, _, reason = line.partition(": ")
        assert REFUSED[name] in reason
        assert line.isprintable()
        assert len(line) < 250


def test_what_is_odd_but_readable_is_read_with_everything_in_it(corpus: Path) -> None:
    names = [b"two words.md", b'it\'s "quoted".md', b"line\nbreak.md", b"latin-\xe9.md"]
    for name in [*names, "größe.md".encode()]:
        (corpus / os.fsdecode(name)).write_text(GOOD, encoding="utf-8")
    (corpus / "windows.txt").write_bytes("Sjögren’s – a review".encode("cp1252"))
    (corpus / "mixed.txt").write_bytes("≥ 0.5\n".encode() + "naïve – 2".encode("cp1252"))
    (corpus / "word.docx").write_bytes(word_file())
    (corpus / "print.pdf").write_bytes(pdf_file())
    report = read_folder(corpus)
    assert [line.partition(": ")[0] for line in report.lines] == sorted(REFUSED)
    assert len(report.sources) == 9
    assert report.sources["windows.txt"].text == "Sjögren’s – a review"
    assert "≥ 0.5" in report.sources["mixed.txt"].text
    assert "naïve – 2" in report.sources["mixed.txt"].text
    for source in report.sources.values():
        source.source_id.encode("utf-8")


def test_the_same_folder_is_read_the_same_way_twice(corpus: Path) -> None:
    # One file vanishes at the first reading, for good.
    read_folder(corpus)
    assert read_folder(corpus) == read_folder(corpus)


# --- files broken at random ---------------------------------------------------------

WHOLE = {
    "a.pdf": pdf_file(),
    "a.docx": word_file(),
    "a.html": (
        b"<!doctype html><html><head><title>A</title></head><body><h1>A title</h1><p>The response "
        b"was <sup>1</sup> better.</p><table><tr><th>Endpoint<th colspan=2>Drug</tr><tr><td>"
        b"Response<td>45%<td>20%</tr></table><ul><li>one<li>two</ul></body></html>"
    ),
    "a.md": (
        b"---\nid: x1\ntitle: A title\ntrials:\n  - id: NCT00000001\n---\n# A title\n\n"
        b"The response was *better* [1], $\\geq 0.5$.\n\n| Endpoint | Drug |\n|---|---|\n"
        b"| Response | 45% |\n\n- one\n  - two\n\n## References\n\n1. Doe J. A paper. 2020.\n"
    ),
    "a.txt": (
        b"Endpoint\tDrug (n=20)\tPlacebo (n=10)\nPrimary endpoint\t\t\nResponse\t45%\t20%\n\n"
        b"The response was better.[1]\n"
    ),
}
TRIES = 40


def broken(data: bytes, chance: random.Random) -> bytes:
    """Cut, flip, double or drop some of the bytes."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 40)]
            case _:
                data[at:at] = chance.choice(
                    [b"<", b"|", b"\n---\n", b"\0", b"[" * 9, b"$", b"9" * 30]
                )
        if len(data) < 2:
            break
    return bytes(data[: chance.randint(1, len(data))]) if chance.random() < 0.3 else bytes(data)


@pytest.mark.parametrize("name", WHOLE)
def test_whatever_the_bytes_are_nothing_but_one_kind_of_error_comes_out(name: str) -> None:
    chance = random.Random(name)
    for _ in range(TRIES):
        data = broken(WHOLE[name], chance)
        try:
            source = read_source(Path(name), data, SETTINGS)
        except UnreadableFileError as error:
            assert str(error).isprintable()
            continue
        assert all(0 <= block.start < block.end <= len(source.text) for block in source.blocks)


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_short_anywhere_is_read_or_refused(name: str) -> None:
    data = WHOLE[name]
    for end in range(1, len(data), max(1, len(data) // TRIES)):
        try:
            read_source(Path(name), data[:end], SETTINGS)
        except UnreadableFileError as error:
            assert str(error).isprintable()
