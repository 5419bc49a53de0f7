"""Is a person asking about their own treatment? A library of papers must not answer that.

A researcher says "I" and "we" as well: of tables, of mice, of what to read. A question is about
a person's treatment when the one who asks would be given the drug, or somebody of theirs.
"""

from __future__ import annotations

from dataclasses import replace

from iscalimab_qa.answering.topic import topic_of
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.values import Notice
from iscalimab_qa.evidence.wording.patterns import pattern

_MODAL = r"(?:should|can|could|may|might|must|shall|would|do|will|ought)"
_WORK = (
    r"(?:tables?|figures?|papers?|articles?|reviews?|abstracts?|sources?|citations?|references?"
    r"|datas?e?t?s?|results?|ratios?|values?|answers?|questions?|terms?|words?|search\w*|texts?"
    r"|pdfs?|reports?|thes[ie]s|projects?|manuscripts?|protocols?|assays?|cytometry|stain\w*"
    r"|cells?|mice|mouse|rats?|monkeys?|animals?|models?|in\s+vitro|samples?|comparators?|compounds?"
    r"|stud(?:y|ies)|experiments?|analys[ie]s|meta-analys[ie]s|cohorts?|librar(?:y|ies)|tools?"
    r"|goats?|sheep|lambs?|cattle|cows?|calves|calf|pigs?|piglets?|horses?|mares?|foals?|chickens?|hens?"
    r"|poultry|livestock|herds?|flocks?|fish|bees|slaughter|milking|crops?|fields?|soils?|plots?|plants?"
    r"|seedlings?|barley|wheat|maize|harvest\w*"
    r"|intervals?|names?|numbers?|used\s+in|used\s+for|given\s+in|reported\s+in)"
)
"""What a researcher takes, uses, gets or gives, and what a farmer keeps."""

_TAKES = (
    r"(?:tak(?:e|ing)|switch\w*|stop\w*|start(?!\s+with\s+(?:the|an?)\b)\w*|skip\w*|inject\w*|infus\w*|be\s+(?:on|treated|given)"
    r"|come\s+off|go\s+on|leave\s+out|us(?:e|ing)|get|try|have(?!\s+(?:been|\w+ed)\b)|give|increase|reduce|lower|double"
    r"|combine|mix|join|enrol\w*|ask\s+(?:for|my)|(?:be\s+)?worr(?:y|ied)|wait|avoid|prescribe|drink|eat|drive|travel"
    r"|breast-?feed|conceive|become\s+pregnant"
    r"|need(?!\s+to\s+(?:know|read|cite|look|see|understand|ask|use)))"
)
_CARE = pattern(
    r"""\b(?: should | can | could | may\s+i | must | ought | safe | dangerous | harmful | advis\w+
          | recommend\w* | suitable | options? | how\s+much | help\w* | needs? | what\s+now
          | better | best | good | right | eligible | would | will | work | worr\w+
          | (?:which|what|right|best)\s+(?:\w+\s+){0,2}?(?:dos(?:e|es|age)|treatment|drug) )\b"""
)
"""Words that ask for care; they say so only beside words on somebody's own person."""

_KIN = (
    r"(?:mother|father|mum|mom|dad|wife|husband|partner|son|daughter|child(?:ren)?|kids?|baby"
    r"|brother|sister|friend|nephew|niece|aunt|uncle|grand\w+|boy|girl"
    r"|patients?(?!\s+(?:cohort|population|data|regist|group|sample)))"
)
_OWN = pattern(
    rf"""\bmy\s+(?!(?:\w+\s+)?(?:{_WORK}|work|understanding|reading|colleagues?|lab|notes?
          |supervisor|professor|classmates?|teachers?|tutors?|editors?|essay|thesis|talk|lecture
          |presentation|students?|team|group|company
          |hypothes[ie]s|opinion|knowledge|view|mind|boss|class|course|homework)\b)\w
      | \bour\s+(?:\w+\s+)?{_KIN}\b
      | \bi\s+have\s+an?\s+(?:\S+\s+){{0,2}}?patient\b
      | \bi(?:'m|’m|\s+am|\s+was|'ve\s+been|’ve\s+been|\s+have\s+been)\s+(?:\w+\s+)?
         (?:pregnant|breast-?feeding|diagnosed|taking|on(?!\s+(?:the|an?|my)\b)|treated\s+with
           |prescribed|ill|sick)\b
      | \bi\s+(?:take|took|takes|suffer\w*|got\s+(?!the\b|data\b)|inject(?:ed)?)\b
      | \bi(?:\s+have|'ve|’ve|\s+had)\s+(?:(?:had|got)\s+)?+(?!(?:just\s+|also\s+|already\s+)?
         (?:read|seen|heard|found|been|looked|written|asked|tried|learnt|learned|thought|hoped
           |expected|assumed|believed|come|to|no|some|any|several|many|two|three|\d+|(?:a|an|the|another|one|this)\s+(?:\w+\s+)?
           (?:{_WORK}|question|idea|doubt|hypothesis))\b)\w"""
)
"""Somebody's own body, kin or patient: "my kidney", "our son", "I have lupus"."""

