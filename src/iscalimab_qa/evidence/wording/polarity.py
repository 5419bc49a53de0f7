"""Read which words of a clause are affirmed and which denied.

A negation reaches over the words that follow it in its clause; two negations over one word
cancel. "X was not seen" denies X as well, and "absent" denies "present".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.wording.wordlists import base
from iscalimab_qa.lexicon.tokens import STOPWORDS

_NO_NEGATION = re.compile(
    r"\b(?:not\s+only|no\s+(?:more|less|fewer|later|earlier)\s+than|not\s+(?:more|less)\s+than|"
    r"no\s+doubt|not\s+least|whether\s+or\s+not|no\.\s*\d|not\s+yet(?=\s+(?:final|complete))|"
    r"(?:say|says|said|tells?|states?)\s+nothing\s+(?:of|about|on)|"
    r"(?:not|never|n['’]t)\s+fail(?:ed)?\s+to|"
    r"could\s+not\s+be\s+(?:ruled\s+out|excluded)|no\s+longer\s+than)\b",
    re.IGNORECASE,
)
_NOT_TRUE = re.compile(
    r"\bnot\s+(?:true|the\s+case|so)\s+that\b(?P<what>[^,;:]*?)\b(?P<cue>not|no|never|cannot)\b",
    re.IGNORECASE,
)
"""A denial of a denial."""

_LITTLE = (
    r"(?<!a\s)little(?=\s+(?:or\s+no\s+)?(?:[\w-]+\s+)?(?:effect|influence|impact|change|difference|benefit"
    r"|evidence|improvement|activity|association)s?\b)"
)
"""So little that it counts for none; "a little" is some."""

CUE = re.compile(
    rf"""(?<![\w-])(?:
        {_LITTLE}|not|cannot|no(?!\.\s*:?\s*[\w-]*\d)|never|none|nobody|nothing|neither|nor|without|hardly|barely|nowhere
      | fail(?:s|ed|ing|ure)?\s+(?:to|of)|unable\s+to|lack(?:s|ed|ing)?(?:\s+of)?|absence\s+of
      | free\s+of|rather\s+than|instead\s+of|unlikely\s+to|refus(?:es|ed)\s+to|devoid\s+of
      | prevent(?:s|ed)\s+from
    )(?![\w-]) | n['’]t\b""",
    re.VERBOSE | re.IGNORECASE,
)
_BACKWARD = re.compile(
    r"""(?<![\w-])(?:absent|lacking|missing|nowhere|unknown|unproven|undetect(?:ed|able)
      | (?:not|never|n['’]t)\s+(?:been\s+|be\s+|yet\s+)?(?:seen|observed|found|reported|detected
        |shown|recorded|present|demonstrated|noted|identified|occur(?:red)?|happen(?:ed)?|proven|established
        |confirmed|available|met|reached|achieved))(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
_SCOPE_END = re.compile(
    r"[,;:()]|\b(?:but|and|although|because|since|as|so|which|who|whose|that|if|whether|after|"
    r"until|when|while|whereas|than|however|yet|though|only|with|compared|versus|at|during)\b",
    re.IGNORECASE,
)
_OPEN_QUESTION = re.compile(r"\b(?:whether|if)\b", re.IGNORECASE)
_JOINED = re.compile(
    r"\s+(?:because|only|with|at|during|after|so|as|since|until|when|while)\b", re.I
)
_EVIDENCE = frozenset("evid sign statement indic proof report case".split())
"""Words that are denied only as a way to deny what they speak of: "no evidence of ..."."""

_SAME_SENSE = {
    "reach": "meet", "achiev": "meet", "attain": "meet", "satisfi": "meet", "hit": "meet",
    "terminat": "stop", "halt": "stop", "discontinu": "stop", "abandon": "stop",
    "alter": "affect", "influenc": "affect", "chang": "affect", "modifi": "affect",
    "licens": "approv", "authoris": "approv", "authoriz": "approv",
    "occur": "happen", "deplet": "deplet", "kill": "deplet", "destroy": "deplet",
}  # fmt: skip
_DENYING = {"miss": "meet", "fail": "meet", "absent": "present", "exclud": "includ",
            "lack": "have", "ineffect": "effect", "unabl": "abl", "spare": "deplet",
            "unaffect": "affect", "unchang": "affect", "unalt": "affect", "unalter": "affect",
            "undetect": "detect", "same": "differ", "ident": "differ"}  # fmt: skip
"""Words that deny what another word says."""

NOMINAL = re.compile(
    rf"{_LITTLE}|little|no|none|neither|nor|without|lack(?:s|ed|ing)?(?:\s+of)?|absence\s+of|free\s+of|devoid\s+of",
    re.IGNORECASE,
)
_BEARERS = frozenset(
    """patient particip subject peopl person recipi woman women man men child children adult eye arm
    group cohort anim monkey trial studi one""".split()
)
"""Those to whom something happens or not, who are not themselves denied."""

_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|had|has|have|did|do|does|could|can|may|might|should|would|will)\b|$",
    re.IGNORECASE,
)
_PHRASE_END = re.compile(
    r"\b(?:was|were|is|are|had|has|have|did|do|does|could|can|in|on|at|of|for|to|by|under|among|"
    r"between|from|over|against|versus|than|with|during|after|before|within|when|as|that|or|and|nor)\b",
    re.IGNORECASE,
)

SCOPE_WORDS = 6
"""Content words that a negation reaches over, at most: a noun with its adjectives and object."""

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")


class Polarity(NamedTuple):
    """The content words of a clause by whether they are affirmed or denied.

    `heads` are the denied words that a negation stands on: the verb behind "not", the noun
    behind "no". `has_zero` says that a number in it is nought, `elliptic` that what a negation
    denies is not said again: "with the crop and without it". `partial` says that it is denied of
    some and affirmed of others: "due to A rather than to B", "only one did not recover".
    """

    affirmed: frozenset[str]
    denied: frozenset[str]
    heads: frozenset[str]
    has_zero: bool = False
    elliptic: bool = False
    partial: bool = False


def without_false_negations(text: str) -> str:
    """Blank what looks like a negation and denies nothing: "not only", "says nothing of"."""
    for match in _NOT_TRUE.finditer(text):
        text = (
            f"{text[: match.start()]}{'_' * 3}{match[0][3 : match.start('cue') - match.start()]}"
            + ("_" * len(match["cue"]) + text[match.end() :])
        )
    return _NO_NEGATION.sub(lambda match: "_" * len(match[0]), text)


_PARTIAL = re.compile(
    r"\b(?:rather\s+than|instead\s+of)\b"
    r"|\b(?:only|just|all\s+but)\s+(?:an?\s+few|one|two|three|four|five|\d+)\b[^,;]*\bnot\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def polarity(clause: str) -> Polarity:
    """Read which content words of a clause are affirmed and which denied."""
    plain = without_false_negations(clause)
    scopes = _scopes(plain)
    affirmed: set[str] = set()
    denied: set[str] = set()
    heads: set[str] = set()
    for match in _WORD.finditer(plain):
        if match[0].lower() in STOPWORDS or CUE.fullmatch(match[0]):
            continue
        over = [scope for scope in scopes if scope.start <= match.start() < scope.end]
        word, times = base(match[0]), len(over)
        lexical = word in _DENYING
        if lexical:
            word, times = _DENYING[word], times + 1
        word = _SAME_SENSE.get(word, word)
        (denied if times % 2 else affirmed).add(word)
        if times % 2 and (lexical or any(match.start() in scope.heads for scope in over)):
            heads.add(word)
    zero = any(q.value == 0 for q in read_figures(clause).quantities)
    elliptic = any(scope.start <= scope.end and not scope.heads for scope in scopes)
    partial = bool(_PARTIAL.search(plain))
    sides = (frozenset(affirmed), frozenset(denied), frozenset(heads))
    return Polarity(*sides, zero, elliptic, partial)


class Scope(NamedTuple):
    """What a negation reaches over, and where in it the words stand that it denies first."""

    start: int
    end: int
    heads: frozenset[int]


def _scopes(plain: str) -> list[Scope]:
    found = [scope_of(plain, cue) for cue in CUE.finditer(plain)]
    for cue in _BACKWARD.finditer(plain):
        if _OPEN_QUESTION.search(plain, 0, cue.start()):
            continue
        start = max((m.end() for m in re.finditer(r"[,;:]", plain[: cue.start()])), default=0)
        words = [m.start() for m in content_words(plain, start, cue.start())]
        # "The endpoint of X was not met" denies the endpoint, and not X.
        of = _PHRASE_END.search(plain, start, cue.start())
        nouns = [place for place in words if of and place < of.start()] or words
        found.append(Scope(start, cue.start(), frozenset(nouns[-1:])))
    return found


_NO_EVIDENCE = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:evidence|signs?|indication|proof)\s+that\b", re.IGNORECASE
)
_THOSE = re.compile(
    r"""\s+(?:of\s+(?:the|these|those|all|our|its)\s+)?(?:[\w-]+\s+){1,2}?
        (?:(?:of|on|in|with|under|from|given|receiving|taking|treated\s+with|assigned\s+to)\s+
           (?:the\s+|an?\s+)?(?:[\d.]+\s*[mµu]?g\s+)?[\w-]+\s+)+""",
    re.IGNORECASE | re.VERBOSE,
)
"""Those of whom something is denied, with what tells them: "of the patients on X"."""

_TWO_VERBS = re.compile(r"\s+\w+ed\s+(?:[\w-]+\s+){0,4}?nor\b", re.IGNORECASE)
"""What neither was done nor was something else."""


def scope_of(plain: str, cue: re.Match[str]) -> Scope:
    """Read how far a negation reaches, and its heads.

    Behind "not" and its like the head is the first word that is no adverb, behind "no" and
    "without" each word of the noun phrase.
    """
    joined = _JOINED.match(plain, cue.end()) or _NO_EVIDENCE.match(plain, cue.end())
    end = _SCOPE_END.search(plain, joined.end() if joined else cue.end())
    limit = end.start() if end else len(plain)
    words = content_words(plain, cue.end(), limit)[:SCOPE_WORDS]
    stop = words[-1].end() if words else limit
    heads = _noun_heads(plain, cue, limit) if NOMINAL.fullmatch(cue[0]) else []
    if not heads:
        verbs = [word for word in words if not word[0].lower().endswith("ly")]
        if NOMINAL.fullmatch(cue[0]):
            auxiliary = _AUXILIARY.search(plain, cue.end(), limit)
            behind = [word for word in verbs if auxiliary and word.start() > auxiliary.start()]
            # "Neither X increased it": without an auxiliary the verb is the word behind the noun.
            those = _THOSE.match(plain, cue.end(), limit)
            further = [word for word in verbs if those and word.start() >= those.end()]
            verbs = verbs if _TWO_VERBS.match(plain, cue.end()) else behind or further or verbs[1:]
        heads = [word.start() for word in verbs[:1]]
    if cue[0].lower() == "neither" and not _TWO_VERBS.match(plain, cue.end()):
        opened = max(plain.rfind(mark, 0, cue.start()) for mark in ",;:(")
        heads += [word.start() for word in content_words(plain, opened + 1, cue.start())[-1:]]
        start = min([cue.end(), *heads])
        return Scope(start, stop, frozenset(heads))
    before = [
        w.start() for w in content_words(plain, 0, cue.start())[-1:] if w.end() + 1 == cue.start()
    ]
    if cue[0].lower() == "none" and not heads and words and before:
        # "It prevented none of them" denies the verb before it.
        return Scope(min([cue.end(), *before]), stop, frozenset([*before, words[0].start()]))
    return Scope(cue.end(), stop, frozenset(heads))


def _noun_heads(plain: str, cue: re.Match[str], limit: int) -> list[int]:
    """Return the words of the noun phrase that "no" denies.

    "No patient died" and "neither arm was better" deny the verb: people and arms are no heads.
    """
    phrase_end = _PHRASE_END.search(plain, cue.end(), limit)
    reach = phrase_end.start() if phrase_end else limit
    if cue[0].lower() in {"neither", "none"} and phrase_end:
        return []
    phrase = [word for word in content_words(plain, cue.end(), limit) if word.start() < reach]
    if cue[0].lower() == "no" and any(base(word[0]) in _BEARERS for word in phrase):
        return []
    return [word.start() for word in phrase]


def content_words(plain: str, start: int, end: int) -> list[re.Match[str]]:
    """List the words of a stretch that say something, in order."""
    return [
        match
        for match in _WORD.finditer(plain, start, end)
        if match[0].lower() not in STOPWORDS and base(match[0]) not in _EVIDENCE
    ]
