"""Whose figure a sentence gives: each figure bound to its arm by the sentence's own syntax.

A figure is bound only where it stands directly behind its arm, or before "with", "on", "in"
and the arm, and only where all figures of the clause can be bound alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from iscalimab_qa.evidence.outcomes.arm_names import ArmMention
from iscalimab_qa.evidence.outcomes.readings import COUNT_OF, HEDGE, NUMBER, UNIT

_FIGURE = re.compile(
    rf"(?P<hedge>\b{HEDGE}|[~≈<>≤≥]\s*)?(?:"
    rf"(?P<of>{COUNT_OF})(?:[^\d(;,]{{0,30}}\(\s*(?P<ofpct>{NUMBER})\s*%\s*\))?"
    rf"|(?P<pct>{NUMBER})\s*%(?:\s*\(\s*(?:n\s*=\s*)?(?P<behind>{COUNT_OF}|\d+)\s*\))?"
    rf"|(?P<measured>{NUMBER})(?:\s*|-)(?P<unit>(?!years?\b|weeks?\b|days?\b|h\b|m\b|M\b|U\b"
    rf"|events?\b|cells?\b){UNIT})"
    rf"|(?P<bare>(?<![\w.\x01])(?:[-−–]\d+(?:\.\d+)?|\d+\.\d+)(?![\w.]))"
    r")",
    re.IGNORECASE,
)
_TO_ARM = re.compile(
    r"[\s()%\x01]*(?:[\w-]+\s+){0,5}?(?:with|on|under|for|in|among|receiving|given|taking"
    r"|treated\s+with|"
    r"assigned\s+to|randomi[sz]ed\s+to|who\s+received)\s+(?:the\s+|those\s+(?:on|given"
    r"|receiving)\s+)?(?:[a-z-]+\s+){0,2}",
)
_TO_FIGURE = re.compile(
    r"(?:\s+(?:arms?|groups?|recipients|(?:[\w'’]+\s+)?patients|participants|plots|pupils"
    r"|students|animals))?[\s(,\x01]*"
    r"(?:\s*(?:had|has|was|were|is|are|reached|achieved|showed|improved|fell|rose|declined"
    r"|dropped|decreased|increased|"
    r"changed|responded|of|by|to|in|at|a|an|the|rate|mean|median|value|response|reduction"
    r"|increase|decrease|change|"
    r"improvement|with|respectively|averaged|came|about|from|:|=|\()){0,6}[\s(\x01]*"
)
_COMPARES = re.compile(r"\b(?:than|compared|versus|vs|relative|difference)\b", re.IGNORECASE)
_MORE = re.compile(
    r"[\s,]*(?:(?:percentage\s+)?points?\s+)?(?:[\w-]+\s+)?(?:more|less|fewer|lower|higher"
    r"|greater|longer|shorter)\b",
    re.IGNORECASE,
)
_NO_PATIENTS = re.compile(
    r"\s+(?:\w+\s+)?(?:drugs|doses|treatments|arms|trials|studies|groups|cohorts|sites"
    r"|cent(?:er|re)s|agents|classes|"
    r"antibodies|criteria|countries|items|points|sources)\b",
    re.IGNORECASE,
)
_PATIENTS = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:patients|participants|subjects|people|adults|children|women|men"
    r"|recipients|volunteers|"
    r"pupils|students|plots|animals|mice|rats|monkeys|eyes|cases)\b|\s*\(\s*\d|\s+(?:on|with"
    r"|receiving|given)\s",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[\s,\x01()]*(?:and|or|versus|vs\.?|compared\s+with|compared\s+to"
    r"|against)?[\s,\x01()]*(?:the\s+|with\s+|on\s+|by\s+|\w+\s+)?"
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_THAN = re.compile(
    r"\b(?:than|versus|vs\.?|compared\s+(?:\w+\s+)?(?:with|to)|relative\s+to|over|against|to"
    r"|and|between)\b",
    re.I,
)
_SET_AGAINST = re.compile(
    r"\b(?:more|less|fewer|greater|lower|higher|differences?|ratio|longer|shorter|better)\b",
    re.IGNORECASE,
)


_BOUND = re.compile(
    r"\b(?:bounds?|limits?|margins?|thresholds?|cut-?offs?)\b[^.;,]{0,45}$", re.IGNORECASE
)
"""Before a figure that bounds an interval or a decision, and is no result."""
_REFERENCE = re.compile(
    r"\b(?:than|versus|vs\.?|compared\s+(?:\w+\s+)?(?:with|to)|relative\s+to|against|over)\s+"
    r"(?:(?:on|with|in|under|those|after|the|for)\s+){0,3}$",
    re.IGNORECASE,
)
"""Before the arm that another is set against."""


class Figure(NamedTuple):
    """A figure of a sentence; `start` and `end` bound all of it, `at` and `to` its value."""

    value: str
    unit: str
    counted: str
    start: int
    end: int
    at: int
    to: int


class Pair(NamedTuple):
    """A figure and the arm, or the two arms set against each other, that it belongs to."""

    figure: Figure
    arms: tuple[ArmMention, ...]


def figures_of(text: str) -> list[Figure]:
    """List the figures of a sentence whose arms, times, doses and sizes are blanked out."""
    return [
        _figure(match)
        for match in _FIGURE.finditer(text)
        if _counts_patients(match) and not _BOUND.search(text[: match.start()])
    ]


def _counts_patients(match: re.Match[str]) -> bool:
    """Whether "one of five" counts patients, where it is a count at all."""
    if not match["of"] or match["ofpct"]:
        return True
    rest = match.string[match.end() :]
    if match["of"][-1].isdigit():
        return not _NO_PATIENTS.match(rest)
    return bool(_PATIENTS.match(rest))


def _figure(match: re.Match[str]) -> Figure:
    names = ("ofpct", "pct", "measured", "bare", "of")
    name = next(each for each in names if match[each])
    at, to = match.span(name)
    if match["hedge"] and name in {"pct", "measured", "bare"}:
        at = match.start("hedge")
    unit = "%" if name in {"ofpct", "pct"} else (match["unit"] or "")
    count = match["of"] or match["behind"] or ""
    return Figure(match.string[at:to], unit, count, match.start(), match.end(), at, to)


def merged_arms(text: str, arms: Sequence[ArmMention]) -> list[ArmMention]:
    """Count a drug and its code in parentheses, or its name said twice running, once."""
    merged: list[ArmMention] = []
    for arm in arms:
        if merged and re.fullmatch(r"\s*\(\s*", text[merged[-1].end : arm.start]):
            merged[-1] = merged[-1]._replace(end=arm.end)
        else:
            merged.append(arm)
    return merged


def pairs_in(text: str, figures: Sequence[Figure], arms: Sequence[ArmMention]) -> list[Pair]:
    """Bind each figure of a clause to its arm; none at all where one figure stays unbound.

    Args:
        text: The sentence, with all that is no figure and all arms blanked out.
        figures: The clause's figures, in order.
        arms: The clause's arms, in order.
    """
    if not figures or not arms:
        return []
    if _RESPECTIVELY.search(text) and len(figures) == len(arms) > 1:
        return [Pair(figure, (arm,)) for figure, arm in zip(figures, arms, strict=True)]
    for bind in (_followed, _preceded, _in_turn):
        if pairs := bind(text, figures, arms):
            return pairs
    return _against(text, figures, arms)


def _followed(text: str, figures: Sequence[Figure], arms: Sequence[ArmMention]) -> list[Pair]:
    """Bind "63.1% with iscalimab and 36.3% with placebo"."""
    pairs = []
    for figure, following in zip(figures, [*figures[1:], None], strict=True):
        limit = following.start if following else len(text)
        near = [arm for arm in arms if figure.end <= arm.start < limit]
        gap = text[figure.end : near[0].start] if near else ""
        if (
            len(near) != 1
            or _COMPARES.search(gap)
            or _MORE.match(gap)
            or not _TO_ARM.fullmatch(gap)
        ):
            return []
        pairs.append(Pair(figure, (near[0],)))
    return pairs


def _preceded(text: str, figures: Sequence[Figure], arms: Sequence[ArmMention]) -> list[Pair]:
    """Bind "iscalimab reached 63.1% and placebo 36.3%"."""
    pairs = []
    floor = 0
    for figure in figures:
        near = [arm for arm in arms if floor <= arm.start and arm.end <= figure.start]
        if not near or not _TO_FIGURE.fullmatch(text[near[-1].end : figure.start]):
            return []
        pairs.append(Pair(figure, (near[-1],)))
        floor = figure.end
    after = [arm for arm in arms if arm.start >= figures[-1].end]
    return [] if after else pairs


def _in_turn(text: str, figures: Sequence[Figure], arms: Sequence[ArmMention]) -> list[Pair]:
    """Bind "50% versus 30% with drug and placebo": as many of each, each joined."""
    if len(figures) != len(arms) or len(figures) < 2:  # noqa: PLR2004
        return []
    gaps = [text[left.end : right.start] for left, right in pairwise(figures)]
    gaps += [text[left.end : right.start] for left, right in pairwise(arms)]
    joined = all(map(_JOINED.fullmatch, gaps))
    return (
        [Pair(figure, (arm,)) for figure, arm in zip(figures, arms, strict=True)] if joined else []
    )


def _against(text: str, figures: Sequence[Figure], arms: Sequence[ArmMention]) -> list[Pair]:
    """Bind "5.21 points more with drug than with placebo" to both arms.

    Of several figures, the one counts behind which "more" or "lower" stands.
    """
    compared = [each for each in figures if _MORE.match(text[each.end :])]
    if not compared and len(figures) == 1 and _SET_AGAINST.search(text[: figures[0].start]):
        compared = list(figures)
    distinct = list({arm.name.lower(): arm for arm in reversed(arms)}.values())[::-1]
    if len(compared) != 1 or len(distinct) != 2:  # noqa: PLR2004
        return []
    between = text[: distinct[1].start]
    if not _THAN.search(between):
        return []
    if _REFERENCE.search(text[: distinct[0].start]):
        distinct.reverse()
    return [Pair(compared[0], tuple(distinct))]


def direction_of(text: str, figure: Figure) -> str:
    """Return the word behind a compared figure by which one arm lies off the other: "lower"."""
    more = _MORE.match(text[figure.end :])
    return more[0].split()[-1].strip(",") if more else ""
