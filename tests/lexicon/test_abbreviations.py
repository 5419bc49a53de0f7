"""Abbreviations are learnt as Schwartz and Hearst (2003) describe; matches worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.lexicon import (
    Abbreviation,
    abbreviations_from_json,
    abbreviations_to_json,
    learn_abbreviations,
)
from iscalimab_qa.lexicon.abbreviations import best_long_form, find_definitions


def definitions(text: str) -> list[tuple[str, str]]:
    return [tuple(found) for found in find_definitions(text)]


@pytest.mark.parametrize(
    ("short", "beside", "long"),
    [
        # The paper's own example: every letter of HSF is met from the right, F in "factor",
        # S in "shock", and H at the beginning of "heat".
        ("HSF", "Heat shock transcription factor", "Heat shock transcription factor"),
        # N: "nephritis" is the last word with one at all; L must begin a word: "lupus".
        ("LN", "patients with proliferative lupus nephritis", "lupus nephritis"),
        # Letters may lie within words: R, G, F, then e at the beginning of "estimated".
        (
            "eGFR",
            "the estimated glomerular filtration rate",
            "estimated glomerular filtration rate",
        ),
        # The first letter must begin a word: the R in "the rate" would do, the one in "their"
        # would not.
        ("RH", "their house", None),
        # No Z to be met.
        ("ZN", "lupus nephritis", None),
        # At most min(2 + 5, 2 * 2) = 4 words before a short form of two characters.
        ("AB", "alpha one two three beta", None),
        ("AB", "alpha one two beta", "alpha one two beta"),
        # Digits are matched like letters.
        ("T1D", "new-onset type 1 diabetes", "type 1 diabetes"),
        # A long form that only repeats the short one is none.
        ("LN", "the LN", None),
    ],
)
def test_the_long_form_is_the_shortest_end_that_spells_the_short_form(
    short: str, beside: str, long: str | None
) -> None:
    assert best_long_form(short, beside) == long


def test_both_orders_of_long_and_short_form_are_read() -> None:
    assert definitions("Adults with lupus nephritis (LN) were treated.") == [
        ("LN", "lupus nephritis")
    ]
    assert definitions("The QMG (quantitative myasthenia gravis) score fell.") == [
        ("QMG", "quantitative myasthenia gravis")
    ]


def test_a_short_form_is_read_up_to_its_comma_or_semicolon() -> None:
    text = "We measured the urinary protein (UP; see the methods) and serum albumin (SA, g/L)."
    assert definitions(text) == [("UP", "urinary protein"), ("SA", "serum albumin")]


def test_the_long_form_must_stand_in_the_same_sentence() -> None:
    assert definitions("He had lupus. Nephritis followed. Later (LN) it ended.") == []


@pytest.mark.parametrize(
    "remark",
    [
        "It fell (as was shown by others before).",  # the word before is no abbreviation
        "The rate was high (n=39).",
        "A dose (5) was given.",  # no letter
        "Treatment arms differed (x).",  # one character
        "It was seen in all (immunofluorescence).",  # one word of more than ten characters
    ],
)
def test_an_ordinary_remark_in_parentheses_defines_nothing(remark: str) -> None:
    assert definitions(remark) == []


def test_a_corpus_counts_documents_and_puts_the_usual_meaning_first() -> None:
    usual = "multiple sclerosis (MS)"
    corpus = [f"{usual} and again {usual}.", "Multiple sclerosis (MS).", "mass spectrometry (MS)"]
    assert learn_abbreviations(corpus) == (
        # Spelled twice in two ways: the first by the alphabet; two documents, not three places.
        Abbreviation("MS", "Multiple sclerosis", 2, is_word=False),
        Abbreviation("MS", "mass spectrometry", 1, is_word=False),
    )


def test_plural_and_singular_long_forms_are_one_meaning() -> None:
    corpus = ["germinal centre (GC)", "germinal centre (GC)", "germinal centres (GC)"]
    assert learn_abbreviations(corpus) == (Abbreviation("GC", "germinal centre", 3, is_word=False),)


def test_a_short_form_that_is_a_word_of_the_corpus_as_well_is_marked() -> None:
    (learnt,) = learn_abbreviations(["chronic allograft nephropathy (CAN) can be treated"])
    assert learnt == Abbreviation("CAN", "chronic allograft nephropathy", 1, is_word=True)


def test_counters_and_makers_in_parentheses_are_not_learnt() -> None:
    # "ii" matches "in initial" by its letters, "Acmex" the words of its remark.
    corpus = ["seen in initial (ii) tests", "The kit of Acmex (a company making every xenograft)"]
    assert learn_abbreviations(corpus) == ()


def test_what_was_learnt_survives_storage() -> None:
    learnt = learn_abbreviations(["interferon-γ (IFN-γ) and lupus nephritis (LN)"])
    assert len(learnt) == 2
    assert abbreviations_from_json(abbreviations_to_json(learnt)) == learnt


@given(st.text(alphabet="abcAB12() ,.;-", max_size=120))
def test_every_long_form_stands_in_the_text_and_holds_the_short_forms_letters(text: str) -> None:
    squeezed = " ".join(text.split())
    for short, long in find_definitions(text):
        assert long in squeezed
        letters = iter(long.lower())
        assert all(char in letters for char in short.lower() if char.isalnum())
