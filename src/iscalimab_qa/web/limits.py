"""How often one visitor may ask: a token bucket each."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

_REMEMBERED = 10_000
"""Visitors whose buckets are kept. Who was forgotten starts with a full one."""


class _Bucket(NamedTuple):
    left: float
    at: float


class Rate:
    """Lets each visitor act `per_minute` times on average, and as often at once.

    Safe to share between threads.
    """

    def __init__(self, per_minute: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with a full bucket for everyone."""
        self._most = per_minute
        self._per_second = per_minute / 60
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait_s(self, visitor: str) -> int:
        """Count one act of a visitor. Return 0, or the seconds until the next is allowed.

        An act that is not allowed costs nothing, so that trying again does not postpone it.
        """
        now = self._clock()
        with self._lock:
            bucket = self._buckets.pop(visitor, _Bucket(self._most, now))
            left = min(self._most, bucket.left + (now - bucket.at) * self._per_second)
            allowed = left >= 1
            self._buckets[visitor] = _Bucket(left - 1 if allowed else left, now)
            if len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) / self._per_second)


def too_often(wait_s: int) -> str:
    """Return what a visitor is told who must wait."""
    seconds = "1 second" if wait_s == 1 else f"{wait_s} seconds"
    return f"That was many questions in a short time. Ask again in {seconds}."
