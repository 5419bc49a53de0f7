"""A pasted text is checked sentence by sentence, within limits that the server holds."""

from __future__ import annotations

from typing import Any, cast

import pytest
from bs4 import BeautifulSoup
from stand_in_chat import HOSTILE, citation

from iscalimab_qa.answering.checking import CheckedClaim
from iscalimab_qa.assistant import Assistant
from iscalimab_qa.evidence.checks.findings import Finding
from iscalimab_qa.evidence.values import Checks
from iscalimab_qa.settings import Settings
from iscalimab_qa.web import check_view
from iscalimab_qa.web.check_html import Sentence, checked_html
from iscalimab_qa.web.check_view import MOST_CHARS, MOST_SENTENCES, checking


class Checker:
    """Checks as `Assistant` does, and finds nothing."""

    settings = Settings()
    library_date = "2025-11-22"

    def __init__(self) -> None:
        self.checked: list[str] = []

    def check(self, claim: str) -> CheckedClaim:
        self.checked.append(claim)
        if "breaks" in claim:
            raise RuntimeError("a secret of the server")
        return CheckedClaim(claim, "not_found")


def shown(text: str, checker: Any = None) -> list[str]:
    return list(checking(cast(Assistant, checker or Checker()), text))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_every_sentence_is_checked_in_its_order_and_the_reader_sees_it_go_on() -> None:
    checker = Checker()
    pages = shown("One is\nwrapped. Two is not.\n\nThree. Four. Five.", checker)
    assert checker.checked == ["One is wrapped.", "Two is not.", "Three.", "Four.", "Five."]
    assert "Checked 0 of 5 sentences" in pages[0]
    assert "Checked 4 of 5 sentences" in pages[2]
    assert "Checked" not in pages[-1]
    claims = soup(pages[-1]).select(".claim")
    assert [claim.text for claim in claims] == checker.checked


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (" \n", "nothing to check"),
        ("a" * (MOST_CHARS + 1), "20,001 characters"),
        ("So it is. " * (MOST_SENTENCES + 1), "201 sentences"),
    ],
)
def test_what_is_too_much_or_nothing_is_refused_and_not_checked(text: str, why: str) -> None:
    checker = Checker()
    (page,) = shown(text, checker)
    assert why in page
    assert checker.checked == []


def test_a_sentence_that_fails_is_told_so_and_the_others_go_on() -> None:
    page = shown("This breaks. This does not.")[-1]
    assert [each.text for each in soup(page).select(".found")] == [
        check_view.NOT_CHECKED,
        "Not in this library",
    ]
    assert "secret" not in page


def test_a_sentence_longer_than_a_question_may_be_is_not_checked() -> None:
    checker = Checker()
    page = shown("a" * 2_001, checker)[-1]
    assert "not checked: it has 2001 characters, at most 2000 are" in page
    assert checker.checked == []


def test_a_contradiction_names_its_check_and_shows_what_says_otherwise() -> None:
    finding = Finding("figures", "42%", "42% is not in the cited words")
    claim = CheckedClaim(
        "It was 42%.", "contradicted", Checks(figures="failed"), (citation(),), findings=(finding,)
    )
    page = soup(checked_html([Sentence(claim)], 1, "2025-11-22"))
    assert page.select_one(".found") is not None
    assert "Contradicted in a figure" in page.text
    assert "42% is not in the cited words" in page.text
    details = page.select_one("details")
    assert details is not None
    assert details.has_attr("open")
    assert "Examplumab blocks the receptor" in details.text


def test_the_tally_counts_the_verdicts_in_words() -> None:
    told = [Sentence(CheckedClaim("A.", "supported")), Sentence(CheckedClaim("B.", "not_found"))]
    tally = soup(checked_html(told, 2, "2025-11-22")).select_one(".tally")
    assert tally is not None
    assert tally.text == "1 supported 1 not in this library"


def test_a_pasted_script_is_text() -> None:
    hostile = CheckedClaim(HOSTILE, "partial", unsupported=(HOSTILE,), note=HOSTILE)
    page = checked_html([Sentence(hostile)], 1, HOSTILE)
    assert not soup(page).find_all("img")
    assert HOSTILE in soup(page).text
