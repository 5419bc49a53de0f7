"""Documents of our own invention, and the trials that they tell of."""

from __future__ import annotations

from pathlib import Path

from iscalimab_qa.evidence.trials.build import TrialRegistry, build_registry
from iscalimab_qa.lexicon.aliases import AliasGroup
from iscalimab_qa.settings import ReadingSettings
from iscalimab_qa.sources.read import read_source
from iscalimab_qa.sources.values import Source
from iscalimab_qa.units import Unit, units_of


def read(**documents: str) -> list[Source]:
    return [
        read_source(Path(f"{name}.md"), text.encode(), ReadingSettings())
        for name, text in documents.items()
    ]


def registry_of(*aliases: AliasGroup, **documents: str) -> TrialRegistry:
    return build_registry(read(**documents), aliases=aliases)


def unit_with(words: str, **documents: str) -> Unit:
    units = [unit for source in read(**documents) for unit in units_of(source)]
    return next(unit for unit in units if words in unit.quote)


def head(**fields: str) -> str:
    """Front matter with these fields; an underscore twice begins a trial's own field."""
    own = [f"{name}: {value}" for name, value in fields.items() if not name.startswith("trial_")]
    trial = [
        f"{'  - ' if place == 0 else '    '}{name.removeprefix('trial_')}: {value}"
        for place, (name, value) in enumerate(
            (n, v) for n, v in fields.items() if n.startswith("trial_")
        )
    ]
    return "\n".join(["---", *own, *(["trials:", *trial] if trial else []), "---", "", ""])
