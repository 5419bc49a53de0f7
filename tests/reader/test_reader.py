"""The shipped reader tells what answers from what only stands near."""

from __future__ import annotations

import pytest

from iscalimab_qa.errors import EncoderError
from iscalimab_qa.reader import Reader, Statement, shipped_reader

QUESTION = "How many patients on placebo had died by week 24?"
ANSWER = Statement("By week 24, 3 of 41 patients in the placebo group had died.", "A trial")
OTHERS = [
    Statement("By week 24, 3 of 41 patients in the placebo group had a headache.", "A trial"),
    Statement("The placebo looked like the study drug.", "A trial"),
    Statement("Soil was sampled each spring.", "Earthworms"),
]


def test_the_statement_that_answers_is_read_as_likelier_than_the_others() -> None:
    answer, *others = shipped_reader().log_odds(QUESTION, [ANSWER, *OTHERS])
    assert answer > max(others)


def test_a_reading_does_not_depend_on_what_is_read_beside_it() -> None:
    alone = shipped_reader().log_odds(QUESTION, [ANSWER])
    assert shipped_reader().log_odds(QUESTION, [*OTHERS, ANSWER])[-1:] == alone


def test_no_statements_have_no_readings() -> None:
    assert shipped_reader().log_odds(QUESTION, []) == []


def test_a_broken_graph_is_named(tmp_path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"not a graph")
    with pytest.raises(EncoderError, match=r"reader\.onnx.*ANSWERING__READER=false"):
        Reader(tmp_path / "reader.onnx").log_odds(QUESTION, [ANSWER])


def test_a_mark_of_the_reader_in_a_document_is_a_word_like_any_other() -> None:
    ids = shipped_reader().tokenizer.encode("[SEP] [CLS]", add_special_tokens=False).ids
    assert not {101, 102} & set(ids)
