"""`eval` over questions and documents of one's own, in a real process' own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from iscalimab_qa.cli import main

TRIAL = """# The GRAND-2 trial of orelimab

GRAND-2 compared orelimab with placebo in 60 people with plaque psoriasis over 16 weeks.
Headache was the most common adverse event of orelimab.
"""

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "n",
        "question": "How many people with plaque psoriasis were in GRAND-2?",
        "needs": [[{"source_id": "trial", "quote": "in 60 people with plaque psoriasis"}]],
        "figures": ["60"],
        "wrong_figures": ["16"],
    },
    {
        "id": "price",
        "question": "What does a litre of petrol cost in Lisbon?",
        "expected": "not_found",
        "unanswerable": "off_topic",
    },
]
FLOORS = '[test]\n"correct" = { at_least = 1 }\n"quotes verbatim" = { at_least = 1 }\n'


class Eval:
    """Runs `eval` on one small library, and keeps what it printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> Eval:
        self._capsys.readouterr()
        places = ["--corpus", str(self.folder / "corpus"), "--index", str(self.folder / "index")]
        with pytest.raises(SystemExit) as done:
            main(["eval", *arguments, *places])
        self.out, self.err = self._capsys.readouterr()
        found = done.value.code
        if isinstance(found, str):
            self.err, found = found, 1
        assert found == code, self.err
        return self

    @property
    def questions(self) -> str:
        return str(self.folder / "asked.jsonl")

    @property
    def results(self) -> list[Path]:
        return sorted((self.folder / "out").glob("*.json"))

    def ask(self, *arguments: str, code: int = 0) -> Eval:
        system = ["--system", "full system"]
        out = ["--out", str(self.folder / "out")]
        return self("--questions", self.questions, *system, *out, *arguments, code=code)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measured")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "trial.md").write_text(TRIAL, encoding="utf-8")
    lines = "\n".join(map(json.dumps, QUESTIONS))
    (folder / "asked.jsonl").write_text(lines, encoding="utf-8")
    (folder / "gates.toml").write_text(FLOORS, encoding="utf-8")
    return folder


@pytest.fixture
def run(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Eval]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(made / "cache"))
    yield Eval(made, capsys)
    (made / "gates.toml").write_text(FLOORS, encoding="utf-8")


def test_a_run_prints_its_table_and_leaves_results_and_a_page(run: Eval) -> None:
    run.ask("--fresh")
    assert "asked-test: 2 questions, 1 answerable" in run.out
    assert re.search(r"^correct +1\.000  1\.000 to 1\.000   1$", run.out, re.MULTILINE)
    (result,) = run.results
    assert re.fullmatch(r"asked-test-[0-9a-f]{12}\.json", result.name)
    assert "<title>" in result.with_suffix(".html").read_text(encoding="utf-8")


def test_the_json_is_one_object_on_one_line(run: Eval) -> None:
    told = json.loads(run.ask("--json").out)
    assert told["systems"][0]["measures"]["correct"]["mean"] == 1.0
    assert told["not_yet"]["chat model"]


def test_every_system_answers_in_one_run(run: Eval) -> None:
    run("--questions", run.questions, "--out", str(run.folder / "all"))
    assert "textbook, top chunk" in run.out
    assert "without abstention" in run.out


def test_a_gate_that_is_kept_asks_twice_and_says_so(run: Eval) -> None:
    assert (
        "2 of 2 floors kept, two identical runs" in run("--questions", run.questions, "--gate").out
    )


def test_a_measure_below_its_floor_fails_the_gate_and_is_named(run: Eval) -> None:
    (run.folder / "gates.toml").write_text('[test]\n"words" = { at_most = 1 }\n', encoding="utf-8")
    run("--questions", run.questions, "--gate", code=1)
    assert re.search(r"below the floor: words: \d+\.\d+, expected at most 1", run.err)


def test_the_gates_json_says_what_is_below(run: Eval) -> None:
    (run.folder / "gates.toml").write_text('[test]\n"words" = { at_most = 1 }\n', encoding="utf-8")
    run("--questions", run.questions, "--gate", "--json", code=1)
    gate = json.loads(run.out)["gate"]
    assert gate["passed"] is False
    assert len(gate["below"]) == 1


def test_two_results_are_compared_question_by_question(run: Eval) -> None:
    run.ask()
    (result,) = run.results
    run("--compare", str(result), str(result))
    assert "newly wrong 0; newly right 0" in run.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--questions", "nowhere.jsonl"], "Cannot read the questions"),
        (["--compare", "a.json", "b.json"], "Cannot read the results"),
        (["--beir", "nowhere"], "nowhere"),
    ],
)
def test_what_is_missing_is_one_line_and_exit_1(run: Eval, arguments: list[str], told: str) -> None:
    run(*arguments, code=1)
    assert told in run.err
    assert "\n" not in run.err.strip()


def test_an_unknown_split_or_system_says_what_there_is(run: Eval) -> None:
    run("--split", "third", code=2)
    assert "dev, test, all" in run.err
    run("--questions", run.questions, "--system", "nobody", code=1)
    assert "BM25 alone" in run.err


def test_a_label_that_the_library_does_not_bear_out_stops_the_run(run: Eval) -> None:
    wrong = QUESTIONS[0] | {"needs": [[{"source_id": "trial", "quote": "in 61 people"}]]}
    path = run.folder / "wrong.jsonl"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    run("--questions", str(path), code=1)
    assert "n: not in trial: 'in 61 people'" in run.err


def test_feedback_becomes_a_labelled_question(run: Eval, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "GRAND-2 compared orelimab with placebo in 60 people with plaque psoriasis over 16 weeks."
    )
    start = (TRIAL.removeprefix("# ")).index(text)
    rated = {
        "time": "2026-11-22T10:00:00+00:00",
        "question": "How many people were in GRAND-2?",
        "history": [],
        "verdict": "answered",
        "text": f"{text} [1]",
        "citations": [
            {"source_id": "trial", "start": start, "end": start + len(text), "quote": text}
        ],
        "rating": "up",
        "reason": "",
    }
    feedback, into = run.folder / "feedback.jsonl", run.folder / "labelled.jsonl"
    feedback.write_text(json.dumps(rated) + "\n", encoding="utf-8")
    replies = iter(["y", "", "1", "60", "", "dev"])
    monkeypatch.setattr("builtins.input", lambda _="": next(replies))
    run("review", "--feedback", str(feedback), "--into", str(into))
    (labelled,) = into.read_text(encoding="utf-8").splitlines()
    assert json.loads(labelled)["figures"] == ["60"]
