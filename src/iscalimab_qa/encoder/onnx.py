"""The encoder as an onnxruntime graph: no PyTorch, and the same bits every time."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from iscalimab_qa.errors import EncoderError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_CACHED_QUERIES = 64
"""Questions whose vector is kept: retrieval and scoring ask for the same one in turn."""

_ERRORS_ONLY = 3
"""onnxruntime's log level; its warnings about the machine's devices say nothing to a user."""


class OnnxEmbeddings(Embeddings):
    """Sentence vectors of unit length from an exported graph.

    Each text is encoded alone, unpadded, on one thread, and several texts run side by side.
    So a vector depends on neither its neighbours nor the number of cores; and measured on
    two cores, 92 short abstracts take 1.2 s this way and 2.0 s in padded batches of 32.
    """

    def __init__(self, graph: Path, tokenizer: Path, *, max_tokens: int) -> None:
        """Load the graph.

        Args:
            graph: What `export.exported_graph` wrote.
            tokenizer: The model's `tokenizer.json`.
            max_tokens: Where a text is cut, special tokens included.

        Raises:
            EncoderError: The graph cannot be loaded.
        """
        self._tokenizer = load_tokenizer(tokenizer, cut_at=max_tokens)
        self._query_vector = lru_cache(maxsize=_CACHED_QUERIES)(self._vector)
        mend = "Delete that file; it is made again by the next command"
        self._session = open_graph(graph, mend=mend)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text, in order; a text beyond the reach is cut."""
        if len(texts) == 1:
            return [self._vector(texts[0]).tolist()]
        with ThreadPoolExecutor(usable_cores()) as pool:
            return [vector.tolist() for vector in pool.map(self._vector, texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question; questions and passages share one space."""
        vector: list[float] = self._query_vector(text).tolist()
        return vector

    def _vector(self, text: str) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415 (0.1 s, and not on the path of --help)

        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        vector: NDArray[np.float32] = self._session.run(None, {"input_ids": ids})[0][0]
        return vector


def open_graph(graph: Path, *, mend: str) -> InferenceSession:
    """Open an exported graph to be run on one thread.

    Raises:
        EncoderError: The graph cannot be loaded; its message ends in `mend`, what to do.
    """
    import onnxruntime  # noqa: PLC0415 (0.2 s, and not on the path of --help)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no public base
        raise EncoderError(f"The model at {graph} cannot be loaded ({error}). {mend}") from error


def load_tokenizer(path: Path, *, cut_at: int | None = None) -> Tokenizer:
    """Load a tokenizer that never pads, and cuts only where told.

    The shipped `tokenizer.json` asks for padding to, and a cut at, 128 tokens; the encoder
    itself reads 256.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415 (not on the path of --help)

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    if cut_at is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(cut_at)
    return tokenizer


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
