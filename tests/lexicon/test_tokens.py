"""The tokenizer keeps the field's words whole and gives two spellings a token in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.lexicon import tokenize
from iscalimab_qa.lexicon.tokens import STOPWORDS


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("IL-6", "il-6"),
        ("IL-17A", "il-17a"),
        ("TNF-α", "tnf-alpha"),
        ("CD40L", "cd40l"),
        ("CD154", "cd154"),
        ("NCT03610516", "nct03610516"),
        ("2018-004476-35", "2018-004476-35"),
        ("0.74", "0.74"),
        ("63.1%", "63.1%"),
        ("p=0.12", "p=0.12"),
        ("10 mg/kg", "10mg/kg"),
        ("week-24", "week-24"),
        ("β-cell", "beta-cell"),
        ("phase 2b", "phase-2b"),
        ("3/5", "3/5"),
        ("10.1000/xyz-2025-01", "10.1000/xyz-2025-01"),
        ("0.4 µg/mL", "0.4ug/ml"),
    ],
)
def test_a_word_of_the_field_stays_whole(text: str, whole: str) -> None:
    assert whole in tokenize(f"In the study, {text}, was seen.")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("63.1%", "63.1 %"),
        ("week 24", "week-24"),
        ("weeks 24", "Week 24"),
        ("TNF-α", "tnf-alpha"),
        ("IL–6", "IL-6"),
        ("P < .001", "p<0.001"),
        ("1,146 patients", "1146 patients"),
        ("Sjögren's", "sjogren’s"),
        ("Sjögren's syndrome", "Sjogren syndrome"),
        ("T-cells", "T cells"),
        ("phase IIb", "Phase 2b"),
        ("class III", "class 3"),
        ("antibodies", "antibody"),
        ("10 mg/kg", "10mg/kg"),
        ("−2.8 points", "2.8 points"),
    ],
)
def test_two_spellings_of_the_same_words_have_the_same_tokens(left: str, right: str) -> None:
    assert tokenize(left) == tokenize(right) != []


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("non-human", ["non-human", "non", "human"]),
        ("anti-CD40", ["anti-cd40", "cd40"]),
        # Closed up too, since IL6 is written as well; "il" and "6" say nothing alone.
        ("IL-6", ["il-6", "il6"]),
        ("24-week", ["24-week", "24", "week"]),
        ("12-21", ["12-21", "12", "21"]),
        ("p=0.12", ["p=0.12", "0.12"]),
        ("55.8 mL/min", ["55.8ml/min", "55.8", "ml/min"]),
        ("63.1%", ["63.1%", "63.1"]),
        ("a class act", ["class", "act"]),
        ("What was the outcome?", ["outcom"]),
        ("no response", ["no", "respons"]),
    ],
)
def test_a_compound_yields_itself_and_the_parts_that_say_something(
    text: str, tokens: list[str]
) -> None:
    assert tokenize(text) == tokens


def test_names_with_digits_are_never_stemmed() -> None:
    assert tokenize("CFZ533 H1N1s") == ["cfz533", "h1n1s"]


def test_a_text_of_stopwords_or_of_nothing_has_no_tokens() -> None:
    assert tokenize("what is the") == []
    assert tokenize("  \n .,;: ") == []


@given(st.text(max_size=200))
def test_any_text_is_cut_into_tokens_without_spaces_and_always_the_same(text: str) -> None:
    tokens = tokenize(text)
    assert tokens == tokenize(text)
    assert all(token and not any(char.isspace() for char in token) for token in tokens)


@given(st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), max_size=8))
def test_every_plain_word_that_is_no_stopword_yields_one_token(words: list[str]) -> None:
    expected = sum(word not in STOPWORDS for word in words)
    # Joined by a full stop, so that no two of them can be read as one form.
    assert len(tokenize(". ".join(words))) == expected
