"""An encoder that encodes some texts, timed, and gives the rest seeded vectors.

Encoding 10,000 passages takes many minutes on either side. The time for all of them is that
of the sample, scaled: every text is encoded much as every other.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings


class SampledEmbeddings(Embeddings):
    """Encodes the first `sample` texts; the others get random directions.

    Random directions are the hardest case for Chroma's graph, on both sides alike.
    """

    def __init__(self, real: Embeddings, sample: int, *, seed: int = 0) -> None:
        """Take the encoder and how many texts it is to be asked for."""
        self._real = real
        self._left = sample
        self._chance = np.random.default_rng(seed)
        self._width = len(real.embed_query("how wide is a vector?"))
        self.encoded = 0
        self.seconds = 0.0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a text: real ones as long as the sample lasts."""
        started = time.perf_counter()
        vectors = self._real.embed_documents(texts[: self._left]) if self._left else []
        self.seconds += time.perf_counter() - started
        self.encoded += len(vectors)
        self._left -= len(vectors)
        return vectors + self._seeded(len(texts) - len(vectors))

    def embed_query(self, text: str) -> list[float]:
        """Return the real vector of a question."""
        return self._real.embed_query(text)

    def told(self) -> dict[str, Any]:
        """Return how many texts were encoded, and how long that took."""
        return {"encoded_for_real": self.encoded, "encoding_s": self.seconds}

    def _seeded(self, count: int) -> list[list[float]]:
        vectors = self._chance.standard_normal((count, self._width))
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).tolist()
