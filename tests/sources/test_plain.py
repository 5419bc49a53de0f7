from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from source_layout import (
    assert_lies_well,
    cells,
    fixture,
    groups,
    laid,
    leads,
    only_table,
    section,
    words,
)

from iscalimab_qa.sources.plain import read_plain

SENTENCE = "The antibody binds its receptor on B cells and keeps the other partner away from it. "


def test_every_line_is_a_paragraph_where_no_width_has_cut_the_lines() -> None:
    built = read_plain(fixture("magazine_page.txt"))
    assert laid(built, "heading") == [
        "Understanding How Zelotamab Works",
        "Where It Has Been Tried",
    ]
    assert len(laid(built, "paragraph")) == 5
    last = laid(built)[-1]
    assert last.startswith("Patients were asked")
    assert section(built, last) == ("Where It Has Been Tried",)


def test_a_paper_cut_at_a_page_width_reads_as_sentences() -> None:
    built = read_plain(fixture("wrapped_paper.txt"))
    assert laid(built, "paragraph") == [
        "Background: Focal glomerular disease has no approved treatment. Methods: In this "
        "double-blind trial, forty-two adults were given zelotamab or placebo. Results: Protein in "
        "urine fell by 38.2%. The trial was double-blind until week 16 (95% CI 12.1 to 44.0).",
        "The receptor of the second kind is found on B cells. It was first described in mice, "
        "where its loss protected the kidney and its neighbours, and later in people.",
        "A second paragraph starts here, because the line above it has room left.",
        "Adults with a biopsy took part. They met all of these:",
        "Nobody died.",
    ]


def test_the_headings_and_lists_of_a_cut_paper_are_found() -> None:
    built = read_plain(fixture("wrapped_paper.txt"))
    title = "Zelotamab in focal glomerular disease: a sixteen-week trial"
    item = "protein above 1.5 mg/mg in a sample of urine taken in the morning"
    assert section(built, item) == (title, "1. Methods", "1.1 Study design")
    assert leads(built, item) == ["Adults with a biopsy took part. They met all of these:"]
    assert section(built, "Nobody died.") == (title, "Results")
    assert section(built, laid(built, "list_item")[-1]) == (title, "REFERENCES")
    assert laid(built, "list_item")[2].endswith("J Inv Immunol 2019;4:11-19.")


def test_a_table_of_aligned_columns_is_read_with_its_caption() -> None:
    built = read_plain(fixture("wrapped_paper.txt"))
    table = only_table(built)
    assert words(built, table.caption) == "Table 1. Results at week 16"
    assert cells(built, table.head) == [
        ["Endpoint", "Zelotamab", "Placebo"],
        ["", "(n=28)", "(n=14)"],
    ]
    assert cells(built, table.rows)[0] == ["uPCR, % change", "-38.2", "-4.0"]
    assert set(groups(built, table)) == {"Renal endpoints"}


def test_tabs_make_a_table() -> None:
    built = read_plain("Table 2\nEvent\tDrug\tPlacebo\nDeath\t0\t1\nFall\t2\t3\n")
    table = only_table(built)
    assert cells(built, table.rows) == [["Death", "0", "1"], ["Fall", "2", "3"]]
    assert words(built, table.caption) == "Table 2"


def test_labels_in_the_text_are_no_headings() -> None:
    lines = ["Abstract: " + SENTENCE * 2, "Text: " + SENTENCE, "Date: 2031-03-02", SENTENCE * 2]
    assert laid(read_plain("\n\n".join(lines)), "heading") == []


def test_lines_that_are_no_headings_are_not_taken_for_them() -> None:
    lines = [
        "Ada Lindqvist, Tomasz Wrona, Jo Berg and Others",
        "Jeffery K. Lindqvist and David M. Wrona",
        "https://journal.example/7",
        "March 2, 2031",
        "p < 0.05 for both",
        "A drop of 38.2% in all",
        "J Inv Immunol. 2031;4(2):11-19",
    ]
    for line in lines:
        built = read_plain(f"{SENTENCE * 2}\n{line}\n{SENTENCE * 2}\n")
        assert laid(built, "heading") == [], line


