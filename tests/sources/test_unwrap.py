from __future__ import annotations

import pytest

from iscalimab_qa.sources.unwrap import join_lines, words_of


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("the kid-", "ney"), "the kidney"),
        (("a double-", "blind trial"), "a double-blind trial"),
        (("anti-", "CD40 and IL-", "6"), "anti-CD40 and IL-6"),
        (("from 1918–", "1919"), "from 1918–1919"),
        (("a dash -", "so to say"), "a dash - so to say"),
        (("one ", " two", "three"), "one two three"),
        ((), ""),
    ],
)
def test_lines_are_joined_and_cut_words_mended(lines: tuple[str, ...], joined: str) -> None:
    assert join_lines(lines, frozenset()) == joined


def test_the_document_itself_tells_how_a_word_is_written() -> None:
    words = words_of(["It is well-known in steroid-sparing care, not a timepoint, trea-"])
    assert join_lines(("steroid-", "sparing"), words) == "steroid-sparing"
    assert join_lines(("time-", "point"), words) == "timepoint"
    assert "trea" not in words
