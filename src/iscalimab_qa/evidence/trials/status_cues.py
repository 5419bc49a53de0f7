"""The words by which a text says that something ended, runs, met or missed its endpoint.

Patterns only; `status_text` says what they are said of.
"""

from __future__ import annotations

from iscalimab_qa.evidence.wording.patterns import pattern

_STOPPED = r"""(?:(?:ended|closed|concluded|stopped|terminated|halted|discontinued)\s+(?:early
    |prematurely)
  |prematurely\s+(?:ended|terminated|closed|stopped|discontinued|concluded)
  |terminated|discontinued|halted|stopped|abandoned|cancell?ed|withdrawn|scrapped|dropped|axed
    |shelved
  |given\s+up|called\s+off)"""
_STOPS = r"""(?:terminat(?:es?|ed|ing)|discontinu(?:es?|ed|ing)|halt(?:s|ed|ing)?|stop(?:s|ped
    |ping)?
  |abandon(?:s|ed|ing)?|cancel(?:s|l?ed|l?ing)|scrap(?:s|ped|ping)?|(?<!eye\s)drop(?:s|ped|ping)?
    |ax(?:ed|ing)
  |shelv(?:es?|ed|ing)|(?:ends|ended|ending|(?<=to\s)end|(?<=will\s)end)|ceas(?:es?|ed|ing)
  |g[ia]ve(?:s|n)?\s+up(?:\s+on)?|giving\s+up(?:\s+on)?|pull(?:s|ed|ing)?(?:\s+the\s+plug\s+on)?
  |call(?:s|ed|ing)?\s+off|walk(?:s|ed|ing)?\s+away\s+from)"""
_STOPPING = r"""(?:early\s+|premature\s+)?(?:discontinuation|termination|cancell?ation|abandonment
    |halting
  |stopping|stop|halt|(?<=announced\sthe\s)end|(?<=announces\sthe\s)end)"""
_AUX = r"(?:was|were|is|are|been|being|be|as|got|status:?|:)"
_ADVERBS = r"(?:\s+(?:\w+ly|early|then|also|now|later|since|therefore|thus|again))*?"
_TRIAL = r"trials?|stud(?:y|ies)|programmes?|programs?|projects?|platform|extension"
_WORK = r"development|work|research|pursuit|indication"
_PERSON = r"""patients?|participants?|subjects?|recipients?|volunteers?|women|men|children|people
  |persons?|individuals?|animals?|monkeys?|mice|rats|infants?|adults?|users?|smokers?|who|they"""
_OTHER = rf"""{_PERSON}|treatments?|therap(?:y|ies)|dos(?:e|es|ing)|infusions?|injections?
  |medications?|drugs?|arms?|cohorts?|groups?|enrolment|enrollment|recruitment|randomi[sz]ation
  |experiments?|follow-up|surgery|services?|products?|rules?|criteri(?:a|on)|boundar(?:y|ies)
    |codons?"""
_PRIMARY = r"""(?:(?:\w+[\s-]+){0,5}?(?:co-?)?primary\s+(?:\w+\s+){0,2}?
    (?:end\s?-?points?|outcomes?|objectives?|aims?|goals?)
  |(?:its|the\s+trial(?:'s|’s)|the\s+study(?:'s|’s))\s+(?:main\s+|principal\s+)?
    (?:aims?|goals?|objectives?)\b)"""
_ENDPOINT = r"\bprimary\s+(?:\w+\s+){0,2}?(?:end\s?-?point|outcome|objective)s?\b"

CUE = pattern(
    rf"""\b(?:{_STOPPED}|{_STOPS}|{_STOPPING}|no\s+longer|not\s+(?:be\s+)?(?:pursued|developed)
      |complet(?:ed|es?)|(?:its|trial's|study's|trial’s|study’s)\s+(?:main\s+|principal\s+)?(?:aims?
        |goals?|objectives?)|ongoing|going\s+on|under\s?way|in\s+progress|recruiting|enrolling|primary|superseded
      |overtaken|status|why\s+(?:the\s+)?(?:study|trial|stopped|terminated|withdrawn)|reasons?\s+for|running|active|development
      |being\s+(?:developed|studied|tested|investigated|evaluated))\b"""
)
"""Whatever can say a status: a sentence without it is passed over."""

