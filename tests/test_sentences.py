from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    assert sentences("Cells were counted. Mice were not.") == [
        "Cells were counted.",
        "Mice were not.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ratio was 0.74 in vitro.",
        "Smith et al. reported the same.",
        "Doses (e.g. 10 mg/kg) were given i.v. to all.",
        "See Fig. 2 and Table 3.",
        "Growth of S. aureus was slow.",
        "The trial (NCT00000000; approx. 40 patients) ended early.",
        "Values were compared vs. Placebo at week 12.",
    ],
)
def test_an_abbreviation_or_a_decimal_point_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_an_abbreviation_may_end_a_sentence_before_a_word_that_opens_one() -> None:
    assert sentences("It was found by Smith et al. The others agreed.") == [
        "It was found by Smith et al.",
        "The others agreed.",
    ]


def test_closing_quotes_and_brackets_stay_with_their_sentence() -> None:
    assert sentences('They said "stop." (Nobody did.) Then it ended.') == [
        'They said "stop."',
        "(Nobody did.)",
        "Then it ended.",
    ]


def test_a_number_may_open_a_sentence() -> None:
    assert sentences("Arms were balanced. 12 patients left.") == [
        "Arms were balanced.",
        "12 patients left.",
    ]


@given(st.text(alphabet="ab AB.?!(\"' \n1é", max_size=60))
def test_sentences_lose_nothing_but_space_and_never_overlap(text: str) -> None:
    spans = sentence_spans(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
