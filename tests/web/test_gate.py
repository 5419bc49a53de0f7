"""What is made of a request's body before Gradio reads it."""

from __future__ import annotations

import json

import pytest

from iscalimab_qa.web.gate import read_once


@pytest.mark.parametrize(
    "cut",
    [rb'{"data": ["an owl \ud83d"]}', b'{"data": ["an owl \xed\xa0\xbd"]}'],
)
def test_half_of_a_character_is_read_as_none(cut: bytes) -> None:
    assert json.loads(read_once(cut)) == {"data": ["an owl \ufffd"]}


def test_a_whole_character_written_as_two_halves_stays() -> None:
    assert json.loads(read_once(rb'{"data": ["\ud83e\udd89"]}')) == {"data": ["\U0001f989"]}


def test_of_a_key_that_stands_twice_one_value_is_handed_on() -> None:
    assert read_once(b'{"fn_index": 1, "fn_index": 2}') == b'{"fn_index": 2}'


@pytest.mark.parametrize("body", [b"", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_handed_on_to_be_refused(body: bytes) -> None:
    assert read_once(body) == body
