"""The units that figures carry, each in one spelling."""

from __future__ import annotations

import re

TIME_UNITS = {
    unit: name
    for name, spellings in {
        "second": "second seconds sec secs s",
        "minute": "minute minutes mins",
        "hour": "hour hours hr hrs h",
        "day": "day days",
        "week": "week weeks wk wks",
        "month": "month months mo",
        "year": "year years yr yrs",
    }.items()
    for unit in spellings.split()
}
"""How a span of time may be written, and its name."""

_SAME = {
    "mcg": "ug",
    "percent": "%",
    "per cent": "%",
    "pct": "%",
    "percentage point": "percentage point",
    "percentage points": "percentage point",
    "pp": "percentage point",
    "hr": "h",
    "hour": "h",
    "°c": "°C",
    "degree": "°C",
    "degrees": "°C",
    "degrees c": "°C",
    "degrees celsius": "°C",
    "fold": "fold",
    "-fold": "fold",
    "times": "fold",
    "point": "point",
    "points": "point",
    "wk": "week",
    "d": "day",
}
_LOWERED = frozenset(
    """kg g mg ug mcg ng pg l dl ml ul fl mol mmol umol nmol pmol iu miu kiu u min h hr day week
    month year d wk da kda mmhg mosm cm nm um km kcal mg/dl bp""".split()
)
"""Units whose capitals carry no meaning; of `mM` and `mm`, `MPa` and `mPa` they do."""

_BASE = (
    r"[kmunp]?g|mcg|[mundf]?l|[munp]?mol|m?iu|k?da|mmhg|mosm|[kmcun]?m2?|kcal|min|hours?|h|"
    r"hr|days?|d|weeks?|wk|months?|years?"
)
_COMPOUND = (
    r"(?:kg|g|mg|mcg|ug|ng|pg|dl|ml|ul|l|mol|mmol|umol|nmol|pmol|iu|u|cells?|copies|kj|cm|mm)"
    rf"(?:\s?/\s?(?:1\.73\s?m(?:2|²|\^2)|(?:{_BASE})(?![a-z]))|\s+per\s+(?:{_BASE})(?![a-z]))+"
)
_SIMPLE = (
    r"%|percentage\s+points?|per\s?cent|pp\b|pct|-?fold|times(?=\s+(?:higher|lower|more|less|the))"
    r"|°c|degrees?(?:\s+(?:celsius|c))?(?!\s+(?:fahrenheit|f|of|north|south|east|west|angle)(?![a-z]))"
    r"|points?|kg|mg|mcg|ug|ng|pg|dl|ml|ul|mmol|umol|nmol|pmol|kda|mmhg|miu|iu|km|cm|mm|um|nm|"
    r"kcal|kj|kpa|mpa|gpa|khz|mhz|ghz|hz|kwh|kw|mw|mv|kev|mev|gev|bp|kb|gb|tb|seconds?|secs?|"
    r"minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?"
)
_CASED = r"(?-i:(?:[mun]M|M|g|L|h|s|K|V|W|J|N)(?![\w/]))"
UNIT = (
    rf"(?:(?:\s?-?\s?)(?:{_COMPOUND}|(?:{_SIMPLE})(?![a-z])|{_CASED}|%)"
    r"(?:\s?/\s?1\.73\s?m(?:2|²|\^2))?)"
)
"""A unit behind a number, with the space or hyphen before it; match without regard to case."""

_MOLAR = re.compile(r"[munp]?M")
_SPACE = re.compile(r"\s+")


def canonical_unit(written: str) -> str:
    """Return one spelling of a unit: `mcg` is `ug`, `mg per kg` is `mg/kg`, `weeks` is `week`."""
    plain = _SPACE.sub(" ", written.strip().lstrip("-").strip())
    if plain.lower() in TIME_UNITS:
        return TIME_UNITS[plain.lower()]
    if plain.lower() in _SAME:
        return _SAME[plain.lower()]
    plain = plain.replace(" per ", "/").replace(" /", "/").replace("/ ", "/").replace(" m", "m")
    return "/".join(map(_part, plain.replace("²", "2").replace("^", "").split("/")))


def _part(part: str) -> str:
    if _MOLAR.fullmatch(part):
        return part
    lowered = part.lower()
    lowered = TIME_UNITS.get(lowered, lowered) if len(lowered) > 1 else lowered
    lowered = _SAME.get(lowered, lowered)
    return lowered if lowered in _LOWERED or lowered in TIME_UNITS.values() else part


def is_time(unit: str) -> bool:
    """Whether a canonical unit is a span of time."""
    return unit in TIME_UNITS.values()
