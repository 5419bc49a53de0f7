"""What a question's words are called besides, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.lexicon import Abbreviation, AliasGroup, Alternative, Lexicon, shipped_aliases

DRUG = AliasGroup("drug", ("solimab", "ABC123"), ("solimab", "ABC123"))
TARGET = AliasGroup("target", ("CD154", "CD40L", "CD40 ligand"), ("CD154", "CD40L", "CD40 ligand"))
ORGAN = AliasGroup("term", ("kidney", "renal"), ("kidney", "renal"))
REJECTION = AliasGroup("plain", ("kidney rejection",), ("renal allograft rejection",))
GRAVIS = AliasGroup("disease", ("myasthenia gravis", "MG"), ("myasthenia gravis", "MG"))
WORKING = AliasGroup("plain", ("how does … work",), ("mechanism", "blocks"))
EFFECT = AliasGroup("plain", ("work",), ("efficacy",))
LEXICON = Lexicon([DRUG, TARGET, ORGAN, REJECTION, GRAVIS])
SHIPPED = Lexicon(shipped_aliases())


def added(question: str, lexicon: Lexicon = LEXICON) -> dict[str, list[str]]:
    return {
        concept.written: [other.term for other in concept.alternatives]
        for concept in lexicon.expand(question).concepts
    }


@pytest.mark.parametrize("written", ["ABC123", "abc123", "ABC-123", "ABC 123", "ABC–123"])
def test_a_code_is_known_however_it_is_spaced(written: str) -> None:
    assert added(f"Does {written} work?") == {written: ["solimab"]}


@pytest.mark.parametrize("typed", ["solimabb", "solimb", "solimabs", "ABC1234", "ABC12"])
def test_a_drug_that_is_misspelt_is_never_taken_for_another(typed: str) -> None:
    assert added(f"Does {typed} work?") == {}


def test_the_longest_name_counts_and_its_parts_do_not() -> None:
    assert added("Is kidney rejection common?") == {
        "kidney rejection": ["renal allograft rejection"]
    }
    assert added("Is the CD40 ligand on T cells?") == {"CD40 ligand": ["CD154", "CD40L"]}


def test_a_name_in_two_parts_is_known_whatever_stands_between_them() -> None:
    lexicon = Lexicon([WORKING, EFFECT])
    assert added("How does ABC123 work?", lexicon) == {"work": ["mechanism", "blocks"]}
    assert added("Does ABC123 work?", lexicon) == {"work": ["efficacy"]}
    assert added("How does a drug that nobody has ever named work?", lexicon) == {
        "work": ["efficacy"]
    }


def test_common_words_are_known_in_any_inflection() -> None:
    assert added("Were kidneys lost?") == {"kidneys": ["renal"]}


def test_everyday_words_are_not_looked_for_when_the_technical_one_is_said() -> None:
    assert added("renal allograft rejection") == {"renal": ["kidney"]}


def test_an_acronym_of_two_capitals_is_no_unit() -> None:
    assert added("Was 10 mg given in MG?") == {"MG": ["myasthenia gravis"]}


def test_the_reason_says_where_a_name_comes_from() -> None:
    learnt = Abbreviation("GC", "germinal centre", 3, is_word=False)
    expansion = Lexicon([DRUG], [learnt]).expand("ABC123 and germinal centres")
    assert expansion.added == (
        Alternative("solimab", "drug"),
        Alternative("GC", "abbreviation (3 sources)"),
    )


def test_a_learnt_abbreviation_leads_both_ways() -> None:
    lexicon = Lexicon((), [Abbreviation("UPCR", "urinary protein ratio", 1, is_word=False)])
    assert added("upcr at week 24", lexicon) == {"upcr": ["urinary protein ratio"]}
    assert added("Urinary protein ratios", lexicon) == {"Urinary protein ratios": ["UPCR"]}


def test_an_abbreviation_that_is_also_a_word_is_known_as_written_only() -> None:
    lexicon = Lexicon((), [Abbreviation("CAN", "chronic allograft nephropathy", 1, is_word=True)])
    assert added("What can be done?", lexicon) == {}
    assert added("What of CAN?", lexicon) == {"CAN": ["chronic allograft nephropathy"]}


def test_a_meaning_that_few_documents_give_is_left_out() -> None:
    # Defined in seven documents: six is more than a third of them, one is less.
    lexicon = Lexicon(
        (),
        [
            Abbreviation("MRS", "magnetic resonance scan", 6, is_word=False),
            Abbreviation("MRS", "modified Rankin scale", 1, is_word=False),
        ],
    )
    assert added("MRS", lexicon) == {"MRS": ["magnetic resonance scan"]}


def test_one_authors_abbreviation_of_a_common_word_is_not_looked_for() -> None:
    once = Abbreviation("Rs", "resistance", 1, is_word=False)
    twice = Abbreviation("IFN", "interferon", 2, is_word=False)
    assert added("resistance to interferon", Lexicon((), [once, twice])) == {"interferon": ["IFN"]}


def test_a_concepts_place_is_where_it_was_written() -> None:
    question = "Does  ABC-123 protect Kidneys?"
    for concept in LEXICON.expand(question).concepts:
        assert question[concept.start : concept.end] == concept.written


@pytest.mark.parametrize(
    ("question", "word_of_a_paper"),
    [
        ("Was the sorvexil trial masked?", "blind"),
        ("At how many hospitals did it run?", "multicentre"),
        ("What weaknesses do the authors admit?", "limitations"),
        ("Who paid for the asthma trial?", "funded"),
        ("How many did they lose contact with, were lost track of?", "lost to follow up"),
        ("Who watched, was there a safety committee?", "monitoring board"),
        ("Did anyone get puffy ankles?", "oedema"),
        ("Was there blood in the urine?", "haematuria"),
        ("Were liver enzymes raised?", "transaminases"),
        ("Who turned yellow, became jaundiced?", "bilirubin"),
        ("How many passed out?", "syncope"),
        ("Were allergic reactions seen?", "anaphylaxis"),
        ("Was pink eye common?", "conjunctivitis"),
        ("Shingles on sorvexil?", "herpes zoster"),
        ("Could they come off steroids, off steroids by week 40?", "glucocorticoid free"),
        ("How tightly does it bind?", "dissociation constant"),
        ("What was the highest level reached?", "Cmax"),
        ("Are there antibodies to the drug?", "immunogenicity"),
        ("Can it be prescribed?", "marketing authorisation"),
        ("How large a write-off did the firm book?", "impairment"),
        ("How many staff will go?", "workforce"),
        ("What was the average age?", "median"),
        ("What was the death rate?", "mortality"),
        ("NNT to avoid one transfusion?", "number needed to treat"),
        ("How long was the hospital stay?", "length of stay"),
        ("How were sections stained?", "immunohistochemistry"),
        ("How was nitrate washed out?", "leaching"),
        ("How large was the wheat harvest?", "yield"),
        ("How many charge cycles does the cell last?", "cycle life"),
        ("PMR relapse rate", "polymyalgia rheumatica"),
        ("How many had diarrhoea?", "loose stools"),
        ("How many had loose stools?", "diarrhea"),
        ("Which macrolide was given?", "azithromycin"),
        ("Were beta-blockers allowed?", "bisoprolol"),
        ("Was an azole given?", "voriconazole"),
        ("Which PPIs interact?", "omeprazole"),
        ("Which criteria were used for sepsis?", "defined as"),
        ("Did eyes turn wet?", "exudative"),
        ("Who had wet AMD?", "neovascular"),
        ("What was paid by the licensee?", "payment"),
        ("Is it approved in the EU?", "European Union"),
    ],
)
def test_a_readers_words_lead_to_those_of_a_paper(question: str, word_of_a_paper: str) -> None:
    assert word_of_a_paper in [other.term for other in SHIPPED.expand(question).added]


@pytest.mark.parametrize(
    ("question", "word_of_another_matter"),
    [
        ("Was the trial masked?", "open label"),
        ("Does sorvexil work in asthma?", "tillage"),
        ("Who are the authors?", "Food and Drug Administration"),
        ("Was a severe reaction seen?", "multicentre"),
        ("How was the trial run?", "diarrhoea"),
        ("Was muscle weakness seen?", "limitations"),
        ("What is the shelf life of a vial?", "storage"),
        ("Is there fast relief?", "fasting"),
    ],
)
def test_a_word_of_two_meanings_does_not_lead_to_the_wrong_one(
    question: str, word_of_another_matter: str
) -> None:
    assert word_of_another_matter not in [other.term for other in SHIPPED.expand(question).added]


def test_the_curated_names_can_be_listed_by_kind() -> None:
    assert LEXICON.names("drug") == (("solimab", "ABC123"),)
    assert LEXICON.names("trial") == ()


def test_an_empty_lexicon_adds_nothing() -> None:
    assert Lexicon().expand("Does ABC123 work?").concepts == ()


@given(st.lists(st.sampled_from(["ABC123", "CD40", "ligand", "kidney", "rejection", "x", "MG"])))
def test_concepts_never_overlap_and_never_name_what_was_written(words: list[str]) -> None:
    question = " ".join(words)
    end = 0
    for concept in LEXICON.expand(question).concepts:
        assert concept.start >= end
        end = concept.end
        assert concept.written not in [other.term for other in concept.alternatives]
