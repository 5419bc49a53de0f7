"""Outcomes from sentences: "A reached 63.1 % and placebo 36.3 % at week 24".

A figure is taken only where the sentence's own syntax says whose it is: directly behind its
arm, or before "with", "on", "in" and the arm, for every figure of the clause alike. What is
told in any other way is left to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from iscalimab_qa.evidence.outcomes.arm_names import DOSE, ArmMention, cohort_in
from iscalimab_qa.evidence.outcomes.context import SourceView, is_apart
from iscalimab_qa.evidence.outcomes.endpoints import EndpointKey, measure_of, statistic_of
from iscalimab_qa.evidence.outcomes.readings import (
    blanked,
    set_aside,
    size_in,
)
from iscalimab_qa.evidence.outcomes.sentence_endpoints import Endpoint, endpoint_of, known_endpoints
from iscalimab_qa.evidence.outcomes.sentence_figures import (
    Figure,
    Pair,
    direction_of,
    figures_of,
    merged_arms,
    pairs_in,
)
from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.evidence.outcomes.values import Measure, Outcome, Place
from iscalimab_qa.sources.values import Span
from iscalimab_qa.units import Unit

_MAYBE = re.compile(
    r"\d\s*%|\d[.·]\d|\bof\s+(?:the\s+)?(?:\d|two|three|four|five|six|seven)|\d+\s*/\s*\d"
)
"""Cheap: a sentence without one of these has no figure that would be taken."""
_MOVING = re.compile(
    r"^(?:(?:relative|absolute|mean|median)\s+)?(?:improvement|reduction|decrease|increase|change)s?\s+(?:in|of)\s+",
    re.IGNORECASE,
)
"""A change within an arm; what lies between two arms is none."""
_BLANKED = re.compile(
    rf"{DOSE}|\b[nN]\s*=\s*\d[\d,]*|\b\d\s*:\s*\d\b|\b(?:phase|stage|class|grade|type|table"
    rf"|figure)\s+[\dIVX]+[ab]?\b"
    r"|\bNCT\d+\b|\b(?:19|20)\d\d-\d+-\d+\b",
    re.IGNORECASE,
)


def sentence_outcomes(
    view: SourceView, units: Iterable[Unit], rows: Sequence[Outcome]
) -> Iterator[Outcome]:
    """Yield the outcomes of a source's sentences.

    Args:
        view: The source.
        units: Its units.
        rows: The outcomes of its tables, whose endpoints its sentences may speak of.
    """
    known = known_endpoints(view, rows)
    for unit in units:
        if unit.kind == "sentence" and _MAYBE.search(unit.quote):
            yield from _outcomes(view, unit, known)


def _outcomes(
    view: SourceView, unit: Unit, known: Sequence[tuple[EndpointKey, str]]
) -> Iterator[Outcome]:
    text = unit.quote
    arms = view.reader.arms.mentions(text)
    if not arms or (is_apart(unit.section) and not view.reader.trials_in(text)):
        return
    plain = _bare_text(set_aside(text).rest, arms)
    trial = view.trial_of(unit)
    for start, end in _clauses(plain):
        figures = [each for each in figures_of(plain) if start <= each.start < end]
        inside = [each for each in arms if start <= each.start < end]
        pairs = _comparable(pairs_in(plain, figures, merged_arms(plain, inside)), trial=trial)
        endpoint = endpoint_of(view, unit, pairs, known) if pairs else None
        for pair in pairs if endpoint else ():
            assert endpoint is not None  # noqa: S101
            yield _outcome(view, unit, pair, endpoint, Span(start, end))


def _comparable(pairs: list[Pair], *, trial: str) -> list[Pair]:
    """Keep figures of one unit; where no trial is known, only what sets arms side by side."""
    units = {pair.figure.unit or bool(pair.figure.counted) for pair in pairs}
    alone = len(pairs) == 1 and len(pairs[0].arms) == 1 and not pairs[0].figure.counted
    return [] if len(units) > 1 or (alone and not trial) else pairs


def _clauses(text: str) -> list[tuple[int, int]]:
    breaks = [match.start() for match in re.finditer(r";\s", text)]
    return list(zip([0, *breaks], [*breaks, len(text)], strict=True))


def _bare_text(text: str, arms: Sequence[ArmMention]) -> str:
    """Blank out what is a number and no figure: times, doses, sizes, identifiers."""
    spans = [(time.start, time.end) for time in times_in(text)]
    spans += [match.span() for match in _BLANKED.finditer(text)]
    spans += [(arm.start, arm.end) for arm in arms]
    return blanked(text, *spans)


def _outcome(view: SourceView, unit: Unit, pair: Pair, endpoint: Endpoint, clause: Span) -> Outcome:
    figure, text = pair.figure, unit.quote
    told = text[clause.start : clause.end]
    compared = len(pair.arms) > 1
    aside = set_aside(told)
    arm = " versus ".join(each.name for each in pair.arms)
    trial = view.trial_of(unit)
    return Outcome(
        trial=trial,
        indication=view.reader.indication(trial),
        endpoint=_MOVING.sub("", endpoint.name) if compared else endpoint.name,
        arm=arm,
        arm_n=None if compared else _size_after(text, pair.arms[0]),
        time=_time(unit, pair, clause),
        measure=_measure(figure, endpoint, compared=compared),
        statistic=statistic_of(told),
        value=figure.value,
        unit=figure.unit,
        count=figure.counted,
        interval=aside.interval if compared else "",
        p=aside.p,
        cohort=cohort_in(text) or cohort_in(arm),
        note=_direction(text, pair) if compared else "",
        preclinical=view.preclinical(unit),
        kind="sentence",
        place=Place(unit.source_id, unit.start, unit.end, unit.quote, unit.context),
        value_start=unit.start + figure.at,
        value_end=unit.start + figure.to,
        source=view.metadata,
    )


def _direction(text: str, pair: Pair) -> str:
    """Say which way the first arm lies off the other, where a word behind the figure tells it."""
    word = direction_of(text, pair.figure)
    return f"{pair.figure.value}{'%' if pair.figure.unit == '%' else ''} {word}" if word else ""


def _measure(figure: Figure, endpoint: Endpoint, *, compared: bool) -> Measure:
    if endpoint.is_level and not figure.counted:
        return "percent" if figure.unit == "%" else "value"
    return measure_of(endpoint.words, unit=figure.unit, count=figure.counted, compared=compared)


def _size_after(text: str, arm: ArmMention) -> int | None:
    match = re.match(r"[^()\d]{0,25}\(\s*n\s*=\s*\d[\d,]*\s*\)", text[arm.end :], re.IGNORECASE)
    return size_in(match[0]) if match else None


def _time(unit: Unit, pair: Pair, clause: Span) -> str:
    """Return the time that a figure was taken at: the clause's, the nearest of several.

    Of several in one clause, the one between this figure and the next thing told counts, or
    the last one before it. A clause without one shares the sentence's only one.
    """
    times = times_in(unit.quote)
    inside = [time for time in times if clause.start <= time.start < clause.end]
    if len({time.key for time in inside}) == 1:
        return inside[0].written
    if not inside:
        places = [unit.quote, *(piece.quote for piece in unit.context), *reversed(unit.section[1:])]
        found = ({time.key: time.written for time in times_in(place)} for place in places)
        only = next((keys for keys in found if keys), {})
        return next(iter(only.values())) if len(only) == 1 else ""
    last = max([pair.figure.end, *(arm.end for arm in pair.arms)])
    behind = [time for time in inside if last <= time.start <= last + 20]
    before = [time for time in inside if time.end <= pair.figure.start]
    return (behind[:1] or before[-1:] or inside[:1])[0].written
