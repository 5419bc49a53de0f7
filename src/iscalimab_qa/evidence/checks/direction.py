"""Do a claim and the cited words point the same way: higher or lower, better or worse?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.evidence.checks.arm_terms import ArmTerms, arm_words
from iscalimab_qa.evidence.checks.binding import bound_in_prose
from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.clauses import clauses, nearest, overlap
from iscalimab_qa.evidence.wording.plain_words import names_something
from iscalimab_qa.evidence.wording.wordlists import BETTER, DEGREE, DOWN, UP, WORSE

_BOUND = re.compile(
    r"\b(?:(?:no|not)\s+)?(?:more|less|fewer|greater|higher|lower)\s+than\s+(?=[\d.]|one\b|two\b)|"
    r"\b(?:or|and)\s+(?:more|less|higher|lower|above|below|greater)\b|\bmore\s+than\s+one\b|"
    r"\bno\s+more\b|\bno\s+longer\b|\bonce\s+more\b|"
    r"\blower\s+(?:limb|respiratory|urinary|bound|limit)\b|\bhigher\s+than\b(?=\s+[\d.])|"
    r"\b(?:above|below)\s+(?:about\s+)?(?=[\d.])|\b(?:above|below)(?=\s+all\b)|\bmore\s+or\s+less\b",
    re.IGNORECASE,
)
_OBJECT_END = re.compile(r"[,;()]|\b(?:at|in|by|and|for|was|were)\b")
_LEADING = re.compile(r"^\s*(?:in|at|by|with|on|for|among|under|after|from)?\s*(?:the\s+)?", re.I)
_LESS_WELL = re.compile(
    r"\bless\s+(?:well|effective(?:ly)?|good|favou?rabl[ey]|benefit)\b|"
    r"\b(?:less|lower|poorer|inferior|reduced)\s+effica(?:cy|cious(?:ly)?)\b",
    re.IGNORECASE,
)
_MORE_WELL = re.compile(
    r"\b(?:more|greater|higher|superior)\s+effica(?:cy|cious(?:ly)?)\b"
    r"|\bbeat(?:s|en)?\b(?!\s*(?:per\b|/))|\boutperform(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
_COMPARATOR = re.compile(
    r"\b(?:than|(?:superior|inferior|preferable)\s+to|beat(?:s|en)?|outperform(?:s|ed|ing)?|versus|vs|compared\s+(?:with|to)|against|relative\s+to|over)\b",
    re.IGNORECASE,
)
_CLOSE = 12
"""Characters from a degree word to the word of change that it grades: "less of a fall"."""


class Course(NamedTuple):
    """Which way a clause points on one axis: +1, -1, or 0 where it is silent or says both."""

    amount: int
    worth: int


SILENT = Course(0, 0)


def check_direction(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find clauses that point the other way than the clauses that they tell."""
    cited = [clause for quote in grounds.told for clause in clauses(quote)]
    findings: list[Finding] = []
    for clause in clauses(claim):
        course = course_of(clause)
        if course == SILENT and not _SUBJECT_FIRST.search(clause):
            continue
        findings += [
            Finding("negation", clause, f"the cited words say: {other.strip()}")
            for other in _turned_round(clause, course, cited, names)
        ]
        findings += [
            Finding("negation", clause, f"the cited words say: {other.strip()}")
            for other in _judged_otherwise(clause, course, cited, names)
        ]
        near = _counterparts(clause, cited, names)
        if near and all(_opposed(clause, course, other, names) for other in near):
            findings.append(Finding("negation", clause, f"the cited words say: {near[0].strip()}"))
    return tuple(dict.fromkeys(findings))


def _turned_round(clause: str, course: Course, cited: Sequence[str], names: Names) -> Iterator[str]:
    """Yield cited clauses that set the same two things against each other the other way.

    They may stand behind a clause that tells more of the claim: "It ended because A was less
    effective than B".
    """
    if not course.worth:
        return
    same = [other for other in cited if course_of(other).worth == course.worth]
    turned = [other for other in same if _roles_turned(clause, other, names)]
    if len(turned) == len(same):
        yield from turned[:1]


def _judged_otherwise(
    clause: str, course: Course, cited: Sequence[str], names: Names
) -> Iterator[str]:
    """Yield cited clauses that set the same two things against each other with another outcome.

    "A outperformed B", where a clause behind a nearer one says "A was less effective than B".
    """
    ours = compared(clause, names) if course.worth else None
    for other in cited if ours else ():
        theirs = compared(other, names) if course_of(other).worth == -course.worth else None
        if ours and theirs and _one_pair(ours, theirs) and not _roles_turned(clause, other, names):
            yield other


def _one_pair(ours: Comparison, theirs: Comparison) -> bool:
    """Whether two comparisons are of the same two things, told by words that name something."""
    sides = ((ours.subject, theirs.subject), (ours.object, theirs.object))
    return all(any(map(_names_a_side, left & right)) for left, right in sides)


def _names_a_side(token: str) -> bool:
    return names_something(token) or any(map(str.isdigit, token))


@lru_cache(maxsize=8192)
def course_of(clause: str) -> Course:
    """Read which way a clause points; bounds such as "more than 20" are no direction."""
    plain = _MORE_WELL.sub(" better ", _LESS_WELL.sub(" worse ", _BOUND.sub(" ", clause)))
    return Course(
        _sign(plain, UP.pattern, DOWN.pattern), _sign(plain, BETTER.pattern, WORSE.pattern)
    )


