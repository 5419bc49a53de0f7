"""Find a fragment's counterpart in the library's tables, where no rule of English tells it.

"How many words did PagePals pupils read?", "and LexiBot?": nothing in the two words says
whether another programme, another group or another measure is meant. A table of the library
does: what heads a column stands in the place of what heads another, a row's label in that of
another row's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.chunks import chunks_of
from iscalimab_qa.standalone.kinds import Kind, singular
from iscalimab_qa.units import Unit

Rows = Callable[[str], Iterable[Unit]]
"""Returns what the library shows for a question; its table rows are looked at."""


_WORD = re.compile(r"[^\W_](?:[\w.^'-]*\w)?")
_SIZE = re.compile(r"\(?\bn\s*=\s*\d[\d,]*\)?", re.IGNORECASE)
_EMPTY = w.DETERMINERS | w.PREPOSITIONS | w.CONJUNCTIONS | {"n"}
_WITHIN = {"of", "the", "in", "for"}
"""Words that a label may hold between two of its own."""
_NAME = re.compile(r"[A-Za-z]{4,20}")
_MOST_WORDS = 4
"""Words of a fragment that may be one label; more say a thing of their own."""


def no_rows(_: str) -> Iterable[Unit]:
    """Show nothing: a conversation without a library."""
    return ()


def exchanged_by_table(piece: str, context: str, rows: Rows) -> str | None:
    """Return the earlier question with a fragment in the place of its neighbour in a table.

    Args:
        piece: A fragment without preposition, as "LexiBot" or "the waiting list".
        context: The question before it.
        rows: Shows what the library holds on a question.

    Returns:
        None if the fragment is no head or label of a table that names another in the context.
    """
    wanted = _words(piece)
    if not wanted or len(wanted) > _MOST_WORDS or not _is_unknown(piece):
        return None
    for entries in _neighbours(rows(f"{context} {piece}")):
        meant = next((entry for entry in entries if wanted <= entry), None)
        if meant is None or wanted <= _words(context):
            continue
        found = _said(context, [entry - meant for entry in entries if entry != meant])
        if found:
            return f"{context[: found[0]]}{piece}{context[found[1] :]}"
    return None


def is_disease_here(piece: str, context: str, rows: Rows) -> bool:
    """Whether the library writes a bare word as a disease's name: "graves", "Graves' disease"."""
    if not _NAME.fullmatch(piece) or not any(c.kind is Kind.FIELD for c in chunks_of(context)):
        return False
    behind = re.compile(rf"\b{re.escape(piece)}(?:['’]s?)?\s+(?P<noun>[\w-]+)", re.IGNORECASE)
    return any(
        w.DISEASE.search(found["noun"])
        for unit in rows(piece)
        for found in behind.finditer(unit.text)
    )


def _is_unknown(piece: str) -> bool:
    chunks = chunks_of(piece)
    if not chunks or piece.lower().startswith(("those ", "these ")):
        return False
    if chunks[0].preposition or not all(each.preposition for each in chunks[1:]):
        return False
    return chunks[0].kind in {Kind.THING, Kind.FIELD, Kind.OUTCOME}


def _neighbours(units: Iterable[Unit]) -> Iterator[Sequence[frozenset[str]]]:
    """Yield the heads and the labels of each table, those of the best passages first."""
    labels: dict[tuple[str, ...], list[frozenset[str]]] = {}
    for unit in units:
        if unit.cells:
            heads = (unit.source_id, *(cell.head for cell in unit.cells[1:]))
            labels.setdefault(heads, []).append(_words(unit.cells[0].text))
    for heads, rows in labels.items():
        yield [_words(head) for head in heads[1:]]
        yield rows


def _words(text: str) -> frozenset[str]:
    found = (singular(word[0]) for word in _WORD.finditer(_SIZE.sub(" ", text)))
    return frozenset(found) - _EMPTY


def _said(context: str, others: Iterable[frozenset[str]]) -> tuple[int, int] | None:
    """Return where the context names one of the others, by the longest run of its words."""
    runs = [run for other in others if other for run in _runs(context, other)]
    if not runs:
        return None
    longest = max(runs, key=lambda run: run[2])
    return longest[0], longest[1]


def _runs(context: str, words: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    start, end, count = -1, -1, 0
    for word in _WORD.finditer(context):
        if singular(word[0]) in words:
            start, end, count = (start if count else word.start()), word.end(), count + 1
        elif count and word[0].lower() not in _WITHIN:
            yield _with_article(context, start), end, count
            count = 0
    if count:
        yield _with_article(context, start), end, count


def _with_article(context: str, start: int) -> int:
    article = re.search(r"\b(?:an?|any)\s+$", context[:start], re.IGNORECASE)
    return article.start() if article else start
