"""What a trial is called, known by the shape of the name, and which names are said of one trial.

A registry number is one wherever it stands. A company code or an acronym is taken for a
trial's name only where a text says so: beside a registry number ("ORCHID-2 (NCT00000001,
CABC123B2201)"), or before the word trial. Diseases and measures are written in capitals too;
names of the lexicon and abbreviations that a document spells out are therefore none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from iscalimab_qa.lexicon.abbreviations import find_definitions
from iscalimab_qa.sources.normalise import matching_key

_REGISTRIES = {
    "nct": r"NCT\s?\d{8}",
    "ctis": r"20\d\d-5\d{5}-\d\d-\d\d",
    "eudract": r"(?:19|20)\d\d-\d{6}-\d\d",
    "isrctn": r"ISRCTN\s?\d{8}",
    "jrct": r"jRCTs?\d{8,12}",
    "actrn": r"ACTRN\s?\d{14}",
    "chictr": r"ChiCTR[-\w]{0,6}\d{8,10}",
    "umin": r"UMIN\d{9}",
    "drks": r"DRKS\d{8}",
    "ctri": r"CTRI/\d{4}/\d{2,3}/\d{6}",
}
_NUMBER = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{registry}>{shape})" for registry, shape in _REGISTRIES.items())
    + r")(?![\w]|-\d)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{6}")
"""Every registry number holds one; most sentences hold none."""
_CODE = (
    r"(?<![\w-])(?:[A-Z]{1,6}\d{2,6}[A-Z]{1,3}\d{3,8}[A-Z]?"
    r"|[A-Z]{1,4}\d{0,4}(?:-[A-Z0-9]{2,6}){1,2}-[A-Z]?\d{2,5})(?![\w-])"
)
"""A protocol's code: letters and digits in turn, or three parts and more. A drug's code
(`ABC-123`) is simpler, and is none."""

_ACRONYM = (
    r"(?<![\w-])(?=(?:[^\sa-z]*[A-Z]){3})[A-Z][A-Za-z0-9]{2,19}"
    r"(?:(?:[- ](?:[A-Z]{2,6}|\d{1,3}|[IVX]{1,4})|-[A-Z])(?![\w]))?(?![\w-])"
)
_CAPITALS = re.compile(r"[A-Z]")
_FEWEST_CAPITALS = 4
"""Of an acronym; three where a number follows (ABC-2)."""

_NO_TRIALS = frozenset(
    "covid covid19 elisa facs sarscov2 nhs fda nih consort prisma eular acr who html".split()
)
"""Words in capitals that stand before `trial` or a number and are in no lexicon."""

_LINK = re.compile(
    r"(?:[\s,;:/()\[\]]|\b(?:and|or|under|the|also|as|at|in|is|with|registered|registration|numbers?|no"
    r"|identifiers?|id|codes?|company|protocol|EudraCT|EU|CT|CTIS|ClinicalTrials\.gov|registry)\b\.?)*",
    re.IGNORECASE,
)
"""What may stand between two names of one trial."""

_LEADS_TO_NUMBER = re.compile(
    r"\s*(?:(?:trial|study)\b(?:\s+(?:of|in|for|comparing)\s[^.,;:()\[\]]{0,80})?)?\s*[,:(\[]?\s*"
    r"(?:(?:EudraCT|EU\s+CT|CTIS|ClinicalTrials\.gov|registered\s+as|registration)\b"
    r"(?:\s+(?:number|identifier|no\.?|ID))?[:,]?\s*)?$",
    re.IGNORECASE,
)
"""Between an acronym and its number: "ORCHID (", "the ORCHID trial of examplimab in gout ("."""
_TRIAL_BY_NAME = re.compile(
    rf"(?P<name>{_ACRONYM})\s+(?:(?:randomi[sz]ed|clinical|controlled|pilot)\s+)*(?:trial|study)\b"
    r"(?!\s+(?:arms?|groups?))"
)
_EPITHETS = r"(?:(?!(?:of|in|for|at|from|by|with)\b)[\w,/’'-]+\s+){0,8}?"
_CALLED_A_TRIAL = re.compile(
    rf"(?P<name>{_ACRONYM})(?=,?\s+(?:was|is)\s+an?\s+{_EPITHETS}(?:trial|study)\b"
    rf"|(?:\s+and\s+{_ACRONYM})?,\s+(?:the|both|its|our|two|an?)\s+{_EPITHETS}(?:trials?|stud(?:y|ies))\b)"
)
"""What a text says is a trial: "ORCHID was a phase 3 trial", "ORCHID-2, the second study"."""
_NUMBERED = r"(?<![\w-])[A-Z][A-Za-z]*[A-Z]-\d{1,3}(?![\w-])"
_TRIAL_BEFORE_NAME = re.compile(
    r"\b(?:(?:trial|study)|primary\s+(?:end\s?-?points?|outcomes?|objectives?)\s+of)\s+"
    rf"(?P<name>{_NUMBERED})"
)
"""A name with a number behind "trial" or "primary endpoint of"; without one it may be anything."""
_TRIALS_NAMED = (_TRIAL_BY_NAME, _CALLED_A_TRIAL, _TRIAL_BEFORE_NAME)
_TRIALISH = re.compile(
    r"trial|stud(?:y|ies)|evaluat|assess|investigat|efficacy|safety|compar|treat", re.IGNORECASE
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_LAST_ROMAN = re.compile(r"(?<=[\w])[\s-]+(iv|v|i{1,3})$")
_SEPARATORS = re.compile(r"[\s\-_/.]+")

_CACHED = 1 << 16
"""Names whose keys are kept: a library repeats the few that it has."""


class Number(NamedTuple):
    """A registry number in a text: the register it belongs to, its one spelling, its place."""

    registry: str
    name: str
    start: int
    end: int


class NamedTrial(NamedTuple):
    """Names that are said of one trial, in the order of the text; `place` is where."""

    names: tuple[str, ...]
    place: int


@lru_cache(maxsize=_CACHED)
def name_key(name: str) -> str:
    """Return what spellings of one name share: `CIRRUS-1`, `Cirrus 1` and `CIRRUS I` are one."""
    key = matching_key(name)
    key = _LAST_ROMAN.sub(lambda match: _ROMAN[match[1]], key)
    return _SEPARATORS.sub("", key)


def registry_of(name: str) -> str | None:
    """Name the register whose number this is, None if it is no registry number."""
    match = _NUMBER.fullmatch(name.strip())
    return match.lastgroup if match else None


def numbers_in(text: str) -> list[Number]:
    """List the registry numbers of a text, in order."""
    if not _LONG_NUMBER.search(text):
        return []
    return [
        Number(match.lastgroup or "", _one_spelling(match), match.start(), match.end())
        for match in _NUMBER.finditer(text)
    ]


def _one_spelling(match: re.Match[str]) -> str:
    name = "".join(match[0].split())
    return name if match.lastgroup in {"jrct", "chictr"} else name.upper()


class _Place(NamedTuple):
    name: str
    registry: str | None
    start: int
    end: int


def names_said_together(text: str, is_other: Callable[[str], bool]) -> Iterator[NamedTrial]:
    """Yield the trials that a text names, each with the names that it says are one trial's.

    A chain of numbers that holds two of one register names two trials: each is then yielded
    alone. An acronym belongs to the chain that it stands before, or that it follows in
    parentheses.

    Args:
        text: A source's text.
        is_other: Whether a name is known to be something else: a drug, a disease, a measure.
    """
    places = [_Place(n.name, n.registry, n.start, n.end) for n in numbers_in(text)]
    if places:
        places += [
            _Place(match[0], None, match.start(), match.end())
            for match in re.finditer(_CODE, text)
            if registry_of(match[0]) is None and not is_other(match[0])
        ]
    spelt_out: frozenset[str] | None = None
    for chain in _chains(text, sorted(places, key=lambda place: place.start)):
        if not any(place.registry for place in chain):
            continue
        if _names_several(chain):
            yield from (NamedTrial((p.name,), p.start) for p in chain if p.registry)
            continue
        spelt_out = _spelt_out(text) if spelt_out is None else spelt_out
        beside = (
            name for name in _acronyms_beside(text, chain) if is_acronym(name, is_other, spelt_out)
        )
        names = (*(place.name for place in chain), *islice(beside, 1))
        yield NamedTrial(names, chain[0].start)


def acronyms_in(text: str, is_other: Callable[[str], bool]) -> Iterator[NamedTrial]:
    """Yield the trials that a text calls by an acronym alone: "the ORCHID-2 trial"."""
    spelt_out: frozenset[str] | None = None
    for match in (match for form in _TRIALS_NAMED for match in form.finditer(text)):
        spelt_out = _spelt_out(text) if spelt_out is None else spelt_out
        if is_acronym(match["name"], is_other, spelt_out) and re.search(
            r"[AEIOUY]", match["name"][:4]
        ):
            yield NamedTrial((match["name"],), match.start())


def is_acronym(name: str, is_other: Callable[[str], bool], spelt_out: frozenset[str]) -> bool:
    """Whether capitals can be a trial's acronym and are nothing else that is known."""
    numbered = bool(re.search(r"[- ](?:\d+|[IVX]+)$", name))
    capitals = len(_CAPITALS.findall(re.sub(r"[- ](?:\d+|[IVX]+)$", "", name)))
    stem = re.split(r"[- ]", name)[0]
    return (
        capitals >= _FEWEST_CAPITALS - numbered
        and name_key(name) not in _NO_TRIALS
        and name_key(stem) not in _NO_TRIALS
        and stem not in spelt_out
        and name not in spelt_out
        and registry_of(name) is None
        and not is_other(name)
        and not is_other(stem)
    )


