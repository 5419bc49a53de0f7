"""Read the quantities of a text: value, unit, bound, and what is counted.

A figure is more than its digits: `p<0.05` is not `p=0.05`, 10 mg/kg is not 10 mg, and the 24
of "week 24" are no 24 patients. Each quantity keeps its place, so that it can be bound to
the arm and the time that stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import cast

from iscalimab_qa.evidence.figures.dates import dates_in
from iscalimab_qa.evidence.figures.measure_units import UNIT, canonical_unit, is_time
from iscalimab_qa.evidence.figures.number_lists import with_shared_units
from iscalimab_qa.evidence.figures.number_words import (
    SCALES,
    TENS,
    UNITS_AND_TEENS,
    key_of,
    number_of,
    number_of_words,
)
from iscalimab_qa.evidence.figures.quantity import PLAIN, Bound, Figures, Name, Quantity, Sort
from iscalimab_qa.lexicon.tokens import STOPWORDS, stem

_ROMAN = dict(zip("i ii iii iv v vi vii viii ix x".split(), range(1, 11), strict=True))

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)*|\.\d+)"
_SMALL = "|".join(word for word in UNITS_AND_TEENS)
_WORD = (
    rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(list(UNITS_AND_TEENS)[1:10])}))?|(?:{_SMALL}))"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = r"(?:\s?[x×]\s?10(?:\^\s?|\*\*)?(?P<power>-?\d+|[⁻]?[⁰¹²³⁴-⁹]+))?"
_LABELS = (
    "phase|cohort|part|type|class|grade|stage|group|arm|table|figure|fig|version|step|category|"
    "tier|visit|cycle|line|scenario|model|experiment|batch|generation"
)
_TIMES = "week|month|day|year|hour"

_TOKEN = re.compile(
    rf"""
      (?P<skip>https?://\S+ | \b10\.\d{{4,9}}/\S+ | \b\d+(?:st|nd|rd|th)\b
        | \b(?:one|two|three|1|2)-(?:sided|tailed|way)\b | \bno\s+one\b | \bone\s+another\b )
    | \bp(?:[ -]?values?)?\s*(?:of|was|is|=\s*)?\s*(?P<psign><=|>=|=<|=>|[<>=≤≥])\s*
        (?P<p>0?[.,]\d+|[01](?:[.,]\d+)?)(?!\w)
    | \bp(?:[ -]values?)?\s+(?:(?:of|was|is)\s+)?(?P<pbare>0?\.\d+)
    | \b(?P<label>{_LABELS})s?[ -]?(?P<labelled>\d+[a-z]?|[ivx]+[ab]?|(?-i:[A-Z]))\b
        (?![%/]|\.\d|\s?%|-\d{{2}}|-(?-i:[A-Z]))
    | (?<![\w-])(?P<scale_name>(?-i:[A-Z]{{3,}}))[ -](?P<scored>\d{{1,3}})
        (?![\w%/]|[.,]\d|\s?%|{UNIT}|\s(?:to|of|and|or)\s)
    | \b(?P<when>{_TIMES})s?[ -](?P<at>\d+(?:\.\d+)?)\b(?!\s?%|-\d{{3}})
    | (?P<name>(?<![\w.-])(?:\d{{4}}-\d{{6}}-\d{{2}}(?:-\d{{2}})?(?!\d)
        | [A-Za-z]+(?:-[A-Za-z]+)*-?\d[A-Za-z0-9]*
          (?:-[A-Za-z0-9]*\d[A-Za-z0-9]*|(?-i:-[A-Z]+(?![A-Za-z])))*
        | (?-i:\d+-?[A-Z][A-Za-z]*\d*)(?!\w) ))
    | (?P<money>[$€£]\s?)?(?<![\w.])(?P<sign>[-+±]?)(?P<number>{_DIGITS}){_POWER}
        (?P<scale>\s(?:hundred|thousand|million|billion)\b)?(?P<unit>{UNIT})?(?![A-Za-z])
    | (?<![\w-])(?P<word>{_WORD})(?P<wordscale>[ -](?:hundred|thousand|million|billion))?
        (?P<wordunit>{UNIT})?(?![A-Za-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAYBE = re.compile(rf"\d|\b(?:{_WORD})\b|\b(?:{_LABELS})s?[ -][ivx]", re.IGNORECASE)

_BOUND_BEFORE = tuple(
    (cast("Bound", bound), re.compile(rf"(?:{words})\s*$", re.IGNORECASE))
    for bound, words in (
        (">=", r"≥|>=|=>|\bat least|\bno (?:less|fewer) than|\bminimum of|\bnot less than"),
        ("<=", r"≤|<=|=<|\bat most|\bno more than|\bup to|\bmaximum of|\bnot more than"),
        (">", r">|\b(?:more|greater|higher|longer|older) than|\babove(?: about)?|\bexceed\w*"),
        ("<", r"<|\b(?:less|fewer|lower|shorter|younger) than|\bbelow"),
    )
)
_BOUND_AFTER = tuple(
    (cast("Bound", bound), re.compile(rf"\s*(?:{words})\b", re.IGNORECASE))
    for bound, words in (
        (">=", r"(?:\w+\s)?(?:or|and) (?:more|greater|higher|above|older|longer|over)"),
        ("<=", r"(?:\w+\s)?(?:or|and) (?:less|fewer|lower|below|younger|shorter|under)"),
    )
)
_BEFORE_REACH = 24
"""Characters before a number in which a bound or `n =` can stand."""

_SIZE = re.compile(r"\bn\s*=\s*$", re.IGNORECASE)
_CHUNK = re.compile(r"\s+(?P<words>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,3})")
_CHUNK_ENDS = STOPWORDS | frozenset(
    """after before during under per than versus vs while but over who within without until among
    between against across respectively more less higher lower fewer not no both each least
    completed received assigned randomised randomized died reached responded needed stopped
    went took got showed improved fell rose dropped increased decreased remained entered
    discontinued experienced relapsed compared only also""".split()
)


@lru_cache(maxsize=8192)
def read_figures(text: str) -> Figures:
    """Read the quantities and the names with digits of a text; dates are left out."""
    if not _MAYBE.search(text):
        return Figures((), ())
    plain = text.translate(PLAIN)
    for date in dates_in(text):
        plain = plain[: date.start] + "_" * (date.end - date.start) + plain[date.end :]
    quantities: list[Quantity] = []
    names: list[Name] = []
    for found in _scan(plain):
        if isinstance(found, Name):
            names.append(found)
        else:
            quantities.append(found)
    return Figures(tuple(with_shared_units(plain, quantities)), tuple(names))


def _scan(plain: str) -> Iterator[Quantity | Name]:
    for match in _TOKEN.finditer(plain):
        if match["skip"]:
            continue
        yield _name(match) if match["name"] else _quantity(plain, match)


def _name(match: re.Match[str]) -> Name:
    key = match["name"].lower()
    for prefix in ("anti-", "non-", "pre-", "post-"):
        key = key.removeprefix(prefix)
    return Name(*match.span(), key)


def _quantity(plain: str, match: re.Match[str]) -> Quantity:
    if match["p"] or match["pbare"]:
        sign = (match["psign"] or "=").replace("≤", "<=").replace("≥", ">=")
        value = number_of(match["p"] or match["pbare"])
        bound = cast("Bound", {"=<": "<=", "=>": ">="}.get(sign, sign))
        return Quantity(*match.span(), key_of(value), value, "", "p", bound)
    if match["label"]:
        return _label(match)
    if match["scale_name"]:
        value = number_of(match["scored"])
        return Quantity(*match.span(), key_of(value), value, match["scale_name"].lower(), "label")
    if match["when"]:
        value = number_of(match["at"])
        return Quantity(*match.span(), key_of(value), value, match["when"].lower(), "time")
    return _measured(plain, match)


def _label(match: re.Match[str]) -> Quantity:
    written = match["labelled"].lower()
    roman = re.fullmatch(r"([ivx]+)([ab]?)", written)
    if roman and roman[1] in _ROMAN:
        written = f"{_ROMAN[roman[1]]}{roman[2]}"
    value = Decimal(written) if written.isdigit() else None
    return Quantity(*match.span(), written, value, match["label"].lower(), "label")


def _measured(plain: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    unit = canonical_unit(match["unit"] or match["wordunit"] or "")
    if match["word"]:
        value = Decimal(number_of_words(match["word"]))
        scale = match["wordscale"]
    else:
        value = number_of(match["number"])
        scale = match["scale"]
        if match["sign"] == "-":
            value = -value
        if match["power"]:
            value = value.scaleb(int(match["power"].translate(_RAISED)))
    if scale:
        value *= SCALES[scale.strip(" -").lower()]
    if match["money"]:
        unit = match["money"].strip() + unit
    before = plain[max(0, start - _BEFORE_REACH) : start]
    noun = "" if is_time(unit) else _noun(plain, end)
    sort: Sort = "time" if is_time(unit) else "measure"
    if _SIZE.search(before):
        sort = "size"
    elif noun and not unit and value == value.to_integral_value() and value >= 0:
        sort = "count"
    loose = bool(match["word"]) and value == 1 and sort != "time"
    bound = _bound(plain, before, end)
    return Quantity(start, end, key_of(value), value, unit, sort, bound, noun, loose)


def _bound(plain: str, before: str, end: int) -> Bound:
    for bound, words in _BOUND_BEFORE:
        if words.search(before):
            return bound
    for bound, words in _BOUND_AFTER:
        if words.match(plain, end):
            return bound
    return ""


def _noun(plain: str, end: int) -> str:
    """Return the stem of the last word of the noun phrase that follows, if one does."""
    return stem(chunk[-1]) if (chunk := following_words(plain, end)) else ""


def following_words(plain: str, end: int) -> list[str]:
    """List the words of the noun phrase behind a number, lower case: at most four."""
    match = _CHUNK.match(plain, end)
    words: list[str] = []
    for word in match["words"].lower().split() if match else ():
        if word in _CHUNK_ENDS:
            break
        words.append(word)
    return words
