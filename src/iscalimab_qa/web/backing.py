"""What stands behind a citation: who wrote it, which trial, and the words around its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.evidence.figures.said_dates import date_told
from iscalimab_qa.sentences import sentence_spans

if TYPE_CHECKING:
    from iscalimab_qa.answering.values import Answer
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.evidence.trials.values import Statement, Trial
    from iscalimab_qa.evidence.values import Citation
    from iscalimab_qa.sources.values import Block, Source

MOST_TRIALS = 3
"""Trials told on a card: a review's sentence may name a dozen."""

AROUND_CHARS = 320
"""Characters shown of a neighbouring sentence: enough to see what the words are about."""

_PROSE = frozenset({"paragraph", "list_item"})


class TrialTold(NamedTuple):
    """A trial as a card tells it: its names and design, and how it ended."""

    name: str
    design: str
    ended: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Backing:
    """What a card shows beside the citation itself.

    `before` and `after` are the neighbouring sentences in the source's text, empty where the
    quote stands alone or is a table row.
    """

    authors: tuple[str, ...] = ()
    container: str | None = None
    trials: tuple[TrialTold, ...] = ()
    before: str = ""
    after: str = ""


def backings(assistant: Assistant, answer: Answer) -> tuple[Backing, ...]:
    """Gather what the cards of an answer show, one for each citation, in their order."""
    return tuple(backing_of(assistant, citation) for citation in answer.citations)


def backing_of(assistant: Assistant, citation: Citation) -> Backing:
    """Gather what the card of one citation shows."""
    registry = assistant.trials
    metadata = registry.metadata(citation.source_id)
    before, after = "", ""
    if not citation.cells:
        source = assistant.source(citation.source_id)
        before, after = around(source, citation.start, citation.end)
    return Backing(
        authors=metadata.authors if metadata else (),
        container=metadata.container if metadata else None,
        trials=tuple(map(told, registry.trials_of(citation)[:MOST_TRIALS])),
        before=before,
        after=after,
    )


def told(trial: Trial) -> TrialTold:
    """Tell a trial in a few words: its names, its phase and indication, and how it ended."""
    names = [trial.acronym, *(n for n in (trial.trial_id,) if n != trial.acronym)]
    design = [
        f"phase {trial.phase.value}" if trial.phase else "",
        trial.indication.value if trial.indication else "",
    ]
    return TrialTold(
        name=f"{names[0]} ({names[1]})" if names[1:] else names[0],
        design=", ".join(filter(None, design)),
        ended=_ended(trial),
        stopped=bool(trial.status and trial.status.is_end) or _failed(trial),
    )


def _ended(trial: Trial) -> str:
    status = _status(trial.status) if trial.status else ""
    endpoint = f"primary endpoint {trial.endpoint.value}" if trial.endpoint else ""
    return "; ".join(filter(None, [status, endpoint])) or "how it ended is not in the library"


def _status(statement: Statement) -> str:
    date = f", {date_told(statement.date)}" if statement.date else ""
    reason = f": {statement.reason}" if statement.reason else ""
    return f"{statement.status}{date}{reason}"


def _failed(trial: Trial) -> bool:
    return trial.endpoint is not None and trial.endpoint.value == "failed"


def around(source: Source, start: int, end: int) -> tuple[str, str]:
    """Return the sentence before [start, end) and the one after, in the same section.

    Both are empty where the neighbours are no prose: a heading, a table, boilerplate.
    """
    at = next((i for i, b in enumerate(source.blocks) if b.start <= start < b.end), None)
    if at is None or source.blocks[at].kind not in _PROSE:
        return "", ""
    near = [
        span
        for block in source.blocks[max(0, at - 1) : at + 2]
        if block.kind in _PROSE and block.section == source.blocks[at].section
        for span in _sentences(source, block)
    ]
    before = [span for span in near if span[1] <= start][-1:]
    after = [span for span in near if span[0] >= end][:1]
    return (
        "".join(_clipped_front(source.text[first:last]) for first, last in before),
        "".join(_clipped_back(source.text[first:last]) for first, last in after),
    )


def _sentences(source: Source, block: Block) -> list[tuple[int, int]]:
    spans = sentence_spans(source.text[block.start : block.end])
    return [(block.start + start, block.start + end) for start, end in spans]


def _clipped_front(text: str) -> str:
    return text if len(text) <= AROUND_CHARS else f"… {text[-AROUND_CHARS:].split(' ', 1)[-1]}"


def _clipped_back(text: str) -> str:
    return text if len(text) <= AROUND_CHARS else f"{text[:AROUND_CHARS].rsplit(' ', 1)[0]} …"
