"""Questions to begin with come from the library, and each is tried before it is offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from stand_in_chat import StandIn, answer

from iscalimab_qa import Assistant
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.settings import Settings
from iscalimab_qa.web.background import Background
from iscalimab_qa.web.examples import examples

TRIAL = """---
id: mosstrial
title: "Zeltorimab in psoriasis: a randomised trial"
kind: randomised_trial
published: 2022
trials:
  - id: NCT09876543
    indication: psoriasis
    phase: "2"
    status: terminated
    status_date: 2022-03-01
    reason: zeltorimab was no better than placebo
    status_source: mosstrial
---

# Zeltorimab in psoriasis

Zeltorimab (ZLT-101) is an antibody that binds the receptor IL-99R and so blocks its signalling.

The trial NCT09876543 of zeltorimab in psoriasis was terminated on 1 March 2022 because
zeltorimab was no better than placebo.

Table: Outcomes of NCT09876543 at week 12

| Outcome | Zeltorimab (n = 40) | Placebo (n = 20) |
|---|---|---|
| Change in skin score at week 12 | -4.1 | -3.9 |
| Serious adverse events | 3 (7.5%) | 1 (5.0%) |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("examples")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "mosstrial.md").write_text(TRIAL, encoding="utf-8")
    return Assistant.open(Settings(corpus=(folder / "corpus",), index=folder / "index"))


def test_every_example_is_about_what_the_library_holds_and_is_answered(library: Assistant) -> None:
    found = examples(library)
    assert {each.topic for each in found} >= {"Mechanism", "Programme status"}
    for each in found:
        assert "zeltorimab" in each.question or "NCT09876543" in each.question
        assert library.ask(each.question).verdict == "answered"


def test_a_library_that_answers_nothing_offers_nothing() -> None:
    class Silent(StandIn):
        def ask(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
            return answer(question, verdict="not_found", claims=(), citations=())

    assert examples(Silent()) == ()  # type: ignore[arg-type]


def test_a_library_without_a_document_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with Assistant.open(Settings(corpus=(tmp_path / "corpus",), index=tmp_path / "i")) as empty:
        assert examples(empty) == ()


def test_examples_are_found_once_for_each_state_of_the_library() -> None:
    class Counting(StandIn):
        asked = 0

        def ask(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
            self.asked += 1
            return super().ask(question)

    assistant = Counting()
    background = Background(assistant)  # type: ignore[arg-type]
    first = background.examples()
    before = assistant.asked
    assert background.examples() == first
    assert assistant.asked == before
    assistant.generation = "000002-changed"
    background.examples()
    assert assistant.asked > before


def test_a_library_that_cannot_be_warmed_up_is_still_served(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(StandIn):
        def warm(self) -> None:
            raise RuntimeError("no encoder")

    background = Background(Broken())  # type: ignore[arg-type]
    assert not background.is_warm
    background.run()
    assert background.is_warm
    assert "no encoder" in caplog.text
