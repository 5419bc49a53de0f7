"""Say that what comes nearest to a question was set aside: an order, hidden text, or code.

Quarantined words are never quoted and never answer; a reader who knows the document would
otherwise wonder why it is passed over. Said only where they are nearer than what answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from iscalimab_qa.answering.terms import Terms, token_set
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Notice
from iscalimab_qa.sources.orders import order_in
from iscalimab_qa.sources.values import Source

ON_THE_QUESTION = 0.6
"""Share of a question's weight that a passage must hold to be on it."""


class SetAside(NamedTuple):
    """A quarantined stretch of a source."""

    title: str
    text: str


def set_aside_in(sources: Iterable[Source]) -> tuple[SetAside, ...]:
    """List what was quarantined in some sources, in their order."""
    return tuple(
        SetAside(source.metadata.title, source.text[block.start : block.end])
        for source in sources
        for block in source.blocks
        if block.kind == "suspicious"
    )


def with_set_aside(answer: Answer, terms: Terms, quarantined: Sequence[SetAside]) -> Answer:
    """Add a notice for the source whose quarantined words are nearest to the question.

    Args:
        answer: With its citations.
        terms: The question's words and their weights.
        quarantined: What the library holds back.

    Returns:
        The answer, with one notice more at most; none where it cites words as near.
    """
    cited = max((_nearness(each.words, terms) for each in answer.citations), default=0.0)
    nearest = max(quarantined, key=lambda each: _nearness(each.text, terms), default=None)
    if nearest is None:
        return answer
    nearness = _nearness(nearest.text, terms)
    if nearness < ON_THE_QUESTION or nearness <= cited:
        return answer
    order = order_in(nearest.text)
    text = (
        f"A passage of “{nearest.title}” on this was set aside and not used: "
        f"{f'it holds {order}' if order else 'it is hidden text or code'}."
    )
    return replace(answer, notices=(*answer.notices, Notice("injection", text)))


def _nearness(text: str, terms: Terms) -> float:
    return terms.coverage(token_set(text))
