"""Why something was stopped: the reason that a text gives, and whether it is another one."""

from __future__ import annotations

import re

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds

_REASON = re.compile(
    r"""\b(?:over|because(?:,[^,]*,)?(?:\s+of)?|due\s+to|owing\s+to|on\s+account\s+of|on\s+grounds\s+of|as\s+a\s+result\s+of
        |thanks\s+to|in\s+(?:view|(?:the\s+)?light)\s+of|after|following|for(?=\s+(?:an?\s+|its\s+)?(?:lack|want|poor|slow|safety|futil|insufficient
        |efficacy|toxic|[\w-]+\s+reasons?|reasons?)))\s+(?P<reason>[^?.!,;]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_ALTERNATIVE = re.compile(r"\bor\b", re.IGNORECASE)
_RULED_OUT = re.compile(
    r"\b(?:not\s+(?:for|because|due|over|related|on|owing)|no\s+safety|rather\s+than|unrelated\s+to"
    r"|instead\s+of)\b[^,;.]*",
    re.IGNORECASE,
)
"""Reasons that are named to say that they were none; "not safe" is one."""

_KINDS = {
    "harm": re.compile(
        r"\b(?:safe(?:ty)?|harm\w*|toxic\w*|adverse|side[\s-]effects?|deaths?|died|bleed\w*|thrombo\w*|clots?"
        r"|clotting|infections?|malignan\w*|cancers?|liver\s+injury|cardiac|strokes?|seizures?|suicid\w*"
        r"|attacks?|hospitali[sz]\w*|admissions?|myocardit\w*|embol\w*|toler\w*)\b",
        re.IGNORECASE,
    ),
    "benefit": re.compile(
        r"\b(?:efficacy|efficacious|effective\w*|futil\w*|benefit\w*|less\s+well|(?:super|infer)ior\w*|endpoints?"
        r"|prevent\w*|did\s+not\s+work|response|beat|ineffective)\b",
        re.IGNORECASE,
    ),
    "business": re.compile(
        r"\b(?:business|strateg\w*|commercial\w*|funding|funds|money|financ\w*|costs?"
        r"|portfolio|priorit\w*|merger|acqui\w+|competiti\w*|budget\w*)\b",
        re.IGNORECASE,
    ),
    "conduct": re.compile(
        r"\b(?:recruit\w*|enrol\w*|accru\w*|supply|manufactur\w*|logistic\w*|pandemic|covid\S*)\b",
        re.IGNORECASE,
    ),
}
"""What a stop can be for; a reason may be of two kinds."""


def reason_in(text: str) -> str:
    """Return the reason that words behind a verb of ending give; empty where they ask for two.

    "Was it stopped for safety or for lack of efficacy?" gives none.
    """
    match = _REASON.search(text)
    if match is None or _ALTERNATIVE.search(match["reason"]):
        return ""
    return match["reason"].strip()


_STOPPED = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|terminat(?:ed|ion|ing)|discontinu(?:ed|ation|ing)|halt(?:ed|ing)?|abandon(?:ed|ing)?"
    r"|withdrawn|cancel(?:l?ed)|scrapped|dropped|end(?:ed|s)?|closed)\b",
    re.IGNORECASE,
)


def check_reasons(claim: str, grounds: Grounds) -> Findings:
    """Find reasons for a stop that are of another kind than the one that the cited words give."""
    reason = reason_of_stop(claim)
    if not reason:
        return ()
    known = [each for quote in grounds.quotes if (each := reason_of_stop(quote))]
    others = [each for each in known if is_another_reason(reason, each)]
    if not known or len(others) < len(known):
        return ()
    return (Finding("negation", reason, f"the cited words say otherwise: {others[0]}"),)


def reason_of_stop(text: str) -> str:
    """Return the reason that a text gives behind a word of ending, empty where it gives none."""
    cue = _STOPPED.search(text)
    return reason_in(text[cue.end() :]) if cue else ""


_LEADS_TO = re.compile(
    r"\b(?:why|how|did|does|do|that|because|,|^)\s+(?:did\s+)?(?P<reason>[^,.;?]{3,80}?)\s+"
    r"(?:lead|led|cause[ds]?|forced?|made|make|prompt(?:ed)?)\b[^,.;?]{0,40}$",
    re.IGNORECASE,
)


def reason_before(text: str) -> str:
    """Return the reason that words before a verb of ending give: "deaths led X to stop"."""
    match = _LEADS_TO.search(text)
    return match["reason"].strip() if match else ""


def has_reason(text: str) -> bool:
    """Whether a text gives a reason, and one of a kind that is known."""
    return bool(reason_in(text) and _kinds(_RULED_OUT.sub(" ", text)))


def is_another_reason(reason: str, known: str | None) -> bool:
    """Whether a reason is of another kind than the known one; what cannot be told is not."""
    asked, held = _kinds(reason), _kinds(_RULED_OUT.sub(" ", known or ""))
    return bool(asked and held) and not asked & held


def _kinds(reason: str) -> frozenset[str]:
    return frozenset(kind for kind, words in _KINDS.items() if words.search(reason))
