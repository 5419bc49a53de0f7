"""Is what a claim affirms denied by the cited words, or the reverse?

A word that one side denies and the other affirms, in clauses that tell the same, is a
contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.clauses import clauses, overlap
from iscalimab_qa.evidence.wording.polarity import (
    CUE,
    NOMINAL,
    Polarity,
    content_words,
    polarity,
    scope_of,
    without_false_negations,
)
from iscalimab_qa.evidence.wording.wordlists import base

LEAST_OVERLAP = 0.25
"""Share of a clause's words below which another clause is about something else."""

_PREFIX = re.compile(r"^(?:un|non-?|in|im|ir|dis|a(?=symptom))(?=\w{4})")
_NO_PREFIX = frozenset("inhibit includ increas infect interv intraven inject indic inform under "
                       "unit until immun impact improv import disea distribut discuss display "
                       "index induc infus initi insulin intern intestin investig individu "
                       "inflammatori inflamm dissoci disord disabl influenc".split())  # fmt: skip
_EXCEPTION = re.compile(
    r"\b(?:not|nor)\s+(?:at|in|on|with|for|after|by|among|to|from|during|under)\s+"
    r"(?P<what>(?:[^,.;()]|(?<=\d)[.,](?=\d)){2,60})",
    re.IGNORECASE,
)
_REPORTING = frozenset("give state read tell".split())
"""What a source does not give is not denied: "was not given in what was read"."""

_SMALL = frozenset("ani all each other more much long well".split())


def check_negation(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find clauses of a claim that deny what the cited words affirm, or the reverse."""
    cited = [clause for told in grounds.told for clause in clauses(told)]
    findings: list[Finding] = list(_excepted(claim, grounds, names))
    nought = _says_nought(grounds)
    for clause in clauses(claim):
        near = _counterparts(clause, cited, names)
        read = polarity(clause)
        if read.denied and nought:
            continue
        word = _contradiction(read, [polarity(other) for other in near])
        if word and word not in _REPORTING:
            findings.append(Finding("negation", clause, f"turned round: {near[0].strip()}"))
    return tuple(findings)


def _says_nought(grounds: Grounds) -> bool:
    """Whether a cited figure or cell is nought, which denies what its row is about."""
    cells = {cell.text.strip().lower() for cells in grounds.rows for cell in cells}
    zero = any(quantity.value == 0 for quantity in read_figures(grounds.cited).quantities)
    return zero or not cells.isdisjoint({"none", "nil", "no", "never"})


def _excepted(claim: str, grounds: Grounds, names: Names) -> Iterator[Finding]:
    """Yield claims of that for which the cited words make an exception: "but not at 1,500 m"."""
    if CUE.search(claim):
        return
    said = names.tokens(claim)
    for quote in grounds.quotes:
        for match in _EXCEPTION.finditer(quote):
            excepted = names.tokens(match["what"])
            rest = names.tokens(quote[: match.start()] + quote[match.end() :])
            if excepted and excepted <= said and not excepted <= rest:
                yield Finding("negation", claim, f"the cited words except it: {match[0].strip()}")
        yield from _denied_objects(claim, quote, names)


def _denied_objects(claim: str, quote: str, names: Names) -> Iterator[Finding]:
    """Yield what a claim affirms of a thing of which the cited words deny it: "not bind Y"."""
    said, affirmed = names.tokens(claim), polarity(claim).affirmed
    quote = without_false_negations(quote)
    for cue in CUE.finditer(quote):
        scope = scope_of(quote, cue)
        verbs = [
            word
            for word in content_words(quote, scope.start, scope.end)
            if word.start() in scope.heads
        ]
        if not verbs or NOMINAL.fullmatch(cue[0]):
            continue
        objects = names.tokens(quote[verbs[0].end() : scope.end]) - _SMALL
        rest = names.tokens(quote[: cue.start()] + quote[scope.end :])
        if base(verbs[0][0]) in affirmed and objects and objects <= said and not objects <= rest:
            yield Finding("negation", claim, f"the cited words deny it: {cue[0]} {verbs[0][0]}")


def _counterparts(clause: str, cited: Sequence[str], names: Names) -> list[str]:
    """Return the cited clauses that speak of what a clause speaks of, the nearest first."""
    tokens = names.tokens(clause)
    scored = [(overlap(tokens, names.tokens(other)), other) for other in cited]
    near = [each for each in scored if each[0] >= LEAST_OVERLAP]
    return [other for _, other in sorted(near, key=lambda each: -each[0])]


def _contradiction(claimed: Polarity, held: Sequence[Polarity]) -> str:
    """Return a word that one side denies and the other affirms, empty where there is none.

    Where the cited words both affirm and deny a word, in clauses that are equally near, the
    claim may have meant either.
    """
    if not held or any(claimed.has_zero and each.denied for each in held):
        return ""
    if claimed.denied and any(each.has_zero or each.elliptic for each in held):
        return ""
    if claimed.elliptic or (claimed.denied and any(each.partial for each in held)):
        return ""
    pairs = [_compared(claimed, each) for each in held]
    for ours, theirs in pairs:
        for word in sorted(ours.heads & theirs.affirmed - ours.affirmed):
            if not any(word in other.denied for _, other in pairs):
                return word
        for word in sorted(theirs.heads & ours.affirmed - ours.denied):
            if not any(word in other.affirmed for _, other in pairs):
                return word
    return ""


def _compared(claimed: Polarity, held: Polarity) -> tuple[Polarity, Polarity]:
    """Read "unraised" as a denied "raised" where the other side speaks of raising."""
    words = [each.affirmed | each.denied for each in (claimed, held)]
    return _unprefixed(claimed, words[1]), _unprefixed(held, words[0])


def _unprefixed(read: Polarity, others: frozenset[str]) -> Polarity:
    away = _turned(read.affirmed - others, others)
    back = _turned(read.denied - others, others)
    return Polarity(
        (read.affirmed - away.keys()) | frozenset(back.values()),
        (read.denied - back.keys()) | frozenset(away.values()),
        (read.heads - back.keys()) | frozenset(away.values()),
        read.has_zero,
        read.elliptic,
        read.partial,
    )


def _turned(words: Iterable[str], others: frozenset[str]) -> dict[str, str]:
    """Map words with a denying prefix to their bare form, where the other side has it."""
    bare = {word: base(_PREFIX.sub("", word)) for word in words if word not in _NO_PREFIX}
    return {word: stem for word, stem in bare.items() if stem != word and stem in others}
