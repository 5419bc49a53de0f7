"""Saved answers held against sources of our own invention."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.errors import QuestionError, RecordError, SourceNotFoundError
from iscalimab_qa.evidence.values import Checks, Claim
from iscalimab_qa.records import MOST_BYTES, Record, read_records, replay, verify
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Source

FELL = "The score fell by 5.9 points on orelimab."
STOPPED = "Four of 40 people stopped because of liver injury."
PAPER = f"{FELL} {STOPPED}\n"


def library(**documents: str) -> Any:
    sources = {
        name: read_source(Path(f"{name}.txt"), text.encode(), ReadingSettings())
        for name, text in documents.items()
    }

    def source(source_id: str) -> Source:
        if source_id not in sources:
            raise SourceNotFoundError(source_id)
        return sources[source_id]

    return source


def cited(quote: str, marker: int = 1, **changes: Any) -> dict[str, Any]:
    start = PAPER.find(quote)
    place = {"marker": marker, "source_id": "paper", "quote": quote}
    return {**place, "start": start, "end": start + len(quote), **changes}


def record(text: str, *citations: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "question": "By how much did it fall?",
        "verdict": "answered",
        "text": text,
        "claims": [{"text": text, "citations": [each["marker"] for each in citations]}],
        "citations": list(citations),
        **changes,
    }


def state(stored: Mapping[str, Any], **documents: str) -> str:
    (verified,) = verify(Record.model_validate(stored), library(**(documents or {"paper": PAPER})))
    return verified.state


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "record.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_record_is_a_line_an_answer_and_blank_lines_are_none(tmp_path: Path) -> None:
    line = json.dumps(record(FELL, cited(FELL), later_key=1))
    first, second = read_records(written(tmp_path, f"\ufeff{line}\n\n{line}\n"))
    assert first == second
    assert (first.id, first.claims[0].citations) == (7, (1,))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("\n \n", "it is empty"),
        ("no json", "line 1 is no saved answer"),
        ("[]", "line 1 is no saved answer"),
        ("{}", "line 1 is no saved answer"),
        ("[" * 100_000, "line 1 is no saved answer"),
        ('\n{"question": 5}', "line 2 is no saved answer"),
        (json.dumps(record("x", cited(FELL, source_id="\ud800"))), "line 1 is no saved answer"),
    ],
)
def test_what_is_no_record_is_told_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(RecordError, match=reason) as raised:
        read_records(written(tmp_path, text))
    assert "ask --save" in str(raised.value)


def test_a_missing_file_a_folder_and_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.jsonl", tmp_path, binary):
        with pytest.raises(RecordError):
            read_records(path)


def test_a_file_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(RecordError, match=f"at most {MOST_BYTES}"):
        read_records(path)


@given(st.text(max_size=60))
def test_no_line_raises_anything_but_a_record_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(text.encode("utf-8", "replace"))
    with pytest.raises(RecordError):
        read_records(path)


def test_a_claim_whose_quote_stands_in_its_place_holds() -> None:
    assert state(record(FELL, cited(FELL))) == "holds"


def test_a_quote_that_stands_elsewhere_has_moved() -> None:
    assert state(record(FELL, cited(FELL)), paper=f"A new opening.\n\n{PAPER}") == "moved"


def test_one_moved_quote_of_two_is_enough_to_say_so() -> None:
    both = record(f"{FELL} {STOPPED}", cited(FELL, start=3, end=9), cited(STOPPED, marker=2))
    assert state(both) == "moved"


def test_a_quote_that_is_nowhere_has_changed() -> None:
    changed = PAPER.replace("5.9", "3.9")
    assert state(record(FELL, cited(FELL)), paper=changed) == "changed"
    assert state(record("Yes.", cited("", start=0, end=0))) == "changed"


def test_a_source_that_is_not_in_the_library_is_gone() -> None:
    assert state(record(FELL, cited(FELL)), other=PAPER) == "gone"


def test_a_claim_that_cites_nothing_of_the_record_is_gone() -> None:
    assert state(record(FELL)) == "gone"
    assert state(record(FELL, claims=[{"text": FELL, "citations": [3]}])) == "gone"


def test_a_claim_that_says_another_figure_than_its_quote_fails() -> None:
    (verified,) = verify(
        Record.model_validate(record("The score fell by 9.5 points.", cited(FELL))),
        library(paper=PAPER),
    )
    assert verified.state == "fails"
    assert verified.findings
    assert verified.as_json() == {
        "claim": "The score fell by 9.5 points.",
        "state": "fails",
        "findings": list(verified.findings),
    }


def test_words_that_span_two_statements_are_no_evidence() -> None:
    assert state(record(FELL, cited(f"{FELL} {STOPPED}"))) == "fails"


def answer(*claims: str, **changes: Any) -> Answer:
    said = tuple(Claim(text, (1,), Checks()) for text in claims)
    known: dict[str, Any] = {
        "question": "q",
        "standalone_question": "q",
        "verdict": "answered",
        "claims": said,
        "citations": (),
    }
    return Answer(**(known | changes))


def test_a_replay_asks_the_question_with_its_earlier_turns() -> None:
    turns = [{"role": "user", "content": "What is orelimab?"}]
    asked: list[Any] = []

    def ask(question: str, history: Sequence[Mapping[str, str]]) -> Answer:
        asked.append((question, history))
        return answer(FELL)

    again = replay(Record.model_validate(record(FELL, cited(FELL), history=turns)), ask)
    assert asked == [("By how much did it fall?", turns)]
    assert list(again.changes()) == []


def test_a_replay_tells_what_is_no_longer_and_what_is_newly_said() -> None:
    stored = record(FELL, cited(FELL), provenance={"encoder": "a", "library_state": "1"})
    now = answer(STOPPED, verdict="partial", provenance={"encoder": "a", "library_state": "2"})
    again = replay(Record.model_validate(stored), lambda *_: now)
    assert list(again.changes()) == [
        "verdict: answered -> partial",
        f"no longer said: {FELL}",
        f"newly said: {STOPPED}",
        "library_state: 1 -> 2",
    ]


def test_a_record_without_a_question_cannot_be_replayed() -> None:
    stored = Record.model_validate(record(FELL, cited(FELL), question="  "))
    with pytest.raises(QuestionError):
        replay(stored, lambda *_: answer())
