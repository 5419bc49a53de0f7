"""The server as a browser meets it: a process of its own, asked over HTTP on loopback."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import httpx
import pytest
from bs4 import BeautifulSoup
from stand_in_chat import CLAIM, StandIn

from iscalimab_qa.errors import CannotListenError
from iscalimab_qa.web.access import access_for
from iscalimab_qa.web.serve import address_lines, serve_assistant

START_S = 90
"""Gradio takes about 4 s to import; a busy machine may take many times that."""


@dataclass
class Visitor:
    """Speaks to the server as the page's own script does, in a session of its own."""

    address: str
    session: str
    client: httpx.Client = field(init=False)
    config: dict[str, Any] = field(init=False)
    kept: Any = None

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, timeout=60, trust_env=False)
        self.config = self.client.get("/config").raise_for_status().json()

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def ask(self, question: str | None) -> Any:
        """Return box, conversation, evidence, notices and, for the browser, what it keeps."""
        shown = self.trigger("question", "submit", [question, None, self.kept])
        box, conversation, evidence, notices, _, self.kept = shown
        return box, conversation, evidence, notices

    def trigger(self, elem_id: str, event: str, data: list[Any], event_data: Any = None) -> Any:
        """Return what the listener's outputs come to, in its own order."""
        joined = {
            "data": data,
            "event_data": event_data,
            "fn_index": self._listener(elem_id, event),
            "session_hash": self.session,
        }
        self.client.post("/gradio_api/queue/join", json=joined).raise_for_status()
        where = {"session_hash": self.session}
        with self.client.stream("GET", "/gradio_api/queue/data", params=where) as stream:
            for line in stream.iter_lines():
                told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if told.get("msg") == "process_completed":
                    assert told["success"], told
                    return told["output"]["data"]
        raise AssertionError("the server closed the stream before it was done")

    def _listener(self, elem_id: str, event: str) -> int:
        target = [self._component(elem_id), event]
        listeners = self.config["dependencies"]
        return next(each["id"] for each in listeners if target in each["targets"])

    def _component(self, elem_id: str) -> int:
        parts = self.config["components"]
        return next(part["id"] for part in parts if part["props"].get("elem_id") == elem_id)


