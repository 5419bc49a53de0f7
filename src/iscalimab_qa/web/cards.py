"""The evidence as HTML: one card a citation, with its exact words and where they stand.

A digest is our own summary: its card says so. What is ours, digest or curator's note, is
never set in quotation marks.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.tiers import tier_label
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.units import ContextRole, RowCell
from iscalimab_qa.web.backing import Backing, TrialTold
from iscalimab_qa.web.escape import inline
from iscalimab_qa.web.links import Link, links

NO_ANSWER_YET = (
    '<section class="panel empty"><h2>Evidence</h2><p>The sources of an answer appear here, '
    "numbered as its markers, each with the exact words that the answer rests on.</p></section>"
)
"""The panel before the first answer."""

AUTHORS_SHOWN = 3
"""Authors named on a card before "et al."."""

_TIER_MEANING = "Strength of evidence: 1 is a randomised trial in a journal, 10 a vendor's page"
_NOTHING_BEHIND = Backing()
_NO_CITATIONS = '<p class="none">Nothing in this library was close enough to cite.</p>'


def evidence_html(answer: Answer, turn: int, backing: Sequence[Backing] = ()) -> str:
    """Return the evidence panel of an answer, a card a citation in the order of the markers.

    Args:
        answer: The answer whose citations are shown.
        turn: Which answer of the conversation it is, from 0; the page's script finds out from
            it whether the panel belongs to the marker that was clicked.
        backing: What stands behind each citation, in their order, where it is known.
    """
    behind = chain(backing, repeat(_NOTHING_BEHIND))
    cards = "".join(map(card_html, answer.citations, behind))
    return (
        f'<section class="panel" data-turn="{turn}"><h2>Evidence</h2>'
        f'<p class="asked-for">for “{inline(answer.question)}”</p>'
        f"{cards or _NO_CITATIONS}</section>"
    )


def card_html(citation: Citation, backing: Backing = _NOTHING_BEHIND) -> str:
    """Return one citation as a card: title, authors, badges, trial, the words, place, links.

    The card's id is `cite-N` for marker N. It can take the focus but is no stop of the tab
    key: its marker leads to it, and its buttons and links are stops.
    """
    n = citation.marker
    return _card(citation, backing, f"cite-{n}", _open_button(n))


def still_card_html(citation: Citation, anchor: str, backing: Backing = _NOTHING_BEHIND) -> str:
    """Return a card outside the conversation, under an id of its own and without a button."""
    return _card(citation, backing, anchor, "")


def _card(citation: Citation, backing: Backing, anchor: str, button: str) -> str:
    n = citation.marker
    return (
        f'<article class="card" id="{html.escape(anchor)}" tabindex="-1" '
        f'aria-label="Citation {n}"><h3><span class="number">{n}</span>{_heading(citation)}</h3>'
        f"{_byline(citation, backing)}{_badges(citation, backing)}{_trials(backing.trials)}"
        f"{_words(citation, backing)}{_place(citation)}"
        f'<p class="links">{button} {_links(links(citation))}</p></article>'
    )


def _open_button(n: int) -> str:
    return (
        f'<button type="button" class="open" data-marker="{n}" '
        f'aria-label="Read citation {n} in its source">Read in the source</button>'
    )


def _byline(citation: Citation, backing: Backing) -> str:
    """Tell authors, where it appeared, and the year."""
    shown = list(backing.authors[:AUTHORS_SHOWN])
    cut = len(backing.authors) > AUTHORS_SHOWN and shown[-1:] != ["et al."]
    authors = ", ".join([*shown, *(["et al."] if cut else [])])
    year = (citation.published or "")[:4]
    known = backing.container or ""
    told = [authors, known, "" if year and year in known else year]
    line = " · ".join(inline(piece) for piece in told if piece)
    return f'<p class="byline">{line}</p>' if line else ""


def _trials(trials: Iterable[TrialTold]) -> str:
    return "".join(
        f'<p class="trial{" stopped" if trial.stopped else ""}">'
        f"<strong>{inline(trial.name)}</strong> "
        f"{inline(f'{trial.design}: ' if trial.design else '')}{inline(trial.ended)}</p>"
        for trial in trials
    )


def _heading(citation: Citation) -> str:
    title = f"<cite>{inline(citation.title)}</cite>"
    if citation.text_kind != "digest":
        return title
    read_from = f"; read from: {inline(citation.read_from)}" if citation.read_from else ""
    return f"<small>Our summary of</small> {title}<small>{read_from}</small>"


def _badges(citation: Citation, backing: Backing) -> str:
    kind = citation.kind.replace("_", " ")
    strength = inline(_strength(citation.tier, kind))
    # A trial that the registry does not know has no line of its own and may have no link.
    linked = {link.label for link in links(citation)}
    unknown = () if backing.trials else [name for name in citation.trials if name not in linked]
    badges = [
        f'<span class="badge kind">{inline(kind)}</span>',
        f'<span class="badge tier" title="{_TIER_MEANING}">{strength}</span>',
        *(f'<span class="badge">{inline(name)}</span>' for name in unknown),
    ]
    return f'<p class="badges">{" ".join(badges)}</p>'


def _strength(tier: int | None, kind: str) -> str:
    """Tell the tier in words; a digest may rank below its kind, with what was read for it."""
    if tier is None:
        return "unclassified"
    label = tier_label(tier)
    if label == kind:
        return f"tier {tier}"
    shared = set(kind.split()) & set(label.replace("-", " ").split())
    return f"tier {tier}: {label}" if shared else f"tier {tier}: ranks with {label}"


def _words(citation: Citation, backing: Backing) -> str:
    """Show a row as its table; a sentence between its neighbours, quoted where it is theirs."""
    if citation.cells:
        return _paragraphs(_context(citation, "lead")) + _table(citation)
    read_with = _paragraphs(piece.quote for piece in citation.context)
    words = f'<mark class="words">{html.escape(citation.quote)}</mark>'
    before = _around(f"{backing.before} ") if backing.before else ""
    after = _around(f" {backing.after}") if backing.after else ""
    if citation.text_kind == "digest" or citation.kind == "note":
        return f'{read_with}<p class="summary">{before}{words}{after}</p>'
    return f"{read_with}<blockquote>{before}“{words}”{after}</blockquote>"


def _around(text: str) -> str:
    return f'<span class="around">{inline(text)}</span>'


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
    return " ".join(
        f'<a href="{html.escape(link.address)}" target="_blank" rel="noopener noreferrer">'
        f"{inline(link.label)}</a>"
        for link in found
    )
