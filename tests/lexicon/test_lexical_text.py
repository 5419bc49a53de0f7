"""A passage is found by its source's title as well."""

from __future__ import annotations

from iscalimab_qa.lexicon.ranking import lexical_text


def test_the_title_goes_before_the_words_of_the_passage() -> None:
    assert lexical_text("Silent antibodies", "They bind CD40.") == (
        "Silent antibodies\nThey bind CD40."
    )


def test_a_title_that_is_the_heading_already_is_not_said_twice() -> None:
    encoded = "Silent antibodies. Results\nThey bind CD40."
    assert lexical_text("Silent antibodies", encoded) == encoded
