"""Tables that were pasted one cell a line are rows again."""

from __future__ import annotations

from source_layout import cells, laid, only_table

from iscalimab_qa.sources.cell_tables import cell_table
from iscalimab_qa.sources.plain import read_plain

TITLED = """Table 2. New infections by treatment
Outcome
Sealant alone (n = 40)
Sealant and drug (n = 41)
P
Mastitis, n (%)
8 (20)
7 (17)
0.74
Teats closed
31/40
-
<0.001
Costs were lower by 14 euros a cow."""


def test_heads_and_rows_are_told_by_where_values_and_words_take_turns() -> None:
    built = read_plain(f"Udders were swabbed at calving.\n\n{TITLED}")
    table = only_table(built)
    assert cells(built, table.head) == [
        ["Outcome", "Sealant alone (n = 40)", "Sealant and drug (n = 41)", "P"]
    ]
    assert cells(built, table.rows) == [
        ["Mastitis, n (%)", "8 (20)", "7 (17)", "0.74"],
        ["Teats closed", "31/40", "-", "<0.001"],
    ]
    assert laid(built, "paragraph")[-1] == "Costs were lower by 14 euros a cow."


def test_a_label_without_values_heads_the_rows_below_it() -> None:
    lines = "Table 1. Cases\nOutcome\nOld\nNew\nDeaths\n1\n2\nMastitis\nMild\n4\n5\nSevere\n6\n7"
    table = cell_table(lines.split("\n"), 1)
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Deaths", "1", "2"],
        ["Mastitis", "", ""],
        ["Mild", "4", "5"],
        ["Severe", "6", "7"],
    ]
    assert table.lines == 13


def test_a_caption_may_take_two_lines() -> None:
    lines = "Table 1. Cases in the first\nhundred days\nArm\nDeaths\nOld\n1\nNew\n2".split("\n")
    assert cell_table(lines, 1) is None
    table = cell_table(lines, 2)
    assert table is not None
    assert [cell.text for cell in table.head[0]] == ["Arm", "Deaths"]


def test_words_and_figures_that_take_turns_in_a_menu_are_no_table() -> None:
    assert cell_table("Views\nCitations\n12\nShares\n4\n".split("\n"), 0) is None
    assert cell_table(["Gout", "Lupus", "Asthma"], 0) is None
