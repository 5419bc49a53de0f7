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
    r"\bdoi\b|\bPMID\b|https?://|\[[\w.]+\.(?:gov|org|com|net)\]|\b\d{1,4}\s?(?:\([^)]{1,20}\))?\s?[:;,]"
    r"\s?[eES]?\d+|\bpp?\.\s?\d+|\bet al\b",
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

    Entries are found under a head that names the list, or as three or more in a row that have
    the shape of one; so is a line that says how to cite the document itself. Call it after
    `mark_boilerplate`: an entry that holds an address is still an entry.
    """
    words = [text[block.start : block.end] for block in blocks]
    shaped = [
        _could_be(block) and is_entry(line) for block, line in zip(blocks, words, strict=True)
    ]
    in_runs = _in_long_runs(shaped)
    return tuple(
        replace(block, kind="reference")
        if _is_reference(block, line, shaped=shaped[index], in_run=in_runs[index])
        else block
        for index, (block, line) in enumerate(zip(blocks, words, strict=True))
    )


def is_entry(line: str) -> bool:
    """Tell the shape of an entry: authors with initials and a year, or a year and a place."""
    if len(line.split()) > _MOST_ENTRY_WORDS or not _YEAR.search(line):
        return False
    return bool(_AUTHORS.match(line) or _LOCATOR.search(line))


def _is_reference(block: Block, line: str, *, shaped: bool, in_run: bool) -> bool:
    if not _could_be(block):
        return False
    if _SELF_CITATION.match(line) and len(line.split()) >= _FEWEST_CITATION_WORDS:
        return True
    if not any(_HEAD.fullmatch(head) for head in block.section):
        return in_run
    if block.kind == "boilerplate":
        return shaped
    brief = len(line.split()) <= _MOST_WORDS_UNDER_HEAD and not line.endswith(":")
    return shaped or brief or block.kind == "list_item"


def _could_be(block: Block) -> bool:
    return block.kind in _CAN_BE_ENTRY


def _in_long_runs(shaped: Sequence[bool]) -> list[bool]:
    marks: list[bool] = []
    for is_shaped, group in groupby(shaped):
        length = len(list(group))
        marks.extend([is_shaped and length >= _SHORTEST_RUN] * length)
    return marks
