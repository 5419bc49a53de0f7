"""Choose each fact of a trial among what its sources say, with the words that say it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from iscalimab_qa.evidence.naming.drug_names import DrugNames
from iscalimab_qa.evidence.naming.indications import Indications
from iscalimab_qa.evidence.tiers import UNCLASSIFIED, status_rank, tier_of
from iscalimab_qa.evidence.trials import text as trial_text
from iscalimab_qa.evidence.trials.of_sources import SourceView
from iscalimab_qa.evidence.trials.status import EndpointSaid, UnitView
from iscalimab_qa.evidence.trials.values import Arm, Fact, Said, Statement
from iscalimab_qa.sources.values import SourceMetadata, TrialRecord

_UNSURE_FORM = 7
"""Forms of telling a trial's size from this one on are taken only where no other is found."""

_TESTED_VOTES = 3
"""For "trial of X"; a drug that is merely named, a comparator perhaps, counts once. Where a
title names drugs, no other is the trial's."""

_BEFORE_COMPARATOR = (" versus ", " vs ", " vs. ", " against ", " compared with ", " or placebo")


class Record(NamedTuple):
    """What a source's metadata says of a trial."""

    record: TrialRecord
    source_id: str


class Strength(NamedTuple):
    """Sort key of a source: the strongest and then the newest first."""

    tier: int
    newest: int


@dataclass(frozen=True, slots=True)
class TrialView:
    """All that bears on one trial: sources about it, their records, units that speak of it.

    Each in order of strength. `alone` are the units that speak of no other trial, those that
    name this one first.
    """

    trial_id: str
    sources: tuple[SourceView, ...]
    records: tuple[Record, ...]
    units: tuple[UnitView, ...]
    alone: tuple[UnitView, ...]


def strength(view: SourceView) -> Strength:
    """Return a source's place among others."""
    meta = view.source.metadata
    year = "".join(filter(str.isdigit, meta.published or ""))[:4]
    return Strength(tier_of(meta) or UNCLASSIFIED, -int(year or 0))


def trial_views(
    views: Sequence[SourceView],
    units: Sequence[UnitView],
    ids: Iterable[str],
    trial_of: Callable[[str], str | None],
) -> list[TrialView]:
    """Gather what bears on each trial."""
    by_trial: defaultdict[str, list[UnitView]] = defaultdict(list)
    for each in sorted(units, key=lambda each: strength(each.view)):
        for trial_id in each.trials:
            by_trial[trial_id].append(each)
    about: defaultdict[str, list[SourceView]] = defaultdict(list)
    records: defaultdict[str, list[Record]] = defaultdict(list)
    for view in sorted(views, key=lambda view: (strength(view), view.source.source_id)):
        for trial_id in view.about:
            about[trial_id].append(view)
        for record in view.source.metadata.trials:
            if trial_id_of := trial_of(record.trial_id):
                records[trial_id_of].append(Record(record, view.source.source_id))
    return [
        TrialView(
            trial_id,
            tuple(about[trial_id]),
            tuple(records[trial_id]),
            tuple(by_trial[trial_id]),
            _alone(trial_id, by_trial[trial_id]),
        )
        for trial_id in ids
    ]


def _together(trial: TrialView) -> Iterable[UnitView]:
    """Yield the units that name the trial in one breath with all the others that they name."""
    for each in trial.units:
        together = each.together_with(trial.trial_id)
        if len(together) > 1 and set(each.trials) == set(together):
            yield each


def _alone(trial_id: str, units: Iterable[UnitView]) -> tuple[UnitView, ...]:
    alone = (each for each in units if each.trials == (trial_id,))
    return tuple(sorted(alone, key=lambda each: not each.named))


def indication_of(trial: TrialView, indications: Indications, drugs: DrugNames) -> Fact | None:
    """Return the indication: the record's, cited where a unit names it, else a sentence's."""
    recorded = next((each for each in trial.records if each.record.indication), None)
    if recorded:
        wanted = recorded.record.indication or ""
        said = _bearing(trial, recorded, lambda text: indications.is_in(wanted, text))
        return Fact(wanted, said)
    for each in trial.alone:
        if each.unit.kind != "sentence":
            continue
        known = indications.in_text(each.unit.text) if each.named else []
        if found := (known[0] if known else trial_text.indication_in(each.unit.text)):
            return Fact(found, each.said)
    return _indication_of_source(trial, drugs) or _indication_together(trial)


