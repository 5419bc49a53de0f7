"""Read off a unit what it says of a trial's design: phase, size, arms, drugs, start and end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from iscalimab_qa.evidence.figures.said_dates import Dated, dates_in
from iscalimab_qa.evidence.naming.drug_names import DrugNames
from iscalimab_qa.evidence.outcomes.arm_names import cohort_in
from iscalimab_qa.units import ContextQuote, Unit

_PHASE = re.compile(
    r"\bphase[\s-]*(?P<first>IV|I{1,3}|[1-4])\s?(?P<part>[ab])?\b"
    r"(?:\s*/\s*(?:phase\s*)?(?P<second>I{1,3}|[1-4])\s?(?P<part2>[ab])?\b)?",
    re.IGNORECASE,
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

_PEOPLE = (
    r"(?:patients?|participants?|people|persons?|subjects?|recipients?|volunteers?|adults?"
    r"|children|women|men|individuals)"
)
_COUNT = r"(?P<n>\d{1,3}(?:[,\u202f ]\d{3})+|\d{2,6}|\d)"
_ENROLLED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:randomi[sz]ed|randomly\s+assigned)\s+(?:a\s+total\s+of\s+)?{_COUNT}\s+(?:[\w'’-]+\s+){{0,5}}?{_PEOPLE}\b",
        rf"\b{_COUNT}\s+(?:[\w'’-]+\s+){{0,5}}?{_PEOPLE}\s+(?:\([^)]*\)\s+)?(?:(?:was|were|had\s+been)\s+)?(?:randomi[sz]ed|randomly\s+assigned)\b",
        rf"\brandomi[sz]\w+\b[^.;]{{0,80}}?\b(?:2:1|1:1|3:1|\d:\d(?::\d)*)?\s*(?:among|of|took\s+in)\s+{_COUNT}\s+(?:[\w'’-]+\s+){{0,3}}?{_PEOPLE}\b",
        rf"\b(?:enrolled|recruited|included|involved|counts|gave|comprised|dosed)\s+(?:a\s+total\s+of\s+)?{_COUNT}\s+(?:[\w'’-]+\s+){{0,5}}?{_PEOPLE}\b",
        rf"\b{_COUNT}\s+(?:[\w'’-]+\s+){{0,5}}?{_PEOPLE}\s+(?:(?:was|were)\s+)?(?:enrolled|recruited|included)\b",
        rf"\b(?:in\s+the\s+end\s+)?enrolled\s+{_COUNT}(?=\s*(?:[,.;)]|and\b|$))",
        rf"\b(?:actual\s+)?enrol?lment\b\W{{1,3}}{_COUNT}\b",
        rf"\b(?:had|with)\s+{_COUNT}\s+(?:[\w'’-]+\s+){{0,3}}?participants\b",
        rf"\bin\s+{_COUNT}\s+(?:[\w'’-]+\s+){{0,5}}?{_PEOPLE}\b",
        rf"\((?:n\s*=\s*)?{_COUNT}\s+(?:[\w'’-]+\s+){{0,3}}?{_PEOPLE}\b",
        rf"\b(?:trial|study)\s*\(\s*n\s*=\s*{_COUNT}\s*\)",
        rf"\bassigned\s+{_COUNT}\s+(?:[\w'’-]+\s+){{0,3}}?{_PEOPLE}\b",
    )
)
"""Forms that tell how many took part, the surest first."""
_NOT_ALL = re.compile(
    r"\b(?:planned|plan|aim\w*|screened|of\s+(?:the|whom)|target|up\s+to|at\s+least|about\s+to|(?:both|two|three)\s+(?:its\s+|of\s+)?(?:phase|trials))\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_HEAD_ARM = re.compile(
    r"(?P<label>(?:[^()|;]|\([^()=]*\))*?)\s*\(n\s*=\s*(?P<n>[\d,]+)(?:\s+randomi[sz]ed)?\)"
)
_JOINS = re.compile(r"^(?:\s|,|and|or|versus|vs\.?|cohort\s+\w+,?)+", re.IGNORECASE)
_NO_ARM = re.compile(
    r"\b(?:all|total|overall|both|together|combined|cohort|patients|feature|subjects|recipients|sites)\b",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    r"\b(?P<n>\d[\d,]*)\s+(?:(?:patients|participants|people|subjects|recipients)\s+)?"
    r"(?:(?:were\s+)?(?:randomi[sz]ed|assigned|allocated)\s+)?to\s+(?:receive\s+)?"
    r"(?P<label>(?!the\b|a\b|\d+\s*(?:weeks?|years?|days?|months?|%))[\w./%-]+(?:\s+(?!and\b|or\b|to\b|at\b|in\b|of\b|who\b|were\b|was\b)[\w./%-]+){0,3})"
)
_RANDOMISED = re.compile(r"randomi|assigned|allocated|arms?\b", re.IGNORECASE)
_STARTED = re.compile(
    r"\b(?:start(?:ed|s|\s+date)?|began|(?:ran|run|conducted|took\s+place)\b[^.;]{0,60}?\bfrom|opened|initiated|commenced)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:ended|end\s+date|as\s+(?:its|the)\s+(?:end|last\s+date)|finished|until|concluded|last\s+visit|(?:study|trial)\s+completion|completion\s+date)\b",
    re.IGNORECASE,
)
_DATE_REACH = 80
"""Characters between a date and the word that says what it is the date of."""

_APART = re.compile(r"[;.]\s|,\s(?:and|which|while|whereas)\b|\d{4}")
"""Between a word and a date: they do not belong together."""

_OF_A_TRIAL = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|programme|platform|cohort|extension|record|efficacy\s+of|studied|tested|compared|evaluated)\b[^.;:]{0,60}?$",
    re.IGNORECASE,
)
_DISEASE = (
    r"(?P<indication>[^\W\d_][\w'’ -]{2,60}?)"
    r"(?=\s*(?:[,.;:()]|$|\b(?:was|were|is|had|has|at|to|who|compared|did|met|missed|in|and|that|which|versus|with|enrolled|randomi[sz]ed|started|of|a|received|on)\b))"
)
_WITH = (
    r"(?:(?:\d+|adult|adolescent|paediatric|pediatric|elderly|older|young)\s+)*"
    r"(?:(?:patients?|people|adults|participants|children|women|men|subjects)\s+(?:with|who\s+have|having)\s+)"
)
_IN = re.compile(
    r"\b(?:trial|study)\b(?:\s+(?:[A-Z][\w-]+|NCT\d{8}))?(?:\s+of\s+[\w-]+(?:\s*\([^)]*\))?)?\s+(?:in|for|on)\s+"
    rf"{_WITH}?{_DISEASE}"
)
_PATIENTS_WITH = re.compile(rf"\b{_WITH}{_DISEASE}")
_TITLED = re.compile(rf"\b(?:in|for)\s+{_WITH}?(?:the\s+treatment\s+of\s+)?{_DISEASE}")

_NO_DISEASE = re.compile(
    r"(?i:the|this|that|these|those|its|their|such)\s|[A-Z][A-Z-]+(?:[ -][\dIVX]+)$"
)
"""Words that point back to a disease ("the milder form"), or the name of a trial."""

LABELLED = re.compile(
    r"\W*(?:(?:actual|study|trial|primary)\s+)*(?:start|completion|end|phase)(?:\s+date)?\s*[:|]",
    re.IGNORECASE,
)
"""A register's own line, which speaks of its trial without naming it."""


