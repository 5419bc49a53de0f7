"""The page of a run: everything is in it, nothing comes from outside, nothing is markup."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from evaluation_support import (
    ENROLLED,
    FELL,
    OUTCOMES,
    PLACEBO,
    QUESTIONS,
    Recorder,
    asked,
    said,
    source,
    unanswerable,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from iscalimab_qa.errors import EvaluationError
from iscalimab_qa.evaluation.experiment import Run
from iscalimab_qa.evaluation.markup import number, shown, signed
from iscalimab_qa.evaluation.outcomes import Outcome
from iscalimab_qa.evaluation.page import page
from iscalimab_qa.evaluation.questions import Attack, LabelledQuestion, Turn
from iscalimab_qa.evaluation.reread import system_of
from iscalimab_qa.evaluation.results import Document, document
from iscalimab_qa.evaluation.summary import judge

HOSTILE = "</script><img src=x onerror=alert(1)>\"' \u202e\x1b[31m"
FOLLOW_UP = asked(
    id="fall-2",
    question="And the review?",
    split="dev",
    type="per_arm",
    history=(Turn(role="user", content="What fell?"), Turn(role="assistant", content="Scores.")),
    standalone="By how much did the score fall, says the review?",
)
ASKED = [asked(type="trial_outcome"), FOLLOW_UP, unanswerable(unanswerable="absent")]
SAID = [
    said(FELL, probability=0.9, milliseconds=12.0),
    said(PLACEBO, question_id="fall-2", standalone="And the review?", probability=0.6),
    said(ENROLLED, question_id="cost", probability=0.7, notices=("spelling",)),
]
"""Right; the other arm's value, of a follow-up that cites something else; an answer to nothing."""


def made(
    questions: list[LabelledQuestion] = ASKED, *systems: list[Outcome], **changes: Any
) -> Document:
    """Return what is left on disk of a run of systems, the first by default that of `SAID`."""
    results = [
        judge(Run(Recorder().entry(name), outcomes), questions, lambda _: source)
        for name, outcomes in zip(["ours", "theirs"], systems or [SAID], strict=False)
    ]
    configuration = [{"system": each.name, "library": "a1"} for each in results]
    stored = json.dumps({**document("tiny", questions, results, configuration), **changes})
    return json.loads(stored)


def soup(result: Document) -> BeautifulSoup:
    return BeautifulSoup(page(result), "lxml")


def row(html: BeautifulSoup, section: str, head: str) -> list[str]:
    """Return the cells of a row by the beginning of its heading."""
    rows = html.select(f"#{section} tbody tr")
    found = next(each for each in rows if each.th and each.th.get_text().startswith(head))
    return [cell.get_text(" ", strip=True) for cell in found.select("td")]


def test_a_measure_stands_with_its_interval_and_how_many_it_was_taken_over() -> None:
    # Of the two answerable questions one is right. Both rest on one source, so they are drawn
    # together, and every draw has the same mean.
    assert row(soup(made()), "measures", "correct")[:3] == ["0.500", "0.500 to 0.500", "2"]


def test_what_is_not_done_yet_is_a_row_with_its_reason() -> None:
    html = soup(made(not_yet={"notice recall": "no notice is shown", "chat model": "no path"}))
    assert row(html, "measures", "notice recall") == ["not yet: no notice is shown"]
    assert row(html, "measures", "chat model") == ["not yet: no path"]
    assert row(html, "measures", "attack success") == ["no question is eligible"]


def test_systems_stand_side_by_side_with_their_difference_from_the_first() -> None:
    wrong = [replace(each, text="Nothing.", claims=(), citations=(), found=()) for each in SAID]
    html = soup(made(ASKED, SAID, wrong))
    # Ours is right once of two, theirs never: 0 - 0.5, the same in every draw.
    assert row(html, "systems", "ours")[0] == "0.500"
    assert row(html, "systems", "theirs")[0] == "0.000 −0.500 (−0.500 to −0.500)"
    assert html.select_one("#systems small strong")


