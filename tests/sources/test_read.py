from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from make_docx import docx_bytes, new_document
from make_pdf import Page, make_pdf

from iscalimab_qa.errors import (
    FrontMatterError,
    NoTextError,
    TooLargeError,
    UnreadableFileError,
    UnsafeFileError,
)
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources import read as reading
from iscalimab_qa.sources.builder import Built
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Block, BlockKind, Source

SETTINGS = ReadingSettings()
DIGEST = """---
id: doe2024
title: A made-up trial of an antibody
kind: randomised_trial
text_kind: digest
read_from: abstract
---
# A made-up trial of an antibody

The response was better with the drug.

## Curator's notes

The full text was not at hand.

### Gaps

- Nothing on children.

## Limits

One centre took part.
"""


def read(data: bytes | str, name: str = "a.md", sidecar: str | None = None) -> Source:
    raw = data.encode("utf-8") if isinstance(data, str) else data
    beside = sidecar.encode("utf-8") if sidecar is not None else None
    return read_source(Path(name), raw, SETTINGS, sidecar=beside)


def texts(source: Source, kind: BlockKind) -> list[str]:
    return [source.text[block.start : block.end] for block in source.blocks if block.kind == kind]


# --- each format --------------------------------------------------------------------

FORMATS = {
    "a.md": b"# A title\n\nThe response was better.",
    "b.txt": b"# A title\n\nThe response was **better**.",
    "c.html": b"<!doctype html><h1>A title</h1><p>The response was better.</p>",
    "d.pdf": make_pdf(
        Page().text(60, 760, "A title", 18).lines(60, 700, "The response was\nbetter.")
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_yields_title_and_text(name: str) -> None:
    source = read(FORMATS[name], name)
    assert source.source_id == Path(name).stem
    assert source.metadata.title == "A title"
    assert source.metadata.kind == "document"
    assert texts(source, "paragraph") == ["The response was better."]
    assert source.warnings == ()


def test_a_word_document_yields_title_and_text() -> None:
    document = new_document()
    document.add_heading("A title", 0)
    document.add_paragraph("The response was better.")
    source = read(docx_bytes(document), "e.docx")
    assert source.metadata.title == "A title"
    assert texts(source, "paragraph") == ["The response was better."]


# --- id and title -------------------------------------------------------------------


def test_front_matter_gives_id_title_and_kind() -> None:
    source = read(DIGEST, "other.md")
    assert source.source_id == "doe2024"
    assert source.metadata.title == "A made-up trial of an antibody"
    assert source.metadata.kind == "randomised_trial"


def test_plain_text_may_have_front_matter_too() -> None:
    source = read("---\nid: x1\ntitle: A note\n---\nJust words.", "a.txt")
    assert (source.source_id, source.metadata.title) == ("x1", "A note")
    assert source.text == "Just words."


def test_a_sidecar_describes_a_pdf() -> None:
    source = read(FORMATS["d.pdf"], "d.pdf", sidecar="id: doe2020\ntitle: Another title\n")
    assert (source.source_id, source.metadata.title) == ("doe2020", "Another title")


def test_a_fault_in_a_sidecar_names_its_line_and_where_it_is() -> None:
    with pytest.raises(FrontMatterError, match=r"d\.pdf: line 2: .*\(in its \.meta\.yaml file\)"):
        read(FORMATS["d.pdf"], "d.pdf", sidecar="id: doe2020\ntitel: Another\n")


def test_front_matter_and_a_sidecar_are_one_too_many() -> None:
    with pytest.raises(UnreadableFileError, match="keep one of the two"):
        read(DIGEST, sidecar="id: doe2020\n")


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("stem.md", b"Words.", "stem"),
        ("stem.html", b"<html><title>Stored</title><p>Words.</p></html>", "Stored"),
        ("stem.html", b"<html><title>Stored</title><h2>Shown</h2><p>Words.</p></html>", "Shown"),
        (
            "stem.pdf",
            make_pdf(Page().text(60, 700, "Words."), title="Stored title"),
            "Stored title",
        ),
        ("stem.md", b"# " + b"long " * 120 + b"\n\nWords.", "stem"),
    ],
)
def test_the_title_falls_back_on_heading_then_properties_then_stem(
    name: str, data: bytes, title: str
) -> None:
    assert read(data, name).metadata.title == title


