from __future__ import annotations

import base64
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_pdf import Page, make_pdf

from iscalimab_qa.errors import NoTextError, TooLargeError, UnreadableFileError, UnsafeFileError
from iscalimab_qa.sources.pdf import PdfRead, read_pdf

PATH = Path("paper.pdf")
PROSE = (
    "The antibody was given every four weeks to adults\n"
    "with active disease in a trial of two parallel arms,\n"
    "and its effect was compared with that of placebo."
)


def read(*pages: Page, **options) -> PdfRead:
    return read_pdf(make_pdf(*pages, **options), PATH, max_chars=1_000_000)


def lines(*pages: Page) -> list[tuple[str, str]]:
    text, blocks, _ = read(*pages).built
    return [(block.kind, text[block.start : block.end]) for block in blocks]


def prose_page(**options) -> Page:
    """A page whose usual size is 10, so that other sizes stand out."""
    return Page(**options).lines(60, 700, PROSE).lines(60, 640, PROSE)


# --- paragraphs ---------------------------------------------------------------------


def test_lines_join_to_paragraphs_at_the_gaps_between_them() -> None:
    joined = PROSE.replace("\n", " ")
    assert lines(prose_page()) == [("paragraph", joined), ("paragraph", joined)]


def test_an_indented_line_after_a_full_stop_starts_a_paragraph() -> None:
    page = Page().lines(60, 700, PROSE).text(75, 664, "A new thought begins here, further in,")
    page.text(60, 652, "and goes on in the next line.")
    assert [text for _, text in lines(page)] == [
        PROSE.replace("\n", " "),
        "A new thought begins here, further in, and goes on in the next line.",
    ]


def test_blocks_carry_the_number_of_their_page_from_1() -> None:
    built = read(Page().text(60, 700, "First."), Page().text(60, 700, "Second.")).built
    assert [block.page for block in built.blocks] == [1, 2]


def test_a_paragraph_goes_on_over_the_page_and_the_page_number_does_not_cut_it() -> None:
    first = Page().lines(60, 124, "A first line of some length which\nthe effect was seen in most")
    first.text(290, 30, "7")
    second = Page().lines(60, 780, "of the patients of the trial.").text(290, 30, "8")
    assert lines(first, second) == [
        (
            "paragraph",
            "A first line of some length which the effect was seen in most "
            "of the patients of the trial.",
        )
    ]


def test_columns_drawn_one_after_the_other_are_read_so() -> None:
    page = Page().lines(50, 700, "Left one\nleft two\nleft three.")
    page.lines(310, 700, "Right one\nright two\nright three.")
    assert [text for _, text in lines(page)] == [
        "Left one left two left three.",
        "Right one right two right three.",
    ]


def test_columns_drawn_across_the_page_are_taken_apart() -> None:
    page = Page().text(50, 760, "A title that runs over both of the columns of this page", 14)
    for number in range(12):
        y = 700 - 12 * number
        page.text(50, y, f"left side row {number} has plain words")
        page.text(310, y, f"right side row {number} has other words")
    body = " ".join(text for _, text in lines(page)[1:])
    left = " ".join(f"left side row {number} has plain words" for number in range(12))
    right = " ".join(f"right side row {number} has other words" for number in range(12))
    assert body == f"{left} {right}"


def test_a_list_keeps_its_items_apart() -> None:
    page = Page().lines(
        60, 700, "Adults took part if they had:\n• active disease for\n  a year,\n• no infection."
    )
    assert lines(page) == [
        ("paragraph", "Adults took part if they had:"),
        ("list_item", "active disease for a year,"),
        ("list_item", "no infection."),
    ]


def test_numbered_references_are_one_item_each_and_keep_their_numbers() -> None:
    page = Page().text(60, 720, "References", 10, font="bold")
    page.lines(60, 700, "1. Doe J. A paper. J Test\n2019;1:1-4.\n2. Roe A. Another.\n2020;2:5-9.")
    assert [text for kind, text in lines(page) if kind == "list_item"] == [
        "1. Doe J. A paper. J Test 2019;1:1-4.",
        "2. Roe A. Another. 2020;2:5-9.",
    ]


def test_a_figure_at_the_start_of_a_line_starts_no_list() -> None:
    page = Page().lines(
        60, 700, "The response was measured at week\n24. It was better than at week\n12."
    )
    assert len(lines(page)) == 1


# --- headings, captions, running lines ----------------------------------------------


def test_headings_are_told_by_size_and_by_weight() -> None:
    page = prose_page().text(60, 800, "A made-up trial of an antibody", 18)
    page.text(60, 770, "Results", 13).text(60, 740, "Primary endpoint", 10, font="bold")
    page.lines(60, 580, PROSE)
    page.operations = page.operations[6:9] + page.operations[:6] + page.operations[9:]
    read_page = read(page)
    text, blocks, _ = read_page.built
    headings = [text[block.start : block.end] for block in blocks if block.kind == "heading"]
    assert headings == ["A made-up trial of an antibody", "Results", "Primary endpoint"]
    assert blocks[-1].section == tuple(headings)
    assert read_page.title == "A made-up trial of an antibody"


