from __future__ import annotations

from pathlib import Path

import pytest
from make_pdf import Page, make_pdf

from iscalimab_qa.sources.builder import Built
from iscalimab_qa.sources.pdf import read_pdf
from iscalimab_qa.sources.values import Table

HEAD = ["Endpoint", "Drug (n=20)", "Placebo (n=10)"]
ROWS = [["Response", "45.0%", "20.0%"], ["Relapse", "8 (40.0)", "6 (60.0)"], ["Deaths", "0", "1"]]
XS = [60.0, 220.0, 320.0]
EDGES = [55.0, 215.0, 315.0, 415.0]
TOP, STEP = 700.0, 20.0


def built(page: Page) -> Built:
    return read_pdf(make_pdf(page), Path("paper.pdf"), max_chars=1_000_000).built


def rows_of(page: Page) -> list[str]:
    """The lines of the only table of a page."""
    text, blocks, _ = built(page)
    (table,) = [block for block in blocks if block.kind == "table"]
    return text[table.start : table.end].splitlines()


def only_table(page: Page) -> tuple[str, Table]:
    text, blocks, _ = built(page)
    (table,) = [block.table for block in blocks if block.table]
    return text, table


def put(page: Page, rows: list[list[str]], *, top: float = TOP, step: float = STEP) -> Page:
    for number, row in enumerate(rows):
        for x, words in zip(XS, row, strict=False):
            page.text(x, top - number * step, words)
    return page


def borders(count: int) -> list[float]:
    return [TOP + 14 - number * STEP for number in range(count + 1)]


def in_grid(rows: list[list[str]]) -> Page:
    return put(Page(), rows).grid(EDGES, borders(len(rows)))


def test_a_ruled_table_has_its_cells_and_its_head() -> None:
    text, table = only_table(in_grid([HEAD, *ROWS]))
    assert [[text[slice(*cell)] for cell in row.cells] for row in table.head] == [HEAD]
    assert [[text[slice(*cell)] for cell in row.cells] for row in table.rows] == ROWS


def test_a_table_stands_in_its_place_and_nothing_is_said_twice() -> None:
    page = Page().text(60, 760, "Words before the table.").text(60, 735, "Table 1. Outcomes")
    put(page, [HEAD, *ROWS]).grid(EDGES, borders(4)).text(60, 560, "Words after the table.")
    text, blocks, _ = built(page)
    assert [block.kind for block in blocks] == ["paragraph", "caption", "table", "paragraph"]
    assert text.count("Relapse") == text.count("45.0%") == 1
    assert blocks[2].table is not None
    assert blocks[2].table.caption == (blocks[1].start, blocks[1].end)


def test_cells_of_several_lines_are_read_whole() -> None:
    page = Page().grid(EDGES, [730, 690, 650])
    page.lines(60, 715, "Endpoint").lines(220, 715, "Drug\n(n=20)").lines(
        320, 715, "Placebo\n(n=10)"
    )
    page.lines(60, 675, "Response at\nweek 24").lines(220, 675, "45.0%").lines(320, 675, "20.0%")
    assert rows_of(page) == [
        "Endpoint | Drug (n=20) | Placebo (n=10)",
        "Response at week 24 | 45.0% | 20.0%",
    ]


def test_cells_that_span_columns_and_rows_keep_their_spans() -> None:
    # Endpoint runs over both rows of the head, Week 24 over both arms.
    page = Page().rule(55, 730, 415, 730).rule(215, 710, 415, 710)
    for y in (690, 670, 650):
        page.rule(55, y, 415, y)
    for x in (55, 215, 415):
        page.rule(x, 650, x, 730)
    page.rule(315, 650, 315, 710)
    page.text(60, 706, "Endpoint").text(300, 716, "Week 24")
    page.text(220, 696, "Drug").text(320, 696, "Placebo")
    page.text(60, 676, "Response").text(220, 676, "45%").text(320, 676, "20%")
    page.text(60, 656, "Relapse").text(220, 656, "8%").text(320, 656, "9%")
    text, table = only_table(page)
    assert [[text[slice(*cell)] for cell in row.cells] for row in table.head] == [
        ["Endpoint", "Week 24", "Week 24"],
        ["", "Drug", "Placebo"],
    ]
    assert table.head[0].cells[1] == table.head[0].cells[2]


