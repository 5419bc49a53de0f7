"""A place covers a label when they share half of the shorter one."""

from __future__ import annotations

from evaluation_support import FELL, PLACEBO, PLACES, asked, at, label
from hypothesis import given

from iscalimab_qa.evaluation.outcomes import Place
from iscalimab_qa.evaluation.spans import Labels, covers, covers_any
from iscalimab_qa.sources.values import Source, SourceMetadata


def test_half_of_the_shorter_one_is_enough_and_less_is_not() -> None:
    # 10 characters against 100: 5 shared are half of the shorter one, 4 are less.
    assert covers(Place("a", 0, 10), Place("a", 5, 105))
    assert not covers(Place("a", 0, 10), Place("a", 6, 106))


def test_a_passage_covers_the_row_within_it_and_a_sentence_its_paragraph() -> None:
    assert covers(Place("a", 0, 900), Place("a", 400, 420))
    assert covers(Place("a", 400, 420), Place("a", 0, 900))


def test_the_same_offsets_of_another_source_are_another_place() -> None:
    assert not covers(Place("a", 0, 10), Place("b", 0, 10))


def test_an_empty_stretch_covers_nothing_not_even_itself() -> None:
    assert not covers(Place("a", 5, 5), Place("a", 5, 5))
    assert not covers(Place("a", 5, 5), Place("a", 0, 10))


@given(PLACES, PLACES)
def test_covering_is_mutual(one: Place, other: Place) -> None:
    assert covers(one, other) == covers(other, one)


@given(PLACES)
def test_whatever_is_not_empty_covers_itself(place: Place) -> None:
    assert covers(place, place) == (place.end > place.start)


@given(PLACES, PLACES)
def test_covering_more_than_is_asked_covers_what_is_asked(one: Place, other: Place) -> None:
    assert not covers(one, other, share=1.0) or covers(one, other, share=0.5)


def test_one_covered_label_is_enough() -> None:
    assert covers_any(at(FELL), [at(PLACEBO), at(FELL)])
    assert not covers_any(at(FELL), [])


def test_a_quote_counts_wherever_its_source_holds_it() -> None:
    text = "IL-6 fell. IL-6 fell."
    question = asked(needs=((label("IL-6 fell.", "short"),),), figures=("IL-6",))
    found = Labels(question, lambda name: Source(name, SourceMetadata(title=name), text, ()))
    # The second one begins after 10 characters and a space.
    assert list(found.needs[0]) == [Place("short", 0, 10), Place("short", 11, 21)]
    assert list(found.fair) == list(found.needs[0])
