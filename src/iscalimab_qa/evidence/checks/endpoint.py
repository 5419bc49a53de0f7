"""The endpoint that a claim speaks of must be the cited words' endpoint.

An endpoint is recognised as a curated measure, as an abbreviation in capitals, or as one of
the outcomes that studies of people count, each with its other names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.lexicon.tokens import stem
from iscalimab_qa.sources.normalise import matching_key

_TELLING = """
serious adverse events?|serious adverse reactions?|serious side effects?|SAEs?
adverse events?|adverse reactions?|side effects?|AEs?|adverse effects?
deaths?|died|dies|die|mortality|fatal\\w*|dead|survival|survived|survive
infections?|infected
relaps\\w+|recurr\\w+
remissions?
rejections?|rejected
graft loss(?:es)?|lost (?:the|their) grafts?
proteinuria|albuminuria|urinary protein|UPCR|UACR|protein-to-creatinine|albumin-to-creatinine
hospitali[sz]ations?|hospitali[sz]ed|admissions?|admitted
bleeding|bled|haemorrhag\\w+|hemorrhag\\w+
strokes?
thrombo\\w+|clots?|embol\\w+
pain
nausea
headaches?
"""
"""One outcome a line, its wordings parted by bars: what studies of people count and compare."""

_GENERAL = """
respon(?:se|ses|der|ders|ded|d)
withdr[ae]w\\w*|dropped out|discontinu\\w+
completed|completion
age|aged|years old
women|woman|female|females
men|male|males
weight
blood pressure
heart rate
half-li(?:fe|ves)
clearance
bioavailability
quality of life
fatigue
dryness
"""
"""The same of outcomes that may be told in quite other words: they count only against others."""

_GROUPS = [*_TELLING.strip().splitlines(), *_GENERAL.strip().splitlines()]
_GENERAL_FROM = len(_TELLING.strip().splitlines())
_OUTCOME = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<g{i}>{matching_key(line)})" for i, line in enumerate(_GROUPS))
    + r")(?![\w-])"
)
_ABBREVIATION = re.compile(
    r"(?<![\w])(?=[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[A-Z])[A-Za-z][A-Za-z0-9]*(?:-[A-Z0-9]+(?![a-z]))*s?(?![\w])"
)
_COMMON = frozenset(
    """CI CrI SD SE SEM IQR OR HR RR US UK EU USA FDA EMA IV SC IM PO II III VI VII PK PD AE AEs SAE
    SAEs DNA RNA mRNA ID TM NO MD PhD BMI""".split()
)
FEWEST_LETTERS = 2


def check_endpoint(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find outcomes and abbreviations of a claim that nothing cited speaks of."""
    outcomes = outcomes_in(claim)
    held = outcomes_in("\n".join(grounds.told)) or outcomes_in(grounds.around)
    findings = [
        Finding("arms", said, "the cited words speak of another outcome")
        for group, said in outcomes.items()
        if (held or group < _GENERAL_FROM) and group not in held
        if not _shared_alias(said, grounds, names)
    ]
    findings += list(_unknown_abbreviations(claim, grounds, names))
    findings += list(_other_label(claim, grounds, names))
    findings += list(_other_qualifiers(claim, grounds))
    return tuple(findings)


@lru_cache(maxsize=8192)
def outcomes_in(text: str) -> dict[int, str]:
    """Map the outcomes that a text names, by their line's number, to how it says them."""
    return {
        int((match.lastgroup or "g0")[1:]): match[0]
        for match in _OUTCOME.finditer(matching_key(text))
    }


def _shared_alias(said: str, grounds: Grounds, names: Names) -> bool:
    mentioned = names.mentions(said)
    return bool(mentioned) and mentioned <= names.mentions(grounds.everything)


def _unknown_abbreviations(claim: str, grounds: Grounds, names: Names) -> Iterator[Finding]:
    everything = grounds.everything
    key = matching_key(everything)
    for match in _ABBREVIATION.finditer(claim):
        said = match[0]
        if said in _COMMON or _stands_in(said, key) or _is_defined(said, claim):
            continue
        token = names.canonical(said).strip()
        if names.kind_of(token) and token in names.canonical(everything):
            continue
        if names.kind_of(token) in {"trial", "drug"} or spelt_out(said, everything):
            continue
        yield Finding("arms", said, f"the cited words do not speak of {said}")


def _stands_in(said: str, key: str) -> bool:
    bare = matching_key(said)
    return bool(re.search(rf"(?<!\w){re.escape(bare.removesuffix('s'))}s?(?!\w)", key))


def _is_defined(said: str, claim: str) -> bool:
    """Whether the claim itself spells the abbreviation out: "words (W)"."""
    return f"({said})" in claim and spelt_out(said, claim)


def spelt_out(abbreviation: str, text: str) -> bool:
    """Whether neighbouring words of a text begin with an abbreviation's letters, in order.

    >>> spelt_out("MAS", "one case of macrophage activation syndrome")
    True
    """
    letters = [char for char in abbreviation.removesuffix("s").lower() if char.isalpha()]
    if len(letters) < FEWEST_LETTERS:
        return False
    initials = "".join(re.findall(r"(?<![^\W_])[^\W\d_]", matching_key(text)))
    return "".join(letters) in initials


ROOT = 5
"""Letters that words of one family share."""


def _other_label(claim: str, grounds: Grounds, names: Names) -> Iterator[Finding]:
    """Yield a claim whose rows are all labelled with words of which it says none.

    Time points and numbers do not count, nor does a label that has no other words.
    """
    said = _roots(claim, names)
    labels = [cells[0].text for cells in grounds.rows]
    if not labels or len(labels) < len(grounds.citations):
        return
    for label in labels:
        roots = _roots(label, names)
        shared = outcomes_in(label).keys() & outcomes_in(claim).keys()
        if not roots or roots & said or shared or _abbreviates(claim, label):
            return
    yield Finding("arms", claim, f"the cited row is about {labels[0]!r}")


def _roots(text: str, names: Names) -> frozenset[str]:
    words = (t for t in names.tokens(text) if not any(map(str.isdigit, t)) or names.kind_of(t))
    return frozenset(t if names.kind_of(t) else t[:ROOT] for t in words) - _NO_ROOTS


_NO_ROOTS = frozenset("week month day year n patie at".split())


def _abbreviates(claim: str, label: str) -> bool:
    return any(spelt_out(match[0], label) for match in _ABBREVIATION.finditer(claim)) or any(
        spelt_out(match[0], claim) for match in _ABBREVIATION.finditer(label)
    )


_QUALIFIED = re.compile(
    r"\b(?P<q>overall|all-cause|any-cause|complete|partial|objective|serious|severe|fatal|major|minor|"
    r"[a-z]+-(?:free|specific|related))\s+(?P<noun>[a-z]{4,})",
    re.IGNORECASE,
)


def _other_qualifiers(claim: str, grounds: Grounds) -> Iterator[Finding]:
    """Yield "overall survival" where the cited words speak of another kind of survival."""
    held = "\n".join(grounds.told)
    kinds: dict[str, set[str]] = {}
    for match in _QUALIFIED.finditer(held):
        kinds.setdefault(stem(match["noun"].lower()), set()).add(match["q"].lower())
    for match in _QUALIFIED.finditer(claim):
        others = kinds.get(stem(match["noun"].lower()), set())
        if others and match["q"].lower() not in matching_key(held):
            yield Finding("arms", match[0], f"the cited words have {', '.join(sorted(others))}")