def _indication_together(trial: TrialView) -> Fact | None:
    """Return the indication of what is said of the trial and of others at once."""
    for each in _together(trial):
        text = each.unit.text
        if found := trial_text.indication_in(text) or trial_text.patients_in(text):
            return Fact(found, each.said)
    return None


def _indication_of_source(trial: TrialView, drugs: DrugNames) -> Fact | None:
    """Return the indication of the title, or of the first patients, of the trial's own source."""
    for view in _only_about(trial):
        title = view.source.metadata.title
        if found := trial_text.indication_titled(title, drugs):
            return Fact(found, Said(view.source.source_id))
    for each in trial.alone:
        if each.view.about == (trial.trial_id,) and (
            found := trial_text.patients_in(each.unit.text)
        ):
            return Fact(found, each.said)
    return None


def phase_of(trial: TrialView) -> Fact | None:
    """Return the phase: the record's, cited where a unit names it, else a text's own."""
    recorded = next((each for each in trial.records if each.record.phase), None)
    if recorded:
        wanted = recorded.record.phase or ""
        return Fact(wanted, _bearing(trial, recorded, lambda t: wanted in trial_text.phases_in(t)))
    for each in trial.alone:
        phases = trial_text.phases_in(each.unit.text, [place.start for place in each.named])
        if len(phases) == 1 and _is_of_it(each):
            return Fact(next(iter(phases)), each.said)
    top = next(filter(None, (_phase_at_the_top(view) for view in _only_about(trial))), None)
    return top or _phase_together(trial)


def _phase_together(trial: TrialView) -> Fact | None:
    for each in _together(trial):
        phases = trial_text.phases_in(each.unit.text)
        if len(phases) == 1:
            return Fact(next(iter(phases)), each.said)
    return None


def _only_about(trial: TrialView) -> list[SourceView]:
    return [view for view in trial.sources if view.about == (trial.trial_id,)]


def _phase_at_the_top(view: SourceView) -> Fact | None:
    phase = trial_text.phase_in(view.source.metadata.title)
    return Fact(phase, Said(view.source.source_id)) if phase else None


def _bearing(trial: TrialView, recorded: Record, says: Callable[[str], bool]) -> Said:
    """Return the words that bear a record out, its own source's first, else its source."""
    own_first = sorted(trial.alone, key=lambda e: e.unit.source_id != recorded.source_id)
    found = next((each.said for each in own_first if says(each.unit.text)), None)
    return found or Said(recorded.source_id)


def enrolled_in(trial: TrialView) -> Fact | None:
    """Return how many took part, as the strongest source that tells it says."""
    found = [
        (size, each)
        for each in trial.alone
        if each.unit.kind == "sentence" and (size := trial_text.size_in(each.unit.text))
    ]
    if not found:
        return None
    size, each = min(
        found,
        key=lambda pair: (
            pair[0].form >= _UNSURE_FORM,
            not pair[1].named,
            strength(pair[1].view),
            pair[0].form,
        ),
    )
    return Fact(str(size.n), each.said)


def arms_of(trial: TrialView) -> tuple[Arm, ...]:
    """Return the arms of the strongest source that gives two or more, tables before sentences.

    Where these are of one part of the trial, other sources' arms of its other parts are added.
    A trial of one arm has it in a table's head; one arm of a sentence says nothing.
    """
    by_place: defaultdict[tuple[str, str], list[_Found]] = defaultdict(list)
    for each in trial.units:
        if each.trials == (trial.trial_id,):
            by_place[each.unit.source_id, each.unit.kind] += [
                _Found(Arm(_labelled(arm), arm.n, _said(each, arm)), arm.cohort)
                for arm in trial_text.arms_in(each.unit)
            ]
    order = [view.source.source_id for view in trial.sources]
    order += [source_id for source_id, _ in by_place if source_id not in order]
    found = [
        (kind, _distinct(by_place.get((source_id, kind), [])))
        for source_id in order
        for kind in ("row", "sentence")
    ]
    several = [arms for _, arms in found if len(arms) > 1]
    single = (arms for kind, arms in found if kind == "row" and arms)
    chosen = _with_other_parts(several) if several else next(single, [])
    return tuple(each.arm for each in chosen)


class _Found(NamedTuple):
    """An arm and the part of the trial that it is of, empty where none is told."""

    arm: Arm
    cohort: str


def _said(each: UnitView, arm: trial_text.ArmSaid) -> Said:
    return Said(each.unit.source_id, each.unit, arm.part)


def _labelled(arm: trial_text.ArmSaid) -> str:
    if not arm.cohort or arm.cohort in arm.label.lower():
        return arm.label
    return f"{arm.label}, {arm.cohort}"


