"""What a question asks for: its kind, its content words, whether it compares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from iscalimab_qa.lexicon.tokens import tokenize

Expected = Literal["number", "time", "definition", "decision", "list", "reason", "statement"]
"""What an answer must bring: a figure, a date, what something is, yes or no, several items,
a cause; or just a statement."""

_NUMBER = re.compile(
    r"""\b(?: how\s+(?:many|much|large|big|often|old|long|high|low|far|frequent(?:ly)?
            |common(?:ly)?)
          | (?:what|which)\s+(?:was\s+|is\s+|were\s+|are\s+)?(?:the\s+)?(?:\w+\s+){0,3}?
            (?:percent(?:age)?|proportion|share|number|fraction|rates?|dos(?:e|es|age)|p[- ]?value|
               ages?|size|value|score|ratio|frequency|incidence|prevalence|median|mean|duration|
               concentration|level|amount|range|half-life|interval|eGFR)
          | (?:percent(?:age)?|proportion|share|number|incidence|rate)\s+of
        )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME = re.compile(
    r"(?:^|[,;]|\b(?:and|or|but|since|until|by|know|tell\s+me|say|state|given|clear))\s*when\b"
    r"|\bwhen\s+(?:exactly\s+)?(?:was|were|is|are|did|does|do|will|has|have|had|can|should)\b"
    r"|\bwhen\W*$|\b(?:what|which)\s+(?:year|date|month|day)\b",
    re.IGNORECASE,
)
"""A clause that only says at which time ("... when it was reviewed?") asks for none."""
_DEFINITION = re.compile(
    r"^\s*(?:what|who(?!.*\b(?:of|for|in|at|behind)\b))\s+(?:is|are|was|were|'s)\s+(?:an?\s+|the\s+)?(?:[\w'’-]+\s*){1,4}\??\s*$"
    r"|\b(?:what\s+does\s+.+\s+(?:mean|stand\s+for)|define|definition\s+of|meaning\s+of)\b"
    r"|^\s*[\w-]+(?:\s+[\w-]+){0,2}\s+(?:meaning|definition|stands?\s+for\s+what)\W*$",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\bwhy\b|\bhow\s+come\b|\breasons?\s+(?:for|of|why)\b|\bfor\s+what\s+reasons?\b"
    r"|\bwhat\s+(?:(?:can|could|may|might|would)\s+)?(?:(?:also|best|partly)\s+)?"
    r"(?:explain(?:s|ed)?|account(?:s|ed)?\s+for)\b"
    r"|\bwhat\s+(?:put\s+an?\s+(?:end|stop)\s+to|brought\b.*\bto\s+(?:an\s+end|a\s+(?:halt|stop)))\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:list|name|which|what\s+(?:were|are)\s+(?:the\s+)?(?:\w+\s+){0,4}(?:\w+s|criteria)\b)",
    re.IGNORECASE,
)
_ACTIVE = r"(?:drug|active|verum|treat(?:ed|ment)|intervention|experimental)"
_CONTROL = r"(?:placebo|controls?|sham|comparator|untreated)"
_AND = r"(?:\s+(?:arms?|groups?|patients?))?\s*(?:,|/|\s(?:and|or|v))\s*(?:(?:the|on|in)\s+)*"
_COMPARISON = re.compile(
    rf"""\b(?: {_ACTIVE}{_AND}{_CONTROL} | {_CONTROL}{_AND}{_ACTIVE}
          | compar(?:e|ed|es|ing|ison) | versus | vs\.? | differ(?:s|ed|ence|ences|ent)?
          | against | relative\s+to | side\s+by\s+side | than | better | worse | superior | inferior
          | both\s+(?:arms|groups) | between .+ and | each\s+(?:arm|group) | (?:per|by)\s+arm
          | arms | groups )(?:\b|(?<=\.))""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the answerer sees it.

    `terms` are its content tokens in order, each once; words that only ask are left out. `own` is
    the text without an earlier question that a follow-up carries in brackets, which says what it
    is about and not what it asks; all of the text where nothing else asks anything.
    """

    text: str
    own: str
    terms: tuple[str, ...]
    expects: Expected
    compares: bool


_ASKING = re.compile(
    r"""\b(?: how\s+(?:many|much|often|old|long|high|low|far|large|big) | (?:can|could)\s+you
          | (?:please\s+)?(?:tell|show|give|explain|describe|list|name)\s+(?:me|us)?
          | what\s+(?:kind|type|sort)s?\s+of | any | (?:is|are|was|were)\s+there | know[ns]?
          | what\s+about
          | (?:(?:carr(?:y|ies|ied)|pos(?:es?|ed))\s+)?(?:an?\s+|any\s+|the\s+)?
            (?:(?:increased|higher|raised)\s+)?risks?\s+(?:of(?!\s+bias)|with|from|under)
          | stands?\s+for | short\s+for | (?:meaning|definition)(?:\s+of)?
          | happen(?:s|ed)? | mean(?=\W*$)
          | percentage | proportion | (?<!urinary\s)frequency(?:\s+of)?
          | share\s+of | number\s+of | value
          | (?:in\s+)?per\s?cents? | (?:by|per)\s+(?:arm|group)s? | put\s+an?(?=\s+(?:end|stop)\b)
          )\b
        | (?<![\w.,/-])(?<!\d\s)(?:in\s+)?(?-i:[munkcdµ]?(?:g|[Ll]|mol|s|[IM]?U))
          /(?-i:(?:[kmu]g|[md]?L|m[2²]|min|h|s|d|day|week|year))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that say how something is asked, not what: no source needs to contain them."""


_EARLIER = re.compile(
    r"\s*\((?:how|what|which|who|whom|whose|when|where|why|is|are|was|were|do|does|did|has|have|had"
    r"|can|could|will|would|should|tell|give|list|name)\s[^()]*\)(?=\W*$)",
    re.IGNORECASE,
)
"""A question in brackets at the end, as `standalone.leaning` puts it there."""


def analyse(text: str) -> Question:
    """Read off a question what kind of answer it wants; the first rule that fits decides."""
    own = _own(text)
    return Question(
        text=text,
        own=own,
        terms=tuple(dict.fromkeys(tokenize(_ASKING.sub(" ", text)) or tokenize(text))),
        expects=_expected(own),
        compares=bool(_COMPARISON.search(text)),
    )


def _own(text: str) -> str:
    bare = _EARLIER.sub("", text)
    return text if _expected(bare) == "statement" else bare


def _expected(text: str) -> Expected:
    rules: tuple[tuple[re.Pattern[str], Expected], ...] = (
        (_NUMBER, "number"),
        (_TIME, "time"),
        (_REASON, "reason"),
        (_DECISION, "decision"),
        (_LIST, "list"),
        (_DEFINITION, "definition"),
    )
    return next((expected for rule, expected in rules if rule.search(text)), "statement")
