"""The public object over a real index, with the real encoder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever

from iscalimab_qa import Assistant
from iscalimab_qa.errors import IndexMissingError, QuestionError
from iscalimab_qa.index.maintenance import add_documents, update_library
from iscalimab_qa.settings import Settings, load_settings

TRIAL = """# The GRAND-2 trial

GRAND-2 (NCT09999991) compared orelimab with placebo in 60 people with plaque psoriasis.
The trial was stopped early because of liver injury in four of 40 people on orelimab.

## Exclusion

Excluded were people with:

- pregnancy
- active tuberculosis
- liver disease

## Curator's notes

- The yearly cost of orelimab in francs was not found.
"""

OTHER = """# Tirolimab in asthma

Tirolimab lowered the number of asthma attacks by a third in 300 adults.
"""

REFERENCES = """# A review

Antibodies against OX40 are studied in skin disease.

## References

1. Smith J. Orelimab raises the price of treatment. J Skin. 2019;3:1-9.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "grand2.md").write_text(
        "---\nid: grand2\ntitle: GRAND-2\nkind: randomised_trial\ntext_kind: digest\n"
        "read_from: abstract\ntrials: [{id: NCT09999991, aliases: [GRAND-2]}]\n---\n" + TRIAL,
        encoding="utf-8",
    )
    (corpus / "tirolimab.md").write_text(OTHER, encoding="utf-8")
    (corpus / "review.md").write_text(REFERENCES, encoding="utf-8")
    return load_settings(corpus=(corpus,), index=tmp_path / "index")


@pytest.fixture
def assistant(settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(settings) as opened:
        yield opened


def test_opening_builds_a_missing_index_unless_told_not_to(settings: Settings) -> None:
    with pytest.raises(IndexMissingError):
        Assistant.open(settings, build=False)
    with Assistant.open(settings) as built:
        assert built.built is not None
        assert built.source_count == 3, built.built
    with Assistant.open(settings, build=False) as again:
        assert again.built is None


def test_the_reason_is_given_where_a_reason_is_asked(assistant: Assistant) -> None:
    answer = assistant.ask("Why was GRAND-2 stopped?")
    assert answer.verdict == "answered"
    assert "liver injury in four of 40 people" in answer.text
    source = assistant.source("grand2")
    for citation in answer.citations:
        assert source.text[citation.start : citation.end] == citation.quote


def test_all_items_of_a_list_are_given_each_with_its_citation(assistant: Assistant) -> None:
    answer = assistant.ask("Who was excluded from GRAND-2, which exclusion criteria?")
    assert [claim.text for claim in answer.claims] == [
        "Excluded were people with:",
        "pregnancy.",
        "active tuberculosis.",
        "liver disease.",
    ]
    assert [piece.quote for piece in answer.citations[1].context] == ["Excluded were people with:"]


def test_a_question_about_one_trial_is_never_answered_from_another(assistant: Assistant) -> None:
    answer = assistant.ask("By how much did tirolimab lower asthma attacks in GRAND-2?")
    assert all(citation.source_id != "tirolimab" for citation in answer.citations)


def test_a_curators_note_may_be_quoted_but_turns_nothing_into_an_answer(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("What is the yearly cost of orelimab in francs?")
    assert answer.verdict == "not_found"
    assert [claim.text for claim in answer.claims] == [
        "The yearly cost of orelimab in francs was not found."
    ]


def test_a_gap_of_one_drug_is_not_quoted_for_another(assistant: Assistant) -> None:
    answer = assistant.ask("What is the yearly cost of basilimab in francs?")
    assert (answer.verdict, answer.claims) == ("not_found", ())


def test_a_reference_list_is_never_evidence(assistant: Assistant) -> None:
    answer = assistant.ask("Does orelimab raise the price of treatment?")
    assert all("Smith" not in citation.quote for citation in answer.citations)


def test_a_published_change_shows_in_the_next_answer_without_opening_anew(
    assistant: Assistant, settings: Settings, tmp_path: Path
) -> None:
    question = "What colour are the vials of orelimab?"
    assert "blue" not in assistant.ask(question).text
    paper = tmp_path / "vials.txt"
    paper.write_text("The vials of orelimab are blue in colour.\n", encoding="utf-8")
    add_documents(settings, [paper])
    assert "blue" in assistant.ask(question).text
    (settings.corpus[0] / "vials.txt").unlink()
    update_library(settings)
    assert "blue" not in assistant.ask(question).text


def test_many_threads_get_the_same_answer(assistant: Assistant) -> None:
    def ask(_: int) -> str:
        return assistant.ask("Why was GRAND-2 stopped?").text

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(24)))) == 1


def test_the_retriever_is_a_langchain_retriever(assistant: Assistant) -> None:
    assert isinstance(assistant.retriever, BaseRetriever)
    best = assistant.retriever.invoke("asthma attacks")[0]
    assert best.metadata["source_id"] == "tirolimab"


def test_a_papers_own_words_come_before_our_summary_of_it(settings: Settings) -> None:
    (corpus,) = settings.corpus
    head = "---\nid: {}\ntitle: Tirolimab in gout\ndoi: 10.1000/gout\n{}---\n\n"
    digest = head.format("summary", "kind: review\ntext_kind: digest\nread_from: abstract\n")
    summary = "In the gout trial of tirolimab, pain fell by 31 points."
    original = "In this trial of tirolimab in gout, pain fell by 31 points."
    (corpus / "a.md").write_text(digest + summary, encoding="utf-8")
    (corpus / "b.md").write_text(head.format("paper", "") + original, encoding="utf-8")
    with Assistant.open(settings) as assistant:
        answer = assistant.ask("By how much did pain fall in the gout trial of tirolimab?")
    assert answer.citations[0].quote == original


def test_single_settings_may_be_named_when_opening(settings: Settings) -> None:
    with Assistant.open(corpus=settings.corpus[0], index=settings.index) as assistant:
        assert assistant.source_count == 3


@pytest.mark.parametrize("question", ["", "   ", "why? " * 1000])
def test_an_empty_or_endless_question_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError):
        assistant.ask(question)


def test_a_question_that_repeats_itself_up_to_the_limit_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask(("orelimab " * 300)[:2000])
    assert answer.verdict in {"answered", "partial", "not_found"}
