"""Read a figure off the words that state it: value, unit, count, interval, p value.

Everything is verbatim: what is read is a stretch of the text that was given.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER = r"(?:(?<![\w.,])[-−–+]|(?<![\w.,]))\d+(?:,\d{3})*(?:[.·]\d+|,\d{1,2}(?!\d))?(?![\d.,·]\d)"
COUNT_WORDS = "no none zero one two three four five six seven eight nine ten eleven twelve".split()
_WORDS = "|".join(COUNT_WORDS)
_WHOLE = rf"(?:\b\d+(?:,\d{{3}})*|\b(?:{_WORDS})\b)"
COUNT_OF = (
    rf"(?:{_WHOLE}\s*(?:of|out\s+of)\s+(?:the\s+|all\s+)?|\b\d+\s*/\s*)"
    rf"(?:\d+(?:,\d{{3}})*|(?:{_WORDS})\b)(?![\d/]|[.,]\d)"
)
UNIT = (
    r"(?:%|percentage\s+points?|points?|(?:(?:mm\s?Hg|[mµunpk]?(?:g|mol|Eq|IU|U|M)|[mcµn]?m|[mdµ]?[lL]"
    r"|kDa|"
    r"cells?|copies|events?|patient-years?|person-years?|log10|days?|weeks?|months?|years?"
    r"|hours?|h|min|sec|°C)"
    r"(?:\s*/\s*(?:\d[\d.]*\s*)?(?:[mµunpk]?(?:g|mol|IU|U)|m²|m2|[mdµ]?[lL]|min|h|hour|day"
    r"|week|month|year|"
    r"patient-years?|mm3|HPF))*(?:\s+per\s+(?:year|month|week|day|patient-year))?))(?![\w])"
)
HEDGE = (
    r"(?:about|approximately|approx\.?|around|nearly|almost|roughly|more\s+than|less\s+than"
    r"|at\s+least|"
    r"at\s+most|up\s+to|over|under|[~≈<>≤≥]=?)\s*"
)

_PAIR = rf"{NUMBER}\s*%?\s*(?:to|–|—|-|,|;|and)\s*{NUMBER}\s*%?"
_INTERVAL = re.compile(
    rf"[,;]?\s*[(\[]?\s*(?:\d\d(?:\.\d)?\s*%[\s-]*)?\b(?:CIs?|CrI|confidence\s+intervals?|"
    rf"credible\s+intervals?|interval|IQR|interquartile\s+range|range)\b[:=,\s]*(?:of\s+|was\s+)?"
    rf"[(\[]?\s*{_PAIR}\s*[)\]]?|[(\[]\s*{_PAIR}\s*(?:\)|\])",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    rf"\s*±\s*{NUMBER}|\s*\(\s*(?:SDs?|SEM?|standard\s+(?:deviation|error))\s*[:=]?\s*{NUMBER}\s*\)"
)
_P = re.compile(
    r"[,;]?\s*\(?\s*(?:(?:(?:one|two|1|2)[- ]sided|nominal|adjusted|unadjusted)\s+)*"
    r"\b[pP](?:[\s-]*values?)?\s*(?:[<>=≤≥]=?|was|of)\s*(?:\d?[.·]\d+|\d)"
    r"(?:\s*[×x]\s*10\S+)?\s*\)?"
)
_SIZE = re.compile(r"[(\[,]?\s*\b[nN]\s*=\s*(\d[\d,]*)[^()\[\];]*[)\]]?")
_AFTER = re.compile(rf"\s*(?:{UNIT})?", re.IGNORECASE)
_PERCENT_BEHIND = re.compile(rf"[^\d(;]{{0,20}}\(\s*({NUMBER})\s*%\s*[;,)]")
_COUNT_BEHIND = re.compile(rf"\s*\(\s*(?:n\s*=\s*)?({COUNT_OF}|\d+)\s*\)")
_BARE_BEHIND = re.compile(rf"\s*\(\s*({NUMBER})\s*\)")
_LEAD = re.compile(rf"\s*(?P<hedge>{HEDGE})?(?:(?P<of>{COUNT_OF})|(?P<number>{NUMBER}))", re.I)
_GOES_ON = re.compile(r"\s*(?:,|and|to|or|[-–—/])\s*[-−–+]?\d")
_SILENT = re.compile(
    r"\W*(?:n\.?[ar]\.?|n/[ar]|not?[ -](?:reported|given|stated|applicable|available|assessed"
    r"|read|done)"
    r"|no\s+(?:data|statement|value|figure)s?(?:\s+(?:was|were)\s+\w+)?|unknown|pending"
    r"|comparator|ref(?:erence)?\.?)?\W*",
    re.IGNORECASE,
)
_BLANK = "\x01"


class Aside(NamedTuple):
    """What is said beside a figure, and the text with it blanked out, of the same length."""

    interval: str
    p: str
    rest: str


class Reading(NamedTuple):
    """A figure read off a text; `start` and `end` bound `value` in it.

    `told` says that the cell tells something in words, or several figures, instead of one.
    """

    value: str
    unit: str
    counted: str
    interval: str
    p: str
    start: int
    end: int
    told: bool = False


def blanked(text: str, *spans: tuple[int, int]) -> str:
    """Replace spans by a character that no pattern of ours matches; offsets stay."""
    for start, end in spans:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return text


def set_aside(text: str) -> Aside:
    """Take interval, spread and p value out of a text; of several the first is returned."""
    found: dict[str, str] = {}
    for name, pattern in (("p", _P), ("interval", _INTERVAL), ("interval", _SPREAD)):
        for match in pattern.finditer(text):
            found.setdefault(name, match[0].strip(" ,;()[]"))
            text = blanked(text, match.span())
    return Aside(found.get("interval", ""), found.get("p", ""), text)


def size_in(text: str) -> int | None:
    """Return the n of an arm's head, None where it names none or several."""
    sizes = {match[1].replace(",", "") for match in _SIZE.finditer(text)}
    return int(sizes.pop()) if len(sizes) == 1 else None


