"""Which arms a question sets against each other, and which units give a figure for each.

A row tells its arms in the heads of its columns, a sentence by its syntax; both are read as the
checks read them, so that what is shown beside an arm is that arm's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from iscalimab_qa.answering.terms import Terms, token_set
from iscalimab_qa.evidence.checks.arm_terms import ArmTerms, arm_words, without_size
from iscalimab_qa.evidence.checks.binding import Bound, bound_in_prose
from iscalimab_qa.evidence.naming.agents import agents_in
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.outcomes.readings import size_in
from iscalimab_qa.lexicon import tokenize
from iscalimab_qa.units import RowCell, Unit

TWO = 2
"""Sides of a comparison."""

_NO_ARM = re.compile(
    r"\b(?:notes?|cautions?|comments?|remarks?|footnotes?|differences?|ratios?|efficacy|p"
    r"|p[\s-]?values?|CI|interval|versus|vs|total|all\s+(?:patients|participants)|source)\b",
    re.IGNORECASE,
)
"""Heads of columns that tell something beside the arms, or of all of them."""

_ALL_ARMS = re.compile(
    r"\b(?:(?:the|both|all|two|three|four|each|per|by|between)\s+(?:\w+\s+){0,2}?"
    r"(?:arms?|groups?))\b",
    re.IGNORECASE,
)
_EVERY_ARM = re.compile(r"\b(?:all|each|every|per|by)\s+(?:\w+\s+){0,2}?(?:arms?|groups?)\b", re.I)
"""Words that ask for every arm, whatever drug is named beside them."""
_WITHOUT = re.compile(r"\b(?:no|not|without|non|free|un[a-z]{4,}ed)\b", re.IGNORECASE)
_UNITS = frozenset(
    "mg ug mcg ng g kg ml l iu u unit iv sc day dai week month daili onc twice".split()
)
_ADDED = re.compile(r"\b(?:plus|alone|combin\w+|monotherapy|add-?on)\b", re.IGNORECASE)
"""Words by which an arm may be of two drugs; else a figure between two drugs is of neither."""

_WORDS = re.compile(r"\d[\d.]*\s*(?:mg|µg|ug|mcg|g|mL|IU)(?:/kg)?\b|[^\s]+")
_FIGURE = re.compile(r"\d|\b(?:none|no|zero)\b", re.IGNORECASE)


def arm_cells(cells: Sequence[RowCell]) -> list[RowCell]:
    """Return the cells of a row that hold something of an arm, in its order."""
    return [cell for cell in cells[1:] if cell.head.strip() and not _NO_ARM.search(cell.head)]


def asked_cells(cells: Sequence[RowCell], question: str, terms: Terms) -> list[RowCell]:
    """Return the cells of the arms that a question names, in the row's order.

    "Drug 15 mg" means that dose; "drug" means each of its doses. An arm without something
    ("no adjuvant") is meant only where the question says "no" or "without" as well. A question
    on "the arms" that names fewer than two means all of them.
    """
    arms = [cell for cell in arm_cells(cells) if _FIGURE.search(cell.text)]
    named = _named(arms, question, terms)
    if _EVERY_ARM.search(question) or (len(named) < TWO and _ALL_ARMS.search(question)):
        return arms
    return named


def _named(arms: Sequence[RowCell], question: str, terms: Terms) -> list[RowCell]:
    heads = {cell.head: _naming(cell.head) for cell in arms}
    shared = frozenset.intersection(*heads.values()) if len(heads) > 1 else frozenset()
    asked = _naming(question)
    held = {head: _held(tokens, asked, terms) for head, tokens in heads.items()}
    denied = bool(_WITHOUT.search(question))
    meant = [
        cell
        for cell in arms
        if held[cell.head] - shared and (denied or not _WITHOUT.search(cell.head))
    ]
    groups: dict[frozenset[str], list[RowCell]] = {}
    for cell in meant:
        groups.setdefault(_words(held[cell.head]), []).append(cell)
    kept = [each for group in groups.values() for each in _closest(group, heads, held)]
    said = [held[cell.head] for cell in kept]
    return [
        cell
        for cell in arms
        if cell in kept
        and (
            heads[cell.head] <= held[cell.head] or not any(held[cell.head] < each for each in said)
        )
    ]


def _naming(text: str) -> frozenset[str]:
    """Return the tokens that can name an arm: words and doses, no bare number and no unit."""
    tokens = token_set(without_size(text))
    return frozenset(t for t in tokens if any(map(str.isalpha, t)) and t not in _UNITS)


def _held(head: frozenset[str], asked: frozenset[str], terms: Terms) -> frozenset[str]:
    """Return the tokens of a head that a question says, in these or other words."""
    others = (names for each in terms.aliases.values() for names in each if names <= head)
    return (head & asked).union(*others)


def _words(tokens: Iterable[str]) -> frozenset[str]:
    return frozenset(token for token in tokens if not any(map(str.isdigit, token)))


def _closest(
    group: Sequence[RowCell],
    heads: dict[str, frozenset[str]],
    held: dict[str, frozenset[str]],
) -> list[RowCell]:
    """Of the arms of one drug keep those said in full, else those of which most is said."""
    full = [cell for cell in group if heads[cell.head] <= held[cell.head]]
    most = max(len(held[cell.head]) for cell in group)
    return full or [cell for cell in group if len(held[cell.head]) == most]


def relates_arms(text: str, question: str, terms: ArmTerms) -> bool:
    """Whether a sentence speaks of all arms that a question names, in the dose that it names."""
    asked, said = terms.near(question), terms.near(text)
    in_dose = not asked["dose"] or not said["dose"] or bool(asked["dose"] & said["dose"])
    return bool(asked["agent"]) and asked["agent"] <= said["agent"] and in_dose


class ArmFigure(NamedTuple):
    """An arm as it is called, and its figure with what the figure's words say of it."""

    arm: str
    bound: Bound


