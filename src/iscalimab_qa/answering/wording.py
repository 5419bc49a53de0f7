"""Say a unit as a claim: sentences word for word, table rows with the columns asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from iscalimab_qa.answering.arms import arm_cells, asked_cells
from iscalimab_qa.answering.captions import told_with
from iscalimab_qa.answering.parts import parts_of
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.terms import Terms, token_set
from iscalimab_qa.answering.timing import years_in
from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.evidence.wording.plain_words import names_something
from iscalimab_qa.units import RowCell, Unit, row_text

REMARK_HEAD = re.compile(r"\b(?:notes?|cautions?|comments?|remarks?|footnotes?)\b", re.IGNORECASE)
_END = re.compile(r"[.!?:;]$")
_BLANK = re.compile(r"^\W*$")
"""A cell that holds a dash, or nothing that can be read."""

_FIGURE = re.compile(r"\d")

_NO_CHANCE = 2
"""Everyday words of a question that a remark does not share by chance."""

_SAYS_ONLY_WORDS = Terms({}, {})


_OF_WHAT_TRIAL = re.compile(
    r"\b(?:in|of|from)\s+(?:the|a|that)\s+(?:[\w-]+\s+){0,2}?(?:trial|study)\s+of\s+[\w-]+"
    r"|\b(?:the|that|this)\s+(?:(?!of\b|on\b|with\b|in\b)[\w-]+\s+){1,4}?(?:trial|study)\b",
    re.IGNORECASE,
)
"""Says which trial is meant, not which of its arms: "with placebo in the trial of tolimab"."""

_CONTROL = re.compile(r"\b(?:controls?|comparator)\b(?!\s+(?:trial|study))", re.IGNORECASE)
_CONTROL_HEAD = re.compile(
    r"\b(?:placebo|sham|vehicle|controls?|comparator|untreated|no\s+treatment"
    r"|(?:standard|usual)(?:\s+of)?\s+care)\b",
    re.IGNORECASE,
)
"""What "the control group" was given."""


def claim_text(unit: Unit, question: Question) -> str:
    """Return what a claim says of a unit, ending as a sentence does.

    A row names what its table's caption and group add to its label, since its figures mean
    nothing without the time point and the population that stand there. Remarks beside the
    figures are told where they hold what is asked for; the quote has them all.
    """
    if unit.kind == "row" and unit.cells:
        return _row(unit, question)
    return unit.text if _END.search(unit.text) else f"{unit.text}."


def _row(unit: Unit, question: Question) -> str:
    label, *values = _asked_cells(_worth_telling(unit, question), question)
    within = told_with(unit, values, question)
    if label.text and within:
        within = (
            f"{label.text}, {within}" if label.text.endswith(")") else f"{label.text} ({within})"
        )
    told = row_text((label._replace(text=within or label.text), *values)).rstrip(" .")
    return f"{told}."


def _worth_telling(unit: Unit, question: Question) -> Sequence[RowCell]:
    """Leave out empty cells, and remarks that hold nothing which only they can answer."""
    label, *values = unit.cells
    figures = [cell for cell in values if not REMARK_HEAD.search(cell.head)]
    context = (each.quote for each in unit.context if each.role in {"caption", "group"})
    heads = (f"{cell.head} {cell.text}" for cell in figures)
    sought = set(question.terms) - token_set(" ".join([label.text, *heads, *context]))
    return [
        label,
        *(
            cell
            for cell in values
            if not _BLANK.match(cell.text)
            and (cell in figures or not figures or _answers(cell, sought))
        ),
    ]


def _answers(remark: RowCell, sought: Set[str]) -> bool:
    """Whether a remark holds a word that names something, or two others, of those sought."""
    held = [word for word in sought & token_set(f"{remark.head} {remark.text}") if word.isalpha()]
    return any(map(names_something, held)) or len(held) >= _NO_CHANCE


def _asked_cells(cells: Sequence[RowCell], question: Question) -> Sequence[RowCell]:
    """Keep the columns that the question names, where it names some and compares none.

    A column is named by a word that its head does not share with every other head; of the
    doses of one drug the one that is said; of columns of times or years that of the one asked
    about, with the cells that tell a row from its neighbours ("rattle: sown"). The last column left
    is told as well where more is asked than is named ("how many, and how many were planned?").
    """
    label, *values = cells
    remarks = [cell for cell in values if REMARK_HEAD.search(cell.head)]
    arms = [cell for cell in values if cell not in remarks]
    if question.compares or len(arms) < 2:  # noqa: PLR2004 (nothing to choose between)
        return cells
    shared = frozenset.intersection(*(token_set(cell.head) for cell in arms))
    told_of = _OF_WHAT_TRIAL.sub(" ", question.text)
    asked = set(question.terms) & token_set(told_of) - shared
    named = [cell for cell in arms if _words(cell.head) & asked]
    if not named and _CONTROL.search(told_of):
        named = [cell for cell in arms if _CONTROL_HEAD.search(cell.head)]
    doses = asked_cells(cells, told_of, _SAYS_ONLY_WORDS)
    if any(cell in doses for cell in named):
        of_arms = arm_cells(cells)
        named = [cell for cell in named if cell in doses or cell not in of_arms]
    if timed := [cell for cell in arms if _is_of_time(cell.head, told_of)]:
        both = [cell for cell in timed if cell in named]
        named = [*(both or timed), *(cell for cell in arms if not _FIGURE.search(cell.text))]
    left_out = len(arms) - len(named)
    if not named or (left_out == 1 and len(parts_of(question.text)) > len(named)):
        return cells
    return [label, *(c for c in values if c in named or c in remarks)]


def _is_of_time(head: str, question: str) -> bool:
    """Whether a column is of a year or a time that a question names."""
    times = {time.key for time in times_in(question)}
    return head.strip() in years_in(question) or any(time.key in times for time in times_in(head))


def _words(head: str) -> frozenset[str]:
    """Tokens of a head that can name it: a question's "39" does not ask for an arm's n."""
    return frozenset(token for token in token_set(head) if any(map(str.isalpha, token)))
