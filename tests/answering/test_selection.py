from __future__ import annotations

from langchain_core.documents import Document

from iscalimab_qa.answering.question import Question, analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.answering.selection import MAX_CLAIMS, choose
from iscalimab_qa.answering.terms import Terms
from iscalimab_qa.sources.builder import SourceBuilder
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit, units_of

FEATURES = Features(0.5, 0.5, 0.5, 0, 0, 0, 1)


def terms_of(question: Question) -> Terms:
    return Terms(dict.fromkeys(question.terms, 1.0), {})


def candidate(text: str, score: float, source: str = "s") -> Candidate:
    unit = Unit(source, 0, len(text), text, text, "sentence")
    return Candidate(unit, Document(text), FEATURES, score)


def chosen(question: str, *candidates: Candidate) -> list[str]:
    asked = analyse(question)
    return [each.unit.text for each in choose(asked, terms_of(asked), candidates)]


def test_a_unit_that_adds_nothing_is_left_out() -> None:
    assert chosen(
        "Was tolimab safe?", candidate("Tolimab was safe.", 9), candidate("Safe tolimab.", 8.9)
    ) == ["Tolimab was safe."]


def test_a_unit_that_answers_the_other_part_of_the_question_is_added() -> None:
    assert chosen(
        "Was tolimab safe and what was the dose?",
        candidate("Tolimab was safe.", 9),
        candidate("The dose was 5 mg.", 8.5),
    ) == ["Tolimab was safe.", "The dose was 5 mg."]


def test_a_unit_far_below_the_first_is_left_out() -> None:
    assert chosen(
        "Was tolimab safe and what was the dose?",
        candidate("Tolimab was safe.", 9),
        candidate("The dose was 5 mg.", 5),
    ) == ["Tolimab was safe."]


def test_an_answer_has_few_units() -> None:
    words = "alpha beta gamma delta epsilon".split()
    units = [candidate(word, 9) for word in words]
    assert len(chosen(f"Compare {', '.join(words)}", *units)) == MAX_CLAIMS


def list_candidates() -> list[Candidate]:
    builder = SourceBuilder()
    builder.paragraph("Exclusion criteria were:")
    for item in ("pregnancy", "renal failure", "recent infection"):
        builder.list_item(item)
    text, blocks, _ = builder.build()
    units = units_of(Source("s", SourceMetadata(title="t"), text, blocks))
    return [Candidate(unit, Document(""), FEATURES, 0.0) for unit in units]


def test_all_items_are_given_where_a_list_is_asked_for() -> None:
    opening, first, second, third = list_candidates()
    assert chosen("What were the exclusion criteria?", second, opening, third, first) == [
        "pregnancy",
        "renal failure",
        "recent infection",
    ]


def test_a_line_that_opens_a_list_is_told_with_its_items() -> None:
    opening, *items = list_candidates()
    assert len(chosen("What counted for exclusion?", opening, *items)) == 4


def test_a_list_that_is_asked_for_is_given_whole_although_an_item_holds_its_words() -> None:
    opening, *items = list_candidates()
    assert len(chosen("List all exclusions for infection", opening, *items)) == 4


def nested_candidates() -> list[Candidate]:
    builder = SourceBuilder()
    builder.paragraph("Endpoints:")
    builder.list_item("Primary endpoint: remission")
    builder.list_item("Secondary endpoints:")
    builder.list_item("fatigue", depth=1)
    text, blocks, _ = builder.build()
    units = units_of(Source("s", SourceMetadata(title="t"), text, blocks))
    return [Candidate(unit, Document(""), FEATURES, 0.0) for unit in units]


def test_a_bare_head_is_not_told_and_what_stands_under_a_part_of_a_list_is() -> None:
    told = chosen("What were the endpoints?", *nested_candidates())
    assert told == ["Primary endpoint: remission", "fatigue"]


def test_one_item_is_given_where_the_question_speaks_of_it() -> None:
    opening, *items = list_candidates()
    assert chosen("Which infection was an exclusion?", opening, *items)[0] == "recent infection"


def test_a_list_is_not_given_where_nothing_asks_for_what_opens_it() -> None:
    opening, first, *_ = list_candidates()
    assert chosen("How did women respond?", opening, first) == ["pregnancy"]


def test_a_line_that_only_announces_what_follows_is_no_answer() -> None:
    opening, *_ = list_candidates()
    assert chosen("Who could not take part?", opening) == []


def test_no_candidates_no_answer() -> None:
    assert chosen("Was tolimab safe?") == []


def test_two_units_that_are_equally_likely_are_both_told() -> None:
    told = chosen(
        "What does tolimab do?",
        candidate("Tolimab blocks the receptor.", 9),
        candidate("Tolimab calms inflamed joints within days.", 8.9),
    )
    assert told == ["Tolimab blocks the receptor.", "Tolimab calms inflamed joints within days."]


def test_equally_likely_units_are_not_both_told_where_nobody_would_read_on() -> None:
    long = "Tolimab calms joints " + "and so on " * 20
    told = chosen(
        "What does tolimab do?",
        candidate("Tolimab blocks the receptor.", 9),
        candidate(long.strip(), 8.9),
    )
    assert told == ["Tolimab blocks the receptor."]
