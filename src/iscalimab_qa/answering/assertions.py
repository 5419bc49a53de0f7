"""What a presupposed statement comes to: an effect, a cause of an event, an event, a design.

General English of reporting. A statement that denies something, or whose shape is not known,
comes to nothing, and is then held against the sources as it stands.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.checks.reasons import reason_in
from iscalimab_qa.evidence.wording.polarity import CUE

Sign = Literal["up", "down", "better", "worse", "other", "won"]
"""Which way an effect is said to point; `other` tells that there was one, `won` of two sides."""

OPPOSITE: dict[Sign, Sign] = {"up": "down", "down": "up", "better": "worse", "worse": "better"}

_AUX = r"(?:(?:did|does|do|was|were|is|are|has|have|had)\s+)?"
_ADVERB = r"(?:\w+ly\s+|so\s+|still\s+|also\s+)*"


class Effect(NamedTuple):
    """What is said to act, on what, which way, and under which circumstances."""

    subject: str
    object: str
    sign: Sign
    rest: str


class Event(NamedTuple):
    """Something that is said to have happened; `by` is said to have caused it, empty if none.

    `to` are words for those to whom it happened, where they are told.
    """

    what: str
    by: str = ""
    to: str = ""


class Stop(NamedTuple):
    """A trial that is said to have been stopped, and why; empty where that is not told."""

    trial: str
    reason: str


class Design(NamedTuple):
    """A study or product, and the word for how it was run or what it is."""

    name: str
    word: str


_FORMS = r"(?:e[sd]?|s|ed|ing)?"


def _verbs(stems: str) -> str:
    return rf"(?:{'|'.join(stems.split())}){_FORMS}"


_SIGNS: dict[Sign, str] = {
    "up": _verbs("rais increas boost elevat enhanc prolong lengthen extend add gain"),
    "down": _verbs(
        "lower reduc decreas cut(?:t)? diminish(?:e)? curb shorten suppress(?:e)? slow halv lessen"
        " prevent avert avoid spar delay"
    ),
    "better": _verbs("improv help benefit eas reliev alleviat rescu sav"),
    "worse": _verbs("worsen aggravat harm"),
    "other": _verbs("affect influenc alter chang"),
    "won": rf"{_verbs('outperform surpass(?:e)?')}|beat(?:s|en|ing)?|(?:be\s+)?superior\s+to"
    r"|work\s+better\s+than",
}
"""Verbs of which what is acted on is the object."""

_COURSES: dict[Sign, str] = {
    "up": rf"{_verbs('increas climb')}|rise[sn]?|rose|go(?:es)?\s+up|grow(?:s|n)?|higher"
    r"|more\s+\w+",
    "down": rf"{_verbs('declin decreas')}|fall(?:s|en)?|fell|drop(?:s|ped)?|go(?:es)?\s+down|lower"
    r"|less\s+\w+|fewer|rarer|shrink|shrank|suffer",
    "better": r"improv(?:e[sd]?)|better",
    "worse": r"worsen(?:s|ed)?|deteriorat(?:e[sd]?)|worse",
    "other": r"differ(?:s|ed)?|chang(?:e[sd]?)",
}
"""Verbs and comparatives of which it is the subject."""

_TRANSITIVE = {
    sign: re.compile(
        rf"^{_AUX}(?P<subject>.{{2,80}}?)\s+(?:to\s+)?{_ADVERB}(?:{verbs})\s+(?P<object>.+)$", re.I
    )
    for sign, verbs in _SIGNS.items()
}
_INTRANSITIVE = {
    sign: re.compile(
        rf"^{_AUX}(?P<object>.{{3,80}}?)\s+{_ADVERB}(?:{verbs})(?P<rest>(?:\s+.*)?)$", re.IGNORECASE
    )
    for sign, verbs in _COURSES.items()
}
_OBJECT_END = re.compile(
    r"\s+(?:in|at|on|after|before|among|by|with|over|than|compared|versus|from|to|for|during|when|while|until"
    r"|through|within|under|despite|significantly|markedly|so|more|better|between|across|throughout)\b"
    r"|[,;(]",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"^(?:in|at|on|after|by|with|to|from|for|than|over|between)\b", re.I)
_OPPOSED = re.compile(
    r"\b(?:rebound|again|no\s+longer|stopp\w*|paradoxical\w*|ceas\w*|withdraw\w*|fail\w*)\b", re.I
)
"""Circumstances under which the contrary of the main finding may well be so."""


def effect_of(statement: str) -> Effect | None:
    """Read a statement that something acts on something, or that something changed."""
    if CUE.search(statement) or _OPPOSED.search(statement):
        return None
    for sign, pattern in _TRANSITIVE.items():
        match = pattern.match(statement)
        if match and not _PREPOSITION.match(match["object"]):
            end = _OBJECT_END.search(match["object"])
            stop = end.start() if end else len(match["object"])
            what, rest = match["object"][:stop], match["object"][stop:]
            return Effect(match["subject"], what, sign, rest)
    for sign, pattern in _INTRANSITIVE.items():
        if match := pattern.match(statement):
            return Effect("", match["object"], sign, match["rest"])
    return None


_CAUSES = rf"(?:{_verbs('caus trigger provok induc')}|(?:lead|led)\s+to|bring\s+about|result\s+in)"
_CAUSED_BY = re.compile(
    rf"^{_AUX}(?P<by>.{{2,80}}?)\s+{_ADVERB}{_CAUSES}\s+(?P<what>.+)$", re.IGNORECASE
)
_ASKED_CAUSE = re.compile(
    r"""^\W*what\s+(?:(?:was|were|is|are)\s+the\s+(?:\w+\s+)?(?:cause|reason|explanation)s?\s+(?:of|for|behind)
        |caused|explains?|explained|led\s+to|triggered|provoked)\s+(?P<what>(?:the|death)\b[^?]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_WHICH = re.compile(
    r"^\W*which\s+(?P<what>[^?]+?)\s+(?:was|were|had\s+to\s+be|has\s+been|have\s+been)\s+"
    r"(?:needed|required|necessary|performed|carried\s+out|recorded|seen|reported|observed)\b(?P<to>[^?]*)",
    re.IGNORECASE,
)
_WHICH_CAUSED = re.compile(
    r"^\W*(?:which|what)\s+(?P<what>(?:[\w-]+\s+){1,4}?)did\s+(?P<by>.{3,60}?)\s+cause\b",
    re.IGNORECASE,
)
_DIED = re.compile(
    r"^(?P<to>.{3,80}?)\s+(?P<what>die[sd]?|pass(?:ed)?\s+away)\b(?P<rest>.*)$", re.I
)
_HAPPENED = re.compile(
    rf"^{_AUX}(?P<what>.{{3,80}}?)\s+(?:happen(?:ed)?|occur(?:red)?|arise|arose|develop(?:ed)?)\b(?P<to>.*)$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s+(?:on|with|in|among|of|under|during|from|to)\s+", re.IGNORECASE)


def event_of(question: str, statement: str) -> Event | None:
    """Read what a question says has happened, from its own words or from a statement of it."""
    if CUE.search(statement or question):
        return None
    if match := _ASKED_CAUSE.search(question) or _WHICH.search(question):
        what, *to = _TO.split(match["what"], maxsplit=1)
        return Event(what, to=" ".join([*to, match.groupdict().get("to") or ""]))
    if match := _WHICH_CAUSED.search(question) or _CAUSED_BY.match(statement):
        return Event(match["what"], by=match["by"])
    if match := _DIED.match(statement):
        return Event(match["what"], to=match["to"])
    if match := _HAPPENED.match(statement):
        return Event(match["what"], to=match["to"])
    return None


DESIGNS = tuple(
    tuple(re.compile(words, re.IGNORECASE) for words in group)
    for group in (
        (
            r"\bopen[\s-]label\b|\bunblinded\b|\bunmasked\b",
            r"\b(?:double|triple|observer)[\s-](?:blind|masked)\w*",
        ),
        (
            r"\bsingle[\s-]arm\b|\buncontrolled\s+(?:trial|study)\b",
            r"\b(?:placebo|sham|vehicle)[\s-]controlled\b",
        ),
        (r"\bobservational\b|\bcohort\s+study\b|\bretrospective\b", r"\brandomi[sz]ed\b"),
        (
            r"\bphase\s+(?:1|I)[ab]?\b(?![/-])",
            r"\bphase\s+(?:2|II)[ab]?\b(?![/-])",
            r"\bphase\s+(?:3|III)[ab]?\b(?![/-])",
            r"\bphase\s+(?:4|IV)\b",
        ),
    )
)
"""Words for how a study is run; one study is not of two of a group."""

CLASSES = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\b(?:(?:monoclonal|humani[sz]ed|human|chimeric|bispecific)\s+)*(?:antibody|mab|nanobody)\b",
        r"\bsmall[\s-]molecules?\b",
        r"\bvaccine\b",
        r"\b(?:antisense|sirna|small\s+interfering\s+rna)\b",
        r"\b(?:gene|cell|car[\s-]t)\s+therapy\b",
        r"\bpeptide\b",
        r"\bsmartphone\s+\w+\b|\bmedical\s+device\b|\bcatheter\b",
    )
)
"""What a product is; one is not of two of these."""
_IS_A = re.compile(
    r"\b(?P<name>[A-Za-z][\w-]{4,})(?:\s+\([^()]*\))?(?:\s*,|\s+(?:is|was|as))?\s+an?\s+(?P<class>(?:[\w-]+\s+){0,3}?[\w-]+)"
    r"(?=\s*(?:,|\?|$|\b(?:that|which|to|against|of|for|with|designed|and)\b))",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?P<name>[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*|NCT\d{8})\b(?=[^?]{0,60}\b(?:trial|study)\b)"
    r"|\b(?:trial|study)\s+(?P<behind>[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*)\b"
)


