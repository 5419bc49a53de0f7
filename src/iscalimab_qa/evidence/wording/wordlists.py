"""Everyday words of scientific prose by what they say: direction, negation, certainty."""

from __future__ import annotations

import re

from iscalimab_qa.lexicon.tokens import stem

_IRREGULAR = {
    "met": "meet", "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise",
    "led": "lead", "kept": "keep", "gave": "give", "given": "give", "bound": "bind",
    "became": "becom", "began": "begin", "came": "come", "went": "go", "took": "take",
    "taken": "take", "shown": "show", "found": "find", "grew": "grow", "grown": "grow",
    "held": "hold", "lost": "lose", "left": "leav", "saw": "see", "seen": "see", "won": "win",
    "lay": "lie", "died": "death", "die": "death", "dead": "death", "dies": "death",
    "differ": "differ", "different": "differ", "difference": "differ", "differed": "differ",
    "responder": "respons", "response": "respons", "respond": "respons", "responded": "respons",
    "responders": "respons", "responses": "respons", "deaths": "death", "halved": "halv",
}  # fmt: skip


def base(word: str) -> str:
    """Return a word's stem, irregular verbs and a few word families brought together."""
    lowered = word.lower()
    return _IRREGULAR.get(lowered) or stem(lowered)


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words.split())})(?![\w-])", re.IGNORECASE)


UP = _any(
    "increas(?:e|es|ed|ing) ris(?:e|es|en|ing) rose higher elevat(?:e|es|ed|ion)"
    " rais(?:e|es|ed|ing) grew grow(?:s|n|ing)? greater more larger longer upregulat\\w+"
    " enlarg\\w+ prolong\\w+ gain(?:s|ed)? climb(?:s|ed)? commoner taller faster accelerat\\w+"
)
DOWN = _any(
    "decreas(?:e|es|ed|ing) fall(?:s|en|ing)? fell lower(?:s|ed|ing)? declin(?:e|es|ed|ing)"
    " reduc(?:e|es|ed|ing|tion|tions) drop(?:s|ped|ping)? fewer less smaller shorter"
    " downregulat\\w+ diminish\\w* shrank shrunk shrink\\w* shorten\\w* halved los(?:s|t)"
    " slow(?:er|ed|s|ing)? rarer suppress\\w+ attenuat\\w+ lessen\\w*"
)
BETTER = _any(
    "improv(?:e|es|ed|ing|ement|ements) better ameliorat\\w+ superior(?:ity)?"
    " benefit(?:s|ed|ted|ing)? recover(?:y|ed|s) protect(?:s|ed|ive|ion)? effective"
    " favou?r(?:s|ed|able)? heal(?:s|ed|ing)?"
)
WORSE = _any(
    "wors(?:e|en|ens|ened|ening) deteriorat\\w+ inferior(?:ity)? harm(?:s|ed|ful)? aggravat\\w+"
    " damag(?:e|es|ed|ing)? ineffective"
)
DEGREE = _any("more less greater smaller larger")
"""Words that say how much of a change there was; by themselves they say more or less of it."""


def _pairs(lines: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in lines.strip().splitlines():
        sides = [set(side.split()) for side in line.split("|")]
        for side in sides:
            others = frozenset().union(*(other for other in sides if other is not side))
            for word in side:
                found[word] = found.get(word, frozenset()) | others
    return found


CONTRASTS = _pairs("""
low | high
early | late
single | multiple repeated
men male males boys | women female females girls
adults adult | children child paediatric pediatric
upper | lower
left | right
mild | moderate | severe
acute | chronic
untreated | treated
oral | intravenous | subcutaneous | topical | inhaled | intramuscular
daily | weekly | monthly
major | minor
minimum | maximum
positive | negative
randomised randomized | observational
prospective | retrospective
mean | median
internal | external
before | after
fasting | postprandial
soluble | insoluble
reversible | irreversible
primary | secondary
systolic | diastolic
any-cause | cardiovascular
retained kept preserved | lost
gained | lost
completed | terminated discontinued
approved accepted | rejected refused
included | excluded
resolved disappeared vanished | persisted
rarely seldom infrequently uncommonly | often frequently commonly
present | absent
passed | failed
mice rats mouse rat monkeys | patients participants volunteers humans
proximal | distal
anterior | posterior
""")
"""Words and their opposites or alternatives, where one in place of the other changes a finding."""
