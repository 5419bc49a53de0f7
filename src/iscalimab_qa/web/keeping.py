"""How a conversation outlives a reload: the server keeps it for a while, the browser its key.

What comes back from a browser is hostile until it is read here: a key of the right form, and
questions within their bounds. Answers never come from there: a conversation that the server
no longer has is asked again.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from iscalimab_qa.web.conversation import Turn

MOST_CONVERSATIONS = 500
"""Conversations kept in memory, the latest used: some 10 MB of answers."""

MOST_QUESTIONS = 30
"""Questions of a conversation that a browser keeps: asking them again takes a second."""

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a browser keeps of a conversation: the key to it, and the questions, oldest first."""

    key: str
    questions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what goes to the browser."""
        return {"key": self.key, "questions": list(self.questions)}


def new_key() -> str:
    """Return a key that nobody guesses: 128 random bits."""
    return secrets.token_urlsafe(16)


def kept_of(key: str, turns: Sequence[Turn]) -> Kept:
    """Return what a browser is to keep of a conversation: its last questions."""
    return Kept(key, tuple(turn.question for turn in turns[-MOST_QUESTIONS:]))


def read_kept(found: object, *, max_chars: int) -> Kept:
    """Read what a browser sent; what is not of the right form is as if nothing were kept.

    Args:
        found: Anything.
        max_chars: The longest question that is read, in characters.
    """
    told = found if isinstance(found, dict) else {}
    key, questions = told.get("key"), told.get("questions")
    listed = questions if isinstance(questions, list) else []
    asked = (
        each for each in listed if isinstance(each, str) and each.strip() and len(each) <= max_chars
    )
    is_key = isinstance(key, str) and bool(_KEY.fullmatch(key))
    return Kept(str(key) if is_key else new_key(), tuple(asked)[-MOST_QUESTIONS:])


class Conversations:
    """The latest conversations, by key; safe to share between threads."""

    def __init__(self, most: int = MOST_CONVERSATIONS) -> None:
        """Keep at most so many; the one that was used longest ago goes first."""
        self._most = most
        self._lock = threading.Lock()
        self._turns: OrderedDict[str, tuple[Turn, ...]] = OrderedDict()

    def keep(self, key: str, turns: tuple[Turn, ...]) -> None:
        """Remember a conversation in place of what was kept under its key."""
        with self._lock:
            self._turns[key] = turns
            self._turns.move_to_end(key)
            while len(self._turns) > self._most:
                self._turns.popitem(last=False)

    def turns(self, key: str) -> tuple[Turn, ...]:
        """Return a conversation, empty where there is none under the key."""
        with self._lock:
            if key in self._turns:
                self._turns.move_to_end(key)
            return self._turns.get(key, ())

    def forget(self, key: str) -> None:
        """Drop a conversation."""
        with self._lock:
            self._turns.pop(key, None)
