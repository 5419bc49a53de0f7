"""Where sources give one figure differently: same trial, endpoint, arm, time point and measure.

A false conflict is worse than a missed one, so whatever might explain two values makes them
no conflict: another time point, rounding, a subset, another denominator, a change against a
level, a word of the endpoint that only one source says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.outcomes.conflict_matching import (
    Comparable,
    Doses,
    Group,
    comparables,
    differ,
    doses_of,
    group_of,
    same_arm,
    same_subject,
)
from iscalimab_qa.evidence.outcomes.conflict_reasons import likely_reason
from iscalimab_qa.evidence.outcomes.context import Reader
from iscalimab_qa.evidence.outcomes.endpoints import Vocabulary
from iscalimab_qa.evidence.outcomes.time_points import time_key, times_in
from iscalimab_qa.evidence.outcomes.trial_facts import TrialFact, facts_differ
from iscalimab_qa.evidence.outcomes.values import Outcome, Place
from iscalimab_qa.evidence.tiers import UNCLASSIFIED, tier_of
from iscalimab_qa.evidence.values import Citation, Notice
from iscalimab_qa.lexicon import shipped_aliases
from iscalimab_qa.sources.values import SourceMetadata

ConflictKind = Literal["value", "participants", "start", "end", "status"]


class Side(NamedTuple):
    """One of the values, as it is shown, and where it stands."""

    shown: str
    place: Place
    source: SourceMetadata

    @property
    def told(self) -> str:
        """The value with its source: "63.1% (shen2025)"."""
        return f"{self.shown} ({self.place.source_id})"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that exclude each other, the stronger and newer source first.

    `endpoint`, `arm` and `time` are as the first side has them, empty where the conflict is
    about the trial as a whole. `reason` is the likely reason, where the texts give one.
    """

    kind: ConflictKind
    trial: str
    endpoint: str
    arm: str
    time: str
    sides: tuple[Side, ...]
    reason: str = ""

    @property
    def text(self) -> str:
        """The conflict in one sentence."""
        values = " against ".join(side.told for side in self.sides)
        about = [self.endpoint, self.arm, self.time and _at(self.time, self.endpoint)]
        subject = _SUBJECT.get(self.kind) or ", ".join(filter(None, about))
        reason = f" Likely reason: {self.reason}." if self.reason else ""
        return f"The sources differ on {subject} ({self.trial}): {values}.{reason}"


_SUBJECT = {
    "participants": "the number of participants",
    "start": "the start",
    "end": "the end",
    "status": "how the trial ended",
}


def _at(time: str, endpoint: str) -> str:
    return "" if time.lower() in endpoint.lower() else time


def conflicts(
    outcomes: Sequence[Outcome], reader: Reader, facts: Sequence[TrialFact] = ()
) -> list[Conflict]:
    """Return what sources give differently, figures first, each disagreement once.

    Args:
        outcomes: Of all sources; statements in words are passed over.
        reader: The knowledge that they were read with.
        facts: What is said of trials as a whole.
    """
    return [*_of_outcomes(outcomes, reader), *_of_facts(facts)]


def _of_outcomes(outcomes: Sequence[Outcome], reader: Reader) -> Iterator[Conflict]:
    groups: defaultdict[Group, list[Outcome]] = defaultdict(list)
    by_trial: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.trial and outcome.measure != "statement":
            groups[group_of(outcome)].append(outcome)
            by_trial[outcome.trial].append(outcome)
    for group, members in groups.items():
        if len({outcome.source_id for outcome in members}) > 1:
            doses = doses_of(by_trial[group.trial], reader)
            yield from _conflicting(comparables(members, group.trial, reader), doses)


def _conflicting(keyed: Sequence[Comparable], doses: Doses) -> Iterator[Conflict]:
    """Yield one conflict for each run of figures of which each differs from another."""
    clusters: list[dict[int, Outcome]] = []
    for one, other in combinations(keyed, 2):
        if not (same_subject(one, other) and same_arm(one, other, doses)):
            continue
        if not differ(one.outcome, other.outcome):
            continue
        pair = {id(each.outcome): each.outcome for each in (one, other)}
        cluster = next((known for known in clusters if known.keys() & pair.keys()), None)
        if cluster is None:
            clusters.append(pair)
        else:
            cluster.update(pair)
    for cluster in clusters:
        yield _conflict(list(cluster.values()))


