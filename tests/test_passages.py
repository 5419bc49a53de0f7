from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.passages import Passage, split_source
from iscalimab_qa.sources.builder import Cell, SourceBuilder
from iscalimab_qa.sources.values import Source, SourceMetadata, TrialRecord

MAX_TOKENS = 120


def count_words(text: str) -> int:
    return len(text.split())


def split(builder: SourceBuilder, **metadata: object) -> list[Passage]:
    text, blocks, _ = builder.build()
    source = Source("s", SourceMetadata(title="A trial", **metadata), text, blocks)  # type: ignore[arg-type]
    return split_source(source, count_tokens=count_words, max_tokens=MAX_TOKENS)


def test_a_passage_is_a_document_that_knows_where_it_stands() -> None:
    builder = SourceBuilder()
    builder.heading("Results", 1)
    builder.paragraph("Most patients improved.")
    (passage,) = split(builder, trials=(TrialRecord("NCT00000001"),), published="2020")
    # "Results" is 7 characters, the empty line 2 more
    assert passage.document.id == "s#9-32"
    assert passage.document.page_content == "Most patients improved."
    assert passage.document.metadata["trials"] == ["NCT00000001"]
    assert passage.document.metadata["section"] == "Results"
    assert "page" not in passage.document.metadata
    assert passage.encoded == "Results\nMost patients improved."


def test_a_passage_never_crosses_a_heading() -> None:
    builder = SourceBuilder()
    builder.heading("Methods", 1)
    builder.paragraph("Short.")
    builder.heading("Results", 1)
    builder.paragraph("Short too.")
    assert [p.document.page_content for p in split(builder)] == ["Short.", "Short too."]


def test_boilerplate_is_in_no_passage_and_parts_its_neighbours() -> None:
    builder = SourceBuilder()
    builder.paragraph("Before.")
    builder.paragraph("Call us.", kind="boilerplate")
    builder.paragraph("After.")
    assert [p.document.page_content for p in split(builder)] == ["Before.", "After."]


def test_references_and_notes_stand_apart_from_evidence() -> None:
    builder = SourceBuilder()
    builder.paragraph("A finding.")
    builder.paragraph("1. A paper.", kind="reference")
    builder.paragraph("A remark.", kind="note")
    assert [p.document.metadata["content"] for p in split(builder)] == [
        "evidence",
        "reference",
        "note",
    ]


def test_a_piece_of_a_long_table_is_encoded_with_its_caption_and_heads() -> None:
    builder = SourceBuilder()
    rows = [[Cell(f"Endpoint number {i}"), Cell("1"), Cell("2")] for i in range(30)]
    builder.table([[Cell("Endpoint"), Cell("Drug"), Cell("Placebo")]], rows, caption="All results")
    *_, last = split(builder)
    assert last.encoded.startswith("All results. Endpoint | Drug | Placebo\nEndpoint number")


def test_a_heading_path_too_long_for_its_room_is_shortened_from_outside() -> None:
    builder = SourceBuilder()
    builder.heading("word " * 80, 1)
    builder.heading("Results", 2)
    builder.paragraph("Fine.")
    (passage,) = split(builder)
    assert passage.encoded == "Results\nFine."


sentences = st.lists(st.integers(1, 150), min_size=1, max_size=12)


@given(st.lists(sentences, min_size=1, max_size=4))
def test_passages_hold_every_word_of_the_body_once_and_stay_within_the_encoders_reach(
    paragraphs: list[list[int]],
) -> None:
    builder = SourceBuilder()
    builder.heading("Head", 1)
    for lengths in paragraphs:
        builder.paragraph(" ".join("Word " + "word " * (n - 1) + "end." for n in lengths))
    passages = split(builder)
    text = builder.build().text
    assert " ".join(p.document.page_content for p in passages).split() == text.split()[1:]
    assert all(count_words(p.encoded) <= MAX_TOKENS for p in passages)
