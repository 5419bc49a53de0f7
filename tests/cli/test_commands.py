"""The commands on a real corpus, a real index and the real encoder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from iscalimab_qa.cli import main
from iscalimab_qa.evidence.values import CITATION_KEYS

TRIAL = """---
id: orel2020
title: Orelimab in plaque psoriasis
kind: randomised_trial
trials: [{id: NCT09999991, aliases: [GRAND-2]}]
tier: 1
---
# Results

The GRAND-2 trial compared orelimab with placebo in plaque psoriasis over 16 weeks.

Table 1: Response at week 16

| Endpoint | Orelimab (n=40) | Placebo (n=20) |
|---|---|---|
| PASI 75 response | 62.5% | 15.0% |
| Serious adverse events | 2 (5.0%) | 1 (5.0%) |

Headache was the most common adverse event of orelimab.
"""

ARTICLE = """How orelimab works

Orelimab is an antibody that binds the receptor OX40 on activated T cells. It was well tolerated
by healthy volunteers in a single-dose study of 24 people.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "trial.md").write_text(TRIAL, encoding="utf-8")
    (corpus / "article.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        main(["index", "--corpus", str(corpus), "--index", str(folder / "index")])
    assert done.value.code == 0
    return folder


class Run:
    """Runs a command on a copy of the corpus and its index, and keeps what it printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    def __call__(self, *arguments: str, code: int = 0) -> Run:
        self._capsys.readouterr()
        places = ["--corpus", str(self.corpus), "--index", str(self.folder / "index")]
        with pytest.raises(SystemExit) as done:
            main([*arguments, *places])
        self.out, self.err = self._capsys.readouterr()
        found = done.value.code
        if isinstance(found, str):
            self.err, found = found, 1
        assert found == code, self.err
        return self

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    shutil.copytree(made, tmp_path / "made")
    return Run(tmp_path / "made", capsys)


def test_an_answer_has_exactly_the_documented_keys(run: Run) -> None:
    (answer,) = run("ask", "What was the PASI 75 response at week 16?", "--json").objects
    assert list(answer) == (
        "id question standalone_question verdict text claims citations notices timings".split()
    )
    assert answer["id"] is None
    assert answer["verdict"] == "answered"
    assert list(answer["claims"][0]) == ["text", "citations", "checks"]
    assert list(answer["claims"][0]["checks"]) == "figures arms negation drug trial".split()
    assert list(answer["citations"][0]) == CITATION_KEYS
    assert list(answer["timings"]) == ["retrieve_ms", "answer_ms", "total_ms"]


def test_a_row_is_answered_with_its_arms_and_cited_as_it_stands(run: Run) -> None:
    (answer,) = run("ask", "What was the PASI 75 response at week 16?", "--json").objects
    assert "Orelimab (n=40) 62.5%; Placebo (n=20) 15.0%" in answer["claims"][0]["text"]
    assert answer["claims"][0]["checks"]["figures"] == "ok"
    citation = answer["citations"][0]
    assert citation["quote"] == "PASI 75 response | 62.5% | 15.0%"
    assert {piece["role"] for piece in citation["context"]} == {"caption", "column"}


def test_every_quote_is_what_show_prints_at_its_place(run: Run) -> None:
    (answer,) = run("ask", "What was the PASI 75 response at week 16?", "--json").objects
    for citation in answer["citations"]:
        for piece in [citation, *citation["context"]]:
            start, end = str(piece["start"]), str(piece["end"])
            run("show", citation["source_id"], "--start", start, "--end", end)
            assert run.out == f"{piece['quote']}\n"


def test_one_arm_asked_for_is_the_only_one_given(run: Run) -> None:
    (answer,) = run(
        "ask", ("What was the PASI 75 response with placebo in the trial of orelimab?"), "--json"
    ).objects
    assert "15.0%" in answer["text"]
    assert "62.5%" not in answer["text"]


def test_what_the_library_does_not_hold_is_not_found_and_no_failure(run: Run) -> None:
    (answer,) = run("ask", "What is the price of a house in Basel?", "--json").objects
    assert answer["verdict"] == "not_found"
    assert answer["claims"] == []


def test_a_question_about_a_drug_that_is_nowhere_named_is_not_answered(run: Run) -> None:
    (answer,) = run("ask", "What was the PASI 75 response with tildrakizumab?", "--json").objects
    assert answer["verdict"] == "not_found"


def test_a_file_of_questions_gives_a_line_each_with_its_id(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    turns = [{"role": "user", "content": "What was the PASI 75 response with orelimab?"}]
    lines = [
        {"id": "first", "question": "What is orelimab?"},
        {"id": "second", "question": "And with placebo?", "history": turns},
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second = run("ask", "--questions", str(file), "--json").objects
    assert (first["id"], second["id"]) == ("first", "second")
    assert second["question"] == "And with placebo?"
    assert second["standalone_question"] == (
        "What was the PASI 75 response with placebo in the trial of orelimab?"
    )
    assert "15.0%" in second["text"]


def test_each_question_of_a_file_stands_above_its_answer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '{"id": "a", "question": "What is tolimab?"}\n{"question": "Is it sold?"}\n',
        encoding="utf-8",
    )
    lines = run("ask", "--questions", str(file)).out.splitlines()
    assert [line for line in lines if line in {"a: What is tolimab?", "Is it sold?"}] == [
        "a: What is tolimab?",
        "Is it sold?",
    ]


def test_the_same_question_gives_the_same_answer_twice(run: Run) -> None:
    def ask() -> dict[str, Any]:
        (answer,) = run("ask", "Which adverse events did orelimab cause?", "--json").objects
        return {key: value for key, value in answer.items() if key != "timings"}

    assert ask() == ask()


def test_an_answer_for_people_names_its_citations_and_the_librarys_date(run: Run) -> None:
    run("ask", "What is orelimab?")
    assert run.out.startswith("Found in the library\n")
    assert "[1] How orelimab works" in run.out
    assert "Library as of 20" in run.out
    assert "\x1b" not in run.out


def test_a_saved_answer_names_what_made_it(run: Run, tmp_path: Path) -> None:
    run("ask", "What is orelimab?", "--save", str(tmp_path / "record.json"))
    record = json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    assert record["evidence"]
    assert record["provenance"]["generation"].startswith("000001-")
    assert record["provenance"]["encoder"]


def test_a_chat_model_that_is_not_asked_is_said_to_be_so(run: Run) -> None:
    run("index")
    run("ask", "What is orelimab?", "--model", "openai:gpt")
    assert run.err.startswith("openai:gpt is not asked")


def test_search_shows_passages_best_first(run: Run) -> None:
    (found,) = run("search", "receptor OX40 on T cells", "-n", "2", "--json").objects
    assert list(found) == ["id", "results"]
    assert [result["rank"] for result in found["results"]] == [1, 2]
    best = found["results"][0]
    assert list(best) == "rank source_id passage_id score text start end".split()
    assert best["source_id"] == "article"
    assert best["passage_id"] == f"article#{best['start']}-{best['end']}"


def test_sources_lists_kind_trial_and_tier(run: Run) -> None:
    article, trial = run("sources", "--json").objects
    assert article["source_id"] == "article"
    assert article["tier"] is None
    assert (trial["kind"], trial["trials"], trial["tier"]) == (
        "randomised_trial",
        ["NCT09999991"],
        1,
    )
    assert "unclassified" in run("sources").out


def test_changed_files_are_told_on_stderr_and_the_old_index_answers(run: Run) -> None:
    run("index")
    (run.corpus / "new.txt").write_text("Orelimab costs 12 francs a vial.\n", encoding="utf-8")
    run("ask", "What does a vial of orelimab cost?", "--json")
    assert run.err == "1 file changed: iscalimab-qa index\n"
    assert "12 francs" not in run.out


def test_an_added_document_answers_and_a_removed_one_no_longer_does(
    run: Run, tmp_path: Path
) -> None:
    paper = tmp_path / "cost.txt"
    paper.write_text("A vial of orelimab costs 12 francs.\n", encoding="utf-8")
    (report,) = run("add", str(paper), "--json").objects
    assert report["added"] == ["cost"]
    assert "12 francs" in run("ask", "What does a vial of orelimab cost?").out
    run("remove", "cost")
    assert not (run.corpus / "cost.txt").exists()
    assert "12 francs" not in run("ask", "What does a vial of orelimab cost?").out


def test_skipped_files_are_named_and_the_exit_code_is_3(run: Run) -> None:
    (run.corpus / "broken.pdf").write_bytes(b"\x00\x01\x02 no pdf")
    run("index", code=3)
    assert run.err.startswith("skipped broken.pdf: ")
    assert "1 skipped" in run.out


def test_a_second_index_changes_nothing(run: Run) -> None:
    run("index")
    (report,) = run("index", "--json").objects
    assert (report["embedded"], report["published"]) == (0, False)


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", " "], ["ask", "q", "--questions", "f"], ["search"], ["nonsense"]]
)
def test_misuse_has_the_exit_code_2(run: Run, arguments: list[str]) -> None:
    run(*arguments, code=2)


def test_an_unknown_source_is_one_line_with_the_close_ones(run: Run) -> None:
    run("show", "orel2021", code=1)
    assert "Did you mean orel2020?" in run.err
    assert "\n" not in run.err


def test_a_missing_corpus_folder_is_one_line_that_says_what_to_type(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as done:
        main(["index", "--corpus", str(tmp_path / "none"), "--index", str(tmp_path / "i")])
    assert "--corpus DIR" in str(done.value.code)


def test_doctor_finds_a_sound_installation_and_a_stale_index(run: Run) -> None:
    run("index")
    findings = {found["subject"]: found for found in run("doctor", "--json").objects}
    assert findings["encoder"]["state"] == "ok"
    assert findings["index"]["state"] == "ok"
    (run.corpus / "new.txt").write_text("Orelimab is new.\n", encoding="utf-8")
    index = run("doctor", "--json").objects[-1]
    assert (index["state"], index["mend"]) == ("stale", "iscalimab-qa index")


@pytest.mark.parametrize(("reads", "found"), [("true", "runs"), ("false", "switched off")])
def test_doctor_has_the_reader_read_where_it_is_switched_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, reads: str, found: str
) -> None:
    monkeypatch.setenv("ISCALIMAB_QA_ANSWERING__READER", reads)
    findings = {each["subject"]: each for each in run("doctor", "--json").objects}
    assert (findings["reader"]["state"], findings["reader"]["found"]) == ("ok", found)


def test_help_loads_nothing_heavy() -> None:
    heavy = ["numpy", "torch", "chromadb", "langchain_core", "onnxruntime", "pydantic", "gradio"]
    code = (
        "import sys\n"
        "from iscalimab_qa.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"sys.exit(', '.join(m for m in {heavy} if m in sys.modules) or None)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ask" in done.stdout


def test_every_command_and_option_has_help() -> None:
    import typer

    from iscalimab_qa.cli.commands import app

    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert command.help, name
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"
