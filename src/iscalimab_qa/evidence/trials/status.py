"""What each source says of how a trial, or a drug's development, stands, and whom to believe."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from iscalimab_qa.evidence.figures.said_dates import date_told, dates_in
from iscalimab_qa.evidence.naming.drug_names import DrugNames
from iscalimab_qa.evidence.naming.indications import Indications
from iscalimab_qa.evidence.outcomes.arm_names import cohort_in
from iscalimab_qa.evidence.tiers import UNCLASSIFIED, status_rank, tier_of
from iscalimab_qa.evidence.trials.of_sources import SourceView
from iscalimab_qa.evidence.trials.standing import kind_of
from iscalimab_qa.evidence.trials.status_text import RUNNING, Name, Reading, readings
from iscalimab_qa.evidence.trials.values import Fact, Said, Statement
from iscalimab_qa.sources.values import SourceMetadata, TrialRecord, TrialStatus
from iscalimab_qa.units import Unit

_ELSEWHERE = re.compile(
    r"\b(?:previous|earlier|prior|another|other|later|subsequent|separate|different|both|these|those|two|several|all)"
    r"\s+(?:\w+\s+){0,3}?(?:trials?|stud(?:y|ies)|cohorts?|programmes?|programs?|work)\b",
    re.IGNORECASE,
)
"""A sentence of such a trial is not of the one that its source is about."""

_PART_OF = re.compile(
    r"\b(?:extension|sub-?stud(?:y|ies)|follow-up|continuation|run-in)"
    r"(?:\s+(?:study|trial|phase|part))?\s+(?:of|to)\s+(?:the\s+)?(?:[\w-]+\s*\()?$",
    re.IGNORECASE,
)
"""Before a trial's name: something that hangs on that trial and is not it."""

_WHOLE = re.compile(
    r"\b(?:entirely|altogether|completely|wholly|in\s+full|all\s+indications|not\s+(?:only|just)\s+(?:in|for))\b",
    re.IGNORECASE,
)
_FOR_SOMETHING = re.compile(
    r"\b(?:in|for|to\s+treat|as\s+a\s+treatment\s+(?:of|for))\s+(?!the\b|a\b|its\b|all\b|\d)"
    r"(?P<indication>[^\W\d_][\w'’-]+(?:\s+(?!because\b|due\b|owing\b|after\b|in\b|and\b|as\b|on\b)[\w'’-]+){0,4})"
    r"(?=\s*(?:[,.;(]|$|\b(?:because|due|owing|after|in|and|as|on)\b))"
)
_AS_INDICATION = re.compile(
    r"(?:up|dropp?ed|abandon(?:ed)?)\s+(?P<indication>(?:[\w'’-]+\s+){0,3}?[\w'’-]+)"
    r"\s+as\s+an?\s+indication\b"
)
_NO_INDICATION = frozenset(
    """january february march april may june july august september october november december
    lack futility safety reasons commercial strategic business spring summer autumn winter
    development clinical patients full part general total favour favor humans""".split()
)


_TODAY = re.compile(r"\btoday\b", re.IGNORECASE)
_DATELINE = 400
"""Characters from the top of a text in which its own date stands."""


_REASON_BEHIND = re.compile(
    r"(?:the|this|that)\s+(?:decision|move|step|stop|termination|discontinuation)\s+"
    r"(?:follow(?:s|ed)|comes?\s+after|came\s+after|(?:was|is)\s+(?:taken|made|based|due|prompted|down)\s+"
    r"(?:after|because(?:\s+of)?|owing\s+to|due\s+to|on|to|by))\s+(?P<reason>[^.;]{10,260})\.?$",
    re.IGNORECASE,
)
_NEXT_SENTENCE = 3
"""Characters between a sentence and the one behind it."""

_IN_ONE_BREATH = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:,|,?\s*(?:and|&|as\s+well\s+as)\s)\s*(?:also\s+)?", re.IGNORECASE
)
"""Between the names of two trials of which one thing is said."""


