"""Notice what still leans on the conversation when no rule could complete it.

A question with a pronoun that nothing was found for ("did anyone drop out because of
them?") is asked beside the question before it, in brackets: less well put than a rewritten
one, but it names what it is about.
"""

from __future__ import annotations

import re

from iscalimab_qa.standalone import words as w

_CASELESS = re.IGNORECASE
_FEW = 8
"""Words of a question at most that says nothing of its own beside its pointer."""
_PERSON = re.compile(r"\b(?:he|she|him|they|them|theirs?|his|hers)\b", _CASELESS)
_OBJECT = re.compile(
    r"\b(?:of|for|to|about|by|than|from|because\s+of|after|before|with|against|measure|use|give|treat|make|cause"
    r"|explain|report|find|show|define|assess|detect|prevent|stop|reach|achieve|meet|do|did)"
    r"\s+(?:it|this|that|these|those|them|so)\b\s*(?:$|[?.!,;]|(?=(?:in|with|on|at|for|by)\b))",
    _CASELESS,
)
_SUBJECT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|should|how|when|where|why)\s+(?:it|this|that|these|those)\s+(?:not\s+)?"
    r"(?:\w+ed|\w+ly|\w+er|so|true|due|because|known|shown|found|seen|done|made|given|mean|happen|work|occur|apply|be"
    r"|show|say|tell|prove|suggest|hold|differ|compare|last|change|include|also|only|still|more|less|common|rare|safe|real|the|an?)\b",
    _CASELESS,
)
_SAME = re.compile(
    r"\bthe\s+same\b(?=\s*(?:$|[?.!,;]|happen|apply|go|hold|true|in\b|for\b|with\b|as\b))"
    r"|\b(?:also|likewise)\s+the\s+case\b|\bthe\s+(?:rest|others|remainder)\b(?!\s+of\b)"
    r"|\b(?:is|are)\s+there\s+(?:one|any|some)\s+(?:for|in|with|that)\b",
    _CASELESS,
)
_ACTS = re.compile(
    r"\b(?:did|does|do|will|would|can|could)\s+(?:it\s+\w{3,}"
    r"|(?:that|this)\s+\w+\s+(?:off|out|up|down|away|again|over|on|back|through)\b)"
    r"|\b(?:that|this)\s+(?:trial|study)\b(?!\s+of\b)",
    _CASELESS,
)
"""Something that does something, and a trial without a name: "did it last?"."""

_ONE_OF = re.compile(
    r"\b(?:the|that|those|these|which)\s+(?:first|second|third|other|latter|former|last|ones?)\b"
    r"(?:\s+(?:one|group|arm|cohort|part|period|stage))?"
    r"(?=\s*(?:$|[?.!,;:])|\s+(?:is|are|was|were|did|do|does|ha[ds]|have|with|for|in|on|at|than)\b)",
    _CASELESS,
)


_ALL = re.compile(
    r"^(?:who|why|when|where|how|what|is|are|was|were|did|do|does|has|have|had|can|could|will|would)\b"
    r"[^,;:]{0,60}?\b(?<!after )(?<!of )(?<!than )(?<!about )(?<!for )(?<!with )(?<!in )(?<!on )"
    r"(?<!and )(?:that|this)\W*$"
    r"|\bthe\s+(?:latter|former)\b(?!\s+(?:trial|study|drug|one)\b)",
    _CASELESS,
)


def stands_for_all(question: str) -> bool:
    """Whether a question asks of all that was said, or of one of two: "who advised that?"."""
    return len(question.split()) <= _FEW and bool(_ALL.search(question))


def leans(question: str, *, completed: bool = False) -> bool:
    """Whether a question holds a word that stands for something said before it.

    Args:
        question: The question.
        completed: Whether rules have put into it what they found missing; "the second one"
            may then stand beside its noun.
    """
    question = w.CLEFT.sub("", question)
    signs = (_PERSON, _OBJECT, _SUBJECT, _SAME, _ACTS, *([] if completed else [_ONE_OF]))
    return any(sign.search(question) for sign in signs)


def beside(question: str, context: str) -> str:
    """Return a question with the one before it in brackets: "Was that so (what is X)?"."""
    bare, said = question.rstrip(" ?.!"), context.rstrip(" ?.!")
    said = said[:1].lower() + said[1:] if said[1:2].islower() else said
    return f"{bare[:1].upper()}{bare[1:]} ({said})?"
