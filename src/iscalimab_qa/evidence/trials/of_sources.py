"""Which trials each source is about, and the units of it that can say something of a trial.

A library may hold thousands of pages. Only the blocks in which a trial is named, or in which
a word stands that tells how something ended or was designed, are cut into units.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iscalimab_qa.evidence.naming.drug_names import DrugNames
from iscalimab_qa.evidence.naming.trial_names import (
    NameFinder,
    acronyms_in,
    name_key,
    names_said_together,
    numbers_in,
)
from iscalimab_qa.evidence.stems import Stems
from iscalimab_qa.evidence.trials.identity import Identities, NameGroup, identify
from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.sources.values import Block, Source
from iscalimab_qa.units import Unit

UnitsOf = Callable[[Source], Iterable[Unit]]

_SAYS_STATUS = Stems(
    r"\b(?:terminat|discontinu|halt(?:ed|s|ing)|abandon|prematurely|stopp(?:ed|ing)|stops\b"
    r"|g[ia]ven? up|giv(?:es|ing) up|dropp(?:ed|ing)|drops\b|scrapp|axed|shelv|called off"
    r"|walk(?:ed|s) away|ceas(?:e|ed|es)\b|no longer|withdrawn|ongoing|recruiting|development"
    r"|being (?:developed|studied|tested)|status|supersed|overtaken"
    r"|primary (?:\w+ )?(?:end ?-?point|outcome|objective|aim|goal)"
    r"|(?:its|trial['’]s|study['’]s) (?:main |principal )?(?:aim|goal|objective))",
    "terminat|discontinu|halt|abandon|prematurely|stop|giv|gav|drop|scrapp|axed|shelv|called off"
    "|walk|ceas|no longer|withdrawn|ongoing|recruiting|development|being|status|supersed"
    "|overtaken|primary|its|trial|study",
)
_SAYS_DESIGN = Stems(
    r"\b(?:randomi[sz]|enrol|recruited|start|began|ended|end date|complet|phase [1-4I]|n ?= ?\d)",
    "randomi|enrol|recruited|start|began|ended|end date|complet|phase|n =|n=",
)
_NO_NAMES = frozenset({"boilerplate", "reference", "note", "suspicious"})
_NO_EVIDENCE = _NO_NAMES | {"heading"}
"""Blocks that say nothing of a trial: what a curator remarks is about a document."""

_OFTEN, _CLEARLY = 3, 2
"""A text that names several trials is about the one it names at least three times, and at
least twice as often as the next."""


_NAME_LINE = re.compile(
    r"\b(?i:acronym|(?:protocol|study|sponsor|trial)\s+(?:number|code|id|identifier))\W{0,3}:\s*"
    r"(?P<name>[A-Z][\w-]{2,24})(?![\w-])"
)
"""A register's own line of a trial's acronym or of its sponsor's code."""

_TOP, _REGISTERED_REACH = 250, 80
"""Characters from the top, and before a number, within which it is the source's own."""
_NUMBER_LINE = re.compile(
    r"^\W*(?:nct|eudract|isrctn|trial|registry|registration|clinicaltrials\.gov)\s+"
    r"(?:number|no\.?|id|identifier)\W{0,3}:\W{0,3}(?=\w)",
    re.IGNORECASE | re.MULTILINE,
)
"""Begins the line of a register's record that says under which number it stands."""

_REGISTERED = re.compile(
    r"registration|registered|identifier|clinicaltrials\.gov|trial\s+number", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source, the ids of the trials that it is about, and its units that matter here.

    `chief` is the one trial that most of it is about, though it may name others: too little to
    ascribe its facts to that trial, enough to read it when that trial is asked about.
    """

    source: Source
    about: tuple[str, ...]
    named: frozenset[str]
    units: tuple[Unit, ...]
    chief: str | None = None


def known_otherwise(aliases: Iterable[AliasGroup], drugs: DrugNames) -> Callable[[str], bool]:
    """Make a test for names that the lexicon knows as a drug, target, disease or measure."""
    others = {
        name_key(name)
        for group in aliases
        if group.kind not in {"trial", "plain"}
        for name in group.says
    }
    return lambda name: name_key(name) in others or drugs.is_drug(name)


def identify_trials(
    sources: Sequence[Source], aliases: Sequence[AliasGroup], drugs: DrugNames
) -> Identities:
    """Join the names of the library's trials: metadata and aliases first, then the texts."""
    is_other = known_otherwise(aliases, drugs)
    groups = [
        NameGroup((trial.trial_id, *(n for n in trial.aliases if not is_other(n))), trusted=True)
        for source in sources
        for trial in source.metadata.trials
    ]
    groups += [NameGroup(group.says, trusted=True) for group in aliases if group.kind == "trial"]
    for source in sources:
        places = _Blocks(source)
        for find in (names_said_together, acronyms_in):
            for named in find(source.text, is_other):
                if places.may_name(named.place):
                    groups.append(NameGroup(named.names, trusted=False))
        groups += _titled(source, is_other)
    return identify(groups)


def _titled(source: Source, is_other: Callable[[str], bool]) -> Iterator[NameGroup]:
    """Join a title's acronym, and names in a register's own lines, to the text's one number."""
    named = {found.names[0] for found in acronyms_in(source.metadata.title, is_other)}
    named = named if len(named) == 1 else set()
    named.update(line["name"] for line in _NAME_LINE.finditer(source.text))
    own = _own_number(source)
    numbers = {own} if own else {number.name for number in numbers_in(source.text) if named}
    if named and len(numbers) == 1:
        yield NameGroup((*numbers, *sorted(named)), trusted=False)


def _named_above(source: Source, identities: Identities, finder: NameFinder) -> tuple[str, ...]:
    """Return the trial under whose number a record stands, else those that a title names."""
    own = name_key(_own_number(source) or "")
    keys = [own] if own in identities.trial_of else [k for k, *_ in finder(source.metadata.title)]
    named = (identities.trial_of.get(key) for key in keys)
    return tuple(dict.fromkeys(trial_id for trial_id in named if trial_id))


def _own_number(source: Source) -> str | None:
    """Return the number that a register's record gives as its own, at its top."""
    line = _NUMBER_LINE.search(source.text, 0, _TOP)
    if line is None:
        return None
    return next((n.name for n in numbers_in(source.text) if n.start == line.end()), None)


def find_names(sources: Sequence[Source], identities: Identities) -> NameFinder:
    """Prepare the search for every name of every trial."""
    names = {name for all_names in identities.names.values() for name in all_names}
    letters = sorted({name.lower() for name in names if name.isalpha()})
    if not letters:
        return NameFinder(names, lambda _: False)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, letters))})\b")
    words = {match for source in sources for match in pattern.findall(source.text)}
    return NameFinder(names, words.__contains__)