def test_the_name_of_a_section_is_a_heading_in_any_type() -> None:
    page = Page().text(60, 740, "2. Methods").lines(60, 715, PROSE)
    assert [kind for kind, _ in lines(page)] == ["heading", "paragraph"]


def test_a_journals_name_gives_way_to_the_title_under_it() -> None:
    page = prose_page().text(60, 800, "TEST JOURNAL", 20)
    page.text(60, 770, "A made-up trial of an antibody", 16)
    assert read(page).title == "A made-up trial of an antibody"


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("A made-up trial", "A made-up trial"),
        ("Microsoft Word - final2.doc", None),
        ("untitled", None),
        ("rmd-2024-001.indd", None),
    ],
)
def test_a_title_counts_if_a_person_wrote_it(stored: str, kept: str | None) -> None:
    assert read(prose_page(), title=stored).title == kept


def test_a_caption_is_told_from_a_sentence_about_a_figure() -> None:
    page = Page().text(60, 700, "Figure 2. Response over time in both arms")
    page.text(60, 660, "Figure 2 shows that the response was better.")
    assert [kind for kind, _ in lines(page)] == ["caption", "paragraph"]


def test_the_words_of_a_caption_may_stand_under_its_label() -> None:
    page = prose_page().text(60, 500, "Table 1", font="bold").text(60, 488, "Outcomes at week 24")
    assert lines(page)[-1] == ("caption", "Table 1 Outcomes at week 24")


def test_running_lines_are_kept_once_as_boilerplate() -> None:
    pages = []
    for number in (1, 2, 3):
        page = Page().text(60, 815, f"Doe J, et al. J Test 2024;3:e{number}", 8)
        page.text(60, 700 - number, f"Text of the page with the number {number}.")
        page.text(60, 20, "Downloaded from a journal", 8).text(290, 32, f"{number}", 8)
        pages.append(page)
    assert lines(*pages) == [
        ("boilerplate", "Doe J, et al. J Test 2024;3:e1"),
        ("boilerplate", "Downloaded from a journal"),
        ("paragraph", "Text of the page with the number 1."),
        ("paragraph", "Text of the page with the number 2."),
        ("paragraph", "Text of the page with the number 3."),
    ]


def test_a_stamp_that_runs_up_the_margin_is_boilerplate() -> None:
    page = prose_page().text(580, 100, "Protected by copyright", 8, turn=90)
    assert lines(page)[0] == ("boilerplate", "Protected by copyright")


def test_the_figures_of_a_chart_are_no_evidence() -> None:
    page = prose_page().text(60, 400, "10").text(60, 350, "20")
    assert [pair for pair in lines(page) if pair[0] == "boilerplate"] == [
        ("boilerplate", "10"),
        ("boilerplate", "20"),
    ]


# --- words --------------------------------------------------------------------------


def test_reference_marks_leave_and_powers_stay() -> None:
    # Helvetica 10: "Response was rare." is 83.4 points wide, "Cells above 10" 65.6.
    page = Page().text(60, 700, "Response was rare.").text(143.4, 704, "12", 6)
    page.text(60, 640, "Cells above 10").text(125.6, 644, "9", 6).text(129, 640, "/L were seen.")
    assert [text for _, text in lines(page)] == [
        "Response was rare.",
        "Cells above 10⁹/L were seen.",
    ]


def test_signs_of_the_symbol_font_are_what_they_show() -> None:
    page = Page().text(60, 700, "Score").text(90, 700, "\xb3", 10, font="symbol")
    page.text(100, 700, "3 points.")
    assert lines(page) == [("paragraph", "Score ≥ 3 points.")]


def test_a_word_broken_at_the_end_of_a_line_is_mended() -> None:
    page = Page().lines(
        60, 700, "Patients of the placebo group had no re-\nsponse in this double-\nblind trial."
    )
    assert lines(page) == [
        ("paragraph", "Patients of the placebo group had no response in this double-blind trial.")
    ]


# --- hostile and broken files -------------------------------------------------------


def test_a_file_with_a_password_says_what_to_do() -> None:
    with pytest.raises(UnreadableFileError, match="is encrypted; save it without a password"):
        read(prose_page(), password="secret")


def test_a_file_that_anyone_may_open_is_read_although_it_is_encrypted() -> None:
    assert read(prose_page(), password="").built == read(prose_page()).built


def test_a_scan_says_that_it_needs_ocr() -> None:
    with pytest.raises(NoTextError, match=r"is a scan without text; it needs OCR first"):
        read(Page().picture(), Page().picture().text(60, 30, "stamp"))


