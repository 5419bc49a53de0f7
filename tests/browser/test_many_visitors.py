"""Many at once: each gets the answer to their own question, or is told to wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from browser_support import Chat, visiting
from bs4 import BeautifulSoup
from person import Person
from playwright.sync_api import BrowserContext, Page, expect
from served_chat import serving
from shelf import DOSES

from iscalimab_qa.web.listeners import CONCURRENT_QUESTIONS, MAX_WAITING

STAND_IN = Path(__file__).parents[1] / "web" / "stand_in_chat.py"


def text_of(html: object) -> str:
    return BeautifulSoup(str(html), "html.parser").get_text(" ")


def test_thirty_visitors_at_once_each_get_their_own_right_answer(chat: Chat) -> None:
    together = threading.Barrier(len(DOSES), timeout=120)

    def visit(drug: str) -> tuple[str, str]:
        with Person(chat.address, drug) as person:
            person.listener("question", "submit")  # the page is loaded
            together.wait()
            asked = [f"At how many mg was {drug} infused?", None, None]
            _, conversation, evidence, *_ = person.trigger("question", "submit", asked)
        assert [message["role"] for message in conversation] == ["user", "assistant"]
        return text_of(conversation[1]["content"][0]["text"]), text_of(evidence)

    with ThreadPoolExecutor(len(DOSES)) as pool:
        told = dict(zip(DOSES, pool.map(visit, DOSES), strict=True))
    for drug, dose in DOSES.items():
        fact = f"{drug.title()} was infused at {dose} mg."
        others = [name.title() for name in DOSES if name != drug]
        answer, evidence = told[drug]
        assert fact in answer
        assert not any(other in answer for other in others)
        assert f"“{fact}”" in evidence


@pytest.fixture
def slow(context: BrowserContext, tmp_path: Path) -> Iterator[tuple[str, Page]]:
    """A chat whose answers can be made to take two seconds, and a visitor of it."""
    with serving([str(STAND_IN), "{port}"], tmp_path) as address, visiting(context, address) as page:
        expect(page.locator("#question textarea")).to_be_visible()
        yield address, page


def test_when_the_queue_is_full_a_visitor_is_told_to_ask_again(slow: tuple[str, Page]) -> None:
    address, page = slow
    with Person(address, "first") as crowd:
        index = crowd.listener("question", "submit")
        for number in range(CONCURRENT_QUESTIONS + MAX_WAITING + 4):
            body = {"data": ["slow", None, None], "fn_index": index}
            visitor = {**body, "session_hash": f"visitor {number}"}
            crowd.client.post("/gradio_api/queue/join", json=visitor)
        page.locator("#question textarea").fill("Is there room for me?")
        page.locator("#question textarea").press("Enter")
        expect(page.get_by_text("busy").first).to_be_visible()


def test_a_failing_answer_leaves_the_page_alive(slow: tuple[str, Page]) -> None:
    _, page = slow
    box, answers = page.locator("#question textarea"), page.locator("#conversation .answer")
    for number, question in enumerate(["broken", "slow and steady"], start=1):
        box.fill(question)
        box.press("Enter")
        expect(answers).to_have_count(number)
    expect(answers.first).to_contain_text("Something went wrong")
    expect(answers.last).to_contain_text("Found in the library")
