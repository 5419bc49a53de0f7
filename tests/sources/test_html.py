from __future__ import annotations

import time

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
from iscalimab_qa.sources.builder import Built
from iscalimab_qa.sources.html import read_html


def read(body: str) -> Built:
    return read_html(f"<html><body>{body}</body></html>").built


def test_a_messy_page_comes_out_with_its_structure() -> None:
    page = read_html(fixture("zelotamab_page.html"))
    built = page.built
    title = "Zelotamab in focal glomerular disease: a 16-week trial"
    assert page.title == title
    assert laid(built, "heading") == [title, "Abstract", "Results", "References"]
    assert laid(built, "paragraph")[:4] == [
        "Ada Lindqvist, Tomasz Wrona",
        "Zelotamab (ZLT-17) blocks a costimulatory receptor on B cells. Forty-two adults were "
        "enrolled.",
        "The rate was 7.4 per 10⁶ cells/mm³ < 9.",
        "Endpoints, in order of the hierarchy:",
    ]
    assert leads(built, "at week 16") == [
        "Endpoints, in order of the hierarchy:",
        "Primary: change in uPCR",
    ]
    assert len(laid(built, "reference")) == 2


def test_what_surrounds_the_content_of_a_page_is_not_read() -> None:
    text = read_html(fixture("zelotamab_page.html")).built.text
    for piece in ("Skip", "All issues", "cookies", "newsletter", "rights", "another paper"):
        assert piece not in text


def test_spans_over_columns_and_rows_are_resolved() -> None:
    built = read_html(fixture("zelotamab_page.html")).built
    table = only_table(built)
    assert words(built, table.caption) == "Table 2. Efficacy at week 16ᵃ"
    assert cells(built, table.head) == [
        ["Endpoint", "Zelotamab", "Zelotamab", "Placebo (n=14)"],
        ["", "5 mg/kg (n=14)", "10 mg/kg (n=14)", ""],
    ]
    assert cells(built, table.rows) == [
        ["uPCR, % change", "−21.5", "−38.2", "−4.0"],
        ["Complete response", "2 (14%)", "5 (36%)", "1 (7%)"],
        ["Complete response", "7 of 28 pooled", "7 of 28 pooled", "1 of 14"],
    ]
    assert set(groups(built, table)) == {"Renal endpoints"}
    assert "Two patients without a week-16 visit are counted as failures." in laid(built)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>secret</p>",
        "<div style='display:none'><p>secret</p></div>",
        "<div style='color:red; visibility : hidden'>secret</div>",
        "<span style='font-size:0'>secret</span>",
        "<span style='font-size: 0px;'>secret</span>",
        "<span style='opacity:0.0'>secret</span>",
        "<span aria-hidden='true'>secret</span>",
        "<template>secret</template>",
        "<noscript>secret</noscript>",
        "<script>secret</script>",
        "<style>secret</style>",
        "<!-- secret -->",
        "<svg><title>secret</title></svg>",
        "<select><option>secret</option></select>",
        "<table><tr><td>a</td><td hidden>secret</td><td>1</td></tr><tr hidden><td>secret</td></tr>"
        "<tr><td>b</td><td>2</td></tr></table>",
        "<ul><li hidden>secret</li></ul>",
        "<h2 hidden>secret</h2>",
        "<a href='#r1' hidden>secret</a>",
    ],
)
def test_what_a_page_hides_is_not_read(hidden: str) -> None:
    built = read(f"<p>Seen.</p>{hidden}<p>Also seen.</p>")
    assert "secret" not in built.text
    assert laid(built, "paragraph") == ["Seen.", "Also seen."]


@pytest.mark.parametrize(
    "style", ["font-size:0.9em", "opacity:0.5", "display:block", "font-size:10px", "opacity:1"]
)
def test_small_or_pale_text_is_read(style: str) -> None:
    assert laid(read(f"<p style='{style}'>Seen.</p>")) == ["Seen."]


def test_text_outside_of_paragraphs_is_read_in_order() -> None:
    built = read("one<div>two <b>bold</b> words<p>three</p>four</div>five<br><br>six")
    assert laid(built) == ["one", "two bold words", "three", "four", "five", "six"]


def test_lines_broken_by_hand_part_where_they_say_something_else() -> None:
    built = read("<p>Quillmark<br>Phone: 1<br>Email: 2</p><p>a long line<br>that bends</p>")
    assert laid(built) == ["Quillmark", "Phone: 1", "Email: 2", "a long line that bends"]


def test_tables_that_lay_out_the_page_are_walked_into() -> None:
    built = read(
        "<table><tr><td><h1>Title</h1></td><td><table><tr><td>a</td><td>1</td></tr>"
        "<tr><td>b</td><td>2</td></tr></table><p>Text.</p></td></tr></table>"
    )
    assert laid(built, "heading") == ["Title"]
    assert cells(built, only_table(built).rows) == [["a", "1"], ["b", "2"]]
    assert section(built, "Text.") == ("Title",)


def test_a_head_is_found_where_no_cell_is_marked_as_one() -> None:
    built = read(
        "<table><tr><td>Event</td><td>Drug</td></tr><tr><td>Death</td><td>0</td></tr></table>"
    )
    assert cells(built, only_table(built).head) == [["Event", "Drug"]]


