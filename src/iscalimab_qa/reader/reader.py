"""The reader as an onnxruntime graph: the same reading every time, whatever stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from iscalimab_qa.encoder.model_folder import SHIPPED_NAME, find_model
from iscalimab_qa.encoder.onnx import load_tokenizer, open_graph, usable_cores
from iscalimab_qa.reader.pairing import Pair, Statement, paired

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRAPH_NAME = "reader.onnx"


class Reader:
    """Says how likely a statement answers a question.

    Each pair is read alone and on one thread, several side by side: int8 scales depend on all
    that is read at once, and so would an answer on how many cores there are.
    """

    def __init__(self, graph: Path) -> None:
        """Load nothing yet; `graph` is what `eval/reader/export.py` wrote."""
        self._graph = graph

    @cached_property
    def _session(self) -> InferenceSession:
        mend = (
            "Install iscalimab-qa again, or do without the reader: "
            "ISCALIMAB_QA_ANSWERING__READER=false"
        )
        return open_graph(self._graph, mend=mend)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """What cuts texts into the word pieces that the reader knows."""
        folder = find_model(SHIPPED_NAME, offline=True)
        tokenizer = load_tokenizer(folder.path / "tokenizer.json")
        # "[SEP]" in a document is a word like any other, and ends nothing.
        tokenizer.encode_special_tokens = True
        return tokenizer

    def log_odds(self, question: str, statements: Sequence[Statement]) -> list[float]:
        """Return the log odds that each statement answers the question, in order.

        Raises:
            EncoderError: The graph cannot be loaded.
        """
        pairs = [paired(self.tokenizer, question, each) for each in statements]
        _ = self._session if pairs else None  # opened once, before several ask for it
        with ThreadPoolExecutor(usable_cores()) as pool:
            return list(pool.map(self._read, pairs))

    def _read(self, pair: Pair) -> float:
        import numpy as np  # noqa: PLC0415 (0.1 s, and not on the path of --help)

        place = np.arange(len(pair.ids))
        asked = (place > 0) & (place < pair.question_end)
        told = (place >= pair.question_end) & (place < pair.statement_end)
        found = self._session.run(
            None,
            {
                "input_ids": np.array([pair.ids], dtype=np.int64),
                "token_type_ids": (place >= pair.question_end).astype(np.int64)[None],
                "asked": asked.astype(np.float32)[None],
                "told": told.astype(np.float32)[None],
            },
        )
        return float(found[0][0])


@cache
def shipped_reader() -> Reader:
    """Return the reader that comes with the package; loaded when it is first asked."""
    with as_file(files("iscalimab_qa.reader") / GRAPH_NAME) as graph:
        return Reader(graph)
