"""How the page listens: no listener is an endpoint for other programs."""

from __future__ import annotations

from typing import Any

CONCURRENT_QUESTIONS = 4
"""Questions answered at a time: more would only wait for the same processor cores."""

MAX_WAITING = 64
"""Questions that may wait; a further one is told at once that the chat is busy."""

PRIVATE: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_limit": CONCURRENT_QUESTIONS,
}
"""For every listener."""

ASKING: dict[str, Any] = {**PRIVATE, "concurrency_id": "asking"}
"""For those that ask the library; all of them together keep the limit."""
