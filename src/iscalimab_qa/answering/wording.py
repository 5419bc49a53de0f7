"""Say a unit as a claim: sentences word for word, table rows with the columns asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.units import RowCell, Unit, row_text

_NUMBERED = re.compile(
    r"^\s*(?:table|tab\.?|exhibit)\s*(?:S?\d+[a-z]?)?\s*[.:–-]*\s*", re.IGNORECASE
)
REMARK_HEAD = re.compile(r"\b(?:notes?|cautions?|comments?|remarks?|footnotes?)\b", re.IGNORECASE)
_END = re.compile(r"[.!?:;]$")


def claim_text(unit: Unit, question: Question) -> str:
    """Return what a claim says of a unit, ending as a sentence does.

    A row names its table's caption and group, since its figures mean nothing without the
    time point and the population that stand there.
    """
    if unit.kind == "row" and unit.cells:
        return _row(unit, question)
    return unit.text if _END.search(unit.text) else f"{unit.text}."


def _row(unit: Unit, question: Question) -> str:
    told = row_text(_asked_cells(unit.cells, question))
    within = "; ".join(
        filter(
            None,
            (
                _NUMBERED.sub("", piece.quote).rstrip(" .")
                for piece in reversed(unit.context)
                if piece.role in {"caption", "group"}
            ),
        )
    )
    told = told.rstrip(" .")
    return f"{told} ({within})." if within else f"{told}."


def _asked_cells(cells: Sequence[RowCell], question: Question) -> Sequence[RowCell]:
    """Keep the columns that the question names, where it names some and compares none.

    A column is named by a word that its head does not share with every other head. Remarks
    stay: a caution travels with its figure.
    """
    label, *values = cells
    remarks = [cell for cell in values if REMARK_HEAD.search(cell.head)]
    arms = [cell for cell in values if cell not in remarks]
    if question.compares or len(arms) < 2:  # noqa: PLR2004 (nothing to choose between)
        return cells
    shared = frozenset.intersection(*(token_set(cell.head) for cell in arms))
    asked = set(question.terms) - shared
    named = [cell for cell in arms if _words(cell.head) & asked]
    return (
        [label, *(cell for cell in values if cell in named or cell in remarks)] if named else cells
    )


def _words(head: str) -> frozenset[str]:
    """Tokens of a head that can name it: a question's "39" does not ask for an arm's n."""
    return frozenset(token for token in token_set(head) if any(map(str.isalpha, token)))
