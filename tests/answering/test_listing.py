"""Lists are given for questions that want one, and for no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple

import pytest
from opening import assistant_over

from iscalimab_qa import Assistant
from iscalimab_qa.answering.listing.asked import list_asked
from iscalimab_qa.answering.values import Answer


def _trial(
    number: str, name: str, disease: str, phase: str, text: str, *, published: str = "2030-01-01"
) -> str:
    return (
        f"---\nid: t{number}\ntitle: {name} in {disease}\nkind: randomised_trial\n"
        f"text_kind: original\npublished: {published}\n"
        f"trials: [{{id: NCT088888{number.zfill(2)}, aliases: [{name}], indication: {disease}, "
        f'phase: "{phase}"}}]\n---\n# {name}\n\n{text}\n'
    )


DOCUMENTS = {
    "t1": _trial(
        "1",
        "LARK-1",
        "gout",
        "2",
        "LARK-1 (NCT08888801), a phase 2 trial, compared veluximab with placebo in gout.\n"
        "The primary endpoint of LARK-1 was met: flares fell by 4.2 with veluximab and 1.1 with "
        "placebo.\nVeluximab was given at 7 mg/kg in LARK-1.\n\n"
        "| Event | Veluximab (n = 40) | Placebo (n = 20) |\n|---|---|---|\n"
        "| Any adverse event | 22 (55.0%) | 9 (45.0%) |\n| Rash | 4 (10.0%) | 1 (5.0%) |",
    ),
    "t2": _trial(
        "2",
        "LARK-2",
        "psoriasis",
        "3",
        "LARK-2 (NCT08888802), a phase 3 trial, compared veluximab with placebo in psoriasis.\n"
        "LARK-2 was terminated on 5 May 2032 because of a lack of efficacy.\n\n"
        "| Event | Veluximab (n = 50) | Placebo (n = 50) |\n|---|---|---|\n"
        "| Any adverse event | 31 (62.0%) | 30 (60.0%) |",
    ),
    "t3": _trial(
        "3",
        "LARK-3",
        "coeliac disease",
        "1",
        "LARK-3 (NCT08888803), a phase 1 trial, tested veluximab in 24 adults with coeliac disease."
        "\nVeluximab was given at 3 mg/kg in LARK-3.\nLARK-3, which no centre outside Arcadia took "
        "part in, ran for two years and was completed on 3 March 2031 with all of its patients.",
    ),
    **{
        f"t{20 + i}": _trial(
            f"{20 + i}",
            f"FINCH-{i}",
            disease,
            "2",
            f"FINCH-{i} (NCT088888{20 + i}) compared brontumab with placebo in {disease}.",
            published=f"20{10 + i}-01-01",
        )
        for i, disease in enumerate(
            "acne asthma eczema epilepsy gastritis hepatitis malaria measles rabies scurvy"
            " scabies tetanus typhus uveitis".split()
        )
    },
    "what": "# Veluximab\n\nVeluximab is an antibody that binds IL-99 and keeps it from cells.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("listing"), DOCUMENTS) as opened:
        yield opened


def _cited(answer: Answer) -> list[str]:
    """Return the source of each claim, in order."""
    source_of = {each.marker: each.source_id for each in answer.citations}
    return [source_of[claim.citations[0]] for claim in answer.claims]


def test_the_diseases_of_a_drug_are_listed_by_trial_the_latest_phase_first(
    library: Assistant,
) -> None:
    answer = library.ask("In which diseases has veluximab been studied?")
    assert answer.verdict == "answered"
    assert _cited(answer) == ["t2", "t1", "t3"]
    assert [claim.text for claim in answer.claims] == [
        "Psoriasis (LARK-2).",
        "Gout (LARK-1).",
        "Coeliac disease (LARK-3).",
    ]


def test_the_trials_that_were_stopped_are_told_by_the_words_that_say_so(library: Assistant) -> None:
    answer = library.ask("Which trials were stopped early and why?")
    assert _cited(answer) == ["t2"]
    assert "lack of efficacy" in answer.claims[0].text


def test_the_trials_that_met_their_endpoint_are_told_with_it(library: Assistant) -> None:
    answer = library.ask("Which trials of veluximab met their primary endpoint?")
    assert _cited(answer) == ["t1"]
    assert answer.claims[0].text == "LARK-1 (gout): primary endpoint met."


def test_how_a_trial_stands_is_told_with_its_date_and_a_short_sentence_as_it_is(
    library: Assistant,
) -> None:
    answer = library.ask("How did the trials of veluximab end?")
    told = [claim.text for claim in answer.claims]
    assert "LARK-2 was terminated on 5 May 2032 because of a lack of efficacy." in told
    assert "LARK-3 (coeliac disease): completed, 3 March 2031." in told


def test_a_trial_is_told_by_its_name_its_disease_and_the_phase_that_was_asked_for(
    library: Assistant,
) -> None:
    assert [c.text for c in library.ask("Which trials of veluximab are there?").claims] == [
        "LARK-2: psoriasis.",
        "LARK-1: gout.",
        "LARK-3: coeliac disease.",
    ]
    asked = library.ask("Which phase 2 trials of veluximab are there?")
    assert [claim.text for claim in asked.claims] == ["LARK-1: gout, phase 2."]


def test_trials_are_counted_and_each_of_them_is_told(library: Assistant) -> None:
    answer = library.ask("How many trials of veluximab are there?")
    assert answer.opening == "This library tells of 3 such trials."
    assert _cited(answer) == ["t2", "t1", "t3"]


def test_trials_are_listed_by_a_dose_that_their_texts_give(library: Assistant) -> None:
    assert _cited(library.ask("Which trials used 7 mg/kg?")) == ["t1"]


def test_of_a_long_list_the_rest_is_counted_and_named(library: Assistant) -> None:
    answer = library.ask("Which trials of brontumab are there?")
    assert len(answer.claims) == 12
    # Fourteen trials, twelve told, the newest first.
    assert answer.closing == "2 more trials in this library: FINCH-1; FINCH-0."


def test_a_list_is_read_in_sixty_words(library: Assistant) -> None:
    answer = library.ask("In which diseases has brontumab been studied?")
    assert len(answer.claims) == 12
    assert sum(len(claim.text.split()) for claim in answer.claims) <= 60


def test_the_drugs_of_a_disease_are_listed_even_if_there_is_one(library: Assistant) -> None:
    answer = library.ask("Which drugs were tested in coeliac disease?")
    assert _cited(answer) == ["t3"]


def test_a_source_that_speaks_of_a_thing_is_named_by_its_words(library: Assistant) -> None:
    assert _cited(library.ask("Which sources mention IL-99?")) == ["what"]


def test_side_effects_are_told_trial_by_trial_with_the_counts_of_both_arms(
    library: Assistant,
) -> None:
    answer = library.ask("What were the side effects of veluximab?")
    assert _cited(answer) == ["t2", "t1"]
    assert answer.claims[0].text == (
        "LARK-2 (psoriasis): Any adverse event: "
        "Veluximab (n = 50) 31 (62.0%); Placebo (n = 50) 30 (60.0%)."
    )
    assert "22 (55.0%)" in answer.claims[1].text


def test_an_overview_says_what_a_drug_is_and_then_what_came_of_each_trial(
    library: Assistant,
) -> None:
    answer = library.ask("What is known about veluximab?")
    assert _cited(answer)[0] == "what"
    assert {"t1", "t2"} <= set(_cited(answer))


def test_every_item_passes_its_checks_and_quotes_its_source(library: Assistant) -> None:
    answer = library.ask("Which trials of veluximab are there?")
    assert all("failed" not in astuple(claim.checks) for claim in answer.claims)
    for each in answer.citations:
        assert library.source(each.source_id).text[each.start : each.end] == each.quote


def test_a_question_on_one_trial_is_answered_the_ordinary_way(library: Assistant) -> None:
    answer = library.ask("What were the side effects of veluximab in LARK-1?")
    assert set(_cited(answer)) == {"t1"}


def test_a_drug_that_no_trial_tested_is_not_listed(library: Assistant) -> None:
    assert library.ask("Which trials of otherimab are there?").verdict == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "Which trial of veluximab was stopped?",
        "How many patients were in the trials of veluximab?",
        "Which of the trials was the largest?",
        "What do the trials of veluximab show?",
        "What were the most common side effects of veluximab?",
        "What were the infections with veluximab?",
        "Why were the trials stopped?",
        "Which trials compared veluximab with a placebo that was better?",
        "Which trials were not stopped?",
        "Which sources of funding did the trials have?",
        "Which diseases is veluximab being developed for?",
        "What is veluximab?",
        "Which indications is veluximab being tested in now?",
        "Which dose was used in the trials?",
        "When will the trials end?",
    ],
)
def test_a_question_for_one_thing_wants_no_list(question: str) -> None:
    assert list_asked(question) is None


@pytest.mark.parametrize(
    ("question", "kind", "standing", "about"),
    [
        ("What has veluximab been tested for?", "indications", "any", "veluximab"),
        ("List all phase 2 trials of veluximab.", "trials", "any", "veluximab"),
        ("Which trials did not meet their primary endpoint?", "trials", "missed", ""),
        ("Which kidney studies were terminated early?", "trials", "stopped", "kidney"),
        ("How did the trials of veluximab end?", "trials", "ends", "veluximab"),
        ("Which antibodies were tested in gout?", "drugs", "any", "gout"),
        ("Which papers speak of hay fever?", "sources", "any", "hay fever"),
        ("What happened to the veluximab programme?", "overview", "any", "veluximab"),
    ],
)
def test_a_question_for_a_list_is_read_to_its_last_word(
    question: str, kind: str, standing: str, about: str
) -> None:
    asked = list_asked(question)
    assert asked is not None
    assert (asked.kind, asked.standing, asked.about) == (kind, standing, about)
