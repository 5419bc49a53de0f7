"""Tell the reader how their words were read."""

from __future__ import annotations

from dataclasses import replace

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Notice
from iscalimab_qa.lexicon import Mended


def with_spelling(answer: Answer, spelt: Mended) -> Answer:
    """Say what was mended; offer a name that may have been meant, and do not answer for it.

    One letter makes another drug of a name, so an answer about the one that was perhaps meant
    would be an answer to another question.
    """
    notices = list(answer.notices)
    if spelt.mended:
        told = ", ".join(f"{slip.meant} (for {slip.written})" for slip in spelt.mended)
        notices.append(Notice("spelling", f"Showing results for: {told}."))
    if not spelt.offered:
        return replace(answer, notices=tuple(notices))
    asked = ", ".join(slip.written for slip in spelt.offered)
    meant = ", ".join(slip.meant for slip in spelt.offered)
    notices.append(Notice("spelling", f"Did you mean {meant}? Nothing here is called {asked}."))
    return replace(
        answer,
        verdict="not_found",
        claims=(),
        citations=(),
        notices=tuple(notices),
        opening=f"Not in this library: {asked}. Did you mean {meant}?",
    )
