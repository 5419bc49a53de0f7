"""Find a source's own reference list: what other papers are called is no finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from iscalimab_qa.sources.values import Block

_HEAD = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:(?:selected |key |supplementary |additional )?references?(?: list)?"
    r"|references? (?:and|&) notes|notes (?:and|&) references|bibliography|works cited"
    r"|literature(?: cited)?|cited (?:literature|references|works)|further reading)\W*",
    re.IGNORECASE,
)
_SELF_CITATION = re.compile(
    r"(?:to cite this \w+|(?:please )?cite (?:this )?(?:article|paper|document|as)[^:]{0,20}"
    r"|how to cite[^:]{0,20}|(?:suggested|recommended) citation)\s*:?\s+\S",
    re.IGNORECASE,
)
_FEWEST_CITATION_WORDS = 8

_NUMBER = r"(?:\[?\d{1,3}[\].)]?\s*)?"
_AUTHORS = re.compile(
    rf"{_NUMBER}[A-ZÀ-Ý][\w'’-]+(?:[ -][A-ZÀ-Ý][\w'’-]+)?,?\s+(?:[A-Z]\.?[ -]?){{1,4}}"
    r"(?=[,;.(]|\s?and\b|\s?&|\s?et al|$)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_LOCATOR = re.compile(
    r"\bdoi\b|\bPMID\b|https?://|\[[\w.]+\.(?:gov|org|com|net)\]|\bpp?\.\s?\d+"
    r"|\b\d{1,4}\s?\([^)]{1,20}\)\s?[:;,]\s?[eES]?\d+"
    r"|\b\d{1,4}\s?[:;]\s?[eES]?\d+\s?[-–]\s?[eES]?\d+",
    re.IGNORECASE,
)
_MOST_ENTRY_WORDS = 80
_MOST_WORDS_UNDER_HEAD = 60
"""Under its head an entry need not look like one (reports, web pages), but it is short."""
_SHORTEST_RUN = 3
"""Entries in a row that make a list without a head; one alone may be the paper's own line."""

_CAN_BE_ENTRY = frozenset({"paragraph", "list_item", "boilerplate"})


def mark_references(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks, the entries of reference lists marked `reference`.

    Entries are found under a head that names the list, or as three or more in a row that begin
    with authors and hold a year; so is a line that says how to cite the document itself. Call
    it after `mark_boilerplate`: an entry that holds an address is still an entry.

    Args:
        text: The document's text.
        blocks: Its blocks, in order.
    """
    pairs = [(block, text[block.start : block.end]) for block in blocks]
    in_runs = _in_long_runs(
        [block.kind in _CAN_BE_ENTRY and _names_authors(line) for block, line in pairs]
    )
    return tuple(
        replace(block, kind="reference") if _is_reference(block, line, in_run=in_run) else block
        for (block, line), in_run in zip(pairs, in_runs, strict=True)
    )


def _names_authors(line: str) -> bool:
    """Tell the usual shape of an entry: authors with initials, and a year."""
    brief = len(line.split()) <= _MOST_ENTRY_WORDS
    return brief and bool(_AUTHORS.match(line) and _YEAR.search(line))


def _tells_a_place(line: str) -> bool:
    """Tell an entry without authors: a year, and where the work is found."""
    brief = len(line.split()) <= _MOST_ENTRY_WORDS
    return brief and bool(_YEAR.search(line) and _LOCATOR.search(line))


def _is_reference(block: Block, line: str, *, in_run: bool) -> bool:
    if block.kind not in _CAN_BE_ENTRY:
        return False
    if _SELF_CITATION.match(line) and len(line.split()) >= _FEWEST_CITATION_WORDS:
        return True
    if not any(_HEAD.fullmatch(head) for head in block.section):
        return in_run
    shaped = _names_authors(line) or _tells_a_place(line)
    if block.kind == "boilerplate":
        return shaped
    brief = len(line.split()) <= _MOST_WORDS_UNDER_HEAD and not line.endswith(":")
    return shaped or brief or block.kind == "list_item"


def _in_long_runs(shaped: Sequence[bool]) -> list[bool]:
    marks: list[bool] = []
    for is_shaped, group in groupby(shaped):
        length = len(list(group))
        marks.extend([is_shaped and length >= _SHORTEST_RUN] * length)
    return marks
