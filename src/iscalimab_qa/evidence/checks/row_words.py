"""Which words of a claim are a row's own, told with its heads and with pieces of its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.evidence.values import Citation
from iscalimab_qa.units import row_text

_NUMBERED = re.compile(
    r"^\s*(?:table|tab\.?|exhibit)\s*(?:S?\d+[a-z]?)?\s*[.:–-]*\s*", re.IGNORECASE
)
_JOINT = re.compile(r"\s*[;()\[\]–—]\s*|\s*[,:]\s+")
_BEFORE_A_TIME = re.compile(
    r"[\s,]*\b(?:at|by|after|to|over|during|in|until|up\s+to|through|of|from)?\s*$", re.IGNORECASE
)
_HEADS_ANY_TABLE = re.compile(
    r"^(?:(?:key|main|primary|secondary|final|summary|efficacy|outcomes?|results?|endpoints?|measures?"
    r"|data|findings?|analys[ie]s|characteristics?|parameters?|variables?)(?:\s+|$)(?:and\s+)?)+"
    r"(?=(?:in|at|by|after|over|during|to|through|until|up\s+to)\b|$)",
    re.IGNORECASE,
)


def untold(claim: str, citation: Citation) -> str:
    """Blank what of a claim is the cited row as it is told: places stay as they are.

    A cell goes only together with its own head, so that a figure under another arm's head
    remains; then the label, and the caption and group that the row stands under.
    """
    for piece in _pieces(citation):
        claim = claim.replace(piece, " " * len(piece))
    return claim


def is_row_told(claim: str, citation: Citation) -> bool:
    """Whether a claim is nothing but the cited row: label, pieces of its caption, told cells."""
    starts = [at for cell in _told_cells(citation) if (at := claim.find(cell)) >= 0]
    first = min(starts, default=len(claim))
    head = claim[:first]
    for piece in _before_the_cells(citation):
        head = head.replace(piece, " ")
    return not f"{head}{untold(claim[first:], citation)}".strip(" .,;:()|")


def caption_pieces(caption: str) -> tuple[str, ...]:
    """List what the punctuation of a caption parts, word for word and without its number.

    >>> caption_pieces("Table 2: Response at week 12 (interim), TOLI-1, NCT00000000")
    ('Response at week 12', 'interim', 'TOLI-1', 'NCT00000000')
    """
    bare = _NUMBERED.sub("", caption)
    return tuple(filter(None, (piece.strip(" .") for piece in _JOINT.split(bare))))


def without_last_time(piece: str) -> str:
    """Return a piece of a caption without the time that it ends with.

    >>> without_last_time("Response at week 12")
    'Response'
    """
    times = times_in(piece)
    if not times or times[-1].end < len(piece):
        return piece
    return _BEFORE_A_TIME.sub("", piece[: times[-1].start])


def without_first_time(piece: str) -> str:
    """Return a piece of a caption without the time that it begins with.

    >>> without_first_time("at week 12 in adults")
    'in adults'
    """
    times = times_in(piece)
    if not times or _BEFORE_A_TIME.sub("", piece[: times[0].start]):
        return piece
    return piece[times[0].end :].strip(" ,")


def without_empty_words(piece: str) -> str:
    """Return a piece of a caption without the words before its place or time that tell nothing.

    >>> without_empty_words("Efficacy outcomes in TOLI-1")
    'in TOLI-1'
    """
    return _HEADS_ANY_TABLE.sub("", piece)


def _pieces(citation: Citation) -> Iterator[str]:
    """Yield the told cells, the longest first, then the label and the context."""
    yield from _told_cells(citation)
    for words in (citation.cells[0].text, *_around(citation)):
        bare = words.rstrip(" .")
        # "Table 2: words" is told without its number.
        yield from filter(None, (bare, bare.partition(": ")[2], bare.partition(". ")[2]))


def _told_cells(citation: Citation) -> list[str]:
    label, *cells = citation.cells
    empty = label._replace(text="")
    told = sorted((row_text((empty, cell)) for cell in cells), key=len, reverse=True)
    return [piece.rstrip(" .") for piece in told if piece]


def _around(citation: Citation) -> list[str]:
    return [each.quote for each in citation.context if each.role in {"caption", "group"}]


def _before_the_cells(citation: Citation) -> list[str]:
    """List what may be told before a row's cells, the longest first."""
    pieces = {piece for words in _around(citation) for piece in caption_pieces(words)}
    for shortened in (without_last_time, without_empty_words, without_first_time):
        pieces |= set(map(shortened, pieces))
    pieces.add(citation.cells[0].text.rstrip(" ."))
    return sorted(filter(None, pieces), key=lambda piece: (-len(piece), piece))
