"""How much of an answer's time goes to holding it against its evidence, and to notices."""

from __future__ import annotations

import functools
import inspect
import sys
import time
from collections.abc import Callable
from typing import Any

_OURS = "iscalimab_qa."
CHECKING = (
    f"{_OURS}evidence.checks.",
    f"{_OURS}evidence.notices.",
    f"{_OURS}answering.subject",
    f"{_OURS}answering.premise",
    f"{_OURS}answering.noticing",
    f"{_OURS}answering.remarking",
)
"""Where the functions live that check and notice; all else of an answer is none of these."""


class Stopwatch:
    """Adds up the time of some functions; one that calls another of them counts once."""

    def __init__(self) -> None:
        self._spent = 0.0
        self._running = False

    def take_ms(self) -> float:
        """Return the milliseconds since this was last asked."""
        spent, self._spent = self._spent, 0.0
        return 1000 * spent

    def time(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with its time taken."""

        @functools.wraps(function)
        def timed(*args: Any, **named: Any) -> Any:
            if self._running:
                return function(*args, **named)
            self._running, started = True, time.perf_counter()
            try:
                return function(*args, **named)
            finally:
                self._spent += time.perf_counter() - started
                self._running = False

        return timed


def time_checking() -> Stopwatch:
    """Take the time of all checks and notices, wherever the answering calls them.

    Call it when the answering is imported, and before the first question.
    """
    stopwatch = Stopwatch()
    for module in [each for name, each in sys.modules.items() if name.startswith(_OURS)]:
        for name, value in list(vars(module).items()):
            borrowed = inspect.isfunction(value) and value.__module__ != module.__name__
            if borrowed and f"{value.__module__}.".startswith(tuple(CHECKING)):
                setattr(module, name, stopwatch.time(value))
    return stopwatch
