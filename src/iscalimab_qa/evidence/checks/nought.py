"""What a claim affirms of an arm must not be what the cited words count none of in that arm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from iscalimab_qa.evidence.checks.endpoint import outcomes_in
from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.agents import agents_in
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.plain_words import names_something
from iscalimab_qa.evidence.wording.polarity import CUE
from iscalimab_qa.units import RowCell

_NONE_ON = re.compile(
    r"\b(?:none|nobody|no\s+(?:one|patients?|participants?|subjects?|animals?|eyes?))\s+"
    r"(?:(?:of\s+(?:them|those|these|the\s+\w+)|were|was)\s+)?"
    r"(?:on|with|in|under|given|receiving|taking|treated\s+with)\s+(?P<arm>[^,.;]{3,60})",
    re.IGNORECASE,
)
"""None of those on an arm: "none on X"."""

_NO_CELL = frozenset({"0", "none", "nil", "0%", "0 (0%)", "0 (0.0%)"})


def check_nought(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find claims that something happened on an arm where the cited words count none.

    Only a claim about that arm alone counts, and one that denies nothing and gives no zero.
    """
    figures = read_figures(claim).quantities
    if CUE.search(claim) or any(each.value == 0 for each in figures):
        return ()
    arms = {agent.token for agent in agents_in(claim, names) if not agent.ruled_out}
    things = frozenset(filter(names_something, names.tokens(claim))) - arms
    about = _About(frozenset(arms), frozenset(outcomes_in(claim)), things)
    if len(arms) != 1 or not (about.outcomes or things):
        return ()
    return tuple(
        Finding("negation", claim, f"the cited words say otherwise: none {told}")
        for told in chain(_in_sentences(about, grounds, names), _in_rows(about, grounds, names))
    )


class _About(NamedTuple):
    """The arm of a claim, the outcomes that it affirms of it, and its other telling words."""

    arms: frozenset[str]
    outcomes: frozenset[int]
    things: frozenset[str]

    def is_of(self, head: str, names: Names) -> bool:
        """Whether some words name this arm and no other."""
        return {agent.token for agent in agents_in(head, names)} == self.arms

    def shares(self, words: str, names: Names) -> bool:
        """Whether some words tell of one of the outcomes, or of all that the claim names."""
        if self.outcomes:
            return not self.outcomes.isdisjoint(outcomes_in(words))
        return self.things <= names.tokens(words)


def _in_sentences(about: _About, grounds: Grounds, names: Names) -> Iterator[str]:
    for quote in grounds.sentences:
        for match in _NONE_ON.finditer(quote) if about.shares(quote, names) else ():
            if about.is_of(match["arm"], names):
                yield f"on {match['arm'].strip()}"


def _in_rows(about: _About, grounds: Grounds, names: Names) -> Iterator[str]:
    for label, *cells in grounds.rows:
        own = [cell for cell in cells if about.is_of(cell.head, names)]
        if about.shares(label.text, names) and own and all(map(_is_none, own)):
            yield f"under {own[0].head}"


def _is_none(cell: RowCell) -> bool:
    return cell.text.strip().lower() in _NO_CELL
