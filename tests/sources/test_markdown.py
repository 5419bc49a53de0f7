from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_layout import (
    assert_lies_well,
    cells,
    fixture,
    groups,
    kinds,
    laid,
    leads,
    only_table,
    section,
    words,
)

from iscalimab_qa.sources.boilerplate import mark_boilerplate, mark_references
from iscalimab_qa.sources.markdown import read_markdown


def test_headings_of_both_kinds_make_the_section_path() -> None:
    built = read_markdown("A\n=\n\n## B ##\n\ntext\n\nC\n---\n\nmore")
    assert section(built, "text") == ("A", "B")
    assert section(built, "more") == ("A", "C")


def test_marks_go_and_words_stay() -> None:
    built = read_markdown(
        "**Bold** and *it* and `code`, a [link](http://x.example 'y'), <i>tag</i>, a\\_b, ~~old~~, "
        "![i](f.png) <https://y.example> &lt; 5 "
    )
    assert laid(built) == ["Bold and it and code, a link, tag, a_b, old, https://y.example < 5"]


def test_nested_items_are_led_by_their_parents() -> None:
    built = read_markdown("**Criteria:**\n\n- In:\n  - adults\n\n    with a biopsy\n- Out:\n  1. x")
    assert leads(built, "adults") == ["Criteria:", "In:"]
    assert leads(built, "with a biopsy") == ["Criteria:", "In:", "adults"]
    assert leads(built, "x") == ["Criteria:", "Out:"]


def test_an_item_that_is_only_a_list_is_no_level_of_its_own() -> None:
    built = read_markdown("- 1. first\n- 2. second")
    assert "- first\n- second" in built.text


def test_a_bold_line_opens_a_section_unless_it_says_something() -> None:
    built = read_markdown("# T\n\n**Study design**\n\ntext\n\n**It fell by 38.2%**\n\nafter")
    assert section(built, "text") == ("T", "Study design")
    assert laid(built, "paragraph") == ["text", "It fell by 38.2%", "after"]


def test_a_pipe_table_keeps_its_cells_and_takes_the_caption_above() -> None:
    built = read_markdown(
        "Table 3: Safety of **zelotamab**\n\n| Event | Drug (n=28) | Placebo |\n|---|--:|:-:|\n"
        "| *Serious* | | |\n| Death<sup>a</sup> | 0 \\| 28 | $\\leq 1$ |\n"
    )
    table = only_table(built)
    assert words(built, table.caption) == "Table 3: Safety of zelotamab"
    assert cells(built, table.head) == [["Event", "Drug (n=28)", "Placebo"]]
    assert cells(built, table.rows) == [["Deathᵃ", "0 | 28", "≤ 1"]]
    assert groups(built, table) == ["Serious"]


def test_a_pipe_table_without_words_in_its_head_uses_its_first_row() -> None:
    table = only_table(built := read_markdown("| | |\n|--|--|\n| Event | Drug |\n| Death | 0 |"))
    assert cells(built, table.head) == [["Event", "Drug"]]


def test_tab_separated_lines_are_a_table_even_where_a_row_begins_with_a_tab() -> None:
    built = read_markdown("Above:\n\n\tDrug (n=28)\tPlacebo\nDeath\t0\t1\nFall\t\t2\n\nafter")
    table = only_table(built)
    assert cells(built, table.head) == [["", "Drug (n=28)", "Placebo"]]
    assert cells(built, table.rows) == [["Death", "0", "1"], ["Fall", "", "2"]]
    assert laid(built, "paragraph") == ["Above:", "after"]


def test_tabs_in_a_list_or_a_fence_make_no_false_table() -> None:
    built = read_markdown("1.\tWash.\n2.\tWait.\n\n```\nx = 1\n```\n")
    assert laid(built) == ["Wash.", "Wait.", "x = 1"]


def test_formulas_keep_their_backslashes_and_underscores_until_they_are_read() -> None:
    built = read_markdown(r"$C_{max}$ and $T_{max}$ of $5\,\mathrm{mg}$, $a*b$ but $5 and $10*")
    assert laid(built) == ["Cmax and Tmax of 5 mg, a*b but $5 and $10*"]


def test_links_of_numbers_into_the_page_are_reference_markers() -> None:
    built = read_markdown("As shown [1](#ref-1), in Fig. [2](#fig-2) [[3](#r3)].")
    assert laid(built) == ["As shown, in Fig. 2."]


@pytest.mark.parametrize(
    "text",
    [
        "seen <!-- hidden --> too",
        "<!-- hidden\n\nhidden -->\n\nseen too",
        "seen <span style='display:none'>hidden *x*</span> too",
        "seen\n\n<div hidden>\n\nhidden **text**\n\n- hidden\n\n</div>\n\ntoo",
        "seen <script>hidden()</script> too",
        "seen\n\n<p aria-hidden='true'>hidden</p>\n\ntoo",
        "seen too <!-- hidden to the end",
    ],
)
def test_what_is_hidden_is_never_read(text: str) -> None:
    built = read_markdown(text)
    assert "hidden" not in built.text
    assert " ".join(" ".join(laid(built)).split()) == "seen too"


def test_html_in_markdown_is_read_as_html() -> None:
    built = read_markdown(
        "before\n\n<table><tr><th>Event</th><th>Drug</th></tr>"
        "<tr><td>Death</td><td>0</td></tr></table>\n\n<h2 align=center>Part</h2>\n\nafter"
    )
    assert cells(built, only_table(built).rows) == [["Death", "0"]]
    assert section(built, "after") == ("Part",)


