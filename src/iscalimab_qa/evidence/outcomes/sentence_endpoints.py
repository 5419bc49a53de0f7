"""What the figures of a sentence measure: an endpoint known from a table, or the sentence's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.evidence.outcomes.context import SourceView
from iscalimab_qa.evidence.outcomes.endpoints import EndpointKey, without_times
from iscalimab_qa.evidence.outcomes.values import Outcome
from iscalimab_qa.lexicon.tokens import stem
from iscalimab_qa.units import Unit

if TYPE_CHECKING:
    from iscalimab_qa.evidence.outcomes.sentence_figures import Pair

_MOST_WORDS = 14
"""A longer stretch of a sentence is more than an endpoint's name."""
_VERB = re.compile(
    r"\s+(?:was|were|had\s+been|has\s+been|had|is|are|of|fell|rose|improved|declined|dropped"
    r"|decreased|increased|"
    r"changed|occurred|affected|averaged|reached|came\s+to|went|by|:)(?=\s|$)",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"[\s,\x01)]*(?:had|reached|achieved|showed|experienced|met|reported|developed|died"
    r"|relapsed|responded)\b\s*(?P<what>[^,;]*)",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\s*(?:on|in|for)\s+(?P<what>(?:the\s+)?(?:[\w-]+\s+){1,6}?)(?=and\s|versus\s|while\s)", re.I
)
_FOR = re.compile(
    r"(?:For|On|In\s+terms\s+of|Regarding|As\s+for|Concerning)\s+(?!patients|participants"
    r"|those)(?P<what>[^,;]+),",
    re.I,
)
_TO_LEVEL = re.compile(
    r"\b(?:fell|rose|improved|declined|dropped|decreased|increased|reduced"
    r"|lowered)\b[^;,]{0,30}?\bto\s*$",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:fell|fallen|rose|risen|improved|declined|dropped|decreased|increased|changed"
    r"|reduced|lowered)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:In|At|By|After|During|Over|Through|Among|Of|From|For|Up\s+to|With|Within|On"
    r"|Compared)\b[^,]*,\s*)+",
)
_PLACE = re.compile(
    r"\s+(?:in|at|of|from|during|to)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,6}(?:trial"
    r"|study)\b(?:\s+(?:NCT\d+|of\s+[\w-]+))*.*$"
)
_PREPOSITION = re.compile(
    r"(?:At(?!\s+(?:least|most)\b)|By|After|During|Over(?!\s+\d)|Through|Among|From|Within|Up\s+to|In|For|With|On|Of)\s",
    re.IGNORECASE,
)
"""What begins so is where or when something was seen, not what was measured."""
_ARTICLE = re.compile(r"^(?:the|a|an|and|but|while|that|whereas|mean|median)\s+", re.IGNORECASE)
_NARROWING = frozenset(
    map(
        stem,
        """serious severe fatal partial complete minor major opportunistic related recurrent
        confirmed clinical overall free cause specific early late sustained new subgroup""".split(),
    )
)
"""Words that make another endpoint of the one they stand before."""
_UNOPENED = re.compile(r"^[^()]*\)[\s,]*")
_SENSE = re.compile(r"[A-Za-z]{3}")


class Endpoint(NamedTuple):
    """An endpoint's name as a source has it, and the words that tell the kind of figure.

    `is_level` where a figure is where the measure came to rest, not by how much it moved.
    """

    name: str
    words: str
    is_level: bool = False


def known_endpoints(view: SourceView, rows: Iterable[Outcome]) -> list[tuple[EndpointKey, str]]:
    """Return the endpoints of a source's tables with their keys, the most telling first."""
    names = dict.fromkeys((row.endpoint, row.trial) for row in rows)
    keyed = [
        (view.reader.vocabulary.endpoint(name, view.reader.ignored(trial)), name)
        for name, trial in names
    ]
    return sorted(keyed, key=lambda each: -max(map(len, each[0]), default=0))


