"""Read off a question that it wants a list, of what, and by which words the items are chosen.

A question is read to its last word: what no rule explains is handed on as words that must be
found with a trial, and what asks for a choice among items ("the largest", "compared with") wants
no list. So a question on one trial's one fact is never taken for one on all of them.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.wording.patterns import pattern

ListKind = Literal["indications", "trials", "drugs", "sources", "safety", "overview"]

Standing = Literal["any", "stopped", "completed", "running", "missed", "met", "failed", "ends"]
"""How the trials asked for stand: `missed` and `met` their primary endpoint; `failed` either
missed it or stopped for a setback; `ends` wants to be told how each of them stands."""


class ListAsked(NamedTuple):
    """What a question wants listed.

    `about` are the words left over, which tell which items are meant; `phase` is "2" or "2b".
    `used` is what a trial must have given, measured or taken in. `counts` asks how many there
    are, `wants_reason` why they were stopped. `is_all` says that the question speaks of the whole
    library, so that `about` may be empty.
    """

    kind: ListKind
    about: str = ""
    standing: Standing = "any"
    phase: str = ""
    counts: bool = False
    wants_reason: bool = False
    used: str = ""
    is_all: bool = False


_POLITE = pattern(
    r"""^\W*(?:please\s+|(?:can|could|would)\s+you\s+(?:please\s+)?|i(?:'d|\s+would)\s+like\s+to\s+(?:know|see)\s+
        |(?:tell|show|give)\s+me\s+(?=(?:which|what|how)\b))+"""
)
_LIBRARY = r"(?:library|corpus|collection|database|sources|documents|papers|literature)"
_IN_LIBRARY = pattern(
    rf"""\b(?:(?:that\s+are\s+)?(?:covered|described|mentioned|discussed|reported)\s+)?
        (?:in|within|across|by|from)\s+(?:this|the|your|our|these)\s+{_LIBRARY}\b
      | \b(?:do|does)\s+(?:you|we|(?:this|the|your)\s+{_LIBRARY})\s+
        (?:know|have|hold|cover|contain|include)(?:\s+(?:of|about|on))?\b
      | \b(?:are|is)\s+there\b | \bexist\b"""
)
_CHOOSES = pattern(
    r"""\b(?: first | last | latest | newest | earliest | most | least | best | worst | more | less
          | than | \w{3,}(?<!inter)(?<!for)est | fewe(?:r|st) | better | only | other | except
          | besides | apart | both | between | compar\w* | differ\w* | versus | vs | not | no
          | never | without | n't | when | where | who | why | how | whether | if | if\s+any
          | should | would | will | could | may | might | because | each | per | same )\b
      | n['’]t\b | \d\s?%"""
)
"""Words that ask for one of the items, or for something else of each."""

_ALL = r"(?:all\s+)?(?:of\s+(?=the\b))?(?:the\s+)?"
_OPEN = (
    rf"(?:(?:which|what)\s+(?:(?:are|were)\s+)?{_ALL}|how\s+many\s+|are\s+there\s+(?:any\s+)?"
    rf"|(?:list|name|show|give)\s+(?:me\s+)?{_ALL})"
)
_ASIDE = (
    r"(?:(?!(?:is|are|was|were|has|have|had|did|do|does|can|in|of|on|to|per|patients|people|participants"
    r"|with|from|among|and|or)\b)[\w/'’-]+\s+){0,5}?"
)
"""Words between "which" and the noun: a drug, a disease, a phase, how it stands; no verb."""

_DONE = (
    r"(?:studied|tested|tried|evaluated|investigated|assessed|developed|examined|explored|trialled)"
)

_FRAMES: tuple[tuple[ListKind, re.Pattern[str]], ...] = (
    (
        "indications",
        pattern(
            rf"""^(?:(?:in|for|against)\s+)?{_OPEN}{_ASIDE}
            (?:indications\b|(?:diseases|conditions|disorders|illnesses|therapeutic\s+areas)\b
            (?=.*\b(?:{_DONE}|trials|studies)\b))"""
        ),
    ),
    (
        "indications",
        pattern(
            rf"""^(?:in|for)?\s*what\s+(?:has|was|is)\s+(?=[^?]*\b{_DONE}\s+(?:in|for|against)\W*$)"""
        ),
    ),
    ("trials", pattern(rf"^(?:in\s+)?{_OPEN}{_ASIDE}(?:trials|studies)\b")),
    (
        "trials",
        pattern(
            r"^how\s+(?:did|have)\s+(?:all\s+)?(?:the\s+)?(?=(?:\w+\s+){0,4}(?:trials|studies)\b)"
        ),
    ),
    (
        "drugs",
        pattern(
            rf"^{_OPEN}(?:(?:different|other)\s+)?(?:drugs|antibodies|medicines|compounds|agents|treatments"
            r"|molecules|therapies)\b"
        ),
    ),
    (
        "sources",
        pattern(
            rf"^(?:in\s+)?{_OPEN}(?:sources|papers|documents|articles|publications|texts)\s+"
            r"(?:(?:are\s+)?(?:about|on)|(?:speak|talk|write|report)\s+(?:of|about|on)|deal\s+with"
            r"|mention|discuss|cover|describe)\b"
        ),
    ),
    (
        "safety",
        pattern(
            r"""^what\s+(?:are|were|is|was)\s+the\s+(?:known\s+|reported\s+|serious\s+|observed\s+)*(?:side[\s-]effects?|adverse\s+(?:events|effects|reactions)
            |safety(?:\s+(?:profile|data|results|findings))?|tolerability)\s+
            (?:(?:seen|reported|observed|recorded)\s+)?(?:of|with|for|on|under)\b
          | ^what\s+(?:side[\s-]effects|adverse\s+(?:events|effects|reactions)|about\s+safety)\b
          | ^how\s+(?:safe|well\s+tolerated)\s+(?:is|was)\b"""
        ),
    ),
    (
        "overview",
        pattern(
            r"""^(?:(?:give|write|show)\s+(?:me\s+)?)?(?:an?\s+|the\s+)?(?:short\s+|brief\s+)?
            (?:overview|summary|outline)\s+(?:of|on|about)\b
          | ^(?:summari[sz]e|sum\s+up)\s+(?:what\s+is\s+known\s+(?:about|of|on)\s+)?
          | ^what\s+(?:is|do\s+we)\s+know[n]?\s+(?:about|of|on)\b
          | ^what\s+(?:became\s+of|(?:has\s+)?happened\s+(?:to|with))\b
            (?=.*\b(?:programm?e|development|trials)\b)"""
        ),
    ),
)
_GOING_ON = pattern(r"\b(?:being|currently|now|still|in\s+development)\b")
"""Asks how something stands today, which its end answers first."""

_COUNTS = pattern(r"^how\s+many\b")
_AND_WHY = pattern(
    r",?\s+and\s+(?:for\s+what\s+reasons?|why(?:\s+(?:were|was)\s+(?:they|that|it))?)\W*$"
)

_ENDPOINT = r"(?:(?:its|their|the|a)\s+)?(?:primary\s+)?(?:end[\s-]?points?|outcomes?|objectives?)"
_STANDINGS: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    (
        "missed",
        pattern(
            rf"""\b(?:(?:did|do|have|has)\s*(?:not|n['’]t)\s+|failed\s+(?:to|on|at)\s+)
            (?:meet|met|reach|reached|achieve|achieved|hit)?\s*{_ENDPOINT}
          | \b(?:missed|failed)\s+{_ENDPOINT}"""
        ),
    ),
    (
        "met",
        pattern(
            rf"\b(?:met|meet|reached|achieved|hit)\s+{_ENDPOINT}|\b(?:were\s+)?successful\b|\bsucceeded\b"
        ),
    ),
    ("failed", pattern(r"\bfailed\b|\b(?:were\s+)?unsuccessful\b")),
    (
        "stopped",
        pattern(
            r"""\b(?:stopped|terminated|discontinued|halted|abandoned|withdrawn|cancelled)
            (?:\s+(?:early|prematurely|ahead\s+of\s+time))?\b
          | \b(?:ended|closed)\s+(?:early|prematurely)\b"""
        ),
    ),
    ("completed", pattern(r"\b(?:completed|finished)\b")),
    (
        "running",
        pattern(
            r"\b(?:still\s+|currently\s+)?(?:ongoing|running|recruiting|under\s?way|in\s+progress|active)\b"
        ),
    ),
    ("ends", pattern(r"\b(?:end(?:ed)?|turn(?:ed)?\s+out|gone|go)\W*$")),
)
_USED = pattern(
    r"""\b(?:that\s+|which\s+)?(?:used|using|use|gave|enrolled|included|include|recruited|measured
        |administered)\s+(?P<object>\S.*)$
      | \b(?:was|were)\s+(?P<subject>\S.*?)\s+(?:used|given|measured|administered|enrolled
        |included)\W*$"""
)
_PHASE = pattern(r"\bphase[\s-]*(?P<n>[1-4]|i{1,3}|iv)(?P<part>[ab])?\b")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

