"""Which words of a claim are a row's own, told with its heads."""

from __future__ import annotations

from collections.abc import Iterator

from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.units import row_text


def untold(claim: str, citation: Citation) -> str:
    """Blank what of a claim is the cited row as it is told: places stay as they are.

    A cell goes only together with its own head, so that a figure under another arm's head
    remains; then the label, and the caption and group that the row stands under.
    """
    for piece in _pieces(citation):
        claim = claim.replace(piece, " " * len(piece))
    return claim


def _pieces(citation: Citation) -> Iterator[str]:
    """Yield the told cells, the longest first, then the label and the context."""
    label, *cells = citation.cells
    empty = label._replace(text="")
    told = sorted((row_text((empty, cell)) for cell in cells), key=len, reverse=True)
    yield from (piece.rstrip(" .") for piece in told if piece)
    context = [p.quote for p in citation.context if p.role in {"caption", "group"}]
    for words in (label.text, *context):
        bare = words.rstrip(" .")
        # "Table 2: words" is told without its number.
        yield from filter(None, (bare, bare.partition(": ")[2], bare.partition(". ")[2]))
