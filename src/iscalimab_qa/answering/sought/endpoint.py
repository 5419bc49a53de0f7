"""The primary endpoint as a source defines it, and which of its statements give its result.

"The primary endpoint was the change in FEV1 at week 24" tells no result, but it tells which row
and which sentence do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from iscalimab_qa.answering.terms import names_in, token_set
from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.units import Unit

HALF = 0.5
"""Share of a definition's words by which a statement speaks of that endpoint."""

_DEFINES = re.compile(
    r"""\b(?:co-?)?(?:primary|main)\s+(?:efficacy\s+)?(?:end[\s-]?points?|outcomes?|measures?
        |objectives?)
        \b(?P<of>[^.:;]{0,60}?)\s*(?:\bwas\b|\bis\b|\bwere\b|:|,)\s*(?P<what>(?:[^,.;]
        |\.\d)+)(?P<rest>[^.;]*)
      | ^\W*(?:\d\.\s*)?primary\s*:\s*(?P<listed>[^;]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_ACRONYM = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Za-z][\w-]*\w\b|\b[A-Z]{2,}\d\b")
_EMPTY = frozenset(
    """chang baselin measur mean rate score number week month dai day year end primari from annual
    patient time first fall rise differ respons per minut word treatment after befor""".split()
)


class Primary(NamedTuple):
    """A primary endpoint: its words, its short names, and when it is taken."""

    words: frozenset[str]
    acronyms: frozenset[str]
    times: frozenset[str]

    def is_told(self, unit: Unit) -> bool:
        """Whether a unit speaks of this endpoint, at its time where it names one."""
        label = unit.cells[0].text if unit.cells else unit.text
        told = frozenset(each.key for each in times_in(unit.words))
        if self.times and told and not self.times & told:
            return False
        if self.acronyms and self.acronyms & frozenset(_ACRONYM.findall(label)):
            return True
        shared = self.words & token_set(label)
        return bool(self.words) and len(shared) >= HALF * len(self.words)


def primaries_in(units: Iterable[tuple[str, Unit]]) -> Mapping[str, Primary]:
    """Read the primary endpoints that studies define; the first of each study counts.

    Args:
        units: Each behind the name of its study.

    Returns:
        The endpoints by study.
    """
    found: dict[str, Primary] = {}
    for study, unit in units:
        if study not in found and (match := _DEFINES.search(unit.text)):
            primary = _primary(match)
            if primary.words or primary.acronyms:
                found[study] = primary
    return found


def _primary(match: re.Match[str]) -> Primary:
    what = match["what"] or match["listed"] or ""
    everything = f"{what}{match['rest'] or ''}"
    named = frozenset(part for name in names_in(what) for part in token_set(name))
    words = frozenset(
        word for word in token_set(what) - _EMPTY - named if not any(map(str.isdigit, word))
    )
    acronyms = frozenset(_ACRONYM.findall(what))
    return Primary(words, acronyms, frozenset(each.key for each in times_in(everything)))
