"""The library as it is changed through a server, and what the server refuses to whom.

Each server is a process of its own, over a small library that is made once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from person import Person
from test_serve import free_port, running

from iscalimab_qa import Assistant
from iscalimab_qa.settings import Settings
from iscalimab_qa.users import UserFile

PASSWORDS = {"ann": "an owl in the attic", "ben": "two geese on a lake"}
FACT = "Examplumab lowered the joint score by 6.1 points at week 12."
OWL = b"# Owlumab in dermatitis\n\nOwlumab lowered the plumage score by 12.4 points at week 20.\n"
UNDESCRIBED = [None, "", "", "", "", "", None]


@dataclass(frozen=True)
class Shelf:
    """A library of one document, and the users of its chat."""

    folder: Path

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def users(self) -> Path:
        return self.folder / "users.json"

    def serve(self, port: int, *options: str) -> list[str]:
        program = "from iscalimab_qa.cli import main; main()"
        library = ["--corpus", str(self.corpus), "--index", str(self.folder / "index")]
        return ["-c", program, *library, "chat", "--port", str(port), *options]


def _shelf(folder: Path) -> Shelf:
    shelf = Shelf(folder)
    shelf.corpus.mkdir()
    text = f"# Examplumab in arthritis\n\n{FACT}\n"
    (shelf.corpus / "report.md").write_text(text, encoding="utf-8")
    Assistant.open(Settings(corpus=(shelf.corpus,), index=folder / "index")).close()
    users = UserFile(shelf.users)
    users.add("ann", "librarian", PASSWORDS["ann"])
    users.add("ben", "reader", PASSWORDS["ben"])
    return shelf


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Shelf]]:
    """A chat served to oneself."""
    shelf, port = _shelf(tmp_path_factory.mktemp("mine")), free_port()
    with running(shelf.serve(port), port) as address:
        yield address, shelf


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Shelf]]:
    """A chat served to users who log in."""
    shelf, port = _shelf(tmp_path_factory.mktemp("shared")), free_port()
    options = ["--auth-file", str(shelf.users), "--allow-origin", "https://chat.example.org"]
    with running(shelf.serve(port, *options), port) as address:
        yield address, shelf


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Shelf]]:
    """A chat that other machines can reach, without authentication."""
    shelf, port = _shelf(tmp_path_factory.mktemp("public")), free_port()
    with running(shelf.serve(port, "--host", "0.0.0.0"), port) as address:
        yield address, shelf


def _add(person: Person, *files: tuple[str, bytes]) -> str:
    """Upload documents as the page does, add them, and return what is reported."""
    uploads = [person.uploaded(*file) for file in files]
    person.trigger("upload", "change", [uploads])
    report, *_ = person.trigger("add", "click", [None, *UNDESCRIBED])
    return str(report)


def _remove(person: Person, source_id: str) -> str:
    click = {"source": source_id}
    person.trigger("library", "click", [], click)
    _, report, _ = person.trigger("remove", "click", [None])
    return str(report)


def test_an_upload_answers_the_next_question_and_is_gone_after_its_removal(
    mine: tuple[str, Shelf],
) -> None:
    address, shelf = mine
    with Person(address, "owner") as person:
        said = _add(person, ("owlumab.md", OWL))
        assert "Owlumab in dermatitis; 1 passage, no tables" in said
        with Assistant.open(
            Settings(corpus=(shelf.corpus,), index=shelf.folder / "index")
        ) as reader:
            assert "12.4 points" in reader.ask("By how much did owlumab lower the score?").text
        assert "Removed owlumab" in _remove(person, "owlumab")
        assert not list(shelf.corpus.glob("owlumab*"))


def test_a_name_that_climbs_out_of_the_folder_ends_inside_it(mine: tuple[str, Shelf]) -> None:
    address, shelf = mine
    with Person(address, "climber") as person:
        _add(person, ("../../climber.md", OWL.replace(b"wlumab", b"climbumab")))
        inside = [path.name for path in shelf.corpus.iterdir() if "climber" in path.name]
        assert inside
        assert not list(shelf.folder.glob("*climber*"))
        assert not list(shelf.folder.parent.glob("*climber*"))


def test_the_same_document_is_told_as_such(mine: tuple[str, Shelf]) -> None:
    address, shelf = mine
    again = (shelf.corpus / "report.md").read_bytes()
    with Person(address, "twice") as person:
        assert "is in the library already, as report.md" in _add(person, ("copy.md", again))


def test_a_file_that_cannot_be_read_is_told_and_leaves_nothing_behind(
    mine: tuple[str, Shelf],
) -> None:
    address, shelf = mine
    with Person(address, "broken") as person:
        file = person.uploaded("broken.pdf", b"no pdf at all")
        _, read, form, add, *_ = person.trigger("upload", "change", [[file]])
    assert "is not a PDF" in read
    assert form["visible"] is False
    assert add["visible"] is False
    assert not list(shelf.corpus.glob("broken*"))


def test_questions_are_answered_while_the_index_is_rebuilt(mine: tuple[str, Shelf]) -> None:
    address, shelf = mine
    done = threading.Event()
    said: list[str] = []

    def rebuild() -> None:
        with Person(address, "rebuilder") as person:
            said.append(str(person.trigger("rebuild", "click", [])[0]))
        done.set()

    settings = Settings(corpus=(shelf.corpus,), index=shelf.folder / "index")
    with Assistant.open(settings) as reader:
        worker = threading.Thread(target=rebuild)
        worker.start()
        answered = 0
        while not done.is_set():
            assert FACT in reader.ask("How much did examplumab lower the joint score?").text
            answered += 1
        worker.join()
        assert FACT in reader.ask("How much did examplumab lower the joint score?").text
    assert answered > 1
    assert "Rebuilt" in said[0]


def test_only_a_librarian_changes_the_library(shared: tuple[str, Shelf]) -> None:
    address, shelf = shared
    with Person(address, "ben", PASSWORDS["ben"]) as reader:
        assert reader.upload("owlumab.md", OWL).status_code == 403
        assert "Only a librarian" in reader.trigger("rebuild", "click", [])[0]
        assert "Only a librarian" in reader.trigger("add", "click", [None, *UNDESCRIBED])[0]
        _, _, _, said, _ = reader.trigger("library", "click", [], {"source": "report"})
        assert "Only a librarian" in said
        assert "Only a librarian" in reader.trigger("remove", "click", [None])[1]
    with Person(address, "ann", PASSWORDS["ann"]) as librarian:
        assert "1 passage" in _add(librarian, ("owlumab.md", OWL))
        assert (shelf.corpus / "owlumab.md").exists()
        assert "Removed owlumab" in _remove(librarian, "owlumab")


def test_a_stranger_gets_nothing_but_the_login(shared: tuple[str, Shelf]) -> None:
    address, _ = shared
    with Person(address, "stranger") as stranger:
        assert stranger.client.get("/config").status_code == 401
        assert stranger.upload("owlumab.md", OWL).status_code == 403
        body = {"data": [], "fn_index": 0, "session_hash": "stranger"}
        assert stranger.client.post("/gradio_api/queue/join", json=body).status_code == 401
        wrong = {"username": "ann", "password": PASSWORDS["ben"]}
        assert stranger.client.post("/login", data=wrong).status_code == 400
        assert "Examplumab in arthritis" not in stranger.client.get("/").text


def test_logins_cannot_be_tried_without_end(shared: tuple[str, Shelf]) -> None:
    address, _ = shared
    wrong = {"username": "ann", "password": "a guess too many"}
    with Person(address, "guesser") as guesser:
        codes = [guesser.client.post("/login", data=wrong).status_code for _ in range(12)]
    assert codes[-1] == 429


def test_without_authentication_a_server_for_others_is_read_only_and_says_so(
    public: tuple[str, Shelf],
) -> None:
    address, shelf = public
    with Person(address, "anyone") as anyone:
        assert anyone.upload("owlumab.md", OWL).status_code == 403
        assert "does not know its users" in anyone.trigger("rebuild", "click", [])[0]
        _, _, _, said, _ = anyone.trigger("library", "click", [], {"source": "report"})
        assert "--auth-file" in said
    assert (shelf.corpus / "report.md").exists()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_foreign_page_is_refused(mine: tuple[str, Shelf], origin: str) -> None:
    address, _ = mine
    with Person(address, "victim") as victim:
        headers = {"origin": origin}
        body = {"data": [], "fn_index": 0, "session_hash": "victim"}
        join = victim.client.post("/gradio_api/queue/join", json=body, headers=headers)
        assert join.status_code == 403
        assert "another page" in join.json()["detail"]
        for path in ("/config", "/gradio_api/queue/data?session_hash=victim"):
            assert victim.client.get(path, headers=headers).status_code == 403
        ours = {"origin": address}
        assert victim.client.get("/config", headers=ours).status_code == 200


def test_an_origin_that_is_allowed_is_let_in_and_another_host_is_judged_by_itself(
    shared: tuple[str, Shelf],
) -> None:
    address, _ = shared
    with Person(address, "proxy") as proxy:

        def asked_from(**headers: str) -> int:
            return proxy.client.get("/gradio_api/app_id", headers=headers).status_code

        assert asked_from(origin="https://chat.example.org") == 200
        assert asked_from(origin="https://other.example.org") == 403
        assert asked_from(origin="http://other.example.org", host="other.example.org") == 200


def test_a_strangers_name_for_this_machine_is_refused(mine: tuple[str, Shelf]) -> None:
    address, _ = mine
    with Person(address, "rebound") as person:
        refused = person.client.get("/config", headers={"host": "rebound.example:7860"})
        assert refused.status_code == 421
        assert "--allow-origin" in refused.json()["detail"]
        assert person.client.get("/", headers={"host": "a b"}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=../../../etc/passwd",
        "/gradio_api/file=http://127.0.0.1:1/x",
        "/gradio_api/file=HTTPS://example.org/x",
        "/gradio_api/proxy=http://127.0.0.1:1/x",
        "/gradio_api/token",
        "/gradio_api/dev/reload",
        "/monitoring",
        "/docs",
        "/flag",
    ],
)
def test_nothing_outside_the_page_is_served(mine: tuple[str, Shelf], path: str) -> None:
    address, _ = mine
    with Person(address, "curious") as person:
        answer = person.client.get(path)
        assert answer.status_code in {403, 404}
        assert "root:" not in answer.text


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/gradio_api/call/like", "/flag"])
def test_no_listener_can_be_called_by_other_programs(mine: tuple[str, Shelf], path: str) -> None:
    address, _ = mine
    with Person(address, "program") as person:
        assert person.client.post(path, json={"data": []}).status_code == 404
        offered = person.client.get("/gradio_api/info").json()
        assert offered == {"named_endpoints": {}, "unnamed_endpoints": {}}


@pytest.mark.parametrize("path", ["http://127.0.0.1:1/paper.pdf", "/etc/passwd"])
def test_a_file_that_was_not_uploaded_is_neither_fetched_nor_read(
    mine: tuple[str, Shelf], path: str
) -> None:
    address, _ = mine
    file = {"path": path, "meta": {"_type": "gradio.FileData"}}
    with Person(address, "thief") as person:
        if path.startswith("http"):
            refused = person.join("upload", "change", [[file]])
            assert refused.status_code == 403
        else:
            with pytest.raises(AssertionError, match="success"):
                person.trigger("upload", "change", [[file]])


def test_what_is_too_large_is_refused_in_words(mine: tuple[str, Shelf]) -> None:
    address, _ = mine
    with Person(address, "heavy") as person:
        refused = person.upload("big.txt", b"x" * 51_000_000)
        assert refused.status_code == 413
        body = {"content-type": "application/json"}
        joined = person.client.post(
            "/gradio_api/queue/join", content=b" " * 17_000_000, headers=body
        )
        assert joined.status_code == 413
        assert "at most 16 MB" in joined.json()["detail"]


@pytest.mark.parametrize("listener", ["0", [0], {"a": 1}, False, 0.0, None, 9_999])
def test_a_listener_is_named_by_its_number_or_not_at_all(
    mine: tuple[str, Shelf], listener: Any
) -> None:
    address, _ = mine
    body = {"data": ["", None, None], "fn_index": listener, "session_hash": "vague"}
    with Person(address, "vague") as person:
        joined = person.client.post("/gradio_api/queue/join", json=body)
        assert joined.status_code == 400
        assert "not of the form" in joined.json()["detail"]


def test_a_session_that_asks_too_often_is_told_when_to_ask_again(mine: tuple[str, Shelf]) -> None:
    address, _ = mine
    listener = {"elem_id": "question", "event": "submit"}
    with Person(address, "hasty") as person:
        index = person.listener(**listener)
        body = {"data": [""] * 9, "fn_index": index, "session_hash": "hasty"}
        codes = []
        for _ in range(70):
            joined = person.client.post("/gradio_api/queue/join", json=body)
            codes.append(joined.status_code)
            if joined.status_code == 429:
                assert "Ask again in" in joined.json()["detail"]
                break
    assert codes[-1] == 429


def test_the_browser_is_told_to_keep_the_page_to_itself(mine: tuple[str, Shelf]) -> None:
    address, _ = mine
    with Person(address, "careful") as person:
        headers = person.client.get("/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'self'" in headers["content-security-policy"]


def test_a_user_is_added_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "users.json"
    command = [sys.executable, "-m", "iscalimab_qa", "user", "add", "ann", "--role", "librarian"]
    run = subprocess.run(
        [*command, "--auth-file", str(path)],
        input=PASSWORDS["ann"] + "\n",
        capture_output=True,
        text=True,
        env=os.environ,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert PASSWORDS["ann"] not in run.stdout + run.stderr
    assert UserFile(path).may_enter("ann", PASSWORDS["ann"])