def test_a_label_that_runs_over_rows_is_said_in_each() -> None:
    page = Page().grid([215, 315, 415], [730, 710, 690, 670])
    for y in (730, 710, 670):
        page.rule(55, y, 215, y)
    page.rule(55, 670, 55, 730)
    put(page, [["Time", "Arm", "Response"]], top=716)
    put(page, [["", "Drug", "45%"], ["", "Placebo", "20%"]], top=696)
    page.text(60, 686, "Week 24")
    assert rows_of(page) == [
        "Time | Arm | Response",
        "Week 24 | Drug | 45%",
        "Week 24 | Placebo | 20%",
    ]


def test_a_body_ruled_into_columns_only_is_cut_into_its_rows() -> None:
    page = put(Page(), [HEAD, *ROWS]).grid(EDGES, [714, 694, 630])
    assert rows_of(page) == [" | ".join(row) for row in [HEAD, *ROWS]]


def test_the_squares_of_a_chart_are_no_table() -> None:
    page = Page().grid([100, 200, 300, 400], [400, 500, 600, 700])
    page.text(105, 405, "a").text(60, 700, "100").text(60, 600, "50")
    assert all(block.table is None for block in built(page).blocks)


def test_a_frame_around_prose_is_no_table() -> None:
    page = Page().grid([50, 300, 550], [500, 700, 720])
    words = "\n".join(["many words of running prose in a narrow column"] * 12)
    page.lines(60, 680, words).lines(310, 680, words).text(60, 706, "One").text(310, 706, "Two")
    assert all(block.table is None for block in built(page).blocks)


# --- tables without upright lines ---------------------------------------------------


def booktabs(rows: list[list[str]], heads: int = 1) -> Page:
    page = put(Page().text(60, TOP + 24, "Table 2. Outcomes"), rows)
    for number in (0, heads, len(rows)):
        page.rule(55, TOP + 13 - number * STEP, 415, TOP + 13 - number * STEP)
    return page


def test_a_table_ruled_across_only_is_bound_to_its_arms() -> None:
    assert rows_of(booktabs([HEAD, *ROWS])) == [" | ".join(row) for row in [HEAD, *ROWS]]


def test_a_table_without_any_rules_is_bound_to_its_arms() -> None:
    assert rows_of(put(Page(), [HEAD, *ROWS], step=14)) == [
        " | ".join(row) for row in [HEAD, *ROWS]
    ]


def test_values_with_words_beside_them_make_a_table_too() -> None:
    rows = [["Any event", "15.4% (6 patients)", "16.7% (3 patients)"]]
    rows += [["Score", "-2.8 points", "-1.1 points"], ["Stopped", "3 patients", "1 patient"]]
    assert rows_of(put(Page(), [HEAD, *rows], step=14)) == [
        " | ".join(row) for row in [HEAD, *rows]
    ]


def test_doses_name_columns_although_they_are_figures() -> None:
    page = booktabs([["Endpoint", "3 mg/kg", "10 mg/kg"], *ROWS])
    text, table = only_table(page)
    assert [text[slice(*row.span)] for row in table.head] == ["Endpoint | 3 mg/kg | 10 mg/kg"]
    assert len(table.rows) == 3


def test_a_row_of_one_label_is_a_group() -> None:
    text, table = only_table(booktabs([HEAD, ["Secondary endpoints"], *ROWS]))
    assert len(table.rows) == 3
    assert {text[slice(*row.group)] for row in table.rows if row.group} == {"Secondary endpoints"}


def test_a_wrapped_label_and_an_interval_under_its_estimate_stay_one_row() -> None:
    page = booktabs([HEAD])
    page.lines(60, 678, "Relative change of the\nurine protein").lines(
        220, 678, "0.74\n(0.5 to 1.1)"
    )
    page.lines(320, 678, "0.92\n(0.8 to 1.2)").rule(55, 640, 415, 640)
    put(page, ROWS[2:], top=652)
    assert rows_of(page)[1:] == [
        "Relative change of the urine protein | 0.74 (0.5 to 1.1) | 0.92 (0.8 to 1.2)",
        "Deaths | 0 | 1",
    ]


