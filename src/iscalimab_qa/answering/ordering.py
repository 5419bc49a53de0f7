"""Do not obey an order that poses as a question; answer the question that it is wrapped round."""

from __future__ import annotations

from dataclasses import replace

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Notice

TEXT = "A part of what was asked is an instruction, which was not followed."


def told_of_order(answer: Answer) -> Answer:
    """Say that an order in the question was left out."""
    return replace(answer, notices=(Notice("injection", TEXT), *answer.notices))


def refused(question: str) -> Answer:
    """Answer an order that no question remains of."""
    return Answer(
        question=question,
        standalone_question=question,
        verdict="not_found",
        claims=(),
        citations=(),
        notices=(Notice("injection", TEXT),),
        opening="Not in this library: this is an instruction and no question about its sources.",
    )
