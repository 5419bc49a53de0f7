"""Tell what a document says from what merely surrounds it.

Boilerplate stays in the text, so that offsets hold, and is never indexed. Precision comes
first: a line of advertising in an answer is ugly, a finding that is missing is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from iscalimab_qa.sources.boilerplate_lines import (
    is_boilerplate_line,
    is_call,
    is_catalogue_companion,
    is_catalogue_line,
)
from iscalimab_qa.sources.reference_lists import mark_references
from iscalimab_qa.sources.values import Block

__all__ = ["mark_boilerplate", "mark_references"]

_CASELESS = re.IGNORECASE

_CONTACT_HEAD = re.compile(
    r"contacts?(?: us| information| details| persons?)?|get in touch|(?:customer|technical)"
    r" (?:service|support)|headquarters|(?:our )?offices?|address(?:es)?|(?:media|press) contacts?"
    r"|investor relations|(?:how to order|ordering)(?: information)?",
    _CASELESS,
)
_LEGAL_HEAD = re.compile(
    r".*\b(?:disclaimers?|terms (?:of|and|&) \w+|privacy|cookies?|imprint"
    r"|legal notice|copyright|forward[- ]looking statements?|trademarks?)\b.*",
    _CASELESS,
)
_COMPANY_HEAD = re.compile(r"(?i:about(?: us| the company| the publisher)?)(?: [A-Z][\w&.-]*){0,4}")
_ELSEWHERE_HEAD = re.compile(
    r"related (?:products?|articles?|content|links)|recommended(?: for you)?|most read|trending"
    r"|(?:you may|others) also \w+|newsletter|subscribe|follow us|share(?: this.*)?|popular"
    r"|see more about|advertisement|job listings\b.*|featured \w+",
    _CASELESS,
)

_LEGAL_WORDS = re.compile(
    r"\b(?:warrant\w*|liab\w+|responsib\w+|rights|copyright\w*|licen[cs]\w+|permission\w*|cookies?"
    r"|personal data|third part\w+|trademarks?|advice|purposes?|accura\w+|intended)\b",
    _CASELESS,
)
_COMPANY_WORDS = re.compile(
    r"\b(?:compan(?:y|ies)|founded|headquarter\w*|customers?|employees|worldwide|products|visit"
    r"|website|www\.\S+"
    r"|follow|our|nasdaq|nyse|mission|leading)\b",
    _CASELESS,
)
_FEWEST_LEGAL_WORDS = 2
_FEWEST_COMPANY_WORDS = 3

_MOST_SHORT_WORDS = 20
_MOST_LABEL_WORDS = 8
_MOST_LABELLED_BLOCKS = 6
"""A label in the text ("Disclaimer:") has no end of its own; its section is a few blocks."""

_FEWEST_SENTENCE_WORDS = 5
_STOP = re.compile(r"[.!?][\"”)]?$")
_RUNNING = frozenset({"paragraph", "list_item"})
_AROUND_CATALOGUE = 8
"""Blocks beside a catalogue number in which its companions stand."""


def mark_boilerplate(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks, those that only surround the document marked `boilerplate`.

    A line is marked for its own words; under a head such as "Contact" or "Disclaimer" also
    for being short and no sentence, or for more than one word of that kind. A heading goes
    when nothing that it heads is left.

    Args:
        text: The document's text.
        blocks: Its blocks, in order.
    """
    marks = _Marks(text, blocks)
    marks.mark_lines()
    marks.mark_sections()
    marks.mark_catalogue()
    marks.mark_headings()
    return tuple(
        replace(block, kind="boilerplate") if marked else block
        for block, marked in zip(blocks, marks.marked, strict=True)
    )


class _Marks:
    """Which blocks are boilerplate, so far."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._words = [text[block.start : block.end] for block in blocks]
        self.marked = [block.kind == "boilerplate" for block in blocks]

    def mark_lines(self) -> None:
        for index, block in enumerate(self._blocks):
            if block.kind in _RUNNING:
                self.marked[index] |= _surrounds(self._words[index])

    def mark_sections(self) -> None:
        """Mark what stands under a head that names boilerplate, if it looks like it."""
        for index, head in enumerate(self._words):
            if not _name(head):
                continue
            for under in self._headed(index):
                if self._blocks[under].kind in _RUNNING and _fits(head, self._words[under]):
                    self.marked[under] = True
            if self._is_label(index) and _names_boilerplate(head):
                self.marked[index] = True

    def mark_catalogue(self) -> None:
        """Mark the name, formula or purity of a product beside its catalogue number."""
        for index, words in enumerate(self._words):
            if not is_catalogue_line(words):
                continue
            section = self._blocks[index].section
            for near in range(max(0, index - _AROUND_CATALOGUE), index + _AROUND_CATALOGUE):
                if near < len(self._blocks) and self._blocks[near].section == section:
                    self.marked[near] |= is_catalogue_companion(self._words[near])

    def mark_headings(self) -> None:
        """Mark the headings whose sections hold nothing else, the innermost first."""
        for index in reversed(range(len(self._blocks))):
            if self._blocks[index].kind != "heading":
                continue
            under = [self.marked[at] for at in self._headed(index)]
            empty = not under and _names_boilerplate(self._words[index])
            self.marked[index] = all(under) if under else empty

    def _headed(self, index: int) -> range:
        """Return the indices of the blocks that a heading, or a label in the text, heads."""
        block = self._blocks[index]
        end = index + 1
        if block.kind == "heading":
            path = (*block.section, self._words[index])
            while end < len(self._blocks) and self._blocks[end].section[: len(path)] == path:
                end += 1
        elif self._is_label(index):
            last = min(len(self._blocks), index + 1 + _MOST_LABELLED_BLOCKS)
            while end < last and self._blocks[end].kind in _RUNNING and not self._is_label(end):
                end += 1
        return range(index + 1, end)

    def _is_label(self, index: int) -> bool:
        words = self._words[index]
        short = words.endswith(":") and len(words.split()) <= _MOST_LABEL_WORDS
        return short and self._blocks[index].kind == "paragraph"


def _surrounds(words: str) -> bool:
    """Tell boilerplate by its words, or by a label of law before them ("Disclaimer: ...")."""
    label, _, rest = words.partition(": ")
    lawful = bool(rest) and _LEGAL_HEAD.fullmatch(_name(label)) is not None
    return is_boilerplate_line(words) or (lawful and _fits(label, rest))


def _names_boilerplate(head: str) -> bool:
    name = _name(head)
    patterns = (_CONTACT_HEAD, _LEGAL_HEAD, _ELSEWHERE_HEAD)
    return is_call(head) or any(pattern.fullmatch(name) for pattern in patterns)


def _name(head: str) -> str:
    """Return a head as its name; what is too long for one has none."""
    return head.strip(" :.?") if len(head.split()) <= _MOST_LABEL_WORDS else ""


def _fits(head: str, words: str) -> bool:
    """Tell whether a block is what the head above it announces."""
    name = _name(head)
    count = len(words.split())
    sentence = count >= _FEWEST_SENTENCE_WORDS and _STOP.search(words)
    short = count <= _MOST_SHORT_WORDS and not sentence
    if _LEGAL_HEAD.fullmatch(name):
        return short or len(_LEGAL_WORDS.findall(words)) >= _FEWEST_LEGAL_WORDS
    if _CONTACT_HEAD.fullmatch(name) or _ELSEWHERE_HEAD.fullmatch(name) or is_call(head):
        return short
    if _COMPANY_HEAD.fullmatch(name):
        return len(_COMPANY_WORDS.findall(words)) >= _FEWEST_COMPANY_WORDS
    return False
