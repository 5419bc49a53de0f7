"""What all figures of a source share: its trial, its vocabulary, whether it is about animals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from iscalimab_qa.evidence.outcomes.arm_names import ArmNames
from iscalimab_qa.evidence.outcomes.endpoints import Vocabulary
from iscalimab_qa.evidence.trials.build import TrialRegistry
from iscalimab_qa.lexicon.abbreviations import Abbreviation
from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

_PRECLINICAL = re.compile(
    r"\b(?:monkeys?|macaques?|primates?|mice|mouse|murine|rats?|rabbits?|pigs?|dogs?|zebrafish"
    r"|in\s+vitro|"
    r"ex\s+vivo|xenografts?|cell\s+lines?|cynomolgus|rhesus)\b",
    re.IGNORECASE,
)
_OTHER_STUDY = re.compile(
    r"\b(?:earlier|previous|prior|another|other|separate|different"
    r"|historical)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:trials?|stud(?:y|ies)|reports?)\b|\bet\s+al\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?:\d[\d.]*\s*)?(?:introduction|background|discussion|limit|related work|methods?\b"
    r"|statistic|"
    r"sample size|references|curator|rationale)",
    re.IGNORECASE,
)


_SERIES = re.compile(r"([A-Z]{3,})[- ]?(?:\d{1,2}|[A-Z]|I{1,3}V?)")
"""A trial that is one of several of a name: ORION-2, CONTRAIL I."""


class Reader:
    """The knowledge that outcomes are read with; made once for a library."""

    def __init__(
        self,
        registry: TrialRegistry,
        aliases: Sequence[AliasGroup],
        abbreviations: Sequence[Abbreviation] = (),
    ) -> None:
        """Prepare the expressions.

        Args:
            registry: The library's trials.
            aliases: Names that may stand for each other, of drugs and of measures.
            abbreviations: What was learnt from the library; helps to match endpoints.
        """
        self.registry = registry
        self.arms = ArmNames(aliases, registry.drugs.usual)
        self.vocabulary = Vocabulary(aliases, abbreviations)
        self._ignored: dict[str, frozenset[str]] = {}

    def trials_in(self, text: str) -> frozenset[str]:
        """Return the ids of the trials that a text names."""
        return frozenset(named.trial_id for named in self.registry.names_at(text))

    def names_sister(self, text: str, trial: str) -> bool:
        """Whether a text names a trial of the same series that the library does not know."""
        known = self.registry.resolve(trial)
        stems = (
            [match[1] for name in known.names if (match := _SERIES.fullmatch(name))]
            if known
            else []
        )
        return any(
            re.search(rf"\b{re.escape(stem)}[- ]?(?:\d{{1,2}}|[A-Z]|I{{1,3}}V?)\b", text)
            for stem in stems
        )

    def indication(self, trial: str) -> str:
        """Return a trial's disease, empty where the library does not say."""
        known = self.registry.resolve(trial)
        return known.indication.value if known and known.indication else ""

    def ignored(self, trial: str) -> frozenset[str]:
        """Return the words that say which trial, not which endpoint."""
        if trial not in self._ignored:
            known = self.registry.resolve(trial)
            names = [*known.names, *known.drug_names] if known else []
            told = " ".join([trial, *names, self.indication(trial)])
            self._ignored[trial] = self.vocabulary.words(told)
        return self._ignored[trial]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as its figures are read: `own_trial` is the one that it reports, if any."""

    metadata: SourceMetadata
    reader: Reader
    own_trial: str

    def trial_of(self, unit: Unit) -> str:
        """Return the trial that a unit speaks of; the nearest words that name one decide.

        Empty where they name several, where another study is spoken of without a name, and
        for animals, which are in no trial.
        """
        if self.metadata.kind == "preclinical_study":
            return ""
        heads = " ".join(cell.head for cell in unit.cells)
        context = "\n".join(piece.quote for piece in unit.context)
        for place in (f"{unit.quote}\n{heads}", context, *reversed(unit.section[1:])):
            if named := self.reader.trials_in(place):
                return next(iter(named)) if len(named) == 1 else ""
        names_other = _OTHER_STUDY.search(unit.quote) or self.reader.names_sister(
            unit.quote, self.own_trial
        )
        return "" if names_other else self.own_trial

    def preclinical(self, unit: Unit) -> bool:
        """Whether a unit is about animals, cells or assays."""
        return self.metadata.kind == "preclinical_study" or bool(_PRECLINICAL.search(unit.words))


def view_of(source_id: str, metadata: SourceMetadata, reader: Reader) -> SourceView:
    """Look at a source with what the library knows of its trials."""
    own = reader.registry.of_source(source_id)
    return SourceView(metadata, reader, own[0].trial_id if len(own) == 1 else "")


def is_apart(section: Sequence[str]) -> bool:
    """Whether a section tells of methods, limits or other people's work."""
    return any(_APART.match(head) for head in section)
