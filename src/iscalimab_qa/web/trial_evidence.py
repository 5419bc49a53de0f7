"""What a trial's facts and figures rest on: each place of a source once, numbered as cited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.answering.citing import citation
from iscalimab_qa.evidence.tiers import UNCLASSIFIED, tier_of
from iscalimab_qa.units import units_of
from iscalimab_qa.web.backing import Backing, backing_of

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.evidence.outcomes.values import Outcome
    from iscalimab_qa.evidence.trials.values import Said, Trial
    from iscalimab_qa.evidence.values import Citation
    from iscalimab_qa.sources.values import SourceMetadata
    from iscalimab_qa.units import Unit


class Spot(NamedTuple):
    """A place that says something: a unit of a source, or (0, 0) for the source's metadata."""

    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TrialEvidence:
    """A trial with all that the library can show for it.

    `numbers` maps each place to its number, from 1; `citations` and `recorded` together hold
    one entry for each number, and `backing` one for each citation. `recorded` are sources of
    which only the metadata says so.
    """

    trial: Trial
    outcomes: tuple[Outcome, ...] = ()
    numbers: Mapping[Spot, int] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    backing: tuple[Backing, ...] = ()
    recorded: Mapping[int, SourceMetadata] = field(default_factory=dict)


def spot_of(said: Said) -> Spot:
    """Return the place of a saying; a column's head is shown with its row."""
    unit = said.unit
    return Spot(said.source_id, unit.start, unit.end) if unit else Spot(said.source_id, 0, 0)


def outcome_spot(outcome: Outcome) -> Spot:
    """Return the place of a figure."""
    return Spot(outcome.source_id, outcome.place.start, outcome.place.end)


def trial_evidence(assistant: Assistant, trial: Trial) -> TrialEvidence:
    """Gather what the library shows for a trial, in the order in which it is told."""
    outcomes = strongest_source_first(assistant.outcomes.of_trials([trial.trial_id]))
    units = {spot_of(said): said.unit for said in sayings(trial)}
    spots = [*units, *map(outcome_spot, outcomes)]
    numbers = {spot: number for number, spot in enumerate(dict.fromkeys(spots), start=1)}
    find = _finder(assistant)
    cited, recorded = [], {}
    for spot, number in numbers.items():
        metadata = assistant.trials.metadata(spot.source_id)
        unit = units.get(spot) or find(spot)
        if metadata and unit:
            cited.append(citation(unit, metadata, number))
        elif metadata:
            recorded[number] = metadata
    # Which trial it is stands above the cards.
    behind = tuple(replace(backing_of(assistant, each), trials=()) for each in cited)
    return TrialEvidence(trial, outcomes, numbers, tuple(cited), behind, recorded)


def strongest_source_first(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Order figures by their source's tier, those of a source in its own order."""
    return tuple(sorted(outcomes, key=lambda each: tier_of(each.source) or UNCLASSIFIED))


def sayings(trial: Trial) -> Iterator[Said]:
    """Yield all that is said of a trial, in the order in which its facts are told."""
    facts = [*trial.drugs, trial.indication, trial.phase, trial.enrolled]
    yield from (fact.said for fact in facts if fact)
    yield from (arm.said for arm in trial.arms)
    yield from (fact.said for fact in (trial.started, trial.ended) if fact)
    for statement in (trial.status, *trial.also):
        if statement:
            yield statement.said
            if statement.reason_said:
                yield statement.reason_said
    if trial.endpoint:
        yield trial.endpoint.said


def _finder(assistant: Assistant) -> Callable[[Spot], Unit | None]:
    """Return what finds the unit at a place; each source is cut into units once."""
    cut: dict[str, Mapping[tuple[int, int], Unit]] = {}

    def find(spot: Spot) -> Unit | None:
        if spot.source_id not in cut:
            units = units_of(assistant.source(spot.source_id))
            cut[spot.source_id] = {(unit.start, unit.end): unit for unit in units}
        return cut[spot.source_id].get((spot.start, spot.end))

    return find
