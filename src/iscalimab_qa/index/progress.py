"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Progress(Protocol):
    """Shows phases of known length; the command line draws them as bars."""

    def phase(self, name: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Open a phase of `total` steps; calling what it yields says that n more are done."""


class Silent:
    """Shows nothing."""

    @contextmanager
    def phase(self, name: str, total: int) -> Iterator[Callable[[int], None]]:  # noqa: ARG002
        """Yield a counter that nobody looks at."""
        yield lambda _: None


SILENT: Progress = Silent()
