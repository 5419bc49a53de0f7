"""What lexical search reads of a passage, and how it weighs the words."""

from __future__ import annotations

SATURATION, LENGTH_PENALTY = 0.9, 0.4
"""BM25's k1 and b, as Anserini sets them for passages (Yang, Fang and Lin, 2018): a passage
is short and of one piece, so neither a word's repetition nor the length says much. Better
than the usual 1.5 and 0.75 on COVID-QA; see `eval/README.md`."""


def lexical_text(title: str, encoded: str) -> str:
    """Return the words that a passage is found by: its source's title goes before them.

    A title names what the passages of its source only refer to. Where the heading path has
    it already, it is not said twice.

    Args:
        title: The source's.
        encoded: The passage's words with their headings.
    """
    return encoded if title in encoded else f"{title}\n{encoded}"
