"""The evidence as HTML: one card a citation, with its exact words and where they stand.

A digest is our own summary: its card says so. What is ours, digest or curator's note, is
never set in quotation marks.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.units import ContextRole, RowCell
from iscalimab_qa.web.escape import inline
from iscalimab_qa.web.links import Link, links

NO_ANSWER_YET = (
    '<section class="panel empty"><h2>Evidence</h2><p>The sources of an answer appear here, '
    "numbered as its markers, each with the exact words that the answer rests on.</p></section>"
)
"""The panel before the first answer."""

_NO_CITATIONS = '<p class="none">Nothing in this library was close enough to cite.</p>'


def evidence_html(answer: Answer, turn: int) -> str:
    """Return the evidence panel of an answer, a card a citation in the order of the markers.

    Args:
        answer: The answer whose citations are shown.
        turn: Which answer of the conversation it is, from 0; the page's script finds out from
            it whether the panel belongs to the marker that was clicked.
    """
    cards = "".join(card_html(citation) for citation in answer.citations)
    return (
        f'<section class="panel" data-turn="{turn}"><h2>Evidence</h2>'
        f'<p class="asked-for">for “{inline(answer.question)}”</p>'
        f"{cards or _NO_CITATIONS}</section>"
    )


def card_html(citation: Citation) -> str:
    """Return one citation as a card: title, badges, the words, their place, links.

    The card's id is `cite-N` for marker N. It can take the focus but is no stop of the tab
    key: its marker leads to it.
    """
    n = citation.marker
    return (
        f'<article class="card" id="cite-{n}" tabindex="-1" aria-label="Citation {n}">'
        f'<h3><span class="number">{n}</span>{_heading(citation)}</h3>'
        f"{_badges(citation)}{_words(citation)}{_place(citation)}{_links(links(citation))}"
        "</article>"
    )


def _heading(citation: Citation) -> str:
    title = f"<cite>{inline(citation.title)}</cite>"
    if citation.text_kind != "digest":
        return title
    read_from = f"; read from: {inline(citation.read_from)}" if citation.read_from else ""
    return f"<small>Our summary of</small> {title}<small>{read_from}</small>"


def _badges(citation: Citation) -> str:
    tier = "unclassified" if citation.tier is None else f"tier {citation.tier}"
    meaning = "Strength of evidence: 1 is a randomised trial in a journal, 10 a vendor's page"
    linked = {link.label for link in links(citation)}
    plain = [name for name in citation.trials if name not in linked]
    badges = [
        f'<span class="badge kind">{inline(citation.kind.replace("_", " "))}</span>',
        f'<span class="badge tier" title="{meaning}">{tier}</span>',
        *(f'<span class="badge">{inline(name)}</span>' for name in plain),
    ]
    if citation.published:
        badges.append(f"<span>published {inline(citation.published)}</span>")
    return f'<p class="badges">{" ".join(badges)}</p>'


def _words(citation: Citation) -> str:
    """Show a row as its table; a sentence in its source's words, quoted where it is theirs."""
    if citation.cells:
        return _paragraphs(_context(citation, "lead")) + _table(citation)
    read_with = _paragraphs(piece.quote for piece in citation.context)
    words = f'<span class="words">{html.escape(citation.quote)}</span>'
    if citation.text_kind == "digest" or citation.kind == "note":
        return f'{read_with}<p class="summary">{words}</p>'
    return f"{read_with}<blockquote>“{words}”</blockquote>"


def _table(citation: Citation) -> str:
    """Show the cited row as a table of two columns: the head of each column, and its cell.

    Turned so, it needs no scrolling on a telephone, and a remark in the last column stays in
    sight of its figure. Cells come with their own heads, so an empty or merged cell never
    moves a figure under another arm's head.
    """
    caption = "".join(
        f"<caption>{inline(text)}</caption>" for text in _context(citation, "caption")
    )
    groups = "".join(
        f'<tr class="group"><th colspan="2">{inline(text)}</th></tr>'
        for text in _context(citation, "group")
    )
    headed = any(cell.head for cell in citation.cells)
    lines = "".join(_line(cell, headed=headed) for cell in citation.cells)
    return f"<table>{caption}<tbody>{groups}{lines}</tbody></table>"


def _line(cell: RowCell, *, headed: bool) -> str:
    head = f'<th scope="row">{inline(cell.head)}</th>' if headed else ""
    return f'<tr>{head}<td class="words">{inline(cell.text)}</td></tr>'


def _context(citation: Citation, role: ContextRole) -> Iterator[str]:
    return (piece.quote for piece in citation.context if piece.role == role)


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f'<p class="read-with">{inline(text)}</p>' for text in texts)


def _place(citation: Citation) -> str:
    page = f"page {citation.page}" if citation.page is not None else ""
    place = " · ".join(filter(None, [inline(citation.section), page]))
    return f'<p class="place">{place}</p>' if place else ""


def _links(found: Iterable[Link]) -> str:
    anchors = " ".join(
        f'<a href="{html.escape(link.address)}" target="_blank" rel="noopener noreferrer">'
        f"{inline(link.label)}</a>"
        for link in found
    )
    return f'<p class="links">{anchors}</p>' if anchors else ""