def test_images_are_kept_where_they_are_described() -> None:
    built = read_markdown("![logo](x.png)\n\n![Protein in urine over sixteen weeks](y.png)")
    assert laid(built) == laid(built, "caption") == ["Protein in urine over sixteen weeks"]


def test_the_code_of_a_diagram_is_not_read_as_text() -> None:
    built = read_markdown("```mermaid\ngraph TD; A-->B\n```")
    assert laid(built) == laid(built, "boilerplate")


def test_a_paragraph_underlined_by_mistake_stays_a_paragraph() -> None:
    built = read_markdown("A sentence that goes on. " * 12 + "\n---\n\nafter")
    assert laid(built, "heading") == []


def test_lines_that_are_paragraphs_are_read_as_such() -> None:
    built = read_markdown(fixture("magazine_page.txt"))
    assert laid(built, "heading") == [
        "Understanding How Zelotamab Works",
        "Where It Has Been Tried",
    ]
    assert len(laid(built, "paragraph")) == 5


def test_addresses_broken_by_hand_are_read_line_by_line() -> None:
    built = read_markdown("Phone: 1  \nEmail: 2  \nlong line  \nbent")
    assert laid(built) == ["Phone: 1", "Email: 2 long line bent"]


def test_lists_nested_deeper_than_people_write_are_refused() -> None:
    with pytest.raises(ValueError, match="deep"):
        read_markdown("> " * 100_000 + "x")
    with pytest.raises(ValueError, match="deep"):
        read_markdown("<div>" * 100_000)


def test_a_messy_vendor_note_comes_out_with_its_structure() -> None:
    built = read_markdown(fixture("vendor_note.md"))
    table = only_table(built)
    title = "Bench Notes: Zelotamab in Focal Glomerular Disease"
    caption = "Table 1: Efficacy of Zelotamab in Focal Glomerular Disease (16 Weeks)"
    assert words(built, table.caption) == caption
    assert cells(built, table.head) == [["Endpoint", "Zelotamab (n=28)", "Placebo (n=14)"]]
    assert cells(built, table.rows) == [
        ["Change from Baseline in uPCR", "-38.2%", "-4.0%"],
        ["Complete Renal Response", "17.9%", "7.1%"],
    ]
    assert groups(built, table) == ["Primary Endpoint", "Secondary Endpoints"]
    assert section(built, "uPCR: urinary Protein-to-Creatinine Ratio.") == (
        title,
        "How it works",
        caption,
    )
    criterion = "Urinary ratio (uPCR) ≥ 1.5 mg/mg, eGFR above 30 mL/min."
    assert leads(built, criterion) == ["Patient Population:", "Inclusion Criteria:"]
    assert "Caption: Zelotamab stands between the two cells." in laid(built, "caption")
    assert not any(mark in built.text for mark in ("<sup>", "[1]", "$", "praise", "](", "---"))


def test_a_messy_vendor_note_is_told_from_what_surrounds_it() -> None:
    built = read_markdown(fixture("vendor_note.md"))
    blocks = mark_references(built.text, mark_boilerplate(built.text, built.blocks))
    marked = kinds(built.text, blocks)
    surrounding = " ".join(line for line, kind in marked.items() if kind == "boilerplate")
    assert [line for line, kind in marked.items() if kind == "paragraph"] == [
        "Author: Quillmark Reagents Applications Group. Date: March 2031",
        "This note gathers what is known of zelotamab (ZLT-17), an antibody against a "
        "co-stimulatory receptor.",
        "Zelotamab blocks the receptor without depleting B cells. Antibody titres fell by half "
        "within a month.",
        "Two effects follow:",
        "uPCR: urinary Protein-to-Creatinine Ratio.",
        "Patient Population:",
        "Objective: To measure protein in urine; **p<0.01 was the bound.",
    ]
    for piece in ("Harbour Road", "010-9000", "ZX-881", "Q-4471-B", "custom synthesis", "mission"):
        assert piece in surrounding
    assert list(marked.values()).count("reference") == 3


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# A\n",
            "## B\n",
            "- x\n",
            "  - y\n",
            "\n",
            "text **b** ",
            "| a | b |\n|--|--|\n| 1 | 2 |\n",
            "a\tb\nc\td\n",
            "> q\n",
            "```\n",
            "<div hidden>",
            "</div>",
            "<sup>1</sup>",
            "$x^2$",
            "[1]",
            "Table 1: c\n",
            "---\n",
            "<!--",
            "-->",
            "1. z\n",
            "\t",
            "[l](#a)",
            "![alt of an image](i)",
            "<table><tr><td>a</td><td>1</td></tr></table>\n",
            "**Bold line**\n\n",
            "Lead:\n\n",
            "\\",
        ]
    )
    | st.text(max_size=8),
    max_size=15,
).map("".join)


@settings(deadline=None, max_examples=150)
@given(MARKDOWN)
def test_every_block_is_found_at_its_offsets(text: str) -> None:
    built = read_markdown(text)
    assert_lies_well(built)
    marked = mark_references(built.text, mark_boilerplate(built.text, built.blocks))
    assert [(b.start, b.end) for b in marked] == [(b.start, b.end) for b in built.blocks]
