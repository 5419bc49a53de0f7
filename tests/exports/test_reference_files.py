"""References as BibTeX, RIS and CSV, read back by strict readers."""

from __future__ import annotations

import csv
import io

import pytest
from export_support import answer, citation, conversation, read_bibtex, read_ris, row, untex
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.exports.bibtex import bibtex
from iscalimab_qa.exports.citations_table import CITATION_COLUMNS, citations_csv
from iscalimab_qa.exports.references import references
from iscalimab_qa.exports.ris import ris
from iscalimab_qa.exports.tables import as_cell
from iscalimab_qa.exports.text import one_line
from iscalimab_qa.sources.values import SourceMetadata

HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from("{}\\%$#&_~^@,=\"'\n\r\u2028TYER - "), st.characters()),
    max_size=40,
)
PAPER = SourceMetadata(
    "",
    authors=("Fern A", "Moss & Reed Institute", "et al."),
    container="J Invent Med 20(2):463-473",
)
TALK = conversation(
    answer("?", citation(doi="10.1000/a_b%20", text_kind="digest"), row(2, "moss/2021")),
    fern2020=PAPER,
)


def test_bibtex_tells_a_paper_as_an_article() -> None:
    entry = read_bibtex(bibtex(references(TALK)))[0]
    assert entry == {
        "type": "article",
        "key": "fern2020",
        "title": "{Fernumab in arthritis (fern2020)}",
        "author": r"Fern, A and {Moss \& Reed Institute} and others",
        "journal": "J Invent Med",
        "year": "2020",
        "month": "3",
        "volume": "20",
        "number": "2",
        "pages": "463--473",
        "doi": "10.1000/a_b%20",
        "keywords": "NCT01234567",
        "note": "As summarised in this library",
    }


def test_bibtex_keys_are_ascii_and_unique() -> None:
    ids = ("mo ss", "mo-ss", "Mo/ss", "Ünïd", "—")
    talk = conversation(answer("?", *(citation(n, each) for n, each in enumerate(ids, 1))))
    keys = [entry["key"] for entry in read_bibtex(bibtex(references(talk)))]
    assert keys == ["mo-ss", "mo-ss-2", "Mo-ss-3", "Unid", "source"]


@given(HOSTILE, HOSTILE)
def test_no_title_breaks_out_of_its_bibtex_field(title: str, source_id: str) -> None:
    hostile = citation(1, source_id, title=title, url=title, doi=title, published=title)
    known = SourceMetadata("", authors=(title,), container=title)
    talk = conversation(answer("?", hostile), **{source_id: known})
    (entry,) = read_bibtex(bibtex(references(talk)))
    assert untex(entry.get("title", "{}")[1:-1]) == one_line(title)


def test_ris_tells_a_paper_as_a_journal_article() -> None:
    assert read_ris(ris(references(TALK)))[0] == [
        ("TY", "JOUR"),
        ("ID", "fern2020"),
        ("TI", "Fernumab in arthritis (fern2020)"),
        ("AU", "Fern, A"),
        ("AU", "Moss & Reed Institute"),
        ("T2", "J Invent Med"),
        ("PY", "2020"),
        ("DA", "2020/03//"),
        ("VL", "20"),
        ("IS", "2"),
        ("SP", "463"),
        ("EP", "473"),
        ("DO", "10.1000/a_b%20"),
        ("KW", "NCT01234567"),
        ("N1", "As summarised in this library"),
        ("ER", ""),
    ]


@given(HOSTILE)
def test_no_title_adds_a_tag_or_a_record_to_ris(title: str) -> None:
    known = SourceMetadata("", authors=(title,), container=title)
    hostile = citation(title=title, url=title, doi=title, published=title, trials=(title,))
    (record,) = read_ris(ris(references(conversation(answer("?", hostile), fern2020=known))))
    assert [tag for tag, _ in record].count("ER") == 1
    assert dict(record).get("TI", "") == one_line(title)


def test_csv_has_a_row_for_every_quotation() -> None:
    rows = list(csv.DictReader(io.StringIO(citations_csv(TALK))))
    assert list(rows[0]) == CITATION_COLUMNS
    assert [(r["number"], r["claim"], r["quote"]) for r in rows] == [
        ("1", "Claim of fern2020.", "Fernumab blocks the receptor."),
        ("2", "Claim of moss/2021.", "Joint score | -6.1 | -2.4"),
    ]
    assert rows[0]["library_date"] == "2025-11-22"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2 to 3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_a_cell_that_would_be_a_formula_is_kept_text(text: str) -> None:
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-2.8", "+3", "-15.4%", "15.4", "a=b", -2.8, None])
def test_numbers_stay_as_they_are(value: object) -> None:
    assert as_cell(value) == value


@given(HOSTILE)
def test_csv_gives_back_every_title(title: str) -> None:
    (told,) = csv.DictReader(
        io.StringIO(citations_csv(conversation(answer("?", citation(title=title)))))
    )
    assert told["title"].removeprefix("'") == one_line(title).removeprefix("'")