def replies(conversation: list[dict[str, Any]]) -> list[str]:
    """Return the text of each bot message."""
    return [
        BeautifulSoup(message["content"][0]["text"], "html.parser").get_text(" ")
        for message in conversation
        if message["role"] == "assistant"
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(arguments: list[str], port: int) -> Iterator[str]:
    """Run a server and yield its address once it answers."""
    address = f"http://127.0.0.1:{port}"
    with TemporaryFile() as output:
        server = subprocess.Popen([sys.executable, *arguments], stdout=output, stderr=output)
        try:
            _wait_until_up(server, address, output)
            yield address
        finally:
            server.kill()
            server.wait()


def _wait_until_up(server: subprocess.Popen[bytes], address: str, output: IO[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(address, timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    output.seek(0)
    said = output.read().decode(errors="replace")
    raise AssertionError(f"the server did not come up (ended: {server.poll()}); it said:\n{said}")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    port = free_port()
    program = Path(__file__).with_name("stand_in_chat.py")
    with running([str(program), str(port)], port) as served:
        yield served


@pytest.fixture
def visitor(address: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    with Visitor(address, session=request.node.name) as one:
        yield one


def test_a_question_is_answered_with_its_evidence_beside_it(visitor: Visitor) -> None:
    _, conversation, evidence, notices = visitor.ask("How did the joint score change?")
    assert [message["role"] for message in conversation] == ["user", "assistant"]
    assert f"{CLAIM}  [2]" in replies(conversation)[0]
    assert BeautifulSoup(evidence, "html.parser").select("#cite-1.card, #cite-2.card")
    assert notices == ""


def test_a_follow_up_is_understood_from_the_question_before_it(visitor: Visitor) -> None:
    visitor.ask("How did it change?")
    _, conversation, *_ = visitor.ask("and with placebo?")
    assert len(replies(conversation)) == 2
    assert "Understood as: How did it change? and with placebo?" in replies(conversation)[1]


def test_two_visitors_do_not_see_each_others_conversation(address: str) -> None:
    with Visitor(address, session="one") as one, Visitor(address, session="other") as other:
        one.ask("How did it change?")
        _, conversation, *_ = other.ask("and with placebo?")
    assert len(replies(conversation)) == 1
    assert "Understood as" not in replies(conversation)[0]


def test_the_server_itself_refuses_a_question_that_is_too_long(visitor: Visitor) -> None:
    _, conversation, *_ = visitor.ask("x" * 2001)
    assert "2,001 characters; at most 2,000 are read" in replies(conversation)[0]


def test_the_page_stays_alive_after_an_error_and_keeps_its_details_to_itself(
    visitor: Visitor,
) -> None:
    box, conversation, *_ = visitor.ask("broken")
    assert box == "broken"
    assert "Something went wrong" in replies(conversation)[0]
    assert "secret" not in json.dumps(conversation)
    _, conversation, *_ = visitor.ask("How did it change?")
    assert CLAIM in replies(conversation)[1]


@pytest.mark.parametrize("blank", ["", "  \n ", None])
def test_a_blank_question_changes_nothing(visitor: Visitor, blank: str | None) -> None:
    shown = visitor.ask(blank)
    assert all(value is None or value["__type__"] == "update" for value in shown)


def test_markup_in_a_question_or_a_passage_reaches_the_page_as_text(visitor: Visitor) -> None:
    _, conversation, evidence, notices = visitor.ask("hostile <script>alert(1)</script>")
    shown = json.dumps([conversation, evidence, notices])
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert "<img" not in shown


def test_a_click_on_an_earlier_answer_brings_its_evidence_back(visitor: Visitor) -> None:
    visitor.ask("Was it stopped?")
    visitor.ask("Is nothing known?")
    # Messages: question 0, answer 1, question 2, answer 3.
    click = {"index": 1, "value": "", "selected": True}
    evidence, notices = visitor.trigger("conversation", "select", [None], click)
    assert 'data-turn="0"' in evidence
    assert 'id="cite-1"' in evidence
    assert "terminated" in notices


def test_an_example_is_asked_as_if_it_were_typed(visitor: Visitor) -> None:
    chosen = {"index": 0, "value": {"text": "How did it change?"}}
    _, conversation, *_ = visitor.trigger("conversation", "example_select", [None, None], chosen)
    assert CLAIM in replies(conversation)[0]


def test_a_new_conversation_remembers_nothing(visitor: Visitor) -> None:
    visitor.ask("How did it change?")
    box, conversation, *_ = visitor.trigger("clear", "click", [visitor.kept])
    assert (box, conversation) == ("", [])
    _, conversation, *_ = visitor.ask("and with placebo?")
    assert "Understood as" not in replies(conversation)[0]


def test_the_header_says_what_is_asked_and_what_it_is_not(visitor: Visitor) -> None:
    parts = visitor.config["components"]
    header = next(part for part in parts if part["props"].get("elem_id") == "masthead")
    assert "Library as of 2025-11-22, 40 sources" in header["props"]["value"]
    assert "A reading aid, not medical advice." in header["props"]["value"]


def test_nothing_is_offered_to_other_programs(visitor: Visitor) -> None:
    offered = visitor.client.get("/gradio_api/info").json()
    assert offered == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_the_page_asks_no_other_machine_for_its_looks(visitor: Visitor) -> None:
    looks = visitor.client.get("/theme.css").raise_for_status().text + visitor.config["css"]
    assert all(target.startswith("data:") for target in re.findall(r"url\([\"']?([^)]*)", looks))
    assert "@import" not in looks
    assert visitor.config["stylesheets"] == []
    assert visitor.config["analytics_enabled"] is False


def test_a_port_that_is_taken_is_refused_in_one_line_that_names_the_option() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotListenError, match=rf"127\.0\.0\.1:{port}.*--port") as refused:
            serve_assistant(StandIn(), port=port)  # type: ignore[arg-type]
    assert "\n" not in str(refused.value)
    assert refused.value.port == port


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.1.1"])
def test_on_loopback_only_the_address_is_said(host: str) -> None:
    assert len(address_lines(host, 7860, access_for(host))) == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "chat.example.org"])
def test_elsewhere_a_line_warns_that_anyone_can_ask(host: str) -> None:
    _, warning = address_lines(host, 7860, access_for(host))
    assert warning.startswith("Warning:")
    assert "without authentication" in warning
    assert "read-only" in warning


def test_an_ipv6_address_is_said_as_a_browser_takes_it() -> None:
    assert "http://[::1]:7860 " in address_lines("::1", 7860, access_for("::1"))[0]


def test_the_command_serves_a_library_of_ones_own(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    fact = "Examplumab lowered the joint score by 6.1 points at week 12."
    (corpus / "report.md").write_text(f"# Examplumab in arthritis\n\n{fact}\n", encoding="utf-8")
    port = free_port()
    library = ["--corpus", str(corpus), "--index", str(tmp_path / "index")]
    command = [
        "-c",
        "from iscalimab_qa.cli import main; main()",
        *library,
        "chat",
        "--port",
        str(port),
    ]
    with running(command, port) as address, Visitor(address, session="reader") as visitor:
        asked = visitor.ask("By how much did examplumab lower the joint score at week 12?")
    _, conversation, evidence, _ = asked
    assert fact in replies(conversation)[0]
    assert f"“{fact}”" in BeautifulSoup(evidence, "html.parser").get_text()