def test_heads_of_several_lines_are_read_downwards() -> None:
    page = Page().rule(55, 735, 415, 735).rule(55, 694, 415, 694).rule(55, 630, 415, 630)
    page.text(220, 722, "Drug").text(320, 722, "Placebo")
    page.text(60, 710, "Endpoint").text(220, 710, "(n=20)").text(320, 710, "(n=10)")
    put(page, ROWS, top=680, step=18)
    assert rows_of(page)[0] == "Endpoint | Drug (n=20) | Placebo (n=10)"


@pytest.mark.parametrize("with_rule", [True, False])
def test_a_head_over_two_columns_spans_both(with_rule: bool) -> None:
    page = Page().rule(55, 735, 415, 735).rule(55, 694, 415, 694).rule(55, 640, 415, 640)
    # Its middle is 287: between the columns, of which the left one starts at 220.
    page.text(268, 722, "Week 24")
    if with_rule:
        page.rule(218, 716, 380, 716)
    put(page, [["Endpoint", "Drug", "Placebo"]], top=702)
    put(page, [["Response", "45.0%", "20.0%"], ["Relapse", "40.0%", "60.0%"]], top=676)
    text, table = only_table(page)
    heads = [[text[slice(*cell)] for cell in row.cells] for row in table.head]
    assert heads == [["", "Week 24", "Week 24"], ["Endpoint", "Drug", "Placebo"]]


def test_values_beside_a_label_of_two_rows_keep_that_label() -> None:
    page = booktabs([["Time", "Arm", "Response"]])
    put(page, [["Week 24", "Drug", "45.0%"], ["", "Placebo", "20.0%"]], top=680, step=14)
    page.rule(55, 655, 415, 655)
    assert rows_of(page)[1:] == ["Week 24 | Drug | 45.0%", "Week 24 | Placebo | 20.0%"]


def test_rows_that_are_no_clear_table_keep_label_and_values_on_one_line() -> None:
    page = put(Page(), ROWS[:2], step=14)
    text, blocks, _ = built(page)
    assert [text[block.start : block.end] for block in blocks] == [
        "Response 45.0% 20.0%",
        "Relapse 8 (40.0) 6 (60.0)",
    ]


def test_a_header_rule_and_a_footer_rule_make_no_table_of_a_page_of_prose() -> None:
    page = Page().rule(50, 800, 550, 800).rule(50, 60, 550, 60)
    for number in range(12):
        page.text(50, 700 - 12 * number, "left side has some plain words here")
        page.text(310, 700 - 12 * number, "right side has other words here too")
    assert all(block.table is None for block in built(page).blocks)


# --- pages that are turned or shifted -----------------------------------------------


@pytest.mark.parametrize("box", [(0, 0, 595, 842), (-20, 40, 575, 882), (30, 10, 500, 800)])
def test_a_page_whose_box_is_shifted_has_the_same_table(
    box: tuple[float, float, float, float],
) -> None:
    page = in_grid([HEAD, *ROWS])
    page.box = box
    assert rows_of(page) == [" | ".join(row) for row in [HEAD, *ROWS]]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_wide_table_on_a_turned_page_is_read_upright(ruled: bool) -> None:
    # /Rotate 90 shows the page turned clockwise; its text runs upwards in the file.
    page = Page(rotate=90, box=(0, 0, 842, 595))
    for number, row in enumerate([HEAD, *ROWS]):
        for x, words in zip(XS, row, strict=True):
            page.text(100 + number * STEP, x, words, turn=90)
    if ruled:
        page.grid([86 + number * STEP for number in range(5)], EDGES)
    assert rows_of(page) == [" | ".join(row) for row in [HEAD, *ROWS]]


def test_a_table_printed_sideways_is_read_upright() -> None:
    page = Page()
    for number, row in enumerate([HEAD, *ROWS]):
        for x, words in zip(XS, row, strict=True):
            page.text(100 + number * STEP, x, words, turn=90)
    page.text(290, 20, "7")
    assert rows_of(page) == [" | ".join(row) for row in [HEAD, *ROWS]]
