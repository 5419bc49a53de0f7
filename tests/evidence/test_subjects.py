from __future__ import annotations

import pytest
from cited import cite, grounds, row

from iscalimab_qa.evidence.checks.drug import check_drug
from iscalimab_qa.evidence.checks.endpoint import check_endpoint, spelt_out
from iscalimab_qa.evidence.checks.subject import check_subject
from iscalimab_qa.evidence.checks.trial import check_trial
from iscalimab_qa.evidence.checks.wording import check_contrasts, check_places, check_words
from iscalimab_qa.evidence.naming.agents import agents_in, classes_in
from iscalimab_qa.evidence.naming.names import Names, shipped_names
from iscalimab_qa.lexicon import AliasGroup
from iscalimab_qa.sources.values import SourceMetadata, TrialRecord

NAMES = shipped_names()


def test_drugs_are_known_by_their_stem_their_code_or_the_lexicon() -> None:
    text = "nivolumab, ABC-1234, tacrolimus and metformin, not aspirin; in April, CD154 and IL-6"
    # Without a lexicon: by shape alone.
    told = [(agent.token, agent.ruled_out) for agent in agents_in(text, Names([]))]
    assert told == [
        ("nivolumab", False),
        ("abc1234", False),
        ("tacrolimu", False),
        ("metformin", False),
        ("aspirin", True),
    ]


def test_a_drug_and_its_code_are_one_where_an_alias_says_so() -> None:
    names = Names([AliasGroup("drug", ("examplimab", "EX123"), ("examplimab", "EX123"))])
    assert check_drug("EX123 worked.", grounds("Examplimab worked."), names) == ()


@pytest.mark.parametrize(
    ("claim", "quote", "wrong"),
    [
        ("Nivolumab worked.", "Pembrolizumab worked.", True),
        ("Nivolumab worked.", "Pembrolizumab (not nivolumab) worked.", True),
        ("Infliximab raises the risk.", "TNF-1 inhibitors raise the risk.", True),
        ("TNF-1 inhibitors raise the risk.", "Infliximab raises the risk.", True),
        ("TNF-1 inhibitors raise the risk.", "TNF-1 inhibitors raise it.", False),
        ("IL-6 inhibitors heal.", "IL-6 inhibitors are tried; healing is seen for olokizumab only.",
         True),
        ("Pain fell more than with placebo.", "Pain fell more than with placebo.", False),
    ],
)  # fmt: skip
def test_a_claim_about_one_agent_or_class_needs_words_about_it(
    claim: str, quote: str, *, wrong: bool
) -> None:
    assert bool(check_drug(claim, grounds(quote), NAMES)) is wrong


def test_the_subject_may_come_from_the_title() -> None:
    cited = cite("It lowered pain.", title="Nivolumab in pain")
    assert check_drug("Nivolumab lowered pain.", grounds(cited), NAMES) == ()


def test_classes_are_known_by_their_target() -> None:
    assert [c.target for c in classes_in("anti-CD40 antibodies and IL-6 inhibitors")] == [
        "cd40",
        "il6",
    ]


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("In SUNSET-2 it fell.", False),
        ("In NCT00000001 it fell.", False),
        ("In the SUNRISE-1 trial it fell.", True),
        ("In NCT00000009 it fell.", True),
        ("In the phase 3 trial it fell.", True),
        ("In asthma it fell.", True),
        ("In patients with arthritis it fell.", False),
    ],
)
def test_the_trial_its_phase_and_its_disease_are_those_of_the_source(
    claim: str, *, wrong: bool
) -> None:
    cited = grounds(cite("It fell.", title="Phase 2 trial in arthritis"))
    trial = TrialRecord("NCT00000001", aliases=("SUNSET-2",), indication="arthritis", phase="2")
    sources = {"made_up": SourceMetadata("Phase 2 trial in arthritis", trials=(trial,))}
    with_source = cited.__class__(cited.citations, sources)
    assert bool(check_trial(claim, with_source, NAMES)) is wrong