def test_short_lines_under_a_colon_are_items() -> None:
    built = read_plain(f"{SENTENCE * 2}\nIt was higher in people with:\nHeart disease\nDiabetes\n")
    assert leads(built, "Diabetes") == ["It was higher in people with:"]


def test_a_list_needs_more_than_one_dash_or_number() -> None:
    built = read_plain(
        f"- one\n- two\n\n{SENTENCE}\n- alone\n{SENTENCE}\n2. Methods\n{SENTENCE * 2}"
    )
    assert laid(built, "list_item") == ["one", "two"]
    assert "- alone" in laid(built, "paragraph")
    assert "2. Methods" in laid(built, "heading")


def test_the_head_of_every_page_is_no_heading() -> None:
    page = f"Journal of Invented Things\n\n{SENTENCE * 3}\n\n"
    built = read_plain("A title of this work\n\n" + page * 3)
    assert laid(built, "heading") == ["A title of this work"]
    assert laid(built, "boilerplate") == ["Journal of Invented Things"] * 3


def test_the_sections_of_many_abstracts_stay_headings() -> None:
    built = read_plain(f"Methods\n\n{SENTENCE * 2}\n\nResults\n\n{SENTENCE * 2}\n\n" * 3)
    assert laid(built, "heading") == ["Methods", "Results"] * 3


def test_captions_are_told_from_sentences() -> None:
    built = read_plain(f"Figure 2. {SENTENCE}\n\nFigure 2 shows it. {SENTENCE * 2}\n")
    assert laid(built, "caption") == [f"Figure 2. {SENTENCE}".strip()]


def test_an_empty_text_is_an_empty_text() -> None:
    assert read_plain(" \n\f\n\t\n").text == ""


PLAIN = st.lists(
    st.sampled_from(
        [
            "A title here\n",
            SENTENCE + "\n",
            "- x\n",
            "  - y\n",
            "1. z\n",
            "\n",
            "a\tb\nc\td\n",
            "---\n",
            "a  1  2\nbb 3  4\nc  5  6\n",
            "Lead:\n",
            "word-\n",
            "Table 1. c\n",
            "12\n",
            "  ",
            "\x0c",
        ]
    )
    | st.text(max_size=10),
    max_size=20,
).map("".join)


@settings(deadline=None, max_examples=200)
@given(PLAIN)
def test_every_block_is_found_at_its_offsets(text: str) -> None:
    built = read_plain(text)
    assert_lies_well(built)


WORD = st.from_regex(r"[a-z]{2,9}", fullmatch=True)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(WORD, min_size=3, max_size=60), min_size=1, max_size=5))
def test_no_word_of_a_text_is_lost_or_moved(paragraphs: list[list[str]]) -> None:
    text = "\n\n".join(" ".join(words).capitalize() + "." for words in paragraphs)
    assert " ".join(laid(read_plain(text))) == " ".join(text.split())


def test_a_sentence_goes_on_below_a_semicolon() -> None:
    built = read_plain(
        f"Antibiotic use fell by more than half;\nmastitis did not rise.\n\n{SENTENCE}"
    )
    assert laid(built)[0] == "Antibiotic use fell by more than half; mastitis did not rise."


def test_items_that_end_on_a_semicolon_stay_apart() -> None:
    built = read_plain(
        "They had to meet all of these:\nan age above 18 years;\na weight below 90 kg.\n"
    )
    assert "an age above 18 years;" in laid(built)


def test_a_table_without_a_number_is_read_with_its_caption() -> None:
    built = read_plain(
        "Relief was seen.\n\nTable. Cohort 1 at week 24\n\n"
        "Outcome    | Drug | Placebo\nRemission  | 12   | 4\nRelapse    | 3    | 9\n\nIt held."
    )
    kinds = {built.text[block.start : block.end]: block.kind for block in built.blocks}
    assert kinds["Table. Cohort 1 at week 24"] == "caption"
