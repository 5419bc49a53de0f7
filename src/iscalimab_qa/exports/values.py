"""What is exported: a conversation with what is known of its sources, and its references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.sources.values import SourceMetadata


@dataclass(frozen=True, slots=True)
class Conversation:
    """Answers, oldest first, as of the day the library was last published.

    `metadata` maps a source's id to its bibliographic data; for a source that has left the
    library meanwhile, what its citation says of it must do.
    """

    answers: tuple[Answer, ...]
    library_date: str
    metadata: Mapping[str, SourceMetadata] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """A source with its number, from 1 in the order of first citation over the conversation.

    `authors` are as the source gives them; `is_cut` says that there were more. `container` is
    the journal, registry or site, without volume, issue and pages where these are known.
    `published` is ISO 8601, to the day, month or year; unknown fields are empty.
    """

    number: int
    source_id: str
    title: str
    authors: tuple[str, ...]
    is_cut: bool
    container: str
    volume: str
    issue: str
    pages: str
    published: str
    doi: str
    pmid: str
    url: str
    trials: tuple[str, ...]
    kind: str
    tier: int | None
    is_digest: bool
    read_from: str

    @property
    def year(self) -> str:
        """The year of publication, empty if unknown."""
        return self.published[:4]


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation: the answer and the claim it stands under, and its source's number.

    `claim` is empty where only a notice cites it.
    """

    question: str
    claim: str
    number: int
    citation: Citation
