"""What a claim counts, and when, must be what the cited words count, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.figures.dates import dates_in
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.clauses import clauses, overlap

_EVENTS = re.compile(
    r"^\s*(?:total\s+)?(?:number|no\.|count)\s+of\s+(?P<what>[^|,;(]*)", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"\b(?:patients?|participants?|subjects?|people|persons?|recipients?|women|men|children|"
    r"adults?|volunteers?|eyes?|animals?|monkeys?)\b",
    re.IGNORECASE,
)
_NEW_MATTER = re.compile(r"\d|\bin\b", re.IGNORECASE)
_REACH = 40
"""Characters behind a number in which what it counts is named."""


def check_counts(claim: str, grounds: Grounds) -> Findings:
    """Find numbers that the cited words give of other things, and times that they do not have."""
    return (
        *_recounted(claim, grounds),
        *_people_for_events(claim, grounds),
        *_other_times(claim, grounds),
    )


LEAST_OVERLAP = 0.5
"""Share of a clause's words that another one must hold to tell the same."""


def check_marks(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find clauses that say of one time, dose or cohort what is said of another one.

    For statements without figures of their own: "lower at month 3" of "higher at month 3, lower
    at month 12".
    """
    cited = [clause for quote in grounds.told for clause in clauses(quote)]
    return tuple(
        Finding("arms", clause, f"the cited words say this of another {kind}")
        for clause in clauses(claim)
        if not _has_finding(clause)
        for kind, marks in _marks(clause).items()
        if len(marks) == 1 and _marked_otherwise(clause, kind, marks, cited, names)
    )


def _has_finding(clause: str) -> bool:
    """Whether a clause has a figure that is no time, dose or label: that one is bound by itself."""
    return any(
        quantity.sort not in {"time", "label", "size"} and not _DOSE.fullmatch(quantity.unit)
        for quantity in read_figures(clause).quantities
    )


def _marked_otherwise(
    clause: str, kind: str, marks: frozenset[str], cited: Sequence[str], names: Names
) -> bool:
    """Whether the clauses that tell most of a clause all bear other marks than it."""
    said = names.tokens(clause) - names.tokens(" ".join(marks))
    shares = [(overlap(said, names.tokens(other)), other) for other in cited]
    best = max((share for share, _ in shares), default=0.0)
    near = [_marks(other)[kind] for share, other in shares if share == best]
    return best >= LEAST_OVERLAP and all(near) and not any(marks & other for other in near)


def _marks(text: str) -> dict[str, frozenset[str]]:
    """Return the times, doses and labels of a text, each in one spelling."""
    found: dict[str, set[str]] = {"time": set(), "dose": set(), "label": set()}
    for quantity in read_figures(text).quantities:
        kind = "dose" if _DOSE.fullmatch(quantity.unit) else str(quantity.sort)
        if kind in found:
            label_first = kind == "label"
            told = (quantity.unit, quantity.key) if label_first else (quantity.key, quantity.unit)
            found[kind].add(" ".join(told))
    return {kind: frozenset(marks) for kind, marks in found.items()}


_DOSE = re.compile(r"(?:[kmun]?g|iu)(?:/(?:kg|m2|day))?")


def _recounted(claim: str, grounds: Grounds) -> Iterator[Finding]:
    """Yield counts that the cited words give of other things: 71 countries for 71 sites."""
    held = [q for q in read_figures(grounds.cited).quantities if q.noun and not q.unit]
    for quantity in read_figures(claim).quantities:
        if quantity.unit or not quantity.noun or quantity.loose:
            continue
        nouns = {each.noun for each in held if each.key == quantity.key}
        others = {each.key for each in held if each.noun == quantity.noun}
        if nouns and quantity.noun not in nouns and others:
            said = claim[quantity.start : quantity.end]
            yield Finding("arms", said, f"the cited words count {', '.join(sorted(nouns))}")


def _people_for_events(claim: str, grounds: Grounds) -> Iterator[Finding]:
    """Yield numbers of people that a row gives as a number of events."""
    for cells in grounds.rows:
        counted = _EVENTS.match(cells[0].text)
        if not counted or _PEOPLE.search(counted["what"]):
            continue
        keys = {q.key for cell in cells[1:] for q in read_figures(cell.text).quantities}
        for quantity in read_figures(claim).quantities:
            if quantity.key in keys and _counts_people(claim, quantity.end):
                said = claim[quantity.start : quantity.end]
                yield Finding("arms", said, f"the row counts {counted['what'].strip()}")


def _counts_people(claim: str, end: int) -> bool:
    behind = claim[end : end + _REACH].split(",", maxsplit=1)[0]
    people = _PEOPLE.search(behind)
    return bool(people) and not _NEW_MATTER.search(behind, 0, people.start() if people else 0)


def _other_times(claim: str, grounds: Grounds) -> Iterator[Finding]:
    """Yield the time points and dates of a claim that the cited words do not have."""
    held = {(q.unit, q.key) for q in read_figures(grounds.cited).quantities}
    for quantity in read_figures(claim).quantities:
        if quantity.sort == "time" and held.isdisjoint(
            {(quantity.unit, quantity.key), ("", quantity.key)}
        ):
            said = claim[quantity.start : quantity.end]
            yield Finding("arms", said, "the cited words have another time")
    dates = dates_in(grounds.cited)
    for date in dates_in(claim):
        if not any(date.follows_from(other) for other in dates):
            yield Finding("arms", claim[date.start : date.end], "the cited words have another date")
