"""What several sources say is told once, with all that say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple

import pytest
from opening import assistant_over

from iscalimab_qa import Assistant
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Checks, Claim, Marks


def _source(name: str, kind: str, trial: str, disease: str, text: str) -> str:
    about = f"trials: [{{id: {trial}, indication: {disease}}}]\n" if trial else ""
    return (
        f"---\nid: {name}\ntitle: {name}\nkind: {kind}\ntext_kind: original\n{about}---\n"
        f"# Results\n\n{text}\n"
    )


DOCUMENTS = {
    "otter1": _source(
        "otter1",
        "randomised_trial",
        "NCT06666601",
        "gout",
        "At week 24, 41.2% of patients on solvimab and 17.6% on placebo were free of flares in "
        "OTTER-1 (NCT06666601).\nSolvimab was injected under the skin every four weeks.\n"
        "No deaths occurred on solvimab.\nThe mean age was 51.2 years on solvimab and 49.8 years "
        "on placebo.",
    ),
    "press": _source(
        "press",
        "press_release",
        "",
        "",
        "In OTTER-1 (NCT06666601), 41.2% of patients on solvimab and 17.6% on placebo were free "
        "of flares at week 24. Sales are expected to soar.",
    ),
    "otter2": _source(
        "otter2",
        "randomised_trial",
        "NCT06666602",
        "eczema",
        "In OTTER-2 (NCT06666602) 28.3% of patients on solvimab had clear skin at week 16.\n"
        "Solvimab was injected under the skin every four weeks.\nNo deaths occurred on solvimab.",
    ),
    "beaver": _source(
        "beaver",
        "randomised_trial",
        "NCT06666603",
        "asthma",
        "In BEAVER-1 (NCT06666603) two deaths occurred on dromilimab.\n"
        "Dromilimab was injected under the skin every two weeks.",
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("agreement"), DOCUMENTS) as opened:
        yield opened


def _sources(answer: Answer, markers: tuple[int, ...]) -> set[str]:
    return {each.source_id for each in answer.citations if each.marker in markers}


def test_another_trial_that_says_the_same_agrees(library: Assistant) -> None:
    answer = library.ask("How was solvimab given?")
    (claim,) = answer.claims
    assert _sources(answer, claim.citations) == {"otter1", "otter2"}
    assert answer.text == f"{claim.text} [1] (also [2])"


def test_the_same_trial_told_twice_is_no_agreement(library: Assistant) -> None:
    answer = library.ask("How many patients on solvimab were free of flares in OTTER-1?")
    claim = answer.claims[0]
    assert claim.agreeing == ()
    assert len(claim.retelling) == 1
    assert "also reported in [2]" in answer.text


def test_a_source_that_denies_nothing_does_not_bear_out_a_denial(library: Assistant) -> None:
    answer = library.ask("Did deaths occur on solvimab?")
    assert answer.claims[0].text == "No deaths occurred on solvimab."
    assert _sources(answer, answer.claims[0].citations) == {"otter1", "otter2"}


def test_a_question_on_one_trial_gets_no_agreement_from_another(library: Assistant) -> None:
    answer = library.ask("Did deaths occur on solvimab in OTTER-1?")
    assert all("otter2" not in _sources(answer, each.citations) for each in answer.claims)


def test_another_drug_agrees_with_nothing(library: Assistant) -> None:
    answer = library.ask("How was dromilimab given?")
    assert _sources(answer, answer.claims[0].citations) == {"beaver"}


def test_every_marker_resolves_and_markers_count_from_one(library: Assistant) -> None:
    answer = library.ask("How many patients on solvimab were free of flares in OTTER-1?")
    markers = [each.marker for each in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    assert {m for claim in answer.claims for m in claim.citations} <= set(markers)
    assert all("failed" not in astuple(claim.checks) for claim in answer.claims)


def test_the_marks_of_a_claim_stand_behind_what_they_are() -> None:
    claim = Claim("Most improved.", (1, 2, 3, 4), Checks(), agreeing=(2, 3), retelling=(4,))
    assert claim.marks == (
        Marks("", (1,)),
        Marks("also", (2, 3)),
        Marks("also reported in", (4,)),
    )
    assert "agreeing" not in claim.as_json()
