"""The library's trials, found by any of their names; evidence is counted in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

from iscalimab_qa.evidence.naming.drug_names import DrugNames
from iscalimab_qa.evidence.naming.indications import Indications
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.naming.trial_names import NameFinder, name_key
from iscalimab_qa.evidence.trials.document_status import DocumentStatus
from iscalimab_qa.evidence.trials.identity import Identities
from iscalimab_qa.evidence.trials.of_sources import SourceView, work_keys
from iscalimab_qa.evidence.trials.status import NamedAt
from iscalimab_qa.evidence.trials.status_text import Name, Reading, readings
from iscalimab_qa.evidence.trials.values import Statement, Trial
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import ContextQuote, Unit, units_of

_WORK_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*|pmid:?\s*)", re.IGNORECASE)

_CACHED = 512
"""Trials whose units are kept: what lists are made of."""

SAME_SUBJECT = 0.6
"""Share of a quote's words that another source's unit must hold to speak of the same."""


class Quoted(Protocol):
    """Words of a source that an answer rests on: a `Citation` or a `Unit`."""

    @property
    def source_id(self) -> str:
        """The source."""
        ...

    @property
    def quote(self) -> str:
        """Its words."""
        ...

    @property
    def context(self) -> tuple[ContextQuote, ...]:
        """What they are read with."""
        ...


class EvidenceCount(NamedTuple):
    """What evidence comes to, counted in trials.

    `trials` maps each trial's id to the sources that were cited for it, in order: the second
    one is "also reported in", and no agreement. `others` are the sources of no known trial.
    """

    trials: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...]


class TrialRegistry:
    """The trials of a library, found by any of their names; `build_registry` makes it."""

    def __init__(
        self,
        trials: Sequence[Trial],
        *,
        identities: Identities,
        finder: NameFinder,
        source_views: Sequence[SourceView],
        programme: Sequence[Statement],
        documents: Mapping[str, tuple[DocumentStatus, ...]],
        drugs: DrugNames,
        names: Names,
    ) -> None:
        """Keep what was put together."""
        self.trials = tuple(trials)
        """In order of id."""
        self.programme = tuple(programme)
        """What is said of a drug's development, best first."""
        self.documents = documents
        """Sources that were retracted, corrected or superseded, by their ids."""
        self.drugs = drugs
        self._by_id = {trial.trial_id: trial for trial in trials}
        self._identities = identities
        self._finder = finder
        self._names = names
        self._about = {view.source.source_id: view.about for view in source_views}
        self._chief = {view.source.source_id: view.chief for view in source_views if view.chief}
        self._metadata = {view.source.source_id: view.source.metadata for view in source_views}
        self._views = {view.source.source_id: view for view in source_views}
        self.units_about = lru_cache(maxsize=_CACHED)(self._units_about)
        """What the sources of a trial say of it, by its id: sentences and rows, in order."""
        self._works = {
            key: view.about for view in source_views if view.about for key in work_keys(view.source)
        }

    @cached_property
    def indications(self) -> Indications:
        """Compares indications, and finds the library's in a text."""
        known = [trial.indication.value for trial in self.trials if trial.indication]
        return Indications(self._names.tokens, known)

    @cached_property
    def comparators(self) -> frozenset[str]:
        """Drugs that stand as an arm of a trial without being what it tested."""
        return frozenset(
            drug
            for trial in self.trials
            for arm in trial.arms
            for drug in self.drugs.named_in(arm.label)
            if drug not in trial.drug_names
        )

    def resolve(self, name: str) -> Trial | None:
        """Return the trial of a name: a registry number, code, acronym, PMID or DOI.

        None where it is no trial's, or said of several.
        """
        bare = _WORK_PREFIX.sub("", name.strip()).lower()
        about = self._works.get(bare, ())
        trial_id = self._identities.trial_of.get(name_key(name))
        if trial_id is None and len(about) == 1:
            trial_id = about[0]
        return self._by_id.get(trial_id or "")

    def of_source(self, source_id: str) -> tuple[Trial, ...]:
        """Return the trials that a source is about, none where that cannot be told."""
        return tuple(
            self._by_id[trial_id]
            for trial_id in self._about.get(source_id, ())
            if trial_id in self._by_id
        )

    def chief_of(self, source_id: str) -> Trial | None:
        """Return the one trial that most of a source is about, None where there is none."""
        return self._by_id.get(self._chief.get(source_id, ""))

    @cached_property
    def sources_of(self) -> Mapping[str, tuple[str, ...]]:
        """Map the id of each trial to the sources that are chiefly about it."""
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for source_id, trial_id in self._chief.items():
            found[trial_id] += (source_id,)
        return found

    def metadata(self, source_id: str) -> SourceMetadata | None:
        """Return a source's bibliographic data, None for a source that is not known."""
        return self._metadata.get(source_id)

    def names_at(self, text: str) -> tuple[NamedAt, ...]:
        """List where a text names trials, in order."""
        return tuple(
            NamedAt(trial_id, start, end)
            for key, start, end in self._finder(text)
            if (trial_id := self._identities.trial_of.get(key)) in self._by_id and trial_id
        )

    def named_in(self, text: str) -> tuple[Trial, ...]:
        """Return the trials that a text names, each once, in its order."""
        ids = dict.fromkeys(named.trial_id for named in self.names_at(text))
        return tuple(self._by_id[trial_id] for trial_id in ids)

    def trials_of(self, quoted: Quoted) -> tuple[Trial, ...]:
        """Return the trials that cited words are about.

        Those they name, else those of their caption and heads, else their source's.
        """
        around = " ".join(piece.quote for piece in quoted.context)
        return (
            self.named_in(quoted.quote) or self.named_in(around) or self.of_source(quoted.source_id)
        )

    def _units_about(self, trial_id: str) -> tuple[Unit, ...]:
        trial = self._by_id[trial_id]
        views = (self._views[each] for each in trial.sources if each in self._views)
        return tuple(
            unit
            for view in views
            for unit in units_of(view.source)
            if unit.kind in {"sentence", "row"} and trial in self.trials_of(unit)
        )

    def speaks_of(self, source_id: str, quoted: Quoted) -> bool:
        """Whether a unit of a source holds most of the words of a quote, its figures aside."""
        cells = getattr(quoted, "cells", ())
        words = self._words(cells[0].text if cells else quoted.quote)
        view = self._views.get(source_id)
        units = view.units if view else ()
        most = max((len(words & self._words(unit.text)) for unit in units), default=0)
        return bool(words) and most >= SAME_SUBJECT * len(words)

    def _words(self, text: str) -> frozenset[str]:
        tokens = self._names.tokens(text)
        return frozenset(token for token in tokens if not any(map(str.isdigit, token[:1])))

    def readings(self, quoted: Quoted) -> list[Reading]:
        """Read what cited words say of how something stands."""
        names = [Name(named.start, named.end) for named in self.names_at(quoted.quote)]
        return readings(quoted.quote, names)

    def count_trials(self, citations: Iterable[Quoted]) -> EvidenceCount:
        """Count evidence in trials: a trial told twice is one."""
        trials: defaultdict[str, dict[str, None]] = defaultdict(dict)
        others: dict[str, None] = {}
        for citation in citations:
            found = self.trials_of(citation)
            for trial in found:
                trials[trial.trial_id][citation.source_id] = None
            if not found:
                others[citation.source_id] = None
        return EvidenceCount({trial: tuple(ids) for trial, ids in trials.items()}, tuple(others))
