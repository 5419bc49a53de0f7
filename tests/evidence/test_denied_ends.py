from __future__ import annotations

import pytest
from cited import grounds
from registry_of import registry_of

from iscalimab_qa.evidence.checks.ends import denied_ends
from iscalimab_qa.evidence.checks.reasons import check_reasons, is_another_reason, reason_in

DONE = "ORCHID-1 (NCT00000001), a phase 2 trial of examplimab in gout, met its primary endpoint."
STOP = (
    "Acme terminated ORCHID-2 (NCT00000002), a phase 3 trial of examplimab in gout, "
    "on 3 May 2024 owing to a lack of efficacy."
)
COMPLETED = "PANSY (NCT00000003), a trial of examplimab in psoriasis, was completed on 1 June 2023."
PROGRAMME = "Acme dropped the development of examplimab entirely in 2025 because it was not safe."
REGISTRY = registry_of(done=DONE, stop=STOP, completed=COMPLETED)


def instead(text: str) -> list[str]:
    return [denial.instead for denial in denied_ends(text, REGISTRY)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Why did ORCHID-2 succeed?", "it was terminated (3 May 2024)"),
        ("What did the successful ORCHID-2 show?", "it was terminated (3 May 2024)"),
        ("ORCHID-2 was completed as planned.", "it was terminated (3 May 2024)"),
        ("When will ORCHID-2 report?", "it was terminated (3 May 2024)"),
        ("Why was PANSY stopped early?", "it was completed (1 June 2023)"),
        ("PANSY was terminated.", "it was completed (1 June 2023)"),
        ("Why did ORCHID-1 fail?", "it met its primary endpoint"),
        ("Why was the psoriasis trial of examplimab halted?", "it was completed (1 June 2023)"),
    ],
)
def test_an_end_that_the_library_does_not_know_is_denied(text: str, told: str) -> None:
    assert instead(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "Why was ORCHID-2 terminated?",
        "ORCHID-1 met its primary endpoint.",
        "When was PANSY completed?",
        "How many patients in PANSY stopped treatment early?",
        "Why was enrolment in PANSY stopped?",
        "ORCHID-2 was not completed.",
        "Why was the gout trial stopped?",  # two trials in gout: it may be either
    ],
)
def test_an_end_that_holds_or_is_another_things_is_not_denied(text: str) -> None:
    assert instead(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Was ORCHID-2 stopped because of deaths?",
        "Acme pulled ORCHID-2 over liver toxicity.",
        "ORCHID-2 was discontinued for safety reasons.",
        "Did cardiac deaths lead Acme to abandon ORCHID-2?",
    ],
)
def test_a_stop_for_another_reason_is_denied_with_the_sources_words(text: str) -> None:
    (denial,) = denied_ends(text, REGISTRY)
    assert denial.of_reason
    assert [said.source_id for said in denial.sayings[:1]] == ["stop"]


def test_a_stop_for_its_own_reason_or_for_one_of_two_is_not_denied() -> None:
    assert instead("ORCHID-2 was stopped because of futility.") == []
    assert instead("Was ORCHID-2 stopped for safety or for lack of efficacy?") == []


def test_the_end_of_a_drug_is_held_against_its_development() -> None:
    registry = registry_of(programme=PROGRAMME)
    (denial,) = denied_ends("Was examplimab dropped because of low sales and costs?", registry)
    assert denial.of_reason
    for text in (
        "Was examplimab dropped because of toxicity?",
        "How many patients stopped examplimab because of costs?",
    ):
        assert list(denied_ends(text, registry)) == []


def test_reasons_are_compared_by_kind_and_what_is_ruled_out_is_none() -> None:
    assert reason_in(" because recruitment was slow.") == "recruitment was slow"
    assert is_another_reason("safety", "recruitment was slow, not for safety")
    assert not is_another_reason("slow enrolment", "recruitment was slow")
    assert not is_another_reason("the moon", "recruitment was slow")


def test_a_sentence_that_gives_another_reason_for_a_stop_says_otherwise() -> None:
    held = grounds("FERN was halted because enrolment was too slow.")
    (finding,) = check_reasons("FERN was stopped for safety reasons.", held)
    assert (finding.check, finding.said) == ("negation", "safety reasons")
    assert check_reasons("FERN was stopped because of poor recruitment.", held) == ()
