"""What the library's texts teach of words is learnt once, when they are indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iscalimab_qa.index.layout import ABBREVIATIONS_NAME, WORD_COUNTS_NAME, Layout
from iscalimab_qa.lexicon import Abbreviation, learn_abbreviations, word_counts

if TYPE_CHECKING:
    from conftest import Shelf


def test_a_generation_keeps_the_abbreviations_that_its_sources_define(shelf: Shelf) -> None:
    shelf.write("gamma.md", "Interferon-γ (IFN-γ) fell.", "In lupus nephritis (LN) it rose.")
    shelf.write("delta.md", "Patients with lupus nephritis (LN) were seen.")
    shelf.update()
    with shelf.open() as generation:
        assert generation.abbreviations == (
            Abbreviation("IFN-γ", "Interferon-γ", 1, is_word=False),
            Abbreviation("LN", "lupus nephritis", 2, is_word=False),
        )


def test_a_generation_keeps_in_how_many_passages_each_word_stands(shelf: Shelf) -> None:
    shelf.write("gamma.md", "Placebo fell. Placebo rose.", "Größe: 0.74.")
    shelf.update()
    with shelf.open() as generation:
        # "Placebo made no difference." is the passage of another document.
        counts = generation.word_counts
        assert (counts["placebo"], counts["größe"]) == (2, 1)
        assert "0.74" not in counts


def test_what_is_kept_is_what_would_be_learnt_from_the_passages(shelf: Shelf) -> None:
    shelf.write("gamma.md", "Interferon (IFN) fell.", "It was the interferon (IFN) of old.")
    shelf.update()
    with shelf.open() as generation:
        passages = generation.passages()
        texts = [
            "\n".join(
                passage.page_content
                for passage in passages
                if passage.metadata["source_id"] == source.source_id
            )
            for source in generation.sources()
        ]
        assert generation.abbreviations == learn_abbreviations(texts)
        assert generation.word_counts == word_counts(each.page_content for each in passages)


def test_an_empty_library_teaches_nothing(shelf: Shelf) -> None:
    for path in shelf.corpus.folder.iterdir():
        path.unlink()
    shelf.update()
    with shelf.open() as generation:
        assert generation.abbreviations == ()
        assert generation.word_counts == {}


@pytest.mark.parametrize("name", [ABBREVIATIONS_NAME, WORD_COUNTS_NAME])
def test_a_generation_that_lost_what_it_learnt_is_made_again(shelf: Shelf, name: str) -> None:
    first = shelf.update()
    (Layout(shelf.index_dir).generations / first.generation / name).unlink()
    second = shelf.update()
    assert (second.published, second.embedded) == (True, 0)
    with shelf.open() as generation:
        assert (generation.folder / name).exists()
