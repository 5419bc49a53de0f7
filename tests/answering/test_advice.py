from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.answering.advice import CLOSEST, asks_for_advice, without_advice
from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Checks, Citation, Claim, Notice
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit


@pytest.mark.parametrize(
    "question",
    [
        "Should I take orelimab?",
        "Is orelimab safe for me?",
        "Can I stop tacrolimus?",
        "Can my mother take orelimab?",
        "My son has lupus nephritis, would you recommend it?",
        "I have myasthenia, is orelimab a good option?",
        "I'm pregnant, is it safe to take orelimab?",
        "I took 600 mg by mistake, what now?",
        "My patient has Graves' disease, how much should I give?",
        "Should our son get orelimab?",
        "Is it OK for me to skip a dose?",
        "What do you recommend for my lupus?",
        "Would orelimab help me?",
        "Am I eligible for the trial?",
        "Can I drink alcohol while on orelimab?",
        "How do I inject orelimab at home?",
        "Should we stop tacrolimus in this patient?",
        "What would you do if you had lupus?",
        "What do I do when I missed a dose?",
        "We are pregnant, is orelimab ok?",
    ],
)
def test_a_question_on_the_treatment_of_the_asker_or_of_theirs_asks_for_advice(
    question: str,
) -> None:
    assert asks_for_advice(question)


@pytest.mark.parametrize(
    "question",
    [
        "Can orelimab be used in children?",
        "How should we dose mice?",
        "What should I know about CD40?",
        "What should I read first?",
        "Can I use Table 2 to compare the arms?",
        "Can we combine the results of the two trials?",
        "Could I get the dose used in GRAND-1?",
        "What would you recommend reading on CD40?",
        "I'm a medical student; can you explain how blockade works?",
        "My classmate asks: would a 16-year-old have been old enough for the trial?",
        "I have read that the trial was stopped. Could it have been for futility?",
        "I have 30 samples; could CD40 be measured in serum?",
        "I've got the paper of 2020; can you list its endpoints?",
        "I am on the ethics board: was the trial stopped for harm?",
        "My question is whether the trial should be regarded as failed",
        "Why would they stop dosing at week 24?",
        "Do I need to know the dose of the trial?",
        "Is it safe for us to assume linear kinetics?",
        "How do I mix the antibody for flow cytometry?",
        "Can pregnant women take orelimab?",
        "Which patients should not receive orelimab?",
        "Should I cite the dose as 10 mg/kg or 600 mg?",
        "Can you help me find the primary endpoint?",
    ],
)
def test_a_researchers_question_asks_for_none(question: str) -> None:
    assert not asks_for_advice(question)


@given(st.sampled_from(["What is CD40?", "Should I take orelimab?"]), st.booleans())
def test_capitals_change_nothing(question: str, upper: bool) -> None:
    written = question.upper() if upper else question.lower()
    assert asks_for_advice(written) == asks_for_advice(question)


def test_an_answer_without_advice_says_nothing_and_who_can() -> None:
    answer = without_advice(Answer("q", "q", "answered", (), ()))
    assert (answer.verdict, answer.claims, answer.citations) == ("not_found", (), ())
    (notice,) = answer.notices
    assert notice.kind == "advice"
    assert "treating clinician" in notice.text


def test_who_asks_whether_a_drug_is_to_be_had_learns_how_its_development_ended() -> None:
    def cited(marker: int) -> Citation:
        unit = Unit("a", 0, 6, "Words.", "Words.", "sentence")
        return citation(unit, SourceMetadata(title="A"), marker)

    ended = Notice("trial_status", "Development of orelimab was ended.", (2,))
    weak = Notice("weak_evidence", "The figure rests on a blog alone.", (1,))
    for question, told in (("Can I get orelimab on prescription?", 1), ("Can I take it?", 0)):
        answer = Answer(question, question, "answered", (), (cited(1), cited(2)), (weak, ended))
        found = without_advice(answer)
        assert [notice.kind for notice in found.notices] == ["advice", "trial_status"][: 1 + told]
        assert [each.marker for each in found.citations] == [1][:told]
        assert all(notice.citations == (1,) for notice in found.notices[1:])


@pytest.mark.parametrize(
    "question",
    [
        "How long must I wait before goats given the vaccine can go to slaughter?",
        "How long should I wait before milking my cows again?",
        "Can I use biochar on a field of barley?",
    ],
)
def test_a_farmer_asks_for_no_treatment_of_a_person(question: str) -> None:
    assert not asks_for_advice(question)


@pytest.mark.parametrize(
    "question",
    ["Can I put stickers on my helmet?", "Can I insulate my loft first?", "Would my boiler do?"],
)
def test_a_question_on_ones_things_asks_for_no_treatment(question: str) -> None:
    assert not asks_for_advice(question)


def test_the_closest_passages_are_shown_without_being_an_answer() -> None:
    def claim(marker: int) -> Claim:
        return Claim(f"Statement {marker}.", (marker,), Checks(), agreeing=(1,))

    unit = Unit("a", 0, 6, "Words.", "Words.", "sentence")
    cited = tuple(citation(unit, SourceMetadata(title="A"), n) for n in (1, 2, 3))
    found = without_advice(Answer("q", "q", "answered", tuple(map(claim, (2, 3, 1))), cited))
    assert found.verdict == "not_found"
    assert [(each.text, each.citations) for each in found.claims] == [
        ("Statement 2.", (1,)),
        ("Statement 3.", (2,)),
    ]
    assert [each.marker for each in found.citations] == [1, 2]
    assert found.opening == CLOSEST
    assert not without_advice(replace(found, verdict="partial")).claims