def _spelt_out(text: str) -> frozenset[str]:
    """Return the abbreviations that a text defines as something other than a trial."""
    return frozenset(
        found.short for found in find_definitions(text) if not _TRIALISH.search(found.long)
    )


def _chains(text: str, places: list[_Place]) -> Iterator[list[_Place]]:
    """Yield runs of names with nothing between them but words that link names of one thing."""
    chain: list[_Place] = []
    for place in places:
        if chain and not _LINK.fullmatch(text[chain[-1].end : place.start]):
            yield chain
            chain = []
        chain.append(place)
    if chain:
        yield chain


def _names_several(chain: Iterable[_Place]) -> bool:
    registries = [(place.registry, name_key(place.name)) for place in chain if place.registry]
    return len({registry for registry, _ in set(registries)}) < len(set(registries))


_REACH = 140
"""Characters before a number within which its acronym begins."""


_LONGEST_HEADING = 250
"""Characters of a line that can be a heading."""


def _acronyms_beside(text: str, chain: list[_Place]) -> Iterator[str]:
    """Yield what may be the acronym of numbers: the nearest before them, then those behind."""
    first, last = chain[0], chain[-1]
    before = text[max(0, first.start - _REACH) : first.start].rpartition("\n")[2]
    for match in reversed(list(re.finditer(_ACRONYM, before))):
        if _LEADS_TO_NUMBER.fullmatch(before[match.end() :]):
            yield match[0]
    line = text[last.end :].partition("\n")[0]
    if behind := re.match(rf"\s*[(\[](?P<name>{_ACRONYM})[;,)\]]", line):
        yield behind["name"]
    # "NCT00000001: examplimab in arthritis (ORCHID)": a heading ends with its trial's name.
    at_end = re.search(rf"[(\[](?P<name>{_ACRONYM})[)\]]\s*$", line[:_LONGEST_HEADING])
    if at_end and not numbers_in(line):
        yield at_end["name"]


