"""The chat in a real browser: a real server process over documents that nobody wrote."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

TESTS = Path(__file__).parents[1]
sys.path += map(str, [TESTS.parent / "eval", TESTS / "sources", TESTS / "web"])

from browser_support import WAIT_MS, Chat, visiting  # noqa: E402
from served_chat import SWITCHES, chat_over, chromium, serving  # noqa: E402
from shelf import write_shelf  # noqa: E402

TEST_S = 480
"""The first test also waits for the server."""

SMALL_UPLOADS = {"ISCALIMAB_QA_READING__MAX_FILE_MB": "1"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the browser's tests time, and skip them where there is no browser."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    missing = pytest.mark.skip(reason="no Chromium here: install chromium, or name it in CHROMIUM")
    for item in here:
        item.add_marker(pytest.mark.timeout(TEST_S))
        if chromium() is None:
            item.add_marker(missing)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor's browser, which has loaded the page's scripts once for all tests."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="session")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """Serve the chat over a small shelf of invented documents, as `make chat` would."""
    folder = tmp_path_factory.mktemp("chat")
    corpus = write_shelf(folder / "corpus")
    with serving(chat_over(corpus, folder / "index"), folder, SMALL_UPLOADS) as address:
        yield Chat(address, corpus, folder)


@pytest.fixture
def page(context: BrowserContext, chat: Chat) -> Iterator[Page]:
    """A visitor's page over a conversation that has not begun, ready for a question."""
    with visiting(context, chat.address) as page:
        expect(page.locator("#question textarea")).to_be_visible()
        yield page
