"""Which sources may answer: by id, trial, kind and date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from iscalimab_qa.lexicon import Lexicon
from iscalimab_qa.sources.normalise import matching_key
from iscalimab_qa.sources.values import SourceMetadata


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on a source; an empty one admits all, and all that are given must hold.

    `sources` are source ids and `kinds` are source kinds, as they are. `trials` are names of
    trials in any spelling: registry number, acronym or company code. `published_from` and
    `published_to` are ISO 8601 dates to the day, month or year, both inclusive; a date known
    to the year only counts as within where it may be, an unknown one does not.
    """

    sources: frozenset[str] = frozenset()
    trials: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    published_from: str | None = None
    published_to: str | None = None

    @property
    def admit_all(self) -> bool:
        """Whether there is no condition at all."""
        return self == Filters()

    def with_other_names(self, lexicon: Lexicon) -> Filters:
        """Return the same filters with each trial under every name that the lexicon has."""
        others = (
            other.term
            for name in self.trials
            for concept in lexicon.expand(name).concepts
            if concept.written == name
            for other in concept.alternatives
        )
        return replace(self, trials=self.trials.union(others)) if self.trials else self

    def admits(self, source_id: str, metadata: SourceMetadata) -> bool:
        """Whether a source meets every condition."""
        return (
            (not self.sources or source_id in self.sources)
            and (not self.kinds or metadata.kind in self.kinds)
            and (not self.trials or bool(_keys(self.trials) & _trial_keys(metadata)))
            and self._admits_date(metadata.published)
        )

    def _admits_date(self, published: str | None) -> bool:
        if self.published_from is None and self.published_to is None:
            return True
        return published is not None and (
            _compared(published, self.published_from) >= 0
            and _compared(published, self.published_to) <= 0
        )


def _trial_keys(metadata: SourceMetadata) -> frozenset[str]:
    return _keys(name for trial in metadata.trials for name in (trial.trial_id, *trial.aliases))


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(matching_key, names))


def _compared(date: str, bound: str | None) -> int:
    """Compare two ISO dates as far as both are known: -1 earlier, 0 the same, 1 later."""
    if bound is None:
        return 0
    known = min(len(date), len(bound))
    left, right = date[:known], bound[:known]
    return (left > right) - (left < right)
