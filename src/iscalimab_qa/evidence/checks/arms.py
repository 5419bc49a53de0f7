"""Compare the arm, time and label of each figure in a claim with those of the cited words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from iscalimab_qa.evidence.checks.arm_terms import DIMENSIONS, ArmTerms, arm_words, is_known_agent
from iscalimab_qa.evidence.checks.binding import Bound, bound_in_prose, bound_in_row
from iscalimab_qa.evidence.checks.findings import CheckName, Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.row_words import untold
from iscalimab_qa.evidence.figures.quantity import Quantity
from iscalimab_qa.evidence.naming.agents import agents_in, is_comparator
from iscalimab_qa.evidence.naming.names import Names

_DOSE = re.compile(r"(?:[kmun]?g|iu|m?l)(?:/.*)?")
_COMPARES = re.compile(
    r"\b(?:versus|vs|compar\w+|than|relative|differ\w*|ratio|against|over|adjusted|between|both|"
    r"hazard|odds|risk)\b",
    re.IGNORECASE,
)
"""A figure that compares two arms belongs to both."""


_CONNECTIVES = frozenset(
    """wherea while against compar versus relat only also about respect becaus sinc then than more
    less not no mg ug ml kg among within onc still had were was whose have has been""".split()
)
"""Tokens that tell nothing of what a figure is told of."""


def check_arms(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find figures that the cited words give to another arm, time point, label or thing."""
    heads = [cell.head for cells in grounds.rows for cell in cells[1:]]
    terms = ArmTerms(names, arm_words(grounds.sentences, heads, names))
    rows = [citation for citation in grounds.citations if citation.cells]
    own_words = reduce(untold, rows, claim)
    claimed = bound_in_prose(own_words, terms)
    held = bound_in_grounds(grounds, terms) if claimed else ()
    keys = {each.quantity.key for each in claimed}
    comparing = bool(_COMPARES.search(claim) or any(map(_COMPARES.search, grounds.quotes)))
    return tuple(
        Finding(check, own_words[each.quantity.start : each.quantity.end], text)
        for each in claimed
        for check, text in _misplaced(each, held, names, comparing=comparing, keys=keys)
    )


FEWEST_ARMS = 2
"""Arms that a sentence names before one that it does not name is another one."""


