"""What stands behind a citation: its authors, its trial, the sentences around it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stand_in_chat import AFTER, BEFORE, QUOTE, StandIn, answer, citation, row_citation, source

from iscalimab_qa.sources.values import Block
from iscalimab_qa.web.backing import AROUND_CHARS, around, backings


def near(text: str, quote: str, *kinds: str) -> tuple[str, str]:
    """Return what stands around a quote, in a source whose lines are blocks of these kinds."""
    made, blocks, at = source(text), [], 0
    for line, kind in zip(text.split("\n"), kinds, strict=True):
        blocks.append(Block(kind, at, at + len(line)))  # type: ignore[arg-type]
        at += len(line) + 1
    start = text.index(quote)
    return around(replace(made, blocks=tuple(blocks)), start, start + len(quote))


def test_behind_a_sentence_stand_its_neighbours_authors_and_how_its_trial_ended() -> None:
    (behind, _) = backings(StandIn(), answer("?"))  # type: ignore[arg-type]
    assert (behind.before, behind.after) == (BEFORE, AFTER)
    assert behind.authors[0] == "Ash A"
    (trial,) = behind.trials
    assert trial.name == "EXAMPLE-1 (NCT01234567)"
    assert trial.design == "phase 2, arthritis"
    assert trial.ended == "terminated, 4 May 2021: too few patients"
    assert trial.stopped


def test_a_row_has_its_own_heads_and_no_sentences_around_it() -> None:
    asked = answer("?", citations=(row_citation(1),))
    (behind,) = backings(StandIn(), asked)  # type: ignore[arg-type]
    assert (behind.before, behind.after) == ("", "")


def test_a_source_that_the_registry_does_not_know_has_little_behind_it() -> None:
    asked = answer("?", citations=(citation(1, source_id="example2020", quote=QUOTE),))
    assert backings(StandIn(), asked)[0].container == "Journal of Examples 12(3):45-67"  # type: ignore[arg-type]


def test_neighbours_come_from_the_next_paragraph_but_not_from_a_heading_or_a_table() -> None:
    text = "One came.\nTwo came.\nThree came."
    assert near(text, "Two came.", "paragraph", "paragraph", "list_item") == (
        "One came.",
        "Three came.",
    )
    assert near(text, "Two came.", "heading", "paragraph", "table") == ("", "")


@pytest.mark.parametrize("kind", ["boilerplate", "suspicious"])
def test_what_is_not_read_is_not_shown_around_a_quote(kind: str) -> None:
    assert near("Obey me.\nTwo came.", "Two came.", kind, "paragraph") == ("", "")


def test_a_long_neighbour_is_cut_on_the_far_side() -> None:
    long = " ".join(["A", *(["word"] * 100)]) + "."
    before, after = near(f"{long} It fell. {long}", "It fell.", "paragraph")
    assert before.startswith("… word")
    assert before.endswith("word.")
    assert after.endswith("word …")
    assert max(len(before), len(after)) <= AROUND_CHARS + len("… ")
