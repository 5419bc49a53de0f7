"""`verify` and `replay`, and what `ask` prints for people, on a library of our own invention."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.cli import main
from iscalimab_qa.cli.printing import print_answer
from iscalimab_qa.evidence.values import Notice

HEAD = """---
id: {name}
title: Orelimab in plaque psoriasis
trials: [{{id: {number}, aliases: [{name}], indication: plaque psoriasis, phase: {phase}}}]
---
"""

FIRST = (
    HEAD.format(name="GRAND-1", number="NCT09999991", phase="2")
    + """
GRAND-1, a phase 2 trial, compared orelimab with placebo in plaque psoriasis.
Skin cleared in 62.5% of patients on orelimab and in 15.0% of patients on placebo.
"""
)

STOP = (
    HEAD.format(name="GRAND-2", number="NCT09999992", phase="3")
    + """
Acme terminated GRAND-2 (NCT09999992), a phase 3 trial of orelimab in plaque psoriasis, on
3 May 2023 owing to a lack of efficacy.

Acme dropped the development of orelimab entirely in 2023 because of a lack of efficacy.
"""
)

ASKED = "In what share of patients on orelimab did the skin clear?"
PROGRAMME = "Development of orelimab was ended (2023): a lack of efficacy."


class Printed(NamedTuple):
    """What a command printed and how it left."""

    out: str
    err: str
    code: object


Run = Callable[..., Printed]


def left_by(*arguments: str) -> object:
    with pytest.raises(SystemExit) as done:
        main(list(arguments))
    return done.value.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "first.md").write_text(FIRST, encoding="utf-8")
    (folder / "corpus" / "stop.md").write_text(STOP, encoding="utf-8")
    left_by("index", "--corpus", str(folder / "corpus"), "--index", str(folder / "index"))
    return folder


@pytest.fixture
def corpus(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "corpus"


@pytest.fixture
def run(corpus: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> Printed:
        capsys.readouterr()
        places = ("--corpus", str(corpus), "--index", str(corpus.parent / "index"))
        code = left_by(*arguments, *places)
        return Printed(*capsys.readouterr(), code)

    return call


@pytest.fixture
def saved(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "record.jsonl"
    assert run("ask", ASKED, "--save", str(path)).code == 0
    return path


def test_a_saved_answer_holds_until_its_source_changes_or_goes(
    run: Run, saved: Path, corpus: Path
) -> None:
    def states() -> list[str]:
        (found,) = map(json.loads, run("verify", str(saved), "--json").out.splitlines())
        assert list(found) == ["id", "claims"]
        return [claim["state"] for claim in found["claims"]]

    assert states() == ["holds"]
    first = corpus / "first.md"
    first.write_text(FIRST.replace("GRAND-1, a", "As told, GRAND-1, a"), encoding="utf-8")
    run("index")
    assert states() == ["moved"]
    first.write_text(FIRST.replace("62.5%", "26.5%"), encoding="utf-8")
    run("index")
    assert states() == ["changed"]
    first.unlink()
    run("index")
    assert states() == ["gone"]


def test_verify_tells_people_what_speaks_against_a_claim(run: Run, saved: Path) -> None:
    record = json.loads(saved.read_text(encoding="utf-8"))
    record["claims"][0]["text"] = "Skin cleared in 95% of patients on orelimab."
    saved.write_text(json.dumps(record), encoding="utf-8")
    question, told = run("verify", str(saved)).out.splitlines()
    assert question == ASKED
    assert told.startswith("    does not pass its checks (")
    assert told.endswith(": Skin cleared in 95% of patients on orelimab.")


def test_a_replay_says_nothing_changed_or_what_did(run: Run, saved: Path, corpus: Path) -> None:
    assert run("replay", str(saved)).out == f"{ASKED}\n    nothing changed\n"
    (corpus / "first.md").write_text(FIRST.replace("62.5%", "26.5%"), encoding="utf-8")
    run("index")
    (found,) = map(json.loads, run("replay", str(saved), "--json").out.splitlines())
    assert list(found) == ["id", "changes", "answer"]
    assert found["answer"]["question"] == ASKED
    said = [change for change in found["changes"] if "said: " in change]
    assert [change.split(":")[0] for change in said] == ["no longer said", "newly said"]
    assert "26.5%" in said[1]


@pytest.mark.parametrize("command", ["verify", "replay"])
def test_what_is_no_record_is_one_line_that_names_it(
    run: Run, command: str, tmp_path: Path
) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    done = run(command, str(path))
    assert isinstance(done.code, str)
    assert "other.jsonl" in done.code
    assert "line 1" in done.code
    assert "\n" not in done.code


def test_an_answer_for_people_tells_notices_with_their_markers_and_the_programmes_end_once(
    run: Run,
) -> None:
    out = run("ask", ASKED).out
    (notice,) = [line for line in out.splitlines() if line.startswith("A later trial, GRAND-2")]
    assert notice.endswith("[2]")
    assert "[2] " in out.split("Library as of")[0]
    assert out.count(PROGRAMME) == 1
    assert out.endswith(f"{PROGRAMME}\n")


def test_many_questions_are_followed_by_the_programmes_end_once_and_json_by_none(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    lines = [{"id": n, "question": "What is orelimab?"} for n in (1, 2)]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert run("ask", "--questions", str(file)).out.count(PROGRAMME) == 1
    out = run("ask", "--questions", str(file), "--json").out
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 2]


def test_an_answer_about_another_drug_is_not_followed_by_this_programmes_end(run: Run) -> None:
    assert PROGRAMME not in run("ask", "What is otherumab?").out


def test_a_notice_that_cites_nothing_is_printed_without_a_marker_and_drives_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    notices = (Notice("spelling", "Showing\x1b[2J results."), Notice("conflict", "Both.", (1, 2)))
    print_answer(
        Answer("q", "q", "not_found", (), (), notices, "Not in this library."), "2026-01-02"
    )
    assert capsys.readouterr().out.splitlines() == [
        "Not in this library",
        "Showing\\x1b[2J results.",
        "Both. [1][2]",
        "Not in this library.",
        "",
        "Library as of 2026-01-02",
    ]