def class_of(text: str) -> Design | None:
    """Read which class of product a text says that something is: "X, a small molecule, ..."."""
    for match in _IS_A.finditer(text):
        words = [m[0] for each in CLASSES if (m := each.search(match["class"]))]
        if len(words) == 1 and not CUE.search(text):
            return Design(match["name"], words[0])
    return None


def design_of(text: str) -> Design | None:
    """Read how a text says that a study was run, where it names one study."""
    named = {match["name"] or match["behind"] for match in _STUDY.finditer(text)}
    words = [m[0] for group in DESIGNS for each in group if (m := each.search(text))]
    if len(named) != 1 or len(words) != 1 or CUE.search(text):
        return None
    return Design(named.pop(), words[0])


_NAME_OF_TRIAL = r"[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*|NCT\d{8}"
_STOPPED = re.compile(
    rf"^(?i:{_AUX})(?i:the\s+)?(?P<trial>{_NAME_OF_TRIAL})(?i:\s+(?:trial|study))?\s+(?i:{_AUX})(?i:"
    r"(?:be\s+)?(?:stop(?:ped)?|terminated?|halt(?:ed)?|abandon(?:ed)?|discontinued?|end(?:ed)?|cancell?ed))\b"
)


def stop_of(statement: str) -> Stop | None:
    """Read a statement that a trial was stopped."""
    match = _STOPPED.match(statement)
    if match is None or CUE.search(_LACK.sub(" ", statement)):
        return None
    return Stop(match["trial"], reason_in(statement[match.end() :]))


_LACK = re.compile(r"\black(?:ed|ing)?\b", re.IGNORECASE)
"""A reason, and no denial of the stop."""
