"""What a question is about: a result, a status, safety, a mechanism.

General English only. The topic decides whether an answer carries how its trials ended: one
on a result does, one on a mechanism does not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.answering.topic_words import (
    AVAILABLE,
    DEFINED,
    FIGURE,
    GROUP,
    HARM,
    LEAVING,
    MECHANISM,
    PATIENTS,
    PROTOCOL,
    RESULT,
    STATUS,
    TESTED_IN,
    VERDICT_ON_ENDPOINT,
    WHO_ENDED,
)
from iscalimab_qa.evidence.notices.drafts import Topic

_CACHED_QUESTIONS = 512
"""Several parts of one answer ask for the topic of its question."""


class _Rule(NamedTuple):
    topic: Topic
    asks: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def _rule(topic: Topic, asks: str, unless: str | None = None) -> _Rule:
    flags = re.IGNORECASE | re.VERBOSE
    return _Rule(topic, re.compile(asks, flags), re.compile(unless, flags) if unless else None)


def _beside(first: str, second: str) -> str:
    """Match both, in either order."""
    return rf"{first}.*{second}|{second}.*{first}"


_RULES = (
    _rule("status", WHO_ENDED),
    _rule("protocol", rf"{FIGURE}.*{LEAVING}"),
    _rule("availability", AVAILABLE),
    _rule("outcome", VERDICT_ON_ENDPOINT),
    _rule("status", STATUS, unless=LEAVING),
    _rule("definition", DEFINED),
    _rule("outcome", _beside(rf"(?:{FIGURE}|{GROUP})", HARM)),
    _rule("protocol", PROTOCOL),
    _rule("outcome", _beside(FIGURE, PATIENTS)),
    _rule("mechanism", MECHANISM),
    _rule("safety", rf"{HARM}|{LEAVING}"),
    _rule("outcome", RESULT),
    _rule("indication", TESTED_IN),
    _rule("outcome", FIGURE),
)
"""Tried in order; the first whose words a question has decides."""


@lru_cache(maxsize=_CACHED_QUESTIONS)
def topic_of(question: str) -> Topic:
    """Say what a question is about.

    A question for how many had an adverse event asks for a result; one whether something is
    safe, or which events were seen, asks about safety.
    """
    return next((rule.topic for rule in _RULES if _fits(rule, question)), "other")


def _fits(rule: _Rule, question: str) -> bool:
    if rule.unless and rule.unless.search(question):
        return False
    return bool(rule.asks.search(question))
