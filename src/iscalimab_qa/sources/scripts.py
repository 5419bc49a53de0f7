"""Raised and lowered writing (`<sup>`, `<sub>`, `^{}`, `_{}`) as plain characters.

A raised number is either a power, which belongs to a figure, or a reference marker, which
belongs to the reference list and leaves the text. Where the two cannot be told apart the
number stays: a figure must not lose its power.
"""

from __future__ import annotations

import re

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_POWER = re.compile(r"[+\-−]?\d+[+\-−]?|[a-z]")
"""What Unicode can raise whole: a signed number, an ion's charge, one letter."""

_LEVEL = re.compile(r"[+\-−/±*†‡§®™°]+|th|st|nd|rd|TM|hi|high|lo|low|int|dim|bright|neg|pos")
"""Marks that are as readable on the line: CD27+, CD19hi, -/-, 12th."""

_SUP = re.compile(r"<sup>([^<>]{0,80})</sup>", re.IGNORECASE)
_SUB = re.compile(r"<sub>([^<>]{0,80})</sub>", re.IGNORECASE)
_BETWEEN_SUPS = re.compile(r"</sup>(\s?[,;–-]\s?|)<sup>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:su[bp]|br|wbr|b|i|u|em|strong|small|span|p|a|mark|italic|bold|sc)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}'|[^\s\"'<>=]{1,500})){0,20}\s*/?>",
    re.IGNORECASE,
)
"""Tags that exports leave in running text; any other `<` is a comparison."""

_NUMBERS = re.compile(r"\[?\d{1,3}(?:[\s,;–\]\[-]+\d{1,3})*\]?|\[\^?\w{1,20}\]")
_LAST_WORD = re.compile(r"[^\s,;:()\[\]/·×*]*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERAL = re.compile(r"[\d.]+")

_LONGEST_WORD = 40

_TAKES_A_POWER = frozenset({
    "m", "dm", "cm", "mm", "µm", "μm", "nm", "km", "s", "h", "in", "ft",
    "r", "R", "I", "x", "y", "z", "n", "d", "t", "χ", "η", "σ", "ω",
})  # fmt: skip
"""Units and statistics that are squared and cubed: cm², R², I², χ²."""

_USUAL_POWERS = frozenset({"2", "3", "4"})


def raised(text: str) -> str:
    """Write a power on the line: `10` and `9` make `10⁹`; what Unicode lacks gets a `^`."""
    text = text.strip()
    if _POWER.fullmatch(text):
        return text.translate(_RAISED)
    if not text or _LEVEL.fullmatch(text):
        return text
    return f"^{text}" if text.replace(".", "").isalnum() else f"^({text})"


def lowered(text: str) -> str:
    """Write an index on the line, as the field does: IC50, Cmax, AUC0-24."""
    return text.strip()


def resolve_scripts(text: str) -> str:
    """Replace `<sup>` and `<sub>` by characters, drop raised reference markers and stray tags."""
    if "<" not in text:
        return text
    text = _BETWEEN_SUPS.sub(r"\1", text)
    text = _SUP.sub(_resolve_sup, text)
    text = _SUB.sub(lambda match: lowered(match[1]), text)
    return _TAG.sub(lambda match: " " if "br" in match[0].lower()[:4] else "", text)


def _resolve_sup(match: re.Match[str]) -> str:
    inside = match[1].strip()
    if not _NUMBERS.fullmatch(inside):
        return raised(inside)
    before = match.string[max(0, match.start() - _LONGEST_WORD) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return raised(inside) if _is_power(before, inside, after) else ""


def _is_power(before: str, inside: str, after: str) -> bool:
    """Tell 10⁹, cm² and ⁵¹Cr from a marker after a word, a year or a full stop."""
    if "[" in inside:
        return False
    if not before or before[-1].isspace():
        return after[:1].isalpha()
    word = _LAST_WORD.findall(before)[0]
    if _NUMERAL.fullmatch(word):
        return word[-1].isdigit() and not _YEAR.fullmatch(word)
    return word in _TAKES_A_POWER and inside in _USUAL_POWERS