def _with_other_parts(several: Sequence[Sequence[_Found]]) -> list[_Found]:
    """Add to the first source's arms those of other parts, where all are told by their part."""
    chosen = list(several[0])
    for others in several[1:]:
        known = {each.cohort for each in chosen}
        if "" not in known:
            chosen += [each for each in others if each.cohort and each.cohort not in known]
    return sorted(chosen, key=lambda each: each.cohort)


def _distinct(arms: Iterable[_Found]) -> list[_Found]:
    """Keep each arm once: a later count of it, or what its people got next, is no other arm."""
    found: dict[str, _Found] = {}
    for each in arms:
        found.setdefault(each.arm.label.casefold(), each)
    return [
        each
        for label, each in found.items()
        if not any(label.startswith(f"{other}, then ") for other in found)
    ]


def started_on(trial: TrialView) -> Fact | None:
    """Return the date on which the trial started, the registry's first."""
    return _dated(trial, trial_text.start_in)


def ended_on(trial: TrialView) -> Fact | None:
    """Return the date on which the trial ended, the registry's first."""
    return _dated(trial, trial_text.end_in)


def _is_of_it(each: UnitView) -> bool:
    """Whether a unit names the trial, or is a line of its register."""
    return bool(each.named or trial_text.LABELLED.match(each.unit.text))


def _dated(trial: TrialView, date_in: Callable[[str], str | None]) -> Fact | None:
    for each in sorted(trial.alone, key=lambda each: status_rank(each.view.source.metadata)):
        if (each.around or _is_of_it(each)) and (date := date_in(each.unit.text)):
            return Fact(date, each.said)
    return None


def drugs_of(trial: TrialView, drugs: DrugNames) -> tuple[Fact, ...]:
    """Return the drugs that the trial tested, those that most is said for first."""
    votes: Counter[str] = Counter()
    said: dict[str, Said] = {}
    for each in trial.alone or _together(trial):
        tested = trial_text.drugs_tested(each.unit.text, drugs)
        for drug in tested:
            votes[drug] += _TESTED_VOTES
            said.setdefault(drug, each.said)
        votes.update(drugs.named_in(each.unit.text) - set(tested))
    titled = {
        drug
        for view in _only_about(trial)
        for drug in drugs.named_in(_before_comparator(view.source.metadata))
    }
    votes.update(titled)
    titles = (view.source.metadata.title for view in _only_about(trial))
    for mention in (mention for title in titles for mention in drugs.mentions(title)):
        if mention.name not in titled:
            del votes[mention.name]
    return tuple(
        Fact(drug, said.get(drug) or _naming(trial, drug, drugs))
        for drug in _elected(votes, titled)
    )


def _elected(votes: Counter[str], titled: set[str]) -> list[str]:
    ordered = [drug for drug, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))]
    if titled:
        return [drug for drug in ordered if drug in titled]
    most = max(votes.values(), default=0)
    tested = [d for d in ordered if votes[d] >= _TESTED_VOTES and 2 * votes[d] >= most]
    return tested or ordered[:1]


def _before_comparator(meta: SourceMetadata) -> str:
    title = meta.title
    for word in _BEFORE_COMPARATOR:
        title = title.split(word)[0]
    return title


def _naming(trial: TrialView, drug: str, drugs: DrugNames) -> Said:
    units = (each.said for each in trial.alone if drug in drugs.named_in(each.unit.text))
    sources = (Said(view.source.source_id) for view in _only_about(trial))
    return next(units, None) or next(sources, Said(""))


def endpoint_of(said: Sequence[EndpointSaid]) -> Fact | None:
    """Return whether a trial's primary endpoint was met; None if unknown or said both ways."""
    best = min((each.tier for each in said), default=0)
    values = {each.fact.value: each.fact for each in reversed(said) if each.tier == best}
    return next(iter(values.values())) if len(values) == 1 else None


_PLANNED = re.compile(
    r"\b(?:expected|estimated|planned|anticipated|scheduled|due|will|target\w*)\b", re.IGNORECASE
)


def ended_statement(trial_id: str, ended: Fact | None, rank: int) -> Statement | None:
    """Say that a trial ended, where a source tells the date and none how.

    Args:
        trial_id: The trial.
        ended: When it ended.
        rank: How well the source knows.
    """
    unit = ended.said.unit if ended else None
    if ended is None or unit is None or _PLANNED.search(unit.text):
        return None
    return Statement("ended", ended.value, None, ended.said, rank, None, trial_id)
