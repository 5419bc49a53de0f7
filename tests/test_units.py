from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.sources.builder import Cell, SourceBuilder
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import RowCell, row_text, units_of


def source_of(builder: SourceBuilder) -> Source:
    text, blocks, _ = builder.build()
    return Source("s", SourceMetadata(title="A trial"), text, blocks)


def arms_table(builder: SourceBuilder) -> None:
    builder.table(
        head=[[Cell("Endpoint"), Cell("Drug (n=20)"), Cell("Placebo (n=10)")]],
        rows=[
            [Cell("Secondary endpoints")],
            [Cell("Response"), Cell("45%"), Cell("20%")],
        ],
        caption="Table 1: Response at week 12",
    )


def test_a_row_is_read_with_its_columns_heads() -> None:
    builder = SourceBuilder()
    arms_table(builder)
    (row,) = [unit for unit in units_of(source_of(builder)) if unit.kind == "row"]
    assert row.text == "Response: Drug (n=20) 45%; Placebo (n=10) 20%"
    assert row.quote == "Response | 45% | 20%"


def test_a_row_carries_its_caption_group_and_heads_word_for_word() -> None:
    builder = SourceBuilder()
    builder.heading("Results", 1)
    arms_table(builder)
    source = source_of(builder)
    (row,) = [unit for unit in units_of(source) if unit.kind == "row"]
    assert [(piece.role, piece.quote) for piece in row.context] == [
        ("caption", "Table 1: Response at week 12"),
        ("group", "Secondary endpoints"),
        ("column", "Endpoint"),
        ("column", "Drug (n=20)"),
        ("column", "Placebo (n=10)"),
    ]
    assert all(source.text[p.start : p.end] == p.quote for p in row.context)


def test_a_tables_caption_is_no_unit_of_its_own() -> None:
    builder = SourceBuilder()
    arms_table(builder)
    assert [unit.kind for unit in units_of(source_of(builder))] == ["row"]


def questions_of(source: Source) -> list[list[str]]:
    return [[p.quote for p in unit.context if p.role == "question"] for unit in units_of(source)]


def test_sentences_behind_a_printed_question_are_read_with_it() -> None:
    builder = SourceBuilder()
    builder.paragraph("Q: Does the injection hurt?")
    builder.paragraph("A little. It is over soon.")
    builder.paragraph("Is it cold? Take it out of the fridge before.")
    builder.paragraph("Keep the box.")
    first, second = "Q: Does the injection hurt?", "Is it cold?"
    assert questions_of(source_of(builder)) == [[], [first], [first], [], [second], []]


def test_a_printed_question_ends_with_its_section() -> None:
    builder = SourceBuilder()
    builder.heading("Use", 1)
    builder.paragraph("Does the injection hurt?")
    builder.heading("Stock", 1)
    builder.paragraph("Keep the box.")
    assert questions_of(source_of(builder)) == [[], []]


def test_a_list_item_carries_the_line_that_introduces_it() -> None:
    builder = SourceBuilder()
    builder.paragraph("Patients had all of these:")
    builder.list_item("Inclusion")
    builder.list_item("Age over 18 years", depth=1)
    item = units_of(source_of(builder))[-1]
    assert item.quote == "Age over 18 years"
    assert [piece.quote for piece in item.context] == ["Patients had all of these:", "Inclusion"]


def test_boilerplate_and_headings_yield_no_unit_and_references_are_marked() -> None:
    builder = SourceBuilder()
    builder.heading("Results", 1)
    builder.paragraph("Call us today.", kind="boilerplate")
    builder.paragraph("1. Smith J. A paper. 2001.", kind="reference")
    builder.paragraph("The page is undated. It cites nothing.", kind="note")
    assert [(u.kind, u.quote) for u in units_of(source_of(builder))] == [
        ("reference", "1. Smith J. A paper. 2001."),
        ("note", "The page is undated."),
        ("note", "It cites nothing."),
    ]


def test_a_cell_over_two_columns_is_said_once_behind_both_heads() -> None:
    builder = SourceBuilder()
    builder.table(
        head=[[Cell("Endpoint"), Cell("Low"), Cell("High")]],
        rows=[[Cell("Deaths"), Cell("none", columns=2)], [Cell("Falls"), Cell("1"), Cell("2")]],
    )
    deaths, _ = units_of(source_of(builder))
    assert deaths.cells == (RowCell("Endpoint", "Deaths"), RowCell("Low / High", "none"))
    assert deaths.text == "Deaths: Low / High none"


def test_a_row_without_heads_is_its_cells_in_order() -> None:
    assert row_text((RowCell("", "Sponsor"), RowCell("", "A company"))) == "Sponsor: A company"


def test_a_colon_shows_where_a_long_head_ends() -> None:
    cells = (RowCell("", "Falls"), RowCell("Drug against placebo, cohort 2", "5 fewer"))
    assert row_text(cells) == "Falls: Drug against placebo, cohort 2: 5 fewer"


words = st.text(alphabet="abc .:1%|", min_size=1, max_size=20)
tables = st.lists(st.lists(words, min_size=1, max_size=4), min_size=1, max_size=4)


@given(st.lists(words, max_size=3), tables)
def test_every_unit_quotes_its_source_exactly(lines: list[str], rows: list[list[str]]) -> None:
    builder = SourceBuilder()
    for line in lines:
        builder.paragraph(line)
        builder.list_item(line)
    head, *body = [[Cell(text) for text in row] for row in rows]
    builder.table([head], body)
    source = source_of(builder)
    for unit in units_of(source):
        assert source.text[unit.start : unit.end] == unit.quote
        assert all(source.text[p.start : p.end] == p.quote for p in unit.context)


def test_a_label_from_the_row_above_stands_in_the_context_that_is_cited() -> None:
    builder = SourceBuilder()
    builder.table(
        [[Cell("Measure"), Cell("Time"), Cell("Drug")]],
        [
            [Cell("Pain"), Cell("day 0"), Cell("41")],
            [Cell(""), Cell("day 7"), Cell("29")],
        ],
    )
    built = builder.build()
    source = Source("s", SourceMetadata(title="T"), built.text, built.blocks)
    first, second = units_of(source)
    assert second.text == "Pain: Time day 7; Drug 29"
    assert [each.quote for each in second.context if each.role == "group"] == ["Pain"]
    assert not [each for each in first.context if each.role == "group"]