def arm_terms(units: Iterable[Unit], names: Names) -> ArmTerms:
    """Learn what arms are called from the heads of rows that are known to hold arms."""
    heads = [
        cell.head
        for unit in units
        if unit.cells and _has_arms(unit.cells, names)
        for cell in arm_cells(unit.cells)
    ]
    return ArmTerms(names, arm_words((), dict.fromkeys(heads), names))


def _has_arms(cells: Sequence[RowCell], names: Names) -> bool:
    heads = [cell.head for cell in arm_cells(cells)]
    return any(size_in(head) is not None or agents_in(head, names) for head in heads)


def arm_tokens(question: str, terms: ArmTerms) -> frozenset[str]:
    """Return the tokens of a question that name an arm or its dose."""
    return frozenset(
        token
        for token in tokenize(question)
        if terms.near(token)["agent"] or terms.near(token)["dose"]
    )


def asked_figures(text: str, question: str, terms: ArmTerms) -> list[ArmFigure]:
    """Return the figures of one unit that a sentence gives for two or more arms asked about.

    Empty where it gives fewer; of several kinds of figure the first one counts.
    """
    terms = terms._replace(arms=terms.arms | arm_words((text,), (), terms.names))
    near = terms.near(question)
    every = bool(_ALL_ARMS.search(question))
    by_unit: dict[str, dict[frozenset[str], ArmFigure]] = {}
    for bound in bound_in_prose(text, terms):
        agents, doses = bound.near["agent"], bound.near["dose"]
        alone = len(agents) == 1 or _ADDED.search(text)
        if not agents or not alone or not (every or agents & near["agent"]):
            continue
        if bound.quantity.sort in {"size", "time"} and not bound.quantity.unit:
            continue
        if doses and near["dose"] and not doses & near["dose"]:
            continue
        key = agents | doses
        arm = ArmFigure(_called(text, key, terms), bound)
        by_unit.setdefault(bound.quantity.unit, {}).setdefault(key, arm)
    return next((list(told.values()) for told in by_unit.values() if len(told) >= TWO), [])


def _called(text: str, tokens: frozenset[str], terms: ArmTerms) -> str:
    """Return a text's own words for an arm, each once."""
    words = (word.strip("(),.;:") for word in _WORDS.findall(text))
    return " ".join(dict.fromkeys(word for word in words if terms.tokens(word) & tokens))
