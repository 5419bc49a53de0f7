"""What a visitor saves: files that other programs can read."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import docx
import pytest
from browser_support import ask, open_tab
from playwright.sync_api import Page, expect

from iscalimab_qa.sources.citation_files import read_citations

TITLE = "Zeltorimab in lupus nephritis, a randomised trial"


def saved(page: Page, button: str) -> Path:
    """Click a button and return the file that the browser was given."""
    with page.expect_download() as downloaded:
        page.locator(button).click()
    path = downloaded.value.path()
    return path.rename(path.with_name(downloaded.value.suggested_filename))


@pytest.fixture
def talk(page: Page) -> Page:
    """A conversation of two answers that rest on two sources."""
    ask(page, "What is the half-life of zeltorimab?")
    ask(page, "Is zeltorimab being developed for kidney transplantation?")
    return page


def test_a_conversation_is_saved_in_every_form_that_is_offered(talk: Page) -> None:
    _is_markdown_with_numbered_references(saved(talk, "#save-markdown"))
    _is_the_same_in_word(saved(talk, "#save-docx"))
    _names_the_source_in_bibtex(saved(talk, "#save-bibtex"))
    _is_ris_that_we_read_ourselves(saved(talk, "#save-ris"))
    _has_a_row_a_citation(saved(talk, "#save-csv"))


def _is_markdown_with_numbered_references(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.suffix == ".md"
    assert "The half-life of zeltorimab was 17 days." in text
    assert re.search(rf"^1\. .*{TITLE}", text, re.MULTILINE)
    assert re.search(r"^2\. .*Acme ends BEACON-2", text, re.MULTILINE)


def _is_the_same_in_word(path: Path) -> None:
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "The half-life of zeltorimab was 17 days." in text
    assert TITLE in text
    assert "Acme ends BEACON-2" in text


def _names_the_source_in_bibtex(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(r"^@\w+\{[^,\s]+,$", text, re.MULTILINE)) == 2
    assert text.count("{") == text.count("}")
    assert "10.5555/lumen.2021" in text


def _is_ris_that_we_read_ourselves(path: Path) -> None:
    first, second = read_citations(path.read_bytes())
    assert {first.title, second.title} == {TITLE, "Acme ends BEACON-2"}
    assert "10.5555/lumen.2021" in {first.doi, second.doi}


def _has_a_row_a_citation(path: Path) -> None:
    rows = [*csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))]
    assert len(rows) == 2
    assert any("17 days" in value for value in rows[0].values())


def test_the_trials_are_saved_as_a_table(page: Page) -> None:
    open_tab(page, "Trials")
    expect(page.locator("#trials table").first).to_be_visible()
    text = saved(page, "#save-trials").read_text(encoding="utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(text))]
    stopped = [row for row in rows if "NCT09990002" in row.values()]
    assert len(rows) == 2
    assert "terminated" in stopped[0].values()


def test_before_an_answer_nothing_is_offered_to_be_saved(page: Page) -> None:
    expect(page.locator("#save-markdown")).to_be_hidden()
