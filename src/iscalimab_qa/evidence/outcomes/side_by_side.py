"""Outcomes beside each other: the arms of one trial, or trials that were never compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from iscalimab_qa.evidence.outcomes.time_points import time_key
from iscalimab_qa.evidence.outcomes.values import Outcome
from iscalimab_qa.sources.normalise import matching_key

NO_HEAD_TO_HEAD = "There is no head-to-head trial in this library."
"""What stands above outcomes of different trials."""


class Difference(NamedTuple):
    """One respect in which trials differ: what, and each trial's own words for it."""

    respect: str
    said: tuple[str, ...]


class Line(NamedTuple):
    """One endpoint of one trial at one time: its arms, in the source's order."""

    trial: str
    population: str
    endpoint: str
    time: str
    arms: tuple[Outcome, ...]

    @property
    def text(self) -> str:
        """The line for people: trial, endpoint, time, then each arm with its figure."""
        time = "" if self.time.lower() in self.endpoint.lower() else self.time
        what = ", ".join(filter(None, [self.endpoint, time]))
        where = f"{self.trial}{f' ({self.population})' if self.population else ''}"
        told = "; ".join(f"{arm.arm} {arm.shown}" for arm in self.arms)
        return f"{where}, {what}: {told}"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Outcomes beside each other, in the order given, without any word that ranks them.

    `caution` is empty where all of them are one trial's; else it says that nothing compared
    the trials, and in what they differ.
    """

    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]
    caution: str

    @property
    def text(self) -> str:
        """The caution, then the lines."""
        return "\n".join([*([self.caution] if self.caution else []), *(x.text for x in self.lines)])


def side_by_side(
    outcomes: Iterable[Outcome], drugs_of: Callable[[str], frozenset[str]] | None = None
) -> SideBySide:
    """Set outcomes beside each other.

    Args:
        outcomes: Those that answer a comparison question; preclinical ones are left out, as
            are those without a trial.
        drugs_of: The names in an arm (`reader.arms.key(arm).names`). With it, a trial whose own
            arms hold the drugs of all the others counts as the comparison, and there is no
            caution.
    """
    kept = [each for each in outcomes if each.trial and not each.preclinical]
    lines = _lines(kept)
    trials = list(dict.fromkeys(line.trial for line in lines))
    if len(trials) < 2 or (drugs_of and _compared(kept, drugs_of)):  # noqa: PLR2004
        return SideBySide(lines, (), "")
    differences = _differences(lines, trials)
    return SideBySide(lines, differences, _caution(differences))


def _lines(outcomes: Sequence[Outcome]) -> tuple[Line, ...]:
    groups: dict[tuple[str, ...], list[Outcome]] = {}
    for each in outcomes:
        key = (
            each.trial,
            each.cohort,
            matching_key(each.endpoint),
            time_key(each.time),
            each.source_id,
        )
        groups.setdefault(key, []).append(each)
    return tuple(_line(members) for members in groups.values())


def _line(members: Sequence[Outcome]) -> Line:
    first = members[0]
    population = ", ".join(filter(None, [first.indication, first.cohort]))
    return Line(first.trial, population, first.endpoint, first.time, tuple(members))


def _compared(outcomes: Sequence[Outcome], drugs_of: Callable[[str], frozenset[str]]) -> bool:
    """Whether one trial has arms of everything that is asked about."""
    by_trial: dict[str, frozenset[str]] = {}
    for each in outcomes:
        by_trial[each.trial] = by_trial.get(each.trial, frozenset()) | drugs_of(each.arm)
    every = frozenset().union(*by_trial.values())
    return every in by_trial.values()


def _differences(lines: Sequence[Line], trials: Sequence[str]) -> tuple[Difference, ...]:
    respects: tuple[tuple[str, Callable[[Line], str]], ...] = (
        ("population", lambda line: line.population),
        ("endpoint", lambda line: line.endpoint),
        ("time point", lambda line: line.time),
    )
    found = []
    for respect, of in respects:
        said = {
            trial: ", ".join(
                dict.fromkeys(of(x) or "not stated" for x in lines if x.trial == trial)
            )
            for trial in trials
        }
        if len({matching_key(words) for words in said.values()}) > 1:
            found.append(Difference(respect, tuple(f"{t}: {words}" for t, words in said.items())))
    return tuple(found)


def _caution(differences: Sequence[Difference]) -> str:
    """Say that nothing compared the trials, and in what they differ; one clause a respect."""
    told = [f"{each.respect} ({'; '.join(each.said)})" for each in differences]
    return f"{NO_HEAD_TO_HEAD} The trials differ in {', '.join(told)}." if told else NO_HEAD_TO_HEAD
