"""Let a cross encoder put the best passages in order: dearer, and better where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableConfig
from pydantic import ConfigDict, Field, SkipValidation

from iscalimab_qa.errors import EncoderError

POOL = 50
"""Passages that are read again: each is one pass through the model, and the answer's passage
was among the first 50 for 93 % of COVID-QA's questions."""


class PairScorer(Protocol):
    """What a sentence-transformers `CrossEncoder` offers."""

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]:
        """Return for each pair of question and passage how well they fit; higher is better."""


class RerankingRetriever(BaseRetriever):
    """Orders another retriever's best passages by a model that reads question and passage.

    `score` is the model's, of any range; equal scores keep the order of the retriever below.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    base: BaseRetriever
    """Finds the passages that are read again; takes `k`."""
    model: Annotated[PairScorer, SkipValidation]
    """Reads them."""
    k: int = Field(default=12, ge=1)
    """Passages to return."""
    pool: int = Field(default=POOL, ge=1)
    """Passages to read, at least `k`."""

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        k: int | None = None,
        **kwargs: Any,
    ) -> list[Document]:
        k = self.k if k is None else k
        config = RunnableConfig(callbacks=run_manager.get_child())
        found = self.base.invoke(query, config, k=max(k, self.pool), **kwargs)
        if not found:
            return []
        scores = self.model.predict([(query, document.page_content) for document in found])
        for document, score in zip(found, scores, strict=True):
            document.metadata["score"] = float(score)
        return sorted(found, key=lambda document: -document.metadata["score"])[:k]


def open_reranker(name: str, *, offline: bool) -> PairScorer:
    """Load a cross encoder.

    Args:
        name: A local folder, or a name on the hub.
        offline: Use a hub model only if it has been downloaded before.

    Raises:
        EncoderError: There is no such model, or it cannot be loaded.
    """
    folder = Path(name).expanduser()
    looks_local = folder.is_absolute() or name.startswith((".", "~"))
    if looks_local and not folder.is_dir():
        raise EncoderError(
            f"There is no folder {name!r}. Expected the folder of a cross encoder: name one with "
            "ISCALIMAB_QA_RETRIEVAL__RERANKER=DIR"
        )
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 (needs PyTorch)

    is_local = folder.is_dir()
    try:
        return CrossEncoder(  # type: ignore[no-any-return]
            str(folder.resolve()) if is_local else name, local_files_only=is_local or offline
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EncoderError(
            f"The reranker {name!r} cannot be loaded ({type(error).__name__}). Expected a cross "
            "encoder for sentence-transformers, in a local folder or downloaded from the hub: "
            "name its folder with ISCALIMAB_QA_RETRIEVAL__RERANKER=DIR"
        ) from error
