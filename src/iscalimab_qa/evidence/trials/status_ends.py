"""Find what a sentence says was stopped, completed or overtaken, and that it was a trial."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iscalimab_qa.evidence.trials import status_cues as cues
from iscalimab_qa.evidence.trials.status_sentence import (
    Placed,
    SaidStatus,
    Sentence,
    What,
    reading_of,
)

_OBJECT_REACH = 110
"""Characters after a verb within which its object's noun stands."""


def ends(sentence: Sentence) -> Iterator[Placed]:
    """Yield what was stopped, completed or superseded, in no order."""
    for pattern, said_of in (
        (cues.PASSIVE, subject_before),
        (cues.ENDED_ITSELF, subject_before),
        (cues.NO_LONGER, _development),
        (cues.MARKET, _development),
        (cues.POSSESSIVE, _named_beside),
        (cues.ADJECTIVE, _named_beside),
        (cues.NOMINAL, _object_after),
        (cues.ACTIVE, _active_object),
    ):
        for match in pattern.finditer(sentence.text):
            start, end = match.span("cue")
            if sentence.is_denied(start, end):
                continue
            what = said_of(sentence, start, match.end())
            status = status_of(match["cue"])
            if what and not (what.programme and status == "completed"):
                yield Placed(start, reading_of(sentence, status, start, end, what))


def subject_before(sentence: Sentence, cue: int, _: int) -> What | None:
    """Find what ended before a passive verb, in its own clause."""
    head = sentence.subject(cue)
    if head is None or head.kind == "other":
        return None
    if head.kind == "work":
        return What(programme=True, near=None)
    # The name that the head is, else the nearest before the verb, else the first one at all.
    before = sentence.before(cue, start=sentence.clause(cue))
    exact = [place for place in before if place == head.start]
    near = exact or before[-1:] or sentence.after(0)[:1]
    return What(programme=False, near=near[0] if near else None)


def _active_object(sentence: Sentence, cue: int, end: int) -> What | None:
    """Find what a verb stopped; patients who stopped something did not stop a trial."""
    head = sentence.subject(cue)
    if (head and head.kind == "other") or cues.COUNT_BEFORE.search(sentence.text[:cue]):
        return None
    return _object_after(sentence, cue, end)


def _object_after(sentence: Sentence, cue: int, end: int) -> What | None:
    """Find what was stopped behind a verb or a noun: the first thing after it decides."""
    text = sentence.text
    reach = text[end : end + _OBJECT_REACH]
    stop = re.search(r"[;:]|\b(?:because|whereas|while|due|owing)\b|\.(?:\s|$)", reach)
    last = end + (stop.start() if stop else len(reach))
    named = next((place for place in sentence.after(end) if place < last), None)
    noun = cues.NOUN.search(text, end, last)
    gives_up = bool(re.search(r"\b(?:up|away)\b", text[cue:end], re.IGNORECASE))
    if named is not None and (noun is None or named <= noun.start() or noun.lastgroup == "trial"):
        is_object = not cues.PREPOSITION.search(text[end:named])
        return What(programme=False, near=named) if is_object else None
    if noun is None:
        return What(programme=True, near=None) if gives_up else None
    if noun.lastgroup == "work":
        return What(programme=True, near=None)
    return _trial_object(sentence, cue, end, noun) if noun.lastgroup == "trial" else None


def _trial_object(sentence: Sentence, cue: int, end: int, noun: re.Match[str]) -> What | None:
    """Tell a trial that was stopped from patients who left it."""
    text = sentence.text
    before = sentence.before(cue)
    is_drug = re.match(
        r"\s*(?:drug|medication|treatment|product|participation)", text[noun.end() :]
    )
    if is_drug or cues.PREPOSITION.search(text[end : noun.start()]):
        return None
    if not before and cues.COUNTED.search(text):
        return None
    is_programme = noun[0].lower().startswith(("program", "project"))
    return What(programme=is_programme and not before, near=before[-1] if before else None)


def _development(_sentence: Sentence, _cue: int, _end: int) -> What:
    return What(programme=True, near=None)


def _named_beside(sentence: Sentence, cue: int, _: int) -> What | None:
    near = sentence.before(cue)[-1:] or sentence.after(cue)[:1]
    return What(programme=False, near=near[0]) if near else None


def status_of(cue: str) -> SaidStatus:
    """Return the status that a word of ending tells."""
    said = " ".join(cue.lower().split())
    return next((status for stem, status in _BY_STEM if stem in said), "discontinued")


_BY_STEM: tuple[tuple[str, SaidStatus], ...] = (
    ("not yet recruiting", "ongoing"),
    ("not recruiting", "ongoing"),
    ("recruiting", "recruiting"),
    ("enrolling", "recruiting"),
    ("complet", "completed"),
    ("supersed", "superseded"),
    ("overtaken", "superseded"),
    ("terminat", "terminated"),
    ("premature", "terminated"),
    ("early", "terminated"),
    ("why", "terminated"),
    ("withdrawn", "withdrawn"),
    ("ongoing", "ongoing"),
)
"""The first stem that a cue holds tells its status; every other cue is a stop."""