_NTH_COHORT = re.compile(
    r"\b(?P<nth>first|second|third|fourth|fifth)\s+(?P<what>cohort|part|stage|period)\b",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ANOTHERS_PHASE = re.compile(r"\s*(?:trial|study)\s+(?P<name>[A-Z][A-Z0-9]{2,}[\w-]*)")
"""Behind a phase: the trial whose phase it is."""


class ArmSaid(NamedTuple):
    """An arm's label and size as a unit gives them, in the head `part` if it is a row.

    `cohort` is the part of the trial that it is an arm of, empty where none is told.
    """

    label: str
    n: int
    part: ContextQuote | None = None
    cohort: str = ""


class SizeSaid(NamedTuple):
    """How many took part; the smaller the `form`, the surer."""

    n: int
    form: int


def phase_in(text: str) -> str | None:
    """Return the first phase that a text names, as `2`, `2b` or `1/2`."""
    match = _PHASE.search(text)
    return _phase(match) if match else None


def phases_in(text: str, named: Collection[int] = ()) -> frozenset[str]:
    """Return all phases that a text names, but for those of trials that it names elsewhere.

    Args:
        text: A unit's.
        named: Where the trial that is asked about is named in it, if that counts.
    """
    return frozenset(
        _phase(match) for match in _PHASE.finditer(text) if not _is_anothers(text, match, named)
    )


def _is_anothers(text: str, phase: re.Match[str], named: Collection[int]) -> bool:
    other = _ANOTHERS_PHASE.match(text, phase.end())
    return bool(named and other and other.start("name") not in named)


def _phase(match: re.Match[str]) -> str:
    def one(number: str | None, part: str | None) -> str:
        low = (number or "").lower()
        return _ROMAN.get(low, low) + (part or "").lower()

    parts = [one(match["first"], match["part"]), one(match["second"], match["part2"])]
    return "/".join(filter(None, parts))


def size_in(text: str) -> SizeSaid | None:
    """Return how many took part as a whole, by the surest form that the text has."""
    for form, pattern in enumerate(_ENROLLED):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 50) : match.start("n")].rpartition(", ")[2]
            if not _NOT_ALL.search(before):
                return SizeSaid(int(re.sub(r"\D", "", match["n"])), form)
    return None


