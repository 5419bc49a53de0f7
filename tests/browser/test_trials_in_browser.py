"""The trials in the browser: how one ended, the words behind it, a question about it."""

from __future__ import annotations

import pytest
from browser_support import ask, open_tab, picture
from playwright.sync_api import Page, expect


@pytest.fixture
def trials(page: Page) -> Page:
    open_tab(page, "Trials")
    expect(page.locator("#trials tr.trial")).to_have_count(2)
    return page


def test_a_row_opens_the_words_behind_its_entries(trials: Page) -> None:
    row = trials.locator("#trials tr.trial", has_text="BEACON-2")
    expect(row).to_contain_text("terminated")
    expect(row).to_contain_text("the rate of rejection was higher than on tacrolimus")
    row.get_by_role("button", name="BEACON-2").click()
    detail = trials.locator("#trials .trial-detail")
    expect(detail.locator(".card").first).to_contain_text("Acme terminated BEACON-2")
    detail.locator("a.marker").first.click()
    expect(detail.locator(".card.active")).to_have_count(1)
    picture(trials, "trials")
    row.get_by_role("button", name="BEACON-2").click()
    expect(detail).to_have_count(0)


def test_a_trials_figures_stand_by_arm(trials: Page) -> None:
    trials.locator("#trials").get_by_role("button", name="LUMEN-1").click()
    outcomes = trials.locator("#trials table.outcomes tr")
    expect(outcomes.filter(has_text="61.5%")).to_contain_text("Zeltorimab")
    expect(outcomes.filter(has_text="33.0%")).to_contain_text("Placebo")


def test_asking_about_a_trial_brings_a_question_that_is_answered(trials: Page) -> None:
    trials.locator("#trials").get_by_role("button", name="BEACON-2").click()
    trials.get_by_role("button", name="Ask about this trial").click()
    box = trials.locator("#question textarea")
    expect(box).to_be_focused()
    question = box.input_value()
    assert "BEACON-2 (NCT09990002)" in question
    expect(ask(trials, question)).to_contain_text("terminated")
