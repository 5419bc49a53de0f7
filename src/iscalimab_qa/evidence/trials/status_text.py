"""Read off a sentence how a trial or a programme stands: ended, completed, running, failed.

General language only. What ended must be a trial, a study, a programme or the development of
something: patients who discontinued and treatment that was stopped are no ends of trials. A
negated, conditional or planned end is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from iscalimab_qa.evidence.trials import status_cues as cues
from iscalimab_qa.evidence.trials.status_ends import ends, status_of, subject_before
from iscalimab_qa.evidence.trials.status_sentence import (
    ENDED,
    RUNNING,
    Name,
    Placed,
    Reading,
    SaidStatus,
    Sentence,
    What,
    reading_of,
)

__all__ = ["ENDED", "RUNNING", "Name", "Reading", "SaidStatus", "readings"]


def readings(text: str, names: Sequence[Name] = ()) -> list[Reading]:
    """Read every status that a sentence or row says.

    Args:
        text: The unit's words, a row's with its label and cells.
        names: Where trials are named in it, in order.

    Returns:
        Readings in the order of the text; of several ends of one name the first.
    """
    if not cues.CUE.search(text):
        return []
    sentence = Sentence(text, names)
    found: dict[tuple[str, int | None], Reading] = {}
    for _, reading in sorted(_all(sentence), key=lambda pair: pair.place):
        kind = "ended" if reading.status in ENDED else reading.status
        found.setdefault((kind, reading.near), reading)
    return list(found.values())


def _all(sentence: Sentence) -> Iterator[Placed]:
    yield from ends(sentence)
    yield from _endpoints(sentence)
    yield from _runs(sentence)
    yield from _listed(sentence)


def _endpoints(sentence: Sentence) -> Iterator[Placed]:
    text = sentence.text
    missed = [
        match
        for match in cues.MISSED.finditer(text)
        if not cues.HYPOTHETICAL.search(text[: match.start()])
    ]
    if any(_is_mixed(sentence, match) for match in missed):
        return
    for match in missed:
        yield Placed(match.start(), _endpoint(sentence, "endpoint failed", match))
    for match in cues.MET.finditer(text):
        is_missed = any(o.start() < match.end() and match.start() < o.end() for o in missed)
        if not is_missed and not sentence.is_denied(match.start(), match.end()):
            yield Placed(match.start(), _endpoint(sentence, "endpoint met", match))


def _is_mixed(sentence: Sentence, missed: re.Match[str]) -> bool:
    """Whether one dose met the endpoint and another missed it: the trial did neither."""
    if sentence.after(missed.start()) and sentence.after(missed.start())[0] < missed.end():
        return False
    return any(
        met.start() < missed.start() < met.end() and not sentence.is_denied(met.start(), met.end())
        for met in cues.MET.finditer(sentence.text)
    )


def _endpoint(sentence: Sentence, status: SaidStatus, match: re.Match[str]) -> Reading:
    """Say whose endpoint it was: the trial named behind it ("of X"), else the one before."""
    behind = [
        place
        for place in sentence.after(match.end())
        if re.fullmatch(
            r"\s*(?:endpoints?\s+)?(?:of|in)\s+(?:the\s+)?", sentence.text[match.end() : place]
        )
    ]
    inside = [place for place in sentence.after(match.start()) if place < match.end()]
    near = inside or behind or sentence.before(match.start())[-1:] or sentence.after(match.end())
    return Reading(status, None, None, near[0] if near else None, programme=False)


def _runs(sentence: Sentence) -> Iterator[Placed]:
    for match in cues.RUNS.finditer(sentence.text):
        group = next(name for name in ("cue", "cue2", "cue3", "cue4") if match[name])
        start, end = match.span(group)
        if sentence.is_denied(start, end):
            continue
        if group == "cue" and subject_before(sentence, start, end) is None:
            continue
        status: SaidStatus = "recruiting" if match[group][:4] in {"recr", "enro"} else "ongoing"
        near = sentence.before(start, start=sentence.clause(start))[-1:]
        what = What(programme=not near and group == "cue4", near=near[0] if near else None)
        yield Placed(start, reading_of(sentence, status, start, end, what))


def _listed(sentence: Sentence) -> Iterator[Placed]:
    """Read a register's own lines: `Overall status: Terminated`, `Why study stopped: ...`."""
    places = sentence.after(0)
    what = What(programme=False, near=places[0] if len(places) == 1 else None)
    for match in cues.LISTED.finditer(sentence.text):
        reading = reading_of(sentence, status_of(match["cue"]), *match.span("cue"), what)
        yield Placed(match.start(), reading)
    for match in cues.WHY.finditer(sentence.text):
        start = match.start("cue")
        yield Placed(start, reading_of(sentence, "terminated", start, start, what))
