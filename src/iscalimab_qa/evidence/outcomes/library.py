"""A library's outcomes and conflicts, found once, and those of one trial or disease."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iscalimab_qa.evidence.outcomes.conflicts import Conflict, conflicts
from iscalimab_qa.evidence.outcomes.context import Reader
from iscalimab_qa.evidence.outcomes.read import UnitsOf, library_outcomes
from iscalimab_qa.evidence.outcomes.trial_facts import library_facts
from iscalimab_qa.evidence.outcomes.values import Outcome
from iscalimab_qa.evidence.trials.build import TrialRegistry
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.lexicon.abbreviations import Abbreviation
from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.sources.normalise import matching_key
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import units_of


@dataclass(frozen=True, slots=True)
class OutcomeLibrary:
    """Every outcome of a library, in order of source and place, and what conflicts."""

    outcomes: tuple[Outcome, ...]
    conflicts: tuple[Conflict, ...]
    reader: Reader

    def trials_about(self, topic: str) -> tuple[str, ...]:
        """Return the ids of the trial of this name, or of the trials in an indication.

        An indication is meant by any word or words of it: "kidney", "lupus".
        """
        registry = self.reader.registry
        if named := registry.resolve(topic):
            return (named.trial_id,)
        return tuple(
            trial.trial_id
            for trial in registry.trials
            if trial.indication and self._means(topic, trial.indication.value)
        )

    def _means(self, topic: str, indication: str) -> bool:
        words, unified = _words(topic), self.reader.registry.indications.words
        return bool(words) and (
            words <= _words(indication) or unified(topic) <= unified(indication)
        )

    def of_trials(self, trials: Iterable[str]) -> tuple[Outcome, ...]:
        """Return the outcomes of these trials, by their ids."""
        wanted = frozenset(trials)
        return tuple(each for each in self.outcomes if each.trial in wanted)

    def conflicts_of(self, trial: str) -> tuple[Conflict, ...]:
        """Return the conflicts of one trial, by its id."""
        return tuple(each for each in self.conflicts if each.trial == trial)

    def cited(self, citations: Iterable[Citation]) -> tuple[Outcome, ...]:
        """Return the outcomes whose value stands in an answer's citations, in their order."""
        return tuple(
            outcome
            for citation in citations
            for outcome in self.outcomes
            if outcome.source_id == citation.source_id
            and citation.start <= outcome.value_start < citation.end
        )


def _words(text: str) -> frozenset[str]:
    """Return a text's words for looking an indication up, in one spelling, singular."""
    words = re.findall(r"[^\W_]+", matching_key(text).replace("'s", ""))
    return frozenset(word.removesuffix("s") for word in words)


def outcome_library(
    sources: Iterable[Source],
    registry: TrialRegistry,
    aliases: Sequence[AliasGroup],
    abbreviations: Sequence[Abbreviation] = (),
    units_of: UnitsOf = units_of,
) -> OutcomeLibrary:
    """Find the outcomes and conflicts of a library.

    Args:
        sources: The library.
        registry: Its trials.
        aliases: Names that may stand for each other.
        abbreviations: What was learnt from the library.
        units_of: Cuts a source into its units; it is asked once for each source.
    """
    units = [(source, tuple(units_of(source))) for source in sources]
    cut = {source.source_id: told for source, told in units}
    known = [source for source, _ in units]
    reader = Reader(registry, aliases, abbreviations)
    outcomes = library_outcomes(known, reader, lambda source: cut[source.source_id])
    facts = library_facts(known, reader, lambda source: cut[source.source_id])
    return OutcomeLibrary(tuple(outcomes), tuple(conflicts(outcomes, reader, facts)), reader)
