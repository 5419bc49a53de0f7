from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.evidence.stems import Stems
from iscalimab_qa.evidence.trials.document_status import _MAYBE
from iscalimab_qa.evidence.trials.of_sources import _SAYS_DESIGN, _SAYS_STATUS

PATTERN = r"\b(?:stopp(?:ed|ing)|halt|no longer|n ?= ?\d)"
STEMS = Stems(PATTERN, "stopp|halt|no longer|n=|n =")


def test_matches_are_found_wherever_they_begin_a_word() -> None:
    # "asphalt" holds a stem and begins with none.
    text = "Stopped on asphalt; halted, N = 4."
    assert sorted(STEMS.places(text)) == [0, 20, 28]


def test_a_stem_without_the_rest_of_the_expression_is_no_match() -> None:
    assert not STEMS.stand_in("A stopper, n = many.")


def test_a_letter_that_grows_in_lower_case_moves_no_place() -> None:
    assert list(STEMS.places("İİ stopped")) == [3]


@given(st.lists(st.sampled_from("stopped stop halt Halts no longer n=3 N = 9 x ( İ, the".split())))
def test_what_is_found_is_what_the_expression_finds(words: list[str]) -> None:
    text = " ".join(words)
    found = [match.start() for match in re.finditer(PATTERN, text, re.IGNORECASE)]
    assert sorted(STEMS.places(text)) == found


@pytest.mark.parametrize("stems", [_SAYS_STATUS, _SAYS_DESIGN, _MAYBE])
def test_every_alternative_of_an_expression_begins_with_one_of_its_stems(stems: Stems) -> None:
    # Each alternative is cut at its first letter that may vary; the stem or what is left of
    # it must be the beginning of the other.
    inside = stems._pattern.pattern.removeprefix(r"\b(?:").removesuffix(")")
    depth, alternatives = 0, [""]
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            alternatives.append("")
        else:
            alternatives[-1] += letter
    heads = [re.split(r"[(\[]|.\?|\\", each)[0] for each in alternatives]
    for head in heads:
        assert any(head.startswith(stem) or stem.startswith(head) for stem in stems._stems), head