class NamedAt(NamedTuple):
    """A trial that a unit names: [start, end) of the unit's text."""

    trial_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit with the trials that it names, and its source."""

    unit: Unit
    named: tuple[NamedAt, ...]
    around: tuple[str, ...]
    view: SourceView

    @property
    def trials(self) -> tuple[str, ...]:
        """What the unit is about: the trials it names, else its caption's, else its source's."""
        named = tuple(dict.fromkeys(each.trial_id for each in self.named))
        if named or self.around:
            return named or self.around
        about = self.view.about
        return about if len(about) == 1 and not _ELSEWHERE.search(self.unit.text) else ()

    def together_with(self, trial_id: str) -> tuple[str, ...]:
        """Return the trials that a unit names in one breath with one: "ORCHID-1 and ORCHID-2"."""
        chains: list[list[NamedAt]] = []
        for each in self.named:
            between = self.unit.text[chains[-1][-1].end : each.start] if chains else ""
            if chains and _IN_ONE_BREATH.fullmatch(between):
                chains[-1].append(each)
            else:
                chains.append([each])
        ids = [tuple(dict.fromkeys(each.trial_id for each in chain)) for chain in chains]
        return next((chain for chain in ids if trial_id in chain), (trial_id,))

    @property
    def said(self) -> Said:
        """The citation of it."""
        return Said(self.unit.source_id, self.unit)


class EndpointSaid(NamedTuple):
    """A trial's primary endpoint as a unit tells it, with the tier of its source."""

    trial_id: str
    fact: Fact
    tier: int


class StatusesSaid(NamedTuple):
    """Everything that the sources say of how trials and programmes stand."""

    statements: list[Statement]
    endpoints: list[EndpointSaid]


def statuses_said(
    units: Iterable[UnitView], drugs: DrugNames, indications: Indications
) -> StatusesSaid:
    """Read all statements off the units, each bound to a trial or to a drug's development."""
    statements: list[Statement] = []
    endpoints: list[EndpointSaid] = []
    before = 0
    for each in units:
        statements[before:] = [_with_reason(each, statement) for statement in statements[before:]]
        before = len(statements)
        names = [Name(start, end) for _, start, end in each.named]
        for reading in readings(each.unit.text, names):
            meta = each.view.source.metadata
            if reading.programme:
                statements += _of_programme(each, reading, drugs, indications)
            elif trial_id := _trial_of(each, reading):
                told_of = each.together_with(trial_id)
                if reading.status.startswith("endpoint"):
                    fact = Fact(_told_of_endpoint(reading, each.unit.text), each.said)
                    tier = tier_of(meta) or UNCLASSIFIED
                    endpoints += [EndpointSaid(one, fact, tier) for one in told_of]
                else:
                    statements += [_statement(each, reading, trial_id=one) for one in told_of]
    return StatusesSaid(statements, endpoints)


def _with_reason(each: UnitView, ended: Statement) -> Statement:
    """Add the reason of an end that the sentence right behind it gives."""
    unit = ended.said.unit
    if ended.reason or not ended.is_end or unit is None or unit.source_id != each.unit.source_id:
        return ended
    match = _REASON_BEHIND.match(each.unit.text)
    if match is None or not 0 <= each.unit.start - unit.end <= _NEXT_SENTENCE:
        return ended
    return replace(ended, reason=match["reason"], reason_said=each.said)


def _told_of_endpoint(reading: Reading, text: str) -> str:
    """Return what became of an endpoint, and of which part of the trial where one is named."""
    told, part = reading.status.removeprefix("endpoint "), cohort_in(text)
    return f"{told} ({part.lower()})" if part else told


def _trial_of(each: UnitView, reading: Reading) -> str | None:
    if reading.near is not None:
        if _PART_OF.search(each.unit.text[: reading.near]):
            return None
        return next(named.trial_id for named in each.named if named.start == reading.near)
    if each.named and reading.status in RUNNING:
        # "Trials of X are ongoing, though T was stopped": T is not what goes on.
        return None
    trials = each.trials
    return trials[0] if len(trials) == 1 else None


def _statement(each: UnitView, reading: Reading, *, trial_id: str | None) -> Statement:
    source = each.view.source
    meta = source.metadata
    said_on = meta.published or _dateline(source.text)
    today = said_on if _TODAY.search(each.unit.text) else None
    return Statement(
        status=cast("TrialStatus", reading.status),
        date=reading.date or today,
        reason=reading.reason,
        said=each.said,
        rank=status_rank(meta),
        said_on=said_on,
        trial_id=trial_id,
    )


