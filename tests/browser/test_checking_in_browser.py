"""A text held against the library in the browser."""

from __future__ import annotations

from browser_support import open_tab, picture
from playwright.sync_api import Page, expect

TRUE = "Headache was told by 7 of 40 patients on zeltorimab."
FALSE = "Headache was told by 9 of 40 patients on zeltorimab."
UNKNOWN = "Zeltorimab is sold at forty francs a vial."


def test_each_sentence_is_borne_out_contradicted_or_not_found(page: Page) -> None:
    open_tab(page, "Check a text")
    page.locator("#check-text textarea").fill(f"{TRUE} {FALSE} {UNKNOWN}")
    page.locator("#check").click()
    sentences = page.locator("#checked li.sentence")
    expect(sentences).to_have_count(3)
    expect(page.locator("#checked .supported.sentence")).to_contain_text(TRUE)
    wrong = page.locator("#checked .contradicted.sentence")
    expect(wrong).to_contain_text(FALSE)
    expect(wrong.locator(".card")).to_contain_text(TRUE)
    expect(page.locator("#checked .not_found.sentence")).to_contain_text(UNKNOWN)
    picture(page, "check")


def test_nothing_to_check_is_said_so(page: Page) -> None:
    open_tab(page, "Check a text")
    page.locator("#check").click()
    expect(page.locator("#checked")).to_contain_text("There is nothing to check yet")
