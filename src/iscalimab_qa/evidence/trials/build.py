"""Put a library's trials together from its sources' metadata and texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from iscalimab_qa.evidence.naming.drug_names import DrugNames
from iscalimab_qa.evidence.naming.indications import Indications
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.naming.trial_names import NameFinder, name_key
from iscalimab_qa.evidence.tiers import status_rank
from iscalimab_qa.evidence.trials import facts
from iscalimab_qa.evidence.trials.document_status import documents_status
from iscalimab_qa.evidence.trials.identity import Identities
from iscalimab_qa.evidence.trials.of_sources import (
    SourceView,
    UnitsOf,
    find_names,
    identify_trials,
    views,
)
from iscalimab_qa.evidence.trials.registry import EvidenceCount, Quoted, TrialRegistry
from iscalimab_qa.evidence.trials.standing import Standing, standing
from iscalimab_qa.evidence.trials.status import (
    EndpointSaid,
    NamedAt,
    StatusesSaid,
    UnitView,
    recorded_statements,
    statuses_said,
)
from iscalimab_qa.evidence.trials.titled_drugs import titled_drugs
from iscalimab_qa.evidence.trials.values import Fact, Statement, Trial
from iscalimab_qa.lexicon.aliases import AliasGroup, shipped_aliases
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit, units_of

__all__ = ["EvidenceCount", "Quoted", "TrialRegistry", "build_registry"]


def build_registry(
    sources: Iterable[Source],
    *,
    units_of: UnitsOf = units_of,
    aliases: Sequence[AliasGroup] | None = None,
) -> TrialRegistry:
    """Put a library's trials together from its sources' metadata and texts.

    Args:
        sources: The library. A `note` names trials and is no evidence on them.
        units_of: Cuts a source, or a part of it, into its units.
        aliases: Names that may stand for each other, the shipped ones by default; groups of
            kind `trial` join a trial's names.
    """
    sources = sorted(sources, key=lambda source: source.source_id)
    aliases = shipped_aliases() if aliases is None else aliases
    known = [*aliases, *titled_drugs(sources, aliases)]
    drugs, names = DrugNames(known, (source.text for source in sources)), Names(aliases)
    identities = identify_trials(sources, aliases, drugs)
    finder = find_names(sources, identities)
    evidence = [source for source in sources if source.metadata.kind != "note"]
    seen = list(views(evidence, identities, finder, units_of))
    units = [_unit_view(unit, view, finder, identities) for view in seen for unit in view.units]
    gathered = _gathered(seen, units, identities)
    readers = _readers(sources, gathered, drugs, names)
    said = statuses_said(units, drugs, readers.indications)
    said.statements.extend(
        recorded_statements(seen, said.statements, units, _ids(seen, identities))
    )
    stands = standing(statement for statement in said.statements if statement.trial_id is None)
    return TrialRegistry(
        _trials(gathered, identities, said, readers),
        identities=identities,
        finder=finder,
        source_views=list(_all_views(sources, seen)),
        programme=[*filter(None, [stands.holds]), *stands.also],
        documents=documents_status(evidence, units_of),
        drugs=drugs,
        names=names,
    )


class _Readers(NamedTuple):
    """What reads drugs and indications off a text."""

    drugs: DrugNames
    indications: Indications


def _all_views(sources: Iterable[Source], seen: Sequence[SourceView]) -> Iterable[SourceView]:
    known = {view.source.source_id: view for view in seen}
    for source in sources:
        yield known.get(source.source_id) or SourceView(source, (), frozenset(), ())


def _ids(seen: Iterable[SourceView], identities: Identities) -> Mapping[str, str]:
    records = (record for view in seen for record in view.source.metadata.trials)
    ids = (
        (record.trial_id, identities.trial_of.get(name_key(record.trial_id))) for record in records
    )
    return {name: trial_id for name, trial_id in ids if trial_id}


def _unit_view(
    unit: Unit, view: SourceView, finder: NameFinder, identities: Identities
) -> UnitView:
    def named(text: str) -> list[NamedAt]:
        return [
            NamedAt(identities.trial_of[key], start, end)
            for key, start, end in finder(text)
            if key in identities.trial_of
        ]

    around = named(" ".join(piece.quote for piece in unit.context)) if unit.context else []
    return UnitView(
        unit,
        tuple(named(unit.text)),
        tuple(dict.fromkeys(each.trial_id for each in around)),
        view,
    )


def _gathered(
    seen: Sequence[SourceView], units: Sequence[UnitView], identities: Identities
) -> list[facts.TrialView]:
    known = {trial_id for view in seen for trial_id in view.named}
    return facts.trial_views(
        seen, units, sorted(known), lambda name: identities.trial_of.get(name_key(name))
    )


def _readers(
    sources: Iterable[Source],
    gathered: Iterable[facts.TrialView],
    drugs: DrugNames,
    names: Names,
) -> _Readers:
    """Know the indications of all records and texts before a text is asked for one."""
    recorded = [r.indication for s in sources for r in s.metadata.trials if r.indication]
    own = Indications(names.tokens, recorded)
    told = (facts.indication_of(view, own, drugs) for view in gathered)
    return _Readers(
        drugs, Indications(names.tokens, [*recorded, *(fact.value for fact in told if fact)])
    )


def _trials(
    gathered: Iterable[facts.TrialView],
    identities: Identities,
    said: StatusesSaid,
    readers: _Readers,
) -> list[Trial]:
    by_trial: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in said.statements:
        by_trial[statement.trial_id or ""].append(statement)
    endpoints: defaultdict[str, list[EndpointSaid]] = defaultdict(list)
    for endpoint in said.endpoints:
        endpoints[endpoint.trial_id].append(endpoint)
    return [
        _trial(
            view,
            identities.names[view.trial_id],
            standing(by_trial[view.trial_id]),
            facts.endpoint_of(endpoints[view.trial_id]),
            readers,
        )
        for view in gathered
    ]


def _trial(
    view: facts.TrialView,
    names: tuple[str, ...],
    stands: Standing,
    endpoint: Fact | None,
    readers: _Readers,
) -> Trial:
    ended = facts.ended_on(view)
    rank = min((status_rank(each.source.metadata) for each in view.sources), default=0)
    return Trial(
        trial_id=view.trial_id,
        names=names,
        sources=tuple(each.source.source_id for each in view.sources),
        drugs=facts.drugs_of(view, readers.drugs),
        indication=facts.indication_of(view, readers.indications, readers.drugs),
        phase=facts.phase_of(view),
        enrolled=facts.enrolled_in(view),
        arms=facts.arms_of(view),
        started=facts.started_on(view),
        ended=ended,
        status=stands.holds or facts.ended_statement(view.trial_id, ended, rank),
        also=stands.also,
        endpoint=endpoint,
    )