class NameAt(NamedTuple):
    """A known name, by its key, at [start, end) of a text."""

    key: str
    start: int
    end: int


class NameFinder:
    """Finds known names in a text, all of them with one expression.

    Spaces and dashes inside a name do not matter; `ORION` is not found in `ORION-10`. Names
    that are ordinary words as well are found in capitals only.
    """

    def __init__(self, names: Iterable[str], words: Callable[[str], bool]) -> None:
        """Prepare the search.

        Args:
            names: Every name to be found.
            words: Whether a lower-case word stands in the library's texts.
        """
        spellings = sorted({name for name in names if name_key(name)}, key=lambda n: (-len(n), n))
        self._keys = {name_key(name) for name in spellings}
        self._cased = {
            name_key(name)
            for name in spellings
            if name.isalpha() and (len(name) < _FEWEST_CAPITALS or words(name.lower()))
        }
        # A library may name thousands of registry numbers; their shape finds them faster.
        worded = [name for name in spellings if registry_of(name) is None]
        pattern = "|".join(map(_flexible, worded))
        self._pattern = (
            re.compile(rf"(?<![\w-])(?:{pattern})(?!\w|-[A-Z\d])", re.IGNORECASE)
            if pattern
            else None
        )

    def __call__(self, text: str) -> list[NameAt]:
        """List the names in a text, in order."""
        found = [
            NameAt(key, number.start, number.end)
            for number in numbers_in(text)
            if (key := name_key(number.name)) in self._keys
        ]
        for match in self._pattern.finditer(text) if self._pattern else ():
            key = name_key(match[0])
            if key in self._keys and (key not in self._cased or match[0].isupper()):
                found.append(NameAt(key, match.start(), match.end()))
        return sorted(found, key=lambda name: name.start)


def _flexible(name: str) -> str:
    parts = [re.escape(part) for part in re.split(r"[\s\-‐‑–—_]+", name) if part]
    return r"[\s\-‐‑–—_]*".join(parts)
