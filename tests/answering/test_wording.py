from __future__ import annotations

import pytest

from iscalimab_qa.answering.question import analyse
from iscalimab_qa.answering.wording import claim_text
from iscalimab_qa.sources.builder import Cell, SourceBuilder
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit, units_of


@pytest.fixture
def row() -> Unit:
    builder = SourceBuilder()
    builder.table(
        head=[[Cell("Endpoint"), Cell("Tolimab (n=20)"), Cell("Placebo (n=10)"), Cell("Note")]],
        rows=[
            [Cell("Primary endpoint")],
            [Cell("Response"), Cell("45%"), Cell("20%"), Cell("interim")],
        ],
        caption="Table 2: Response at week 12",
    )
    text, blocks, _ = builder.build()
    return units_of(Source("s", SourceMetadata(title="t"), text, blocks))[0]


def test_a_row_names_its_group_and_caption_after_its_values(row: Unit) -> None:
    assert claim_text(row, analyse("What were the response rates?")) == (
        "Response: Tolimab (n=20) 45%; Placebo (n=10) 20%; Note interim "
        "(Primary endpoint; Response at week 12)."
    )


def test_one_arm_asked_for_is_one_arm_given_and_the_remark_stays(row: Unit) -> None:
    told = claim_text(row, analyse("What was the response rate with placebo?"))
    assert "Placebo (n=10) 20%; Note interim" in told
    assert "45%" not in told


def test_a_comparison_gets_both_arms(row: Unit) -> None:
    told = claim_text(row, analyse("Was response higher with tolimab than with placebo?"))
    assert "45%" in told
    assert "20%" in told


def test_a_sentence_is_said_word_for_word() -> None:
    unit = Unit("s", 0, 13, "Most improved", "Most improved", "sentence")
    assert claim_text(unit, analyse("Did they improve?")) == "Most improved."
