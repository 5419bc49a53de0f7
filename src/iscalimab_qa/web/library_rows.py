"""The library as rows of a table: what is indexed, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from iscalimab_qa.index.corpora import Corpus, corpora
from iscalimab_qa.index.holdings import Holdings, holdings
from iscalimab_qa.settings import index_folder

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant, SourceSummary

State = Literal["shipped", "yours", "excluded"]
"""`shipped` lies in a folder that cannot be written to; `excluded` did, and was removed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A source as the library tab lists it. `tier` None is unclassified, `year` "" unknown."""

    source_id: str
    title: str
    state: State
    kind: str = "document"
    trials: tuple[str, ...] = ()
    tier: int | None = None
    year: str = ""
    passages: int = 0
    text_kind: str = "original"
    warnings: tuple[str, ...] = ()


def library_rows(assistant: Assistant) -> tuple[Row, ...]:
    """List what the assistant's library holds now, by title, then what is left out."""
    settings = assistant.settings
    held = holdings(index_folder(settings))
    return rows_of(assistant.sources(), held, corpora(settings))


def rows_of(
    sources: Iterable[SourceSummary], held: Holdings, folders: Sequence[Corpus]
) -> tuple[Row, ...]:
    """Join what is listed of sources with where they come from."""
    writable = {corpus.key: corpus.writable for corpus in folders}
    rows = [_row(source, held.corpus_of, writable) for source in sources]
    listed = {row.source_id for row in rows}
    out = (
        Row(left.source_id, left.source_id, "excluded", kind="")
        for left in held.left_out
        if left.source_id not in listed and left.corpus in writable
    )
    return (*sorted(rows, key=lambda row: row.title.casefold()), *out)


def _row(source: SourceSummary, corpus_of: Mapping[str, str], writable: Mapping[str, bool]) -> Row:
    yours = writable.get(corpus_of.get(source.source_id, ""), False)
    return Row(
        source_id=source.source_id,
        title=source.title,
        state="yours" if yours else "shipped",
        kind=source.kind,
        trials=source.trials,
        tier=source.tier,
        year=(source.published or "")[:4],
        passages=source.passages,
        text_kind=source.text_kind,
        warnings=source.warnings,
    )
