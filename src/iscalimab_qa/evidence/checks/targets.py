"""What a drug binds, blocks or is directed against must be what the cited words say it does.

"X binds A ligand" is not borne out by "X binds A and keeps A ligand from it", though every word
of the claim stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.naming.names import Names

_NAME = (
    r"(?:[Ii]nter(?:leukin|feron)[- ](?:\d+\w?|alpha|beta|gamma)"
    r"|[A-Z][\w-]*[A-Z\d][\w-]*|[a-z]{1,2}[A-Z][\w-]*\d*)"
    r"(?:\s+(?:ligand|receptor))?"
)
"""A molecule as papers write it: CD40, BAFF-R, LIGHT, CD40 ligand, IL-6 receptor."""

_ARTICLE = r"(?:\s+(?:the|both|human|recombinant|soluble|membrane-bound|a|an)\b){0,3}\s+"
_OBJECT = (
    rf"{_ARTICLE}(?:(?P<target>{_NAME})(?:\s+\((?P<other>{_NAME})\))?"
    rf"|(?:[a-z][\w-]*\s+){{1,5}}\((?P<short>{_NAME})\))"
    r"(?![\w-]|\s*(?:signal|pathway|binding|induced|from\b|antibod|engagement|occupancy))"
)
_VERB = (
    r"(?:\b(?:bind(?:s|ing)?|bound)(?:\s+(?:to|directly\s+to))?"
    r"|\b(?:attach\w*|stick\w*|stuck|adher\w*)\s+to"
    r"|\b(?:target(?:s|ed|ing)?|recogni[sz]es?|(?:directed|raised|aimed)\s+(?:against|at|to))"
    r"|\b(?:antibod(?:y|ies)|antagonists?|inhibitors?|blockers?)\s+(?:to|of|against|for))"
)
_BINDS = re.compile(_VERB + _OBJECT)
_ACTS = re.compile(
    r"\b(?:inhibit(?:s|ed|ing)?|block(?:s|ed|ing)?|neutrali[sz](?:es?|ed|ing)|antagoni[sz](?:es?|ed|ing))"
    + _OBJECT
)
"""What a drug acts on need not be what it binds, but must not be what the words deny."""

_CALLED = re.compile(
    r"\banti-?\s?(?P<anti>[A-Z][\w-]*[A-Z\d](?:\w|-[A-Z\d])*(?:\s+ligand|\s+receptor)?)"
    r"|\b(?P<target>[A-Z][\w-]*[A-Z\d]\w*(?:\s+ligand|\s+receptor)?)\s+"
    r"(?:antagonists?|inhibitors?|blockers?)\b"
)
_LISTED = re.compile(
    rf"(?:\)?,?\s+(?:and|or|and/or)\s+(?:to\s+|against\s+)?{_NAME}(?:\s+\({_NAME}\))?)+"
)
"""What else is bound: "to A or to B (C)"."""

_TARGET = re.compile(_NAME)
_OF_ANOTHER = re.compile(
    r"\b(?:with|than|versus|vs|against|or|from|other)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE
)
"""Before another drug's target: "a comparison with an anti-X drug"."""

_OF_A_CLASS = re.compile(
    r"\banti-?\s?[A-Z][\w-]*(?=\s+(?:antibodies|agents|drugs|therap|treatment|monotherapy|class))"
    r"|\b(?:with|under|on|than|of|by|or|and|versus)\s+anti-?\s?[A-Z][\w-]*"
)
"""Targets by which a claim names a class or an arm, and not what a drug binds."""

_DENIED = re.compile(
    r"\b(?:not|nor|never|neither|no|without|than|n['’]t)\b[^,.;]{0,25}$", re.IGNORECASE
)
_ALSO_DENIED = re.compile(
    r"\b(?:(?:not|nor|never|rather\s+than|instead\s+of)\s+(?:to\s+|bind\s+|against\s+)?"
    rf"|leav(?:es?|ing)\s+|spar(?:es?|ed|ing)\s+)(?P<target>{_NAME})"
)


class _Targets(NamedTuple):
    """What a text says is bound, what it says is not, what is only so called or acted on.

    Each maps one key for all names of a molecule to the name that the text has.
    """

    affirmed: dict[str, str]
    denied: dict[str, str]
    called: dict[str, str]
    acted_on: dict[str, str]

    @property
    def all(self) -> dict[str, str]:
        """Return what is said to be a target in whatever manner."""
        return self.called | self.affirmed


def check_targets(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find targets of a claim that the cited words deny, lack, or have another one in place of."""
    claimed = _targets(_OF_A_CLASS.sub(" ", claim), names)
    if not claimed.all and not claimed.acted_on:
        return ()
    held = [_targets(told, names) for told in (*grounds.told, grounds.around)]
    known = {key: said for each in held for key, said in each.all.items()}
    acted_on = {key for each in held for key in each.acted_on}
    denied = {key for each in held for key in each.denied} - known.keys() - acted_on
    return tuple(_amiss(claimed, known, denied))


def tells_target(text: str, names: Names) -> bool:
    """Whether a text says what a drug binds or acts on, or that it does not."""
    told = _targets(text, names)
    return bool(told.all or told.denied or told.acted_on)


def _amiss(claimed: _Targets, known: dict[str, str], denied: set[str]) -> Iterator[Finding]:
    for key, said in (claimed.acted_on | claimed.all).items():
        if key in denied:
            yield Finding("negation", said, f"the cited words deny it: {said}")
        elif key not in claimed.all:
            continue
        elif known and key not in known:
            instead = ", ".join(sorted(set(known.values())))
            yield Finding("negation", said, f"the cited words say otherwise: {instead}")
        elif key in claimed.affirmed and key not in known:
            yield Finding("arms", said, f"the cited words do not say that {said} is bound")


def _targets(text: str, names: Names) -> _Targets:
    found = _Targets({}, {}, {}, {})
    for match in _ACTS.finditer(text):
        into = found.denied if _DENIED.search(text[: match.start()]) else found.acted_on
        into |= {_key(said, names): said for said in match.groups() if said}
    for match in _BINDS.finditer(text):
        into = found.denied if _DENIED.search(text[: match.start()]) else found.affirmed
        listed = _LISTED.match(text, match.end())
        others = _TARGET.findall(listed[0]) if listed else []
        into |= {_key(said, names): said for said in (*match.groups(), *others) if said}
    for match in _CALLED.finditer(text):
        ahead = text[: match.start()]
        if not _DENIED.search(ahead) and not _OF_ANOTHER.search(ahead):
            found.called.update({_key(said, names): said for said in match.groups() if said})
    for match in _ALSO_DENIED.finditer(text):
        key = _key(match["target"], names)
        found.denied[key] = match["target"]
        found.affirmed.pop(key, None)
        found.acted_on.pop(key, None)
    return found


def _key(said: str, names: Names) -> str:
    """Return one key for all names of a molecule."""
    bare = re.sub(r"\s+receptor$", "-r", said.strip(), flags=re.IGNORECASE)
    bare = re.sub(r"\binterleukin[- ](?=\d)", "IL-", bare, flags=re.IGNORECASE)
    return re.sub(r"[\s-]", "", names.canonical(bare)).lower()
