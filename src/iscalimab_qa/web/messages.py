"""The conversation as HTML: what was asked, what is answered, and what the reader must know."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from iscalimab_qa.answering.values import VERDICT_LABELS, Answer
from iscalimab_qa.evidence.values import Claim, Notice, NoticeKind
from iscalimab_qa.web.escape import inline, multiline

NOTICE_LABELS: Mapping[NoticeKind, str] = {
    "trial_status": "How the trial ended",
    "retraction": "Retracted",
    "conflict": "Sources differ",
    "weak_evidence": "Weak evidence",
    "premise": "About the question",
    "spelling": "Spelling",
    "injection": "Instructions not followed",
    "advice": "Not medical advice",
    "fallback": "Answered without the chat model",
}
"""How a notice is headed."""


def question_html(question: str, *, under_way: bool = False) -> str:
    """Return a user's question as one block of HTML on one line, shown as it was typed.

    Args:
        question: What was asked.
        under_way: Whether it is still being answered; the page says so below it.
    """
    return f'<div class="{"asked under-way" if under_way else "asked"}">{multiline(question)}</div>'


def failure_html(message: str) -> str:
    """Return what is said in place of an answer, as one block of HTML on one line."""
    return (
        '<div class="answer failure"><p class="verdict"><span>Not answered</span></p>'
        f"<p>{inline(message)}</p></div>"
    )


def answer_html(answer: Answer, plain: str = "") -> str:
    """Return an answer as one block of HTML on one line.

    Verdict, the standalone question where it differs from what was asked, notices, opening
    and claims in this order; each claim ends with its markers, `<a href="#cite-N">[N]</a>`.

    Args:
        answer: The answer.
        plain: What its button copies; without it there is none.
    """
    parts = [
        _verdict(answer),
        _standalone(answer),
        *(notice_html(notice) for notice in answer.notices),
        f'<p class="opening">{inline(answer.opening)}</p>' if answer.opening else "",
        *(_claim(claim) for claim in answer.claims),
        f'<p class="closing">{inline(answer.closing)}</p>' if answer.closing else "",
        _copy_button(plain) if plain else "",
    ]
    return f'<div class="answer {answer.verdict}">{"".join(parts)}</div>'


def notices_html(notices: Sequence[Notice]) -> str:
    """Return the notices of an answer, empty where there are none."""
    return "".join(notice_html(notice) for notice in notices)


def notice_html(notice: Notice) -> str:
    """Return one notice: its heading, what it says, and the markers of what that rests on."""
    return (
        f'<p class="notice {notice.kind}"><strong>{NOTICE_LABELS[notice.kind]}</strong> '
        f"{inline(notice.text)}{markers_html(notice.citations)}</p>"
    )


def markers_html(markers: Sequence[int]) -> str:
    """Return citation markers as links to their cards, a space before them."""
    linked = "".join(f'<a class="marker" href="#cite-{n}">[{n}]</a>' for n in markers)
    return f" {linked}" if linked else ""


def _copy_button(plain: str) -> str:
    """Return the button, what it copies as its value, line breaks as character references."""
    text = "&#10;".join(html.escape(line) for line in plain.splitlines())
    return (
        f'<p class="actions"><button type="button" class="copy" value="{text}">'
        "Copy with references</button></p>"
    )


def _verdict(answer: Answer) -> str:
    return f'<p class="verdict"><span>{VERDICT_LABELS[answer.verdict]}</span></p>'


def _standalone(answer: Answer) -> str:
    understood = " ".join(answer.standalone_question.split())
    if understood.casefold() == " ".join(answer.question.split()).casefold():
        return ""
    return f'<p class="standalone">Understood as: {inline(understood)}</p>'


def _claim(claim: Claim) -> str:
    """Return a claim with its own markers, and in brackets those of what says the same."""
    own = "".join(markers_html(each.markers) for each in claim.marks if not each.said)
    beside = "; ".join(
        f"{each.said}{','.join(markers_html((m,)) for m in each.markers)}"
        for each in claim.marks
        if each.said
    )
    told = f' <span class="beside">({beside})</span>' if beside else ""
    return f'<p class="claim">{inline(claim.text)}{own}{told}</p>'
