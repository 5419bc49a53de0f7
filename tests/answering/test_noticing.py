"""Whether a question for how many got a drug is told apart from one for what became of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.noticing import with_notices
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.trials.build import build_registry
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import units_of

STOPPED = (
    "ORCHID-2 (NCT00000002), a phase 3 trial of examplimab in gout, was terminated in 2024 owing "
    "to futility: of 40 adults, 20 got examplimab and 11 of 20 (55%) improved."
)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many adults with gout got examplimab?", []),
        ("How many gout patients were given examplimab in ORCHID-2?", []),
        ("How many adults with gout got examplimab and improved?", ["trial_status"]),
        ("How many adults with gout improved on examplimab?", ["trial_status"]),
    ],
)
def test_who_got_a_drug_is_no_result_and_what_became_of_them_is(
    question: str, kinds: list[str]
) -> None:
    source = read_source(Path("stopped.md"), STOPPED.encode(), ReadingSettings())
    cited = citation(next(iter(units_of(source))), source.metadata, 1)
    answer = Answer(question, question, "answered", (), (cited,))

    def metadata(_: str) -> SourceMetadata:
        return source.metadata

    found = with_notices(answer, build_registry([source], aliases=()), lambda _: (), metadata)
    assert [notice.kind for notice in found.notices] == kinds
