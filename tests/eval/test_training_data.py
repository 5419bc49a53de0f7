"""The written questions are about units that are there."""

from __future__ import annotations

from collections import Counter

import pytest
from training_data import (
    QUESTIONS,
    Document,
    Example,
    Line,
    invented_documents,
    read_lines,
    written_examples,
)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return invented_documents()


@pytest.fixture(scope="module")
def examples(documents: dict[str, Document]) -> list[Example]:
    return list(written_examples(documents))


def lines() -> list[Line]:
    return [line for path in sorted(QUESTIONS.glob("*.tsv")) for line in read_lines(path)]


def test_every_line_about_an_invented_document_names_units_of_it(
    documents: dict[str, Document], examples: list[Example]
) -> None:
    own = [line for line in lines() if line.document in documents]
    assert [example.question for example in examples] == [line.question for line in own]
    assert all(example.right or example.near for example in examples)


def test_a_question_has_units_that_answer_it_or_that_only_seem_to_and_not_both(
    examples: list[Example],
) -> None:
    assert not [example for example in examples if example.right and example.near]
    assert all(example.right | example.near <= example.seen for example in examples)


def test_no_question_is_put_twice_to_a_document() -> None:
    asked = Counter((line.document, line.question.lower()) for line in lines())
    assert [one for one, times in asked.items() if times > 1] == []


def test_every_invented_document_is_asked_about(documents: dict[str, Document]) -> None:
    assert documents.keys() <= {line.document for line in lines()}


def test_a_sentence_stands_behind_the_one_before_it_in_its_section(
    documents: dict[str, Document],
) -> None:
    document = documents["kivara_interim"]
    # "Forty-five cases ..." is followed by "Eight were in the vaccine group ..."
    number = next(n for n, u in enumerate(document.units) if u.text.startswith("Eight were"))
    assert document.statements[number].before.startswith("Forty-five cases")