def arms_in(unit: Unit) -> Iterator[ArmSaid]:
    """Yield the arms that a row's column heads or a sentence give a size for."""
    if unit.kind == "row":
        for head in (piece for piece in unit.context if piece.role == "column"):
            cohort = _cohort_of(head, unit)
            for match in _HEAD_ARM.finditer(head.quote):
                for arm in _arm(_JOINS.sub("", match["label"]), match["n"], head):
                    yield arm._replace(cohort=cohort)
    elif _RANDOMISED.search(unit.text):
        for match in _ASSIGNED.finditer(unit.text):
            yield from _arm(match["label"], match["n"])


def _cohort_of(head: ContextQuote, unit: Unit) -> str:
    """Return the part of a trial that a column is of: its head tells it, else the caption."""
    captions = [piece.quote for piece in unit.context if piece.role == "caption"]
    for text in (head.quote, *captions):
        if named := cohort_in(text):
            return named.lower()
        if match := _NTH_COHORT.search(text):
            return f"{match['what']} {_ORDINALS.index(match['nth'].lower()) + 1}".lower()
    return ""


def _arm(label: str, n: str, part: ContextQuote | None = None) -> Iterator[ArmSaid]:
    label = " ".join(label.split()).strip(" ,;:.")
    if label and any(map(str.isalpha, label)) and not _NO_ARM.search(label):
        yield ArmSaid(label, int(n.replace(",", "")), part)


def start_in(text: str) -> str | None:
    """Return the date on which something started."""
    return _date_beside(text, _STARTED)


def end_in(text: str) -> str | None:
    """Return the date on which something ended."""
    return _date_beside(text, _ENDED)


def _date_beside(text: str, word: re.Pattern[str]) -> str | None:
    """Return the date that stands nearest behind a word, else before "as its end date"."""
    dates = dates_in(text)

    def distance(date: Dated, match: re.Match[str]) -> int:
        behind = date.start - match.end()
        return behind if behind >= 0 else match.start() - date.end + _DATE_REACH // 2

    pairs = [
        (distance(date, match), date.iso)
        for match in word.finditer(text)
        for date in dates
        if 0 <= distance(date, match) <= _DATE_REACH
        and not _APART.search(text[min(match.end(), date.end) : max(match.start(), date.start)])
    ]
    return min(pairs)[1] if pairs else None


def drugs_tested(text: str, drugs: DrugNames) -> list[str]:
    """List the drugs that a text says a trial tested: "trial of X", "studied X and Y"."""
    found: list[str] = []
    last_end = -1
    for mention in drugs.mentions(text):
        between = text[last_end : mention.start] if last_end >= 0 else "."
        goes_on = bool(found) and bool(re.fullmatch(r"\W*(?:\([^)]*\)\W*)?(?:and|,)?\s*", between))
        if mention.meant and (goes_on or _OF_A_TRIAL.search(text[: mention.start])):
            found.append(mention.name)
            last_end = mention.end
    return list(dict.fromkeys(found))


def indication_in(text: str) -> str | None:
    """Return what a trial was in: "a trial of X in patients with Y"."""
    return _indication(_IN.search(text))


def patients_in(text: str) -> str | None:
    """Return what the patients of a sentence have."""
    return _indication(_PATIENTS_WITH.search(text))


def indication_titled(title: str, drugs: DrugNames) -> str | None:
    """Return what a drug is tested in by a title: "Examplimab in arthritis: a trial"."""
    mention = next(iter(drugs.mentions(title)), None)
    return _indication(_TITLED.search(title, mention.end)) if mention else None


def _indication(match: re.Match[str] | None) -> str | None:
    if match is None or _NO_DISEASE.match(match["indication"]):
        return None
    return re.sub(r"^an?\s+", "", " ".join(match["indication"].split()))
