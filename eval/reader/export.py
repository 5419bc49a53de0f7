"""Write the trained reader as an int8 graph for onnxruntime, and say how far it is from PyTorch's.

python eval/reader/export.py TRAINED.pt [--out src/iscalimab_qa/reader/reader.onnx]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
from network import Network, batch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from training_data import invented_documents, written_examples

from iscalimab_qa.reader import Reader
from iscalimab_qa.reader.pairing import Pair, paired

SHIPPED = Path(__file__).parents[2] / "src/iscalimab_qa/reader/reader.onnx"
INPUTS = ("input_ids", "token_type_ids", "asked", "told")
OPSET = 17
COMPARED = 300
"""Pairs that both versions read."""


def export(network: Network, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        exact, prepared = Path(folder, "exact.onnx"), Path(folder, "prepared.onnx")
        torch.onnx.export(
            network,
            batch([Pair([101, 7, 8, 102, 9, 10, 102, 11, 102], 4, 7)])[:4],
            str(exact),
            input_names=list(INPUTS),
            output_names=["log_odds"],
            dynamic_axes={name: {1: "tokens"} for name in INPUTS},
            opset_version=OPSET,
            dynamo=False,  # the newer exporter needs onnxscript
        )
        quant_pre_process(exact, prepared, skip_symbolic_shape=True)
        # Seven bits of eight: on processors without 8-bit dot products the sums of two products
        # would otherwise overflow, and the reader would read differently there.
        quantize_dynamic(
            prepared, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )


def compare(network: Network, graph: Path) -> str:
    """Say how far apart the two versions read the same pairs."""
    reader = Reader(graph)
    examples = list(written_examples(invented_documents()))
    read = []
    for example in examples[:: max(1, len(examples) // COMPARED)]:
        statement = example.document.statements[min(example.right or example.near)]
        pair = paired(reader.tokenizer, example.question, statement)
        with torch.no_grad():
            exact = network(*batch([pair])[:4]).item()
        read.append((exact, reader.log_odds(example.question, [statement])[0]))
    exact, shipped = np.array(read).T
    apart = np.abs(exact - shipped)
    return (
        f"{len(read)} pairs: correlation {np.corrcoef(exact, shipped)[0, 1]:.4f}, "
        f"median difference {np.median(apart):.3f}, largest {apart.max():.3f} (log odds)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    network = Network().eval()
    network.load_state_dict(torch.load(options.trained, weights_only=True))
    export(network, options.out)
    print(f"{options.out.stat().st_size / 1e6:.1f} MB")
    print(compare(network, options.out))


if __name__ == "__main__":
    main()
