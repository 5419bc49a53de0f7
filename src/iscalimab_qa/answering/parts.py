"""Take a question with several parts apart, so that each of them finds its own answer.

"What became of the trial, and why?" asks two things that stand in two sentences. The later
parts lean on the first as a follow-up leans on the question before it.
"""

from __future__ import annotations

import re

from iscalimab_qa.standalone import with_subjects

MAX_PARTS = 3
"""Three statements are all that an answer holds."""

SHORTEST_PART = 2
"""Words below which a part asks nothing by itself ("and why?" has two)."""

_WH = (
    r"(?:(?:for|on|in|at|to|from|by|with|of|over|under)\s+)?"
    r"(?:what|which|how|when|why|where|whom|whose|who)"
)
_AUXILIARY = r"(?:did|does|do|was|were|is|are|has|have|had|can|could|will|would)"
_JOINT = re.compile(
    rf"""\s*[,;]?\s+(?:and|but)\s+(?=(?:{_WH}|{_AUXILIARY})\b)
      | \s*;\s+(?=(?:{_WH}|{_AUXILIARY})\b) | \s*,\s+(?={_WH}\b) | (?<=\?)\s+(?=\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKING = re.compile(rf"(?:^|[:,;.]\s+)(?:{_WH}|{_AUXILIARY})\b", re.IGNORECASE)


def parts_of(question: str) -> tuple[str, ...]:
    """Return the parts of a question, each standing alone; one if it asks one thing only.

    What stands before the first part that asks ("In the trial of X, how many ... and when ...")
    belongs to it.
    """
    pieces = [piece.strip(" ,;") for piece in _JOINT.split(question) if piece.strip(" ,;?")]
    parts: list[str] = []
    for piece in pieces:
        fits = len(piece.split()) >= SHORTEST_PART or piece.lower().startswith("why")
        if parts and _ASKING.search(parts[-1]) and fits:
            parts.append(piece)
        else:
            parts = [*parts[:-1], f"{parts[-1]}, {piece}"] if parts else [piece]
    if not 1 < len(parts) <= MAX_PARTS:
        return (question,)
    return (parts[0], *(with_subjects(_sentence(part), parts[0]) for part in parts[1:]))


def _sentence(part: str) -> str:
    return f"{part[0].upper()}{part[1:].rstrip('?')}?"
