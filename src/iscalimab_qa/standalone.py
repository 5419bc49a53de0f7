"""Turn a follow-up into a question that stands alone, by rules and without a model.

A follow-up lacks something that an earlier question of the conversation said: it is a bare
fragment ("and with placebo?"), points back ("was it stopped?"), leaves its subject out ("how
many were enrolled?"), or asks for the reason of what was just asked ("why?"). What it lacks
is taken from the question before. A question that says all it needs is left as it is, so
that a change of topic is not dragged along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MAX_TURNS = 20
"""Turns of history that are looked at; a reference further back is none."""

SHORT = 4
"""A fragment of at most this many words cannot carry a topic of its own."""

_CASELESS = re.IGNORECASE

_OPENING = re.compile(
    r"^(?:(?:and|but|or|so|ok(?:ay)?|then|also|now)\b[\s,]*)?(?:(?:what|how)\s+(?:about|of)\b\s*)?",
    _CASELESS,
)
_POINTER = re.compile(
    r"""\b(?: it | its | they | them | their | theirs | this | that | these | those
          | the\s+(?:drug|antibody|trial|study|same|patients|results?|other|latter|former) )\b""",
    _CASELESS | re.VERBOSE,
)
_EMPTY_POINTER = re.compile(
    r"\b(?:is|was)\s+it\s+(?:true|known|possible)\b|\bthat\s+(?=\w+\s)", _CASELESS
)
_REASON = re.compile(r"^(?P<word>why(?:\s+not)?|how\s+come|when|where|how)\W*$", _CASELESS)
_AUXILIARY = re.compile(
    r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", _CASELESS
)
_ASKING = re.compile(
    r"""^(?: what | which | who | whom | whose | when | where | why | how | is | are | was | were
         | do | does | did | has | have | had | can | could | will | would | should | name | list
         | describe | explain | define | tell | give | compare | summari[sz]e )\b""",
    _CASELESS | re.VERBOSE,
)
_WITHOUT_SUBJECT = re.compile(
    r"""^(?: how\s+(?:many|much|long|often|old)\b | who\b | when\s+(?:was|were|did)\s+(?:the|it)\b
         | (?:what|which)\s+(?:is|are|was|were)\s+(?:the|its|their)\b
         | (?:were|was|are|is)\s+there\b
         | (?:what|which)\s+(?!(?:is|are|was|were|does|do)\b)\w+\s+(?:was|were|is|are|did)\b
       )""",
    _CASELESS | re.VERBOSE,
)
_PREPOSITION = r"(?:with|in|at|on|for|after|under|by|of|against|to|from|among|during)"
_STOP = r"with|in|at|on|for|after|under|by|against|to|from|among|during|and|or|than|versus|vs"
_PHRASE = rf"(?:(?!\b(?:{_STOP})\b)[^?,;.!]|\.(?=\d))+"
_COMPLEMENT = re.compile(rf"\b(?:of|in|for|with|on)\s+(?!the\b|an?\b){_PHRASE}", _CASELESS)
_TIME = re.compile(
    r"""\b(?: (?:weeks?|months?|years?|days?|hours?)\s+\d+(?:\.\d+)?
          | \d+(?:\.\d+)?\s+(?:weeks?|months?|years?|days?|hours?) )\b""",
    _CASELESS | re.VERBOSE,
)
_NAME = re.compile(
    r"\b(?:\w*[A-Za-z]-?\d[\w-]*|[A-Za-z]{3,}(?:mab|cept|nib|limus|prazole)|[A-Z]{2,}[\w-]*)\b"
)
_ACRONYM = re.compile(r"^[A-Z]+s?$")


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
    opening = _OPENING.match(question)
    rest = question[opening.end() :] if opening else question
    reason = _REASON.match(rest)
    if reason:
        return _reason(reason["word"], context)
    if not _ASKING.match(rest) and (len(rest) < len(question) or len(rest.split()) <= SHORT):
        return _with_fragment(rest.strip(" ?.!"), context)
    if _lacks_subject(rest):
        return _with_subjects(rest[:1].upper() + rest[1:], context)
    return question


def _reason(word: str, context: str) -> str:
    """Ask for the reason, time or place of what was asked: "Was X stopped?", "Why was X ..."."""
    word = word.capitalize()
    asked_before = re.sub(r"^(?:why|when|where|how)\s+(?=\w)", "", context, flags=_CASELESS)
    if _AUXILIARY.match(asked_before):
        return f"{word} {asked_before[0].lower()}{asked_before[1:]}"
    return f"{word}: {context}"


def _lacks_subject(question: str) -> bool:
    """Whether a question points back, or names nothing that it could be about."""
    untimed = _TIME.sub(" ", question)
    if _NAME.search(untimed):
        return False
    if _POINTER.search(_EMPTY_POINTER.sub(" ", untimed)):
        return True
    return bool(_WITHOUT_SUBJECT.match(question)) and not _COMPLEMENT.search(untimed)


def with_subjects(question: str, context: str) -> str:
    """Add to a question that names nothing itself what an earlier one was about."""
    if _NAME.search(_TIME.sub(" ", question)):
        return question
    return _with_subjects(question, context)


def _with_subjects(question: str, context: str) -> str:
    subjects = ", ".join(_subjects(context))
    return f"{question.rstrip(' ?.!')} ({subjects})?" if subjects else question


def _subjects(context: str) -> list[str]:
    """List what an earlier question was about: its names, else what stands after "in", "of".

    An acronym ("ESSDAI") is what was measured when a drug or trial is named beside it.
    """
    untimed = _TIME.sub(" ", context.strip(" ?.!"))
    names = list(dict.fromkeys(match[0] for match in _NAME.finditer(untimed)))
    named = [name for name in names if not _ACRONYM.match(name)]
    phrases = [
        phrase
        for match in re.finditer(rf"\b(?:of|in|for|with|on)\s+({_PHRASE})", untimed, _CASELESS)
        if (phrase := " ".join(match[1].split())) and not _NAME.search(phrase)
    ]
    return [*(named or names), *phrases] or [_ASKING.sub("", untimed).strip()]


def _with_fragment(fragment: str, context: str) -> str:
    """Put a fragment in the place of its counterpart in the earlier question.

    "at week 48" takes the place of "at week 24", "with placebo" of "with the drug"; a
    fragment without a counterpart is asked of what the earlier question was about.
    """
    bare = context.rstrip(" ?.!")
    time = _TIME.search(fragment)
    if time and _TIME.search(bare):
        return f"{_TIME.sub(time[0], bare, count=1)}?"
    preposition = re.match(rf"{_PREPOSITION}\b", fragment, _CASELESS)
    if not preposition:
        return _with_subjects(f"What about {fragment}", context)
    counterparts = list(re.finditer(rf"\b{preposition[0]}\s+{_PHRASE}", bare, _CASELESS))
    if not counterparts:
        return f"{bare} {fragment}?"
    last = counterparts[-1]
    space = " " if last[0].endswith(" ") else ""
    return f"{bare[: last.start()]}{fragment}{space}{bare[last.end() :]}?"
