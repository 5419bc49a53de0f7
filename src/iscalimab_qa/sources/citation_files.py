"""RIS and nbib: what reference managers and PubMed export about a paper.

Such a file is no source: it says of a document what front matter would say.

RIS lines are `TY  - JOUR`, nbib lines `PMID- 12345678`, continued on lines that begin with
six spaces. Both are read tag by tag; what a tag should not hold is passed over, because the
user sees what was found before it counts.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from iscalimab_qa.sources.normalise import clean_text
from iscalimab_qa.sources.values import SourceKind

CITATION_SUFFIXES = frozenset({".ris", ".nbib"})

MAX_REFERENCES = 1_000
"""Of one file: an export for the documents at hand, not a whole bibliography."""

_MAX_CHARS = 5_000_000
_MAX_VALUE_CHARS = 500

_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_NBIB_LINE = re.compile(r"([A-Z]{2,4}) *- (.*)$")
_NBIB_TAG_WIDTH = 4

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_PMID = re.compile(r"\d{1,9}")
_TRIAL = re.compile(r"\bNCT\d{8}\b|\b\d{4}-\d{6}-\d{2}\b")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = re.compile(r"(\d{4})(?:[/ -]+(\d{1,2}|[A-Za-z]{3})(?:[/ -]+(\d{1,2}))?)?")

_KIND_OF_TYPE: Sequence[tuple[str, SourceKind]] = (
    ("randomized controlled trial", "randomised_trial"),
    ("meta-analysis", "review"),
    ("systematic review", "review"),
    ("review", "review"),
    ("news", "news"),
)
"""What PubMed's publication types tell of a kind for certain, the most telling first."""

_KIND_OF_RIS: Mapping[str, SourceKind] = {"NEWS": "news", "ELEC": "web_page"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a citation file, by the names that front matter uses; empty if not told."""

    title: str = ""
    authors: tuple[str, ...] = ()
    container: str = ""
    published: str = ""
    doi: str = ""
    pmid: str = ""
    trials: tuple[str, ...] = ()
    url: str = ""
    kind: SourceKind | None = None


def is_citation_name(name: str) -> bool:
    """Tell a citation file by its name."""
    return PurePath(name).suffix.lower() in CITATION_SUFFIXES


def read_citations(data: bytes) -> tuple[Reference, ...]:
    """Read RIS or nbib, told apart by their lines; nothing if the bytes are neither.

    Returns:
        At most `MAX_REFERENCES` entries that have a title, in the order of the file.
    """
    text = data[:_MAX_CHARS].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    lines = text.replace("\r", "\n").split("\n")
    is_ris = any(line.startswith("TY  -") for line in lines)
    entries = _ris_entries(lines) if is_ris else _nbib_entries(lines)
    made = (_of_ris(entry) if is_ris else _of_nbib(entry) for entry in entries)
    return tuple(reference for reference in made if reference.title)[:MAX_REFERENCES]


_Entry = dict[str, list[str]]


def _ris_entries(lines: Sequence[str]) -> Iterator[_Entry]:
    entry: _Entry = {}
    last: list[str] = []
    for line in lines:
        match = _RIS_LINE.match(line)
        if match and match[1] == "TY":
            entry = {}
        if match and match[1] == "ER":
            yield entry
            entry = {}
        elif match:
            last = entry.setdefault(match[1], [])
            last.append(match[2] or "")
        elif last and line.strip():
            last[-1] += f" {line.strip()}"
    if entry:  # the last end mark is missing
        yield entry


def _nbib_entries(lines: Sequence[str]) -> Iterator[_Entry]:
    entry: _Entry = {}
    last: list[str] = []
    for line in lines:
        match = _NBIB_LINE.match(line) if line[:1].strip() else None
        if match and match[1] == "PMID" and entry:
            yield entry
            entry = {}
        if match:
            last = entry.setdefault(match[1], [])
            last.append(match[2])
        elif last and line.startswith(" " * _NBIB_TAG_WIDTH) and line.strip():
            last[-1] += f" {line.strip()}"
    if entry:
        yield entry


def _of_ris(entry: _Entry) -> Reference:
    title = _first(entry, "TI", "T1", "CT")
    told = " ".join(_all(entry, "DO", "M3", "UR", "L3"))
    authors = tuple(_clean(name) for name in _all(entry, "AU", "A1"))
    return Reference(
        title=title,
        authors=tuple(filter(None, authors)),
        container=_first(entry, "T2", "JO", "JF", "JA", "J2"),
        published=_date(_first(entry, "DA", "Y1", "PY")) or _date(_first(entry, "PY", "Y1")),
        doi=_doi(told),
        pmid=_pmid(entry),
        trials=_trials(entry, ("TI", "T1", "N1", "KW", "AB", "N2")),
        url=_found(_ADDRESS, " ".join(_all(entry, "UR", "LK"))),
        kind=_KIND_OF_RIS.get(_first(entry, "TY")),
    )


def _of_nbib(entry: _Entry) -> Reference:
    identifiers = [value for value in _all(entry, "LID", "AID") if "[doi]" in value]
    authors = _all(entry, "FAU") or _all(entry, "AU")
    types = " | ".join(_all(entry, "PT")).lower()
    pmid = _found(_PMID, _first(entry, "PMID"))
    return Reference(
        title=_first(entry, "TI").removesuffix("."),
        authors=tuple(filter(None, map(_clean, authors))),
        container=_first(entry, "JT", "TA"),
        published=_date(_first(entry, "DP", "DEP")),
        doi=_doi(" ".join(identifiers)),
        pmid=pmid,
        trials=_trials(entry, ("SI", "TI", "AB")),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else "",
        kind=next((kind for word, kind in _KIND_OF_TYPE if word in types), None),
    )


def _all(entry: _Entry, *tags: str) -> list[str]:
    return [value for tag in tags for value in entry.get(tag, ())]


def _first(entry: _Entry, *tags: str) -> str:
    return next(filter(None, map(_clean, _all(entry, *tags))), "")


def _clean(value: str) -> str:
    return " ".join(clean_text(value).split())[:_MAX_VALUE_CHARS]


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


def _doi(text: str) -> str:
    return _found(_DOI, text).rstrip(".,;)")


def _pmid(entry: _Entry) -> str:
    """Return a PubMed number from where RIS exports put it, marked as one."""
    if "pubmed" in " ".join(_all(entry, "DB", "DP")).lower():
        return next((v for v in map(_clean, _all(entry, "AN")) if _PMID.fullmatch(v)), "")
    match = re.search(r"PMID:?\s*(\d{1,9})", " ".join(_all(entry, "N1", "AN", "C2")))
    return match[1] if match else ""


def _trials(entry: _Entry, tags: Sequence[str]) -> tuple[str, ...]:
    """Return registry numbers that the first of some tags to name any names; each once."""
    for tag in tags:
        found = dict.fromkeys(_TRIAL.findall(" ".join(entry.get(tag, ()))))
        if found:
            return tuple(found)
    return ()


def _date(text: str) -> str:
    """Return a date to the day, month or year, as ISO 8601; empty for none."""
    match = _DATE.search(text)
    if not match:
        return ""
    year, month, day = match.groups()
    number = _MONTHS.get(month.lower()) if month and month.isalpha() else int(month or 0)
    if not number or not 1 <= number <= len(_MONTHS):
        return year
    within = day and 1 <= int(day) <= _days(int(year), number)
    return f"{year}-{number:02}" + (f"-{int(day):02}" if within else "")


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if year else 0
