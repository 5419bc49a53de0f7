"""The header: what is asked, how old the library is, how its programme stands."""

from __future__ import annotations

from bs4 import BeautifulSoup
from stand_in_chat import StandIn

from iscalimab_qa.web.header import Standing, header_html, standing, with_programme


def text(told: Standing) -> str:
    return BeautifulSoup(header_html(told), "html.parser").get_text(" ")


def test_the_header_says_how_old_the_library_is_and_that_it_is_no_advice() -> None:
    told = text(standing(StandIn()))  # type: ignore[arg-type]
    assert "Library as of 2025-11-22, 40 sources." in told
    assert "A reading aid, not medical advice." in told
    assert "Warming up" not in told


def test_the_programmes_line_is_text_whatever_it_holds() -> None:
    html = header_html(with_programme(StandIn()))  # type: ignore[arg-type]
    assert "&lt;b&gt;for good&lt;/b&gt;" in html


def test_a_library_that_is_not_warm_yet_says_so() -> None:
    assert "Warming up" in text(Standing("2025-11-22", 40, is_warm=False))


def test_one_source_is_not_called_sources() -> None:
    assert "1 source." in text(Standing("2025-11-22", 1))
    assert "12,000 sources." in text(Standing("2025-11-22", 12_000))
