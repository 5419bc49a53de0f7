"""What a library's texts teach of words, learnt when a generation is made.

Learning takes a second at 10,000 passages, which nobody should wait for with a question.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from iscalimab_qa.index.layout import ABBREVIATIONS_NAME, WORD_COUNTS_NAME
from iscalimab_qa.lexicon.abbreviations import (
    Abbreviation,
    abbreviations_from_json,
    abbreviations_to_json,
    learn_abbreviations,
)
from iscalimab_qa.lexicon.spelling import word_counts


def write_words(folder: Path, sources: Iterable[Sequence[str]]) -> None:
    """Learn a library's abbreviations and words, and keep both in a generation.

    Args:
        folder: The generation's.
        sources: The passages of each source, in reading order.
    """
    sources = list(sources)
    abbreviations = learn_abbreviations("\n".join(passages) for passages in sources)
    counts = word_counts(chain.from_iterable(sources))
    (folder / ABBREVIATIONS_NAME).write_text(abbreviations_to_json(abbreviations), "utf-8")
    (folder / WORD_COUNTS_NAME).write_text(json.dumps(counts, sort_keys=True), "ascii")


def read_abbreviations(folder: Path) -> tuple[Abbreviation, ...]:
    """Return the abbreviations that the library defines."""
    return abbreviations_from_json((folder / ABBREVIATIONS_NAME).read_text("utf-8"))


def read_word_counts(folder: Path) -> Mapping[str, int]:
    """Return in how many passages each word stands, words in lower case."""
    counts: dict[str, int] = json.loads((folder / WORD_COUNTS_NAME).read_text("ascii"))
    return counts
