"""What a sentence is about may stand in the one before it, or in the rest of its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from langchain_core.documents import Document

from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.scoring import Candidate, Features
from iscalimab_qa.answering.subject import is_about_another
from iscalimab_qa.evidence.naming.learnt_drugs import learnt_drugs
from iscalimab_qa.evidence.naming.names import Names, shipped_names
from iscalimab_qa.lexicon import shipped_aliases
from iscalimab_qa.sources.builder import SourceBuilder
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit, units_of

FEATURES = Features(0.5, 0.5, 0.5, 0, 0, 0, 1)

PARAGRAPH = (
    "In arthritis, a trial tested pelvanimab. Two serious events were reported, a fall and a rash. "
    "In asthma it was tested as well. Three serious events were reported there, all falls."
)
ELSEWHERE = "Four serious events were reported in the other trial."


def source(*paragraphs: str) -> Source:
    builder = SourceBuilder()
    for each in paragraphs:
        builder.paragraph(each)
    text, blocks, _ = builder.build()
    return Source("s", SourceMetadata(title="A trial"), text, blocks)


def unit_of(whole: Source, words: str) -> Unit:
    return next(each for each in units_of(whole) if words in each.text)


def is_another(
    question: str, whole: Source, words: str, names: Names, said: frozenset[str] = frozenset()
) -> bool:
    unit = unit_of(whole, words)
    candidate = Candidate(unit, Document(unit.text), FEATURES, 1.0, said)
    return is_about_another(analyse(question), candidate, {"s": whole}.__getitem__, names)


@pytest.mark.parametrize(
    ("question", "words", "another"),
    [
        ("How many serious events were there in arthritis?", "Two serious", False),
        ("How many serious events were there in asthma?", "Three serious", False),
        ("How many serious events were there in arthritis?", "Three serious", True),
        ("How many serious events were there in asthma?", "Two serious", True),
        ("How many serious events were there in arthritis?", "Four serious", True),
    ],
)
def test_a_sentence_is_about_the_disease_that_was_named_last_in_its_paragraph(
    question: str, words: str, another: bool
) -> None:
    found = is_another(question, source(PARAGRAPH, ELSEWHERE), words, shipped_names())
    assert found is another


def test_the_drug_may_be_named_before_the_trial_that_a_sentence_carries_on() -> None:
    names = shipped_names()
    whole = source("Pelvanimab fared better. In asthma it was given to 90. The benefit faded.")
    question = "How long did the benefit of pelvanimab in asthma hold?"
    assert not is_another(question, whole, "benefit faded", names)
    other = "How long did the benefit of tolvirumab in asthma hold?"
    assert is_another(other, whole, "benefit faded", names)


def test_a_sentence_need_not_name_the_trial_that_its_source_is_about() -> None:
    whole = source("Urate of at least 6 mg/dL was asked for.")
    asked = "Which urate was needed for NCT09990001?"
    assert is_another(asked, whole, "Urate", shipped_names())
    assert not is_another(asked, whole, "Urate", shipped_names(), frozenset({"nct09990001"}))


def test_a_sentence_that_names_no_disease_is_of_the_one_with_which_its_source_opens() -> None:
    asked = "What was the predictive value in asthma?"
    opening = "Pelvanimab was tested in asthma at two hospitals. " + "They were large. " * 40
    told = "The predictive value was 98.8%."
    assert not is_another(asked, source(opening, told), "98.8", shipped_names())
    both = opening.replace("asthma", "asthma and in arthritis")
    assert is_another(asked, source(both, told), "98.8", shipped_names())
    of_gout = told.replace("value", "value in arthritis")
    assert is_another(asked, source(opening, of_gout), "98.8", shipped_names())


def test_a_sentence_that_names_no_drug_is_of_the_one_with_which_its_source_opens() -> None:
    asked = "Why was the high dose of pelvanimab lowered?"
    opening, told = "Zorolimus was compared with {}.", "It was lowered because of vomiting."
    one, several = opening.format("pelvanimab"), opening.format("pelvanimab and tacrolimus")
    names = shipped_names()
    body = "They were old. " * 60
    assert not is_another(asked, source(one, body, told), "vomiting", names)
    assert is_another(asked, source(several, body, told), "vomiting", names)


@pytest.mark.parametrize(
    ("told", "another"),
    [
        ("Of those who stopped zorolimus, 12 relapsed.", True),
        ("On zorolimus relapse was commoner in old than in young people.", True),
        ("Of those who stopped pelvanimab, 12 relapsed.", False),
        ("Fewer relapsed than on zorolimus.", False),
        ("Of those who stopped, 12 relapsed.", False),
        ("Of those who also took tacrolimus, 12 relapsed.", False),
    ],
)
def test_of_two_drugs_in_a_title_a_sentence_on_one_does_not_tell_of_the_other(
    told: str, another: bool
) -> None:
    title = SourceMetadata(title="Pelvanimab or zorolimus for gout: a register")
    whole = replace(source("It covers two towns. " * 40, told), metadata=title)
    asked = "How many relapsed after stopping pelvanimab?"
    assert is_another(asked, whole, told, shipped_names()) is another


def test_a_family_of_trials_is_named_by_any_of_them() -> None:
    whole = source("TARMAC-1 and TARMAC-2 were halted.", "Efficacy had not been looked at.")
    asked = "Was there efficacy in the TARMAC trials?"
    assert not is_another(asked, whole, "Efficacy", shipped_names())
    assert is_another("Was there efficacy in the LIMEN trial?", whole, "Efficacy", shipped_names())


def test_a_unit_of_one_phase_may_answer_a_question_on_two() -> None:
    whole = source("In the phase 2 trial of pelvanimab, 7 patients had gout.")
    asked = "How many had gout in the phase 2 and in the phase 3 trial of pelvanimab?"
    assert not is_another(asked, whole, "phase 2", shipped_names())
    assert is_another("How many had gout in the phase 3 trial?", whole, "phase 2", shipped_names())


def test_one_agent_may_be_asked_for_by_its_class() -> None:
    whole = source("Pelvanimab, an antibody against IL-34, relieved pain.")
    asked = "Did the antibody against IL-34 relieve pain?"
    assert not is_another(asked, whole, "relieved", shipped_names())


CODES: Mapping[str, tuple[str, ...]] = {
    "Pelvanimab (PX-7731) is an antibody.": ("pelvanimab", "PX-7731"),
    "They took zorolimus [ZR204], a tablet.": ("zorolimus", "ZR204"),
    "Iscalimab (CFZ533) is known.": (),
    "The plot (KX-551) was sown with oats.": (),
    "Pelvanimab (NCT09990001) was infused.": (),
}


@pytest.mark.parametrize(("text", "names"), CODES.items())
def test_a_code_in_brackets_behind_a_drug_is_the_drugs(text: str, names: tuple[str, ...]) -> None:
    learnt = learnt_drugs(shipped_aliases(), [text])
    assert [each.says for each in learnt] == ([names] if names else [])


def test_a_code_that_is_given_to_two_drugs_is_nobodys() -> None:
    texts = ["Pelvanimab (PX-7731) was infused.", "Zorolimus (PX-7731) was swallowed."]
    assert learnt_drugs(shipped_aliases(), texts) == ()


def test_a_drug_is_recognised_by_the_code_that_its_paper_gives_it() -> None:
    whole = source("Pelvanimab (PX-7731) was infused.", "Pelvanimab relieved pain.")
    names = Names((*shipped_aliases(), *learnt_drugs(shipped_aliases(), [whole.text])))
    assert not is_another("Did PX-7731 relieve pain?", whole, "relieved", names)
    assert is_another("Did PX-9999 relieve pain?", whole, "relieved", names)
