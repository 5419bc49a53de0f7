"""Answer how many patients each arm of a trial had.

Sizes seldom stand in a sentence of their own: "Tolimab (n = 39)" heads a column, "Participants"
is one, or one sentence tells to whom how many were allocated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from iscalimab_qa.answering.arms import TWO, arm_cells
from iscalimab_qa.answering.beside import Sides, answered
from iscalimab_qa.answering.citing import Cited, citation
from iscalimab_qa.answering.extractive import Asked, LibraryView, is_evidence
from iscalimab_qa.answering.parts import parts_of
from iscalimab_qa.answering.sought.arms import ASKS_SIZES, ASKS_TWO_SIZES, SIZES_BESIDE
from iscalimab_qa.answering.terms import called_in, name_tokens, token_set
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.answering.wording import claim_text
from iscalimab_qa.evidence.checks.claim import check_claim
from iscalimab_qa.evidence.outcomes.readings import size_in
from iscalimab_qa.evidence.values import Citation, Claim
from iscalimab_qa.evidence.wording.patterns import pattern
from iscalimab_qa.units import Unit, units_of

MOST_SOURCES = 3
"""Documents that are read as a whole: the nearest ones that speak of what is named."""

MOST_ARMS = 4
"""Rows of a table with an arm a row that are told."""

_NUMBER = r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_PEOPLE = r"(?:patients?|participants?|people|adults?|children|subjects?|women|men|volunteers?)"
_GIVEN = r"(?:randomi[sz]ed|randomly\s+assigned|allocated|assigned)"


_ALLOCATED = pattern(
    rf"""\b{_NUMBER}\s+(?:{_PEOPLE}\s+)?(?:(?:was|were)\s+)?(?:{_GIVEN}\s+)?(?:to|on|in|received|got
        |took)\s+(?:receive\s+)?[^.;]{{2,80}}?(?:,|\band\b)\s+(?:the\s+other\s+)?
            {_NUMBER}\s+(?:{_PEOPLE}
        \s+)?(?:(?:was|were)\s+)?(?:{_GIVEN}\s+)?(?:to|on|in|received|got|took|placebo|sham)
      | \({_NUMBER}\s+{_PEOPLE}\)[^.;]{{2,80}}\({_NUMBER}(?:\s+{_PEOPLE})?\)"""
)
_SIZE_LABEL = pattern(
    rf"""^\W*(?:(?:number|no\.?|total)\s+(?:of\s+)?)?(?:all\s+)?
        (?:{_PEOPLE}|n|randomi[sz]ed|enrolled
        |sample\s+size|size|allocated|assigned)
            (?:\s+(?:randomi[sz]ed|enrolled|allocated|assigned|in\s+\w+))?
        (?:\s*,?\s*\(?(?:n|no\.?)\)?)?\W*$"""
)
_WHOLE = re.compile(r"\W*\d[\d,]*\W*")
_BASELINE = pattern(r"\b(?:baseline|characteristics?|demograph\w*|disposition|flow|population)\b")


class Sizes(NamedTuple):
    """Units that tell how large the arms are, and how well (higher is better).

    `heads` are told in the units' stead where these are rows about something else.
    """

    units: Sequence[Unit]
    heads: str
    worth: tuple[int, int]


def arm_sizes(asked: Asked, known: Sides) -> Answer | None:
    """Answer how large the arms of a trial are; None where that is not asked or not told."""
    question = asked.question.text
    single = len(parts_of(question)) == 1
    if not (ASKS_TWO_SIZES.search(question) or (single and ASKS_SIZES.search(question))):
        return None
    for source_id in _sources(asked, known.library):
        units = units_of(known.library.source(source_id))
        found = list(_sizes(_about(asked, source_id, units)))
        if found:
            best = max(found, key=lambda each: each.worth)
            return answered(asked, _cited(asked, best, known.library), known)
    return None


def _sources(asked: Asked, library: LibraryView) -> list[str]:
    """Return the nearest sources that speak of all that is named, those about it first."""
    names = called_in(asked.question.text)
    tokens = name_tokens(asked.question.text)
    found: dict[str, bool] = {}
    for passage in asked.passages:
        source_id = str(passage.document.metadata["source_id"])
        if all(library.mentions(source_id, name) for name in names):
            is_about = all(asked.terms.holds(passage.about, token) for token in tokens)
            found.setdefault(source_id, is_about)
    return sorted(found, key=lambda each: not found[each])[:MOST_SOURCES]


def _about(asked: Asked, source_id: str, units: Iterable[Unit]) -> list[Unit]:
    """Keep what is about the trial that is named: all of a paper about it, else what names it."""
    evidence = [each for each in units if is_evidence(asked.question, each)]
    about = next(
        each.about for each in asked.passages if each.document.metadata["source_id"] == source_id
    )
    names = [n for n in name_tokens(asked.question.text) if not asked.terms.holds(about, n)]

    def speaks(unit: Unit) -> bool:
        words = token_set(" ".join([*unit.section, unit.words]))
        return all(asked.terms.holds(words, name) for name in names)

    return [each for each in evidence if not names or speaks(each)]


def _sizes(units: Sequence[Unit]) -> Iterator[Sizes]:
    """Yield what tells the arms' sizes: sentences, rows, heads of columns, rows that are arms."""
    by_table: dict[tuple[int, ...], list[Unit]] = {}
    for unit in units:
        told = _of_row(unit) if unit.cells else _of_sentence(unit)
        if told:
            yield told
        elif any(_SIZE_LABEL.match(cell.head) for cell in unit.cells[1:]):
            key = tuple(each.start for each in unit.context if each.role in {"caption", "column"})
            by_table.setdefault(key, []).append(unit)
    for rows in by_table.values():
        if len(rows) >= TWO:
            yield Sizes(rows[:MOST_ARMS], "", (2, -rows[0].start))


def _of_sentence(unit: Unit) -> Sizes | None:
    if _ALLOCATED.search(unit.text):
        return Sizes([unit], "", (4, -unit.start))
    return Sizes([unit], "", (3, -unit.start)) if SIZES_BESIDE.search(unit.text) else None


def _of_row(unit: Unit) -> Sizes | None:
    counts = [cell for cell in arm_cells(unit.cells) if _WHOLE.fullmatch(cell.text)]
    if _SIZE_LABEL.match(unit.cells[0].text) and len(counts) >= TWO:
        return Sizes([unit], "", (3, -unit.start))
    heads = _sized_heads(unit)
    captions = " ".join(each.quote for each in unit.context if each.role == "caption")
    of_all = bool(_BASELINE.search(f"{captions} {' '.join(unit.section[-1:])}"))
    return Sizes([unit], "; ".join(heads), (1 + of_all, -unit.start)) if len(heads) >= TWO else None


def _sized_heads(unit: Unit) -> list[str]:
    heads = (cell.head for cell in arm_cells(unit.cells) if size_in(cell.head) is not None)
    return list(dict.fromkeys(heads))


def _cited(asked: Asked, found: Sizes, library: LibraryView) -> Cited:
    claims: list[Claim] = []
    citations: list[Citation] = []
    for marker, unit in enumerate(found.units, start=1):
        metadata = library.metadata(unit.source_id)
        cited = citation(unit, metadata, marker)
        text = f"{found.heads}." if found.heads else claim_text(unit, asked.question)
        sources = {unit.source_id: metadata}
        checks = check_claim(text, [cited], names=library.names, sources=sources)
        claims.append(Claim(text, (marker,), checks))
        citations.append(cited)
    return Cited(tuple(claims), tuple(citations))