def test_the_plots_are_images_with_names() -> None:
    images = soup(made()).select('#plots svg[role="img"]')
    assert [image.title.string for image in images if image.title] == [
        "Share of right answers by type",
        "Calibration of the probability",
        "Time an answer took",
        "Verdicts by kind of question",
    ]


def test_failures_are_counted_by_cause_and_split() -> None:
    # Each failed once; the follow-up is of dev, the other of test.
    html = soup(made())
    heads = [head.get_text() for head in html.select("#causes th[scope=col]")]
    assert heads == ["cause", "what it means", "dev", "test", "n"]
    assert row(html, "causes", "follow-up not understood")[1:] == ["1", "0", "1"]
    assert row(html, "causes", "answered what has no answer")[1:] == ["0", "1", "1"]
    assert row(html, "causes", "all")[1:] == ["1", "1", "2"]


def test_every_failure_of_the_first_system_is_listed_and_nothing_else() -> None:
    failures = soup(made()).select(".failure")
    assert [each["id"] for each in failures] == ["q-fall-2", "q-cost"]
    assert [(each["data-type"], each["data-split"]) for each in failures] == [
        ("per_arm", "dev"),
        ("untyped", "test"),
    ]


def test_the_filter_offers_what_there_is() -> None:
    html = soup(made())
    offered = {
        select["name"]: [option["value"] for option in select.select("option")]
        for select in html.select("#filter select")
    }
    assert offered == {
        "type": ["", "per_arm", "untyped"],
        "cause": ["", "answered what has no answer", "follow-up not understood"],
        "split": ["", "dev", "test"],
    }


def test_a_failure_tells_what_was_asked_expected_said_and_on_what_grounds() -> None:
    failure = soup(made()).select_one("#q-fall-2")
    assert failure
    parts = {
        part.h3.get_text(): part.dl.get_text(" ", strip=True)
        for part in failure.select(".part")
        if part.h3 and part.dl
    }
    assert parts["Asked"] == (
        "user What fell? assistant Scores. question And the review? understood as "
        "And the review? meant By how much did the score fall, says the review?"
    )
    assert parts["Expected"] == (
        f"verdict answered figures 5.9 wrong figures 2.1 needs trial {FELL}"
    )
    assert parts["Got"] == f"verdict answered probability 0.600 text {PLACEBO} [1] time 0.0 ms"
    # PLACEBO stands at 42 to 75 of the source that is labelled.
    assert parts["Evidence"] == (
        f"[1] trial 42–75 {PLACEBO} retrieved, * of a labelled source trial 42–75 *"
    )
    assert "arm errors 1" in parts["Scores"]


def test_a_right_answer_on_unsound_grounds_is_a_failure() -> None:
    result = made([asked()], [said(FELL)])
    assert not soup(result).select(".failure")
    result["systems"][0]["outcomes"][0]["scores"]["quotes verbatim"] = 0.5
    failure = soup(result).select_one(".failure")
    assert failure and failure["data-cause"] == "quote not verbatim"


def test_a_run_without_failures_says_so() -> None:
    html = soup(made([asked()], [said(FELL)]))
    assert "Nothing failed." in html.get_text()
    assert not html.select("#filter")


