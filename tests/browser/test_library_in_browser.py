"""The library in the browser: find, describe, add, ask, remove."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_support import Chat, ask, is_wider_than_the_screen, open_tab, picture
from make_pdf import Page as PdfPage
from make_pdf import make_pdf
from playwright.sync_api import Locator, Page, expect

OWL = (
    "# Owlumab in dermatitis\n\n"
    "Owlumab lowered the plumage score by 12.4 points at week 20 (n=51).\n"
)
TITLE = "Owlumab in feather dermatitis"
RIS = (
    f"TY  - JOUR\nTI  - {TITLE} <img src=x onerror=alert(1)>\n"
    "AU  - Owl, A\nPY  - 2024\nDO  - 10.1000/owl.1\nER  - \n"
)
QUESTION = "By how much did owlumab lower the plumage score?"


@pytest.fixture
def library(page: Page) -> Page:
    open_tab(page, "Library")
    expect(page.locator("#library tbody tr").first).to_be_visible()
    return page


def choose(library: Page, *files: Path) -> None:
    """Choose files to upload, and wait until they were looked at."""
    library.locator("#upload input[type=file]").set_input_files([*files])
    expect(library.locator("#upload-read li").first).to_be_visible()


def add(library: Page) -> Locator:
    """Add what was chosen, and return what is said of it."""
    library.locator("#add").click()
    expect(library.locator("#library-report li").first).to_be_visible()
    return library.locator("#library-report")


def row_of(library: Page, title: str) -> Locator:
    return library.locator("#library tbody tr", has_text=title)


def remove(library: Page, title: str) -> None:
    """Remove a source, as a person does who is asked whether they mean it."""
    row_of(library, title).get_by_role("button", name="Remove").click()
    expect(library.locator("#confirm")).to_contain_text(f"Remove “{title}”?")
    expect(library.locator("#keep")).to_be_focused()
    library.locator("#remove").click()
    expect(library.locator("#library-report")).to_contain_text("Removed")
    expect(row_of(library, title)).to_have_count(0)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pdf_answers_the_next_question_and_is_gone_when_it_is_removed(
    library: Page, chat: Chat, tmp_path: Path
) -> None:
    words = PdfPage().text(50, 780, "Storkumab in gout", 16, font="bold")
    words.text(50, 740, "Storkumab lowered uric acid by 2.7 mg/dl at week 12 in 64 adults.")
    paper = tmp_path / "stork.pdf"
    paper.write_bytes(make_pdf(words, title="Storkumab in gout"))
    choose(library, paper)
    expect(add(library)).to_contain_text("1 passage")
    open_tab(library, "Ask")
    question = "By how much did storkumab lower uric acid?"
    expect(ask(library, question)).to_contain_text("2.7 mg/dl")
    expect(library.locator("#evidence .card").first).to_contain_text("page 1")

    open_tab(library, "Library")
    remove(library, "Storkumab in gout")
    assert not list(chat.corpus.glob("stork*"))
    open_tab(library, "Ask")
    gone = ask(library, question)
    expect(gone).to_contain_text("Not in this library")
    expect(gone).not_to_contain_text("2.7")


def test_a_document_is_described_by_its_citation_file_and_by_hand(
    library: Page, chat: Chat, tmp_path: Path
) -> None:
    choose(library, written(tmp_path, "owl.md", OWL), written(tmp_path, "owl.ris", RIS))
    expect(library.locator("#upload-read")).to_contain_text("described by owl.ris")
    expect(library.locator("#details-doi :is(input, textarea)")).to_have_value("10.1000/owl.1")
    library.get_by_label("Tier of evidence").click()
    library.get_by_role("option", name="1 randomised trial").click()
    library.locator("#details-title :is(input, textarea)").fill(TITLE)
    expect(add(library)).to_contain_text("1 passage, no tables")
    row = row_of(library, TITLE)
    expect(row).to_contain_text("2024")
    expect(row).to_contain_text("yours")
    expect(row.locator("td.tier")).to_contain_text("1")
    picture(library, "library")

    open_tab(library, "Ask")
    expect(ask(library, QUESTION)).to_contain_text("12.4 points")
    expect(library.locator("#evidence .card").first).to_contain_text("tier 1")
    open_tab(library, "Library")
    remove(library, TITLE)
    assert not list(chat.corpus.glob("owl*"))


def test_a_name_that_climbs_out_of_the_folder_ends_inside_it_and_markup_is_not_run(
    library: Page, chat: Chat
) -> None:
    climbing = [
        {"name": "../../climber.md", "mimeType": "text/markdown", "buffer": OWL.encode()},
        {"name": "../../climber.ris", "mimeType": "text/plain", "buffer": RIS.encode()},
    ]
    library.locator("#upload input[type=file]").set_input_files(climbing)
    expect(library.locator("#upload-read")).to_contain_text("climber.md")
    add(library)
    expect(row_of(library, TITLE)).to_contain_text("unclassified")
    assert library.locator("#library-tab img").count() == 0
    above = [chat.folder, chat.folder.parent]
    assert len(list(chat.corpus.glob("*climber*.md"))) == 1
    assert [path for folder in above for path in folder.glob("*climber*")] == []
    remove(library, TITLE)


def test_a_file_that_is_too_large_is_refused_with_the_limit(library: Page) -> None:
    large = {"name": "large.txt", "mimeType": "text/plain", "buffer": b"words " * 200_000}
    library.locator("#upload input[type=file]").set_input_files(large)
    told = library.get_by_text("exceed the maximum allowed size").last
    expect(told).to_contain_text("large.txt")
    expect(library.locator("#add")).to_be_hidden()


def test_what_cannot_be_read_is_said_and_not_offered(library: Page, tmp_path: Path) -> None:
    choose(library, written(tmp_path, "broken.pdf", "no pdf at all"))
    expect(library.locator("#upload-read")).to_contain_text("is not a PDF")
    expect(library.locator("#add")).to_be_hidden()


def test_who_thinks_better_of_a_removal_keeps_the_source(library: Page) -> None:
    row = row_of(library, "Acme ends BEACON-2")
    row.get_by_role("button", name="Remove").click()
    library.locator("#keep").click()
    expect(library.locator("#confirm")).to_be_hidden()
    expect(row).to_be_visible()


def test_the_table_is_sorted_and_filtered_by_its_heads_and_fields(library: Page) -> None:
    rows = library.locator("#library tbody tr:not([hidden])")
    everything = rows.count()
    library.locator("#library th.passages button").press("Enter")
    expect(library.locator("#library th.passages")).to_have_attribute("aria-sort", "ascending")
    counts = [int(each) for each in library.locator("#library td.passages").all_inner_texts()]
    assert counts == sorted(counts)
    library.locator("#library input[name=words]").fill("no source is called so")
    expect(rows).to_have_count(0)
    expect(library.locator("#library .count")).to_have_text(f"0 of {everything} sources")
    library.locator("#library input[name=words]").fill("")
    expect(rows).to_have_count(everything)


def test_on_a_telephone_the_library_is_not_wider_than_the_screen(library: Page) -> None:
    library.set_viewport_size({"width": 390, "height": 844})
    assert not is_wider_than_the_screen(library)
    picture(library, "library-telephone")
