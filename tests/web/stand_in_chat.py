"""A stand-in for the assistant, with real values and documents that nobody wrote.

Run as a program it serves the real page: `python stand_in.py PORT`.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.assistant import SourceSummary
from iscalimab_qa.errors import QuestionError, SourceNotFoundError
from iscalimab_qa.evidence.outcomes.library import outcome_library
from iscalimab_qa.evidence.trials.build import build_registry
from iscalimab_qa.evidence.values import Checks, Citation, Claim, Notice
from iscalimab_qa.settings import Settings
from iscalimab_qa.sources.values import Block, Source, SourceMetadata, TrialRecord
from iscalimab_qa.units import ContextQuote, RowCell

HOSTILE = "<img src=x onerror=alert(1)>"

CLAIM = (
    "Change in joint score: examplumab (n=40) -6.1 (95% CI -8.3 to -3.9); "
    "placebo (n=20) -2.4 (Week 12; Primary endpoint)."
)


QUOTE = "Examplumab blocks the receptor without depleting B cells."
BEFORE = "Forty adults with active arthritis were randomised in this trial of the new antibody."
AFTER = "It was given every second week."
_HEADING = "Discussion\n\n  "
TEXT = f"{_HEADING}{BEFORE} {QUOTE} {AFTER}"


def source(text: str = TEXT, **changed: Any) -> Source:
    """Return the source of `citation`, of a trial that was stopped."""
    trial = TrialRecord(
        "NCT01234567",
        aliases=("EXAMPLE-1",),
        indication="arthritis",
        phase="2",
        status="terminated",
        status_date="2021-05-04",
        reason="too few patients",
    )
    fields: dict[str, Any] = {
        "title": "Examplumab in arthritis: a randomised trial",
        "kind": "randomised_trial",
        "authors": ("Ash A", "Birch B", "Cedar C", "Dogwood D"),
        "container": "Journal of Examples 12(3):45-67",
        "published": "2020-03",
        "trials": (trial,),
    }
    blocks = (
        Block("heading", 0, len("Discussion"), ("Discussion",)),
        Block("paragraph", len(_HEADING), len(text), ("Discussion",)),
    )
    return Source("example2020", SourceMetadata(**{**fields, **changed}), text, blocks)


def citation(marker: int = 1, **changed: Any) -> Citation:
    """Return a citation of a sentence, with what a test is about changed."""
    fields: dict[str, Any] = {
        "marker": marker,
        "source_id": "example2020",
        "title": "Examplumab in arthritis: a randomised trial",
        "quote": QUOTE,
        "start": TEXT.index(QUOTE),
        "end": TEXT.index(QUOTE) + len(QUOTE),
        "context": (),
        "section": "Discussion > Mechanism",
        "page": None,
        "doi": "10.1000/example.2020",
        "pmid": "12345678",
        "trials": ("NCT01234567",),
        "url": "https://www.example.org/article",
        "kind": "randomised_trial",
        "tier": 1,
        "text_kind": "original",
        "read_from": None,
        "published": "2020-03",
    }
    return Citation(**{**fields, **changed})


def row_citation(marker: int = 2, **changed: Any) -> Citation:
    """Return a citation of a table row whose label column has no head."""
    heads = ("Examplumab (n=40)", "Placebo (n=20)")
    row = ("Change in joint score", "-6.1 (95% CI -8.3 to -3.9)", "-2.4")
    fields: dict[str, Any] = {
        "quote": " | ".join(row),
        "section": "Results",
        "page": 4,
        "context": (
            ContextQuote("caption", 0, 7, "Week 12"),
            ContextQuote("group", 10, 26, "Primary endpoint"),
            *(ContextQuote("column", 30, 40, head) for head in heads),
        ),
        "cells": tuple(map(RowCell, ("", *heads), row)),
        "text_kind": "digest",
        "read_from": "abstract",
    }
    return citation(marker, **{**fields, **changed})


def answer(question: str, **changed: Any) -> Answer:
    """Return an answer of two claims, a sentence and a row, with what a test needs changed."""
    fields: dict[str, Any] = {
        "question": question,
        "standalone_question": question,
        "verdict": "answered",
        "claims": (
            Claim(CLAIM, (2,), Checks()),
            Claim("Examplumab blocks the receptor without depleting B cells.", (1,), Checks()),
        ),
        "citations": (citation(1), row_citation(2)),
    }
    return Answer(**{**fields, **changed})


def hostile_answer(question: str) -> Answer:
    """Return an answer in which every piece of text tries to be more than text."""
    text = f"{HOSTILE} **bold** [x](javascript:alert(2)) # `code` | $$x$$ {{{{value}}}} ${{1+1}}"
    hostile = citation(
        1,
        title=text,
        quote=text,
        section=text,
        kind=HOSTILE,
        doi='10.1000/"onclick="alert(3)',
        pmid="1<b>",
        trials=(HOSTILE,),
        url="javascript:alert(4)",
        tier=None,
        published=HOSTILE,
    )
    return answer(
        question,
        standalone_question=text,
        claims=(Claim(text, (1,), Checks()),),
        citations=(hostile,),
        notices=(Notice("injection", text, (1,)),),
    )


class StandIn:
    """Answers as `Assistant` does; words of the question choose what."""

    settings = Settings()
    library_date = "2025-11-22"
    programme = "Development of examplumab was ended (2024) <b>for good</b>."
    source_count = 40
    generation = "000001-stand-in"

    def __init__(self) -> None:
        """Hold one source; its trial was stopped."""
        self.trials = build_registry([source()], aliases=())
        self.outcomes = outcome_library([source()], self.trials, ())

    def source(self, source_id: str) -> Source:
        """Return the one source, or raise for any other."""
        if source_id != "example2020":
            raise SourceNotFoundError(source_id)
        return source()

    def sources(self) -> list[SourceSummary]:
        """List the one source."""
        return [
            SourceSummary(
                source_id="example2020",
                title=source().metadata.title,
                kind="randomised_trial",
                trials=("NCT01234567",),
                tier=1,
                text_kind="original",
                published="2020-03",
                passages=1,
                path="example2020.md",
                warnings=(),
            )
        ]

    def ask(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
        """Return the answer, or raise, as the question's words say."""
        if "slow" in question:
            time.sleep(2)
        if "held" in question:
            threading.Event().wait()
        if "refused" in question:
            raise QuestionError("This question cannot be asked. Ask another one")
        if "broken" in question:
            raise RuntimeError("a secret of the server")
        if "hostile" in question:
            return hostile_answer(question)
        if "nothing" in question:
            opening = "Not in this library: none of its 40 sources states this."
            return answer(question, verdict="not_found", claims=(), citations=(), opening=opening)
        if "closest" in question:
            opening = "The sources do not answer this directly; these passages come closest."
            return answer(question, verdict="partial", opening=opening)
        if "stopped" in question:
            notice = Notice("trial_status", "NCT01234567 was terminated on 2021-05-04.", (1,))
            return answer(question, notices=(notice,))
        if history:
            before = history[-2]["content"]
            return answer(question, standalone_question=f"{before} {question}")
        return answer(question)

    def warm(self) -> None:
        """Need nothing loaded."""

    def close(self) -> None:
        """Hold nothing, so there is nothing to close."""


def main() -> None:
    """Serve the real page on the port that is named."""
    from iscalimab_qa.web.serve import serve_assistant

    serve_assistant(StandIn(), port=int(sys.argv[1]))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