_FILLING = pattern(
    rf"""\b(?: an? | the | of | in | for | with | on | about | to | has | have | had | is | are
          | was | were | been | being | did | do | does | all | any | this | these | its | their
          | that | which | there | it | they | clinical | patients? | people | participants
          | recipients | subjects | {_DONE} | done | conducted | performed | run | carried\s+out
          | published | registered | reported | known | available | so\s+far | to\s+date
          | until\s+now | ever | currently | now | trials? | stud(?:y|ies) | programm?e
          | development | treatments? | treat | speaks? | spoke | writes? | deals? | mentions?
          | discuss(?:es)? | covers? | caused\s+by | by | under | seen | observed | give | me
          | please | disease | using | used | use )\b
      | ['’]s\b""",
)
"""Words of any such question, which choose no item."""

_ITSELF = pattern(
    r"\b(?:diseases|conditions|indications|disorders|illnesses|therapeutic\s+areas)\b"
)


def list_asked(question: str) -> ListAsked | None:
    """Read which list a question wants; None for a question that wants no list.

    >>> list_asked("Which phase 2 trials of examplimab were stopped?")
    ListAsked(kind='trials', about='examplimab', standing='stopped', phase='2', counts=False, \
wants_reason=False, used='', is_all=False)
    """
    text = _POLITE.sub("", " ".join(question.split())).strip(" ?.!")
    framed = next(((kind, m) for kind, frame in _FRAMES if (m := frame.match(text))), None)
    if framed is None:
        return None
    kind, match = framed
    rest, wants_reason = _without(_AND_WHY, _kept(kind, match[0], text[match.end() :]))
    if kind == "indications" and _GOING_ON.search(text):
        return None
    rest, is_all = _without(_IN_LIBRARY, rest)
    standing, rest = _standing(rest) if kind == "trials" else _Stood("any", rest)
    used = _USED.search(rest) if kind == "trials" else None
    rest = rest[: used.start()] if used else rest
    phase, rest = _phase(rest)
    wanted = _bare(used["object"] or used["subject"]) if used else ""
    if _CHOOSES.search(f"{rest} {wanted}"):
        return None
    counts = bool(_COUNTS.match(text))
    return ListAsked(kind, _bare(rest), standing, phase, counts, wants_reason, wanted, is_all)


