"""RIS and nbib say of a document what front matter would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscalimab_qa.sources.citation_files import Reference, is_citation_name, read_citations

RIS = """TY  - JOUR
AU  - Example, Ann
AU  - Other, Ben
TI  - Examplumab in arthritis:
 a randomised trial
T2  - Journal of Invented Results
PY  - 2020/03/14
DO  - 10.1000/example.2020
UR  - https://www.example.org/article
N1  - PMID: 12345678
AB  - Registered as NCT01234567.
ER  -

TY  - NEWS
T1  - Examplumab approved
Y1  - 2021
ER  -
"""

NBIB = """PMID- 12345678
OWN - NLM
TI  - Examplumab in arthritis: a randomised
      trial.
LID - 10.1000/example.2020 [doi]
LID - S0000-0000(20)00000-1 [pii]
FAU - Example, Ann
AU  - Example A
FAU - Other, Ben
AU  - Other B
PT  - Journal Article
PT  - Randomized Controlled Trial
DP  - 2020 Mar 14
TA  - J Invent Res
JT  - Journal of invented results
SI  - ClinicalTrials.gov/NCT01234567

PMID- 87654321
TI  - A second one.
DP  - 2019 Spring
PT  - Review
"""

EXPECTED = {
    "title": "Examplumab in arthritis: a randomised trial",
    "authors": ("Example, Ann", "Other, Ben"),
    "published": "2020-03-14",
    "doi": "10.1000/example.2020",
    "pmid": "12345678",
    "trials": ("NCT01234567",),
}


@pytest.mark.parametrize("text", [RIS, NBIB], ids=["ris", "nbib"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_both_forms_tell_the_same_of_a_paper(text: str, end: str) -> None:
    first, _ = read_citations(text.replace("\n", end).encode())
    assert {name: getattr(first, name) for name in EXPECTED} == EXPECTED


def test_each_entry_is_one_reference() -> None:
    assert [one.title for one in read_citations(RIS.encode())][1] == "Examplumab approved"
    assert [one.published for one in read_citations(NBIB.encode())] == ["2020-03-14", "2019"]


def test_a_kind_is_told_only_where_the_file_says_it_for_certain() -> None:
    # A JOUR may be anything; PubMed's publication types are assigned by its curators.
    assert [one.kind for one in read_citations(RIS.encode())] == [None, "news"]
    assert [one.kind for one in read_citations(NBIB.encode())] == ["randomised_trial", "review"]


def test_a_date_that_is_in_no_calendar_is_cut_to_what_is() -> None:
    ris = "TY  - JOUR\nTI  - A\nPY  - {}\nER  - \n"
    dates = {"2020/02/31": "2020-02", "2020/13/01": "2020", "2020///": "2020", "soon": ""}
    for written, read in dates.items():
        assert read_citations(ris.format(written).encode())[0].published == read


def test_the_end_mark_of_the_last_entry_may_be_missing() -> None:
    assert read_citations(b"TY  - JOUR\nTI  - Cut short") == (Reference(title="Cut short"),)


def test_markup_and_control_characters_do_not_survive() -> None:
    (one,) = read_citations(b"TY  - JOUR\nTI  - A <i>new</i>\x1b[31m drug\nER  - ")
    assert one.title.isprintable()


@given(st.binary(max_size=400))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    read_citations(data)
    read_citations(b"TY  - JOUR\nTI  - A\n" + data)
    read_citations(b"PMID- 1\nTI  - A\n" + data)


def test_a_citation_file_is_told_by_its_name() -> None:
    assert is_citation_name("Paper.RIS")
    assert is_citation_name("pubmed.nbib")
    assert not is_citation_name("paper.pdf")