def _dateline(text: str) -> str | None:
    """Return the day at the top of a text that carries no date in its metadata."""
    days = (date.iso for date in dates_in(text[:_DATELINE]) if len(date.iso) == len("2000-01-01"))
    return next(days, None)


def _of_programme(
    each: UnitView, reading: Reading, drugs: DrugNames, indications: Indications
) -> Iterator[Statement]:
    text = each.unit.text
    drug = _drug_of(each, drugs)
    if drug is None:
        return
    indication = None if _WHOLE.search(text) else _indication(text, reading, drugs, indications)
    statement = _statement(each, reading, trial_id=None)
    yield replace(statement, drug=drug, indication=indication)


def _indication(
    text: str, reading: Reading, drugs: DrugNames, indications: Indications
) -> str | None:
    """Return the indication whose development ended; the words of the reason name none."""
    stretch = text.replace(reading.reason, " ") if reading.reason else text
    if known := indications.in_text(stretch):
        return known[0]
    for match in (*_AS_INDICATION.finditer(stretch), *_FOR_SOMETHING.finditer(stretch)):
        first = match["indication"].split()[0]
        if first.lower() not in _NO_INDICATION and not drugs.is_drug(first):
            return str(match["indication"])
    return None


def _drug_of(each: UnitView, drugs: DrugNames) -> str | None:
    """Return the drug whose development it is: the first one meant, else the source's only one."""
    meant = [mention.name for mention in drugs.mentions(each.unit.text) if mention.meant]
    if meant:
        return meant[0]
    titled = drugs.named_in(each.view.source.metadata.title)
    return next(iter(titled)) if len(titled) == 1 else None


class _Told(NamedTuple):
    """A record with a status, the trial it is of, and the source that tells it."""

    record: TrialRecord
    trial_id: str
    teller: SourceMetadata
    source_id: str


def recorded_statements(
    views: Sequence[SourceView],
    said: Sequence[Statement],
    units: Sequence[UnitView],
    trial_of: Mapping[str, str],
) -> list[Statement]:
    """Return what front matter says of a status, cited where a text bears it out.

    Args:
        views: The sources, with their metadata.
        said: What their texts say of statuses.
        units: Their units.
        trial_of: A record's id to its trial's.
    """
    by_place: defaultdict[tuple[str | None, str], list[Statement]] = defaultdict(list)
    for statement in said:
        by_place[statement.trial_id, statement.said.source_id].append(statement)
    by_source: defaultdict[str, list[UnitView]] = defaultdict(list)
    for each in units:
        by_source[each.unit.source_id].append(each)
    return [
        _recorded(told, by_place[told.trial_id, told.source_id], by_source[told.source_id])
        for told in _told(views, trial_of)
    ]


def _told(views: Sequence[SourceView], trial_of: Mapping[str, str]) -> Iterator[_Told]:
    metadata = {view.source.source_id: view.source.metadata for view in views}
    for view in views:
        for record in view.source.metadata.trials:
            trial_id = trial_of.get(record.trial_id)
            if trial_id is None or record.status is None:
                continue
            named = record.status_source if record.status_source in metadata else None
            source_id = named or view.source.source_id
            yield _Told(record, trial_id, metadata[source_id], source_id)


def _recorded(told: _Told, said: Sequence[Statement], units: Sequence[UnitView]) -> Statement:
    record = told.record
    bearing = [s for s in said if kind_of(s.status) == kind_of(record.status or "")]
    best = max(
        bearing, key=lambda s: (s.date == record.status_date, s.reason is not None), default=None
    )
    with_reason = best if best and best.reason else next((s for s in bearing if s.reason), None)
    reason_said = with_reason.said if with_reason else Said(told.source_id)
    return Statement(
        status=record.status or "unknown",
        date=record.status_date,
        reason=(with_reason.reason if with_reason else None) or record.reason,
        said=Said(told.source_id, best.said.unit if best else _unit_with_date(told, units)),
        rank=status_rank(told.teller),
        said_on=told.teller.published,
        trial_id=told.trial_id,
        reason_said=reason_said if with_reason or record.reason else None,
    )


def _unit_with_date(told: _Told, units: Sequence[UnitView]) -> Unit | None:
    date = told.record.status_date
    if date is None:
        return None
    return next(
        (
            each.unit
            for each in units
            if told.trial_id in each.trials
            and (date_told(date) in each.unit.text or date in each.unit.text)
        ),
        None,
    )