def _bare(text: str) -> str:
    return " ".join(_FILLING.sub(" ", text).replace(",", " ").split()).strip(" ?.!")


class _Without(NamedTuple):
    text: str
    found: bool


def _without(form: re.Pattern[str], text: str) -> _Without:
    return _Without(form.sub(" ", text), bool(form.search(text)))


_HEAD = pattern(rf"^(?:(?:in|for|against)\s+)?{_OPEN}")


def _kept(kind: ListKind, head: str, rest: str) -> str:
    """Put what stands between "which" and the noun back: "which kidney trials"."""
    if kind not in {"indications", "trials"} or not _HEAD.match(head):
        return rest
    return f"{_ITSELF.sub(' ', _HEAD.sub('', head))} {rest}"


class _Stood(NamedTuple):
    standing: Standing
    rest: str


def _standing(text: str) -> _Stood:
    for standing, form in _STANDINGS:
        if form.search(text):
            return _Stood(standing, form.sub(" ", text, count=1))
    return _Stood("any", text)


class _Phase(NamedTuple):
    phase: str
    rest: str


def _phase(text: str) -> _Phase:
    match = _PHASE.search(text)
    if not match:
        return _Phase("", text)
    number = match["n"].lower()
    told = f"{_ROMAN.get(number, number)}{(match['part'] or '').lower()}"
    return _Phase(told, text.replace(match[0], " ", 1))