def without_size(text: str) -> str:
    """Return an arm's head without its n, or the remark that there is none."""
    bare = _SIZE.sub(" ", text)
    bare = re.sub(r"\s*\([^()]*\bn\b[^()]*\)", "", bare)
    return re.sub(r"\s+([,;)])", r"\1", " ".join(bare.split())).strip(" ,;:/")


def read_cell(cell: str, head: str) -> Reading | None:
    """Read the figure that a table's cell begins with.

    Args:
        cell: The cell.
        head: Row label and column head, which may say what the numbers are: "n (%)".

    Returns:
        The reading; one of words, with neither unit nor count, where the cell says something
        else; None where it is silent.
    """
    aside = set_aside(cell)
    lead = _LEAD.match(aside.rest)
    if lead is None or _GOES_ON.match(aside.rest, _AFTER.match(aside.rest, lead.end()).end()):  # type: ignore[union-attr]
        return _words(cell, aside)
    found = _share(aside.rest, lead, head) or _plain(aside.rest, lead, head)
    return found._replace(interval=aside.interval or found.interval, p=aside.p)


def _words(cell: str, aside: Aside) -> Reading | None:
    said = aside.rest.partition(";")[0].replace(_BLANK, " ").strip(" ,;()")
    if _SILENT.fullmatch(said):
        return None
    start = cell.find(said)
    if start < 0:
        said, start = cell, 0
    return Reading(said, "", "", aside.interval, aside.p, start, start + len(said), told=True)


def _share(text: str, lead: re.Match[str], head: str) -> Reading | None:
    """Read "6 (15.4%)", "6 of 39 (15.4%)", "15.4% (6/39)", "6 of 39"; "6 (15.4)" under n (%)."""
    behind = _PERCENT_BEHIND.match(text, lead.end())
    if behind is None and re.search(r"\(\s*%\s*\)|,\s*%", head):
        behind = _BARE_BEHIND.match(text, lead.end())
    if behind:
        count = lead["of"] or lead["number"]
        return Reading(behind[1], "%", count, "", "", *behind.span(1))
    if lead["of"]:
        return Reading(lead["of"], "", lead["of"], "", "", *lead.span("of"))
    percent = re.compile(r"\s*%").match(text, lead.end())
    counted = percent and _COUNT_BEHIND.match(text, percent.end())
    if percent and counted:
        return Reading(_value(lead), "%", counted[1], "", "", *_value_span(lead))
    return None


def _plain(text: str, lead: re.Match[str], head: str) -> Reading:
    unit = re.compile(rf"\s*({UNIT})", re.IGNORECASE).match(text, lead.end())
    spread = _BARE_BEHIND.match(text, lead.end()) if re.search(r"\bS[DE]M?\b", head) else None
    return Reading(
        _value(lead),
        unit[1] if unit else unit_in(head),
        "",
        f"({spread[1]})" if spread else "",
        "",
        *_value_span(lead),
    )


def unit_in(head: str) -> str:
    """Return the unit that a head names: behind a comma, in parentheses, or at its end."""
    match = re.search(rf"[,(\[]\s*({UNIT})\s*(?:[)\],:]|$)|\s(%)\s*$", head, re.MULTILINE)
    return (match[1] or match[2]) if match else ""


def _value(lead: re.Match[str]) -> str:
    start, end = _value_span(lead)
    return lead.string[start:end]


def _value_span(lead: re.Match[str]) -> tuple[int, int]:
    start = lead.start("hedge") if lead["hedge"] else lead.start("number")
    return start, lead.end()
