"""Do not obey an order that poses as a question; answer the question that it is wrapped round."""

from __future__ import annotations

import re
from dataclasses import replace

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Notice

TEXT = "A part of what was asked is an instruction, which was not followed."

_TASK = re.compile(
    r"""^\W*(?:(?:please|now|then|hey|ok|so|(?:can|could|would)\s+you
                |i\s+want\s+you\s+to)[\s,]+)*
        (?: (?:write|compose|draft|invent|make\s+up|sing|draw|paint|code|program|generate
              |tell(?:\s+me)?)
            \s+(?:me\s+|us\s+)?(?:an?|some|the|another)\s+(?:\w+\s+){0,2}?
            (?:poems?|songs?|story|stories|jokes?|limericks?|haikus?|essays?|e-?mails?|letters?|tweets?|posts?|scripts?|code|programs?
              |functions?|recipes?|pictures?|images?|press\s+releases?|advertisements?|ads?|slogans?)\b
          | (?:translate|rephrase|rewrite|reword|proofread|paraphrase)\b
          | (?:say|claim|state|pretend|insist|repeat)\s+(?:that\b|after\s+me\b|to\s+be\b)
          | act\s+(?:as|like)\b | role-?play\b | imagine\s+(?:that\s+)?you\b
          | tell\s+me\s+(?:about\s+yourself|what\s+your\b|your\b|who\s+made\s+you) )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Orders that only a writing machine could carry out; "summarise" and "list" ask for evidence."""


def is_task(question: str) -> bool:
    """Whether a question orders a text, a translation or a part to be played."""
    return bool(_TASK.match(question))


def told_of_order(answer: Answer) -> Answer:
    """Say that an order in the question was left out."""
    return replace(answer, notices=(Notice("injection", TEXT), *answer.notices))


def refused(question: str) -> Answer:
    """Answer an order that no question remains of."""
    return Answer(
        question=question,
        standalone_question=question,
        verdict="not_found",
        claims=(),
        citations=(),
        notices=(Notice("injection", TEXT),),
        opening="Not in this library: this is an instruction and no question about its sources.",
    )
