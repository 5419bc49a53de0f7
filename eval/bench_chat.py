"""What a person at the browser waits for, beside Gradio's echo page: `make bench-chat`.

    python eval/bench_chat.py [--json FILE] [--corpus DIR]

Both pages are served in turn, each by a process of its own, and opened in the same Chromium.
The echo page does no work at all, so the ratio tells what is ours whatever the machine does.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bench import machine
from bench_report import told
from playwright.sync_api import Browser, Page, sync_playwright
from served_chat import SWITCHES, chat_over, chromium, serving

EVAL = Path(__file__).parent

TIMES = 20
"""Page loads and questions a side, of which the median is told."""

WARM_UP = 3
"""Questions before the clock counts."""

FIRST_PAINT_S, ANSWER_MS = 1.5, 300

_CLOCK = """(answers) => {
  // From the key press to the frame that shows one answer more, text and all.
  const box = document.querySelector("textarea");
  const shown = () => [...document.querySelectorAll(answers)].filter((a) => a.innerText.trim());
  let pressed, before;
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    [pressed, before, window.answered] = [performance.now(), shown().length, null];
  }, true);
  new MutationObserver(() => {
    if (!pressed || shown().length === before) return;
    const since = pressed;
    pressed = null;
    requestAnimationFrame(() => setTimeout(() => (window.answered = performance.now() - since)));
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""

_BOX = """new MutationObserver(() => {
  window.ready ??= document.querySelector("textarea") ? performance.now() : undefined;
}).observe(document, { childList: true, subtree: true });"""

_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


class Side(NamedTuple):
    """A page: how it is served, and what an answer is on it."""

    program: Sequence[str]
    answers: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Medians of what a person waits for, in milliseconds.

    `paint_ms`: until anything is seen; `box_ms`: until a question can be typed; each of a page
    that the browser has not seen before. `answer_ms`, `answer_p95_ms`: from Enter.
    """

    paint_ms: float
    box_ms: float
    answer_ms: float
    answer_p95_ms: float


def waits(browser: Browser, address: str, side: Side, questions: Sequence[str]) -> Waits:
    """Load a page and ask on it."""
    loads = [_loaded(browser, address) for _ in range(TIMES)]
    asked = _asked(browser, address, side.answers, questions)
    return Waits(
        paint_ms=statistics.median(paint for paint, _ in loads),
        box_ms=statistics.median(box for _, box in loads),
        answer_ms=statistics.median(asked),
        answer_p95_ms=statistics.quantiles(asked, n=20)[-1],
    )


def _loaded(browser: Browser, address: str) -> tuple[float, float]:
    """Open the page with nothing of it in the cache."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(_BOX)
    page.goto(address)
    page.wait_for_function(f"window.ready && {_PAINT}")
    found = page.evaluate(_PAINT), page.evaluate("window.ready")
    context.close()
    return found


def _asked(browser: Browser, address: str, answers: str, questions: Sequence[str]) -> list[float]:
    """Ask in one conversation, the first questions uncounted."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("textarea")
    page.evaluate(_CLOCK, answers)
    taken = [_answered_ms(page, question) for question in questions]
    context.close()
    return taken[WARM_UP:]


def _answered_ms(page: Page, question: str) -> float:
    box = page.locator("textarea").first
    box.fill(question)
    box.press("Enter")
    page.wait_for_function("window.answered")
    taken = float(page.evaluate("window.answered"))
    page.wait_for_timeout(200)  # a person reads before they ask again
    return taken


def measured(corpus: Path, folder: Path) -> dict[str, Waits]:
    """Measure both pages, one after the other."""
    lines = (EVAL / "bench_questions.txt").read_text(encoding="utf-8").splitlines()
    questions = [lines[number % len(lines)] for number in range(WARM_UP + TIMES)]
    sides = {
        "ours": Side(chat_over(corpus, folder / "index"), "#conversation .answer"),
        "echo": Side([str(EVAL / "echo_chat.py"), "{port}"], "[data-testid=bot]"),
    }
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        for name, side in sides.items():
            with serving(side.program, folder) as address:
                found[name] = waits(browser, address, side, questions)
        browser.close()
    return found


def lines(found: dict[str, Waits]) -> list[str]:
    """Return the report: a line a measure, ours, the echo page's, their ratio and the aim."""
    ours, echo = asdict(found["ours"]), asdict(found["echo"])
    bounds = {"paint_ms": 1000 * FIRST_PAINT_S, "answer_ms": ANSWER_MS}
    names = {
        "paint_ms": "first paint, p50",
        "box_ms": "box ready, p50",
        "answer_ms": "Enter to answer, p50",
        "answer_p95_ms": "Enter to answer, p95",
    }
    head = f"{'':<22}{'iscalimab_qa':>14}{'Gradio echo':>14}{'ratio':>8}  aim"
    return [head, *(_line(names[key], ours[key], echo[key], bounds.get(key)) for key in names)]


def _line(name: str, ours: float, echo: float, bound: float | None) -> str:
    aim = f"< {told(bound, 'ms')} {'met' if ours < bound else 'MISSED'}" if bound else ""
    shown = f"{told(ours, 'ms'):>14}{told(echo, 'ms'):>14}{ours / echo:>8.2g}"
    return f"{name:<22}{shown}  {aim}".rstrip()


def main() -> None:
    """Measure, and print or write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the results here")
    parser.add_argument("--corpus", type=Path, default=EVAL.parent / "corpus")
    given = parser.parse_args()
    if chromium() is None:
        sys.exit("No Chromium here: install chromium, or name it in CHROMIUM")
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="iscalimab-qa-bench-") as folder:
        found = measured(given.corpus.resolve(), Path(folder))
    on = machine(load_before)
    print(on, *lines(found), sep="\n")
    if given.json:
        results: dict[str, Any] = {name: asdict(each) for name, each in found.items()}
        given.json.write_text(json.dumps({"machine": on, **results}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
