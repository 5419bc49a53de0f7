"""What is installed, built, stale or broken, and the command that mends it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Literal, NamedTuple

from iscalimab_qa.errors import IndexMissingError, IscalimabQAError
from iscalimab_qa.settings import Settings, corpus_folders, index_folder

State = Literal["ok", "stale", "missing", "broken"]

_PACKAGES = (
    "iscalimab-qa",
    "langchain-core",
    "chromadb",
    "bm25s",
    "onnxruntime",
    "gradio",
    "torch",
)
"""The packages whose versions explain most reports."""


class Finding(NamedTuple):
    """One thing that was looked at; `mend` is what to type, empty where all is well."""

    subject: str
    state: State
    found: str
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Look at the installation, encoder, reader, corpus and index, in that order."""
    return [
        _python(),
        *_packages(),
        _checked("encoder", lambda: _encoder(settings)),
        _checked("reader", lambda: _reader(settings)),
        *_corpora(settings),
        _checked("index", lambda: _index(settings)),
    ]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", "ok", found)


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(name, "ok", version(name))
        except PackageNotFoundError:
            yield Finding(name, "missing", "not installed", f"pip install {name}")


def _checked(subject: str, look: Callable[[], Finding]) -> Finding:
    """Turn an expected failure into a finding; its message says what to type."""
    try:
        return look()
    except IndexMissingError as error:
        return Finding(subject, "missing", str(error), "iscalimab-qa index")
    except IscalimabQAError as error:
        return Finding(subject, "broken", " ".join(str(error).split()))


def _encoder(settings: Settings) -> Finding:
    from iscalimab_qa.encoder import open_encoder  # noqa: PLC0415 (seconds)

    encoder = open_encoder(settings)
    encoder.embeddings.embed_query("Does the encoder run?")
    return Finding("encoder", "ok", f"{encoder.identity}, verified")


def _reader(settings: Settings) -> Finding:
    from iscalimab_qa.reader import Statement, shipped_reader  # noqa: PLC0415 (seconds)

    if not settings.answering.reader:
        return Finding("reader", "ok", "switched off")
    shipped_reader().log_odds("Does the reader run?", [Statement("It runs.", "A trial")])
    return Finding("reader", "ok", "runs")


def _corpora(settings: Settings) -> Iterator[Finding]:
    for folder in corpus_folders(settings):
        if folder.is_dir():
            yield Finding("corpus", "ok", str(folder))
        else:
            state: State = "broken" if settings.corpus else "ok"
            yield Finding("corpus", state, f"{folder} does not exist", "")


def _index(settings: Settings) -> Finding:
    from iscalimab_qa.assistant import Assistant  # noqa: PLC0415

    with Assistant.open(settings, build=False) as assistant:
        changed = assistant.changed_files()
        found = (
            f"{index_folder(settings)}: {assistant.source_count} sources, "
            f"{assistant.passage_count} passages, as of {assistant.library_date}"
        )
    if changed:
        return Finding("index", "stale", f"{found}; {changed} files changed", "iscalimab-qa index")
    return Finding("index", "ok", found)
