"""Documents of our own invention, read as files are, with their outcomes and conflicts."""

from __future__ import annotations

from pathlib import Path

from iscalimab_qa.evidence.outcomes.library import OutcomeLibrary, outcome_library
from iscalimab_qa.evidence.outcomes.values import Outcome
from iscalimab_qa.evidence.trials.build import build_registry
from iscalimab_qa.lexicon import shipped_aliases
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Source


def sources_of(**documents: str) -> list[Source]:
    """Read documents; HTML and front matter are known by their content."""
    return [
        read_source(Path(f"{name}.md"), text.encode(), ReadingSettings())
        for name, text in documents.items()
    ]


def library_of(**documents: str) -> OutcomeLibrary:
    sources = sources_of(**documents)
    aliases = shipped_aliases()
    return outcome_library(sources, build_registry(sources, aliases=aliases), aliases)


def outcomes_in(text: str) -> tuple[Outcome, ...]:
    return library_of(paper=text).outcomes


def told(outcome: Outcome) -> tuple[str, str, str, str]:
    """An outcome in four words: endpoint, time, arm, figure."""
    return outcome.endpoint, outcome.time, outcome.arm, outcome.shown
