from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.lexicon.spelling import Vocabulary, edit_distance, word_counts

COUNTS = word_counts(
    [
        "kidney transplant survival in monkeys",
        "tolimab and tolumab in kidney rejection",
        "thrombosis, rejection",
    ]
)
PLAIN = frozenset({"founder", "what", "with"})
WORDS = Vocabulary(COUNTS, lambda word: word.endswith("mab"))


def mend(question: str) -> str:
    return WORDS.mend(question, PLAIN.__contains__).text


@pytest.mark.parametrize(
    ("left", "right", "slips"),
    [("liver", "liver", 0), ("livr", "liver", 1), ("mokney", "monkey", 1), ("abc", "xyz", 3)],
)
def test_letters_wrong_missing_added_or_exchanged_are_counted(
    left: str, right: str, slips: int
) -> None:
    assert edit_distance(left, right, at_most=2) == slips


def test_a_slip_of_the_keyboard_is_mended_to_the_librarys_word() -> None:
    assert mend("kidny survivel in mokneys") == "kidney survival in monkeys"


def test_words_that_everybody_writes_are_left() -> None:
    assert mend("what with founder") == "what with founder"


def test_another_form_of_a_word_is_no_slip() -> None:
    assert mend("thrombotic rejections") == "thrombotic rejections"


def test_short_words_and_capitals_are_left() -> None:
    assert mend("kid KIDNY") == "kid KIDNY"


def test_a_name_is_offered_and_never_mended() -> None:
    found = WORDS.mend("kidny and tolimb", PLAIN.__contains__)
    assert found.text == "kidney and tolimb"
    assert [(slip.written, slip.meant) for slip in found.offered] == [("tolimb", "tolimab")]


def test_the_commoner_of_two_words_as_near_is_meant() -> None:
    words = Vocabulary({"losing": 1, "dosing": 5}, lambda _: False)
    assert words.mend("osing", lambda _: False).text == "dosing"


@pytest.mark.parametrize(
    ("written", "read"),
    [("livr", "liver"), ("lvier", "liver"), ("livver", "liver")],
)
def test_a_lost_added_or_exchanged_letter_of_a_short_word_is_mended(
    written: str, read: str
) -> None:
    words = Vocabulary({"liver": 3, "soils": 2}, lambda _: False)
    assert words.mend(written, lambda _: False).text == read


def test_a_wrong_letter_makes_another_word_of_a_short_one() -> None:
    words = Vocabulary({"soils": 2}, lambda _: False)
    assert words.mend("boils", lambda _: False).text == "boils"


@given(st.text(max_size=200))
def test_a_text_of_known_words_comes_back_as_it_was(text: str) -> None:
    assert WORDS.mend(text, lambda _: True).text == text


@given(st.text("abcdef", max_size=8), st.text("abcdef", max_size=8))
def test_the_distance_is_the_same_both_ways(left: str, right: str) -> None:
    assert edit_distance(left, right, at_most=3) == edit_distance(right, left, at_most=3)


FIELD = Vocabulary(
    COUNTS | {"half-life": 2},
    lambda word: word.endswith("mab"),
    ("diarrhoea", "side effects", "hypertension", "mating", "response", "throw up", "throws up"),
    ("which", "percent", "station", "reduced", "throws", "length"),
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("diarea by arm", "diarrhoea by arm"),
        ("hipertention", "hypertension"),
        ("the respons", "the response"),
        ("plain-lenght", "plain-length"),
        ("in percnt", "in percent"),
        ("lenght", "length"),
        ("he trows up", "he throws up"),
    ],
)
def test_what_the_library_lacks_is_mended_to_a_right_word(written: str, read: str) -> None:
    assert FIELD.mend(written, PLAIN.__contains__).text == read


@pytest.mark.parametrize("written", ["halflife", "sideeffect", "sideeffects"])
def test_a_compound_that_was_closed_up_is_opened(written: str) -> None:
    assert FIELD.mend(written, PLAIN.__contains__).text in {"half-life", "side effects"}


@pytest.mark.parametrize("written", ["statin", "malting", "deduced", "a Trows trial"])
def test_a_rare_word_and_a_name_are_not_taken_for_slips(written: str) -> None:
    assert FIELD.mend(written, PLAIN.__contains__).text == written


def test_the_librarys_own_words_come_first() -> None:
    assert FIELD.mend("survivl of monkys", PLAIN.__contains__).text == "survival of monkeys"