def test_a_page_that_is_a_picture_is_a_warning() -> None:
    warnings = read(prose_page(), Page().picture()).warnings
    assert warnings == ("pictures without text on page 2; they need OCR",)


def test_a_file_without_any_text_is_refused() -> None:
    with pytest.raises(NoTextError, match="holds no text"):
        read(Page())


def test_a_damaged_file_is_one_line() -> None:
    with pytest.raises(UnreadableFileError, match="is a damaged PDF"):
        read_pdf(b"%PDF-1.4\nnothing else", PATH, max_chars=1_000)


def test_a_stream_that_unpacks_to_too_much_is_not_unpacked() -> None:
    page = prose_page()
    page.operations += ["q Q"] * 500_000  # 2,000,000 bytes, packed to a few thousand
    with pytest.raises(TooLargeError, match="unpacks to more than the 200,000 bytes"):
        read_pdf(make_pdf(page), PATH, max_chars=10_000)


def test_a_stream_that_is_also_written_in_ascii_is_unpacked_no_further() -> None:
    packed = base64.a85encode(zlib.compress(b"q Q\n" * 500_000)) + b"~>"
    stream = b"<< /Length %d /Filter [/ASCII85Decode /FlateDecode] >>\nstream\n%b\nendstream\n"
    data = make_pdf(prose_page()) + b"90 0 obj\n" + stream % (len(packed), packed) + b"endobj\n"
    with pytest.raises(TooLargeError):
        read_pdf(data, PATH, max_chars=10_000)


def test_a_long_stream_with_a_line_end_behind_it_is_unpacked_once() -> None:
    packed = zlib.compress(b"q Q\n" * 500_000) + b"\r\n"  # 2,000,000 bytes: more than one step
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%bendstream\n"
    data = make_pdf(prose_page()) + b"90 0 obj\n" + stream % (len(packed), packed) + b"endobj\n"
    assert read_pdf(data, PATH, max_chars=1_000_000).built.text.startswith("The antibody")


def test_a_page_with_more_characters_than_a_page_can_have_is_left_out_and_named() -> None:
    crowded = Page()
    for line in range(101):  # each of its own words: PDFium drops what is written twice
        crowded.text(60, 20 + line * 7, f"{line:04d}five " * 112)
    warnings = read(prose_page(), crowded).warnings
    assert any(re.fullmatch(r"page 2 holds [\d,]{7,} characters.*left out", w) for w in warnings)


def test_a_stream_packed_twice_is_refused() -> None:
    data = make_pdf(prose_page()).replace(
        b"/Filter /FlateDecode >>", b"/Filter [/FlateDecode /FlateDecode] >>"
    )
    with pytest.raises(UnsafeFileError, match="packs a stream twice"):
        read_pdf(data, PATH, max_chars=10_000)


def test_more_text_than_is_allowed_is_refused() -> None:
    with pytest.raises(TooLargeError, match="holds more than the 200 characters"):
        read_pdf(make_pdf(prose_page()), PATH, max_chars=200)


def many_lines(page: Page) -> Page:
    for number in range(3_100):
        page.rule(60, 100 + number % 400, 300, 100 + number % 400)
    return page


def many_crossings(page: Page) -> Page:
    return page.grid([50 + 3 * number for number in range(160)], [60 + 3 * n for n in range(180)])


@pytest.mark.parametrize("draw", [many_lines, many_crossings])
def test_a_crowded_page_keeps_its_text_and_loses_its_tables(draw) -> None:
    crowded = read(draw(prose_page()))
    assert crowded.warnings == ("page 1 draws too much to look for tables; its text is kept",)
    assert crowded.built == read(prose_page()).built


def test_files_are_read_side_by_side_in_threads() -> None:
    data = make_pdf(*[prose_page().grid([60, 160], [300, 320, 340])] * 3)
    alone = read_pdf(data, PATH, max_chars=10_000)
    with ThreadPoolExecutor(4) as pool:
        several = list(pool.map(lambda _: read_pdf(data, PATH, max_chars=10_000), range(8)))
    assert several == [alone] * 8


# --- laws ---------------------------------------------------------------------------

places = st.lists(
    st.tuples(st.integers(1, 11), st.integers(10, 60), st.sampled_from([7, 10, 14])),
    min_size=1,
    max_size=30,
    unique_by=lambda place: (place[0], place[1]),
)


@settings(max_examples=40, deadline=None)
@given(places, st.booleans())
def test_every_word_of_a_page_is_in_the_text_once(
    places: list[tuple[int, int, int]], ruled: bool
) -> None:
    page = Page()
    if ruled:
        page.grid([44, 236, 428, 572], [93, 297, 501, 705])
    words = [
        f"word{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(len(places))
    ]
    for word, (column, row, size) in zip(words, places, strict=True):
        page.text(column * 48, row * 12, word, size)
    text = read(page).built.text
    assert {word: text.count(word) for word in words} == dict.fromkeys(words, 1)
