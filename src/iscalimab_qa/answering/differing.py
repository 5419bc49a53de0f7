"""The difference between two arms, computed where it is asked for and no source states it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from iscalimab_qa.answering.arms import TWO, ArmFigure, asked_cells, asked_figures
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.terms import Terms, token_set
from iscalimab_qa.evidence.checks.arm_terms import ArmTerms, without_size
from iscalimab_qa.evidence.figures.number_words import number_of
from iscalimab_qa.evidence.outcomes.endpoints import endpoint_name
from iscalimab_qa.evidence.outcomes.readings import Reading, read_cell
from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.units import RowCell, Unit

_ASKED = re.compile(
    r"""\b(?: differences? | by\s+how\s+(?:many|much)
          | how\s+(?:many|much)\s+(?:\w+\s+)?(?:more|less|fewer|higher|lower|greater|larger
              |smaller|better|worse) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTS = re.compile(r"\bhow\s+many\s+(?:\w+\s+)?(?:more|fewer|less)\b", re.IGNORECASE)
_STATED_HEAD = re.compile(r"\bdifferences?\b", re.IGNORECASE)
_STATED = re.compile(
    r"\bdifferences?\b(?:\s+(?:was|is|of|between|in|from)\b[^.;()\d]{0,40})?[^.;()\d]{0,12}?"
    r"(?P<value>[-−–]?\d+(?:\.\d+)?)"
    r"|(?P<points>\d+(?:\.\d+)?)\s+(?:percentage\s+)?points?\s+"
    r"(?:above|below|more|less|fewer|higher|lower|greater)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"""\bratios?\b[^.;\d]{0,80}?\d+\.\d | \b(?:HR|OR|RR)\b\s*[=:,]?\s*\d+\.\d
      | \d\s*(?:%|-?fold|times)\s+(?:\w+\s+)?(?:lower|higher|greater|less|more|fewer|smaller
          |larger|shorter|longer|as\s+(?:high|low|often|common|likely|large|many|much|long))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""One figure that sets two arms against each other: a ratio, "42 % lower", "twice as high"."""
_EXACT = re.compile(r"[-−–+]?\d[\d,]*(?:\.\d+)?")
_COUNTED = re.compile(r"(\d[\d,]*)\s*(?:of|out\s+of|/)")
_MINUS = str.maketrans("−–", "--")


class Term(NamedTuple):
    """One arm's figure: what the arm is called, the figure as shown, its number and unit."""

    arm: str
    shown: str
    value: Decimal
    unit: str


def asks_difference(question: str) -> bool:
    """Whether a question wants how far two figures lie apart."""
    return bool(_ASKED.search(question))


def stated_cells(unit: Unit) -> list[RowCell]:
    """Return the cells of a row that state a difference themselves."""
    return [cell for cell in unit.cells[1:] if _STATED_HEAD.search(cell.head)]


def states_difference(text: str) -> bool:
    """Whether a sentence gives a difference."""
    return bool(_STATED.search(_timeless(text)))


def states_relation(text: str) -> bool:
    """Whether a sentence sets two arms against each other by one figure of its own."""
    text = _timeless(text)
    return bool(_STATED.search(text) or _RELATED.search(text))


def _timeless(text: str) -> str:
    """Blank the time points of a sentence: "the difference at week 8 was" has no 8."""
    for time in reversed(times_in(text)):
        text = f"{text[: time.start]}{' ' * (time.end - time.start)}{text[time.end :]}"
    return text


def computed(unit: Unit, question: Question, terms: Terms, arms: ArmTerms) -> str:
    """Say what the first arm's figure minus the second one's is, in the question's order.

    Empty where the unit does not give one exact figure of one unit for each of two arms.
    """
    told = _row_terms(unit, question, terms) if unit.cells else _terms_in(unit, question, arms)
    if len(told) != TWO or told[0].unit != told[1].unit:
        return ""
    one, other = told
    unit_of = "percentage points" if one.unit == "%" else one.unit
    result = f"{one.value - other.value} {unit_of}".strip()
    what = f"{endpoint_name(unit.cells[0].text)}: the" if unit.cells else "The"
    return (
        f"{what} difference is {result}, computed as {one.shown} with {one.arm} less "
        f"{other.shown} with {other.arm}."
    )


def disagreement(text: str, stated: str) -> str:
    """Say that a stated difference is not what was computed; empty where it is, or rounded so.

    A last digit may differ by one, since both operands were rounded.
    """
    match = re.search(r"difference is (-?[\d.]+)", text)
    found = _STATED.search(_timeless(stated))
    if not (match and found):
        return ""
    ours, theirs = (
        Decimal(match[1]),
        abs(Decimal((found["value"] or found["points"]).translate(_MINUS))),
    )
    step = Decimal(1).scaleb(max(int(ours.as_tuple().exponent), int(theirs.as_tuple().exponent)))
    return (
        "" if abs(abs(ours) - theirs) <= step else f"The stated difference is {theirs}, not that."
    )


def _row_terms(unit: Unit, question: Question, terms: Terms) -> list[Term]:
    arms = asked_cells(unit.cells, question.text, terms)
    cells = sorted(arms, key=lambda cell: _first_said(cell.head, arms, question.text))
    counts = bool(_COUNTS.search(question.text))
    read = [(cell, read_cell(cell.text, f"{unit.cells[0].text}\n{cell.head}")) for cell in cells]
    found = [_row_term(cell, reading, counts=counts) for cell, reading in read if reading]
    return [term for term in found if term] if len(found) == len(cells) else []


def _row_term(cell: RowCell, reading: Reading, *, counts: bool) -> Term | None:
    arm = without_size(cell.head).strip(" ,")
    counted = _COUNTED.match(reading.counted) or re.fullmatch(r"(\d[\d,]*)", reading.counted)
    if counts and counted:
        return Term(arm, counted[1], number_of(counted[1]), "")
    if reading.told or not _EXACT.fullmatch(reading.value):
        return None
    return _term(arm, reading.value, reading.unit)


def _term(arm: str, value: str, unit: str) -> Term:
    plain = value.translate(_MINUS)
    number = -number_of(plain[1:]) if plain.startswith("-") else number_of(plain.lstrip("+"))
    shown = f"{plain}%" if unit == "%" else f"{plain} {unit}".strip()
    return Term(arm, shown, number, unit)


def _terms_in(unit: Unit, question: Question, arms: ArmTerms) -> list[Term]:
    told = asked_figures(unit.text, question.text, arms)
    figures = sorted(told, key=lambda each: _place(question.text, token_set(each.arm)))
    return [term for each in figures if (term := _sentence_term(unit.text, each))]


def _sentence_term(text: str, figure: ArmFigure) -> Term | None:
    quantity = figure.bound.quantity
    if quantity.value is None or quantity.bound:
        return None
    written = re.fullmatch(
        r"([-−–]?\d[\d,]*(?:\.\d+)?)\s*(.*)", text[quantity.start : quantity.end]
    )
    return _term(figure.arm, written[1], written[2] or quantity.unit) if written else None


def _first_said(head: str, cells: Sequence[RowCell], question: str) -> int:
    """Return where a question first says what tells this arm from the others."""
    others = [token_set(without_size(cell.head)) for cell in cells if cell.head != head]
    return _place(question, token_set(without_size(head)).difference(*others))


def _place(question: str, tokens: frozenset[str]) -> int:
    words = question.split()
    spots = (i for i in range(len(words)) if token_set(" ".join(words[i : i + 2])) & tokens)
    return next(spots, len(words))
