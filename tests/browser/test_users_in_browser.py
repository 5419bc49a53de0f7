"""A chat that is served to users who log in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_support import Chat, ask, open_tab, visiting
from person import Person
from playwright.sync_api import Browser, Page, expect
from served_chat import chat_over, serving

from iscalimab_qa.users import UserFile

PASSWORDS = {"ann": "an owl in the attic", "ben": "two geese on a lake"}
GOOSE = "# Goosumab in gout\n\nGoosumab lowered uric acid by 3.9 mg/dl at week 8 in 12 adults.\n"
QUESTION = "By how much did goosumab lower uric acid?"


@pytest.fixture(scope="module")
def shared(chat: Chat, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second server over the same library, to which one has to log in."""
    folder = tmp_path_factory.mktemp("shared")
    users = UserFile(folder / "users.json")
    users.add("ann", "librarian", PASSWORDS["ann"])
    users.add("ben", "reader", PASSWORDS["ben"])
    options = ("--auth-file", str(users.path))
    with serving(chat_over(chat.corpus, chat.folder / "index", *options), folder) as address:
        yield address


@pytest.fixture
def door(browser: Browser, shared: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    with visiting(context, shared) as page:
        yield page
    context.close()


def log_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("username").fill(name)
    page.get_by_label("password").fill(password)
    page.get_by_role("button", name="Login").click()


def test_a_stranger_sees_a_login_and_a_wrong_password_does_not_open_it(door: Page) -> None:
    expect(door.locator("#question")).to_have_count(0)
    log_in(door, "ann", PASSWORDS["ben"])
    expect(door.get_by_text("Incorrect Credentials")).to_be_visible()
    expect(door.locator("#question")).to_have_count(0)


def test_a_reader_asks_and_cannot_change_the_library(door: Page, chat: Chat, shared: str) -> None:
    log_in(door, "ben", PASSWORDS["ben"])
    expect(ask(door, "What is the half-life of zeltorimab?")).to_contain_text("17 days")
    open_tab(door, "Library")
    expect(door.locator("#library tbody tr").first).to_be_visible()
    expect(door.locator("#library-tab")).to_contain_text("Logged in as ben (reader)")
    expect(door.locator("#library-tab")).to_contain_text("Only a librarian")
    for control in ("#upload", "#add", "#rebuild", "#library button.act"):
        expect(door.locator(control)).to_be_hidden()
    with Person(shared, "ben", PASSWORDS["ben"]) as reader:  # past the page, to the queue itself
        assert reader.upload("goose.md", GOOSE.encode()).status_code == 403
        assert "Only a librarian" in str(reader.trigger("library", "click", [], {"source": "stop"}))
        assert "Only a librarian" in str(reader.trigger("remove", "click", ["stop"]))
        assert "Only a librarian" in str(reader.trigger("rebuild", "click", []))
    assert (chat.corpus / "stop.md").exists()
    assert not list(chat.corpus.glob("goose*"))


def test_a_librarian_adds_and_removes(door: Page, chat: Chat, tmp_path: Path) -> None:
    log_in(door, "ann", PASSWORDS["ann"])
    open_tab(door, "Library")
    expect(door.locator("#library-tab")).to_contain_text("Logged in as ann (librarian)")
    document = tmp_path / "goose.md"
    document.write_text(GOOSE, encoding="utf-8")
    door.locator("#upload input[type=file]").set_input_files(document)
    door.locator("#add").click()
    expect(door.locator("#library-report")).to_contain_text("1 passage")
    open_tab(door, "Ask")
    expect(ask(door, QUESTION)).to_contain_text("3.9 mg/dl")
    open_tab(door, "Library")
    row = door.locator("#library tbody tr", has_text="Goosumab in gout")
    row.get_by_role("button", name="Remove").click()
    door.locator("#remove").click()
    expect(door.locator("#library-report")).to_contain_text("Removed goose")
    assert not list(chat.corpus.glob("goose*"))
