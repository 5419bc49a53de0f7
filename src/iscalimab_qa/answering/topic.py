"""What a question is about: a result, a status, safety, a mechanism.

General English only. The topic decides whether an answer carries how its trials ended: one
on a result does, one on a mechanism does not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from iscalimab_qa.evidence.notices.drafts import Topic


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


class _Rule(NamedTuple):
    topic: Topic
    asks: re.Pattern[str]


_HARM = r"""(?:adverse|side[\s-]effects?|\bAEs?\b|\bSAEs?\b|safe(?:ty)?\b|tolerat|tolerab|toxic
    |infections?\b|clots?\b|clotting
  |thrombo|bleed|harm|dangerous|deaths?\b|die[ds]?\b|mortality|malignan|reactions?\b
    |complications?\b|discontinued\s+(?:because|due))"""
_FIGURE = r"""(?:how\s+(?:many|much|often|frequent|common)|what\s+(?:share|percentage|percent
    |proportion|fraction|rate|number)
  |which\s+(?:share|percentage|proportion)|\brates?\b|percent|\bshare\b|proportion|incidence
    |\bno\.\s+of|in\s+%|,\s*%|figures?)"""

_TOLD_AS = rf"""(?:{_FIGURE}|\barms?\b|composite)"""
_OF_PEOPLE = r"""\b(?:patients?|pts|people|participants|recipients|responders|arm|placebo|fell
    |fall|falls|improv\w+|respon\w+)\b"""

_MEASURED = r"""(?:rates?|half-?life|dos(?:e|es|age)|scores?|ratio|values?|figures?|results?
  |outcomes?|status|mechanism|end\s?-?points?|percentage|share|number|price|cost|target|effects?|risks?|safety)"""
_LEFT = r"""\b(?:complet(?:e|ed|ers?)|discontinued|withdr[ae]w\w*|drop(?:ped)?\s+out
    |stopped\s+(?:treatment|taking)|left)\b"""

_RULES = (
    _Rule("protocol", _pattern(rf"{_FIGURE}.*{_LEFT}")),
    _Rule(
        "availability",
        _pattern(
            r"""\b(?:approv\w+|licen[sc]ed?|authori[sz]ed|on\s+the\s+market|market(?:ed|ing)
              |available\s+(?:to|for|on|as|in|yet)
              |prescri\w+|can\s+(?:i|you|we|patients|people)\s+(?:get|buy|obtain)|be\s+sold
                |\bsold\b|launch(?:ed)?|bought
              |reimburse\w*|compassionate\s+use|FDA|EMA|MHRA)\b"""
        ),
    ),
    _Rule(
        "status",
        _pattern(
            r"""\b(?:
                (?:still|currently|now|any(?:one|body)|continu\w+|active
                  |actively)\b.{0,40}\b(?:develop\w*|stud(?:y|ied|ying)|test\w*|pursu\w*
                  |investigat\w*|work\w*|running|recruit\w*|programme|program)
              | (?:is|are|was|were|being)\s+(?:\S+\s+){0,4}?(?:being\s+)?(?:developed|pursued
                |discontinued|terminated|halted|stopped|abandoned|withdrawn|cancel\w+|dropped)
              | (?:what|whatever)\s+(?:has\s+)?(?:happened|became|become)\s+(?:to|of|with)
              | what\s+happened\b.{0,60}\b(?:trial|study|programme|program|afterwards)
              | (?:discontinu|terminat|abandon|halt|cancel)\w*\b.{0,60}\b(?:trial|study|programme
                |program|development)
              | (?:trial|study|programme|program|development|sponsor|company|it
                |they)\b.{0,60}\b(?:discontinu|terminat|abandon|halt|stopp|gave\s+up|give\s+up
                |drop|founder|pull|end(?:ed|\b)|finish|complet|prematurely|over\?)\w*
              | (?:gave|give|given|giving)\s+up\s+on | (?:why|when|for\s+what\s+reason
                |what\s+reason)\b.{0,80}\b(?:stopp|drop|discontinu|terminat|abandon|halt|withdrawn
                |pull|gave\s+up|give\s+up|founder|come\s+to\s+an?\s+end|finish|ended)\w*
              | status\b | ongoing | going\s+on | under\s?way | in\s+development
                | under\s+development | fail(?:ed|s)?\s+in
              | (?:pulled|dropped|axed|shelved|scrapped|founder\w*) | come\s+to\s+an?\s+end
                | the\s+end\s+of
              | (?:when|on\s+(?:what|which)\s+(?:date|day)|what\s+end\s+date
                |end\s+date)\b.{0,80}\b(?:end|ended|over|finish\w*|complet\w*|public)
              | has\b.{0,60}\b(?:programme|program|development)\b | (?:list|listed|mark(?:ed|s)?
                |register)\b.{0,40}\bas\b
              | register\s+(?:list|mark|show)\w* )"""
        ),
    ),
    _Rule(
        "definition",
        _pattern(
            rf"""^\s*(?:what|who)\s+(?:is|are|'s|was|were)\s+(?:an?\s+|the\s+)?(?!.*\b{_MEASURED}\b)
                (?:[\w'’-]+\s*){{1,3}}\??\s*$
              | \b(?:stands?\s+for|abbreviat\w+|acronym|definition\s+of|defined\s+as
                |mean(?:s|ing)?\s+(?:of|by)|what\s+does\s+\S+\s+mean
                |what\s+(?:kind|type|sort)\s+of\s+(?:agent|drug|molecule|antibody|substance
                |medicine|compound))\b"""
        ),
    ),
    _Rule("outcome", _pattern(rf"{_TOLD_AS}.*{_HARM}|{_HARM}.*{_TOLD_AS}")),
    _Rule(
        "protocol",
        _pattern(
            r"""\b(?: (?:what|which)\s+(?:was\s+|were\s+|is\s+
              |are\s+)?(?:the\s+)?(?:\w+\s+){0,3}?(?:dos(?:e|es|age|ing)|route|regimens?|schedule
              |interval|comparator|control\s+arm|criteria|inclusion|exclusion
              |primary\s+(?:end\s?-?point|outcome)|design|duration|margin|phase
              |immunosuppressants?|index)
              | how\s+(?:was|were|is|did)\b.{0,60}\b(?:given|administered|dosed|injected|infused
                |randomi[sz]ed|blinded|measured|graded)
              | how\s+many\b.{0,50}\b(?:randomi[sz]ed|enrol\w*|recruit\w*|sites|centres|centers
                |countries|arms|doses?|dose\s+levels|infusions|injections|milligrams|mg
                |(?:patients|people|participants|recipients|subjects|volunteers)\s+(?:were|was
                |took|did|are)\b(?!.*\b(?:respond|reach|had|histology|normal|better|relaps|improv
                |reject)))
              | number\s+of\s+(?:patients|participants)\s+(?:randomi|enrol)
              | for\s+how\s+(?:long|many)|over\s+(?:what|how)|how\s+long\s+did\s+(?:treatm\w*
                |dosing|therapy|the\s+(?:trial|study))
              | dos(?:e|es|ing|age)\b.{0,30}\b(?:interval|schedule|levels?) | dosing
                | randomi[sz]ation\s+ratio | eligib\w+ | inclusion | exclusion | age\s+limits?
              | (?:pills?|shots?|tablets?|drip)\s+or | at\s+what\s+(?:time|dose)
                | maintenance\s+dose | loading\s+dose | EudraCT\s+number | registered\s+(?:under
                |as|study|trial)
              | what\s+was\s+in\s+the\s+control | tx\s+duration | besides\s+the\s+study\s+drug
                | primary\s+(?:EP|outcome|end\s?-?point)\s+(?:of|and)\b )"""
        ),
    ),
    _Rule("outcome", _pattern(rf"{_FIGURE}.*{_OF_PEOPLE}")),
    _Rule(
        "mechanism",
        _pattern(
            r"""\b(?:mechanisms?(?:\s+of\s+action)?|mode\s+of\s+action|how\s+does\s+\S+\s+(?:work
              |act|function)|works?\s+by
              |target(?:s|ed)?\b(?!\s+(?:dose|population|enrol))|bind(?:s|ing)?|block(?:s|ing)?
                |receptors?|ligand|signal(?:s|l?ing)|pathway
              |Fc|deplet\w*|express(?:es|ed|ion)?|cell\s+types?|cells?\s+carry|germinal\s+cent\w+
                |occupan\w+|pharmacokinetic\w*
              |pharmacodynamic\w*|half-?life|clearance|exposure|plasma|serum\s+concentration
                |bioavailab\w+|epitope|isotype|kill\w*)\b"""
        ),
    ),
    _Rule("safety", _pattern(rf"\b{_HARM}")),
    _Rule(
        "indication",
        _pattern(
            r"""\b(?:indications?|(?:which|what)\s+(?:\w+\s+){0,3}?(?:diseases?|conditions?
              |disorders?|illness\w*|organs?|tx)\b
              |(?:tried|tested|studied|used|investigated|evaluated|developed|given)\s+(?:in|for|on
                |against)\b|used\s+(?:to\s+treat|for)|treat(?:s|ment)?\s+(?:of|for|with)\b
              |in\s+(?:which|what)\s+(?:\w+\s+){0,2}(?:diseases?|organs?|patients|tx))"""
        ),
    ),
    _Rule(
        "outcome",
        _pattern(
            rf"""{_FIGURE}|\b(?:results?|outcomes?|efficacy|effective\w*|effects?\s+(?:on|of|size)
              |respon\w+|remission|reject\w+|surviv\w+|improv\w+
              |reduc\w+|(?:in|de)creas\w+|lower|higher|better|worse|beat|fell|fall|rose|rise|drop
                |change[sd]?|differ\w*|compar\w*|versus|vs\.?|against
              |p[\s-]?val\w*|confidence|interval|ratio|end\s?-?points?|primary\s+(?:end|outcome)
                |reach(?:ed)?|met|histology|biops\w+|biopsies|eGFR|score
              |less\s+often|more\s+often|get\s+better|relaps\w+|normal|achiev\w+|show(?:ed|n)?
                |find|found|helped|help|did\s+\S+\s+do|work(?:ed)?|benefit\w*|superior\w*
                |inferior\w*
              |at\s+(?:week|month|wk|M|W)\s?\d+|(?:week|month|wk)\s?\d+)\b"""
        ),
    ),
)
"""Tried in order; the first whose words a question has decides."""


def topic_of(question: str) -> Topic:
    """Say what a question is about.

    A question for how many had an adverse event asks for a result; one whether something is
    safe, or which events were seen, asks about safety.
    """
    return next((rule.topic for rule in _RULES if rule.asks.search(question)), "other")
