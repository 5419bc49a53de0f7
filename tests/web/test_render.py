"""Values become HTML in which nothing that was written elsewhere is more than text."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from stand_in_chat import HOSTILE, answer, citation, hostile_answer, row_citation

from iscalimab_qa.answering.values import VERDICT_LABELS, Verdict
from iscalimab_qa.evidence.values import Checks, Claim, Notice
from iscalimab_qa.units import ContextQuote, RowCell
from iscalimab_qa.web.backing import Backing, TrialTold
from iscalimab_qa.web.cards import card_html, evidence_html
from iscalimab_qa.web.links import links, registry_address
from iscalimab_qa.web.messages import (
    NOTICE_LABELS,
    answer_html,
    failure_html,
    notices_html,
    question_html,
)

OUR_TAGS = set(
    "section h2 article h3 p span small cite blockquote strong a br div table caption "
    "thead tbody tr th td mark button".split()
)
OUR_ATTRIBUTES = set(
    "class id href target rel title tabindex role aria-label colspan scope data-turn "
    "type value data-marker aria-modal aria-labelledby".split()
)


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def text_of(html: str, selector: str) -> str:
    found = soup(html).select_one(selector)
    assert found is not None, f"no {selector} in {html}"
    return found.get_text()


def assert_harmless(html: str) -> None:
    for tag in soup(html).find_all(True):
        assert tag.name in OUR_TAGS
        assert set(tag.attrs) <= OUR_ATTRIBUTES
        href = str(tag.get("href", "#"))
        assert href.startswith("#cite-") or urlsplit(href).scheme in {"", "http", "https"}


# --- an answer in the conversation --------------------------------------------------


@pytest.mark.parametrize("verdict", ["answered", "partial", "not_found"])
def test_an_answer_says_its_verdict_as_people_are_told_it(verdict: Verdict) -> None:
    html = answer_html(answer("?", verdict=verdict))
    assert text_of(html, ".verdict") == VERDICT_LABELS[verdict]


def test_each_claim_ends_with_the_markers_that_lead_to_its_cards() -> None:
    claim = Claim("Two sources say so.", (1, 3), Checks())
    html = answer_html(answer("?", claims=(claim,)))
    assert (
        'Two sources say so. <a class="marker" href="#cite-1">[1]</a>'
        '<a class="marker" href="#cite-3">[3]</a></p>'
    ) in html


def test_other_sources_that_say_the_same_are_linked_behind_what_they_are() -> None:
    claim = Claim("It rained.", (1, 2, 3, 4), Checks(), agreeing=(2, 3), retelling=(4,))
    html = answer_html(answer("?", claims=(claim,)))
    told = "It rained. [1] (also [2], [3]; also reported in [4])"
    assert text_of(html, ".claim") == told
    assert [a["href"] for a in soup(html).select(".claim a")] == [f"#cite-{n}" for n in range(1, 5)]


def test_the_opening_comes_before_the_claims_and_carries_no_marker() -> None:
    html = answer_html(answer("?", verdict="partial", opening="Nothing direct."))
    paragraphs = [p.get_text() for p in soup(html).select(".opening, .claim")]
    assert paragraphs[0] == "Nothing direct."


def test_the_standalone_question_is_shown_only_where_it_differs_from_what_was_asked() -> None:
    asked = answer("And with  placebo?")
    same = replace(asked, standalone_question="and with placebo?")
    other = replace(asked, standalone_question="What was the change with placebo?")
    assert "Understood as" not in answer_html(same)
    assert text_of(answer_html(other), ".standalone") == (
        "Understood as: What was the change with placebo?"
    )


def test_a_notice_is_headed_cited_and_stands_above_the_claims() -> None:
    notice = Notice("trial_status", "The trial was terminated.", (2,))
    html = answer_html(answer("?", notices=(notice,)))
    assert text_of(html, ".notice") == "How the trial ended The trial was terminated. [2]"
    assert html.index("notice") < html.index("claim")
    assert text_of(notices_html([notice]), ".notice a") == "[2]"


def test_every_kind_of_notice_has_a_heading() -> None:
    from typing import get_args

    from iscalimab_qa.evidence.values import NoticeKind

    assert set(NOTICE_LABELS) == set(get_args(NoticeKind))


@pytest.mark.parametrize(
    "written",
    [HOSTILE, "[1] *a* _b_ | c | # d `e` ~~f~~", "<script>x</script>", "a & b &amp; c", "$$x$$"],
)
def test_what_a_passage_holds_appears_as_it_is_written(written: str) -> None:
    claim = Claim(written, (1,), Checks())
    html = answer_html(answer("?", claims=(claim,)))
    assert text_of(html, ".claim") == f"{written} [1]"


def test_a_message_is_one_line_because_markdown_begins_again_after_a_blank_one() -> None:
    asked = "first\n\n# second\r\n*third*\x0bfourth\u2028fifth"
    html = question_html(asked)
    assert html.splitlines() == [html]
    assert html.count("<br>") == 5  # one for each line break, the blank line has two
    assert failure_html("one\n*two*") == failure_html("one *two*")


@given(st.text())
def test_no_text_of_an_answer_becomes_markup_or_breaks_the_line(text: str) -> None:
    said = answer(
        text,
        standalone_question=f"so: {text}",
        opening=text,
        claims=(Claim(text, (1,), Checks()),),
        notices=(Notice("conflict", text, (1,)),),
    )
    html = answer_html(said)
    assert len(html.splitlines()) == 1
    assert_harmless(html)
    assert text_of(html, ".claim").split() == [*text.split(), "[1]"]
    assert_harmless(question_html(text))
    assert len(question_html(text).splitlines()) == 1


# --- the evidence -------------------------------------------------------------------


def test_the_panel_has_a_card_a_citation_and_says_which_question_it_is_for() -> None:
    html = evidence_html(answer("How did it <change>?"), turn=3)
    assert [card["id"] for card in soup(html).select(".card")] == ["cite-1", "cite-2"]
    assert text_of(html, ".asked-for") == "for “How did it <change>?”"
    assert soup(html).select_one(".panel")["data-turn"] == "3"  # type: ignore[index]


def test_an_answer_without_citations_says_that_nothing_was_close_enough() -> None:
    html = evidence_html(answer("?", verdict="not_found", claims=(), citations=()), turn=0)
    assert not soup(html).select(".card")
    assert "close enough to cite" in text_of(html, ".none")


def test_the_words_of_an_original_are_quoted_exactly() -> None:
    html = card_html(citation(quote="It  fell by 63.1 %\n(n=39)."))
    assert text_of(html, ".words") == "It  fell by 63.1 %\n(n=39)."
    assert text_of(html, "blockquote") == "“It  fell by 63.1 %\n(n=39).”"


@pytest.mark.parametrize("quote", [citation().quote, 'It was called "promising" there.'])
def test_a_digest_is_called_our_summary_and_gets_no_quotation_marks(quote: str) -> None:
    html = card_html(citation(text_kind="digest", read_from="abstract", quote=quote))
    assert text_of(html, "h3").endswith(
        "Our summary of Examplumab in arthritis: a randomised trial; read from: abstract"
    )
    assert not soup(html).select("blockquote, q")
    assert text_of(html, ".summary") == quote


def test_a_curators_note_is_not_quoted_as_if_a_paper_said_it() -> None:
    assert not soup(card_html(citation(kind="note"))).select("blockquote")


def test_a_card_shows_kind_tier_year_and_place() -> None:
    html = card_html(citation(page=4))
    badges = [badge.get_text() for badge in soup(html).select(".badge")]
    assert badges == ["randomised trial", "tier 1"]
    assert text_of(html, ".byline") == "2020"
    assert text_of(html, ".place") == "Discussion > Mechanism · page 4"


def test_a_source_without_a_tier_is_called_unclassified() -> None:
    assert text_of(card_html(citation(tier=None)), ".tier") == "unclassified"


@pytest.mark.parametrize(
    ("kind", "tier", "told"),
    [
        ("randomised_trial", 1, "tier 1"),
        ("registry_record", 2, "tier 2: registry results"),
        ("web_page", 9, "tier 9: undated web page"),
        ("open_label_trial", 3, "tier 3: open-label or post hoc"),
        # A digest made from an abstract is no stronger than a registry's results.
        ("randomised_trial", 2, "tier 2: ranks with registry results"),
        ("document", None, "unclassified"),
    ],
)
def test_a_tier_is_told_in_words_unless_the_kind_says_it_already(
    kind: str, tier: int | None, told: str
) -> None:
    assert text_of(card_html(citation(kind=kind, tier=tier)), ".tier") == told


def test_a_card_names_the_first_authors_and_where_it_appeared() -> None:
    behind = Backing(("Ash A", "Birch B", "Cedar C", "Dogwood D"), "Journal of Examples 12:45")
    byline = text_of(card_html(citation(), behind), ".byline")
    assert byline == "Ash A, Birch B, Cedar C, et al. · Journal of Examples 12:45 · 2020"


def test_a_year_that_the_journal_names_is_not_told_twice() -> None:
    byline = text_of(card_html(citation(), Backing(("Ash A",), "Congress 2020")), ".byline")
    assert byline == "Ash A · Congress 2020"


def test_a_card_tells_how_its_trial_ended_and_marks_one_that_was_stopped() -> None:
    stopped = TrialTold("EXAMPLE-1 (NCT01234567)", "phase 2, arthritis", "terminated, 2021", True)
    html = card_html(citation(), Backing(trials=(stopped,)))
    assert text_of(html, ".trial.stopped") == (
        "EXAMPLE-1 (NCT01234567) phase 2, arthritis: terminated, 2021"
    )


def test_the_sentences_around_stand_outside_the_quotation_marks_and_the_highlight() -> None:
    html = card_html(citation(quote="It worked."), Backing(before="We tried.", after="We went."))
    assert text_of(html, "blockquote") == "We tried. “It worked.” We went."
    assert text_of(html, "mark") == "It worked."


def test_the_button_of_a_card_says_which_citation_it_opens() -> None:
    button = soup(card_html(citation(3))).select_one("button.open")
    assert button is not None
    assert (button["data-marker"], button["aria-label"]) == ("3", "Read citation 3 in its source")


def test_the_copy_button_holds_the_plain_text_line_by_line_on_one_line_of_html() -> None:
    plain = 'It worked. [1]\n\n1. "A" & <b>.'
    html = answer_html(answer("?"), plain)
    button = soup(html).select_one("button.copy")
    assert button is not None
    assert button["value"] == plain
    assert len(html.splitlines()) == 1
    assert not soup(answer_html(answer("?"))).select("button")


def test_a_trial_without_a_registry_number_is_a_badge_and_no_link() -> None:
    html = card_html(citation(trials=("EXAMPLE-1", "NCT01234567")))
    assert "EXAMPLE-1" in text_of(html, ".badges")
    assert "NCT01234567" in text_of(html, ".links")


def test_a_row_is_shown_as_a_table_with_caption_group_and_each_cell_beside_its_head() -> None:
    html = card_html(row_citation())
    assert text_of(html, "caption") == "Week 12"
    assert text_of(html, ".group") == "Primary endpoint"
    lines = [line.find_all(["th", "td"]) for line in soup(html).select("tr:not(.group)")]
    # The label's column has no head: without it, each figure would move one arm to the left.
    assert [[cell.get_text() for cell in line] for line in lines] == [
        ["", "Change in joint score"],
        ["Examplumab (n=40)", "-6.1 (95% CI -8.3 to -3.9)"],
        ["Placebo (n=20)", "-2.4"],
    ]


def test_a_row_of_a_table_without_heads_is_a_table_of_its_cells() -> None:
    html = card_html(row_citation(cells=(RowCell("", "Response"), RowCell("", "63.1%"))))
    assert not soup(html).select("tr:not(.group) th")
    assert [cell.get_text() for cell in soup(html).select("td")] == ["Response", "63.1%"]


def test_a_row_that_lost_its_cells_is_shown_as_it_stands_with_its_heads_above() -> None:
    html = card_html(row_citation(cells=(), text_kind="original"))
    assert not soup(html).select("table")
    assert text_of(html, ".words") == row_citation().quote
    read_with = [line.get_text() for line in soup(html).select(".read-with")]
    assert read_with == ["Week 12", "Primary endpoint", "Examplumab (n=40)", "Placebo (n=20)"]


def test_the_line_that_introduces_a_list_stands_above_the_item() -> None:
    lead = ContextQuote("lead", 0, 20, "Adverse events were:")
    html = card_html(citation(context=(lead,)))
    assert text_of(html, ".read-with") == "Adverse events were:"
    assert html.index("read-with") < html.index("blockquote")


@given(st.text(), st.sampled_from(["original", "digest"]))
def test_no_text_of_a_source_becomes_markup(text: str, text_kind: str) -> None:
    context = (ContextQuote("caption", 0, 1, text), ContextQuote("group", 0, 1, text))
    fields = {"title": text, "section": text, "kind": text, "published": text, "url": text}
    names = {"doi": text, "pmid": text, "trials": (text,), "read_from": text}
    told = TrialTold(text, text, text, stopped=True)
    behind = Backing((text,), text, (told,), before=text, after=text)
    for make in (citation, row_citation):
        cited = make(1, quote=text, context=context, text_kind=text_kind, **fields, **names)
        html = card_html(cited, behind)
        assert_harmless(html)
        assert text_of(html, "cite").split() == text.split()  # the parser folds mere whitespace


def test_a_hostile_title_is_only_text() -> None:
    html = evidence_html(hostile_answer("hostile"), turn=0)
    assert HOSTILE in text_of(html, "cite")
    assert not soup(html).select("img, script, .links a")
    assert_harmless(html)


# --- links --------------------------------------------------------------------------


def addresses(**changed: object) -> list[str]:
    bare: dict[str, object] = {"doi": None, "pmid": None, "trials": (), "url": None}
    return [link.address for link in links(citation(**{**bare, **changed}))]


def test_identifiers_become_addresses_in_the_order_doi_pubmed_registry_page() -> None:
    assert [link.address for link in links(citation())] == [
        "https://doi.org/10.1000/example.2020",
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
        "https://clinicaltrials.gov/study/NCT01234567",
        "https://www.example.org/article",
    ]


def test_a_page_on_a_host_that_is_linked_already_is_not_linked_again() -> None:
    found = addresses(pmid="12345678", url="https://pubmed.ncbi.nlm.nih.gov/12345678/?x=1")
    assert found == ["https://pubmed.ncbi.nlm.nih.gov/12345678/"]


@pytest.mark.parametrize(
    "changed",
    [
        {"doi": "doi:10.1000/x"},
        {"doi": '10.1000/"onclick="x'},
        {"doi": "10.1000/a b"},
        {"pmid": "12x"},
        {"pmid": "0"},
        {"trials": ("NCT0123456",)},
        {"trials": ("NCT01234567/../..",)},
        {"url": "javascript:alert(1)"},
        {"url": "data:text/html,x"},
        {"url": "//example.org/x"},
        {"url": "https:///x"},
        {"url": "https://example.org/a\nb"},
        {"url": "https://[bad"},
    ],
)
def test_what_has_not_the_right_form_is_no_address(changed: dict[str, object]) -> None:
    assert addresses(**changed) == []


def test_a_doi_keeps_its_parentheses_and_has_the_rest_escaped() -> None:
    assert addresses(doi="10.1016/S0140-6736(20)30001-2;é") == [
        "https://doi.org/10.1016/S0140-6736(20)30001-2;%C3%A9"
    ]


def test_a_european_trial_number_leads_to_the_european_register() -> None:
    address = registry_address("2018-004476-35")
    assert address is not None
    assert urlsplit(address).hostname == "www.clinicaltrialsregister.eu"
    assert urlsplit(address).query == "query=2018-004476-35"


def test_links_leave_the_page_in_a_new_tab_without_telling_where_from() -> None:
    for link in soup(card_html(citation())).select(".links a"):
        assert link["target"] == "_blank"
        assert link["rel"] == ["noopener", "noreferrer"]


def test_links_are_escaped_where_they_stand() -> None:
    html = card_html(citation(url="https://example.org/?a=1&b='2'"))
    assert "https://example.org/?a=1&amp;b=&#x27;2&#x27;" in html
