"""What documents tell of themselves, in lines, on their last page, or beside their contents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opening import assistant_over

from iscalimab_qa import Assistant
from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.sought import is_of_document

NOTE = """# Galvo Bio note 3: measuring tolimab by ELISA

Author: Ines Marsh, Galvo Bio
Date: April 2032

Cat. no. GB-771

## Method

Plates were coated with tolimab for one night.

## Disclaimer

For research use only. Not for use in diagnostic or therapeutic procedures.

## Contact

Address: 4 Mill Lane
Cork, Ireland
Phone: +353 21 0000000
"""

PAPER = """# LARK-7: tolimab in gout

## Methods

LARK-7 compared tolimab with placebo in 90 adults with gout. It was led by Bo Lind.
Tolimab was given by mouth. The Gout Index has 6 items. It covers the past week.

## Funding

This work was funded by the Sea Trust.

## Disclosures

Bo Lind holds stock in Galvo Bio.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("own"), {"note": NOTE, "lark": PAPER}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who wrote the Galvo Bio note on measuring tolimab?", "Ines Marsh"),
        ("When was the note on measuring tolimab put together?", "April 2032"),
        ("May the Galvo note be used to diagnose patients?", "For research use only. Not for"),
        ("What is the phone number of Galvo Bio?", "Phone: +353"),
        ("Where is Galvo Bio based?", "4 Mill Lane"),
        ("Who led LARK-7?", "led by Bo Lind"),
        ("Whose money paid for LARK-7?", "funded by the Sea Trust"),
        ("Do the authors of LARK-7 have conflicts of interest?", "holds stock in Galvo Bio"),
    ],
)
def test_the_first_statement_tells_what_a_document_says_of_itself(
    library: Assistant, question: str, told: str
) -> None:
    answer = library.ask(question)
    assert answer.verdict == "answered"
    assert told in answer.claims[0].text


def test_what_surrounds_a_document_answers_nothing_else(library: Assistant) -> None:
    answer = library.ask("Who coated plates with tolimab for one night?")
    assert not any("research use only" in claim.text for claim in answer.claims)


def test_a_number_of_a_catalogue_denies_nothing(library: Assistant) -> None:
    answer = library.ask("How can one contact Galvo Bio about note 3?")
    assert not answer.claims[0].text.startswith("No:")


def test_a_score_and_the_time_that_it_covers_are_both_told(library: Assistant) -> None:
    answer = library.ask("How many items does the Gout Index have and how far back does it look?")
    told = " ".join(claim.text for claim in answer.claims)
    assert "6 items" in told
    assert "past week" in told


@pytest.mark.parametrize(
    ("question", "is_of_itself"),
    [
        ("Who is the author of the review?", True),
        ("In which month was the note issued?", True),
        ("Who supplies clone HX9?", True),
        ("What is the catalogue number of HX9?", True),
        ("Is HX9 meant for use in patients or for therapy in humans?", True),
        ("Who was the principal investigator of X1?", True),
        ("Under which licence is the paper published?", True),
        ("When did patients on tolimab relapse?", False),
        ("Who was treated with tolimab?", False),
        ("Which companies develop tolimab?", False),
    ],
)
def test_questions_on_a_document_itself_are_told_from_those_on_its_contents(
    question: str, is_of_itself: bool
) -> None:
    assert is_of_document(analyse(question)) is is_of_itself
