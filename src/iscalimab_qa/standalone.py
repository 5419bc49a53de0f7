"""Turn a follow-up into a question that stands alone, by rules and without a model.

A follow-up lacks something that an earlier question of the conversation said: it is a bare
fragment ("and with placebo?"), points back ("was it stopped?"), or asks for the reason of
what was just asked ("why?"). What it lacks is taken from the last question that stood
alone. A question that says all it needs is left as it is, so that a change of topic is not
dragged along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MAX_TURNS = 20
"""Turns of history that are looked at; a reference further back is none."""

_OPENING = re.compile(
    r"^\s*(?:(?:and|but|or|so|ok(?:ay)?|then|also|now)\b[\s,]*)?(?:(?:what|how) (?:about|of)\b)?\s*",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|she|this|that|these|those|there|"
    r"the (?:drug|antibody|trial|study|same|patients|result|results|other|latter|former|first|second)"
    r")\b",
    re.IGNORECASE,
)
_PLEONASTIC = re.compile(
    r"\b(?:is|was|are|there)\s+(?:it|there)\s+(?:true|known|possible|any|a)\b", re.I
)
_WHY = re.compile(
    r"^\s*(?:and\s+|but\s+)?(?P<word>why(?: not)?|how come|when|where|how)\s*\??\s*$", re.I
)
_AUXILIARY = re.compile(
    r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.IGNORECASE
)
_QUESTION_WORD = re.compile(
    r"^\s*(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|"
    r"can|could|will|would|should|name|list|describe|explain|define|tell|give|compare|summari[sz]e)\b",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:with|in|at|on|for|after|under|by|of|against|to|from|among|during)"
_FRAGMENT = re.compile(rf"^(?P<preposition>{_PREPOSITION})\s+(?P<object>.+)$", re.IGNORECASE)
_PHRASE = r"(?:(?!\b(?:with|in|at|on|for|after|under|by|against|to|from|among|during|and|or)\b)[^?,;.!]|\.(?=\d))+"
_SUBJECT = re.compile(
    r"\b(?:[A-Z][A-Za-z]*-?[IVX\d]+\b|[A-Z]{2,}[A-Za-z0-9-]*|\w*\d\w*|\w+(?:mab|cept|nib|limus|prazole))",
)
_TIME = re.compile(
    r"\b(?:(?:weeks?|months?|years?|days?|hours?)\s+\d+(?:\.\d+)?|\d+(?:\.\d+)?\s+(?:weeks?|months?|years?|days?|hours?))\b",
    re.IGNORECASE,
)
SHORT = 4
"""A fragment of at most this many words cannot carry a topic of its own."""


def standalone_question(question: str, history: Sequence[Mapping[str, str]] = ()) -> str:
    """Complete a follow-up from the conversation before it.

    Args:
        question: What was just asked.
        history: Earlier turns, oldest first, as `{"role": ..., "content": ...}`; only those
            of the role `user` are read, since an answer is text from documents.

    Returns:
        The question as it was when it stands alone or nothing was asked before; else one
        that needs no history.
    """
    context = ""
    asked = [turn["content"] for turn in history[-MAX_TURNS:] if turn.get("role") == "user"]
    for earlier in [*asked, question]:
        context = _complete(" ".join(earlier.split()), context)
    return context


def _complete(question: str, context: str) -> str:
    if not context or not question:
        return question or context
    why = _WHY.match(question)
    if why:
        return _reason(why["word"], context)
    opening = _OPENING.match(question)
    rest = question[opening.end() :] if opening else question
    if not _QUESTION_WORD.match(rest) and (opening or _words(rest) <= SHORT):
        return _substitute(rest.strip(" ?.!"), context)
    if _points_back(rest):
        return _with_subject(_capitalised(rest), context)
    if opening and not _names_something(rest):
        return _with_subject(_capitalised(rest), context)
    return question


def _reason(word: str, context: str) -> str:
    """Ask for the reason, time or place of what was asked: "Was X stopped?" -> "Why was ..."."""
    if _AUXILIARY.match(context):
        return f"{word.capitalize()} {context[0].lower()}{context[1:]}"
    return f"{word.capitalize()}: {context}"


def _points_back(question: str) -> bool:
    return bool(_POINTER.search(_PLEONASTIC.sub(" ", question))) and not _SUBJECT.search(question)


def _names_something(question: str) -> bool:
    return bool(_SUBJECT.search(question)) or _words(question) > 2 * SHORT


def _words(text: str) -> int:
    return len(text.split())


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _with_subject(question: str, context: str) -> str:
    """Name what the earlier question was about, behind a question that only points at it."""
    topic = _topic(context)
    return f"{question.rstrip(' ?.!')} ({topic})?" if topic else question


def _topic(context: str) -> str:
    """Return what an earlier question was about: its words without the question itself."""
    bare = _QUESTION_WORD.sub("", context.strip(" ?.!"), count=1).strip()
    return re.sub(rf"^(?:{_AUXILIARY.pattern[1:]})\s+", "", bare, flags=re.IGNORECASE)


def _substitute(fragment: str, context: str) -> str:
    """Put a fragment in the place of its counterpart in the earlier question.

    "at week 48" takes the place of "at week 24", "with placebo" of "with the drug"; a
    fragment without a counterpart is put before the earlier question's topic.
    """
    bare = context.rstrip(" ?.!")
    time = _TIME.search(fragment)
    if time and _TIME.search(bare):
        return f"{_TIME.sub(time[0], bare, count=1)}?"
    parts = _FRAGMENT.match(fragment)
    if parts:
        same = re.compile(rf"\b{parts['preposition']}\s+{_PHRASE}", re.IGNORECASE)
        found = list(same.finditer(bare))
        if found:
            last = found[-1]
            tail = " " if last[0].endswith(" ") else ""
            return f"{bare[: last.start()]}{fragment}{tail}{bare[last.end() :]}?"
        return f"{bare} {fragment}?"
    return f"What about {fragment} ({_topic(context)})?"
