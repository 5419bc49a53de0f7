"""What a person does on the page, and what they see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
"""Where screenshots of the main states are kept; not in the repository."""

WAIT_MS = 30_000
"""An answer takes a fraction of a second; the time is for a machine that is busy elsewhere."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A running chat: its address, the folder of its documents, and that of all its files."""

    address: str
    corpus: Path
    folder: Path


@contextmanager
def visiting(context: BrowserContext, address: str) -> Iterator[Page]:
    """Open a page; what it sends elsewhere, runs from a document or breaks at fails the test."""
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    wrong: list[str] = []
    page.on("request", lambda request: _note_stranger(request.url, address, wrong))
    page.on("pageerror", lambda error: wrong.append(f"script failed: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.goto(address)
    yield page
    page.evaluate("localStorage.clear()")
    page.close()
    assert wrong == []


def _note_stranger(url: str, address: str, wrong: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:")):
        wrong.append(f"asked elsewhere: {url}")


def ask(page: Page, question: str) -> Locator:
    """Ask as a person does, and return the answer once it is there."""
    before = page.locator("#conversation .answer").count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#conversation .answer")).to_have_count(before + 1)
    return page.locator("#conversation [data-testid=bot]").last


def open_tab(page: Page, name: str) -> None:
    """Choose a tab."""
    page.get_by_role("tab", name=name, exact=True).click()


def lit(page: Page) -> Locator:
    """Return the card that is lit."""
    return page.locator("#evidence .card.active")


def picture(page: Page, name: str) -> None:
    """Keep a screenshot of a main state."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.mouse.move(0, 0)
    page.screenshot(path=ARTEFACTS / f"{name}.png", animations="disabled")


def is_wider_than_the_screen(page: Page) -> bool:
    """Tell whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
