"""The document of a run: the same for the same run, another for another, and read again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from evaluation_support import FELL, PLACEBO, Recorder, asked, said, source, unanswerable

from iscalimab_qa.errors import EvaluationError, OutputError
from iscalimab_qa.evaluation.experiment import Run
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import Attack, LabelledQuestion, Turn
from iscalimab_qa.evaluation.results import (
    COMPARED,
    Document,
    document,
    file_stem,
    read_document,
    same,
    write_document,
)
from iscalimab_qa.evaluation.summary import SystemResult, judge

QUESTIONS = [
    asked(type="per_arm"),
    unanswerable(
        history=(Turn(role="user", content="And orelimab?"),),
        attack=Attack(kind="question", obeyed=("free",)),
    ),
]
CONFIGURATION = {"system": "ours", "library": "a1"}


def judged(name: str, *outcomes: Outcome, questions: list[LabelledQuestion]) -> SystemResult:
    return judge(Run(Recorder().entry(name), outcomes), questions, lambda _: source)


def made(
    *,
    first: str = FELL,
    milliseconds: float = 1.0,
    questions: list[LabelledQuestion] = QUESTIONS,
    configuration: dict[str, str] = CONFIGURATION,
) -> Document:
    """Return the document of two systems; the second is wrong about the first question."""
    refused = said(verdict="not_found", probability=0.2)
    ours = replace(said(first), milliseconds=milliseconds, probability=0.9)
    results = [
        judged("ours", ours, refused, questions=questions),
        judged("theirs", said(PLACEBO), refused, questions=questions),
    ]
    return document("tiny", questions, results, [configuration])


def test_a_document_tells_what_was_asked() -> None:
    assert made()["questions"] == {
        "n": 2,
        "answerable": 1,
        "follow_ups": 1,
        "attacks": 1,
        "types": {"per_arm": 1, "untyped": 1},
    }
    assert list(made()["asked"]) == ["fall", "cost"]


def test_a_document_holds_every_number_and_everything_that_was_said() -> None:
    ours, theirs = made()["systems"]
    assert ours["measures"]["correct"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    assert ours["measures"]["follow-ups"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    assert ours["verdicts"] == {
        "answerable": {"answered": 1},
        "not answerable": {"not_found": 1},
    }
    # Said 0.9 of the one with an answer and 0.2 of the one without: off by 0.1 and by 0.2.
    assert ours["calibration_error"] == pytest.approx(0.15)
    assert theirs["by_type"]["per_arm"]["mean"] == 0.0
    assert Outcome.from_json(theirs["outcomes"][0]["outcome"]) == said(PLACEBO)
    assert theirs["outcomes"][0]["scores"]["arm errors"] == 1.0


def test_every_system_but_the_first_is_held_against_the_first() -> None:
    ours, theirs = made()["systems"]
    assert ours["against_first"] == {}
    assert set(theirs["against_first"]) == set(COMPARED)
    assert theirs["against_first"]["correct in 60 words"] == {
        "mean": -1.0,
        "low": -1.0,
        "high": -1.0,
        "n": 1,
    }


def test_the_same_run_at_another_time_and_pace_is_the_same() -> None:
    again = {**made(milliseconds=99.0), "created": "2000-01-01T00:00:00+00:00"}
    assert same(made(), again)
    assert again["sha"] == made()["sha"]


def test_a_run_that_said_something_else_is_not_the_same() -> None:
    assert not same(made(), made(first=PLACEBO))


def test_another_configuration_question_or_label_has_another_name() -> None:
    relabelled = [asked(type="per_arm", figures=("5.9", "2.1")), QUESTIONS[1]]
    others = [
        made(configuration={**CONFIGURATION, "library": "b2"}),
        made(questions=relabelled),
        made(questions=[asked(type="per_arm", question="How much?"), QUESTIONS[1]]),
    ]
    assert len({made()["sha"], *(other["sha"] for other in others)}) == 4
    assert file_stem(made()) == f"tiny-{made()['sha']}"


def test_a_document_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    written = made()
    path = write_document(written, tmp_path / "new" / "folder")
    assert path.name == f"tiny-{written['sha']}.json"
    assert same(read_document(path), written)
    # Strict: no NaN, which no other reader takes.
    json.dumps(read_document(path), allow_nan=False)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"format": 99}', "[" * 100_000])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: str) -> None:
    other = tmp_path / "other.json"
    other.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"other\.json"):
        read_document(other)


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="Cannot read the results"):
        read_document(tmp_path / "none.json")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="taken"):
        write_document(made(), tmp_path / "taken")
