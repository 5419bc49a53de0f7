"""A source that speaks of Wales once, in passing, tells of it only there."""

from __future__ import annotations

import pytest

from iscalimab_qa.answering.places import of_another_place
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit

FAR = "The rest is about other things, and it goes on for some time. " * 15
TEXT = (
    f"Frogs at Lower Tumba were counted. {FAR}Snakes took seven frogs. {FAR}"
    f"An earlier count at Quiet Creek gave 41 frogs. {FAR}"
    f"The work was carried out in Norland. {FAR}"
)
SOURCE = Source("s", SourceMetadata(title="Frogs of Lower Tumba"), TEXT, ())
NAMES = Names((AliasGroup("drug", ("Tolimab",), ()),))


def unit(words: str) -> Unit:
    start = TEXT.index(words)
    return Unit("s", start, start + len(words), words, words, "sentence")


TAKEN, EARLIER = unit("Snakes took seven frogs."), unit("An earlier count at Quiet Creek")


@pytest.mark.parametrize(
    ("question", "of", "elsewhere"),
    [
        ("How many frogs did snakes take at Quiet Creek?", TAKEN, True),
        ("How many frogs were counted at Quiet Creek?", EARLIER, False),
        ("How many frogs did snakes take at Lower Tumba?", TAKEN, False),
        ("How many frogs did snakes take at Mist Fork?", TAKEN, True),
        ("How many frogs did snakes take in Norland?", TAKEN, False),  # where the study was done
        ("How many frogs did snakes take in the Finnish count?", TAKEN, False),
        ("How many frogs did snakes take in March?", TAKEN, False),
        ("How many frogs did snakes take on Tolimab?", TAKEN, False),  # drugs have their own check
        ("Frogs that snakes took", TAKEN, False),  # every question begins with a capital
    ],
)
def test_a_name_in_passing_is_told_of_where_it_stands(
    question: str, of: Unit, elsewhere: bool
) -> None:
    assert of_another_place(question, of, SOURCE, NAMES) is elsewhere
