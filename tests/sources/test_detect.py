from __future__ import annotations

from pathlib import Path

import pytest
from make_docx import docx_bytes, new_document, with_parts
from make_pdf import Page, make_pdf

from iscalimab_qa.errors import UnreadableFileError
from iscalimab_qa.sources.detect import detect_container, detect_markup, is_document_name


@pytest.mark.parametrize(
    "name",
    [
        "a.md",
        "b.MARKDOWN",
        "c.txt",
        "d.text",
        "e.html",
        "f.HTM",
        "g.xhtml",
        "h.pdf",
        "i.docx",
        "two words.md",
        'it\'s "quoted".txt',
        "line\nbreak.md",
        "größe.pdf",
        "Licence terms.md",
    ],
)
def test_documents_are_known_by_their_suffix(name: str) -> None:
    assert is_document_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README",
        "readme.md",
        "LICENSE",
        "LICENSE.txt",
        "license.md",
        ".hidden.md",
        "data.csv",
        "picture.png",
        "paper.pdf.meta.yaml",
        "paper.meta.yaml",
        "~$paper.docx",
        "md",
    ],
)
def test_everything_else_is_ignored_silently(name: str) -> None:
    assert not is_document_name(name)


@pytest.mark.parametrize("name", ["paper.pdf", "paper.md", "paper.docx"])
def test_a_pdf_is_a_pdf_whatever_its_name(name: str) -> None:
    assert detect_container(make_pdf(Page().text(50, 700, "Words")), Path(name)) == "pdf"


def test_a_pdf_may_start_after_some_bytes_of_a_mail() -> None:
    data = b"junk before\r\n" + make_pdf(Page().text(50, 700, "Words"))
    assert detect_container(data, Path("a.pdf")) == "pdf"


@pytest.mark.parametrize("name", ["paper.docx", "paper.pdf", "paper.txt"])
def test_a_word_document_is_known_by_what_is_in_its_archive(name: str) -> None:
    assert detect_container(docx_bytes(new_document()), Path(name)) == "docx"


def test_another_archive_is_refused_by_name() -> None:
    data = with_parts(docx_bytes(new_document()), {})
    other = data.replace(b"word/document.xml", b"word/somethin.xml")
    with pytest.raises(UnreadableFileError, match=r"no word/document\.xml"):
        detect_container(other, Path("sheet.docx"))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"\x8f\x13random", r"is not a PDF \(its first bytes are b'\\x8f\\x13random'\)"),
        ("a.docx", b"just words", "is not a Word document"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged archive or Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old or encrypted Office file"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        detect_container(data, Path(name))


def test_a_page_saved_under_the_name_of_a_pdf_is_read_as_the_page_it_is() -> None:
    assert detect_container(b"<!DOCTYPE html><p>Hello", Path("paper.pdf")) == "text"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>\n<p>Hello",
        "<?xml version='1.0'?>\n<html><body>x</body></html>",
        "<!-- saved -->\n<HTML lang='en'>",
        "\n  <body><p>x",
    ],
)
def test_html_is_told_by_how_it_starts_even_in_a_text_file(text: str) -> None:
    assert detect_markup(text, "a.txt") == "html"


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nText.\n\n## Methods\n\nText.",
        "Text with **bold** words.\n\n# One heading",
        "| Endpoint | Drug |\n|---|---|\n| Response | 8% |",
        "| Endpoint | Drug |\n| :--- | ---: |\n| Response | 8% |",
        "See [one](https://example.org/a) and [two](https://example.org/b).",
        "```\ncode\n```",
    ],
)
def test_markdown_in_a_text_file_is_read_as_markdown(text: str) -> None:
    assert detect_markup(text, "a.txt") == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        "A title\n\nA paragraph of words.",
        "# of patients: 39\nResponse: 8%",
        "Criteria:\n- age over 18\n- active disease\n- no infection",
        "Endpoint\tDrug\tPlacebo\nResponse\t8%\t0%",
        "The value was 3 * 4 ** 2 and a < b > c.",
        "[[[[" * 5_000,
        "",
    ],
)
def test_plain_text_stays_plain(text: str) -> None:
    assert detect_markup(text, "a.txt") == "plain"


def test_a_name_decides_where_the_text_does_not() -> None:
    assert detect_markup("Just words.", "a.md") == "markdown"
    assert detect_markup("<p>Just <b>words</b>.", "a.html") == "html"
    assert detect_markup("Just words.", "a.html") == "plain"
