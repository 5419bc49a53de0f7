"""Text that would be more than text: it appears as it is, and nothing of it runs.

Every test of this folder also fails on a dialog, a failing script or a request to elsewhere.
"""

from __future__ import annotations

from browser_support import ask, open_tab
from playwright.sync_api import Page, expect
from shelf import HOSTILE, PLANTED

MADE_BY_TEXT = ":is(img, script, iframe, object, [onerror], [onload], a[href^='javascript:' i])"


def planted(page: Page) -> int:
    """Count elements of the main parts that no part of ours makes."""
    parts = ("#conversation", "#evidence", "#notices", "#reader", "#library", "#trials", "#checked")
    return page.locator(", ".join(f"{part} {MADE_BY_TEXT}" for part in parts)).count()


def test_markup_in_a_question_a_passage_and_a_title_appears_as_text(page: Page) -> None:
    question = f"<script>alert(2)</script> {HOSTILE} How fast does brachistol calm itch?"
    ask(page, question)
    expect(page.locator("#conversation [data-testid=user]").last).to_contain_text(question)
    answer = ask(page, "How fast does brachistol calm itch?")
    expect(answer).to_contain_text(PLANTED)
    expect(page.locator("#evidence .card mark").first).to_contain_text(PLANTED)
    page.locator("#evidence .card button.open").first.click()
    expect(page.locator("#reader mark")).to_contain_text(PLANTED)
    expect(page.locator("#reader .reader")).to_contain_text("Brachistol lasts 3 nights")
    assert planted(page) == 0


def test_a_passage_that_would_run_is_kept_out_of_answers(page: Page) -> None:
    answer = ask(page, "How many nights does brachistol last?")
    expect(answer).not_to_contain_text("3 nights")
    assert planted(page) == 0


def test_a_file_name_full_of_markup_is_listed_as_text(page: Page) -> None:
    open_tab(page, "Library")
    expect(page.locator("#library tbody")).to_contain_text(HOSTILE)
    assert planted(page) == 0


def test_markup_in_a_text_to_check_appears_as_text(page: Page) -> None:
    open_tab(page, "Check a text")
    page.locator("#check-text textarea").fill(f"Zeltorimab {HOSTILE} is an antibody.")
    page.locator("#check").click()
    expect(page.locator("#checked li.sentence")).to_contain_text(HOSTILE)
    assert planted(page) == 0
