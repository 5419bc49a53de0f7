"""Who cannot see well, uses no mouse, or holds a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_support import ask, is_wider_than_the_screen, lit, open_tab, picture
from playwright.sync_api import Page, expect

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
STOPPED = "Is zeltorimab being developed for kidney transplantation?"
PHONE = {"width": 390, "height": 844}


def faint_text(page: Page) -> list[str]:
    """Return the text of less contrast than WCAG asks for at level AA, as painted."""
    return list(page.evaluate(CONTRAST))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_what_it_is_painted_on(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.reload()
    expect(page.locator("#question textarea")).to_be_visible()
    expect(page.locator("body.dark")).to_have_count(int(scheme == "dark"))
    faint = {"empty": faint_text(page)}
    ask(page, "What is the price of zeltorimab in francs?")
    ask(page, STOPPED).locator("a.marker").first.click()
    expect(lit(page)).to_have_count(1)
    faint["answered"] = faint_text(page)
    picture(page, f"answer-{scheme}")
    page.locator("#evidence button.open").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    faint["reading"] = faint_text(page)
    page.keyboard.press("Escape")
    open_tab(page, "Trials")
    page.locator("#trials").get_by_role("button", name="BEACON-2").click()
    expect(page.locator("#trials .trial-detail")).to_be_visible()
    faint["trials"] = faint_text(page)
    open_tab(page, "Check a text")
    page.locator("#check-text textarea").fill("The half-life of zeltorimab was 27 days.")
    page.locator("#check").click()
    expect(page.locator("#checked li.sentence")).to_be_visible()
    faint["check"] = faint_text(page)
    open_tab(page, "Library")
    expect(page.locator("#library tbody tr").first).to_be_visible()
    page.locator("#library").get_by_role("button", name="Remove Acme ends").click()
    expect(page.locator("#remove")).to_be_visible()
    faint["library"] = faint_text(page)
    assert {tab: found for tab, found in faint.items() if found} == {}


def test_the_measure_of_contrast_finds_faint_text(page: Page) -> None:
    # By WCAG's formula: #777777 on white 4.48; half of black is painted as #7f7f7f, 4.00.
    page.set_content(
        "<p style='color: #777777'>grey</p><p style='color: #767676'>darker</p>"
        "<p style='color: rgb(0 0 0 / 50%)'>half</p><h1 style='color: #777777'>large</h1>"
    )
    assert faint_text(page) == ["4.48: grey", "4.00: half"]


def test_on_a_telephone_question_answer_and_evidence_fit_the_screen(page: Page) -> None:
    page.set_viewport_size(PHONE)
    expect(page.locator("#question textarea")).to_be_in_viewport()
    answer = ask(page, STOPPED)
    expect(answer.locator(".claim").first).to_be_in_viewport()
    expect(page.locator("#question textarea")).to_be_in_viewport()
    assert not is_wider_than_the_screen(page)
    picture(page, "telephone")
    answer.locator("a.marker").last.click()
    expect(lit(page)).to_be_in_viewport()
    assert not is_wider_than_the_screen(page)
    picture(page, "telephone-evidence")


def test_on_a_telephone_no_tab_scrolls_sideways(page: Page) -> None:
    page.set_viewport_size(PHONE)
    open_tab(page, "Trials")
    page.locator("#trials").get_by_role("button", name="LUMEN-1").click()
    expect(page.locator("#trials .trial-detail")).to_be_visible()
    assert not is_wider_than_the_screen(page)
    picture(page, "telephone-trials")
    open_tab(page, "Check a text")
    expect(page.locator("#check")).to_be_visible()
    assert not is_wider_than_the_screen(page)


def test_the_keyboard_alone_asks_and_reaches_the_evidence(page: Page) -> None:
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type("What is the half-life of zeltorimab?")
    page.keyboard.press("Enter")
    expect(page.locator("#conversation .answer")).to_contain_text("17 days")
    expect(page.locator("#question textarea")).to_be_focused()
    assert _tabbed_to(page, "a.marker", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(lit(page)).to_be_focused()
    assert _tabbed_to(page, "#evidence button.open", key="Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="Close")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('.reader'))")
    page.keyboard.press("Escape")
    expect(page.locator("#evidence button.open").first).to_be_focused()


def _tabbed_to(page: Page, selector: str, *, key: str) -> bool:
    """Press a key until what has the focus fits the selector; ten stops are too many."""
    for _ in range(10):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return True
    return False