def views(
    sources: Iterable[Source], identities: Identities, finder: NameFinder, units_of: UnitsOf
) -> Iterator[SourceView]:
    """Look at each source: what it is about, and what in it can say something of a trial."""
    sources = list(sources)
    by_work = _works(sources, identities)
    for source in sources:
        blocks = _Blocks(source)
        found = [
            (identities.trial_of[key], start)
            for key, start, _ in finder(source.text)
            if key in identities.trial_of and blocks.may_name(start)
        ]
        about = _about(source, identities, finder, by_work, found)
        places = [start for _, start in found]
        places += _SAYS_STATUS.places(source.text)
        if len(about) == 1:
            places += _SAYS_DESIGN.places(source.text)
        units = blocks.units_at(places, units_of)
        named = frozenset(trial_id for trial_id, _ in found)
        chief = about[0] if len(about) == 1 else None if about else _chief(found)
        yield SourceView(source, about, named | frozenset(about), units, chief)


def _recorded(source: Source, identities: Identities) -> tuple[str, ...]:
    ids = (identities.trial_of.get(name_key(trial.trial_id)) for trial in source.metadata.trials)
    return tuple(dict.fromkeys(trial_id for trial_id in ids if trial_id))


def work_keys(source: Source) -> list[str]:
    """Name the work behind a source by DOI and PMID, as they are looked up."""
    meta = source.metadata
    return [value.lower() for value in (meta.doi, meta.pmid) if value]


def _works(sources: Iterable[Source], identities: Identities) -> Mapping[str, tuple[str, ...]]:
    """Map DOI and PMID to the trials that the metadata of any source of that work names."""
    return {
        key: trials
        for source in sources
        if (trials := _recorded(source, identities))
        for key in work_keys(source)
    }


def _about(
    source: Source,
    identities: Identities,
    finder: NameFinder,
    by_work: Mapping[str, tuple[str, ...]],
    found: Sequence[tuple[str, int]],
) -> tuple[str, ...]:
    """Say what a source is about: by its metadata, its work, its title, its only or main trial."""
    recorded = _recorded(source, identities)
    if recorded:
        return recorded
    if known := next((by_work[key] for key in work_keys(source) if key in by_work), None):
        return known
    if named := _named_above(source, identities, finder):
        return named
    counts = Counter(trial_id for trial_id, _ in found).most_common(2)
    if len(counts) == 1:
        own = counts[0][1] > 1 or _is_its_own(source, found[0][1])
        return (counts[0][0],) if own else ()
    if counts and counts[0][1] >= max(_OFTEN, _CLEARLY * counts[1][1]):
        return (counts[0][0],)
    return ()


def _chief(found: Sequence[tuple[str, int]]) -> str | None:
    """Return the trial that a text names again, and clearly more often than any other."""
    counts = Counter(trial_id for trial_id, _ in found).most_common(2)
    others = max(1, counts[1][1]) if len(counts) > 1 else 1
    return counts[0][0] if counts and counts[0][1] >= _CLEARLY * others else None


def _is_its_own(source: Source, place: int) -> bool:
    """Whether a trial named once is the source's: at the very top, or as its registration."""
    before = source.text[max(0, place - _REGISTERED_REACH) : place]
    return place < _TOP or bool(_REGISTERED.search(before))


class _Blocks:
    """A source's blocks, looked up by a place in its text."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._blocks = sorted(source.blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]
        self._of_caption = {
            block.table.caption.start: number
            for number, block in enumerate(self._blocks)
            if block.table and block.table.caption
        }

    def may_name(self, place: int) -> bool:
        block = self._at(place)
        return block is not None and block.kind not in _NO_NAMES

    def _at(self, place: int) -> Block | None:
        number = bisect_right(self._starts, place) - 1
        block = self._blocks[number] if number >= 0 else None
        return block if block and place < block.end else None

    def units_at(self, places: Iterable[int], units_of: UnitsOf) -> tuple[Unit, ...]:
        """Cut the blocks that hold one of the places; a caption stands for its table."""
        chosen: dict[int, Block] = {}
        for place in places:
            block = self._at(place)
            if block is None or block.kind in _NO_EVIDENCE:
                continue
            number = self._of_caption.get(block.start)
            block = self._blocks[number] if number is not None else block
            chosen[block.start] = block
        if not chosen:
            return ()
        blocks = tuple(chosen[start] for start in sorted(chosen))
        units = units_of(replace(self._source, blocks=blocks))
        return tuple(unit for unit in units if unit.kind in {"sentence", "row"})
