"""Citations of made-up words, for tests of the checks."""

from __future__ import annotations

from typing import Any

from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.units import ContextQuote, RowCell


def cite(quote: str, **fields: Any) -> Citation:
    known: dict[str, Any] = {
        "marker": 1,
        "source_id": "made_up",
        "title": "",
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "context": (),
        "section": "",
        "page": None,
        "doi": None,
        "pmid": None,
        "trials": (),
        "url": None,
        "kind": "document",
        "tier": None,
        "text_kind": "original",
        "read_from": None,
        "published": None,
    }
    return Citation(**{**known, **fields})


def row(heads: list[str], cells: list[str], caption: str = "", **fields: Any) -> Citation:
    """Cite one row of a table with its heads and caption."""
    context = [ContextQuote("column", 0, 0, head) for head in heads]
    if caption:
        context.insert(0, ContextQuote("caption", 0, 0, caption))
    told = tuple(RowCell(head, cell) for head, cell in zip(heads, cells, strict=True))
    return cite(" | ".join(cells), context=tuple(context), cells=told, **fields)


def grounds(*citations: Citation | str) -> Grounds:
    return Grounds([c if isinstance(c, Citation) else cite(c) for c in citations], {})