def test_a_row_that_claims_more_columns_than_there_are_is_cut_to_them() -> None:
    built = read(
        "<table><tr><td colspan=99999>Renal</td></tr><tr><td>uPCR</td><td>-38</td></tr>"
        "<tr><td rowspan=99999>Death</td><td>0</td></tr></table>"
    )
    table = only_table(built)
    assert groups(built, table) == ["Renal", "Renal"]
    assert all(len(row.cells) == 2 for row in table.rows)


def test_a_caption_below_a_table_in_the_same_figure_belongs_to_it() -> None:
    table = "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>"
    built = read(f"<figure>{table}<figcaption>Deaths by arm</figcaption></figure>")
    assert words(built, only_table(built).caption) == "Deaths by arm"
    apart = read(f"{table}<figure><img alt='x'><figcaption>A picture</figcaption></figure>")
    assert only_table(apart).caption is None


def test_the_whole_page_in_one_form_is_read() -> None:
    built = read(f"<form><h1>Title</h1><p>{'A sentence of the page. ' * 80}</p></form>")
    assert laid(built, "heading") == ["Title"]
    assert laid(built, "paragraph")


def test_a_page_whose_main_part_is_a_shell_is_read_whole() -> None:
    built = read(f"<main><p>Loading</p></main><div><p>{'Words of it. ' * 50}</p></div>")
    assert "Words of it." in built.text


def test_a_heading_outside_of_the_main_part_is_kept() -> None:
    built = read("<div><h1>Title</h1></div><main><p>All that the page says.</p></main>")
    assert section(built, "All that the page says.") == ("Title",)


def test_definitions_are_led_by_their_terms() -> None:
    built = read("<dl><dt>uPCR</dt><dd>protein to creatinine</dd><dt>SAE</dt><dd>serious</dd></dl>")
    assert leads(built, "serious") == ["SAE"]


def test_a_bold_line_opens_a_section() -> None:
    built = read("<p><strong>Study design</strong></p><p>Text <b>here</b>.</p>")
    assert section(built, "Text here.") == ("Study design",)


def test_preformatted_text_is_read_as_plain_text() -> None:
    built = read("<pre>Event\tDrug\nDeath\t0\nFall\t2\n</pre>")
    assert cells(built, only_table(built).rows) == [["Death", "0"], ["Fall", "2"]]


def test_a_formula_is_read_once() -> None:
    built = read(
        "<p>p <math><semantics><mrow><mo>&#8804;</mo><mn>0.05</mn></mrow>"
        "<annotation>\\leq 0.05</annotation></semantics></math></p>"
    )
    assert laid(built) == ["p ≤0.05"]


def test_bytes_are_decoded_as_the_page_declares() -> None:
    page = "<html><head><meta charset='iso-8859-1'></head><body><p>Sjögren – ½</p></body></html>"
    assert laid(read_html(page.encode("cp1252")).built) == ["Sjögren – ½"]
    assert laid(read_html("<p>Sjögren ≥</p>".encode()).built) == ["Sjögren ≥"]
    assert laid(read_html(b"<meta charset='no-such'><p>plain</p>").built) == ["plain"]


@pytest.mark.parametrize(
    "empty", ["", "   ", "<html></html>", "<!-- x -->", "<?xml version='1.0'?>"]
)
def test_a_page_without_words_is_an_empty_text(empty: str) -> None:
    built = read_html(empty).built
    assert (built.text, built.blocks) == ("", ())


@pytest.mark.parametrize(
    "tag", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote>", "<span hidden>"]
)
def test_a_page_nested_a_hundred_thousand_deep_is_refused_at_once(tag: str) -> None:
    started = time.process_time()
    with pytest.raises(ValueError, match="deep"):
        read_html(tag * 100_000 + "x")
    assert time.process_time() - started < 1


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = (
        "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>"
        "<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    )
    text = read_html(f"{bomb}<p>x &b; &f; y</p>").built.text
    assert "haha" not in text
    assert "root:" not in text


def test_addresses_of_a_page_are_told_from_what_it_says() -> None:
    built = read("<p>It fell by 38.2%.</p><h2>Contact</h2><p>Phone: (555) 010-9000</p>")
    blocks = mark_references(built.text, mark_boilerplate(built.text, built.blocks))
    assert kinds(built.text, blocks) == {
        "It fell by 38.2%.": "paragraph",
        "Contact": "boilerplate",
        "Phone: (555) 010-9000": "boilerplate",
    }


TAGS = st.sampled_from(
    (
        "<p> </p> <div> </div> <ul> </ul> <li> </li> <table> </table> <tr> </tr> <td> </td> <th> "
        "<td_colspan=2> <td_rowspan=3> <thead> </thead> <h1> </h1> <h2> <sup> </sup> <br> <b> </b> "
        "<a_href=#r1> </a> <dl> <dt> <dd> <figure> </figure> <figcaption> <caption> <pre> </pre> "
        "<span_hidden> </span> <img_alt='a_picture_of_a_thing'> <main> <header> <form> &lt; x. y:"
    ).split(" ")
).map(lambda tag: tag.replace("_", " "))


@settings(deadline=None, max_examples=200)
@given(st.lists(TAGS | st.text(max_size=6), max_size=30).map(" ".join))
def test_every_block_is_found_at_its_offsets(page: str) -> None:
    assert_lies_well(read_html(page).built)
