"""What a source is chiefly about, and how a question is told to the encoder."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.named import own_sources, spoken, tokens_about
from iscalimab_qa.evidence.trials.build import build_registry
from iscalimab_qa.sources.builder import SourceBuilder
from iscalimab_qa.sources.values import Source, SourceMetadata

A, B = "NCT09990001", "NCT09990002"


def source(source_id: str, *paragraphs: str) -> Source:
    builder = SourceBuilder()
    for each in paragraphs:
        builder.paragraph(each)
    text, blocks, _ = builder.build()
    return Source(source_id, SourceMetadata(title="Notes on pelvanimab"), text, blocks)


@pytest.mark.parametrize(
    ("paragraphs", "chief"),
    [
        ([f"A trial ({A}) was run.", f"What {A} asked of people.", f"Later {B} is due."], True),
        ([f"A trial ({A}) was run.", f"Another ({B}) too."], False),
        ([f"{A} and {B} were run.", f"{A} went well.", f"{B} did not."], False),
    ],
)
def test_a_source_is_chiefly_about_the_trial_that_it_names_again_and_twice_as_often(
    paragraphs: list[str], chief: bool
) -> None:
    whole = source("notes", *paragraphs)
    registry = build_registry([whole])
    found = own_sources(f"Who could enter {A}?", registry)
    assert found == (frozenset({"notes"}) if chief else frozenset())
    about = tokens_about(whole.metadata, "notes", registry)
    assert (A.lower() in about) is chief


def test_the_encoder_is_told_of_a_trial_and_not_of_its_digits() -> None:
    assert spoken(f"Was {A} blinded?") == "Was the trial blinded?"
    assert spoken(f"{A}?") == f"{A}?"
    assert spoken("Was it blinded?") == "Was it blinded?"
