"""The statements that a question takes for granted: what "why", "when" and "how" build on.

General English only. What is read off is held against the sources; where it cannot be read,
nothing is, and the question is answered as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from iscalimab_qa.evidence.checks.reasons import reason_of_stop

_AUX = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)"
_WH = re.compile(
    rf"""(?:^|(?<=[.?!,]\s)|(?<=[.?!,]\s\s)|\b(?:and|so|but)\s+)
        (?:why|how\s+come|(?:at|by|for|in|on|since|under|with|to|through)\s+(?:what|which)\s+(?:\w+\s+){{0,3}}?
          |when|where|(?:for\s+)?how\s+(?:much|long|many\s+times|far|often|fast|quickly|well|exactly|strongly)
          |by\s+how\s+(?:much|many(?:\s+\w+){{1,3}}?)|to\s+what\s+extent|how)\s+
        (?P<rest>{_AUX}(?:n['’]t)?\s+.+)""",
    re.IGNORECASE | re.VERBOSE,
)
_HOW_COME = re.compile(r"\bhow\s+come\s+(?P<rest>[^?]+)", re.IGNORECASE)
_DEGREE = re.compile(
    r"""\bhow\s+much\s+(?:\w+ly\s+)?
        (?P<degree>better|worse|more|less|higher|lower|greater|larger|smaller|longer|shorter|faster|slower|safer
          |stronger|superior)
        (?P<what>(?:\s+[\w-]+){0,3}?)\s+(?P<than>(?:than|to)\s+.+?)\s+
        (?P<verb>was|were|is|are|did|does)\s+(?P<subject>.+?)
        (?P<rest>\s+(?:in|at|on|for|after|with|by|during|among|over)\s+.+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_DEGREE_LAST = re.compile(
    r"""\bhow\s+much\s+(?P<degree>better|worse|more|less|higher|lower|greater|safer)\s+
        (?P<verb>was|were|is|are|did|does)\s+(?P<subject>[^?]+?)\s+(?P<than>than\s+.+)$""",
    re.IGNORECASE | re.VERBOSE,
)
_EXISTS = re.compile(
    r"""^\W*(?:which|what)\s+(?:kinds?\s+of\s+|sorts?\s+of\s+)?(?P<what>[^?]*?)\s+
        (?P<verb>(?:was|were|is|are|have\s+been|had\s+been)\s+
          (?:seen|observed|reported|found|recorded|noted|described)
         |occurred|happened|developed|arose|emerged)\b(?P<rest>[^?]*)""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTED = re.compile(
    rf"""^\W*(?:by\s+|for\s+)?how\s+(?:many|much)\s*(?P<what>[^?]{{0,60}}?)\s*\b{_AUX}\s+(?P<subject>[^?]{{2,80}}?)\s+
        (?P<verb>(?:significantly\s+)?(?:prevent|avert|avoid|save|rescue|spare|add|gain|lower|reduce|cut|improve|raise
          |increase|boost|extend|prolong|shorten|slow|delay|halve|protect|beat|outperform|help|lengthen))\b
        (?P<rest>[^?]*)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What was done so many times: "How many deaths did X prevent in Y?"."""

_FURTHER = re.compile(
    rf"""\bhow\s+(?:many|much)\s+(?P<what>[\w-]+(?:\s+[\w-]+)?)\s+(?P<degree>more|less|fewer|further|longer|higher|lower|faster
          |shorter|earlier|sooner)\s+{_AUX}\s+(?P<subject>[^?,]{{2,80}})""",
    re.IGNORECASE | re.VERBOSE,
)
_WALKED = re.compile(
    r"(?P<who>.+?)\s+[a-z]+(?P<rest>\s+(?:in|on|at|with|after|by|during|than|over)\s.+)?$"
)
_TAGGED = re.compile(
    r"(?:^|[.!]\s)(?P<said>[^.?!]{8,200}?),\s*(?:(?:is|was|are|were|did|does|do|has|have|had)n['’]t\s+(?:it|they|he|she|there)"
    r"|right|correct|no)\s*\?(?=\s*\S)",
    re.IGNORECASE,
)
"""A statement with "wasn't it?" behind it, before the question that builds on it."""

_DIRECT = re.compile(
    r"^\s+(?!(?:in|on|at|by|with|for|after|before|during|compared|versus|vs|than|over|among|under|and|to|from)\b)\w",
    re.I,
)
_MADE = re.compile(
    r"^\W*what\s+(?:made|caused|led|allowed|enabled|let|prompted|forced)\s+(?P<said>(?!the\s+\w+s?\s+(?:in|on|of)\b).+)",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"\s+to\s+")
_SINCE = re.compile(
    r"\b(?:since|as|given\s+that|now\s+that|seeing\s+that|considering\s+that|because)\s+"
    r"(?P<clause>[^,?]{8,}?),",
    re.IGNORECASE,
)
_APPROVAL = re.compile(
    r"""\b(?:(?:after|since|before|following|upon|despite|with|on)\s+(?:its|the|their|[\w-]+['’]s)\s+
          (?:\w+\s+){0,2}?(?:approval|licen[cs](?:e|ing)|launch|authori[sz]ation)
        |(?:on|onto|to)\s+the\s+market|(?:is|was|been|are)\s+(?:\w+ly\s+)?(?:marketed|launched|licen[cs]ed
          |authori[sz]ed|sold|approved)
        |\b(?:withdrawn|recalled|pulled|removed|taken\s+off)\s+(?:from\s+)?(?:the\s+)?(?:\w+\s+)?market
        |\bwhen\s+(?:was|did|is|will)\b[^?]*\b(?:licen[cs]ed?|authori[sz]ed?|launch(?:ed)?|marketed|come\s+to
          \s+market|approve[sd]?)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_APPROVED = re.compile(
    r"\b(?:was|were|is|has|did)\s+(?P<name>(?!the\b|it\b|this\b)[A-Za-z][\w-]{4,})\s+(?:\w+ly\s+|been\s+)?"
    r"(?:approved|licen[cs]ed|authori[sz]ed|launched|marketed|withdrawn|recalled|pulled|get\s+approv\w+)",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"^\W*(?:is|was|are|were|has|have|had|did|does|do|will|can)\b", re.IGNORECASE
)
_NOTHING_TAKEN = re.compile(
    rf"^{_AUX}\s+(?:[\w'’().-]+\s+){{1,8}}?(?:compare|differ|perform|work|do|fare)\b", re.IGNORECASE
)
"""Openings after which nothing is asserted: "how did X do in Y?"."""


class Taken(NamedTuple):
    """A statement that a question takes for granted.

    `aside` tells what it mentions beside what it asks ("now that X is approved, ..."): no
    passage need have been retrieved for that.
    """

    text: str
    aside: bool = False


def presupposed(question: str, agents: tuple[str, ...] = ()) -> tuple[Taken, ...]:
    """List what a question takes for granted, as statements; few words may be out of order.

    Args:
        question: As asked, follow-ups completed.
        agents: The drugs that it names, for what it says of "its approval".

    Returns:
        Statements, each once. None for a question whether something is so, but for one
        whether it was stopped for some reason.
    """
    found = (*_mentioned(question.strip(), agents), *_asked_about(question.strip()))
    tidy = (each._replace(text=each.text.strip(" ?.")) for each in found)
    return tuple(dict.fromkeys(each for each in tidy if each.text))


_STATED = re.compile(r"(?:^|(?<=[.!]\s))(?P<said>[^.?!]+(?:[.!](?=\S)[^.?!]*)*)[.!](?=\s)")
_HEARSAY = re.compile(
    r"^(?:so\s+)?(?:i|we|my\s+\w+|they|people|someone|colleagues?)\s+(?:\w+\s+)?(?:have\s+|has\s+|was\s+|were\s+)?"
    r"(?:heard|read|told|understand|understood|hear|saw|seen|know|think|thought|believed?|say|says|said|gather)\s+"
    r"(?:me\s+|us\s+)?(?:somewhere\s+|online\s+)?(?:that\s+)?",
    re.IGNORECASE,
)


def _mentioned(question: str, agents: tuple[str, ...]) -> Iterator[Taken]:
    """Yield what is said beside the question, and that a drug is approved where it builds on it."""
    for match in _TAGGED.finditer(question):
        yield Taken(match["said"].strip(), aside=True)
    for match in _STATED.finditer(question):
        yield Taken(_HEARSAY.sub("", match["said"].strip()), aside=True)
    for match in _SINCE.finditer(question):
        yield Taken(match["clause"], aside=True)
    named = _APPROVED.search(question)
    if _ASKED_FOR.search(question) or not (named or _APPROVAL.search(question)):
        return
    drugs = agents or ((named["name"],) if named else ())
    if len(drugs) == 1:
        yield Taken(f"{drugs[0]} is approved", aside=True)


def _asked_about(question: str) -> Iterator[Taken]:
    """Yield what "why", "when", "how" and "which" build on."""
    bare = question.rstrip(" ?")
    if _ASKED_FOR.search(question):
        if reason_of_stop(bare):
            yield Taken(bare)
        return
    if match := _DEGREE.search(bare):
        yield Taken(_compared(match))
    elif match := _DEGREE_LAST.search(bare):
        yield Taken(f"{match['subject']} {match['verb']} {match['degree']} {match['than']}")
    elif match := _FURTHER.search(bare):
        yield Taken(_lengthened(match))
    elif match := _COUNTED.search(bare):
        yield Taken(_counted(match))
    elif match := _EXISTS.search(question):
        yield Taken(f"{match['what']} {match['verb']}{match['rest']}")
    else:
        match = _HOW_COME.search(question) or _WH.search(question)
        why = match is not None and match[0].lstrip(" .?!,").lower().startswith("why")
        if match and (why or not _NOTHING_TAKEN.search(match["rest"])):
            yield Taken(_in_order(match["rest"]))
        elif made := _MADE.search(bare):
            yield Taken(_TO_DO.sub(" ", made["said"], count=1))


def _counted(match: re.Match[str]) -> str:
    """Put "how many deaths did X prevent in Y" in order: "X prevent deaths in Y"."""
    of_itself = match["verb"].lower() in {"improve", "increase"}
    what = "" if of_itself or _DIRECT.match(match["rest"]) else f" {match['what']}"
    rest = match["rest"].split(",")[0]
    return f"{match['subject']} {match['verb']}{what}{rest}"


def _lengthened(match: re.Match[str]) -> str:
    """Put "how many metres further did X walk in Y" in order: "X improve metres in Y"."""
    said = _WALKED.match(match["subject"].strip())
    who, rest = (said["who"], said["rest"] or "") if said else (match["subject"], "")
    return f"{who} improve {match['what']}{rest}"


def _compared(match: re.Match[str]) -> str:
    """Put "how much better than Y was X in Z" in order: "X was better than Y in Z"."""
    verb = match["verb"] if match["verb"].lower() in {"was", "were", "is", "are"} else ""
    pieces = (match["subject"], verb, match["degree"], match["what"], match["than"], match["rest"])
    return " ".join(piece.strip() for piece in pieces if piece and piece.strip())


_DID = re.compile(r"^(?:did|does|do)\s+", re.IGNORECASE)


def _in_order(words: str) -> str:
    """Drop the "did" of a question: its verb says as much without it."""
    return _DID.sub("", words)
