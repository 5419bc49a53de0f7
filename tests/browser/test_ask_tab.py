"""Asking in the browser: an answer, its evidence, a follow-up, a reload."""

from __future__ import annotations

from browser_support import Chat, ask, lit, open_tab, picture
from playwright.sync_api import Page, expect

QUESTION = "How much did proteinuria fall with zeltorimab?"
HALF_LIFE = "What is the half-life of zeltorimab?"
HALF_LIFE_TOLD = "The half-life of zeltorimab was 17 days."


def test_a_click_on_a_citation_lights_the_words_it_rests_on(page: Page) -> None:
    answer = ask(page, HALF_LIFE)
    expect(answer).to_contain_text("Found in the library")
    expect(answer).to_contain_text(HALF_LIFE_TOLD)
    expect(lit(page)).to_have_count(0)
    answer.locator("a[href='#cite-1']").click()
    expect(lit(page)).to_have_count(1)
    expect(lit(page)).to_be_in_viewport()
    expect(lit(page)).to_be_focused()
    expect(lit(page).locator("mark.words")).to_have_text(HALF_LIFE_TOLD)


def test_a_figure_from_a_table_is_shown_with_its_row_and_every_arm(page: Page) -> None:
    answer = ask(page, QUESTION)
    expect(answer).to_contain_text("61.5%")
    answer.locator("a[href='#cite-1']").click()
    rows = lit(page).locator("table tr")
    expect(rows.filter(has_text="Zeltorimab (n=40)")).to_contain_text("61.5%")
    expect(rows.filter(has_text="Placebo (n=20)")).to_contain_text("33.0%")
    picture(page, "answer")


def test_a_marker_of_an_earlier_answer_brings_that_answers_evidence_back(page: Page) -> None:
    earlier = ask(page, HALF_LIFE).locator("a[href='#cite-1']").element_handle()
    ask(page, "Is zeltorimab being developed for kidney transplantation?")
    expect(page.locator("#evidence")).to_contain_text("Acme ends BEACON-2")
    expect(page.locator("#notices")).to_contain_text("terminated")
    assert earlier is not None
    earlier.click()
    expect(lit(page).locator("mark.words")).to_have_text(HALF_LIFE_TOLD)
    expect(page.locator("#evidence .asked-for")).to_contain_text(HALF_LIFE)
    expect(page.locator("#notices")).not_to_contain_text("terminated")


def test_a_card_opens_its_source_at_the_words_and_escape_closes_it(page: Page) -> None:
    ask(page, HALF_LIFE)
    opener = page.locator("#evidence .card button.open").first
    opener.click()
    pane = page.get_by_role("dialog")
    expect(pane.locator("mark")).to_have_text(HALF_LIFE_TOLD)
    expect(pane.locator("mark")).to_be_in_viewport()
    expect(pane).to_contain_text("Serious infections")
    page.keyboard.press("Escape")
    expect(pane).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_follow_up_is_understood_from_the_question_before_it(page: Page) -> None:
    ask(page, QUESTION)
    answer = ask(page, "and with placebo?")
    expect(answer).to_contain_text(
        "Understood as: How much did proteinuria fall with placebo in the trial of zeltorimab?"
    )
    expect(answer.locator(".claim")).to_contain_text("33.0%")
    expect(answer.locator(".claim")).not_to_contain_text("61.5%")


def test_what_no_document_says_is_said_to_be_missing(page: Page) -> None:
    answer = ask(page, "What is the price of zeltorimab in francs?")
    expect(answer).to_contain_text("Not in this library")
    expect(answer.locator("a.marker")).to_have_count(0)
    picture(page, "not-found")


def test_a_stopped_trial_is_told_above_the_answer(page: Page) -> None:
    answer = ask(page, "Is zeltorimab being developed for kidney transplantation?")
    notice, claim = answer.locator(".notice.trial_status"), answer.locator(".claim").first
    expect(notice).to_contain_text("BEACON-2")
    expect(notice).to_contain_text("terminated (3 May 2023)")
    above, below = notice.bounding_box(), claim.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    expect(page.locator("#notices")).to_contain_text("terminated (3 May 2023)")
    picture(page, "stopped")


def test_a_conversation_survives_a_reload_and_goes_on(page: Page) -> None:
    ask(page, QUESTION)
    page.reload()
    expect(page.locator("#conversation .answer")).to_contain_text("61.5%")
    expect(page.locator("#evidence .card")).to_have_count(1)
    expect(ask(page, "and with placebo?").locator(".claim")).to_contain_text("33.0%")


def test_a_new_conversation_begins_empty_and_stays_so_after_a_reload(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#clear").click()
    expect(page.locator("#conversation .answer")).to_have_count(0)
    expect(page.locator("#evidence .card")).to_have_count(0)
    page.reload()
    expect(page.locator("#conversation .welcome")).to_be_visible()
    picture(page, "empty")
    answer = ask(page, "and with placebo?")
    expect(answer).not_to_contain_text("proteinuria fall")


def test_undo_takes_the_last_turn_back_into_the_box(page: Page) -> None:
    ask(page, HALF_LIFE)
    ask(page, QUESTION)
    page.locator("#undo").click()
    expect(page.locator("#conversation .answer")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    expect(page.locator("#evidence .asked-for")).to_contain_text(HALF_LIFE)


def test_asking_again_answers_the_last_question_once_more(page: Page) -> None:
    first = ask(page, HALF_LIFE).inner_text()
    page.locator("#again").click()
    expect(page.locator("#conversation .answer.under-way, .under-way")).to_have_count(0)
    expect(page.locator("#conversation .answer")).to_have_count(1)
    assert page.locator("#conversation [data-testid=bot]").inner_text() == first


def test_one_click_copies_an_answer_with_its_references(page: Page, chat: Chat) -> None:
    rights = ["clipboard-read", "clipboard-write"]
    page.context.grant_permissions(rights, origin=chat.address)
    answer = ask(page, HALF_LIFE)
    answer.get_by_role("button", name="Copy with references").click()
    expect(answer.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"{HALF_LIFE_TOLD} [1]" in copied
    assert "Zeltorimab in lupus nephritis, a randomised trial" in copied
    assert "10.5555/lumen.2021" in copied


def test_the_conversation_waits_while_another_tab_is_looked_at(page: Page) -> None:
    ask(page, HALF_LIFE)
    open_tab(page, "Trials")
    expect(page.locator("#trials table").first).to_be_visible()
    open_tab(page, "Ask")
    expect(page.locator("#conversation .answer")).to_contain_text(HALF_LIFE_TOLD)