_OF_HEALTH = pattern(
    rf"""\b(?: {_KIN} | i\s+(?:have|take|took|got|suffer\w*|inject\w*)
          | i(?:'m|’m|\s+am|\s+was)\s | doctors? | clinicians? | nurses? | health | medic\w+
          | drugs? | treat\w* | therap\w+ | dos(?:e|es|age|ing) | mg | infus\w+ | inject\w*
          | tablets? | pills? | drip | vaccin\w+ | surgery | operation | transplant\w*
          | symptoms? | pains? | disease | disorder | syndrome | illness | condition
          | side\s+effects? | pregnan\w+ | blood | immune | body | skin | eyes? | kidneys? | liver
          | heart | lungs? | joints? | muscles? | brain | stomach | hair | bones? | lupus
          | diabetes | sj[oö]gren\S* | cancer | cataracts? | eczema | migraines? | MS | RA | graves
          | \w*(?:itis|osis|a?emia|pathy|oma|asthma|asthenia|stroke|iasis|plegia)
          | \w+(?:mab|nib|cept|statin|limus|pril|sartan|cillin) )\b"""
)
"""Words of illness and its treatment: "my bicycle" has none of either."""

_ASKS = pattern(
    rf"""\b(?:{_MODAL}\s+i|i\s+(?:should|could|can|may|must|ought\s+to))
         \s+(?:(?:to|still|also|ever|just|now|safely|really|\w+ly|be\s+able\s+to|want\s+to)\s+){{0,2}}
         {_TAKES}\b(?!.{{0,80}}\b{_WORK}\b)
      | \bshould\s+(?:he|she)\s+{_TAKES}\b(?!.{{0,80}}\b{_WORK}\b)
      | \bshould\s+(?:we|i)\b.{{0,80}}\bthis\s+(?:\w+\s+)?patient\b
      | \bwhat\s+(?:should|can|must|do|would)\s+(?:i|you)\s+do\b(?!\s+with\b)
      | \bwould\s+you\s+(?:take|choose|use|have)\b(?!.{{0,80}}\b{_WORK}\b)
      | \bwe\s+are\s+(?:pregnant|expecting)\b
      | \b(?:should|can|may|must)\s+an?\s+\d+\s*-?\s*(?:kg|kilo\w*|years?)(?:[\s-]old)?
         \s+\w+\s+{_TAKES}\b
      | \bam\s+i\s+(?:better|eligible|allowed|at\s+risk|too|safe)\b
      | \b(?:safe|right|good|bad|ok|okay|dangerous|suitable|harmful|best|better|option|recommended)
         \s+(?:\w+\s+){{0,3}}?for\s+me\b(?!\s+to\s+(?:assume|say|cite|use|read|conclude)\b)
      | \b(?:help|treat|cure|hurt|harm|suit)\s+me(?=\s*(?:[?.!]|$)|\s+(?:feel|sleep|get\s+better))
      | \b(?:like\s+me|in\s+my\s+case|at\s+my\s+age)\b
      | \b(?:would|do|can|could)\s+you\s+(?:recommend|advise|suggest|prescribe)\b
         (?!.{{0,80}}\b(?:{_WORK}|read\w*)\b)
      | \b(?:advise|recommend)\s+me\b(?!.{{0,80}}\b(?:{_WORK}|read\w*)\b)"""
)
"""Questions on the asker's own treatment that need no other word to be told."""

TEXT = (
    "This is about a person's own treatment: ask the treating clinician. "
    "The library holds research papers and gives no advice."
)


def asks_for_advice(question: str) -> bool:
    """Whether a question is about the treatment of the person who asks, or of one they know."""
    of_own = _OWN.search(question) and _CARE.search(question) and _OF_HEALTH.search(question)
    return bool(_ASKS.search(question) or of_own)


MOST_CLOSEST = 2
"""Passages shown beside the advice to ask somebody else."""

OPENING = "Not in this library: it does not advise on a person's treatment."
CLOSEST = f"{OPENING} These passages come closest."


def without_advice(answer: Answer) -> Answer:
    """Say who can advise, and show no more than the closest passages.

    Who asks whether a drug is to be had learns how it ended.
    """
    asks_for_supply = topic_of(answer.standalone_question) == "availability"
    ends = [each for each in answer.notices if asks_for_supply and each.kind == "trial_status"]
    closest = answer.claims[:MOST_CLOSEST] if answer.verdict == "answered" else ()
    cited = {marker for claim in closest for marker in claim.citations}
    cited |= {marker for notice in ends for marker in notice.citations}
    kept = [each for each in answer.citations if each.marker in cited]
    markers = {each.marker: place for place, each in enumerate(kept, 1)}

    def renumbered(citations: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(markers[marker] for marker in citations)

    told = (replace(each, citations=renumbered(each.citations)) for each in ends)
    return replace(
        answer,
        verdict="not_found",
        claims=tuple(
            replace(each, citations=renumbered(each.citations), agreeing=(), retelling=())
            for each in closest
        ),
        citations=tuple(replace(each, marker=markers[each.marker]) for each in kept),
        notices=(Notice("advice", TEXT), *told),
        opening=CLOSEST if closest else OPENING,
    )