def _conflict(members: Sequence[Outcome]) -> Conflict:
    ordered = sorted(members, key=lambda each: strength(each.source))
    told: list[Outcome] = []
    for outcome in ordered:
        if all(differ(outcome, other) for other in told):
            told.append(outcome)
    first = told[0]
    return Conflict(
        "value",
        first.trial,
        first.endpoint,
        first.arm,
        first.time,
        tuple(Side(each.shown, each.place, each.source) for each in told),
        likely_reason(told),
    )


class Strength(NamedTuple):
    """Sorts the stronger first, of equally strong ones the newer."""

    tier: int
    age: tuple[int, ...]


def strength(source: SourceMetadata) -> Strength:
    """Rank a source by its tier, capped by what was read of it, then by its date."""
    date = [int(part) for part in re.findall(r"\d+", source.published or "0")]
    return Strength(tier_of(source) or UNCLASSIFIED, tuple(-part for part in date))


def _of_facts(facts: Sequence[TrialFact]) -> Iterator[Conflict]:
    groups: defaultdict[tuple[str, str], list[TrialFact]] = defaultdict(list)
    for fact in facts:
        groups[fact.trial, fact.kind].append(fact)
    for members in groups.values():
        differing = [
            fact for fact in members if any(facts_differ(fact, other) for other in members)
        ]
        if differing:
            yield _fact_conflict(differing)


def _fact_conflict(members: Sequence[TrialFact]) -> Conflict:
    ordered = sorted(members, key=lambda each: strength(each.source))
    sides: dict[str, TrialFact] = {}
    for fact in ordered:
        sides.setdefault(fact.value, fact)
    told = list(sides.values())
    return Conflict(
        told[0].kind,
        told[0].trial,
        "",
        "",
        "",
        tuple(Side(each.shown, each.place, each.source) for each in told),
        likely_reason(told),
    )


_ASKS: dict[ConflictKind, re.Pattern[str]] = {
    "participants": re.compile(
        r"\bhow\s+(?:many|large|big)\b|\bwho\b|\bnumbers?\b|\bsize\b|\benrol|\bparticipa|\brandomi"
        r"|\brecruit|\btook\s+part",
        re.IGNORECASE,
    ),
    "start": re.compile(r"\bwhen\b|\bstart|\bbeg[ai]n|\bdates?\b|\bday\b|\bhow\s+long\b", re.I),
    "end": re.compile(
        r"\bwhen\b|\bend(?:ed|s)?\b|\bdates?\b|\bday\b|\bfinish|\bcomplet|\bstop|\bhow\s+long\b",
        re.I,
    ),
    "status": re.compile(
        r"\bstatus\b|\bstill\b|\bcomplet|\bstop|\bterminat|\bdiscontinu|\bhalt|\bwithdr|\bhappen"
        r"|\bbec[ao]me\b|\bend(?:ed)?\b|\bongoing\b|\bfinish",
        re.IGNORECASE,
    ),
}


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return Vocabulary(shipped_aliases())


def is_asked_for(conflict: Conflict, question: str) -> bool:
    """Whether a question asks for the very figure that sources give differently.

    A value is asked for where the question has a word of its endpoint, in this or another name,
    and no time point but its own.
    """
    if conflict.kind in _ASKS:
        return bool(_ASKS[conflict.kind].search(question))
    words = _vocabulary().words
    asked_times = {time.key for time in times_in(question)}
    own = {time_key(conflict.time)} - {""}
    if asked_times and own and not asked_times & own:
        return False
    return bool(words(conflict.endpoint) & words(question))


def conflict_notices(
    citations: Iterable[Citation],
    found: Sequence[Conflict],
    cite: Callable[[Side], int] | None = None,
) -> list[Notice]:
    """Return a notice for each conflict that an answer's citations rest on.

    Args:
        citations: What the answer cites.
        found: The library's conflicts.
        cite: Cites a side that the answer does not cite yet and returns its marker. Without
            it, the notice cites what the answer cites already.

    Returns:
        One notice a conflict, in the conflicts' order.
    """
    cited = list(citations)
    notices: list[Notice] = []
    for conflict in found:
        markers = [_marker(side, cited) for side in conflict.sides]
        if not any(markers):
            continue
        if cite:
            markers = [
                marker or cite(side) for marker, side in zip(markers, conflict.sides, strict=True)
            ]
        known = tuple(dict.fromkeys(marker for marker in markers if marker))
        notices.append(Notice("conflict", conflict.text, known))
    return notices


def _marker(side: Side, citations: Sequence[Citation]) -> int | None:
    place = side.place
    return next(
        (
            each.marker
            for each in citations
            if each.source_id == place.source_id
            and each.start < place.end
            and place.start < each.end
        ),
        None,
    )