def _sign(plain: str, up: str, down: str) -> int:
    ups = list(re.finditer(up, plain, re.IGNORECASE))
    downs = list(re.finditer(down, plain, re.IGNORECASE))
    changes = [(m, +1) for m in ups if not DEGREE.fullmatch(m[0])]
    changes += [(m, -1) for m in downs if not DEGREE.fullmatch(m[0])]
    degrees = [(m, +1) for m in ups if DEGREE.fullmatch(m[0])]
    degrees += [(m, -1) for m in downs if DEGREE.fullmatch(m[0])]
    signs = {sign for _, sign in changes} or {sign for _, sign in degrees}
    if len(signs) != 1:
        return 0
    (sign,) = signs
    lessened = any(s < 0 and _grades(d, changes) for d, s in degrees)
    return -sign if changes and lessened else sign


def _grades(degree: re.Match[str], changes: Sequence[tuple[re.Match[str], int]]) -> bool:
    return any(
        0 <= change.start() - degree.end() <= _CLOSE or 0 <= degree.start() - change.end() <= _CLOSE
        for change, _ in changes
    )


def _counterparts(clause: str, cited: Sequence[str], names: Names) -> Sequence[str]:
    """Return the cited clauses that a clause tells: by its figures first, then by its words."""
    figures = {
        (q.key.lstrip("-"), q.unit) for q in read_figures(clause).quantities if q.sort != "time"
    }
    sharing = [
        other
        for other in cited
        if figures & {(q.key.lstrip("-"), q.unit) for q in read_figures(other).quantities}
    ]
    return [
        other
        for other in nearest(clause, sharing or cited, names)
        if overlap(names.tokens(clause), names.tokens(other)) >= LEAST_OVERLAP
    ]


LEAST_OVERLAP = 0.3
"""Share of a clause's words below which another clause is about something else."""


def _opposed(clause: str, course: Course, other: str, names: Names) -> bool:
    theirs = course_of(other)
    turned = -1 if _roles_turned(clause, other, names) else 1
    if course == theirs == SILENT:
        ordered = _SUBJECT_FIRST.search(clause) and _SUBJECT_FIRST.search(other)
        return bool(ordered) and turned < 0
    if course.amount and theirs.amount:
        return turned * course.amount == -theirs.amount
    if course.worth and theirs.worth:
        return turned * course.worth == -theirs.worth
    return False


_SUBJECT_FIRST = re.compile(r"\b(?:other\s+than|over|than)\b", re.IGNORECASE)
OBJECT_WORDS = 8
"""Words behind "than" that say with what something is compared."""


def _roles_turned(clause: str, other: str, names: Names) -> bool:
    """Whether one clause compares A with B and the other one B with A."""
    ours, theirs = compared(clause, names), compared(other, names)
    if not ours or not theirs:
        return False
    return bool(
        (ours.object - theirs.object) & (theirs.subject - theirs.object)
        and (theirs.object - ours.object) & (ours.subject - ours.object)
    )


class Comparison(NamedTuple):
    """What is compared, and with what, as tokens."""

    subject: frozenset[str]
    object: frozenset[str]


def compared(clause: str, names: Names) -> Comparison | None:
    """Return both sides of a clause's comparison, None where it makes none."""
    for match in _COMPARATOR.finditer(clause):
        ahead, behind = clause[: match.start()], _LEADING.sub("", clause[match.end() :])
        object_ = _OBJECT_END.split(behind, maxsplit=1)[0]
        words = names.tokens(" ".join(object_.split()[:OBJECT_WORDS]))
        if not ahead.strip() or ahead.strip().lower() == "compared":
            ahead = behind[len(object_) :]
        if words and (subject := names.tokens(ahead)):
            return Comparison(subject, words)
    return None


_NOT_SAID = re.compile(
    r"\b(?:reduc|fall|fell|decreas|declin|drop|loss|lost|improv|increas|gain|rise|rose|chang|"
    r"lower(?:ed|ing)|not\b|no\b|neither|without|never)|n['’]t\b",
    re.IGNORECASE,
)


def check_order(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find "more with X than with Y" where a cited sentence gives X the smaller percentage.

    Only sentences with two percentages, one an arm, that say no direction themselves count,
    and none that speak of a change: the greater fall is no higher figure.
    """
    terms = ArmTerms(names, arm_words(grounds.sentences, (), names))
    found = []
    for clause in clauses(claim):
        course, sides = course_of(clause), compared(clause, names)
        if not course.amount or not sides or _NOT_SAID.search(clause):
            continue
        for quote in grounds.sentences:
            order = _order(quote, sides, terms)
            if order and order != course.amount:
                found.append(Finding("negation", clause, "the cited figures say the opposite"))
    return tuple(found)


def _order(quote: str, sides: Comparison, terms: ArmTerms) -> int:
    """Return +1 where the first side has the higher percentage, -1 the lower, 0 unclear."""
    if _NOT_SAID.search(quote):
        return 0
    bound = [each for each in bound_in_prose(quote, terms) if each.quantity.unit == "%"]
    if len(bound) != PAIR:
        return 0
    near = [each.said | each.near["agent"] for each in bound]
    own = (near[0] - near[1], near[1] - near[0])
    values = [each.quantity.value or Decimal(0) for each in bound]
    for first, second in ((0, 1), (1, 0)):
        named = sides.subject & own[first] and sides.object & own[second]
        if named and not (sides.object - sides.subject) & own[first]:
            return (values[first] > values[second]) - (values[first] < values[second])
    return 0


PAIR = 2
