"""The words by which results, harms, modes of action and limits are told; read by `telling`.

General English and the language of studies. No drug, trial or disease under study stands here.
"""

from __future__ import annotations

import re

from iscalimab_qa.evidence.wording.patterns import pattern


def _any_of(words: str) -> re.Pattern[str]:
    r"""Match any of some words, parted by blanks; a blank within one is written as `\s+`."""
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)


_OUTCOME = r"(?:end[\s-]?points?|outcomes?|measures?|goals?|aims?|objectives?)"
_AIM = rf"(?:(?:co-?)?primary|main|principal)\s+(?:efficacy\s+)?{_OUTCOME}"
_DECIDED = r"(?:me?ets?|reach(?:ed|es)?|achiev(?:ed|es)|miss(?:ed|es)|hit|fail(?:ed|s)?)"
_HOW = r"(?:not\s+|clearly\s+|narrowly\s+)*"

VERDICT = pattern(
    rf"""\b{_DECIDED}\s+(?:to\s+\w+\s+)?(?:(?:on|both|all|of)\s+)*(?:(?:its|the|their)\s+)*{_AIM}
      | \b{_AIM}\b[^.;]{{0,60}}?\b(?:was|were|is|been|be|not)\s+{_HOW}{_DECIDED}\b
      | \b(?:reached|met|achieved|missed)\s+(?:its|their)\s+{_OUTCOME}\b
      | \b{_AIM}\s+(?:failed|improved|did\s+not)\b | \bprimary\s+endpoint\s+met\b"""
)
"""Says whether an aim was reached."""

ON_AIM = pattern(rf"\b(?:for|on|of|in)\s+(?:the|its)\s+{_AIM}\b")

PLAN = pattern(
    rf"""\b(?: eligible | excluded | were\s+to | (?:was|is)\s+to | aim(?:s|ed)?\s+to | purpose\s+of
        | planned | measures | whether | will\s+be | unknown | hypothes\w+ | suggest\w*
        | as\s+its\s+primary | (?:started|began|ended|completed)\s+on
        | (?:was|were|is|are|be)\s+(?:measured|assessed|scored|defined|taken|stratified|examined
          |evaluated|compared|filled\s+in|graded)
        | (?:primary|secondary|main|other)\s+(?:\w+\s+)?{_OUTCOME}\b[^.;]{{0,60}}?
          \b(?:was|were|is|are|include\w*)\b(?!\s+{_HOW}(?:{_DECIDED}|significant|improved|better
          |higher|lower|lost|[\d−-]))
        | (?:was|were|is|are)\s+(?:an?\s+|the\s+)?(?:first\s+|key\s+)?(?:primary|secondary|main)
          \s+{_OUTCOME}
        | results\s+(?:of\s+.{{1,40}}\s)?(?:were|was|are)\s+posted | posted\s+results )\b
      | ^\W*(?:primary|secondary|other)\s*:"""
)
"""Says what is done or sought, and no result."""

DESIGN = _any_of(
    r"""randomi[sz]ed enrol\w+ recruited assigned allocated compar(?:ed|es|ing)\b.*\bwith given
    injected received (?:trial|study)\s+(?:of|that|in) phase\s+\d \d+\s+to\s+\d+\s+years"""
)
"""Says how a study was done; beside a verb of effect it may stand in a result."""

ANNOUNCES = pattern(
    rf"""\b(?:was|were|is|are)\s+(?:an?\s+|the\s+|one\s+of\s+the\s+)?(?:\w+\s+)?
        (?:co-?primary|primary|secondary|main)\s+{_OUTCOME}\W*$"""
)
"""Names an outcome and says nothing of it."""

SUPPORTIVE = _any_of(
    r"supportive explorator\w+ post[\s-]hoc secondary subgroups? sensitivity\s+analys\w+"
    r" benefit(?:t?ed)?\s+most"
)
"""Of a result beside the main one."""

EFFECT = _any_of(
    r"""improv\w+ reduc\w+ f[ae]ll(?:en|s)? r[io]sen? rose increas\w+ decreas\w+ lower(?:ed|s)?
    higher gain(?:ed|s)? declin\w+ drop(?:ped|s)? prolong\w* prevent\w* protect\w*
    respon(?:d|s)\w* remission relaps\w+ surviv\w+ reject\w+ recover\w* effica(?:cy|cious)
    effective\w* superior inferior (?:un)?differ(?:ed|s|ence)? separat\w+ shr[aiu]nk\w* lessen\w*
    cured? heal(?:ed|s)? success\w* fewer greater better worse slow(?:ed|s) preserv\w+
    normali[sz]\w+ respective(?:ly)? change[sd]? effects? benefit\w* controlled overt(?:ook|aken)
    (?:rates?|ratio)\s+(?:was|were|of)"""
)
COMPARES = _any_of(
    r"""than versus vs against compared relative\s+to placebo sham control difference untreated
    and\s+(?:by\s+)?-?\d[\d.,]*"""
)
VALUE = pattern(
    r"""\d\s?% | \d\.\d | \b\d+\s+(?:of|out\s+of)\s+\d+ | \bp\s?[<>=≤≥] | \d\s?/\s?\d
      | (?<![\w)])[-−–]\d
      | \d\s+(?:points?|m[lmg]|words?|days?|weeks?|months?|patients?)\b"""
)
NO_ESTIMATE = pattern(r"\bp\s?[<>=≤≥]\s?[\d.]+ | \d[\d.,]*\s?(?:mg|µg|g|ml)\b(?:/kg)?")
"""Figures that tell no size of an effect: a p value, a dose."""