@pytest.mark.parametrize(
    ("name", "source_id"),
    [
        ("two words.md", "two words"),
        ('it\'s "quoted".md', 'it\'s "quoted"'),
        ("line\nbreak.md", "line\nbreak"),
        ("größe.md", "größe"),
        ("a.b.md", "a.b"),
        # A byte that is no UTF-8 reaches Python as half a character, which nothing can store.
        ("latin-\udce9.md", "latin-\\udce9"),
    ],
)
def test_without_front_matter_the_stem_is_the_id(name: str, source_id: str) -> None:
    assert read("Words.", name).source_id == source_id


# --- notes --------------------------------------------------------------------------


def test_curators_notes_of_a_digest_are_notes_until_the_next_section() -> None:
    source = read(DIGEST)
    assert texts(source, "note") == ["The full text was not at hand.", "Nothing on children."]
    assert "One centre took part." in texts(source, "paragraph")


def test_an_originals_section_of_that_name_is_its_own_text() -> None:
    source = read("# A museum\n\n## Curator's notes\n\nThe vase is old.")
    assert texts(source, "note") == []


def test_every_block_of_a_note_is_a_note() -> None:
    source = read(
        "---\nid: gaps\ntitle: Gaps\nkind: note\n---\n# Gaps\n\nNothing.\n\n- Nor this.\n"
    )
    assert {block.kind for block in source.blocks} == {"heading", "note"}


# --- what is refused ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.md", "is empty"),
        (b" \n\t\n", "a.md", "holds nothing but white space"),
        (b"\xef\xbb\xbf", "a.md", "holds nothing but white space"),
        (b"---\nid: x1\n---\n\n", "a.md", "has front matter but no text below it"),
        (b"<html><script>x()</script></html>", "a.html", "holds no text that can be read"),
    ],
)
def test_a_file_without_text_says_so(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(NoTextError) as caught:
        read(data, name)
    assert str(caught.value) == f"{name}: {reason}"


def test_html_nested_100_000_deep_is_refused_at_once() -> None:
    with pytest.raises(UnsafeFileError):
        read("<html><body>" + "<div>" * 100_000 + "x", "a.html")


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_more_text_than_the_setting_allows_is_refused(name: str) -> None:
    small = ReadingSettings(max_text_chars=1_000)
    with pytest.raises(TooLargeError, match="more than the 1,000 allowed"):
        read_source(Path(name), b"word " * 300, small)


def test_text_that_grows_while_it_is_read_is_refused_too() -> None:
    document = new_document()
    document.add_paragraph("word " * 300)
    small = ReadingSettings(max_text_chars=1_000)
    with pytest.raises(TooLargeError, match="more than the 1,000 allowed"):
        read_source(Path("a.docx"), docx_bytes(document), small)


def test_a_parser_that_breaks_in_a_way_nobody_foresaw_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> str:
        raise RecursionError("too\ndeep \u202e" + "x" * 1_000)

    monkeypatch.setattr(reading, "decode_text", broken)
    with pytest.raises(UnreadableFileError) as caught:
        read("Words.")
    line = str(caught.value)
    assert line.startswith("a.md: could not be read (RecursionError: too deep \\u202exxx")
    assert line.isprintable()
    assert len(line) < 250


def test_a_layout_whose_offsets_do_not_hold_is_never_handed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocks = (Block("paragraph", 0, 4), Block("paragraph", 3, 6))
    monkeypatch.setattr("iscalimab_qa.sources.plain.read_plain", lambda _: Built("abc def", blocks))
    with pytest.raises(UnreadableFileError, match="laid out wrongly at character 3"):
        read("Words.", "a.txt")


# --- encodings ----------------------------------------------------------------------


def test_a_guessed_encoding_is_a_warning_on_the_source() -> None:
    source = read("Sjögren’s disease – a review.".encode("cp1252"), "a.txt")
    assert source.text == "Sjögren’s disease – a review."
    assert len(source.warnings) == 1


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = "<html><meta charset='windows-1251'><p>Пациенты.</p></html>"
    source = read(page.encode("cp1251"), "a.html")
    assert source.text == "Пациенты."
    assert source.warnings == ()


# --- speed --------------------------------------------------------------------------


def test_reading_text_loads_no_parser_of_binary_formats_and_no_pydantic() -> None:
    code = (
        "import sys; from pathlib import Path; from iscalimab_qa.sources import read_source\n"
        "from types import SimpleNamespace\n"
        "read_source(Path('a.md'), b'# T\\n\\nWords.', SimpleNamespace(max_text_chars=1_000))\n"
        "heavy = {'pypdfium2', 'pdfplumber', 'docx', 'pydantic_core'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
