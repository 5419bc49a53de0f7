"""A rating in the browser: a line in a file that nobody else reads."""

from __future__ import annotations

import json
import stat

from browser_support import Chat, ask
from playwright.sync_api import Page, expect

QUESTION = "What is the half-life of zeltorimab?"
REASON = "Right, <b>but</b> where is the interval?"


def test_a_rating_and_its_reason_stay_in_a_file_of_this_machines_owner(
    page: Page, chat: Chat
) -> None:
    ask(page, QUESTION)
    page.locator("#rate-down").click()
    page.locator("#rate-reason textarea").fill(REASON)
    page.locator("#rate-save").click()
    expect(page.locator("#rated")).to_contain_text("saved on this machine")
    (file,) = (chat.folder / "data").rglob("feedback.jsonl")
    noted = json.loads(file.read_text(encoding="utf-8").splitlines()[-1])
    assert (noted["question"], noted["rating"], noted["reason"]) == (QUESTION, "down", REASON)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_before_an_answer_there_is_nothing_to_rate(page: Page) -> None:
    expect(page.locator("#rate-up")).to_be_hidden()
