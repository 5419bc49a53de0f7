"""What more a question builds on: an approval, a thing's being, a full recovery, an order of arms.

General English only, as in `assertions`; what is read is denied by `denials`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.wording.polarity import CUE

_AUX = r"(?:did|does|do|was|were|is|are|has|have|had|will|can|could)"

_APPROVED = r"(?:approved|licen[cs]ed|authori[sz]ed|launched|marketed)"
_GOT = (
    r"(?:get|got|gain(?:ed)?|receive[d]?|obtain(?:ed)?|win|won|secure[d]?)\s+(?:its\s+|an?\s+|the\s+)?"
    r"(?:[\w-]+\s+){0,2}?(?:approval|licen[cs]e|licensure|authori[sz]ation|ce[\s-]mark)"
    r"|(?:come|came|reach(?:ed)?|enter(?:ed)?|go|went)\s+(?:to|on|onto)?\s*(?:the\s+)?market"
)
_WHEN_APPROVED = re.compile(
    rf"""^\W*(?:when|where|since\s+when|(?:in|since)\s+(?:what|which)\s+\w+|why|how\s+(?:long|quickly|fast)|by\s+whom)\s+
        (?:was|were|is|did|has)\s+(?:the\s+)?(?P<name>[A-Za-z][\w-]{{3,}})\s+(?:\w+ly\s+|first\s+|been\s+)?(?:{_APPROVED}|{_GOT})\b
       |^\W*(?:who|which\s+(?:agency|regulator|authority|country|countries))\s+(?:first\s+)?(?:have\s+|has\s+)?(?:approved|licen[cs]ed|authori[sz]ed)\s+(?:the\s+)?
        (?P<by>[A-Za-z][\w-]{{3,}})""",
    re.IGNORECASE | re.VERBOSE,
)


def approved_in(question: str) -> str:
    """Return the name of what a question takes to be approved, empty if it does not."""
    found = _WHEN_APPROVED.search(question)
    return (found["name"] or found["by"]) if found else ""


_NO_THING = frozenset(
    """effect effects difference differences change changes evidence data benefit risk increase
    decrease result results reason reasons role outcome outcomes rate share number amount score
    value name dose doses difficulty problem conclusion limit limits part finding findings advantage
    information side""".split()
)
"""What is asked for whether or not there is some: "what difference did it make?"."""

_HAS_IT = re.compile(
    r"""^\W*(?:what|which)\s+(?:(?:kind|sort|type|brand)\s+of\s+)?(?P<what>(?:[\w-]+\s+){0,2}?[\w-]{3,})\s+
        (?:does|do|did)\s+.{3,80}?\s+(?:use|need|have|contain|carry|require|employ|hold|run\s+on)\b
       |^\W*(?:what|which)\s+(?:is|was)\s+the\s+(?P<that>[\w-]{4,})\s+(?:for|to|against)\s+""",
    re.IGNORECASE | re.VERBOSE,
)


def existing_in(question: str) -> str:
    """Return the thing that a question takes to be there ("what battery does it use?")."""
    found = _HAS_IT.search(question)
    what = (found["what"] or found["that"]).lower() if found else ""
    return "" if not what or set(what.split()) & _NO_THING else what


class Guard(NamedTuple):
    """What is said to protect or to work, and against what."""

    subject: str
    object: str


_AGAINST = re.compile(
    rf"against\s+(?:which|what)\s+(?P<object>[^?]{{3,60}}?)\s+{_AUX}\s+(?P<subject>[^?]{{3,60}}?)\s+"
    r"(?:help|work|protect|act|guard|be\s+effective)\b",
    re.IGNORECASE,
)
_PROTECTS = re.compile(
    r"(?P<subject>[^?,]{3,60}?)\s+(?:protects?|prevents?|guards?|keeps?|immunis(?:e|es)|wards?\s+off|shields?|works?|helps?|is\s+effective)\s+"
    r"(?P<object>(?:(?!\b(?:better|worse|by)\b)[^?]){3,80})$",
    re.IGNORECASE,
)


def guard_of(question: str, statement: str) -> Guard | None:
    """Read that something protects from, or works against, something."""
    found = _AGAINST.search(question) or _PROTECTS.match(statement)
    if found is None or CUE.search(statement):
        return None
    return Guard(found["subject"], found["object"])


_WHOLLY = re.compile(
    r"(?P<what>.+?)\s+(?:(?:had|has|have|is|are|was|were|did)\s+)?(?:already\s+)?(?:fully|completely|entirely|totally|wholly)\s+"
    r"(?:recover|regrow|return|heal|resolv|restor|clear|disappear|close|cure|revers|regenerat)\w*",
    re.IGNORECASE,
)


def whole_in(statement: str) -> str:
    """Return what is said to have recovered wholly, empty if nothing is."""
    found = _WHOLLY.search(statement)
    return found["what"] if found and not CUE.search(statement) else ""


_SIGNIFICANT = re.compile(
    r"^(?P<what>.+?)\s+(?:was|were|is|proved|became)\s+(?:statistically\s+|clearly\s+|highly\s+)?significant\b",
    re.IGNORECASE,
)


def significant_in(statement: str) -> str:
    """Return what is said to be significant, empty if nothing is."""
    found = _SIGNIFICANT.match(statement)
    return found["what"] if found and not CUE.search(statement) else ""


_COMPLETED = re.compile(
    r"^(?i:the\s+)?(?P<trial>[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*)(?i:\s+(?:trial|study))?\s+"
    r"(?i:(?:was|has\s+been)\s+(?:completed|finished)|(?:finished|ran\s+to\s+completion))\b"
)


def completed_in(statement: str) -> str:
    """Return the trial that is said to have been completed, empty if none is."""
    found = _COMPLETED.match(statement)
    return found["trial"] if found and not CUE.search(statement) else ""


class Ranked(NamedTuple):
    """Something that is said to be more, or less, in one arm than in another."""

    what: str
    arm: str
    other: str
    sign: Literal["more", "less"]


_MORE = r"more|higher|greater|larger|longer|commoner"
_LESS = r"fewer|less|lower|smaller|shorter|rarer"
_IN = r"(?:on|with|in|under|given|after|among|for)"
_RANKED = re.compile(
    rf"^(?P<before>.*?)\b(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\b(?P<behind>.*?)\b{_IN}\s+(?P<arm>[^,?]{{2,60}}?)\s+"
    rf"than\s+(?:{_IN}\s+)?(?P<other>(?:the\s+)?[\w-]+(?:\s+(?:group|arm))?)(?P<rest>.*)$",
    re.IGNORECASE,
)


def ranked_in(statement: str) -> Ranked | None:
    """Read that an event was more frequent, or a value higher, in one arm than in another."""
    found = _RANKED.match(statement)
    if found is None or CUE.search(statement):
        return None
    what = f"{found['before']} {found['behind']}"
    return Ranked(what, found["arm"], found["other"], "more" if found["more"] else "less")
