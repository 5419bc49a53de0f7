"""What the documents show is what the program does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from iscalimab_qa.cli.commands import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "index"
    assert run("index", index=folder).returncode == 0
    return folder


def run(*arguments: str, index: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "iscalimab_qa", *arguments],
        env={"ISCALIMAB_QA_INDEX": str(index), "HOME": str(Path.home())},
        cwd=index.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_readmes_session_is_what_a_terminal_shows(index: Path) -> None:
    (session,) = [block for block in blocks("console") if block.count("\n") > 4]
    command, _, shown = session.partition("\n")
    done = run(*shlex.split(command.removeprefix("$ iscalimab-qa ")), index=index)
    without_date = re.compile(r"Library as of [\d-]+")
    assert without_date.sub("", done.stdout).split() == without_date.sub("", shown).split()


def test_the_readmes_python_runs(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISCALIMAB_QA_INDEX", str(index))
    (example,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)
    assert names["answer"].verdict == "answered"  # type: ignore[attr-defined]


def test_every_console_command_of_the_readme_exists_and_so_do_its_options() -> None:
    group = typer.main.get_command(app)
    for block in blocks("console"):
        for line in re.findall(r"^\$ iscalimab-qa (.+)$", block, flags=re.MULTILINE):
            words = [word for word in shlex.split(line) if not word.startswith("--corpus")]
            command = next(word for word in words if word in group.commands)  # type: ignore[attr-defined]
            options = {name for p in group.commands[command].params for name in p.opts}  # type: ignore[attr-defined]
            assert {word for word in words if word.startswith("-")} <= options


def test_the_readme_lists_exactly_the_commands_there_are() -> None:
    rows = re.findall(r"^\| (`.+?) \| ", README, flags=re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`(\w+)", row)}
    assert listed == set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_readmes_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z-]+)", README):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_every_relative_link_of_the_documents_leads_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("*/README.md")]:
        text = document.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (document.parent / link).exists(), f"{document.name}: {link}"
