"""How much of a claim's wording some cited words hold, figures and small words apart."""

from __future__ import annotations

import re

from iscalimab_qa.evidence.checks.direction import SILENT, course_of
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.clauses import clauses
from iscalimab_qa.evidence.wording.plain_words import is_plain, names_something

PLAIN_WEIGHT = 0.5
"""What a word of everyday English counts: paraphrases exchange these, and keep the others."""

ROOT = 5
"""Letters that words of one family share: "withdrawn", "withdrawal"."""

FEWEST = 2
"""Words that name something, from which on a clause is a statement of its own."""

_NUMBER_WORD = re.compile(
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(?:twenti?|thirti?|forti?|fifti?|sixti?|seventi?|eighti?|nineti?)y?(?:-\w+)?|hundr\w*|"
    r"thousand|million|percent|week|month|year|dai|hour)"
)


def coverage(claim: str, words: str, names: Names) -> float:
    """Return the share of a claim's weight that some words hold, in [0, 1].

    Aliases are one word. Figures, number words and units of time do not count: the checks
    hold them one by one. 1 where nothing is left that could be held.
    """
    held = names.tokens(words)
    roots = {token[:ROOT] for token in held if token.isalpha()}
    weights = {token: PLAIN_WEIGHT if is_plain(token) else 1.0 for token in _telling(claim, names)}
    total = sum(weights.values())
    if not total:
        return 1.0
    return sum(w for t, w in weights.items() if t in held or t[:ROOT] in roots) / total


def _telling(claim: str, names: Names) -> frozenset[str]:
    return frozenset(
        token
        for token in names.tokens(claim)
        if names.kind_of(token)
        or (not any(map(str.isdigit, token)) and not _NUMBER_WORD.fullmatch(token))
    )


def thin_clauses(claim: str, words: str, names: Names, *, least: float) -> tuple[str, ...]:
    """List the clauses of a claim of which some words hold less than the share `least`."""
    return tuple(
        clause.strip()
        for clause in clauses(claim)
        if _things(clause, names) >= FEWEST and coverage(clause, words, names) < least
    )


def pointless(claim: str, told: str) -> tuple[str, ...]:
    """List the clauses of a claim that judge or point where the cited words do not.

    "X was superior to Y" is not borne out by words that give both without a judgement. A
    clause with a figure of its own is held by that.
    """
    held = [course for course in map(course_of, clauses(told)) if course != SILENT]
    judged = any(course.worth for course in held)
    return tuple(
        clause.strip()
        for clause in clauses(claim)
        if (course := course_of(clause)) != SILENT
        and not (judged if course.worth else held)
        and all(q.sort in {"time", "label", "size"} for q in read_figures(clause).quantities)
    )


def is_anonymous(claim: str, names: Names) -> bool:
    """Whether a claim says too little to tell whose finding it is: "It was well tolerated"."""
    figures = [quantity for quantity in read_figures(claim).quantities if not quantity.loose]
    return not figures and not _things(claim, names)


def _things(text: str, names: Names) -> int:
    """Count the words of a text that name something; a known name is one."""
    telling = _telling(text, names)
    return sum(bool(names.kind_of(token)) or names_something(token) for token in telling)
