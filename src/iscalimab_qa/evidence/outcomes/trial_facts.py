"""What sources say of a trial as a whole: how many took part, when it began and ended, how."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.outcomes.context import Reader, SourceView, view_of
from iscalimab_qa.evidence.outcomes.values import Place
from iscalimab_qa.sources.values import Source, SourceMetadata
from iscalimab_qa.units import Unit, units_of

UnitsOf = Callable[[Source], Iterable[Unit]]

FactKind = Literal["participants", "start", "end", "status"]

_PEOPLE = (
    r"(?:[\w'’-]+\s+){0,4}?(?:patients|participants|subjects|people|adults|children|recipients"
    r"|volunteers|women|men)\b"
)
_TOOK = (
    r"(?:randomi[sz]ed|enrolled|recruited|included|involved|took\s+in|comprised|has|had|counts?"
    r"|counted|shows?|showed|lists?|listed|gives?)"
)
_N = r"(?P<n>\d+(?:,\d{3})*)"
_PARTICIPANTS = (
    re.compile(
        rf"\b{_TOOK}\s+(?:a\s+total\s+of\s+|in\s+total\s+|only\s+)?{_N}\s+{_PEOPLE}",
        re.I,
    ),
    re.compile(
        rf"(?<![\w.,/-]){_N}\s+{_PEOPLE}\s+(?:were|had\s+been)\s+(?:randomi[sz]ed"
        rf"|enrolled|recruited|included)\b",
        re.I,
    ),
    re.compile(
        r"\benrol(?:led|ment)\b(?:\s+(?:was|of"
        r"|is))?[\s:]+(?P<n>\d+(?:,\d{3})*)(?![\d%./:])(?=[\s.;,)]|$)",
        re.I,
    ),
    re.compile(
        rf"\b(?:amongst?|of)\s+(?:the\s+)?{_N}\s+{_PEOPLE}(?:\s+(?:randomi[sz]ed"
        rf"|enrolled)|,\s+\d+\s+assigned)",
        re.I,
    ),
)
_PART = re.compile(
    r"\b(?:planned|target|expected|screened|completed|completers?|cohort|arm|group"
    r"|part\s+[A-D1-4]|per\s+arm|"
    r"evaluable|analy[sz]ed|biopsied|followed|subgroup|substudy|withdr[ae]w\w*|discontinued"
    r"|responders?|extension\s+phase|"
    r"(?:one|two|three|single|some|other|this|these|per|\w+n)\s+sites?|so\s+far|to\s+date|each|third|healthy)\b|\bentered\s+the\s+second|\bof\s+(?:whom"
    r"|these|which|them)\b",
    re.IGNORECASE,
)
"""Words by which a number of people is of a part of the trial, or of its plan."""
_TO_ONE_ARM = re.compile(r"\s*(?:to|into)\s+(?!.*\b(?:or|and|versus|vs|either|two|three|four)\b)")
_IN_ONE_PLACE = re.compile(r".*?\b(?:in|from)\s+(?:the\s+)?[A-Z][a-zà-ÿ]+(?![\w'’-])(?!\s+and\b)")
"""What follows a number of people of one arm, or of one country, and not of the trial."""
_NOT_THE_END = re.compile(r"\b(?:primary|estimated|expected|planned|recruitment|enrol\w+)\b", re.I)
_REACH = 25
"""Characters before a date's words in which it is said whose date it is."""
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_DATE = (
    rf"(?:\d{{1,2}}\s+)?(?:{'|'.join(_MONTHS)})(?:\s+\d{{1,2}},)?\s+\d{{4}}|\d{{4}}-\d\d(?:-\d\d)?"
)
_DATES: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    (
        "start",
        re.compile(
            rf"\b(?:started|began|ran\s+from|start\s+date(?:\s*(?:is|was|:))?)\s+(?:on\s+"
            rf"|in\s+)?(?P<date>{_DATE})",
            re.I,
        ),
    ),
    (
        "end",
        re.compile(
            rf"\b(?:ended\s+on|ended\s+in|ran\s+from[^.;]{{0,40}}?\b(?:until"
            rf"|to))\s+(?P<date>{_DATE})",
            re.I,
        ),
    ),
    (
        "end",
        re.compile(
            rf"\b(?:end|completion)\s+date\b[^.;]{{0,60}}?\b(?:is|was|of|:)\s+(?P<date>{_DATE})",
            re.I,
        ),
    ),
    (
        "end",
        re.compile(
            rf"(?P<date>{_DATE})\s+as\s+(?:its|the)\s+(?:end|last|completion)\b(?:\s+date)?", re.I
        ),
    ),
)
_STATUS = re.compile(
    r"\b(?:trial|study)\b\s*(?:\([^)]*\)|\s(?:of|in|on|with)\s+[\w\s'’-]{1,50}?"
    r"|,\s[^,;.]{1,70}(?=,))*,?"
    r"(?:\s+(?:started|began|ran|ended)\s[^;.]{0,90}\band)?\s+(?:is|was|has\s+been|had\s+been)\s+"
    r"(?:listed\s+as\s+|marked\s+as\s+|now\s+|prematurely\s+)?"
    r"(?P<status>completed|terminated|discontinued|withdrawn|halted|stopped\s+early)\b"
)
_NO_TRIAL_ENDED = re.compile(
    r"\b(?:treatment|therapy|dosing|medication|drugs?|enrol\w*|recruit\w*|follow-up|patients"
    r"|participants|subjects|arms?|"
    r"cohorts?|part|phase\s+of)\b",
    re.IGNORECASE,
)
"""What else of a trial may be "completed" or "discontinued"."""
_NEGATED = re.compile(r"\b(?:not|never|no)\b", re.IGNORECASE)
_STATUS_OF = {
    "completed": "completed",
    "terminated": "stopped",
    "discontinued": "stopped",
    "halted": "stopped",
    "withdrawn": "stopped",
}
_MAYBE = re.compile(
    r"randomi[sz]|enrol|recruit|included|involved|took\s+in|count[es]|participants|started"
    r"|began|ran\s+from|"
    r"ended|date|as\s+(?:its|the)\s+(?:end|last|compl)|completed|terminated|discontinued"
    r"|withdrawn|halted|stopped",
    re.IGNORECASE,
)
"""Cheap: a sentence without one of these says nothing of a trial as a whole."""


