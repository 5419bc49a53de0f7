from __future__ import annotations

from iscalimab_qa.sources.builder import Cell
from iscalimab_qa.sources.text_tables import TextTable, aligned_table, tab_table


def texts(rows: list[list[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def read_tabs(text: str) -> TextTable:
    table = tab_table(text.split("\n"))
    assert table is not None
    return table


def test_lines_with_the_same_number_of_tabs_make_a_table() -> None:
    table = read_tabs("Endpoint\tDrug (n=28)\tPlacebo (n=14)\nuPCR\t-38.2%\t-4.0%\n\nafter")
    assert texts(table.head) == [["Endpoint", "Drug (n=28)", "Placebo (n=14)"]]
    assert texts(table.rows) == [["uPCR", "-38.2%", "-4.0%"]]
    assert table.lines == 2


def test_a_section_row_may_have_lost_its_tabs() -> None:
    table = read_tabs("Endpoint\tDrug\tPlacebo\nRenal\nuPCR\t-38\t-4\nSafety\t\t\nDeath\t0\t0")
    assert texts(table.rows)[0] == ["Renal"]
    assert table.lines == 5


def test_runs_of_tabs_part_cells_where_single_ones_are_irregular() -> None:
    table = read_tabs("uPCR\t\t-38\nComplete response\t17.9\nDeath\t\t\t0")
    assert texts(table.rows) == [["uPCR", "-38"], ["Complete response", "17.9"], ["Death", "0"]]


def test_a_table_of_figures_only_has_no_head() -> None:
    table = read_tabs("Age\t54\t55\nWeight\t70\t71")
    assert table.head == []


def test_the_next_tables_caption_ends_a_table() -> None:
    table = read_tabs("a\t1\nb\t2\nTable 2: More\nc\t3\nd\t4")
    assert table.lines == 2


def test_numbered_lines_with_a_tab_are_a_list() -> None:
    assert tab_table(["1.\tWash.", "2.\tWait.", "3.\tRead."]) is None
    assert tab_table(["\tAn indented paragraph", "\tand its second line"]) is None
    assert tab_table(["one\tline"]) is None


def test_columns_that_line_up_make_a_table() -> None:
    table = aligned_table(
        [
            "Endpoint             Drug    Placebo",
            "                   (n=28)     (n=14)",
            "Renal endpoints",
            "uPCR, % change      -38.2       -4.0",
            "Complete response    17.9        7.1",
        ]
    )
    assert table is not None
    assert texts(table.head) == [["Endpoint", "Drug", "Placebo"], ["", "(n=28)", "(n=14)"]]
    assert texts(table.rows) == [
        ["Renal endpoints"],
        ["uPCR, % change", "-38.2", "-4.0"],
        ["Complete response", "17.9", "7.1"],
    ]


def test_a_value_one_space_behind_a_long_label_is_still_in_its_column() -> None:
    table = aligned_table(
        [
            "Change          11.0   14.8",
            "Magnesium:      70.0 162.0",
            "Diluted samples 1.27   4.00",
            "Ash:            1.36   3.23",
            "Proline:        278.0  9.10",
        ]
    )
    assert table is not None
    assert texts(table.rows)[1:3] == [
        ["Magnesium:", "70.0", "162.0"],
        ["Diluted samples", "1.27", "4.00"],
    ]


def test_prose_with_two_spaces_after_a_stop_is_no_table() -> None:
    assert (
        aligned_table(
            [
                "One sentence ends here.  Another one begins",
                "and goes on.  A third follows it, in the same",
                "paragraph.  Then nothing more is said.",
            ]
        )
        is None
    )


def test_a_dash_in_the_middle_of_one_cell_takes_no_table_apart() -> None:
    table = aligned_table(
        [
            "Group              Sensitivity       Specificity",
            "------------------------------------------------",
            "All                139/149 (93.3%)   804/888 (90.5%)",
            "Score 2 or more    98/103 (95.1%)    271/310 (87.4%)",
            "Score below 2      41/46 (89.1%)     533/578 (92.2%)",
            "Active cancer            --              --",
            "------------------------------------------------",
            "",
            "The predictive value was 98.8%.",
        ]
    )
    assert table is not None
    assert texts(table.head) == [["Group", "Sensitivity", "Specificity"]]
    assert texts(table.rows)[-1] == ["Active cancer", "--", "--"]
    assert table.lines == 7


def test_more_than_one_row_in_five_beside_its_column_makes_no_table() -> None:
    lines = ["Nausea    12    14", "Rash    3      9", "Headache          1     2", "Pain  4   6"]
    assert aligned_table(lines) is None


def test_bars_between_padded_columns_part_cells_and_are_none() -> None:
    table = aligned_table(
        ["Outcome    | Drug | Placebo", "Remission  | 12   | 4", "Relapse    | 3    | 9"]
    )
    assert table is not None
    assert texts(table.rows) == [["Remission", "12", "4"], ["Relapse", "3", "9"]]