def endpoint_of(
    view: SourceView,
    unit: Unit,
    pairs: Sequence[Pair],
    known: Sequence[tuple[EndpointKey, str]],
) -> Endpoint | None:
    """Name what a sentence measures; None where its wording does not show it.

    A table's endpoint is meant where the sentence says all the words of one of its names, and
    nothing that would narrow it.
    """
    text = unit.quote
    first = min(pairs[0].figure.start, *(arm.start for arm in pairs[0].arms))
    last = max(max(pair.figure.end, *(arm.end for arm in pair.arms)) for pair in pairs)
    own = (
        _behind(text[last:])
        or _before(text[:first])
        or _between(text[pairs[0].figure.end :])
        or _announced(unit, text[:first])
    )
    own = _without_trial(view, own)
    name = _of_table(view, unit, own, known) or own
    is_level = bool(_TO_LEVEL.search(text[: pairs[0].figure.start]))
    return Endpoint(name, f"{name} {_moved(text)}", is_level) if name else None


def _without_trial(view: SourceView, name: str) -> str:
    """Cut a trial's name off the end of an endpoint's: "serious adverse events in ORCHID"."""
    named = view.reader.registry.names_at(name)
    before = (
        re.match(r"(.*\S)\s+(?:in|of|from|during)\s+$", name[: named[0].start]) if named else None
    )
    return before[1] if before and named[-1].end == len(name) else name


def _of_table(
    view: SourceView, unit: Unit, own: str, known: Sequence[tuple[EndpointKey, str]]
) -> str:
    """Return the table's endpoint that a sentence means, empty if it means none surely."""
    if not known:
        return ""
    words = view.reader.vocabulary.words
    said, called = words(unit.quote), words(own) - view.reader.ignored(view.trial_of(unit))
    for key, name in known:
        every = frozenset().union(*key)
        narrowed = called - every if own else (said & _NARROWING) - every
        if not narrowed and any(way <= said for way in key):
            return name
    return ""


def _moved(text: str) -> str:
    match = _MOVED.search(text)
    return match[0] if match else ""


def _behind(rest: str) -> str:
    """Return what follows the last arm: "... had a serious adverse event at week 24"."""
    match = _PREDICATE.match(re.sub(r"^\s*\([^()]*\)", "", rest))
    if not match:
        return ""
    verb = re.findall(r"[a-z]+", match[0].lower())[0]
    return _trimmed(match["what"] or verb) or (
        verb if verb in {"died", "relapsed", "responded"} else ""
    )


def _between(rest: str) -> str:
    """Return what stands behind the first figure: "improved by 8.2 points on the reading test"."""
    match = _ON.match(rest)
    return _trimmed(match["what"]) if match else ""


def _announced(unit: Unit, lead: str) -> str:
    """Return what the figures are announced for: "For pain, ...", or the line above a list."""
    match = _FOR.match(lead)
    above = [piece.quote for piece in unit.context if piece.role == "lead"]
    return _trimmed(match["what"]) if match else _trimmed(above[-1]) if above else ""


def _before(lead: str) -> str:
    """Return the sentence's subject: what stands before its first verb, without its opening."""
    lead = _OPENING.sub("", re.split(r"[;:]\s", lead)[-1])
    verbs = list(_VERB.finditer(lead))
    subject = lead[: verbs[0].start()] if verbs else lead
    if verbs and verbs[0][0].strip() == "of" and len(verbs) > 1:
        subject = lead[: verbs[1].start()]
    named = _trimmed(subject) if verbs else ""
    return "" if _PREPOSITION.match(named) else named


def _trimmed(words: str) -> str:
    words = without_times(_PLACE.sub("", _UNOPENED.sub("", words)))
    words = re.sub(r"\s*\([^()]*$", "", words).strip(" .,;:")
    words = _ARTICLE.sub("", words)
    words = re.sub(r"\s+(?:with|on|in|for|under|at|by|and|or|the)$", "", words)
    fits = _SENSE.search(words) and len(words.split()) <= _MOST_WORDS
    return words if fits else ""
