"""The title of a document that marks none."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscalimab_qa.settings import Settings
from iscalimab_qa.sources import read_source
from iscalimab_qa.sources.plain import read_plain
from iscalimab_qa.sources.titles import names_kind_of_document, title_of_lines

TEXT = "The antibody binds its receptor on B cells. It was given to forty people with gout."


def title_of(text: str) -> str | None:
    return title_of_lines(read_plain(text))


@pytest.mark.parametrize("first", ["Trial ID: X1", "NCT Number: NCT00000001"])
def test_a_record_is_called_what_its_field_says(first: str) -> None:
    record = (
        f"{first}\nOfficial Title: A Study\nStudy Title: Pelvanimab in Gout\nPhase: 2\n\n{TEXT}"
    )
    assert title_of(record) == "Pelvanimab in Gout"


def test_a_record_without_such_a_field_has_no_title_of_its_own() -> None:
    assert title_of(f"Trial ID: X1\nSponsor: Osterby\nPhase: 2\n\n{TEXT}") is None


def test_the_longest_line_above_the_text_of_an_abstract_is_its_title() -> None:
    title = "Pelvanimab against tophi in long-standing gout: the STONE-1 trial"
    head = f"Gout Days 2031, Oslo, 3-5 May 2031\nPoster P-12\n\n{title}\n\nA. Berg (1), C. Dahl (2)"
    assert title_of(f"{head}\n\nMethods: {TEXT}") == title


@pytest.mark.parametrize("above", ["J Inv Med. 2031;4(2):11-19", "Date: 2031-03-02", TEXT])
def test_lines_that_are_no_title_are_not_taken_for_one(above: str) -> None:
    assert title_of(f"{above}\n\n{TEXT}") is None


def test_a_page_is_called_what_it_is_about_and_not_what_kind_of_text_it_is() -> None:
    page = (
        "<html><head><title>Package leaflet: Pelvan 30 mg</title></head><body>"
        f"<h1>Package leaflet: Information for the user</h1><p>{TEXT}</p></body></html>"
    )
    source = read_source(Path("pelvan.html"), page.encode(), Settings().reading)
    assert source.metadata.title == "Package leaflet: Pelvan 30 mg"


@pytest.mark.parametrize("heading", ["Press release: gout trial succeeds", "Pelvan 30 mg tablets"])
def test_a_heading_with_a_subject_is_more_than_a_kind_of_document(heading: str) -> None:
    assert not names_kind_of_document(heading)


ARTICLE = "Teat sealants after five winters: what a network of thirty farms has seen"


@pytest.mark.parametrize(
    "above",
    [
        "Skip to main content\n\nHome > Cattle > Udders\n\n",
        "NORTHFELD VETERINARY TIMES\n\nSubscribe | Log in | Search\n\n",
        "Orrin Dairy Institute\n\nWe use cookies to make this site work. Accept all cookies\n\n",
    ],
)
def test_the_name_of_a_site_is_not_the_title_of_what_stands_on_it(above: str) -> None:
    assert title_of(f"{above}{ARTICLE}\n\nBy Clara Oyelaran\n\n12 May 2033\n\n{TEXT}") == ARTICLE


def test_a_short_title_stands_where_nothing_longer_heads_the_text() -> None:
    assert title_of(f"Teat sealants in cattle\n\nBy Clara Oyelaran\n\n{TEXT}") is None


def test_a_leaflet_is_called_by_its_medicine() -> None:
    above = "Package leaflet: Information for parents and carers"
    leaflet = f"{above}\n\nPelvan 30 mg film coated tablets\n\n{TEXT}"
    assert title_of(leaflet) == "Pelvan 30 mg film coated tablets"


def test_an_article_in_the_archives_format_is_called_by_its_own_title() -> None:
    page = (
        "<article><front><title-group><article-title>Pelvanimab in gout</article-title>"
        f"</title-group></front><body><p>{TEXT}</p></body></article>"
    )
    source = read_source(Path("pelvan.html"), page.encode(), Settings().reading)
    assert source.metadata.title == "Pelvanimab in gout"


@pytest.mark.parametrize(
    "masthead",
    ["Annals of Gout Research Vol. 7 (2033), article 0158", "Gout Letters and Reports, Issue 12"],
)
def test_a_journals_head_is_not_the_title_of_its_article(masthead: str) -> None:
    title = "Accuracy of a handheld probe in the hands of nurses for suspected gout of the foot"
    assert title_of(f"{masthead}\n\nOpen access. Peer reviewed\n\n{title}\n\n{TEXT}") == title
