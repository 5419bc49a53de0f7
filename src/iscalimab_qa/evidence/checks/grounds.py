"""What a claim rests on: the cited words, laid out for the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import RowCell, row_text

NOTHING_KNOWN: Mapping[str, SourceMetadata] = {}


@dataclass(frozen=True)
class Grounds:
    """The citations of one claim; `sources` knows more of them than a citation tells."""

    citations: Sequence[Citation]
    sources: Mapping[str, SourceMetadata]

    @cached_property
    def cited(self) -> str:
        """Quotes, their context, and how rows are told: where a figure must stand."""
        pieces = (
            piece
            for citation in self.citations
            for piece in (_own_words(citation), citation.quote, *_context(citation, columns=True))
        )
        return "\n".join(dict.fromkeys(pieces))

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What each citation says: its own words, with the caption and lines they stand under."""
        return tuple(
            "\n".join([_own_words(citation), *_context(citation, columns=False)])
            for citation in self.citations
        )

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        """Each citation's own words: the sentence, or the row told with its heads."""
        return tuple(map(_own_words, self.citations))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The quotes that are prose."""
        return tuple(citation.quote for citation in self.citations if not citation.cells)

    @cached_property
    def around(self) -> str:
        """Section, title and the trials' names: where a subject may come from, never a figure."""
        return "\n".join(
            dict.fromkeys(
                piece for citation in self.citations for piece in self._around(citation) if piece
            )
        )

    @cached_property
    def everything(self) -> str:
        """The cited words and what stands around them."""
        return f"{self.cited}\n{self.around}"

    @property
    def rows(self) -> tuple[tuple[RowCell, ...], ...]:
        """The cells of the cited rows."""
        return tuple(citation.cells for citation in self.citations if citation.cells)

    def _around(self, citation: Citation) -> list[str]:
        known = self.sources.get(citation.source_id)
        trials = known.trials if known else ()
        said = [name for trial in trials for name in (*trial.aliases, trial.indication or "")]
        phases = [f"phase {trial.phase}" for trial in trials if trial.phase]
        return [citation.title, citation.section, *citation.trials, *said, *phases]


def _own_words(citation: Citation) -> str:
    return row_text(citation.cells) if citation.cells else citation.quote


def _context(citation: Citation, *, columns: bool) -> list[str]:
    return [p.quote for p in citation.context if columns or p.role != "column"]
