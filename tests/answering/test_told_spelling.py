from __future__ import annotations

from iscalimab_qa.answering.spelling import with_spelling
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Checks, Claim, Notice
from iscalimab_qa.lexicon import Mended
from iscalimab_qa.lexicon.spelling import Slip

ANSWER = Answer(
    "q", "q", "answered", (Claim("It is cold.", (1,), Checks()),), (), (Notice("conflict", "x"),)
)


def test_a_question_without_slips_is_answered_as_it_was() -> None:
    assert with_spelling(ANSWER, Mended("q", (), ())) == ANSWER


def test_mended_words_are_told_and_the_answer_stands() -> None:
    answer = with_spelling(
        ANSWER, Mended("q", (Slip("livr", "liver"), Slip("kidny", "kidney")), ())
    )
    assert answer.claims == ANSWER.claims
    assert [notice.text for notice in answer.notices] == [
        "x",
        "Showing results for: liver (for livr), kidney (for kidny).",
    ]


def test_a_name_that_may_have_been_meant_is_offered_and_not_answered_for() -> None:
    answer = with_spelling(ANSWER, Mended("q", (), (Slip("tolimob", "tolimab"),)))
    assert (answer.verdict, answer.claims, answer.citations) == ("not_found", (), ())
    assert answer.text == "Not in this library: tolimob. Did you mean tolimab?"
    assert answer.notices[-1].text == "Did you mean tolimab? Nothing here is called tolimob."
