"""One small library of our own invention, asked through the real assistant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from invented import DOCUMENTS

from iscalimab_qa import Assistant
from iscalimab_qa.settings import load_settings


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Open a library of invented trials; its index is built once a session."""
    folder = tmp_path_factory.mktemp("answering")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in DOCUMENTS.items():
        (corpus / f"{name}.md").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder))
        settings = load_settings(corpus=(corpus,), index=folder / "index")
        with Assistant.open(settings) as opened:
            yield opened
