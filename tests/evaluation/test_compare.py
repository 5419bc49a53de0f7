"""What changed between two runs, worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from evaluation_support import (
    ENROLLED,
    FELL,
    OUTCOMES,
    PLACEBO,
    QUESTIONS,
    REFUSED,
    Recorder,
    asked,
    said,
    source,
    unanswerable,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.compare import as_json, compare, lines, page
from iscalimab_qa.evaluation.comparison import Differing, Kind
from iscalimab_qa.evaluation.comparison_text import SHOWN
from iscalimab_qa.evaluation.experiment import Run
from iscalimab_qa.evaluation.intervals import Estimate
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.questions import LabelledQuestion
from iscalimab_qa.evaluation.results import Document, document
from iscalimab_qa.evaluation.summary import judge

CONFIGURATION = {"system": "ours", "code": "c" * 64, "retrieval": '{"candidates":200,"depth":12}'}
GUESSED = replace(REFUSED, verdict="answered", text="A lot.")


def made(
    *pairs: tuple[LabelledQuestion, Outcome],
    configurations: list[dict[str, str]] | None = None,
    names: tuple[str, ...] = ("ours",),
) -> Document:
    """Return what is left on disk of a run in which every system said the same."""
    questions, outcomes = [q for q, _ in pairs], [o for _, o in pairs]
    results = [
        judge(Run(Recorder().entry(name), outcomes), questions, lambda _: source) for name in names
    ]
    found = document("tiny", questions, results, configurations or [CONFIGURATION])
    return json.loads(json.dumps(found))


def kinds(question: LabelledQuestion, before: Outcome, after: Outcome) -> list[Kind]:
    changes = compare(made((question, before)), made((question, after))).changes
    return [kind for change in changes for kind in change.kinds]


@pytest.mark.parametrize(
    ("question", "before", "after", "expected"),
    [
        (asked(), said(FELL), said(FELL), []),
        (asked(), said(PLACEBO), said(FELL), [Kind.RIGHT]),
        (asked(), said(FELL), said(PLACEBO), [Kind.WRONG]),
        (asked(), said(FELL), said(FELL, verdict="partial"), [Kind.WRONG, Kind.ABSTAINING]),
        (asked(), said(FELL, verdict="partial"), said(FELL), [Kind.RIGHT, Kind.ANSWERING]),
        (asked(), said(PLACEBO), said(PLACEBO, verdict="not_found"), [Kind.ABSTAINING]),
        (unanswerable(), REFUSED, GUESSED, [Kind.WRONG, Kind.ANSWERING]),
        (unanswerable(), GUESSED, REFUSED, [Kind.RIGHT, Kind.ABSTAINING]),
        (asked(), said(FELL), said(FELL, ENROLLED), [Kind.REWORDED]),
        (asked(), said(FELL, verdict="partial"), said(FELL, verdict="not_found"), [Kind.REWORDED]),
        (asked(), said(FELL, milliseconds=1.0), said(FELL, milliseconds=9.0), []),
    ],
    ids=[
        "same", "right", "wrong", "wrong and abstaining", "right and answering", "abstaining",
        "a guess", "no guess", "longer", "less sure", "slower",
    ],
)  # fmt: skip
def test_an_answer_changes_in_score_in_whether_it_answers_or_in_words(
    question: LabelledQuestion, before: Outcome, after: Outcome, expected: list[Kind]
) -> None:
    assert kinds(question, before, after) == expected


def test_a_change_counts_in_each_of_its_ways_and_is_listed_once() -> None:
    found = compare(
        made((asked(), said(FELL)), (unanswerable(), REFUSED)),
        made((asked(), said(FELL, verdict="partial")), (unanswerable(), GUESSED)),
    )
    assert found.counts == {
        Kind.WRONG: 2,
        Kind.RIGHT: 0,
        Kind.ABSTAINING: 1,
        Kind.ANSWERING: 1,
        Kind.REWORDED: 0,
    }
    assert {
        kinds: [each.question.id for each in group] for kinds, group in found.groups.items()
    } == {
        "newly wrong, newly abstaining": ["fall"],
        "newly wrong, newly answering": ["cost"],
    }


def test_questions_of_one_run_only_are_named_and_left_out_of_the_measures() -> None:
    before = made((asked(), said(FELL)), (unanswerable(), REFUSED))
    after = made(
        (asked(id="new"), replace(said(PLACEBO), question_id="new")), (asked(), said(FELL))
    )
    found = compare(before, after)
    assert found.shared == 1
    assert [each.id for each in found.only_before] == ["cost"]
    assert [each.id for each in found.only_after] == ["new"]
    assert {each.measure: each.after for each in found.measures}["right"] == 1.0


def test_a_measure_moves_by_the_paired_difference_over_clusters() -> None:
    # Two questions rest on one source and one on another: before 0, 0, 1, after 1, 1, 1.
    # The mean rises by 2/3. Drawn are sources: none of the first gives 0, only the first 1.
    one, two = asked(id="a"), asked(id="b")
    other = asked(id="c", needs=(({"source_id": "review", "quote": "score fell by 5.9"},),))
    wrong, right = said(PLACEBO), said(FELL)
    before = made(*_pairs([(one, wrong), (two, wrong), (other, right)]))
    after = made(*_pairs([(one, right), (two, right), (other, right)]))
    moved = {each.measure: each for each in compare(before, after).measures}["right"]
    assert (moved.before, moved.after) == pytest.approx((1 / 3, 1.0))
    assert moved.difference == pytest.approx(Estimate(2 / 3, 0.0, 1.0, 3))


def _pairs(
    pairs: list[tuple[LabelledQuestion, Outcome]],
) -> list[tuple[LabelledQuestion, Outcome]]:
    return [(question, replace(outcome, question_id=question.id)) for question, outcome in pairs]


def test_a_measure_takes_only_questions_that_are_eligible_in_both_runs() -> None:
    # An answer without a citation has no citation precision; nothing is left to compare.
    bare = said(FELL, citations=(), claims=())
    found = compare(made((asked(), said(FELL))), made((asked(), bare)))
    assert "citation precision" not in {each.measure for each in found.measures}
    assert "correct" in {each.measure for each in found.measures}


def test_other_labels_and_another_wording_are_told_and_compared_all_the_same() -> None:
    before = made((asked(), said(FELL)), (unanswerable(), REFUSED))
    after = made(
        (asked(figures=("60",)), said(FELL)), (unanswerable(question="Its price?"), REFUSED)
    )
    found = compare(before, after)
    assert (found.relabelled, found.rephrased) == (["fall"], ["cost"])
    # The same words, held against another figure, are wrong now.
    assert [change.kinds for change in found.changes] == [[Kind.WRONG]]


def test_each_value_of_the_configuration_that_differs_is_told() -> None:
    changed = {**CONFIGURATION, "retrieval": '{"candidates":50,"depth":12}', "aliases": "x"}
    after = made((asked(), said(FELL)), configurations=[changed, {"system": "theirs", "code": "z"}])
    assert compare(made((asked(), said(FELL))), after).configuration == [
        Differing("retrieval.candidates", "200", "50"),
        Differing("aliases", "", "x"),
    ]


def test_a_run_over_two_libraries_has_both_values() -> None:
    two = [CONFIGURATION | {"library": name} for name in ("plain", "planted")]
    after = made((asked(), said(FELL)), configurations=two)
    assert compare(made((asked(), said(FELL))), after).configuration == [
        Differing("library", "", "plain, planted")
    ]


def test_the_first_system_is_compared_unless_another_is_named() -> None:
    before = made((asked(), said(FELL)), names=("ours", "theirs"))
    assert compare(before, before).after.system == "ours"
    assert compare(before, before, "theirs").after.system == "theirs"
    with pytest.raises(EvaluationError, match="no system 'nobody'"):
        compare(before, before, "nobody")


def test_runs_without_a_common_question_are_compared_to_nothing() -> None:
    found = compare(made((asked(), said(FELL))), made((unanswerable(), REFUSED)))
    assert (found.shared, list(found.measures), list(found.changes)) == (0, [], [])
    assert lines(found) and page(found)


def test_a_run_compared_to_itself_has_no_change() -> None:
    run = made((asked(), said(FELL)), (unanswerable(), GUESSED))
    found = compare(run, run)
    assert not found.changes and not found.configuration
    assert all(each.difference[:3] == (0, 0, 0) for each in found.measures)
    assert "The configuration is the same." in lines(found)


# --- as text, as JSON, as a page ------------------------------------------------------


def changed() -> tuple[Document, Document]:
    after = made((asked(), said(PLACEBO)), configurations=[CONFIGURATION | {"code": "d" * 64}])
    return made((asked(), said(FELL)), (unanswerable(), REFUSED)), after


def test_the_lines_tell_all_of_it() -> None:
    told = lines(compare(*changed()))
    assert told[0].endswith("ours") and told[0].startswith("before  tiny-")
    assert "  code: cccccccccccc -> dddddddddddd" in told
    assert "1 questions are in both" in told
    assert "  only before (1): cost" in told
    assert "right                    1.000   0.000   -1.000  -1.000 to -1.000  (n 1)" in told
    assert told[-4:] == [
        "newly wrong (1)",
        "  fall  By how much did the score fall on orelimab?",
        f"    before  answered: {FELL} [1]",
        f"    after   answered: {PLACEBO} [1]",
    ]


def test_a_line_holds_nothing_that_drives_a_terminal() -> None:
    hostile = said(PLACEBO, text="\x1b[2J\r\u202e" + "x" * 1000)
    question = asked(question="What?\nnewly right (9)\x07")
    told = lines(compare(made((question, said(FELL))), made((question, hostile))))
    assert all(line.isprintable() for line in told)
    assert "newly right (9)" not in told
    assert max(map(len, told)) < SHOWN + 60


def test_the_json_holds_the_whole_answers() -> None:
    found = json.loads(json.dumps(as_json(compare(*changed()))))
    assert found["counts"]["newly wrong"] == 1
    assert found["questions"] == {
        "both": 1,
        "relabelled": [],
        "rephrased": [],
        "only_before": ["cost"],
        "only_after": [],
    }
    assert found["measures"]["right"] == {
        "before": 1.0,
        "after": 0.0,
        "difference": {"mean": -1.0, "low": -1.0, "high": -1.0, "n": 1},
    }
    assert found["changes"] == [
        {
            "id": "fall",
            "question": "By how much did the score fall on orelimab?",
            "kinds": ["newly wrong"],
            "before": {"verdict": "answered", "text": f"{FELL} [1]", "right": 1.0, "cause": None},
            "after": {
                "verdict": "answered",
                "text": f"{PLACEBO} [1]",
                "right": 0.0,
                "cause": "wrong arm",
            },
        }
    ]


def test_the_page_shows_both_answers_side_by_side() -> None:
    html = BeautifulSoup(page(compare(*changed())), "lxml")
    (change,) = html.select("article.change")
    before, after = (side.get_text(" ", strip=True) for side in change.select("dl"))
    assert before == f"Before: answered {FELL} [1] rests on trial {FELL}"
    assert after == f"After: answered wrong arm {PLACEBO} [1] rests on trial {PLACEBO}"
    assert "Only before" in html.get_text()


def test_the_page_shows_whatever_was_written_and_never_markup() -> None:
    hostile = "</dd><script>alert(1)</script><img src=x>"
    after = said(PLACEBO, text=hostile)
    question = asked(question=hostile)
    html = BeautifulSoup(
        page(compare(made((question, said(FELL))), made((question, after)))), "lxml"
    )
    assert len(html.select("script")) == 1 and not html.select("img")
    assert hostile in html.get_text()


@settings(max_examples=25)
@given(QUESTIONS, st.tuples(OUTCOMES, OUTCOMES))
def test_forth_and_back_are_the_same_changes_reversed(
    question: LabelledQuestion, outcomes: tuple[Outcome, Outcome]
) -> None:
    turned = {
        Kind.WRONG: Kind.RIGHT,
        Kind.RIGHT: Kind.WRONG,
        Kind.ABSTAINING: Kind.ANSWERING,
        Kind.ANSWERING: Kind.ABSTAINING,
        Kind.REWORDED: Kind.REWORDED,
    }
    one, two = (replace(outcome, question_id=question.id) for outcome in outcomes)
    forth, back = kinds(question, one, two), kinds(question, two, one)
    assert {turned[kind] for kind in forth} == set(back)
