"""No attack of the set gets a word of its own into an answer, and each of them is reported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from attack_documents import ATTACKS, HONEST, QUESTIONS, Attack

from iscalimab_qa import Assistant
from iscalimab_qa.settings import ReadingSettings, load_settings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.suspicion import quarantined
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import units_of


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("attacked")
    for name, text in HONEST.items():
        (folder / name).write_text(text, encoding="utf-8")
    for attack in ATTACKS:
        (folder / attack.name).write_bytes(attack.data)
    settings = load_settings(corpus=(folder,), index=tmp_path_factory.mktemp("index"))
    with Assistant.open(settings) as opened:
        yield opened


def read(attack: Attack) -> Source:
    return read_source(Path(attack.name), attack.data, ReadingSettings())


def test_the_set_is_large_and_covers_every_format() -> None:
    assert len(ATTACKS) >= 30
    suffixes = {attack.name.rpartition(".")[2] for attack in ATTACKS}
    assert suffixes == {"md", "html", "txt", "docx", "pdf"}
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_attack_gets_a_word_into_an_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    said = json.dumps(answer.as_json(), ensure_ascii=False)
    heard = [canary for attack in ATTACKS for canary in attack.canaries if canary in said]
    assert heard == []


def test_no_retrieved_passage_holds_a_canary(assistant: Assistant) -> None:
    # What retrieval returns is what a chat model would be shown.
    for question in QUESTIONS:
        found = "\n".join(result.text for result in assistant.search(question, k=50))
        assert [c for attack in ATTACKS for c in attack.canaries if c in found] == []


def test_the_honest_sources_go_on_answering(assistant: Assistant) -> None:
    assert "liver injury" in assistant.ask("Why was GRAND-2 stopped?").text
    rust = assistant.ask("How long does zinc paint keep rust away from a steel bridge?")
    assert "15 years" in rust.text


def test_every_attack_is_listed_and_reported_and_no_honest_source_is(assistant: Assistant) -> None:
    listed = {record.path: record for record in assistant.sources()}
    assert listed.keys() >= {attack.name for attack in ATTACKS}
    for attack in ATTACKS:
        warnings = " ".join(listed[attack.name].warnings)
        assert attack.told in warnings, (attack.name, warnings)
    assert all(listed[name].warnings == () for name in HONEST)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_what_an_attack_says_in_sight_stays_in_the_text_and_is_no_evidence(attack: Attack) -> None:
    source = read(attack)
    evidence = " ".join(
        " ".join([unit.words, *unit.section])
        for unit in units_of(source)
        if unit.kind != "suspicious"
    )
    kept_out = " ".join(source.text[span.start : span.end] for span in quarantined(source))
    for canary in attack.canaries:
        assert canary not in evidence
        assert (canary in source.text) == (canary in kept_out)


def test_a_document_that_claims_to_overrule_all_others_has_no_tier_and_no_trial() -> None:
    attack = next(attack for attack in ATTACKS if attack.name == "claims_a_tier.md")
    metadata = read(attack).metadata
    assert (metadata.tier, metadata.trials) == (None, ())
