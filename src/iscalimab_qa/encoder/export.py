"""Export the shipped encoder once to onnxruntime, and accept it only where it agrees."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from iscalimab_qa.encoder.model_folder import SHIPPED_SHA256, ModelFolder, verify_weights
from iscalimab_qa.encoder.onnx import OnnxEmbeddings
from iscalimab_qa.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_huggingface import HuggingFaceEmbeddings

GRAPH_NAME = "fp32-unpadded-1.onnx"
"""Precision, shape of the input, and version of this export."""

_OPSET = 17
"""The newest operator set that PyTorch's tracing exporter writes without loss."""

_MAX_DIFFERENCE = 1e-5
_MIN_COSINE = 0.99999
"""fp32 sums in another order differ by about 2e-7; these bounds leave room for another
processor and none for a wrong pooling or a lost layer."""

_SAMPLES = (
    "",
    "Does blockade of the receptor reduce the score?",
    "Change from baseline at week 24: -3.06 points (95% CI -5.81 to -0.31; n = 39), p = 0.0025.",
    "µg/mL ≥ 0.5 × 10⁹/L, α-gal, Sjögren, naïve\nEndpoint | Active | Placebo",
    "one text that runs on beyond the reach of the encoder " * 60,
)


def exported_graph(folder: ModelFolder, cache: Path) -> Path:
    """Return the exported graph, making it the first time (about 15 s).

    The weights are verified, the graph's vectors are compared with those of
    `HuggingFaceEmbeddings` over the same files, and the file takes its place by one rename:
    a graph that is there is whole, and right.

    Args:
        folder: The shipped encoder.
        cache: The folder for such files; made if missing.

    Raises:
        WeightsMismatchError: The weights are not the published file.
        EncoderError: The cache cannot be written, or the export disagrees.
    """
    graph = cache / f"encoder-{SHIPPED_SHA256[:12]}" / GRAPH_NAME
    if graph.is_file():
        return graph
    verify_weights(folder)
    from filelock import FileLock  # noqa: PLC0415 (only the one export needs it)

    try:
        graph.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(graph.with_suffix(".lock")):
            if not graph.is_file():
                _export(folder, graph)
    except OSError as error:
        raise EncoderError(
            f"The exported encoder cannot be written to {graph.parent} ({error.strerror}). "
            "Name a folder that can be written with: ISCALIMAB_QA_CACHE=DIR"
        ) from error
    return graph


def hugging_face(folder: ModelFolder) -> HuggingFaceEmbeddings:
    """Load a model through LangChain and PyTorch, without a look at the network.

    Texts go one at a time here too: in a padded batch the last bits of a vector depend on
    its neighbours, and then the same library would not always give the same answer.
    """
    # Read once, when the libraries are first imported; the files are all here.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415 (takes seconds)

    if folder.shipped:
        verify_weights(folder)
    try:
        with _silent():
            return HuggingFaceEmbeddings(
                model_name=str(folder.path),
                model_kwargs={"local_files_only": True},
                encode_kwargs={"normalize_embeddings": True, "batch_size": 1},
            )
    except (OSError, ValueError, RuntimeError) as error:
        raise EncoderError(
            f"The encoder at {folder.path} cannot be loaded ({error}). "
            "Expected a sentence-transformers model with safetensors weights"
        ) from error


def _export(folder: ModelFolder, graph: Path) -> None:
    descriptor, name = tempfile.mkstemp(dir=graph.parent, suffix=".tmp")
    os.close(descriptor)
    draft = Path(name)
    try:
        _write_graph(folder, draft)
        _check_agreement(folder, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(graph)
    finally:
        draft.unlink(missing_ok=True)


def _write_graph(folder: ModelFolder, draft: Path) -> None:
    import torch  # noqa: PLC0415 (takes seconds)
    from transformers import AutoModel  # noqa: PLC0415

    class SentenceVector(torch.nn.Module):
        """Token vectors, their mean, to unit length; one unpadded text needs no mask."""

        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(
                folder.path, attn_implementation="eager", dtype=torch.float32, local_files_only=True
            ).eval()

        def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
            states = self.model(input_ids=input_ids).last_hidden_state
            return torch.nn.functional.normalize(states.mean(dim=1), p=2, dim=1)

    with _silent():
        torch.onnx.export(
            SentenceVector(),
            (torch.ones(1, 8, dtype=torch.long),),
            str(draft),
            input_names=["input_ids"],
            output_names=["vector"],
            dynamic_axes={"input_ids": {1: "tokens"}},
            opset_version=_OPSET,
            dynamo=False,  # the newer exporter needs onnxscript
        )


def _check_agreement(folder: ModelFolder, draft: Path) -> None:
    import numpy as np  # noqa: PLC0415

    onnx = OnnxEmbeddings(draft, folder.path / "tokenizer.json", max_tokens=folder.max_tokens)
    ours = np.array(onnx.embed_documents(list(_SAMPLES)))
    theirs = np.array(hugging_face(folder).embed_documents(list(_SAMPLES)))
    difference = float(np.abs(ours - theirs).max())
    cosine = float((ours * theirs).sum(axis=1).min())
    if difference >= _MAX_DIFFERENCE or cosine <= _MIN_COSINE:
        raise EncoderError(
            f"The exported encoder disagrees with the original (difference {difference:.1e}, "
            f"cosine {cosine:.6f}; expected below {_MAX_DIFFERENCE:.0e}, above {_MIN_COSINE}). "
            "Use the original with: ISCALIMAB_QA_ENCODER__BACKEND=torch"
        )


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the libraries' own progress bars and deprecation warnings from the user."""
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