def test_nothing_comes_from_outside_and_only_the_pages_own_script_may_run() -> None:
    html = soup(made())
    for attribute in ("src", "srcset", "action", "style", "onclick"):
        assert not html.select(f"[{attribute}]")
    assert all(link["href"].startswith("#") for link in html.select("[href]"))
    policy = html.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy and str(policy["content"]).startswith("default-src 'none'; ")
    for tag in (html.style, html.script):
        assert tag and tag.string
        digest = hashlib.sha256(tag.string.encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy["content"]
        assert "url(" not in tag.string and "@import" not in tag.string


def test_every_link_within_the_page_leads_somewhere() -> None:
    html = soup(made())
    for link in html.select("a[href]"):
        assert html.select_one(str(link["href"]))


def test_a_page_that_scrolls_sideways_can_be_reached_by_the_keyboard() -> None:
    for region in soup(made()).select(".scroll"):
        assert (region["role"], region["tabindex"]) == ("region", "0")
        assert region["aria-label"]


def _hostile() -> Document:
    question = asked(
        id=HOSTILE,
        question=HOSTILE,
        history=(Turn(role="user", content=HOSTILE),),
        standalone=HOSTILE,
        says=((HOSTILE,),),
        why=HOSTILE,
        attack=Attack(kind="question", obeyed=(HOSTILE,)),
    )
    cited = replace(said(FELL).citations[0], quote=HOSTILE, words=HOSTILE + "more")
    outcome = said(
        FELL,
        question_id=HOSTILE,
        text=HOSTILE,
        citations=(cited,),
        notices=(HOSTILE,),
        standalone=HOSTILE,
    )
    result = made([question], [outcome], not_yet={HOSTILE: HOSTILE})
    result["systems"][0] |= {"name": HOSTILE, "what": HOSTILE}
    return {**result, "name": HOSTILE, "configurations": [{"system": HOSTILE, HOSTILE: HOSTILE}]}


def test_whatever_was_written_is_shown_and_never_markup() -> None:
    html = soup(_hostile())
    assert len(html.select("script")) == len(html.select("style")) == 1
    assert not html.select("img, [onerror]")
    # 24 places at the least show it as it is, and its invisible parts by their names.
    assert html.get_text().count("</script><img src=x onerror=alert(1)>\"' \\u202e\\x1b[31m") > 24
    assert "\u202e" not in str(html) and "\x1b" not in str(html)


@settings(max_examples=25)
@given(st.lists(st.tuples(QUESTIONS, OUTCOMES), min_size=1, max_size=3))
def test_any_run_makes_a_page_with_one_script_and_every_failure(
    pairs: list[tuple[LabelledQuestion, Outcome]],
) -> None:
    questions = [q.model_copy(update={"id": f"q{n}"}) for n, (q, _) in enumerate(pairs)]
    outcomes = [replace(o, question_id=f"q{n}") for n, (_, o) in enumerate(pairs)]
    result = made(questions, outcomes)
    html = soup(result)
    wrong = {
        each["outcome"]["question_id"]
        for each in result["systems"][0]["outcomes"]
        if each["scores"]["right"] < 1
    }
    assert len(html.select("script")) == 1
    assert {f"q-{one}" for one in wrong} <= {str(each["id"]) for each in html.select(".failure")}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(0.12345), "0.123"),
        (number(33.44, "words"), "33.4"),
        (number(-0.5), "−0.500"),
        (signed(0.5), "+0.500"),
        (signed(-0.0004), "0.000"),
        (signed(-12.34, "latency p50 (ms)"), "−12.3"),
        (shown("a\u00a0b\nc"), "a\u00a0b\nc"),
        (shown("\ud800"), "\\ud800"),
    ],
)
def test_numbers_and_text_are_written_so(written: str, expected: str) -> None:
    assert written == expected


def test_a_page_can_be_written_even_with_half_a_character_in_it() -> None:
    result = made([asked()], [said(PLACEBO)])
    result["asked"]["fall"]["question"] = "\ud800"
    assert b"\\ud800" in page(result).encode()


# --- a document as values again -------------------------------------------------------


def test_a_document_gives_back_what_was_judged() -> None:
    again = system_of(made())
    assert [each.question for each in again.judged] == ASKED
    assert [each.outcome for each in again.judged] == SAID
    assert again.values("right") == [1.0, 0.0, 0.0]


def test_a_system_that_was_not_run_is_named_beside_those_that_were() -> None:
    with pytest.raises(EvaluationError, match=r"no system 'theirs'. They have: 'ours'"):
        system_of(made(), "theirs")


def test_a_document_that_lost_its_questions_is_refused() -> None:
    with pytest.raises(EvaluationError, match="cannot be read again"):
        page(made(asked={}))
