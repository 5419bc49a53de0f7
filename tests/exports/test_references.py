"""Sources are numbered over the whole conversation and told in the Vancouver style."""

from __future__ import annotations

import pytest
from export_support import NOTICE, answer, citation, conversation, row

from iscalimab_qa.exports.names import person
from iscalimab_qa.exports.references import Place, numbers, quotations, references, vancouver
from iscalimab_qa.sources.values import SourceMetadata


def told(metadata: SourceMetadata | None = None, **changed: object) -> str:
    known = {"fern2020": metadata} if metadata else {}
    return vancouver(references(conversation(answer("?", citation(**changed)), **known))[0])


def test_sources_are_numbered_in_the_order_of_their_first_citation() -> None:
    first = answer("One?", citation(1, "moss"), citation(2, "fern"))
    second = answer("Two?", citation(1, "reed"), citation(2, "moss"))
    talk = conversation(first, second)
    assert [reference.source_id for reference in references(talk)] == ["moss", "fern", "reed"]
    assert numbers(talk) == {
        Place(0, 1): 1,
        Place(0, 2): 2,
        Place(1, 1): 3,
        Place(1, 2): 1,  # the source that the first answer cited first
    }


def test_one_source_cited_twice_is_one_reference_with_two_quotations() -> None:
    talk = conversation(answer("?", citation(1), row(2)))
    assert len(references(talk)) == 1
    assert [(q.number, q.citation.marker) for q in quotations(talk)] == [(1, 1), (1, 2)]


def test_what_only_a_notice_cites_is_a_reference_too() -> None:
    talk = conversation(answer("?", citation(1), notices=(NOTICE,), claims=()))
    assert [(q.claim, q.number) for q in quotations(talk)] == [("", 1)]


def test_a_paper_is_told_with_volume_issue_pages_doi_and_pmid() -> None:
    known = SourceMetadata("", authors=("Fern A", "Moss B"), container="J Invent Med 20(2):463-473")
    assert told(known, title="Fernumab", doi="10.1000/fern", pmid="12345678") == (
        "Fern A, Moss B. Fernumab. J Invent Med. 2020;20(2):463-473. doi: 10.1000/fern. "
        "PMID: 12345678."
    )


def test_a_page_is_told_with_its_date_and_address() -> None:
    known = SourceMetadata("", authors=("Fern Pharma",), container="Press release")
    assert told(
        known, title="Is it over?", published="2021-09-03", url="https://fern.example/a"
    ) == (
        "Fern Pharma. Is it over? Press release. 2021 Sep 3. "
        "Available from: https://fern.example/a."
    )


def test_an_address_that_only_repeats_the_doi_is_left_out() -> None:
    assert "Available" not in told(doi="10.1000/a", url="https://doi.org/10.1000/a")


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (tuple("ABCDEF"), "A, B, C, D, E, F."),
        (tuple("ABCDEFG"), "A, B, C, D, E, F, et al."),
        (("A", "B", "et al.", "Z"), "A, B, et al."),
        (("et al.",), "Fernumab in arthritis (fern2020)."),
    ],
)
def test_more_than_six_authors_end_in_et_al(authors: tuple[str, ...], expected: str) -> None:
    assert told(SourceMetadata("", authors=authors)).startswith(expected)


def test_a_digest_is_cited_as_summarised_here() -> None:
    assert told(title="Fernumab", text_kind="digest", read_from="abstract") == (
        "Fernumab. 2020 Mar, as summarised in this library from its abstract."
    )


def test_a_source_that_has_left_the_library_is_told_from_its_citation() -> None:
    assert told(None, title="Fernumab", published=None, doi="10.1000/x") == (
        "Fernumab. doi: 10.1000/x."
    )


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Cornet Allard C", "Cornet Allard", "C"),
        ("van Daele PLA", "van Daele", "PLA"),
        ("Moss, Brenda", "Moss", "Brenda"),
    ],
)
def test_a_person_is_split_into_family_and_given(name: str, family: str, given: str) -> None:
    assert person(name) == (family, given)


@pytest.mark.parametrize("name", ["Fern Pharma", "Fern, Moss and Co"])
def test_a_group_is_no_person(name: str) -> None:
    assert person(name) is None
