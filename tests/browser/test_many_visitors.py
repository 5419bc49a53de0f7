"""Many at once: each gets the answer to their own question, or is told to wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from browser_support import Chat, visiting
from bs4 import BeautifulSoup
from person import Person
from playwright.sync_api import BrowserContext, Page, expect
from served_chat import serving
from shelf import DOSES

STAND_IN = Path(__file__).parents[1] / "web" / "stand_in_chat.py"


def text_of(html: object) -> str:
    return BeautifulSoup(str(html), "html.parser").get_text()


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


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A chat that fails, or takes two seconds, where a question says so."""
    with serving([str(STAND_IN), "{port}"], tmp_path_factory.mktemp("stand-in")) as address:
        yield address


@pytest.fixture
def visitor(context: BrowserContext, stand_in: str) -> Iterator[Page]:
    with visiting(context, stand_in) as page:
        expect(page.locator("#question textarea")).to_be_visible()
        yield page


def test_a_failing_answer_leaves_the_page_alive(visitor: Page) -> None:
    box, answers = visitor.locator("#question textarea"), visitor.locator("#conversation .answer")
    for number, question in enumerate(["broken", "slow and steady"], start=1):
        box.fill(question)
        box.press("Enter")
        expect(answers).to_have_count(number)
    expect(answers.first).to_contain_text("Something went wrong")
    expect(answers.last).to_contain_text("Found in the library")


REFUSED_IN_A_ROW, PAUSE_S = 10, 0.1
"""Those waiting move up into the few places where questions are answered, at their own pace:
the queue is full once nobody has been let in for this long."""


def crowd(address: str) -> None:
    """Fill the queue with questions that are never answered."""
    with Person(address, "crowd") as person:
        body = {"data": ["held", None, None], "fn_index": person.listener("question", "submit")}
        visitors, refused = count(), 0
        while refused < REFUSED_IN_A_ROW:
            told = {**body, "session_hash": f"visitor {next(visitors)}"}
            if person.client.post("/gradio_api/queue/join", json=told).status_code == 503:
                refused += 1
                time.sleep(PAUSE_S)
            else:
                refused = 0


# The last: it leaves a full queue behind.
def test_when_the_queue_is_full_a_visitor_is_told_to_ask_again(
    visitor: Page, stand_in: str
) -> None:
    box = visitor.locator("#question textarea")
    crowd(stand_in)
    box.fill("Is there room for me?")
    box.press("Enter")
    expect(visitor.get_by_text("currently busy. Please try again")).to_be_visible()
    expect(box).to_have_value("Is there room for me?")
    expect(visitor.locator("#conversation .welcome")).to_be_visible()
