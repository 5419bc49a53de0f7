"""Cascading style, as far as it decides whether words are seen: in attributes and `<style>`.

This is no browser: sheets that lie elsewhere are not fetched, and selectors that depend on
anything but names are passed over. Where nothing is known a page is white and its letters
are as large as letters are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_ON_SCREENS = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*", re.IGNORECASE)
_MOST_NESTED = 3
_COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<names>(?:[.#][\w-]+)*)", re.IGNORECASE)
_MOST_RULES = 3_000
_MOST_LOOKS = 1_000_000
"""How often a rule is held against an element: a large page of a large site takes a tenth."""
_RELEVANT = re.compile(
    r"color|background|font|display|visibility|opacity|position|clip|indent|overflow|height|width"
    r"|transform|left|top|right|margin|filter"
)

_NUMBER = r"-?\d*\.?\d+"
_LENGTH = re.compile(rf"({_NUMBER})\s*(px|pt|r?em|%|vw|vh|ex|ch|cm|mm|in)?", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "cm": 37.8, "mm": 3.78, "in": 96.0, "vw": 10.0, "vh": 8.0}
_USUAL_SIZE = 16.0

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(([^)]*)\)", re.IGNORECASE)
_NAMES = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240),
    "black": (0, 0, 0), "red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0),
    "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "navy": (0, 0, 128), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211),
    "silver": (192, 192, 192), "lightyellow": (255, 255, 224), "mintcream": (245, 255, 250),
}  # fmt: skip
_COLOUR_NAME = re.compile(rf"\b({'|'.join(_NAMES)})\b", re.IGNORECASE)


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255, and how opaque from 0 to 1."""

    red: float
    green: float
    blue: float
    opacity: float = 1.0

    def is_like(self, other: Colour, within: float) -> bool:
        """Tell whether two colours differ by no more than this in each part."""
        return all(abs(one - two) <= within for one, two in zip(self[:3], other[:3], strict=True))


WHITE = Colour(255, 255, 255)


def declarations(style: str) -> dict[str, str]:
    """Read the declarations of a `style` attribute or a rule; the last one of a name counts."""
    return {
        match[1].lower(): match[2].replace("!important", "").strip().lower()
        for match in _DECLARATION.finditer(style)
    }


def colour(value: str) -> Colour | None:
    """Read the first colour in a value; None where there is none that is known."""
    value = value.lower()
    if "transparent" in value:
        return Colour(0, 0, 0, 0)
    if match := _HEX.search(value):
        digits = match[1] if len(match[1]) > 4 else "".join(2 * one for one in match[1])  # noqa: PLR2004
        red, green, blue, *alpha = (int(digits[i : i + 2], 16) for i in range(0, len(digits), 2))
        return Colour(red, green, blue, alpha[0] / 255 if alpha else 1.0)
    if match := _RGB.search(value):
        numbers = [_share(part) for part in re.split(r"[\s,/]+", match[1].strip()) if part]
        if len(numbers) >= 3:  # noqa: PLR2004
            opacity = numbers[3] if numbers[3:] else 1.0
            return Colour(numbers[0], numbers[1], numbers[2], opacity)
    if match := _COLOUR_NAME.search(value):
        return Colour(*_NAMES[match[1]])
    return None


def pixels(value: str, *, of: float = _USUAL_SIZE) -> float | None:
    """Read a length in pixels; `em` and per cent are shares of the size around it."""
    match = _LENGTH.match(value.strip())
    if not match:
        return None
    number, unit = float(match[1]), (match[2] or "px").lower()
    if unit == "%":
        return number / 100 * of
    return number * (_PIXELS.get(unit) or (_USUAL_SIZE if unit == "rem" else of))


def _share(part: str) -> float:
    match = re.match(_NUMBER, part)
    number = float(match[0]) if match else 0.0
    return number / 100 if part.endswith("%") else number


class _Selector(NamedTuple):
    """The compounds of a selector, outermost first, each a tag (or empty) and its names."""

    compounds: tuple[tuple[str, frozenset[str]], ...]


class _StyleRule(NamedTuple):
    order: int
    selector: _Selector
    declared: dict[str, str]


