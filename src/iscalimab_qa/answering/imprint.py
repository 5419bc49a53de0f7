"""What surrounds a document's contents: a disclaimer of use, an address, a line of copyright.

It lies in no passage, since nobody who asks for findings should get it. Who asks for it itself is
answered from it, in the documents that were found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Retrieved
from iscalimab_qa.answering.sought import is_of_document, sought_in
from iscalimab_qa.sentences import sentence_spans
from iscalimab_qa.sources.values import Block, Source
from iscalimab_qa.units import Unit

MOST_SOURCES = 5
"""Documents whose surroundings are read: the nearest ones."""

LINE = 12
"""Words of a line at most: an address is several, and is told as a whole."""

SHORT = 30
"""Words up to which a paragraph is told as a whole: "For research use only. Not for ..."."""


def with_imprints(
    question: Question,
    passages: Sequence[Retrieved],
    source_of: Callable[[str], Source],
    similarities: Callable[[Sequence[str]], NDArray[np.float32]],
) -> list[Retrieved]:
    """Add what surrounds a document to the first passage of it, where that is asked for.

    Args:
        question: What is asked.
        passages: What was found, best first.
        source_of: Source id to source.
        similarities: Texts to the cosine of each with the question.
    """
    sought = sought_in(question)
    attribute = sought.attribute if sought else None
    if attribute is None or not is_of_document(question):
        return list(passages)
    read: set[str] = set()
    result = []
    for passage in passages:
        source_id = str(passage.document.metadata["source_id"])
        if source_id not in read and len(read) < MOST_SOURCES:
            read.add(source_id)
            units = [
                u for u in imprint_units(source_of(source_id)) if attribute.told.search(u.text)
            ]
            result.append(_extended(passage, units, similarities))
        else:
            result.append(passage)
    return result


def _extended(
    passage: Retrieved,
    units: Sequence[Unit],
    similarities: Callable[[Sequence[str]], NDArray[np.float32]],
) -> Retrieved:
    if not units:
        return passage
    more = similarities([unit.text for unit in units]).tolist()
    return passage._replace(
        units=[*passage.units, *units], unit_similarities=[*passage.unit_similarities, *more]
    )


def imprint_units(source: Source) -> list[Unit]:
    """List the sentences that surround a document's contents; lines that stand together are one."""
    return [unit for group in _groups(source) for unit in _units(source, group)]


def _groups(source: Source) -> Iterator[list[Block]]:
    """Yield the blocks that surround the contents, short lines of one section together."""

    def place(block: Block) -> tuple[bool, tuple[str, ...], int]:
        is_line = len(source.text[block.start : block.end].split()) <= LINE
        return block.kind == "boilerplate", block.section, -1 if is_line else block.start

    for (surrounds, _, _), group in groupby(source.blocks, key=place):
        if surrounds:
            yield list(group)


def _units(source: Source, group: Sequence[Block]) -> Iterator[Unit]:
    start, end = group[0].start, group[-1].end
    text = source.text[start:end]
    whole = len(group) > 1 or len(text.split()) <= SHORT
    spans = [(0, len(text))] if whole else sentence_spans(text)
    for begin, stop in spans:
        quote = text[begin:stop]
        told = " ".join(quote.split())
        where = (start + begin, start + stop)
        section = (source.metadata.title, *group[0].section)
        unit = Unit(source.source_id, *where, quote, told, "sentence", section=section)
        yield replace(unit, page=group[0].page)
