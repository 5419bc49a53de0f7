from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from cited import cite, row

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.wording import claim_text
from iscalimab_qa.evidence.checks import claim as checks_module
from iscalimab_qa.evidence.checks.claim import check_claim, examine, is_verbatim
from iscalimab_qa.evidence.values import Checks
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import units_of

ROOT = Path(__file__).parents[2]
QUESTIONS = [
    analyse(text)
    for text in (
        "What was found?",
        "How many patients on placebo had serious adverse events?",
        "What dose was given?",
        "How do the arms compare?",
    )
]


def sources(*folders: str) -> Iterator[Source]:
    for folder in folders:
        for path in sorted((ROOT / folder).glob("*.md")):
            if not path.name.startswith("README"):
                yield read_source(path, path.read_bytes(), ReadingSettings())


def false_alarms(source: Source) -> Iterator[str]:
    """Yield what the checks find against an answerer that quotes and tells rows."""
    for unit in units_of(source):
        cited = citation(unit, source.metadata, 1)
        for text in {claim_text(unit, question) for question in QUESTIONS}:
            known = {source.source_id: source.metadata}
            for finding in examine(text, [cited], sources=known).findings:
                yield f"{source.source_id}: {text}: {finding}"


FOLDERS = ("corpus", "eval/claims_corpus", "eval/attacks", "tests/sources/fixtures")


def test_what_is_quoted_or_told_from_a_row_never_fails() -> None:
    assert [alarm for source in sources(*FOLDERS) for alarm in false_alarms(source)] == []


def test_nor_would_it_if_the_checks_did_not_see_that_it_is_quoted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So that a sentence does not pass for being a quotation alone: the rules agree with it.
    monkeypatch.setattr(checks_module, "is_verbatim", lambda *_: False)
    assert [alarm for source in sources(*FOLDERS) for alarm in false_alarms(source)] == []


CASES = tomllib.loads((Path(__file__).parent / "claims_of_other_fields.toml").read_text("utf-8"))
SUPPORTED = [(case["text"], c) for case in CASES["words"] for c in case.get("supported", [])]
UNSUPPORTED = [(case["text"], c) for case in CASES["words"] for c in case.get("unsupported", [])]


@pytest.mark.parametrize(("words", "claim"), SUPPORTED)
def test_the_same_in_other_words_passes_in_any_field(words: str, claim: str) -> None:
    assert examine(claim, [cite(words)]).findings == ()


@pytest.mark.parametrize(("words", "claim"), UNSUPPORTED)
def test_a_claim_that_the_words_do_not_bear_out_fails_in_any_field(words: str, claim: str) -> None:
    assert examine(claim, [cite(words)]).findings != ()


def test_a_check_without_anything_to_look_at_is_not_applicable() -> None:
    assert check_claim("It was well known.", [cite("It was well known.")]) == Checks()


def test_each_check_reports_for_itself() -> None:
    cited = cite("In NCT00000001, nivolumab lowered pain by 3 points.")
    assert check_claim("Nivolumab lowered pain by 3 points.", [cited]) == Checks(
        figures="ok", arms="ok", negation="ok", drug="ok", trial="n/a"
    )
    failed = check_claim("In NCT00000002, ipilimumab lowered pain by 4 points.", [cited])
    assert (failed.figures, failed.drug, failed.trial) == ("failed", "failed", "failed")


def test_a_derived_figure_is_marked_when_it_was_asked_for_and_fails_when_it_was_not() -> None:
    cited = cite("Pain fell by 5 points with nivolumab and by 2 points with placebo.")
    claim = "The fall of pain was 3 points greater with nivolumab than with placebo."
    assert check_claim(claim, [cited], allow_derived=True).figures == "derived"
    assert check_claim(claim, [cited]).figures == "failed"


def test_a_claim_without_a_citation_fails_what_applies() -> None:
    assert check_claim("Nivolumab lowered pain by 3 points.", []).figures == "failed"


def test_a_claim_may_rest_on_two_citations() -> None:
    cited = [cite("Pain fell by 5 points with nivolumab."), cite("It fell by 2 with placebo.")]
    claim = "Pain fell by 5 points with nivolumab and by 2 points with placebo."
    assert examine(claim, cited).findings == ()


def test_a_rows_cell_is_verbatim_under_its_own_head_only() -> None:
    told = row(["Outcome", "Nivolumab", "Placebo"], ["Deaths", "6", "3"])
    assert is_verbatim("Deaths: Nivolumab 6.", [told])
    assert not is_verbatim("Deaths: Nivolumab 3.", [told])


def test_checks_are_quick() -> None:
    # An answer has a few claims and 10 ms for all checks and notices; machines are busy, so
    # the bound here is a loose one over many claims.
    source = next(sources("corpus"))
    cited = [citation(unit, source.metadata, 1) for unit in units_of(source)]
    examine(cited[0].quote, cited[:1])
    started = perf_counter()
    for each in cited:
        examine(each.quote, [each], sources={source.source_id: source.metadata})
    assert (perf_counter() - started) / len(cited) < 0.02


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("Of 57 patients in LUMEN, 31 completed the study.", "LUMEN failed."),
        ("LUMEN was not stopped early.", "LUMEN failed."),
        ("LUMEN began in 2018 with 418 patients.", "LUMEN succeeded."),
        ("Tolimab left the score 42% lower than placebo.", "Tolimab did not beat placebo."),
        ("Tolimab was given to 34 patients.", "Tolimab was safe."),
    ],
)
def test_how_something_turned_out_must_be_borne_out(words: str, claim: str) -> None:
    assert examine(claim, [cite(words)]).findings


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("LUMEN did not meet its primary endpoint.", "LUMEN failed."),
        ("LUMEN was terminated for a lack of efficacy.", "LUMEN failed."),
        ("LUMEN met its primary endpoint.", "LUMEN succeeded."),
        ("Tolimab was not superior to placebo.", "Tolimab did not beat placebo."),
        ("Tolimab was well tolerated.", "Tolimab was safe."),
    ],
)
def test_how_something_turned_out_may_be_told_in_other_words(words: str, claim: str) -> None:
    told = (finding.text for finding in examine(claim, [cite(words)]).findings)
    assert not [text for text in told if "do not say so" in text]
