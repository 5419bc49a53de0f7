"""The library in the browser: find, describe, add, ask, remove."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import ARTEFACTS, Chat

OWL = (
    "# Owlumab in dermatitis\n\n"
    "Owlumab lowered the plumage score by 12.4 points at week 20 (n=51).\n"
)
RIS = (
    "TY  - JOUR\nTI  - Owlumab in feather dermatitis <img src=x onerror=alert(1)>\n"
    "AU  - Owl, A\nPY  - 2024\nDO  - 10.1000/owl.1\nER  - \n"
)
QUESTION = "By how much did owlumab lower the plumage score?"


def ask(page: Page, question: str) -> None:
    """Ask as a person does, and wait for one more answer."""
    answers = page.locator("#conversation [data-testid=bot]")
    before = answers.count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(answers).to_have_count(before + 1)


@pytest.fixture
def library(page: Page) -> Page:
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#library tbody tr").first).to_be_visible()
    return page


def test_a_document_is_described_added_asked_about_and_removed(
    library: Page, chat: Chat, tmp_path: Path
) -> None:
    library.on("dialog", lambda _: pytest.fail("a document ran script"))
    document, citation = tmp_path / "owl.md", tmp_path / "owl.ris"
    document.write_text(OWL, encoding="utf-8")
    citation.write_text(RIS, encoding="utf-8")
    library.locator("#upload input[type=file]").set_input_files([document, citation])
    expect(library.locator("#upload-read")).to_contain_text("described by owl.ris")
    expect(library.locator("#details-doi :is(input, textarea)")).to_have_value("10.1000/owl.1")
    library.locator("#add").click()
    expect(library.locator("#library-report")).to_contain_text("1 passage, no tables")
    assert (chat.corpus / "owl.md.meta.yaml").exists()
    row = library.locator("#library tbody tr", has_text="Owlumab in feather dermatitis")
    expect(row).to_contain_text("2024")
    expect(row).to_contain_text("yours")
    expect(row).to_contain_text("unclassified")
    ARTEFACTS.mkdir(exist_ok=True)
    library.screenshot(path=ARTEFACTS / "library.png")

    library.get_by_role("tab", name="Ask").click()
    ask(library, QUESTION)
    expect(library.locator("#conversation [data-testid=bot]").last).to_contain_text("12.4 points")

    library.get_by_role("tab", name="Library").click()
    row.get_by_role("button", name="Remove").click()
    expect(library.locator("#keep")).to_be_focused()
    library.locator("#remove").click()
    expect(library.locator("#library-report")).to_contain_text("Removed owl")
    assert not list(chat.corpus.glob("owl*"))
    library.get_by_role("tab", name="Ask").click()
    ask(library, QUESTION)
    gone = library.locator("#conversation [data-testid=bot]").last
    expect(gone).not_to_contain_text("12.4 points")


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


def test_on_a_telephone_nothing_is_wider_than_the_screen(library: Page) -> None:
    library.set_viewport_size({"width": 390, "height": 844})
    assert library.evaluate("document.documentElement.scrollWidth") <= 390
    ARTEFACTS.mkdir(exist_ok=True)
    library.screenshot(path=ARTEFACTS / "library-telephone.png")
