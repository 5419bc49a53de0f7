"""Whether a document was retracted, corrected or superseded, as the library says.

"Retraction" is also what eyelids and clots do, and much is "corrected" for something: only
words about a publication count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.stems import Stems
from iscalimab_qa.evidence.trials.of_sources import UnitsOf
from iscalimab_qa.evidence.trials.values import Said
from iscalimab_qa.sources.normalise import matching_key
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit

DocumentState = Literal["retracted", "corrected", "superseded"]

_WORK = (
    r"(?:article|paper|publication|manuscript|report|abstract|preprint|analysis|record|version"
    r"|guideline|statement|page)"
)
_MAYBE = Stems(
    r"\b(?:retract(?:ed|ion)|erratum|errata|corrigendum|expression of concern|superseded|overtaken"
    r"|correct(?:ed|ion) (?:to|version|notice|article|on))",
    "retract|errat|corrigendum|expression of concern|superseded|overtaken|correct",
)
_OF_ITSELF = re.compile(
    rf"\b(?:this|the\s+present)\s+{_WORK}\s+(?:has\s+been|was|is|has\s+since\s+been)\s+(?P<state>retracted|corrected|superseded|withdrawn)\b"
    rf"|^(?P<notice>retracted(?:\s+article)?\s*[:.]|retraction\s+notice\b)",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    rf"\b{_WORK}\b(?:[^.;]|\.(?=\S)){{0,160}}?\b(?:has\s+been|was|were|is|has\s+since\s+been)\s+(?P<state>retracted|superseded)\b"
    r"|\b(?P<kind>retraction\s+of|erratum\s+(?:to|for)|corrigendum\s+(?:to|for)|correction\s+(?:to|for)|expression\s+of\s+concern)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\s*(?:\[?(?P<own>retracted)(?:\s+article)?\]?\s*:?\s"
    r"|(?P<notice>retraction(?:\s+(?:note|notice))?|erratum|corrigendum|(?:author\s+|publisher\s+)?correction|expression\s+of\s+concern)"
    r"(?:\s+(?:to|of|for))?\s*[:,]?\s+(?P<of>.{12,}))",
    re.IGNORECASE,
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;,]*[^\s\"<>;,.]", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s*(\d{4,9})\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|no)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_SHORTEST_TITLE = 25
"""Characters of a title below which finding it in a text says nothing."""


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """What became of a document, and who says so."""

    state: DocumentState
    said: Said


class _Targets(NamedTuple):
    by_work: Mapping[str, str]
    by_title: Mapping[str, str]


def documents_status(
    sources: Iterable[Source], units_of: UnitsOf
) -> Mapping[str, tuple[DocumentStatus, ...]]:
    """Find the sources that were retracted, corrected or superseded.

    A source is meant by its DOI or PMID, by its title in the title of a notice, or by "this
    article" in its own text.
    """
    sources = list(sources)
    targets = _Targets(
        {
            value.lower(): source.source_id
            for source in sources
            for value in (source.metadata.doi, source.metadata.pmid)
            if value
        },
        {
            matching_key(source.metadata.title): source.source_id
            for source in sources
            if len(source.metadata.title) >= _SHORTEST_TITLE
        },
    )
    found: defaultdict[str, dict[DocumentStatus, None]] = defaultdict(dict)
    for source in sources:
        for source_id, status in _said_in(source, targets, units_of):
            found[source_id][status] = None
    return {source_id: tuple(statuses) for source_id, statuses in found.items()}


class _About(NamedTuple):
    source_id: str
    status: DocumentStatus


def _said_in(source: Source, targets: _Targets, units_of: UnitsOf) -> Iterator[_About]:
    yield from _by_title(source, targets)
    if not _MAYBE.stand_in(source.text):
        return
    for unit in _units_with_words(source, units_of):
        own = _OF_ITSELF.search(unit.text)
        if own and not _DENIED.search(unit.text[: own.start("state")] if own["state"] else ""):
            state = _state(own["state"] or "retracted")
            yield _About(source.source_id, DocumentStatus(state, Said(source.source_id, unit)))
            continue
        for match in _OF_ANOTHER.finditer(unit.text):
            state = _state(match["state"] or match["kind"])
            for meant in _meant(unit.text, targets):
                if meant != source.source_id:
                    yield _About(meant, DocumentStatus(state, Said(source.source_id, unit)))


def _by_title(source: Source, targets: _Targets) -> Iterator[_About]:
    match = _TITLE.match(source.metadata.title)
    if not match:
        return
    if match["own"]:
        yield _About(source.source_id, DocumentStatus("retracted", Said(source.source_id)))
        return
    meant = targets.by_title.get(matching_key(match["of"]).strip(" \"'."))
    if meant and meant != source.source_id:
        yield _About(meant, DocumentStatus(_state(match["notice"]), Said(source.source_id)))


def _units_with_words(source: Source, units_of: UnitsOf) -> Iterator[Unit]:
    blocks = tuple(
        block
        for block in source.blocks
        if block.kind in {"paragraph", "list_item", "caption"}
        and _MAYBE.stand_in(source.text[block.start : block.end])
    )
    yield from units_of(replace(source, blocks=blocks))


def _meant(text: str, targets: _Targets) -> list[str]:
    works = [_closed(match[0].lower()) for match in _DOI.finditer(text)]
    works += [match[1] for match in _PMID.finditer(text)]
    return [targets.by_work[work] for work in works if work in targets.by_work]


def _closed(doi: str) -> str:
    """Leave off a parenthesis that was opened before the DOI; one inside it is its own."""
    return doi if doi.count("(") >= doi.count(")") else doi.rstrip(")].")


def _state(word: str) -> DocumentState:
    low = word.lower()
    if low.startswith(("retract", "withdrawn", "expression")):
        return "retracted"
    return "superseded" if low.startswith("supersed") else "corrected"
