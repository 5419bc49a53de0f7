"""Is a person asking about their own treatment? A library of papers must not answer that."""

from __future__ import annotations

import re
from dataclasses import replace

from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Notice

_PERSON = (
    r"(?:i|me|my|mine|we|our|us"
    r"|(?:my|our)\s+(?:\w+\s+)?(?:mother|father|mum|mom|dad|wife|husband|partner|son|daughter|child"
    r"|kid|baby|brother|sister|friend|patient|doctor|nephew|niece|aunt|uncle|grand\w+|boy|girl))"
)
_TREATMENT = (
    r"(?:tak\w*|took|switch\w*|stop\w*|start\w*|us(?:e|ed|ing)|get\w*|got|increas\w*|reduc\w*|skip\w*"
    r"|dos(?:e|es|ing|age)|inject\w*|infus\w*|treat\w*|join\w*|enrol\w*|tr(?:y|ied)|prescrib\w*"
    r"|g[ia]ven?|be\s+on|mix|combin\w*|try|leave\s+out|come\s+off|go\s+on|safe\s+for|right\s+for"
    r"|good\s+for|recommend\w*|worr\w+|help\s+me)"
)
_OWN = re.compile(
    rf"""\b(?:should|can|could|may|might|must|shall|would|do|will)\s+(?:{_PERSON}|he|she|they)\b
         .{{0,60}}\b{_TREATMENT}\b
      | \b(?:safe|right|good|dangerous|suitable|harmful)\s+for\s+{_PERSON}\b
      | \b(?:am|was|i'm|i've|i\s+have|i\s+had|i\s+take|i\s+got|i\s+am)\b.{{0,120}}
         \b(?:should|can|could|ought|recommend|advis)\w*\b
      | \b{_PERSON}\s+(?:has|have|had|is|was|got|takes?|took|suffers?|needs?)\b.{{0,160}}
         \b(?:should|can|could|how\s+much|which\s+dose|what\s+dose|recommend|advis|better\s+off)\w*\b
      | \bwould\s+you\s+(?:recommend|advise|suggest)\b | \bwhat\s+should\s+i\b
      | \b(?:advise|recommend)\s+(?:me|us)\b""",
    re.IGNORECASE | re.VERBOSE,
)

TEXT = (
    "This is about a person's own treatment: ask the treating clinician. "
    "The library holds research papers and gives no advice."
)


def asks_for_advice(question: str) -> bool:
    """Whether a question is about the treatment of the person who asks, or of one they know."""
    return bool(_OWN.search(question))


def without_advice(answer: Answer) -> Answer:
    """Answer nothing, and say who can."""
    return replace(
        answer,
        verdict="not_found",
        claims=(),
        citations=(),
        notices=(Notice("advice", TEXT),),
        opening="Not in this library: it does not advise on a person's treatment.",
    )
