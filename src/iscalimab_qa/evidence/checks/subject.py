"""A figure must be told of the subject that its clause has in the cited words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.clauses import clauses

LEAD_WORDS = 4
"""Words in which a clause names what it is about."""


def check_subject(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find clauses that give one clause's figures to another clause's subject.

    "The reference retained 95%", cited for "The catalyst retained 95%, while the reference lost
    40%": the claim's first words are foreign to the clause that has its figures, and stand in
    another one, and that clause's own first words are missing from the claim.
    """
    cited = [clause for quote in grounds.sentences for clause in clauses(quote)]
    return tuple(
        Finding("arms", clause, f"the cited words say this of another subject: {other.strip()}")
        for clause in clauses(claim)
        for other in _told_of_another(clause, claim, cited, names)
    )


def _told_of_another(clause: str, claim: str, cited: Sequence[str], names: Names) -> Iterator[str]:
    figures = _figures(clause)
    own = [other for other in cited if figures and figures <= _figures(other)]
    if len(own) != 1:
        return
    said, held = names.tokens(claim), names.tokens(own[0])
    foreign = _words(names.tokens(_lead(clause))) - held
    missing = _words(names.tokens(_lead(own[0]))) - said
    rivals = [other for other in cited if other is not own[0] and _figures(other)]
    for rival in rivals:
        if figures & _figures(rival) or _figures(rival) & _figures(claim):
            continue
        if foreign and missing and foreign <= names.tokens(rival):
            yield own[0]
            return


def _figures(clause: str) -> frozenset[tuple[str, str]]:
    """Return the findings of a clause: no times, labels, sizes or p values."""
    return frozenset(
        (quantity.key, quantity.unit)
        for quantity in read_figures(clause).quantities
        if quantity.sort in {"measure", "count"} and not quantity.loose
    )


def _lead(clause: str) -> str:
    return " ".join(clause.split()[:LEAD_WORDS])


def _words(tokens: frozenset[str]) -> frozenset[str]:
    return frozenset(token for token in tokens if not token[0].isdigit())
