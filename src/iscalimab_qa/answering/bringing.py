"""Does a unit bring the kind of thing that a question asks for?

A dose is asked for by its name and told by its unit; a date, a cause and a definition have
their own words. This looks at the form of a statement only, never at what it says.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.terms import names_in
from iscalimab_qa.evidence.figures.number_words import TENS, UNITS_AND_TEENS
from iscalimab_qa.evidence.wording.patterns import pattern
from iscalimab_qa.lexicon.tokens import tokenize


class _Measure(NamedTuple):
    """Words that ask for a kind of figure, and the form in which it is told."""

    asked: re.Pattern[str]
    told: re.Pattern[str]
    strict: bool = False
    """Whether nothing else will do; a dose may also be told by how many or how often."""
    also: re.Pattern[str] | None = None
    """Another form that answers it, if less well: so many of so many, a head that names it."""


_NUMBER_WORDS = "|".join([*UNITS_AND_TEENS, *TENS, "none", "no"])
_PEOPLE = r"(?:patients?|people|persons?|participants?|subjects?|recipients?|animals?|mice|rats)"
_COUNT = (
    rf"\b(?:\d+|{_NUMBER_WORDS})\s+(?:{_PEOPLE}\s+)?(?:\([^)]*\)\s*)?(?:out\s+)?\(?of\s+"
    rf"(?:the\s+|all\s+)?(?:\d+|{_NUMBER_WORDS})\b|\d\s?/\s?\d"
)
_ALL_OR_NONE = (
    rf"\b(?:none|nobody|no\s+{_PEOPLE}|(?:all|both)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?{_PEOPLE}"
    r"|did\s+not\s+occur)\b"
)
_NO_SUCH_ARM = r"\b(?:no|without)\s+(?:an?\s+)?(?:controls?|placebo|comparator|comparison)\b"
"""A share of an arm that was never there is answered by saying so."""

_MEASURED = (
    r"(?:mg|mcg|µg|ml|kg|g|years?|months?|weeks?|days?|hours?|minutes?|seconds?|h|points?|mm|cm|fold"
    r"|times)\b"
)
_NUMBERED = "".join(
    rf"(?<!\b{word}\s)" for word in ("week", "weeks", "day", "month", "year", "phase", "table")
)
_COUNTED = (
    rf"{_NUMBERED}(?<![\w.,–-])\d{{1,3}}(?:[,\s]?\d{{3}})*"
    rf"(?![\d.,]*\d|[-–]\d|[\s-]?{_MEASURED}|\w)"
)
"""A whole number that is no measure, no part of a range and no part of a name."""

_MEASURES = (
    _Measure(
        pattern(r"(?<![\w-])(?:milligrams?|(?-i:mg)|micrograms?|mcg)\b"),
        pattern(r"\d\s?(?:mg|[µμu]g|mcg|g|(?:milli|micro)?grams?)\b"),
        strict=True,
    ),
    _Measure(
        pattern(r"\b(?:dos(?:e|es|age)|how\s+much\s+(?:drug|was\s+given))\b"),
        pattern(r"\d\s?(?:mg|µg|mcg|ng|g|iu|u|ml)\b"),
    ),
    _Measure(
        pattern(r"\b(?:per\s?cent(?:age)?|proportion|share\s+of)\b"),
        pattern(r"\d\s?(?:%|per\s?cent)|\b(?:half|third|quarter)s?\b"),
        strict=True,
        also=pattern(
            rf"{_COUNT}|{_ALL_OR_NONE}|{_NO_SUCH_ARM}|(?:\(|,\s*)%|\bper\s?cent(?:age)?\b"
        ),
    ),
    _Measure(
        pattern(r"\bp[- ]?values?\b"),
        pattern(r"\bp\s?[<>=≤≥]"),
        strict=True,
        also=pattern(r"\bp[- ]?(?:values?)?\b(?=(?:.|\n)*?(?<!\d)0?[.,]\d)|\(p\s+0?[.,]\d"),
    ),
    _Measure(pattern(r"\bsignifican"), pattern(r"\bp\s?[<>=≤≥]")),
    _Measure(pattern(r"\bconfidence\s+interval|\bci\b"), pattern(r"\bci\b|\[\s?-?\d")),
    _Measure(
        pattern(r"\bhow\s+(?:long|old|often|far\s+back)\b|\bduration\b|\bages?\b|\bhalf-li"),
        pattern(
            r"\d[\s-]*(?:years?|months?|weeks?|days?|hours?|h|min)\b|every\s+\w+\s+(?:week|day)"
        ),
    ),
    _Measure(
        pattern(rf"\bhow\s+many\s+(?!{_MEASURED})"),
        pattern(
            rf"{_COUNTED}|{_COUNT}|\bn\s?=\s?\d|\d\s?(?:%|per\s?cent)"
            rf"|\b(?:{_NUMBER_WORDS}|nobody|all|both|single|once|twice)\b"
        ),
        strict=True,
        also=pattern(r"\b(?:did|does|do)\s+not\b"),
    ),
)
"""Tried in order; a question for another figure is answered by any."""

_PREDICATE = pattern(r"\b(?:is|are|was|were)\s*$")
_VALUE = re.compile(r"\d\s?%|\d\.\d|\b\d+\s+of\s+\d+")
_ANY_FIGURE = re.compile(r"(?<![A-Za-z-])\d")
_NUMBER_WORD = pattern(
    r"\b(?:no|none|nobody|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third)\b"
)
_UNCOUNTED = pattern(
    rf"""\b(?: {_NUMBER_WORDS} | all | both | single | dozens? | once | twice | doubled? | halved?
         | (?:bi)?(?:dai|week|month|year)ly | every\s+(?:other\s+)?\w+
         | (?:did|does|do)\s+not )\b"""
)
"""How many, how much and how often, told without a figure."""

_DATE = pattern(r"\b(?:19|20)\d\d\b | \b(?:week|month|day|year)s?\b")
_CAUSE = pattern(
    r"""\b(?: because | due\s+to | owing\s+to | since(?!\s+\d) | reasons? | as\s+a\s+result
          | led\s+to
          | put\s+down\s+to | (?:is|was|are|were)\s+explained\s+by | explains? | accounts?\s+for
          | blame[ds]? | ascribed | responsible\s+for | (?:which|that|this)\s+is\s+why
          | (?:comes?|came)\s+from | caused? | thereby | so\s+that | in\s+order\s+to
          | after\s+an?\b | in\s+view\s+of | in\s+(?:the\s+)?light\s+of | on\s+account\s+of
          | on\s+(?:the\s+)?grounds | thanks\s+to | prompted | driven\s+by | attribut
          | stem(?:s|med)\s+from | follow(?:s|ed|ing)\s+an?\b | given\s+(?:that|the)\b
          | so\s+as\s+to | for\s+(?:fear|(?:lack|want)\s+of)\b | too\s+\w+\s+to\b
          | to\s+(?:avoid|prevent|protect|spare|keep|rule\s+out)\b | therefore\b | hence\b | thus\b
          | as\s+(?:the\s+)?(?:[\w'’-]+\s+){0,3}?(?:is|are|was|were|has|have|had|do|does|did
              |could|can|took|went|gave)\b )
       | ,\s+for\s+(?:the|an?|it|they|its|this|these|those|there|no|most|all)\s
       | ,\s+so\s+(?!far|on|called)\w"""
)
_DEFINITION = pattern(
    r"\b(?: (?:is|are|was)\s+(?:an?|the|one) | defined\s+as | refers?\s+to | stands?\s+for"
    r" | known\s+as | code\s+(?:name\s+)?of )\b"
)
_DETAIL = (
    r"(?:dos(?:e|es|age)|prices?|costs?|values?|figures?|numbers?|percentages?|proportions?|rates?"
    r"|intervals?|results?|data|information|details?|reasons?|explanations?|dates?|outcomes?|scores?"
    r"|estimates?|mention|description|names?|comparisons?)"
)
"""What a source may leave out; "no infection was reported" tells that there was none."""

_ABSENT = pattern(
    rf"""\b(?: not\s+(?:given|stated|reported|read|available|described|specified
           |known(?!\s+to\b)|found(?!\s+(?:in|on|among|at|after|to)\b))
         | (?:data|results?|figures?|values?|details)\s+(?:(?:was|were|is|are)\s+)?not\s+shown
         | no\s+(?:\w+\s+){{1,5}}(?:was|were|is|are)\s+(?:stated|read|available)
         | no\s+(?=(?:\w+\s+){{0,4}}{_DETAIL}\b)(?:\w+\s+){{1,5}}(?:was|were|is|are)
           \s+(?:given|reported|found)
         | cannot\s+be\s+(?:told|read|found) )\b"""
)
_CONCEDED = pattern(r"(?:,?\s+(?:even\s+)?(?:though|although|albeit|while|whereas)|;)\s+[^.;]*\.?$")
_OF_A_KIND = {
    "reason": pattern(r"\b(?:reasons?|explanations?|causes?|why)\b"),
    "time": pattern(r"\b(?:dates?|years?|time|when)\b"),
    "number": pattern(rf"\b(?:{_DETAIL}|dat(?:a|um))\b"),
}
"""What a clause says to be missing, by what is asked for: "no reason was given"."""
_ASKS_WHETHER_SAID = pattern(
    r"\b(?:report|stat|explain|giv|post|publish|access|disclos|known|missing|lack|trustworth|reliab"
    r"|limit|weakness|shortcoming|caveat)"
    r"\w*\b"
)
_SPELLING_OUT = pattern(r"\b(?:stands?\s+for|abbreviat\w+|acronym|short\s+for)\b")
_SHORT_FORM = re.compile(r"(?<![\w-])[\w-]*[A-Z][\w-]*[A-Z][\w-]*")


def brings(question: Question, text: str) -> bool:
    """Whether a statement has the form of what is asked for.

    Always False for questions that ask for no particular form, so that it never tells
    their statements apart; and for a statement that the thing asked for is not stated.
    """
    if _ABSENT.search(text):
        return False
    match question.expects:
        case "number":
            return _brings_figure(question.own, text)
        case "time":
            return bool(_DATE.search(text))
        case "reason":
            return bool(_CAUSE.search(text))
        case "definition":
            spelt = _spells_out(question, text)
            return spelt or (not _SPELLING_OUT.search(question.text) and _defines(question, text))
        case _:
            return False


def _spells_out(question: Question, text: str) -> bool:
    """Whether a statement writes the question's short form out: "UPCR: urine ...", "... (UPCR)"."""
    shorts = "|".join(map(re.escape, _SHORT_FORM.findall(question.text)))
    return bool(
        shorts and re.search(rf"(?<![\w-])(?:{shorts})\s*[:=]\s+\w|\w\s+\((?:{shorts})\)", text)
    )


def _defines(question: Question, text: str) -> bool:
    """Whether a statement says what something is, and that something is what is asked about.

    It is called by its name, or by another one: "Tolimab is an antibody" tells what TL-12 is.
    """
    found = _DEFINITION.search(text)
    before = text[: found.start()] if found else ""
    return not set(question.terms).isdisjoint(tokenize(before)) or bool(names_in(before))


ASKS_FORM = frozenset({"number", "time", "reason", "definition"})
"""What is expected in a form that can be seen."""


def lacks(question: Question, text: str) -> bool:
    """Whether a form is asked for that a statement does not have; never where none is."""
    return question.expects in ASKS_FORM and not brings(question, text)


def says_absent(question: Question, text: str) -> bool:
    """Whether a statement says that what is asked for is not stated.

    Where the question is whether something is stated, that is an answer.
    """
    asks_for_it = question.expects != "decision" and not _ASKS_WHETHER_SAID.search(question.own)
    absent = _ABSENT.search(_without_conceded(question, text))
    if not asks_for_it or not absent:
        return False
    # What is lacking may be one detail of a statement that gives its value.
    said_of_all = absent.start() == 0 or _PREDICATE.search(text[: absent.start()])
    return bool(said_of_all) or not _VALUE.search(text)


def _without_conceded(question: Question, text: str) -> str:
    """Drop a last clause that concedes a lack ("though no effect size was read").

    It is about something else than the statement, unless the question shares a word with it, or
    asks for what it names: "; no reason was given".
    """
    conceded = _CONCEDED.search(text)
    if not conceded or set(question.terms) & set(tokenize(conceded[0])):
        return text
    kind = _OF_A_KIND.get(question.expects)
    if conceded[0].startswith(";") and kind and kind.search(conceded[0]):
        return text
    return text[: conceded.start()]


def must_bring(question: Question, text: str) -> bool:
    """Whether a statement has the kind of figure that a question names; True if it names none.

    "What percentage" is not answered without a percentage, however near the statement is.
    """
    strict = (measure for measure in _MEASURES if measure.strict)
    named = next((each for each in strict if each.asked.search(question.own)), None)
    if named is None:
        number = question.expects == "number"
        return not number or _has_figure(text) or bool(_UNCOUNTED.search(text))
    return bool(named.told.search(text) or (named.also and named.also.search(text)))


def _brings_figure(question: str, text: str) -> bool:
    for measure in _MEASURES:
        if measure.asked.search(question):
            return bool(measure.told.search(text))
    return _has_figure(text)


def _has_figure(text: str) -> bool:
    return bool(_ANY_FIGURE.search(text) or _NUMBER_WORD.search(text))
