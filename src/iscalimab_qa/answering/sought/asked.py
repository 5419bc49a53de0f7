"""Read off a question which kind of statement it is after, whatever words tell it.

"How effective is X?" is told by a difference between arms, "Was the endpoint met?" by a p value,
"How safe is X?" by adverse events. The words that ask ("effective", "route of administration")
then need not stand in the statement.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.sought.arms import OF_ARMS
from iscalimab_qa.answering.sought.attribute import Attribute
from iscalimab_qa.answering.sought.attributes import ATTRIBUTES
from iscalimab_qa.answering.sought.own_words import OF_DOCUMENTS
from iscalimab_qa.evidence.notices.animals import names_animals
from iscalimab_qa.evidence.wording.patterns import pattern
from iscalimab_qa.lexicon import tokenize

Kind = Literal["endpoint", "effect", "safety", "infection", "mechanism", "limits", "attribute"]

ABOUT_PATIENTS = frozenset({"endpoint", "effect", "safety", "infection"})
"""Kinds that animals tell nothing of, unless animals are asked about."""

_CACHED = 512


class Sought(NamedTuple):
    """What a question is after.

    `asking` are its tokens that only ask for it: a statement that tells it need not hold them.
    `query` are words that passages on it use. `people` says that animals are no answer.
    """

    kind: Kind
    asking: frozenset[str]
    query: str = ""
    people: bool = False
    attribute: Attribute | None = None


class _Rule(NamedTuple):
    kind: Kind
    asks: re.Pattern[str]
    words: str
    query: str


_NOUN = r"(?:efficacy\s+)?(?:end[\s-]?points?|outcomes?|goals?|aims?|objectives?)"
_AIM = rf"(?:(?:(?:co-?)?primary|main|principal)\s+)?{_NOUN}"
_ENDPOINT = pattern(
    rf"""\b(?:reach|me?et|miss|hit|achiev|fail)\w*\s+(?:to\s+\w+\s+)?
        (?:(?:its|the|their|on|any|both)\s+)*{_AIM}\b
      | ^\W*(?:was|were|is|are|has|have|did)\s+(?:the\s+|its\s+)?(?:(?:co-?)?primary|main)\s+
        {_NOUN}.*\b(?:met|reached|achieved|missed|failed|hit)\b
      | ^\W*(?:was|is|were)\s.*\b(?:positive|negative|(?:un)?successful
          |(?:an?\s+)?(?:success|failure))(?:\s+(?:trial|study|one))?\W*$
      | ^\W*did\s.*\b(?:succeed|fail)\W*$"""
)
_RULES = (
    _Rule(
        "limits",
        pattern(
            r"""\b(?:limit(?:s|ations?)|weakness(?:es)?|shortcomings?|drawbacks?|caveats?
                |strengths\s+and)\b
                (?!\s+of\s+(?:quantification|detection))"""
        ),
        """limit limits limitation limitations weakness weaknesses shortcoming shortcomings
        drawback drawbacks caveat caveats strengths study trial""",
        "limitations of the study",
    ),
    _Rule(
        "endpoint",
        _ENDPOINT,
        """reach reached meet met miss missed hit achieve achieved fail failed primary coprimary
        co-primary main principal endpoint endpoints end point points outcome outcomes goal goals
        aim aims objective objectives efficacy positive negative successful unsuccessful success
        failure succeed trial study""",
        "primary endpoint significant difference",
    ),
    _Rule(
        "mechanism",
        pattern(
            r"""\bhow\s+do(?:es)?\s+(?:\S+\s+){1,4}?(?:work|act|function)\b
                (?!\s+(?:in|for|against)\b)
              | \b(?:mechanisms?|modes?)\s+of\s+action\b
              | \bwhat\s+do(?:es)?\s+\S+\s+(?:bind|target|block|inhibit|act\s+on)\b"""
        ),
        "work act function mechanism mechanisms mode modes action bind target block inhibit",
        "binds blocks inhibits receptor",
    ),
    _Rule(
        "infection",
        pattern(
            r"""^\W*(?:which|what|any|were\s+there|are\s+there)\b.*\binfections?\b(?!\s+rates?\b)
              | ^\W*(?:do(?:es)?|did|can)\s+(?:\S+\s+){1,3}?
                (?:cause|lead\s+to|raise|increase|favour|provoke)\b.*\binfections?\b"""
        ),
        "infection infections occurred occur cause caused seen reported",
        "infections",
    ),
    _Rule(
        "safety",
        pattern(
            r"""\bhow\s+(?:safe|(?:well\s+)?tolerated|tolerable|dangerous|harmful|toxic)\b
              | ^\W*(?:is|was|are|were)\s.*\b(?:safe|harmful|dangerous|toxic|tolerated)\b
              | \b(?:safety|tolerability)(?:\s+profile|\s+data|\s+findings|\s+results)?\b
              | \b(?:(?:side|unwanted|untoward|undesirable)[\s-]effects?|harms|toxicity
                |toxicities)\b
              | \badverse\s+(?:events?|effects?|reactions?)\b
              | \bhow\s+(?:well\s+)?(?:was|were|is|are)\s.*\btolerated\b
              | \bwhat\s.*\brisks\s+of\b"""
        ),
        """safe safety tolerated tolerable tolerability dangerous harmful toxic toxicity harm harms
        side unwanted untoward undesirable effect effects adverse event events
        reaction reactions risk risks profile data
        findings results well""",
        "adverse events serious safety tolerated",
    ),
    _Rule(
        "effect",
        pattern(
            r"""\bhow\s+(?:effective|efficacious|successful|good|beneficial)\b
              | \bany\s+(?:good|use|help)\b
              | ^\W*(?:is|was|are|were)\s.*\b(?:effective|efficacious|beneficial|of\s+benefit)\b
              | (?<!cost-)(?<!cost\s)\b(?:efficacy|effectiveness)\b
              | \b(?:do(?:es)?|did|will)\s+.{2,80}?\s(?:work|help)\b(?!\s+by\b)
              | \bhow\s+(?:well|much)\s+(?:do(?:es)?|did)\s.*\b(?:work|do|help|perform)\b
              | \bbenefits?\s+(?:of|from|in|for)\b
              | \b(?:is|was)\s+there\s+(?:any\s+|a\s+)?benefit\b
              | \b(?:results?|findings?|outcomes?)\s+(?:of|from|in|for|with)\b
              | \bwhat\s+(?:results|effects?)\s+(?:did|does|has)\b
              | \bwhat\s+did\s.*\b(?:find|show|demonstrate|reveal|conclude|achieve|report)\b
              | \bwhat\s+effects?\b | \beffects?\s+(?:of|on)\b
              | \b(?:main|key|primary|overall)\s+(?:findings?|results?)\b
              | ^\W*(?:do(?:es)?|did)\s.{2,80}?\s(?:lower|reduce|improve|increase|raise|prevent
                |cure|prolong|relieve|slow|ease|protect|heal|preserve|shorten|delay|lessen
                |decrease|affect)\b
              | \bhow\s+did\s.*\b(?:turn\s+out|fare|perform|do|go)\b
              | \bwhat\s+came\s+(?:out\s+)?of\b"""
        ),
        """any good use effective efficacious effectiveness efficacy successful good beneficial
        benefit benefits work help well result results finding findings outcome outcomes effect
        effects show find demonstrate reveal conclude achieve report main key primary overall turn
        out fare perform lower reduce improve increase raise prevent prolong relieve slow ease
        lessen decrease affect cure protect heal preserve shorten delay trial study""",
        "primary endpoint improved difference from placebo",
    ),
)
"""Tried in order, after the attributes of a study."""

_OPEN = frozenset({"statement", "decision", "list", "definition"})
"""What a question may expect that wants no figure of its own: "how many had" names its own."""


def sought_in(question: Question) -> Sought | None:
    """Say what a question is after; None where its own words tell it."""
    return _sought(question.own, question.expects in _OPEN)


def _asking(text: str, words: str) -> frozenset[str]:
    """Return those of some words that a text holds, as tokens."""
    return frozenset(tokenize(text)) & frozenset(tokenize(words))


def demands_telling(question: Question) -> bool:
    """Whether nothing answers a question but one of the forms that its attribute is told in."""
    sought = sought_in(question)
    return sought is not None and sought.attribute is not None and sought.attribute.strict


def sought_form(question: Question) -> re.Pattern[str] | None:
    """Return the forms in which the attribute is told that a question is after; None for others."""
    sought = sought_in(question)
    return sought.attribute.told if sought and sought.attribute else None


def is_of_document(question: Question) -> bool:
    """Whether a question is after what a document tells of itself: its author, its use."""
    sought = sought_in(question)
    return sought is not None and sought.attribute is not None and sought.attribute.of_document


def opens_answer(question: Question, opening: str) -> bool:
    """Whether a line that opens a list says by itself that its items are what is asked for."""
    sought = sought_in(question)
    attribute = sought.attribute if sought else None
    return bool(attribute and attribute.lists and attribute.told.search(opening))


@lru_cache(maxsize=_CACHED)
def _sought(text: str, is_open: bool) -> Sought | None:
    rules = _RULES if is_open else _RULES[:1]
    for rule in rules[:1]:
        if rule.asks.search(text):
            return Sought(rule.kind, _asking(text, rule.words), rule.query)
    for attribute in (*OF_ARMS, *ATTRIBUTES, *OF_DOCUMENTS):
        if attribute.asked.search(text):
            asking = _asking(text, attribute.words)
            return Sought("attribute", asking, attribute.query, attribute=attribute)
    for rule in rules[1:]:
        if rule.asks.search(text):
            people = rule.kind in ABOUT_PATIENTS and not names_animals(text)
            return Sought(rule.kind, _asking(text, rule.words), rule.query, people)
    return None