PASSIVE = pattern(rf"\b{_AUX}{_ADVERBS}\s+(?P<cue>{_STOPPED}|completed|superseded|overtaken)\b")
ACTIVE = pattern(rf"\b(?P<cue>{_STOPS})\b(?!\s+(?:rules?|criteri|boundar|codon|points?)\w*)")
ENDED_ITSELF = pattern(
    r"""\b(?P<cue>(?:ended|closed|stopped)\s+(?:early|prematurely)|has\s+(?:ended|ceased|stopped)
      |completed(?=\s+(?:in|on)\s+(?:\d{1,2}\s+)?(?:[a-z]+\s+)?(?:19|20)\d\d))\b"""
)
NOMINAL = pattern(rf"\b(?P<cue>{_STOPPING})\s+of\b")
POSSESSIVE = pattern(
    rf"\b(?:its|their|whose|'s)\s+(?P<cue>{_STOPPING})\b(?=.*\b(?:announced|(?:19|20)\d\d)\b)"
)
ADJECTIVE = pattern(
    rf"""\b(?:the|a|an|this)\s+(?:now\s+|since\s+)?(?P<cue>terminated|discontinued|abandoned|halted)
      \s+(?:[\w-]+\s+){{0,4}}?(?:{_TRIAL})\b"""
)
NO_LONGER = pattern(
    r"""\b(?P<cue>no\s+longer\s+(?:being\s+)?(?:in\s+|under\s+)?(?:active\s+|clinical\s+)?
      (?:develop(?:ed|ment)|pursued)|not\s+(?:be\s+)?(?:pursued
        |developed)\s+(?:any\s+)?further)\b"""
)
MARKET = pattern(r"\b(?P<cue>withdrawn\s+from\s+(?:the\s+|all\s+)?(?:\w+\s+)?markets?)\b")
LISTED = pattern(
    r"""\b(?:(?:overall|recruitment|recruiting|trial|study|current)\s+)*status\b\W{1,4}(?:is\s+
    |was\s+)?
      (?P<cue>active,?\s+not\s+recruiting|not\s+yet\s+recruiting|recruiting
        |enrolling\s+by\s+invitation
      |completed|terminated|prematurely\s+ended|withdrawn|ongoing)\b"""
)
"""A register's own line or row, not a remark about someone's status."""
WHY = pattern(
    r"""\b(?P<cue>why\s+(?:(?:the\s+)?(?:study|trial)\s+(?:was\s+)?)?(?:stopped|terminated|withdrawn)
      |reasons?\s+for\s+(?:early\s+|study\s+|trial\s+)*(?:termination|stopping))\s*(?=:)"""
)
RUNS = pattern(
    rf"""(?:\b(?:is|are|remains?|still|currently|now|as|:)\s+(?:\w+ly\s+|still\s+|now\s+)?
        (?P<cue>ongoing|under\s?way|in\s+progress|going\s+on|running|active|(?:recruiting
          |enrolling)(?:\s+\w+)?)\b
      |\b(?P<cue2>ongoing)\s+(?:[\w-]+\s+){{0,6}}?(?:{_TRIAL})\b
      |\b(?:{_TRIAL})\b[^.;,]{{0,60}}?\s(?P<cue3>ongoing|under\s?way)\b
      |\b(?:is|are)\s+(?:\w+ly\s+|still\s+|now\s+)?(?P<cue4>
        being\s+(?:developed|studied|tested|investigated|evaluated)
        |(?:in|under)\s+(?:active\s+|clinical\s+)?development)\b)"""
)
MISSED = pattern(
    rf"""(?:\b(?:did|does|do|has|have|had)\s+not|n't)\s+(?!yet)(?:\w+\s+)?
        (?:meet|met|reach(?:ed)?|achieved?|attain(?:ed)?|hit)\s+{_PRIMARY}
      |\bfail(?:s|ed|ing)?\s+(?:to\s+(?:meet|reach|achieve|attain|hit)\s+|on\s+|at\s+)?{_PRIMARY}
      |\bmiss(?:es|ed|ing)?\s+{_PRIMARY}
      |{_ENDPOINT}(?:[^.;:]{{0,60}}?\s)?(?:not\s+(?!yet)(?:\w+\s+)?(?:met|reached|achieved|attained)
        |missed|failed)\b
      |\bno\s+(?:statistically\s+)?(?:significant\s+)?(?:difference|benefit|effect|improvement)\b
        [^.;]{{0,80}}?{_ENDPOINT}
      |{_ENDPOINT}[^.;:]{{0,100}}?\b(?:did\s+not\s+(?:significantly\s+)?differ
        |no\s+(?:statistically\s+)?significant\s+difference
        |not\s+(?:statistically\s+)?significant(?:ly)?)\b"""
)
MET = pattern(
    rf"""\b(?:met|meets|meeting|reached|achieved|attained|hit)\s+{_PRIMARY}
      |{_ENDPOINT}\s+(?:[\w%-]+\s+){{0,4}}?(?:(?:was|were|is|has\s+been)\s+)?(?:met|reached
        |achieved)\b"""
)
DENIED = pattern(
    r"""\b(?:not|never|no|neither|nor|without|rather\s+than|n't|unless|if|whether|would|could|may(?!\s\d)
      |might|should|can|cannot|must|stopping\s+(?:rule|criteri)\w*|planned\s+to
      |(?:expected|due|scheduled|estimated|anticipated|likely|set|hop\w+
        |want\w*)\s+to)\b[^,;]{0,40}$"""
)
NOT_ONLY = pattern(r"\bnot\s+(?:only|just|merely)\b|\bno\s+longer\b|\bif\s+not\b")
HYPOTHETICAL = pattern(
    r"\b(?:would|could|may(?!\s\d)|might|should|if|whether|unless|to)\b[^,;]{0,25}$"
)
IF_BEHIND = pattern(r"^[^,;.]{0,40}\b(?:if|unless|in\s+case)\b")
HARD_BREAK = pattern(
    r"[;:]\s|\.\s|,?\s\b(?:while|whereas|although|though|but|because|since|when)\b"
)
NOUN = pattern(rf"\b(?:(?P<trial>{_TRIAL})|(?P<work>{_WORK})|(?P<other>{_OTHER}))\b")
GOVERNED = pattern(
    r"""\b(?:in|of|with|among|for|from|by|on|at|to|under|during|after|within|into|than|as)\s+
      (?:[\w'’%.()/-]+\s+){0,6}$"""
)
PREPOSITION = pattern(r"\b(?:in|of|with|among|for|from|by|at|to|under|during|after|within)\b")
COUNTED = pattern(
    rf"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|n\s?=)\s*"
    rf"(?:\([^)]*\)\s*)?(?:\w+\s+){{0,2}}?(?:{_PERSON})\b"
)
COUNT_BEFORE = pattern(
    r"(?:\d|%|\)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|none))\s+$"
)

