"""Follow-ups asked of a real library, whose tables tell what a bare word stands beside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscalimab_qa import Assistant
from iscalimab_qa.settings import load_settings

HARBOUR = """# Tutoring in the harbour schools

ReadUp pairs pupils with a tutor. TapBook is an app that pupils use alone.

| Outcome | ReadUp (n = 60) | TapBook (n = 58) |
|---|---|---|
| Words read per minute | 72.4 | 65.1 |
| Spelling errors | 8.2 | 9.7 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("library")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    with Assistant.open(load_settings(corpus=(corpus,), index=folder / "index")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "expected", "figure"),
    [
        ("and tapbook", "How many words per minute did tapbook pupils read?", "65.1"),
        ("spelling errors?", "How many spelling errors per minute did ReadUp pupils read?", "8.2"),
    ],
)
def test_a_bare_name_is_placed_by_the_librarys_tables(
    assistant: Assistant, question: str, expected: str, figure: str
) -> None:
    history = [{"role": "user", "content": "How many words per minute did ReadUp pupils read?"}]
    answer = assistant.ask(question, history)
    assert answer.standalone_question == expected
    assert figure in answer.text


PAIR = """# Ombrevant announces results of CASCADE-1 and CASCADE-2

In CASCADE-1, 41% of patients on relimab were free of hives, against 12% on placebo.

In CASCADE-2, 28% of patients on relimab were free of hives, against 19% on placebo.
"""


def test_the_other_trial_is_the_one_of_another_number(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "pair.md").write_text(PAIR, encoding="utf-8")
    history = [{"role": "user", "content": "How many on relimab were free of hives in CASCADE-1?"}]
    with Assistant.open(load_settings(corpus=(corpus,), index=tmp_path / "index")) as opened:
        answer = opened.ask("What about the other trial?", history)
    assert answer.standalone_question == "How many on relimab were free of hives in CASCADE-2?"
    assert "28%" in answer.text
