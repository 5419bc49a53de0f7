"""The pipeline of most tutorials, to stand beside ours.

Recursive splitter 1000/200, all-MiniLM-L6-v2, a Chroma store with LangChain's defaults, the
nearest four chunks. It is given our reading of the documents, which is more than it would have
by itself, so that its places can be held against the same labels. It has no way of refusing,
and no memory of earlier turns.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from iscalimab_qa.evaluation.outcomes import Place
from iscalimab_qa.sentences import sentence_spans

CHUNK_CHARS, OVERLAP_CHARS, TOP_K = 1000, 200, 4
"""What most tutorials set."""

LISTED = 10
"""Chunks that are ranked for the retrieval measures; the answer comes from the first four."""


class TextbookAnswer(NamedTuple):
    """What it says, where that stands, what it retrieved, and how long it took."""

    text: str
    place: Place
    found: Sequence[Place]
    milliseconds: float


class Textbook:
    """Chunks in a Chroma store of their own, in memory."""

    def __init__(self, texts: Mapping[str, str], embeddings: Embeddings) -> None:
        """Cut and embed the texts.

        Args:
            texts: By source id; at least one.
            embeddings: The encoder, the same as ours.
        """
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS, add_start_index=True
        )
        documents = [Document(text, metadata={"source_id": name}) for name, text in texts.items()]
        chunks = splitter.split_documents(documents)
        self._embeddings = embeddings
        self._store = Chroma.from_documents(
            chunks, embeddings, collection_name=f"textbook-{uuid.uuid4().hex}"
        )

    def answer(self, question: str, *, sentence: bool) -> TextbookAnswer:
        """Say the nearest chunk, or the nearest sentence of the nearest four."""
        started = time.perf_counter()
        chunks = self._store.similarity_search(question, k=LISTED)
        places = [_place(chunk) for chunk in chunks]
        text, place = chunks[0].page_content, places[0]
        if sentence:
            text, place = self._nearest_sentence(question, chunks[:TOP_K])
        return TextbookAnswer(text, place, places, 1000 * (time.perf_counter() - started))

    def _nearest_sentence(self, question: str, chunks: Sequence[Document]) -> tuple[str, Place]:
        sentences = [
            (chunk.page_content[start:end], _place(chunk, start, end))
            for chunk in chunks
            for start, end in sentence_spans(chunk.page_content)
        ]
        vectors = np.array(self._embeddings.embed_documents([text for text, _ in sentences]))
        asked = np.array(self._embeddings.embed_query(question))
        return sentences[int(np.argmax(vectors @ asked))]


def _place(chunk: Document, start: int = 0, end: int | None = None) -> Place:
    offset = chunk.metadata["start_index"]
    stop = len(chunk.page_content) if end is None else end
    return Place(chunk.metadata["source_id"], offset + start, offset + stop)
