"""The reading pane: the source's text at the place, its words marked, nothing of it markup."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from stand_in_chat import HOSTILE, QUOTE, TEXT, citation, source
from test_render import assert_harmless

from iscalimab_qa.sources.values import Block, Source, Span, Table, TableRow
from iscalimab_qa.web.reading import MOST, Place, reading_html, unreadable_html

START = TEXT.index(QUOTE)
HERE = Place(START, START + len(QUOTE))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def table_source() -> Source:
    """Return a source of one table: a head, a group, and two rows, the last cell merged."""
    text = "Score | A | B | Secondary | Pain | 1 | 2 | Rash | none"
    spans = {
        word: Span(text.index(word), text.index(word) + len(word)) for word in text.split(" | ")
    }
    head = TableRow(Span(0, 13), (spans["Score"], spans["A"], spans["B"]))
    pain = TableRow(Span(28, 40), (spans["Pain"], spans["1"], spans["2"]), spans["Secondary"])
    rash = TableRow(Span(43, 54), (spans["Rash"], spans["none"], spans["none"]), spans["Secondary"])
    table = Table((head,), (pain, rash))
    return replace(source(text), blocks=(Block("table", 0, len(text), table=table),))


def test_the_cited_words_and_no_others_are_marked() -> None:
    page = soup(reading_html(source(), HERE, 2))
    assert [mark.get_text() for mark in page.select("mark")] == [QUOTE]
    assert "citation 2" in page.select(".reader-head p")[0].get_text()


def test_a_digest_is_called_our_summary() -> None:
    told = reading_html(source(text_kind="digest"), HERE, 1)
    assert "Our summary" in soup(told).select(".reader-head p")[0].get_text()


def test_a_table_is_shown_as_one_with_the_cited_row_marked() -> None:
    page = soup(reading_html(table_source(), Place(43, 54), 1))
    assert [row.get_text("|") for row in page.select("tr")] == [
        "Score|A|B",
        "Secondary",
        "Pain|1|2",
        "Rash|none",
    ]
    assert [row.get_text("|") for row in page.select("tr.cited")] == ["Rash|none"]
    assert page.select("tr.cited td")[1]["colspan"] == "2"


def test_a_long_source_is_shown_around_the_place_and_more_of_it_on_demand() -> None:
    lines = [f"Sentence number {n}." for n in range(1000)]
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    long = replace(source(text), blocks=tuple(blocks))
    start = text.index(lines[500])
    place = Place(start, start + len(lines[500]), near=100)
    page = soup(reading_html(long, place, 1))
    assert len(page.select(".reader-text p")) < 20
    assert len(page.select("button.more")) == 2
    wide = soup(reading_html(long, place._replace(near=MOST), 1))
    assert len(wide.select(".reader-text p.paragraph")) == 1000
    assert not wide.select("button.more")


def test_a_source_that_is_gone_still_shows_the_words_that_were_cited() -> None:
    page = soup(unreadable_html(citation(), "It is gone."))
    assert page.select("mark")[0].get_text() == QUOTE
    assert "It is gone." in page.get_text()


@given(st.text(min_size=1))
def test_no_text_of_a_source_becomes_markup(text: str) -> None:
    made = replace(source(text, title=text), blocks=(Block("paragraph", 0, len(text)),))
    html = reading_html(made, Place(0, 1), 1)
    assert_harmless(html.replace(' tabindex="0"', ""))
    assert HOSTILE not in reading_html(source(f"{HOSTILE} {TEXT}"), Place(0, 5), 1)
