"""Open a library of invented documents as a user does: from files, through settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from iscalimab_qa import Assistant
from iscalimab_qa.settings import load_settings


@contextmanager
def assistant_over(folder: Path, documents: Mapping[str, str]) -> Iterator[Assistant]:
    """Write documents, Markdown by file stem, to a folder, and open an assistant over them."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in documents.items():
        (corpus / f"{name}.md").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder))
        settings = load_settings(corpus=(corpus,), index=folder / "index")
        with Assistant.open(settings) as assistant:
            yield assistant
