from __future__ import annotations

import json
from pathlib import Path

import pytest

from iscalimab_qa.answering.checking import CheckedClaim
from iscalimab_qa.cli import main
from iscalimab_qa.cli.check_command import Given, claim_lines, given_claims, read_claims
from iscalimab_qa.errors import ClaimsError
from iscalimab_qa.settings import ReadingSettings

PAPER = """---
id: granite
title: The GRANITE trial
kind: randomised_trial
text_kind: digest
read_from: abstract
---
# GRANITE

In GRANITE, the attack rate fell by 41% with orelimab and by 12% with placebo at week 24.
"""
TRUE = "The attack rate fell by 41% with orelimab at week 24 of GRANITE."
FALSE = "The attack rate fell by 48% with orelimab at week 24 of GRANITE."


def given(text: str | None, claims: Path | None = None) -> list[Given]:
    return given_claims(text, claims, ReadingSettings())


def run(*arguments: str) -> int:
    try:
        main(list(arguments))
    except SystemExit as left:
        if isinstance(left.code, str):
            raise
        return left.code or 0
    return 0


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("library")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "granite.md").write_text(PAPER, encoding="utf-8")
    return ["--corpus", str(folder / "corpus"), "--index", str(folder / "index"), "check"]


def test_a_text_is_cut_into_sentences_wherever_its_lines_break() -> None:
    assert given("One rose\nby 4. Two fell.\n\nThree stayed") == [
        Given(1, "One rose by 4."),
        Given(2, "Two fell."),
        Given(3, "Three stayed"),
    ]


def test_a_document_is_read_as_a_source_is(tmp_path: Path) -> None:
    path = tmp_path / "slide.md"
    path.write_text("# Head\n\nIt rose. It fell.\n\n| A | B |\n|---|---|\n| x | 3 |\n")
    assert [each.claim for each in given(str(path))] == ["It rose.", "It fell.", "x: B 3"]


def test_a_missing_document_is_said_and_a_sentence_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(ClaimsError, match="no file"):
        given(str(tmp_path / "gone.docx"))
    assert [each.claim for each in given("See slide.md")] == ["See slide.md"]


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(ClaimsError, match="is a folder"):
        given(str(tmp_path))


def test_half_of_a_character_is_checked_as_none(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(r'{"id": 1, "claim": "It rose \ud800."}')
    assert [each.claim for each in read_claims(path)] == ["It rose \ufffd."]
    assert [each.claim for each in given("It rose \udcff.")] == ["It rose \ufffd."]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": [1], "claim": "x"}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f'{{"id": 1, "claim": "x"}}\n\n{line}\n')
    with pytest.raises(ClaimsError, match=r"claims\.jsonl, line 3"):
        read_claims(path)


def test_one_object_a_claim_and_every_verdict_is_a_success(
    library: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "claims.jsonl"
    claims = [TRUE, FALSE, "Penguins live in the Antarctic.", "x" * 3000]
    path.write_text("".join(json.dumps({"id": n, "claim": c}) + "\n" for n, c in enumerate(claims)))
    assert run(*library, "--claims", str(path), "--json") == 0
    out, err = capsys.readouterr()
    told = [json.loads(line) for line in out.splitlines()]
    verdicts = ["supported", "contradicted", "not_found", "not_found"]
    assert [(each["id"], each["verdict"]) for each in told] == list(enumerate(verdicts))
    assert "has 3000 characters" in err
    assert "has 3000 characters" in told[3]["note"]


def test_people_are_told_that_a_digest_is_ours_and_which_check_failed(
    library: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*library, f"{TRUE} {FALSE}") == 0
    out = capsys.readouterr().out
    assert "Supported: agrees with the library's summary" in out
    assert "Contradicted in a figure: differs from the library's summary" in out
    assert "the cited words have 41% here" in out


def test_neither_or_both_is_misuse(tmp_path: Path) -> None:
    assert run("check") == 2
    assert run("check", "  ") == 2
    assert run("check", "text", "--claims", str(tmp_path / "c.jsonl")) == 2


def test_a_missing_file_is_one_line(library: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"There is no file 'gone\.pdf'"):
        run(*library, "gone.pdf")


def test_what_a_claim_says_cannot_drive_a_terminal() -> None:
    (first, *_) = claim_lines(CheckedClaim("red \x1b[31m", "not_found"))
    assert first == "red \\x1b[31m"