@dataclass(frozen=True, slots=True)
class TrialFact:
    """One statement about a trial as a whole, in one spelling (`value`) and as shown."""

    trial: str
    kind: FactKind
    value: str
    shown: str
    wording: str
    place: Place
    source: SourceMetadata = field(repr=False)

    @property
    def source_id(self) -> str:
        """The source that says it."""
        return self.place.source_id


def trial_facts(source: Source, reader: Reader, units_of: UnitsOf = units_of) -> list[TrialFact]:
    """Return what a source's sentences say of trials as a whole, in reading order."""
    if source.metadata.kind == "note":
        return []
    view = view_of(source.source_id, source.metadata, reader)
    return [
        fact
        for unit in units_of(source)
        if unit.kind == "sentence" and _MAYBE.search(unit.quote)
        for fact in _facts(view, unit)
    ]


def _facts(view: SourceView, unit: Unit) -> Iterator[TrialFact]:
    said = list(_said(unit.quote, view.reader))
    trial = view.trial_of(unit) if said else ""
    if not trial or view.preclinical(unit):
        return
    place = Place(unit.source_id, unit.start, unit.end, unit.quote, unit.context)
    for kind, value, shown, wording in said:
        yield TrialFact(trial, kind, value, shown, wording, place, view.metadata)


class _Said(NamedTuple):
    kind: FactKind
    value: str
    shown: str
    wording: str


def _said(text: str, reader: Reader) -> Iterator[_Said]:
    yield from _participants(text)
    for kind, shape in _DATES:
        for match in shape.finditer(text):
            if not _NOT_THE_END.search(text[max(0, match.start() - _REACH) : match.end()]):
                yield _Said(kind, _iso(match["date"]), match["date"], _clause(text, match))
    plain = text
    for named in reader.registry.names_at(text):
        plain = plain[: named.start] + "trial".ljust(named.end - named.start) + plain[named.end :]
    if len(plain) == len(text):
        yield from _statuses(text, plain)


def _participants(text: str) -> Iterator[_Said]:
    seen: set[str] = set()
    for match in (found for shape in _PARTICIPANTS for found in shape.finditer(text)):
        number, clause = match["n"].replace(",", ""), _clause(text, match)
        behind = clause[clause.find(match[0]) + len(match[0]) :]
        is_part = _PART.search(clause) or _TO_ONE_ARM.match(behind) or _IN_ONE_PLACE.match(behind)
        if number not in seen and not is_part and int(number) > 1:
            seen.add(number)
            yield _Said("participants", number, f"{match['n']} participants", clause)


def _statuses(text: str, plain: str) -> Iterator[_Said]:
    """Yield how the trial ended; in `plain` its names are told as "trial", in place."""
    for match in _STATUS.finditer(plain):
        clause = _clause(text, match)
        if not _NEGATED.search(match[0]) and not _NO_TRIAL_ENDED.search(clause):
            status = match["status"].lower()
            yield _Said("status", _STATUS_OF.get(status, "stopped"), status, clause)


def _clause(text: str, match: re.Match[str]) -> str:
    """Return the match with the words around it up to a comma, a semicolon or "while"."""
    breaks = [b.span() for b in re.finditer(r"[,;:]\s|\s(?:while|whereas|but|and)\s", text)]
    start = max([end for _, end in breaks if end <= match.start()], default=0)
    end = min([begin for begin, _ in breaks if begin >= match.end()], default=len(text))
    return text[start:end]


def _iso(date: str) -> str:
    """Write a date as ISO 8601, to the day or the month."""
    if re.match(r"\d{4}-", date):
        return date
    year = re.findall(r"\d{4}", date)[0]
    month = next(i for i, name in enumerate(_MONTHS, 1) if name in date.lower())
    day = re.findall(r"(?<!\d)\d{1,2}(?!\d)", date)
    return f"{year}-{month:02d}" + (f"-{int(day[0]):02d}" if day else "")


def facts_differ(one: TrialFact, other: TrialFact) -> bool:
    """Whether two facts of one kind exclude each other; a month agrees with a day in it."""
    if one.kind in {"start", "end"}:
        return not (one.value.startswith(other.value) or other.value.startswith(one.value))
    return one.value != other.value


def library_facts(
    sources: Iterable[Source], reader: Reader, units_of: UnitsOf = units_of
) -> list[TrialFact]:
    """Return the facts of all sources, source by source, in reading order."""
    return [fact for source in sources for fact in trial_facts(source, reader, units_of)]
