"""Does a statement hold a thing of the kind that a question asks for?

"Which receptor", "on which chromosome" and "how many months" are answered by a receptor, a
chromosome and a time. This looks at the shape in which such things are written, never at a list
of answers; it is loose, since to refuse a right answer is worse than to pass a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from iscalimab_qa.answering.times_asked import asks_for_time, tells_time
from iscalimab_qa.evidence.figures.number_words import SCALES, TENS, UNITS_AND_TEENS

_Test = Callable[[str, str], bool]
"""Whether a statement holds an instance; the question comes first, the statement second."""


_Asks = Callable[[str], object]
"""Whether a question asks for a kind, by the truth of what is returned."""


class _Kind(NamedTuple):
    is_asked: _Asks
    is_held: _Test


def holds_kind(question: str, text: str) -> bool | None:
    """Whether a statement holds a thing of a kind that a question names; None if it names none.

    A reply that there is none, that it is not known, or that "it did not" will do for any kind.
    """
    asked = [kind for kind in _KINDS if kind.is_asked(question)]
    if not asked:
        return None
    return bool(_REPLY.search(text)) or any(kind.is_held(question, text) for kind in asked)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


_REPLY = _pattern(
    r"""\b(?:none|neither|unknown|unclear|unidentified)\b
      | \bnot\s+(?:\w+\s+){0,2}(?:known|identified|established|determined|understood|found)\b
      | ^\W*(?:it|they|he|she|this|that|these|those)\s+(?:did|does|do|was|were|is|has|have|had|can
        |could|will|would|must|should)(?:\s+not|n['’]t)\b"""
)


# How a kind is asked for.

_VERB = (
    r"(?:is|are|was|were|be|been|do|does|did|has|have|had|can|could|may|might|must|will|would"
    r"|should|binds?|encodes?|causes?|mediates?|makes?|cleaves?|breaks?|carries|carry|lies?|holds?"
    r"|ran|runs?|began|took|saw|gave|made|rises?|falls?|peaks?|rose|fell|leads?|drives?|underl\w+"
    r"|controls?|helps?|serves?|acts?|plays?|digests?|degrades?|converts?|codes?|(?!substr|isol)\w+ates"
    r"|\w+(?:duces|[iy][sz]es|ises)|\w+ed)"
)
_PREPOSITION = (
    r"(?:of|in|on|for|from|to|by|with|at|as|and|or|that|which|the|an?|it|they|you|its|their)"
)


def _asks(text: str) -> _Asks:
    return _pattern(text).search


def _which(kind: str) -> _Asks:
    """Ask for a kind as a head: "which receptor does", and not "which receptor blocker was"."""
    return _asks(
        rf"""\b(?:which|what)\s+(?:(?:is|are|was|were)\s+the\s+)?(?:(?!of\b|{_VERB}\s)[\w'’-]+\s+){{0,2}}?(?:{kind})
             (?=\W*$|[,;?]|\s+(?:{_VERB}|{_PREPOSITION})\b)"""
    )


def _value_of(kind: str) -> _Asks:
    """Ask for a kind that is a value: "what temperature", "what was its half-life"."""
    return _asks(
        rf"""\b(?:which|what)\s+(?:is|are|was|were)?\s*(?:(?:the|its|their)\s+)?
             (?:(?!of\b)[\w'’-]+\s+){{0,3}}?(?:{kind})\b"""
    )


# How an instance is told.


def _told(*patterns: str) -> _Test:
    """Demand that each of some forms stands in the statement, in any order."""
    compiled = [_pattern(each) for each in patterns]
    return lambda _, text: all(each.search(text) for each in compiled)


def _or(*tests: _Test) -> _Test:
    return lambda question, text: any(test(question, text) for test in tests)


def _new(names: Iterator[str], question: str) -> bool:
    """Whether there is a name that the question does not hold itself."""
    asked = frozenset(re.findall(r"[\w-]+", question.lower()))
    return any(name.lower() not in asked for name in names)


_SYMBOL = re.compile(
    r"(?<![\w-])(?![A-Z][A-Za-z]*V(?:s|[-\s]?\d+)?\b)(?!(?:[DR]NA|PCR|ELISA|WHO|MRI|CI|OR|HR|RR|SD"
    r"|AIDS|COVID|SARS|MERS|II|III|IV)\b)(?=[\w-]*[A-Z])(?=[\w-]*(?:\d|[A-Z][\w-]*[A-Z]))"
    r"[A-Za-zα-ω][\w-]+"
)
"""A name with two capitals, or a capital and a digit, as molecules have; not one that ends in V,
as viruses do."""


def _symbol(question: str, text: str) -> bool:
    return _new((found[0] for found in _SYMBOL.finditer(text)), question)


_GREEK = r"\b(?:alpha|beta|gamma|delta|epsilon|zeta|kappa|lambda)\b|[α-ω]"

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_COMMON = (
    r"(?:The|This|That|These|Those|It|They|We|In|On|At|By|For|From|Of|To|As|An?|All|Both|Each|Our|Its"
    r"|Their|There|When|While|After|Before|During|Since|However|Although|Also|Some|Most|Many|Other"
    r"|Table|Figure|Fig|Phase|Week|Day|Group|Study|Trial"
    r"|\w+(?:tion|ment|ity|ness|ing|ly|ents|ants|ies|ions|ers))"
)
_PROPER = re.compile(
    rf"(?<![\w-])(?!(?:{_MONTH}|{_COMMON})\b)(?:[A-Z][\w'’-]*[a-z]{{2,}}|(?:U\.?[SK]\.?A?|UAE|EU)\b)"
)
"""A word with a capital that is no month, and no word that commonly begins a sentence."""


def _proper_name(question: str, text: str) -> bool:
    return _new((found[0] for found in _PROPER.finditer(text)), question)


_NUMBERS = [each for each in (*UNITS_AND_TEENS, *TENS, *SCALES) if each not in {"zero", "one"}]
_FIGURE = (
    rf"\d|\b(?:{'|'.join(_NUMBERS)}|dozens?|twice|thrice|half(?!-)|third|quarter|doubled?|tripled?"
    r"|zero|several|few|couple)\b"
)
_ANY_NUMBER = rf"{_FIGURE}|\b(?:an?|one|single|no|every|each|per|whole|many)\b"


def _unit(words: str) -> str:
    """Match a unit as a word, or right behind a digit ("14h")."""
    return rf"(?:(?<![A-Za-z])(?:{words}))(?![A-Za-z])"


_TIME_UNIT = _unit(
    r"sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?|mos?"
    r"|years?|yrs?|decades?|centur(?:y|ies)|ms|msec|milliseconds?|quarters?|semesters?|seasons?"
    r"|(?<=\d)\s?[hsdy]|(?<=[\d\s(])[hsd](?=[\s).,;:])"
)
_LENGTH_UNIT = _unit(
    r"(?:kilo|centi|milli|micro|nano)?met(?:re|er)s?|[kcmnµμ]?m|(?:ang|ång)stroms?|Å|inch(?:es)?|feet"
    r"|foot|ft|miles?|yards?|kb|bp|base\s+pairs?|nucleotides?|amino\s+acids?|residues|pages?|words?"
)
_WEIGHT_UNIT = _unit(
    r"(?:kilo|milli|micro|nano)?gram(?:me)?s?|[kmµμn]?g|mcg|kgs|lbs?|pounds?|ounces?|oz|stones?"
    r"|tonn?es?|tons?"
)
_VOLUME_UNIT = _unit(
    r"(?:milli|micro|deci)?lit(?:re|er)s?|[mµμdc]?l|cc|cm3|gallons?|pints?|cups?|glass(?:es)?"
    r"|(?:tea|table)?spoon\w*|drops?|units?"
)
_ENERGY_UNIT = _unit(r"k?cals?|(?:kilo)?calories?|k?J|(?:kilo)?joules?")

_DURATION = _or(
    _told(_TIME_UNIT, _ANY_NUMBER),
    _told(
        r"""\b(?:(?:bi-?)?(?:hour|dai|night|week|fortnight|month|quarter|year|annual)ly|annual|overnight
          |until|till|forever|indefinite\w*|life-?(?:long|time|times)|for\s+life|permanent\w*|always
          |never|throughout|at\s+once|no\s+(?:time|limit|delay)
          |since|(?:19|20)\d\d)\b"""
    ),
)
"""A time, or a word for how long; loose, since a time is told in many ways."""

_HOW_MUCH_OF = r"\d\s?%|\b(?:percent|per\s+cent|twice|half(?!-)|third|times|\w*fold)\b"

_TIME_IN_UNITS = _or(
    tells_time,
    _told(
        r"\b(?:until|forever|indefinite\w*|life-?(?:long|time)|for\s+life|permanent\w*|overnight"
        r"|(?:dai|week|month|year)ly|annual)\b"
    ),
)
_DATE = _told(
    r"\b(?:not|never|no|yet)\b"
    rf"|\b(?:1[5-9]|20)\d\d s?\b|\b{_MONTH}\b|\b\d{{1,2}}[./-]\d|['’]\d\ds?\b"
    r"|\b(?:ago|last|this|next|same|following|previous)\s+(?:\w+\s+)?(?:year|month|week|decade)"
    r"|\bago\b|\bcentur|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?:day|week|month|year)s?\s+\w+|\b\w+\s+(?:day|week|month|year)\b"
)
_PRICE = _told(
    r"""[$€£¥₹]|\b(?:dollars?|euros?|pounds?|sterling|francs?|rupees?|yen|yuan|pesos?|rand|reais
        |cents?|pence|crowns?|krone[rn]?|US[D$]|EUR|GBP|CHF|INR|JPY|CNY|RMB|AUD|CAD)\b
      | \b(?:free|cheap\w*|expensive|costly|inexpensive|no\s+(?:charge|cost)|without\s+charge
        |reimburse\w*|twice|half|times|\w*fold|million|billion)\b
      | \bcosts?\s+(?:\w+\s+){0,3}\d"""
)
_TEMPERATURE = _told(
    r"""[°º˚℃℉]|\bdegrees?\b|\d\s?[CFK]\b|\b(?:Celsius|Fahrenheit|Kelvin|room|ambient|refrigerat\w*
        |fridge|freez\w*|frozen|boil\w*|ice|cold|cool\w*|chill\w*|warm\w*|hot|heat\w*|fever\w*)\b"""
)
_PLAIN_FIGURE = _told(_FIGURE)
_SIZE = _or(
    _told(f"{_LENGTH_UNIT}|{_HOW_MUCH_OF}", _ANY_NUMBER),
    _told(r"\b(?:halfway|everywhere|no\s+further|all\s+the\s+way)\b"),
)

_ENZYME = _pattern(
    r"""\b(?!(?:disease|increase|decrease|phase|release|base|case|database|phrase|purchase|chase|ease
        |grease|lease|please|erase|interphase|showcase)s?\b)\w{2,}ases?\b
      | \b(?:enzym\w+|cytochromes?|\w*(?:psin|thrombin|plasmin|renin|furin|papain|zyme))\b"""
)
_KINDS = (
    _Kind(
        _which(r"(?:co-?)?receptors?"),
        _or(
            _symbol,
            _told(
                r"""\b(?:(?:co-?)?receptors?|integrins?|\w*lectins?|sial\w+|\w*glycans?|glyco\w+
                    |gangliosides?|heparan\w*|immunoglobulin\w*|toll\w*|cadherins?|transporters?
                    |channels?|\w+agonists?|antigens?|clusters?\s+of)\b"""
            ),
        ),
    ),
    _Kind(
        _which(r"genes?"),
        _or(
            _symbol,
            _told(_GREEK),
            _told(
                r"\b(?!(?:the|an?|this|that|which|of|single|one|its|their|same)\b)[\w-]+\s+genes?\b"
            ),
            _told(
                r"\bgenes?\s+(?:for|encoding|coding|called|named|of)\b|\b\w+globin\b|(?-i:\b[a-z]{3}[A-Z]\b)"
            ),
        ),
    ),
    _Kind(
        _which(r"chromosomes?"),
        _told(
            r"""\bchromosomes?\s+(?:\d|[XY]\b|[IVX]+\b|number|pair|no\b|one\b|two|three|four|five|six
                |seven|eight|nine|ten|\w+teen|twelve|eleven|twenty)|\b(?:\d{1,2}|[XY])[pq]\d*
              | \b(?:autosom\w+|mitochondri\w+|plasmid\w*|[XY][-\s]linked)\b
              | \b(?:[XY]|sex|first|second|third|\w+th)\s+chromosome"""
        ),
    ),
    _Kind(
        _which(r"enzymes?|proteases?|kinases?"),
        _or(_symbol, lambda _, text: bool(_ENZYME.search(text))),
    ),
    _Kind(
        _which(r"cytokines?|chemokines?|interleukins?"),
        _or(
            _symbol,
            _told(r"\b(?:inter(?:leukin|feron)s?|\w*kines?|tumou?r\s+necrosis|\w+\s+factors?)\b"),
        ),
    ),
    _Kind(
        _which(r"countr(?:y|ies)|cit(?:y|ies)|continents?|nations?|towns?|provinces?"),
        _or(
            _proper_name,
            _told(r"\b(?:worldwide|globally|international\w*|\w+\s+countr(?:y|ies))\b"),
        ),
    ),
    _Kind(
        _asks(
            r"""^\W*who\s+(?:(?:was|were|is|are)\s+(?:the\s+)?(?:first|author|inventor|discoverer|founder)
                \b(?!\s+to\s+(?:receive|get|be))
              | (?:first\s+)?(?:discovered|invented|wrote|authored|coined|founded|isolated
                |proposed|described|named|devised|patented|pioneered)\b)"""
        ),
        _or(
            _proper_name,
            _symbol,
            _told(
                r"""\b(?:Dr|Prof\w*|et\s+al|teams?|groups?|researchers?|scientists?|authors?|we|they|he
                    |she|colleagues?|compan(?:y|ies)|investigators?|laborator\w+|physicians?
                    |doctors?|by\s+an?\s+\w+)\b"""
            ),
        ),
    ),
    _Kind(
        _asks(
            r"""\bhow\s+(?:much|many\s+(?:dollars|euros|pounds))\b.*\b(?:cost|price[ds]?|paid?y?|charged?)\b
              | \bhow\s+(?:expensive|dear|costly)\b | \bwhat\b.*\bcosts?\W*$
              | \b(?:which|what)\s+(?:is|was|are|were)?\s*(?:the\s+)?(?:\w+\s+){0,2}prices?\b"""
        ),
        _or(_PRICE, _told(_HOW_MUCH_OF)),
    ),
    _Kind(asks_for_time, _TIME_IN_UNITS),
    _Kind(
        _value_of(r"half-li(?:fe|ves)"),
        _or(
            _told(_TIME_UNIT, _FIGURE),
            _told(r"\b(?:an?|one)\s+(?:day|week|month|hour|year)\b"),
            _told(r"\d\s?%|\b(?:twice|double\w*|\w+fold)\b"),
        ),
    ),
    _Kind(
        _asks(r"\bhow\s+long\s+(?!(?:is|was|are|were)\s+the\s+(?!treat|follow|trial|study|half))"),
        _or(_DURATION, _SIZE),
    ),
    _Kind(
        _value_of(r"(?:reproducti(?:on|ve)\s+(?:number|rate|ratio)|R0|R\(0\))"),
        _PLAIN_FIGURE,
    ),
    _Kind(
        _value_of(r"temperatures?(?!\s+(?:range|sens\w+))"),
        _or(_TEMPERATURE, _told(r"\d")),
    ),
    _Kind(_asks(r"\bhow\s+(?:hot|cold|warm)\b"), _TEMPERATURE),
    _Kind(
        _asks(
            r"\bhow\s+(?:tall|wide|deep|thick)\b|\bhow\s+many\s+(?:kilo|centi|milli)?(?:met(?:re|er)s?|miles|inches|feet)\b"
        ),
        _SIZE,
    ),
    _Kind(
        _asks(
            r"\bhow\s+heavy\b|\bhow\s+much\b.*\bweigh(?:ed|t)?\b|\bhow\s+many\s+(?:kilos?|kilograms?|kg|pounds)\b(?!\s+sterling)"
        ),
        _or(_told(_WEIGHT_UNIT, _ANY_NUMBER), _told(_HOW_MUCH_OF)),
    ),
    _Kind(
        _asks(r"\bhow\s+many\s+(?:(?:milli)?lit(?:re|er)s?|ml)\b"),
        _told(_VOLUME_UNIT, _ANY_NUMBER),
    ),
    _Kind(_asks(r"\bhow\s+many\s+(?:k?cal|(?:kilo)?calories)\b"), _told(_ENERGY_UNIT, _ANY_NUMBER)),
    _Kind(
        _value_of(r"(?<!minimal\s)(?<!inhibitory\s)concentrations?\s+(?:of|was|were|is|did)"),
        _told(
            rf"\d[\d.,]*\s*(?:×|x|\*)?.*(?:/|%|\bper\b|\b[pnµμm]?M\b|ppm|\bmol|log|\bg\b|\bL\b|\bml\b)|{_HOW_MUCH_OF}|\d"
        ),
    ),
    _Kind(_which(r"year|date|month|century|decade"), _DATE),
    _Kind(
        _which(r"season"),
        _told(
            rf"\b(?:spring|summer|autumn|fall|winter|monsoon|rainy|dry|wet|cold|warm|hot|seasonal\w*|year-round|{_MONTH})\b"
        ),
    ),
)
"""Words that ask for a kind, and the shapes of its instances. A kind whose instances may be
called anything (a disease, a drug, an animal) has none, and is not listed."""