@pytest.mark.parametrize(
    ("claim", "quote", "wrong"),
    [
        # An everyday word that means this disease alone.
        ("How many had diarrhoea?", "Loose stools: 12 of 60.", False),
        ("How many had a myocardial infarction?", "Heart attacks struck 3 of 60.", False),
        ("How many had thrombocytopenia?", "Low platelets: 4 of 60.", False),
        ("How many had hypoglycaemia?", "Low blood sugar was seen in 9 of 60.", False),
        ("How many had haematuria?", "Blood in the urine: 2 of 60.", False),
        ("How many had diarrhoea?", "Heart attacks struck 3 of 60.", True),
        # A form of the disease.
        ("How often did AMD turn wet?", "Exudative macular degeneration came in 9%.", False),
        ("Who had nephritis?", "LN was proven in 40 of 60.", False),
        ("Who had nAMD?", "Sight fell in neovascular AMD.", False),
        ("Who had exudative macular degeneration?", "Sight fell in AMD.", True),
        # A symptom, and a form of another disease.
        ("Who had Sjögren's syndrome?", "Dry eyes were reported by 9 of 60.", True),
        ("Who had SLE?", "Lupus of the skin was seen in 9 of 60.", True),
        ("Who had psoriatic arthritis?", "Rheumatoid arthritis was seen in 9 of 60.", True),
    ],
)
def test_a_disease_that_is_named_otherwise_is_no_other_disease(
    claim: str, quote: str, *, wrong: bool
) -> None:
    assert bool(check_trial(claim, grounds(quote), NAMES)) is wrong


def test_participants_are_those_of_a_trial() -> None:
    said = grounds("In the VELORA trial six of 60 had jaundice.")
    assert check_trial("How many AURIGA participants had jaundice?", said, NAMES)
    assert not check_trial("How many VELORA participants had jaundice?", said, NAMES)


def test_a_trial_that_the_quote_names_is_the_one() -> None:
    quote = "The extension of AURIGA was stopped, whereas the phase 1 trial VELORA continues."
    assert check_trial("The extension of VELORA was stopped.", grounds(quote), NAMES)
    assert not check_trial("The extension of AURIGA was stopped.", grounds(quote), NAMES)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Hernia occurred.", False),
        ("Seven had a hernia.", False),
        ("Seven had an infection.", True),
        ("The ODI score changed.", True),
    ],
)
def test_another_outcome_or_score_is_found(claim: str, *, wrong: bool) -> None:
    cited = grounds(row(["Outcome", "Mesh"], ["Incisional hernia", "7"]))
    assert bool(check_endpoint(claim, cited, NAMES)) is wrong


def test_a_row_of_which_the_claim_says_no_word_is_another_row() -> None:
    cited = grounds(row(["Outcome", "X", "Y"], ["Clinical cure at day 14", "89%", "88%"]))
    assert check_endpoint("Overall success at day 14 was 89% with X.", cited, NAMES)
    assert not check_endpoint("Cure at day 14 was 89% with X.", cited, NAMES)


def test_an_abbreviation_is_known_by_the_words_that_it_stands_for() -> None:
    assert spelt_out("MAS", "one case of macrophage activation syndrome")
    assert not spelt_out("MAS", "one case of activation")


@pytest.mark.parametrize(
    ("claim", "unknown"),
    [
        ("The alloy reached a hardness of 512.", ["hardness"]),
        ("The alloy attained this strength.", []),
        ("Annealing the alloys made them strong.", []),
        ("On vilobelix it was 512.", ["vilobelix"]),
    ],
)
def test_words_that_name_something_new_are_found_and_plain_ones_are_not(
    claim: str, unknown: list[str]
) -> None:
    quote = grounds("The annealed alloy reached a strength of 512.")
    assert [finding.said for finding in check_words(claim, quote, NAMES)] == unknown


def test_low_in_place_of_high_is_found() -> None:
    quote = grounds("It fell with the high dose.")
    assert check_contrasts("It fell with the low dose.", quote, NAMES)
    assert not check_contrasts("With the high dose it fell.", quote, NAMES)


def test_two_figures_that_changed_places_are_found() -> None:
    quote = grounds("Given for the first three weeks and every two weeks thereafter.")
    assert check_places("Given for the first two weeks and every three weeks.", quote)
    assert not check_places("Given every two weeks after the first three weeks.", quote)


def test_a_figure_is_told_of_its_own_clauses_subject() -> None:
    quote = grounds("The catalyst retained 95% of it, while the reference lost 40%.")
    assert check_subject("The reference retained 95% of it.", quote, NAMES)
    assert not check_subject("The catalyst retained 95% of it.", quote, NAMES)
