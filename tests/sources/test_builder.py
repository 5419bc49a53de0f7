from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from source_layout import (
    assert_lies_well,
    cells,
    groups,
    laid,
    leads,
    only_table,
    section,
    words,
)

from iscalimab_qa.sources.builder import Cell, SourceBuilder


def row(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


def test_pieces_lie_in_the_text_in_order_and_empty_ones_leave_no_trace() -> None:
    builder = SourceBuilder()
    builder.heading("  A \n title ", 1)
    builder.paragraph(" ")
    builder.paragraph("One.")
    built = builder.build()
    assert built.text == "A title\n\nOne."
    assert laid(built) == ["A title", "One."]


def test_a_heading_closes_the_sections_of_its_own_and_deeper_levels() -> None:
    builder = SourceBuilder()
    for text, level in [("A", 1), ("B", 2), ("C", 3), ("D", 2)]:
        builder.heading(text, level)
        builder.paragraph(f"under {text}")
    built = builder.build()
    assert section(built, "under C") == ("A", "B", "C")
    assert section(built, "under D") == ("A", "D")
    assert section(built, "D") == ("A",)


def test_items_are_led_by_their_parents_and_the_line_above_the_list() -> None:
    builder = SourceBuilder()
    builder.paragraph("Endpoints:")
    builder.list_item("Primary")
    builder.list_item("at week 8", depth=1)
    builder.list_item("Secondary")
    builder.paragraph("After.")
    builder.list_item("loose")
    built = builder.build()
    assert leads(built, "at week 8") == ["Endpoints:", "Primary"]
    assert leads(built, "Secondary") == ["Endpoints:"]
    assert leads(built, "loose") == []
    assert "Endpoints:\n\n- Primary\n  - at week 8\n- Secondary\n\nAfter." in built.text


def test_a_row_with_only_its_first_cell_filled_heads_the_rows_below() -> None:
    builder = SourceBuilder()
    builder.table(
        [row("Endpoint", "Drug", "Placebo")],
        [row("Renal", "", ""), row("uPCR", "-38", "-4"), row("Safety"), row("Death", "0", "0")],
    )
    built = builder.build()
    table = only_table(built)
    assert groups(built, table) == ["Renal", "Safety"]
    assert cells(built, table.rows) == [["uPCR", "-38", "-4"], ["Death", "0", "0"]]


def test_a_row_with_only_its_first_cell_filled_at_the_foot_heads_nothing() -> None:
    builder = SourceBuilder()
    builder.table([], [row("Death", "0"), row("Not known", "")])
    built = builder.build()
    assert cells(built, only_table(built).rows) == [["Death", "0"], ["Not known", ""]]


def test_a_cell_over_two_columns_stands_once_and_belongs_to_both() -> None:
    builder = SourceBuilder()
    builder.table([[Cell("Endpoint"), Cell("Drug", 2)]], [row("uPCR", "-21", "-38")])
    built = builder.build()
    table = only_table(built)
    assert table.head[0].cells[1] == table.head[0].cells[2]
    assert built.text == "Endpoint | Drug\nuPCR | -21 | -38"


def test_rows_without_a_word_are_left_out() -> None:
    builder = SourceBuilder()
    builder.table([row("", "")], [row("a", "1"), row(" ", ""), row("b", "2")])
    assert builder.build().text == "a | 1\nb | 2"


def test_a_heading_that_names_a_table_is_its_caption_as_well() -> None:
    builder = SourceBuilder()
    builder.heading("Table 2: Safety", 3)
    builder.paragraph("Counted by patient.")
    builder.table([row("Event", "Drug")], [row("Death", "0")])
    built = builder.build()
    assert words(built, only_table(built).caption) == "Table 2: Safety"
    assert section(built, "Event | Drug\nDeath | 0") == ("Table 2: Safety",)


def test_the_caption_of_a_figure_does_not_pass_to_the_next_table() -> None:
    builder = SourceBuilder()
    builder.paragraph("Figure 1. Survival.", kind="caption")
    builder.table([], [row("Death", "0")])
    assert only_table(builder.build()).caption is None


def test_a_table_is_led_by_the_line_right_above_it_only() -> None:
    builder = SourceBuilder()
    builder.paragraph("As follows:")
    builder.table([], [row("Death", "0")], caption="Table 1. Deaths")
    builder.paragraph("Two things:")
    builder.list_item("one")
    builder.table([], [row("Falls", "3")])
    built = builder.build()
    assert leads(built, "Death | 0") == ["As follows:"]
    assert leads(built, "Falls | 3") == []


def test_a_caption_below_belongs_to_the_table_above_that_has_none() -> None:
    builder = SourceBuilder()
    builder.table([], [row("Death", "0")])
    builder.attach_caption_below("Deaths by arm")
    built = builder.build()
    assert words(built, only_table(built).caption) == "Deaths by arm"


def test_blocks_carry_the_page_they_were_laid_on() -> None:
    builder = SourceBuilder()
    builder.paragraph("before")
    builder.turn_page(2)
    builder.paragraph("on two")
    assert [block.page for block in builder.build().blocks] == [None, 2]


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
ROW = st.lists(st.builds(Cell, TEXT, st.integers(1, 3)), max_size=4)
ACTIONS = st.one_of(
    st.tuples(st.just("heading"), TEXT, st.integers(1, 8)),
    st.tuples(st.just("paragraph"), TEXT, st.sampled_from(["paragraph", "caption", "reference"])),
    st.tuples(st.just("list_item"), TEXT, st.integers(0, 4)),
    st.tuples(st.just("attach_caption_below"), TEXT),
    st.tuples(st.just("table"), st.lists(ROW, max_size=2), st.lists(ROW, max_size=4), TEXT),
)


@settings(deadline=None)
@given(st.lists(ACTIONS, max_size=12))
def test_every_block_is_found_at_its_offsets(actions: list[tuple[object, ...]]) -> None:
    builder = SourceBuilder()
    for name, *arguments in actions:
        getattr(builder, str(name))(*arguments)
    assert_lies_well(builder.build())


def test_a_row_without_a_label_has_that_of_the_row_above_it() -> None:
    builder = SourceBuilder()
    builder.table(
        [row("Measure", "Time", "Drug")],
        [
            row("Pain", "day 0", "41"),
            row("", "day 7", "29"),
            row("Sleep"),
            row("", "day 7", "6"),
            row("Total", "day 9", "8"),
        ],
    )
    built = builder.build()
    assert cells(built, only_table(built).rows) == [
        ["Pain", "day 0", "41"],
        ["Pain", "day 7", "29"],
        ["", "day 7", "6"],  # a heading of rows is no label
        ["Total", "day 9", "8"],
    ]
