"""What came of bringing an index up to date."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Skip:
    """A file that is not in the index, by its path under the corpus folder, and why not."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What changed, what was left out, and what stands now.

    `added`, `changed` and `removed` are source ids; `sources` and `passages` count what the
    index now holds, `embedded` the texts that were encoded in this run. `generation` names
    the live generation, `published` says that this run made it.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    skipped: tuple[Skip, ...]
    warnings: tuple[str, ...]
    sources: int
    passages: int
    embedded: int
    generation: str
    published: bool
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return asdict(self) | {"seconds": round(self.seconds, 3)}
