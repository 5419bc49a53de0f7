"""The citations of a conversation as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from iscalimab_qa.exports.references import quotations, references, vancouver
from iscalimab_qa.exports.tables import csv_text
from iscalimab_qa.exports.text import one_line
from iscalimab_qa.exports.values import Conversation

CITATION_COLUMNS = (
    "number reference question claim quote text_kind read_from section page start end "
    "source_id title authors container published doi pmid url trials kind tier library_date"
).split()
"""The columns of a conversation's citations: a row a quotation."""


def citations_csv(conversation: Conversation) -> str:
    """Return every quotation of a conversation with its claim and its numbered reference."""
    return csv_text(CITATION_COLUMNS, _citation_rows(conversation))


def _citation_rows(conversation: Conversation) -> Iterable[Mapping[str, Any]]:
    by_number = {reference.number: reference for reference in references(conversation)}
    for quoted in quotations(conversation):
        reference, citation = by_number[quoted.number], quoted.citation
        given = {
            "reference": vancouver(reference),
            "question": one_line(quoted.question),
            "claim": one_line(quoted.claim),
            "authors": ", ".join([*reference.authors, *(["et al"] if reference.is_cut else [])]),
            "container": reference.container,
            "trials": "; ".join(reference.trials),
            "title": reference.title,
            "library_date": conversation.library_date,
            "number": quoted.number,
        }
        yield {
            name: given[name] if name in given else getattr(citation, name)
            for name in CITATION_COLUMNS
        }
