"""Conversations to export, invented, and small strict readers of what was written."""

from __future__ import annotations

import re
from typing import Any

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Checks, Citation, Claim, Notice
from iscalimab_qa.exports.values import Conversation
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import ContextQuote, RowCell


def citation(marker: int = 1, source_id: str = "fern2020", **changed: Any) -> Citation:
    """Return a citation of an original's sentence, with what a test is about changed."""
    fields: dict[str, Any] = {
        "title": f"Fernumab in arthritis ({source_id})",
        "quote": "Fernumab blocks the receptor.",
        "start": 100,
        "end": 129,
        "context": (),
        "section": "Discussion",
        "page": None,
        "doi": None,
        "pmid": None,
        "trials": ("NCT01234567",),
        "url": None,
        "kind": "randomised_trial",
        "tier": 1,
        "text_kind": "original",
        "read_from": None,
        "published": "2020-03",
    }
    return Citation(marker=marker, source_id=source_id, **{**fields, **changed})


def row(marker: int = 1, source_id: str = "fern2020", **changed: Any) -> Citation:
    """Return a citation of a table's row with its caption and heads."""
    cells = (RowCell("", "Joint score"), RowCell("Fernumab", "-6.1"), RowCell("Placebo", "-2.4"))
    around = (ContextQuote("caption", 0, 7, "Week 12"),)
    quote = "Joint score | -6.1 | -2.4"
    return citation(marker, source_id, quote=quote, cells=cells, context=around, **changed)


def answer(question: str, *citations: Citation, **changed: Any) -> Answer:
    """Return an answer that makes a claim of each citation."""
    cited = citations or (citation(),)
    fields: dict[str, Any] = {
        "standalone_question": question,
        "verdict": "answered",
        "claims": tuple(Claim(f"Claim of {c.source_id}.", (c.marker,), Checks()) for c in cited),
        "citations": cited,
    }
    return Answer(question=question, **{**fields, **changed})


def conversation(*answers: Answer, **metadata: SourceMetadata) -> Conversation:
    """Return answers as of an invented day; `metadata` by source id."""
    return Conversation(answers, "2025-11-22", metadata)


NOTICE = Notice("trial_status", "The trial was terminated.", (1,))


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Read BibTeX as `bibtex` does: fields end where their braces balance.

    Raises:
        ValueError: Something stands where it must not.
    """
    entries, at = [], 0
    while match := re.compile(r"\s*@(\w+)\{([^,\s{}]+),\s*").match(text, at):
        entry, at = {"type": match[1], "key": match[2]}, match.end()
        while field := re.compile(r"(\w+) = \{").match(text, at):
            end = _balanced(text, field.end())
            entry[field[1]] = text[field.end() : end]
            at = end + 1
            after = re.compile(r",\s*").match(text, at)
            if not after:
                raise ValueError(f"no comma at {at}")
            at = after.end()
        if text[at : at + 1] != "}":
            raise ValueError(f"no end of the entry at {at}")
        at += 1
        entries.append(entry)
    if text[at:].strip():
        raise ValueError(f"not read: {text[at:]!r}")
    return entries


def _balanced(text: str, at: int) -> int:
    """Return where the brace opened before `at` closes; BibTeX counts escaped braces too."""
    depth = 1
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise ValueError("a brace is not closed")


_TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}


def untex(text: str) -> str:
    """Read escaped text as TeX sets it."""
    commands = "|".join(map(re.escape, _TEX))
    return re.sub(rf"{commands}|\\[&%$#_]", lambda m: _TEX.get(m[0], m[0][1:]), text)


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Read RIS: every line is a tag, a record goes from TY to ER.

    Raises:
        ValueError: A line is no tag, or a record is not closed.
    """
    records: list[list[tuple[str, str]]] = []
    for line in text.split("\r\n")[:-1]:
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        if not match or (match[1] == "TY") != (not records or records[-1][-1][0] == "ER"):
            raise ValueError(f"unexpected line {line!r}")
        if match[1] == "TY":
            records.append([])
        records[-1].append((match[1], match[2]))
    if records and records[-1][-1][0] != "ER":
        raise ValueError("the last record has no end")
    return records