REASON = pattern(
    r"""(?:\b(?:because(?:\s+of)?|due\s+to|owing\s+to|on\s+account\s+of|as\s+a\s+result\s+of
          |on\s+(?:the\s+)?grounds\s+of|citing|following
          |after(?!\s+(?:\d|the\s+(?:first|last|end)|(?:\w+\s+)?(?:weeks?|months?|years?|days?)\b))
          |by(?=\s+(?:a\s+)?decision\s+of\b)
          |for(?=\s+(?:lack|a\s+lack|futility|safety|reasons?|insufficient|poor|slow|strategic
            |business
            |commercial|efficacy|benefit|financial))
        )\b[,:]?\s+
      |\breasons?\b[^.;:,]{0,60}?\b(?:is|was|being)\s+(?:that\s+)?
      |\breasons?(?:\s+for\s+\w+)?\s*:\s*
      |\b(?:stopped|terminated|withdrawn|termination|discontinuation|stopping|withdrawal)\s*:\s*
      )(?P<reason>.+)"""
)
REASON_BEFORE = pattern(
    r"(?P<reason>[^.;]+?)(?:,[^,;]+,)?\s+(?:led|leading)\s+to\s+(?:the\s+)?(?:early\s+)?$"
)
REASON_ENDS = pattern(
    r"""[;.](?=\s|$) | ,\s+as\b | \s+as\s+(?:announced|reported|stated)\b | ,?\s+according\s+to\b
      | ,\s+(?:which|and\s+(?:is|was|the)|whereas|while|said|exact)\b
      | \s+(?:on|in)\s+(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\.?\s+)?(?:\d{1,2},?\s+)?(?:19|20)\d\d\W*$"""
)
BEGINNING = pattern(r"\b(?:start\w*|beg[aiu]n\w*|from|since|opened|initiated)\s+(?:\w+\s+){0,2}$")
"""Before a date: it is when something began."""
