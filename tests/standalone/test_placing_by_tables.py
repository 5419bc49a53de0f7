"""Fragments that only the library's tables can place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from iscalimab_qa.sentences import sentence_spans
from iscalimab_qa.standalone import standalone_question
from iscalimab_qa.units import RowCell, Unit

HEADS = ("Outcome", "ReadUp (n = 60)", "TapBook (n = 58)", "Usual lessons (n = 61)")
LABELS = ("Words read per minute", "Spelling errors", "Oral thrush", "Serious adverse event")


def unit(text: str, cells: Sequence[RowCell] = ()) -> Unit:
    return Unit("harbour2031", 0, len(text), text, text, "row", cells=tuple(cells))


def table(_: str) -> list[Unit]:
    return [
        unit(label, [RowCell(HEADS[0], label), *(RowCell(head, "7") for head in HEADS[1:])])
        for label in LABELS
    ]


def sentences(text: str) -> Callable[[str], list[Unit]]:
    return lambda _: [unit(text[span.start : span.end]) for span in sentence_spans(text)]


def after(before: str, question: str, rows: Callable[[str], list[Unit]] = table) -> str:
    return standalone_question(question, [{"role": "user", "content": before}], rows)


READ = "How many words per minute did ReadUp pupils read at the end?"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (READ, "and tapbook", "How many words per minute did tapbook pupils read at the end?"),
        (
            "How many words a minute did ReadUp pupils read?",
            "what about usual lessons?",
            "How many words a minute did usual lessons pupils read?",
        ),
        ("Who erred with ReadUp?", "TapBook", "Who erred with TapBook?"),
    ],
)  # fmt: skip
def test_what_heads_a_column_takes_the_place_of_another_column(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question) == expected


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "How many had a serious adverse event on ReadUp?",
            "and thrush?",
            "How many had thrush on ReadUp?",
        ),
        (
            "How many spelling errors were there with TapBook?",
            "oral thrush?",
            "How many oral thrush were there with TapBook?",
        ),
    ],
)
def test_a_rows_label_takes_the_place_of_another_rows(
    before: str, question: str, expected: str
) -> None:
    assert after(before, question) == expected


@pytest.mark.parametrize("question", ["and at week 48?", "Who ran it?", "why?", "and on placebo?"])
def test_the_library_is_asked_for_bare_names_only(question: str) -> None:
    def untouched(_: str) -> list[Unit]:
        raise AssertionError

    after("How many spelling errors were there with TapBook at week 8?", question, untouched)


def test_a_fragment_of_no_table_is_placed_as_if_there_were_none() -> None:
    before = "Does orelimab help with gout?"
    assert after(before, "and psoriasis?") == after(before, "and psoriasis?", lambda _: [])


def test_a_bare_word_that_the_library_writes_as_a_disease_replaces_the_disease() -> None:
    rows = sentences("Morvan's disease was rare. Two patients had it.")
    before = "What was the share with rashes in gravid palsy on orelimab?"
    expected = "What was the share with rashes in morvan on orelimab?"
    assert after(before, "and morvan?", rows) == expected


def test_rows_without_heads_or_words_tell_nothing() -> None:
    empty = [unit("", [RowCell("", ""), RowCell("", "3")])]
    assert after(READ, "and tapbook", lambda _: empty) == after(READ, "and tapbook", lambda _: [])
