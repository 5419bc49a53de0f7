"""Questions are written in right words before anything is looked for."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.spelling import Speller, WordLists

SPELLER = Speller(
    WordLists(
        known=frozenset({"tamponad", "sensor"}),
        counts=lambda: {"tamponade": 2, "sensor": 3},
        names=lambda: (("tolimab", "TLM-204"),),
        phrases=lambda: ("diarrhoea", "implantation"),
        common=lambda: ("jab", "locate", "blinded", "frequency", "melting"),
    )
)


def test_slips_are_mended_to_the_words_of_the_field_and_to_common_ones() -> None:
    spelt = SPELLER.mended("tamponade freqency after implntation")
    assert spelt.text == "tamponade frequency after implantation"
    assert [slip.written for slip in spelt.mended] == ["freqency", "implntation"]


@pytest.mark.parametrize("word", ["jabbed", "relocating", "unblinded", "implantations"])
def test_what_is_regularly_made_of_a_right_word_is_right(word: str) -> None:
    assert SPELLER.mended(f"{word} sensor").text == f"{word} sensor"


def test_a_name_is_offered_and_left() -> None:
    spelt = SPELLER.mended("tolimb and diarea")
    assert spelt.text == "tolimb and diarrhoea"


def test_what_has_only_the_stem_of_a_right_word_is_mended() -> None:
    speller = Speller(
        WordLists(
            known=frozenset({"headach", "drop", "patient"}),
            counts=lambda: {"headache": 3, "dropped": 2, "hoped": 1, "patients": 4},
            names=tuple,
            phrases=lambda: ("headache",),
            common=lambda: ("drop", "hope", "stop"),
        )
    )
    assert speller.mended("patients who droped").text == "patients who dropped"
    assert speller.mended("patients who hoped").text == "patients who hoped"
    assert speller.mended("stopping").text == "stopping"
