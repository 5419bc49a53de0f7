"""The encoder that the settings name; nothing of it is loaded before it is used.

The shipped one is all-MiniLM-L6-v2 (Reimers and Gurevych, 2019), from weights that are
checked against the published file. Another folder or hub model runs through PyTorch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import platformdirs

from iscalimab_qa.encoder.model_folder import ModelFolder, find_model
from iscalimab_qa.settings import APP_NAME, Settings

if TYPE_CHECKING:
    import numpy as np
    from langchain_core.embeddings import Embeddings
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_WORD_BEGINS = ("\u2581", "\u0120")
"""Some lists mark the pieces that begin a word (`▁`, `Ġ`); others those that do not (`##ing`)."""


class Encoder(Protocol):
    """What the index needs to know of an encoder."""

    @property
    def identity(self) -> str:
        """Names all that its vectors depend on; known without loading any weights."""

    @property
    def max_tokens(self) -> int:
        """Where it stops reading, special tokens included."""

    @property
    def embeddings(self) -> Embeddings:
        """Turns texts into unit vectors; loaded when first asked for.

        Raises:
            EncoderError: It cannot be found, verified or loaded.
        """

    def count_tokens(self, text: str) -> int:
        """Return how many tokens it makes of a text, special tokens included."""

    def common_words(self) -> Sequence[str]:
        """List the words that it knows whole, in lower case, in its own order.

        A list that was learnt from texts begins with their commonest words.
        """


def open_encoder(settings: Settings) -> Encoder:
    """Return the encoder of a run.

    Raises:
        EncoderError: The settings name a model that is not to be had.
    """
    model = find_model(settings.encoder.model, offline=settings.offline)
    return _ConfiguredEncoder(model, settings)


class _ConfiguredEncoder:
    """A model folder with the settings that say how to run it.

    Both backends of the shipped model share one identity: the export is accepted only where
    it agrees with PyTorch, so an index built with one may be asked with the other.
    """

    def __init__(self, model: ModelFolder, settings: Settings) -> None:
        self._model = model
        self._settings = settings

    @property
    def identity(self) -> str:
        return self._model.identity

    @property
    def max_tokens(self) -> int:
        return self._model.max_tokens

    @cached_property
    def embeddings(self) -> Embeddings:
        # Here because the export, if there is one to make, imports PyTorch.
        from iscalimab_qa.encoder.export import exported_graph, hugging_face  # noqa: PLC0415
        from iscalimab_qa.encoder.onnx import OnnxEmbeddings  # noqa: PLC0415

        if not self._model.shipped or self._settings.encoder.backend == "torch":
            return hugging_face(self._model)
        cache = self._settings.cache or platformdirs.user_cache_path(APP_NAME)
        graph = exported_graph(self._model, cache.expanduser())
        return OnnxEmbeddings(graph, self._tokenizer_file, max_tokens=self.max_tokens)

    @property
    def _tokenizer_file(self) -> Path:
        return self._model.path / "tokenizer.json"

    @cached_property
    def _counter(self) -> Tokenizer:
        from iscalimab_qa.encoder.onnx import load_tokenizer  # noqa: PLC0415

        return load_tokenizer(self._tokenizer_file)

    def count_tokens(self, text: str) -> int:
        return len(self._counter.encode(text).ids)

    def common_words(self) -> Sequence[str]:
        vocabulary = self._counter.get_vocab()
        pieces = sorted(vocabulary, key=lambda each: vocabulary[each])
        begins = [each[1:] for each in pieces if each.startswith(_WORD_BEGINS)]
        return [each.lower() for each in begins or pieces if each.isalpha()]


def encode_in_batches(
    embeddings: Embeddings, texts: Sequence[str], *, size: int
) -> Iterator[NDArray[np.float32]]:
    """Yield the vectors of the texts in order, `size` rows at a time and the rest last.

    Batches are for progress, and for saving what is done; a vector does not depend on them.
    """
    import numpy as np  # noqa: PLC0415 (0.1 s, and not on the path of --help)

    for start in range(0, len(texts), size):
        batch = list(texts[start : start + size])
        yield np.asarray(embeddings.embed_documents(batch), dtype=np.float32)