DECIDES = pattern(
    r"""\b(?: significan\w+ | no\s+(?:significant\s+)?difference | (?:did|does)\s+not\s+differ
        | superior | non-?inferior | inferior | separated | no\s+better | not\s+better | no\s+effect
        | beat )\b | \bp\s?[<>=≤≥]"""
)
HARM = _any_of(
    r"""adverse side[\s-]effects? tolera(?:ted|bility|nce) toxic\w* deaths? died infections?
    reactions? bleed\w* haemorrhag\w* thrombo\w+ serious\s+events? safe(?:ty|ly)? harm\w*
    malignan\w+ injur\w+ withdr[ae]w\w*\s+(?:because|due|for|owing) suicid\w* hospitali[sz]ed
    vomit\w* nausea headache fell\s+(?:on|off|down) falls broke fractur\w+ strokes? seizures?
    anaphyla\w+ arrhythmi\w+ candid\w+ pneumonia dizziness diarrh\w+ fever fatigue rash
    frightened bitten"""
)
UNWANTED = _any_of(
    r"""adverse side[\s-]effects? tolera(?:ted|bility) toxic\w* injection[\s-]site infections?
    safe(?:ty|ly)? (?:treatment|drug)[\s-]related"""
)
"""Words of safety alone; a death or a stay in hospital may be what a drug should prevent."""

INFECTED = _any_of(
    r"""infect(?:ions?|ed) pneumonia sepsis candid\w+ thrush herpes zoster shingles tubercul\w+
    influenza flu cytomegalovirus CMV BK\s+virus Epstein-Barr nasopharyngitis pharyngitis
    sinusitis bronchitis cellulitis abscess\w* urinary\s+tract conjunctivitis gastroenteritis
    COVID\S* adenovirus cryptosporidi\w+ hepatitis\s+[A-E] meningitis encephalitis fung(?:al|us)
    bacteri\w+"""
)
ACTS = _any_of(
    r"""bind(?:s|ing)? bound block(?:s|ed|ing)? inhibit(?:s|ed|ing|ors?|ion)
    prevent(?:s|ing)(?=.*\b(?:bind|signal|from)) neutrali[sz]\w+ interrupt\w* antagoni\w+
    agoni\w+ activat(?:es|ed|ing) suppress(?:es|ed)? stimulat\w+ slows?
    (?:antibody|directed)\s+(?:against|to) interfer\w+ signal\w* deplet\w+ makes? lowers?
    releases? forms?"""
)
TARGET = pattern(
    r"""\b(?: bind(?:s|ing)?\s+(?!un) | bound\s | (?:antibody|directed)\s+(?:against|to) | anti-\w+
        | (?:inhibitor|(?:ant)?agonist|blocker|activator)s?\s+of
        | (?:block|inhibit|prevent|neutrali[sz]e|interrupt)(?:s|ed|ing)?\s+(?:the\s+)?
          (?:[\w-]+\s+){0,3}?(?:signal\w*|binding|receptors?|pathway|release|interaction|enzyme
          |activity)
        | signal\w+\s+(?:through|via|by) )"""
)
"""Says what something acts on, and not just what comes of it."""

LIMITS = _any_of(r"limit(?:s|ations?) caveats? weakness(?:es)?")
DOUBTS = _any_of(
    r"""confound\w* bias(?:ed|es)? generali[sz]\w+ underpowered
    cannot\s+be\s+(?:excluded|ruled\s+out) may\s+not\s+(?:hold|apply)"""
)
LIMITING = _any_of(
    r"""limited cannot may\s+(?:not|have) only self-reported (?:too\s+)?(?:short|small|few) no\s+\w+
    not\s+(?:\w+\s+){0,3}(?:examined|measured|studied|tested|assessed|blinded|followed)"""
)
NOT_GIVEN = pattern(
    r"""\bno\s+(?:\w+\s+){0,3}(?:data|interval|figures?|results?)\b.*\b(?:given|available|read
        |reported)\b
      | \bas\s+far\s+as\b | \bno\s+(?:efficacy|safety)\s+data\b | \bsays\s+nothing\b
      | ^\W*(?:our|the|this)\s+(?:trial|study)\s+has\s+(?:some\s+|several\s+)?limit"""
)
"""Says what a source does not tell."""

RESULTS_HEAD = _any_of(r"efficacy results? findings outcomes? effects? response conclusions?")
SAFETY_HEAD = _any_of(r"safety adverse harms? tolerability side[\s-]effects? reactions? toxicity")
BESIDE_HEAD = _any_of(r"pharmaco\w+ mechanisms? biomarkers? subgroups? supportive")
PLAN_HEAD = _any_of(
    r"""methods? design participants? patients\s+and (?<!from\s)(?<!to\s)baseline eligibility
    background introduction status arms\s+and"""
)
"""Headings and captions; a unit's nearest one counts."""
