from __future__ import annotations

import pytest
from langchain_core.documents import Document

from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Features, Retrieved, scored_units
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.units import ContextQuote, Unit

EQUAL = dict.fromkeys(Features._fields, 1.0)
QUESTION = analyse("What was the response to tolimab?")  # terms: respons, tolimab
TERMS = Terms({"respons": 3.0, "tolimab": 1.0}, {})


def unit(text: str, *, context: str = "", section: tuple[str, ...] = ()) -> Unit:
    pieces = (ContextQuote("caption", 0, len(context), context),) if context else ()
    return Unit("s", 0, len(text), text, text, "sentence", section=section, context=pieces)


def features(
    one: Unit, *, around: str = "", similarity: float = 0.0, unit_similarity: float = 0.0
) -> Features:
    passage = Retrieved(Document(one.text), similarity, [one], around, [unit_similarity])
    return scored_units(QUESTION, TERMS, [passage], EQUAL)[0].features


def passage_of(units: list[Unit], *, similarity: float = 0.0) -> Retrieved:
    return Retrieved(Document(""), similarity, units, "", [0.0] * len(units))


def test_a_units_own_words_count_whole_and_words_around_it_half() -> None:
    assert features(unit("A response.")).coverage == 3 / 4
    # own 3/4, with the caption's tolimab 4/4: 3/4 + (4/4 - 3/4) / 2
    assert features(unit("A response.", context="Tolimab")).coverage == 7 / 8
    assert features(unit("A response.", section=("Tolimab", "Results"))).coverage == 3 / 4
    assert features(unit("A response.", section=("Results", "Tolimab"))).coverage == 7 / 8


def test_the_passage_around_a_unit_and_its_cosine_are_features_of_it() -> None:
    found = features(unit("It rose."), around="Tolimab in adults.", similarity=0.4)
    assert (found.coverage, found.passage_coverage, found.similarity) == (0.0, 1 / 4, 0.4)


def test_a_cosine_below_zero_says_no_more_than_zero() -> None:
    assert features(unit("It rose."), similarity=-0.2).similarity == 0.0


def test_the_cosine_of_a_unit_itself_is_a_feature_of_it() -> None:
    assert features(unit("It rose."), unit_similarity=0.3).unit_similarity == 0.3
    assert features(unit("It rose."), unit_similarity=-0.1).unit_similarity == 0.0


def test_a_unit_that_begins_with_what_is_asked_opens_on_it() -> None:
    # Tokens: tolimab, help; adult, took, tolimab; rose.
    assert features(unit("Tolimab helped.")).opening == 1.0
    assert features(unit("Adults took tolimab.")).opening == 1 / 3
    assert features(unit("It rose.")).opening == 0.0


def test_the_heaviest_word_that_is_lacking_makes_the_gap() -> None:
    # Of respons (3) and tolimab (1): lacking both, the lighter, none; heads and headings count.
    assert features(unit("It rose.")).gap == 1.0
    assert features(unit("A response.")).gap == 1 / 3
    assert features(unit("A response.", section=("Tolimab", "Results"))).gap == 0.0


def test_the_questions_own_figures_are_looked_for() -> None:
    asked = analyse("What was the response at week 24 with 600 mg?")
    units = [unit("At week 24, 600 mg gave 8."), unit("At week 24 it was 8."), unit("At day 7.")]
    found = scored_units(asked, TERMS, [passage_of(units)], EQUAL)
    shares = {each.unit.text: each.features.figures for each in found}
    assert [shares[one.text] for one in units] == [1.0, 1 / 2, 0.0]
    assert features(unit("It rose.")).figures == 1.0  # nothing asked, nothing lacking


def test_the_score_is_the_weighed_sum_and_the_best_comes_first() -> None:
    weights = dict.fromkeys(Features._fields, 0.0) | {"coverage": 2.0, "similarity": 10.0}
    near = passage_of([unit("Nothing."), unit("A response.")], similarity=0.1)
    ranked = scored_units(QUESTION, TERMS, [near], weights)
    assert [each.unit.text for each in ranked] == ["A response.", "Nothing."]
    assert [each.score for each in ranked] == pytest.approx([2 * 3 / 4 + 1, 1])


def test_equal_scores_keep_the_order_of_the_text() -> None:
    same = [unit("First."), unit("Second.")]
    ranked = scored_units(QUESTION, TERMS, [passage_of(same)], EQUAL)
    assert [each.unit.text for each in ranked] == ["First.", "Second."]


def test_a_name_that_its_whole_source_is_about_need_not_stand_in_a_unit() -> None:
    asked = analyse("How old were the patients in GRAND-2?")
    terms = Terms({"old": 1.0, "grand-2": 3.0}, {})
    one = unit("They were old.")
    elsewhere = Retrieved(Document(""), 0.0, [one], "", [0.0])
    about = elsewhere._replace(about=frozenset({"grand-2"}))
    found = [scored_units(asked, terms, [each], EQUAL)[0] for each in (elsewhere, about)]
    assert [each.features.coverage for each in found] == [1 / 4, 1.0]
    assert found[1].said == frozenset({"grand-2"})
