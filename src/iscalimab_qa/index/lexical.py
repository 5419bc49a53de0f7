"""Write the bm25s part of a generation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iscalimab_qa.lexicon.ranking import LENGTH_PENALTY, SATURATION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def write_lexical(folder: Path, lines: Sequence[str]) -> None:
    """Index the terms of the passages (BM25 as Lucene scores it; see `lexicon.ranking`).

    Terms are numbered in sorted order. bm25s itself numbers them as a set yields them, so
    that two indexes of the same passages would add up their scores in different orders.

    Args:
        folder: Where the index is saved; nothing is, if there is not a single term.
        lines: The terms of each passage, one a line, in the order of the rows.
    """
    import numpy as np  # noqa: PLC0415 (0.1 s, and an unchanged index needs none)

    if not any(lines):
        return
    terms = "\n".join(filter(None, lines)).split("\n")
    numbers = {term: number for number, term in enumerate(sorted(set(terms)))}
    flat = np.fromiter(map(numbers.__getitem__, terms), dtype=np.int64, count=len(terms))
    lengths = [line.count("\n") + 1 if line else 0 for line in lines]
    index = _bm25()
    index.index((np.split(flat, np.cumsum(lengths)[:-1]), numbers), show_progress=False)
    index.save(str(folder))


def _bm25() -> Any:
    """Return an empty index that computes the same scores as bm25s, all rows at once.

    bm25s goes through the passages one by one, 1.2 s for 10,000 of them; it lets this one
    step be replaced.
    """
    import bm25s  # noqa: PLC0415 (0.4 s, and an unchanged index needs none)
    import numpy as np  # noqa: PLC0415

    class AllAtOnce(bm25s.BM25):  # type: ignore[misc]  # bm25s has no types
        def build_index_from_ids(
            self,
            unique_token_ids: Sequence[int],
            corpus_token_ids: Sequence[NDArray[np.int64]],
            **_: Any,
        ) -> dict[str, Any]:
            self.nonoccurrence_array = None
            rows, lengths = len(corpus_token_ids), np.array([len(ids) for ids in corpus_token_ids])
            row_of = np.repeat(np.arange(rows), lengths)
            # One number for a term in a row, ordered by term and then by row.
            pairs, counts = np.unique(
                np.concatenate(corpus_token_ids) * rows + row_of, return_counts=True
            )
            term, row = np.divmod(pairs, rows)
            holders = np.bincount(term, minlength=len(unique_token_ids))
            rarity = np.log(1 + (rows - holders + 0.5) / (holders + 0.5)).astype(self.dtype)
            norm = self.k1 * ((1 - self.b) + self.b * lengths / lengths.mean())
            return {
                "data": (rarity[term] * (counts / (norm[row] + counts))).astype(self.dtype),
                "indices": row.astype(self.int_dtype),
                "indptr": np.concatenate([[0], np.cumsum(holders)]),
                "num_docs": rows,
            }

    return AllAtOnce(k1=SATURATION, b=LENGTH_PENALTY)