def check_named_arms(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find arms of a claim that no cited sentence names, though it names two others.

    "Two on X died", cited for "Two died, one on Y and one on Z" in a paper on X.
    """
    said = arm_words([claim], (), names) | _agents(claim, names)
    if not said or not grounds.sentences or grounds.rows:
        return ()
    told = names.tokens("\n".join(grounds.sentences))
    others = arm_words(grounds.sentences, (), names) | _agents("\n".join(grounds.sentences), names)
    if said & told or len(others) < FEWEST_ARMS or not said <= names.tokens(grounds.around):
        return ()
    named = ", ".join(sorted(map(names.name_of, said)))
    return (Finding("arms", named, "the cited words tell of other arms"),)


def _agents(text: str, names: Names) -> frozenset[str]:
    return frozenset(agent.token for agent in agents_in(text, names) if not agent.ruled_out)


def bound_in_grounds(grounds: Grounds, terms: ArmTerms) -> tuple[Bound, ...]:
    """Bind the figures of every citation, rows by their heads, sentences by their syntax."""
    found: list[Bound] = []
    for citation in grounds.citations:
        if citation.cells:
            around = "\n".join(p.quote for p in citation.context if p.role != "column")
            found += bound_in_row(citation.cells, around, terms)
        else:
            found += bound_in_prose(citation.quote, terms)
    return tuple(found)


class _Misplaced(NamedTuple):
    """Which check a misplaced figure fails, and why."""

    check: CheckName
    text: str


def _misplaced(
    claimed: Bound, held: Sequence[Bound], names: Names, *, comparing: bool, keys: set[str]
) -> Iterator[_Misplaced]:
    """Say what a figure is given to in the claim and what in the cited words, where they differ."""
    own = [each for each in held if _same(claimed.quantity, each.quantity)]
    if not own:
        return
    rivals = [each for each in held if _rival(claimed.quantity, each.quantity)]
    is_dose = bool(_DOSE.fullmatch(claimed.quantity.unit))
    for dimension in DIMENSIONS[:-1] if is_dose else DIMENSIONS:
        ours = claimed.near[dimension]
        theirs = frozenset[str]().union(*(each.near[dimension] for each in own))
        swapped = any(_swapped(ours, theirs, each.near[dimension]) for each in rivals)
        alone = dimension == "time" or (dimension == "agent" and not comparing)
        if swapped or (alone and _elsewhere(dimension, ours, theirs, names)):
            text = _differs(dimension, ours, theirs, names)
            yield _Misplaced("arms", text)
            if dimension == "agent" and _are_drugs(ours | theirs, names):
                yield _Misplaced("drug", text)
    for text in (
        *_other_arm(claimed, own, held, names),
        *_other_head(claimed, own, rivals, names),
    ):
        yield _Misplaced("arms", text)
    if all(each.quantity.key not in keys for each in rivals):
        for text in _other_subject(claimed, own, rivals, names):
            yield _Misplaced("arms", text)


def _other_arm(
    claimed: Bound, own: Sequence[Bound], held: Sequence[Bound], names: Names
) -> Iterator[str]:
    """Say that a dose's figure is told of the comparator: "30% with 50 mg, 8% with placebo"."""
    ours = _arm_of(claimed)
    theirs = frozenset[str]().union(*map(_arm_of, own))
    if theirs & claimed.near["agent"] or any(each.near["agent"] for each in own):
        return
    others = [each for each in held if each not in own]
    if any(_swapped(ours, theirs, _arm_of(each)) for each in others):
        yield _differs("agent", ours, theirs, names)


def _arm_of(bound: Bound) -> frozenset[str]:
    return bound.near["agent"] | bound.near["dose"]


def _are_drugs(agents: frozenset[str], names: Names) -> bool:
    """Whether all are drugs that are known by name or shape: a drug's figure told of another."""
    return all(is_known_agent(each, names) and not is_comparator(each) for each in agents)


def _swapped(ours: frozenset[str], theirs: frozenset[str], rival: frozenset[str]) -> bool:
    """Whether words that tell a rival from the figure's own place are used for the figure."""
    return bool(theirs - rival and ours & (rival - theirs) and not ours & (theirs - rival))


def _elsewhere(dimension: str, ours: frozenset[str], theirs: frozenset[str], names: Names) -> bool:
    """Whether a figure is told of quite another known agent, or of another time."""
    if dimension == "agent" and not all(is_known_agent(each, names) for each in ours | theirs):
        return False
    return bool(ours and theirs) and not ours & theirs


def _other_head(
    claimed: Bound, own: Sequence[Bound], rivals: Sequence[Bound], names: Names
) -> Iterator[str]:
    """Say that a cell's figure is told under another column's head."""
    ours = claimed.said or frozenset[str]().union(*claimed.near.values())
    theirs = frozenset[str]().union(*(each.head for each in own))
    if any(_swapped(ours, theirs, each.head) for each in rivals if each.head and theirs):
        yield _differs("head", ours, theirs, names)


def _other_subject(
    claimed: Bound, own: Sequence[Bound], rivals: Sequence[Bound], names: Names
) -> Iterator[str]:
    """Say that a figure is told of what only a rival is told of, where the rival is not told.

    "X reached a strength of 512, against 430 for Y" leaves out for Y what it shares with X:
    so all that tells Y must be there, and something that tells X must be wanting.
    """
    ours = _telling(claimed.said, names)
    theirs = _telling(frozenset[str]().union(*(each.said for each in own)), names)
    for rival in rivals:
        told = _telling(rival.said, names)
        if told - theirs and told - theirs <= ours and not theirs - told <= ours:
            yield _differs("subject", ours, theirs, names)


def _telling(tokens: frozenset[str], names: Names) -> frozenset[str]:
    return frozenset(
        token
        for token in tokens
        if token not in _CONNECTIVES and not token[0].isdigit() and names.kind_of(token) != "term"
    )


def _differs(dimension: str, ours: frozenset[str], theirs: frozenset[str], names: Names) -> str:
    kind = {"agent": "arm", "time": "time point", "head": "column", "other": "matter"}.get(
        dimension, dimension
    )
    told, cited = (", ".join(sorted(map(names.name_of, each))) for each in (ours, theirs))
    return f"another {kind}: the claim has {told}, the cited words {cited}"


def _same(claimed: Quantity, held: Quantity) -> bool:
    return claimed.key.lstrip("-") == held.key.lstrip("-") and _one_unit(claimed, held)


def _rival(claimed: Quantity, held: Quantity) -> bool:
    return claimed.key.lstrip("-") != held.key.lstrip("-") and _one_unit(claimed, held)


def _one_unit(claimed: Quantity, held: Quantity) -> bool:
    return claimed.unit == held.unit or not claimed.unit or not held.unit
