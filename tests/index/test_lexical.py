from __future__ import annotations

import tempfile
from pathlib import Path

import bm25s
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from iscalimab_qa.index.lexical import write_lexical
from iscalimab_qa.lexicon.ranking import LENGTH_PENALTY, SATURATION

WORDS = st.sampled_from(["il-6", "cd40l", "0.74", "63.1%", "score", "fell", "β"])
PASSAGES = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(passages=PASSAGES, query=st.lists(WORDS, min_size=1, max_size=4))
def test_scores_are_those_of_bm25s_itself(passages: list[list[str]], query: list[str]) -> None:
    known = sorted({word for word in query if any(word in terms for terms in passages)})
    assume(known)
    original = bm25s.BM25(k1=SATURATION, b=LENGTH_PENALTY)
    original.index(passages, show_progress=False)
    with tempfile.TemporaryDirectory() as folder:
        write_lexical(Path(folder) / "bm25", ["\n".join(terms) for terms in passages])
        ours = bm25s.BM25.load(folder + "/bm25")
        # Terms are numbered differently, so sums may differ in the last bit.
        np.testing.assert_allclose(
            ours.get_scores(known), original.get_scores(known), rtol=1e-6, atol=1e-7
        )


def test_equal_passages_make_equal_files(tmp_path: Path) -> None:
    lines = ["il-6\nfell", "score\nfell\nfell", ""]
    for name in ("one", "two"):
        write_lexical(tmp_path / name, lines)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_passages_without_a_single_term_make_no_index(tmp_path: Path) -> None:
    write_lexical(tmp_path / "bm25", ["", ""])
    write_lexical(tmp_path / "bm25", [])
    assert not (tmp_path / "bm25").exists()


def test_a_score_is_worked_out_by_hand(tmp_path: Path) -> None:
    # "fell" is in 2 of 3 passages: idf = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6 = 0.47000.
    # Lengths 2, 3 and 1, mean 2; k1 0.9, b 0.4. Second passage: tf 2,
    # 2 / (2 + 0.9 * (0.6 + 0.4 * 3 / 2)) = 2 / 3.08 = 0.64935; times idf 0.30520.
    # First: 1 / (1 + 0.9 * (0.6 + 0.4 * 2 / 2)) = 1 / 1.9 = 0.52632; times idf 0.24737.
    write_lexical(tmp_path / "bm25", ["il-6\nfell", "score\nfell\nfell", "score"])
    scores = bm25s.BM25.load(str(tmp_path / "bm25")).get_scores(["fell"])
    np.testing.assert_allclose(scores, [0.24737, 0.30520, 0.0], atol=5e-6)