def _key(selector: _Selector) -> str:
    """Return a name that an element must have for a selector to fit."""
    tag, names = selector.compounds[-1]
    return min(names) if names else tag


class StyleSheet:
    """The rules of a page's own `<style>` elements."""

    def __init__(self, css: str) -> None:
        """Read rules; those that depend on a state, a medium or an attribute are left out."""
        self._rules: dict[str, list[_StyleRule]] = {}
        self._looks = _MOST_LOOKS
        count = 0
        for written, body in _rules_of(_without_comments(css)):
            if count >= _MOST_RULES:
                break
            declared = declarations(body) if _RELEVANT.search(body) else {}
            for one in written.split(",") if declared else ():
                if selector := _selector(one):
                    count += 1
                    rule = _StyleRule(count, selector, declared)
                    self._rules.setdefault(_key(selector), []).append(rule)

    def _looked_at(self, key: str) -> list[_StyleRule]:
        rules = self._rules.get(key, [])
        self._looks -= len(rules)
        return rules

    def style(self, element: Any) -> dict[str, str]:
        """Return what holds for an lxml element, its own attribute last."""
        found: dict[str, str] = {}
        names = _names(element)
        if self._looks < 0:
            return _presentation(element) | declarations(element.get("style", ""))
        fitting = (
            rule
            for key in (*names, str(element.tag), "")
            for rule in self._looked_at(key)
            if _fits(rule.selector, element, names)
        )
        for rule in sorted(fitting, key=lambda one: one.order):
            found |= rule.declared
        return found | _presentation(element) | declarations(element.get("style", ""))


def _without_comments(css: str) -> str:
    first, *rest = css.split("/*")
    return first + " ".join(part.partition("*/")[2] for part in rest)


def _rules_of(css: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations, also those for all screens; other at-rules go."""
    start = 0
    while (opening := css.find("{", start)) >= 0:
        head = css[start:opening].rpartition(";")[2].strip()
        end = _end_of_block(css, opening) if head.startswith("@") else css.find("}", opening)
        body = css[opening + 1 : end if end >= 0 else None]
        if not head.startswith("@"):
            yield head, body
        elif _ON_SCREENS.fullmatch(head) and depth < _MOST_NESTED:
            yield from _rules_of(body, depth + 1)
        if end < 0:
            return
        start = end + 1


def _end_of_block(css: str, opening: int) -> int:
    """Return where the brace that opens there is closed, -1 if it never is."""
    depth = 0
    for match in _BRACE.finditer(css, opening):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return -1


_BRACE = re.compile(r"[{}]")


def _presentation(element: Any) -> dict[str, str]:
    """Read the attributes that were style before there was style."""
    found: dict[str, str] = {}
    if element.get("bgcolor"):
        found["background-color"] = element.get("bgcolor")
    if element.tag == "font" and element.get("color"):
        found["color"] = element.get("color")
    if element.tag == "body" and element.get("text"):
        found["color"] = element.get("text")
    return found


def _selector(written: str) -> _Selector | None:
    compounds = []
    for part in written.replace(">", " ").split():
        match = _COMPOUND.fullmatch(part)
        if not match:
            return None
        tag = (match["tag"] or "").lower()
        compounds.append(("" if tag == "*" else tag, frozenset(_split_names(match["names"]))))
    return _Selector(tuple(compounds)) if compounds else None


def _split_names(names: str) -> Iterator[str]:
    yield from re.findall(r"[.#][\w-]+", names)


def _names(element: Any) -> frozenset[str]:
    own = {f"#{element.get('id')}"} if element.get("id") else set()
    return frozenset(own | {f".{name}" for name in element.get("class", "").split()})


def _fits(selector: _Selector, element: Any, names: frozenset[str]) -> bool:
    *around, (tag, wanted) = selector.compounds
    if (tag and tag != element.tag) or not wanted <= names:
        return False
    for tag, wanted in reversed(around):
        element = element.getparent()
        while element is not None and not (tag in {"", element.tag} and wanted <= _names(element)):
            element = element.getparent()
        if element is None:
            return False
    return True
