"""Take the README's picture: an answer over the starting corpus, its evidence lit."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "eval"))

from served_chat import SWITCHES, chat_over, chromium, serving  # noqa: E402

PICTURE = ROOT / "docs" / "chat.png"
SIZE = {"width": 1280, "height": 860}
QUESTION = "How much did proteinuria improve in the lupus nephritis trial?"
"""The one of the README's session."""

WAIT_MS = 60_000


def main() -> None:
    """Serve, ask, click the first citation, and keep what is seen."""
    PICTURE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        folder = Path(kept)
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        with serving(chat_over(ROOT / "corpus", folder / "index"), folder) as address:
            page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
            page.set_default_timeout(WAIT_MS)
            page.goto(address)
            page.locator("#masthead .programme").wait_for()
            page.locator("#question textarea").fill(QUESTION)
            page.locator("#question textarea").press("Enter")
            page.locator("#conversation .answer a.marker").first.click()
            expect(page.locator("#evidence .card.active")).to_be_focused(timeout=WAIT_MS)
            page.mouse.move(0, 0)
            page.screenshot(path=PICTURE, animations="disabled")
        browser.close()


if __name__ == "__main__":
    main()
