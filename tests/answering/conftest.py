"""One small library of our own invention, asked through the real assistant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from invented import DOCUMENTS
from opening import assistant_over

from iscalimab_qa import Assistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Open a library of invented trials; its index is built once a session."""
    with assistant_over(tmp_path_factory.mktemp("answering"), DOCUMENTS) as opened:
        yield opened
