from __future__ import annotations

import pytest

from iscalimab_qa.sources.builder import Cell
from iscalimab_qa.sources.table_heads import GridCell, count_head_rows, is_value, part_head


def cells(*rows: str) -> list[list[Cell]]:
    return [[Cell(text.strip()) for text in row.split("|")] for row in rows]


@pytest.mark.parametrize(
    "text",
    ["63.1%", "6 (15.4)", "-2.8", "−2.8 to −1.1", "<0.001", "0.74 (0.5–1.1)", "20/39 (51.3)"],
)
def test_figures_and_their_signs_are_values(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize("text", ["", "n=39", "(n=39)", "Week 24", "10 mg/kg", "High", "p value"])
def test_names_are_not(text: str) -> None:
    assert not is_value(text)


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        (cells("Endpoint | Drug | Placebo", "Response | 45% | 20%"), 1),
        (cells("Response | 45% | 20%", "Relapse | 8% | 9%"), 0),
        # The arms' sizes stand in a row of their own, under an empty corner.
        (cells("Endpoint | Drug | Placebo", " | n=39 | n=18", "Response | 45% | 20%"), 2),
        # Time points name columns, as three or more whole numbers that rise.
        (cells("Week | 0 | 12 | 24", "Score | 9 | 7 | 6"), 1),
        (cells("Age | 50–59 | 60–69 | 70+", "Patients | 9 | 7 | 6"), 1),
        # Two rising numbers may be the deaths of two arms.
        (cells("Deaths | 0 | 1", "Relapses | 3 | 5"), 0),
        # Under an empty corner figures name columns.
        (cells(" | 50 | 40", "Score | 9 | 7"), 1),
        # A row of words below a head is a row.
        (cells("Endpoint | Drug | Placebo", "Anti-Ro | yes | no"), 1),
        # A head needs something to be the head of.
        (cells("Endpoint | Drug | Placebo"), 0),
        ([], 0),
    ],
)
def test_the_rows_at_the_top_that_name_columns_are_the_head(
    rows: list[list[Cell]], heads: int
) -> None:
    assert count_head_rows(rows) == heads


def test_a_row_under_a_span_belongs_to_the_head() -> None:
    rows = [[Cell("Endpoint"), Cell("Week 24", 2)], *cells("Arm | Drug | Placebo", "R | 45% | 20%")]
    assert count_head_rows(rows) == 2


def test_a_merged_cell_is_said_once_in_the_head_and_in_every_row_of_the_body() -> None:
    grid = [
        [GridCell("Time"), GridCell("Arm"), GridCell("Response")],
        [GridCell("Time", continues=True), GridCell("name"), GridCell("rate")],
        [GridCell("Week 24"), GridCell("Drug"), GridCell("45%")],
        [GridCell("Week 24", continues=True), GridCell("Placebo"), GridCell("20%")],
    ]
    head, rows = part_head(grid, marked=2)
    assert [[cell.text for cell in row] for row in head] == [
        ["Time", "Arm", "Response"],
        ["", "name", "rate"],
    ]
    assert [[cell.text for cell in row] for row in rows] == [
        ["Week 24", "Drug", "45%"],
        ["Week 24", "Placebo", "20%"],
    ]
