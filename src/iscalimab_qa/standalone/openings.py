"""What stands before a follow-up's own words: thanks, "and", "back to the first trial:"."""

from __future__ import annotations

import re
from typing import NamedTuple

_CASELESS = re.IGNORECASE

_SMALL_TALK = (
    r"thanks?(?:\s+you)?(?:\s+(?:so|very)\s+much|\s+a\s+lot)?|thx|cheers|ok(?:ay)?|great|good"
    r"|nice|perfect|fine|alright|all\s+right|right|i\s+see|got\s+it|understood|interesting|hmm+"
    r"|hello|hi|hey|yes|no|sure|wow|oh|ah|well|really|sorry|please|cool|excellent|bye|goodbye"
    r"|good\s+(?:morning|evening|afternoon)|that\s+helps|very\s+helpful|helpful|indeed"
)
_TALK = re.compile(
    rf"(?:{_SMALL_TALK})\b(?:\s*[,.!;:…-]+\s*|\s+(?=(?:{_SMALL_TALK}|and|but|so)\b)|\s*$)",
    _CASELESS,
)
_LINK = re.compile(
    r"(?:and|but|or|so|then|also|now|plus)\b[\s,]*|(?:later(?:\s+on)?|afterwards|finally|in\s+the\s+end),\s*",
    _CASELESS,
)
_ABOUT = re.compile(
    r"(?:(?:what|how)\s+(?:about|of)|(?:the\s+)?same\s+(?:question|thing)?\s*(?:for|with|about|in|on|but)?"
    r"|(?:and\s+)?likewise\s+for|(?:i\s+(?:meant|mean)|make\s+(?:that|it)|rather|try))\b\s*(?!\?)",
    _CASELESS,
)
_BACK = re.compile(
    r"(?:(?:going|coming|getting|let(?:'s|\s+us)\s+(?:go|get))\s+back|returning|back|return"
    r"|to\s+(?:go|come)\s+back)\s+to\s+(?P<topic>[^,:;?!]{1,80})[,:;]\s*",
    _CASELESS,
)
_DISLOCATED = re.compile(
    r"(?:(?:as\s+for|regarding|concerning|about|on)\s+)?(?P<topic>(?:the|this|that|those|these)\s[^,:;?!]{1,60}"
    r"|(?!In\b|On\b|At\b|For\b|With\b|Of\b|From\b|If\b|When\b|After\b|Among\b)[A-Z][\w-]{1,30}(?:\s\w{1,10})?)[,:]\s+(?=(?:what|which|who|when|where|why|how|is|are|was|were|do|does|did"
    r"|has|have|had|can|could|will|would)\b)",
)
_NEW_TOPIC = re.compile(
    r"(?:(?:(?:on|to|now|and|just)\s+)*(?:an?\s+)?(?:(?:completely|totally|entirely|quite)\s+)?"
    r"(?:different|other|another|new|next|separate|unrelated|further|second|change\s+of)\s+"
    r"(?:topic|subject|question|matter|note|thing|point|issue|theme|one)"
    r"|(?:now\s+(?:for\s+|to\s+)?)?(?:something|somewhere)\s+(?:\w+\s+)?(?:else|different|new|unrelated)"
    r"(?:\s+(?:now|entirely|altogether|completely))?"
    r"|(?:to\s+)?(?:chang(?:e|ing)|switch(?:ing)?)\s+(?:of\s+)?(?:the\s+)?(?:topics?|subjects?)|unrelated(?:ly)?"
    r"|moving\s+on|by\s+the\s+way|btw|incidentally|apropos)\s*(?:[:,;.!–—-]+\s*|$)",
    _CASELESS,
)
_STANDS_FOR = re.compile(r"\b(?:it|they|them|that|this\s+one)\b", _CASELESS)
_WITHOUT = re.compile(r"(?<!\S)w/o(?!\S)", _CASELESS)
_WITH = re.compile(r"(?<!\S)w/(?=\s)", _CASELESS)
_MAX_LINKS = 6
"""Words of opening that are taken off at most; no one says more."""


class Opened(NamedTuple):
    """A turn without its opening."""

    rest: str
    linked: bool
    """Whether the opening ties it to what was said: "and", "what about"."""


class Placed(NamedTuple):
    """A question with its topic said before it, as in "Back to the first trial: who ran it?"."""

    topic: str
    rest: str
    back: bool
    """Whether the topic is one that was spoken of before."""


def opened(turn: str) -> Opened:
    """Take small talk and linking words from the start of a turn."""
    rest, linked = _WITH.sub("with", _WITHOUT.sub("without", turn)), False
    for _ in range(_MAX_LINKS):
        talk = _TALK.match(rest)
        rest = rest[talk.end() :] if talk else rest
        link = _LINK.match(rest)
        about = _ABOUT.match(rest, link.end() if link else 0)
        end = about.end() if about else link.end() if link else 0
        linked = linked or end > 0
        rest = rest[end:]
        if not talk and not end:
            break
    return Opened(rest.strip(), linked)


def without_change(turn: str) -> str | None:
    """Return what stands behind an announced change of topic; None if none is announced."""
    rest = turn[talk.end() :] if (talk := _TALK.match(turn)) else turn
    announced = _NEW_TOPIC.match(rest)
    return rest[announced.end() :].strip() if announced else None


def placed(turn: str) -> Placed | None:
    """Return the topic that is named before the question, if one is."""
    back = _BACK.match(turn)
    if back:
        return Placed(back["topic"].strip(), turn[back.end() :], back=True)
    found = _DISLOCATED.match(turn)
    if found is None or not _STANDS_FOR.search(turn, found.end()):
        return None
    return Placed(found["topic"].strip(), turn[found.end() :], back=False)
