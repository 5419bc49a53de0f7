"""A checked text as HTML: each sentence with its verdict, and what it was held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, repeat
from typing import NamedTuple

from iscalimab_qa.answering.check_wording import NEAREST, reasons, verdict_line
from iscalimab_qa.answering.checking import CLAIM_LABELS, CheckedClaim
from iscalimab_qa.web.backing import Backing
from iscalimab_qa.web.cards import still_card_html
from iscalimab_qa.web.escape import inline

NOTHING_CHECKED = (
    '<p class="none">Each sentence is held against the library: what supports it, what '
    "contradicts it, and what no source says.</p>"
)
"""What stands below the box before a text was checked."""

_HELD_AGAINST = {
    "supported": "Supported by",
    "partial": "Supported in part by",
    "contradicted": "Contradicted by",
    "not_found": NEAREST,
}


class Sentence(NamedTuple):
    """A sentence that was checked, and what stands behind each of its citations."""

    checked: CheckedClaim
    backing: tuple[Backing, ...] = ()


def checked_html(sentences: Sequence[Sentence], total: int, library_date: str) -> str:
    """Return the sentences that are checked so far, in their order, and the tally above them.

    Args:
        sentences: What came of them.
        total: How many sentences the text has; more than are checked while work goes on.
        library_date: As of when the library says so.
    """
    told = "".join(_sentence(number, each) for number, each in enumerate(sentences, start=1))
    return (
        f'<section class="checked">{_progress(len(sentences), total)}'
        f"{_tally(sentences)}<ol>{told}</ol>"
        f'<p class="count">Library as of {inline(library_date)}.</p></section>'
    )


def refused_html(why: str) -> str:
    """Return why a text is not checked."""
    return f'<p class="refused" role="alert">{inline(why)}</p>'


def _progress(done: int, total: int) -> str:
    if done == total:
        return ""
    return (
        f'<p class="progress" role="status">Checked {done} of {total} sentences'
        f'<progress max="{total}" value="{done}"></progress></p>'
    )


def _tally(sentences: Sequence[Sentence]) -> str:
    counts = Counter(each.checked.verdict for each in sentences)
    told = [
        f'<span class="mark {verdict}">{counts[verdict]} {label.lower()}</span>'
        for verdict, label in CLAIM_LABELS.items()
        if counts[verdict]
    ]
    return f'<p class="tally">{" ".join(told)}</p>'


def _sentence(number: int, sentence: Sentence) -> str:
    checked = sentence.checked
    why = "".join(f"<li>{inline(reason)}</li>" for reason in reasons(checked))
    return (
        f'<li class="sentence {checked.verdict}"><p class="claim">{inline(checked.claim)}</p>'
        f'<p class="found"><span class="mark {checked.verdict}">{inline(verdict_line(checked))}'
        f"</span></p>{f'<ul>{why}</ul>' if why else ''}{_cards(number, sentence)}</li>"
    )


def _cards(number: int, sentence: Sentence) -> str:
    """Fold the evidence away where it only bears out what is written."""
    checked = sentence.checked
    if not checked.citations:
        return ""
    behind = chain(sentence.backing, repeat(Backing()))
    cards = "".join(
        still_card_html(cited, f"checked-{number}-{cited.marker}", backing)
        for cited, backing in zip(checked.citations, behind, strict=False)
    )
    is_open = " open" if checked.verdict in {"contradicted", "partial"} else ""
    return (
        f"<details{is_open}><summary>{_HELD_AGAINST[checked.verdict]}"
        f'{_how_many(len(checked.citations))}</summary><div class="panel">{cards}</div></details>'
    )


def _how_many(citations: int) -> str:
    return f" {citations} passages" if citations > 1 else ""
