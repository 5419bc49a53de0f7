"""Which words of a sentence belong to which of its figures: those before it, those behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from iscalimab_qa.evidence.figures.quantity import Quantity

_SEPARATOR = re.compile(
    r"[,;:.]\s|\b(?:and|versus|vs|compared|while|whereas|but|than|against|relative|or)\b",
    re.IGNORECASE,
)
_PREPOSITIONS = (
    r"(?:with|on|in|for|under|among|of|to|after|at|from|during|through|until|receiving|taking|given|by|when|"
    r"within|without|assigned)"
)
_OWN_PARENTHESIS = r"(?:\([^()]*\)\s*)?"
_LEADS_ON = re.compile(
    rf"""^(?:\s*\)\s*{_OWN_PARENTHESIS}{_PREPOSITIONS}\s
        | \s*{_OWN_PARENTHESIS}
          (?:(?!(?:and|or|had|was|were|than|versus|vs|against)\b)[\w/%'-]+\s+){{0,3}}?
          {_PREPOSITIONS}\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_OPENING = re.compile(rf"^\s*\)?\s*{_OWN_PARENTHESIS}")
_NOUN_PHRASE = re.compile(
    r"""(?:\s+|\s*\)\s+)(?!(?:and|or|versus|vs|than|but|compared|against|relative)\b)
        (?:[^\W\d_][\w'-]*\s+){0,4}?[^\W\d_][\w'-]*\s*
        (?:\d[\d.]*\s?(?:[kmuµ]?g|mcg|ml|iu)(?:/\w+)?\s*)?
        (?=\(|\b(?:had|were|was|and|vs|versus|against|compared)\b|[,.;]|$)""",
    re.VERBOSE | re.IGNORECASE,
)
"""The noun that is counted, or the arm of a slide: "63.1% drug A 10 mg vs 36.3% placebo"."""
_VERB = re.compile(
    r"""^\s*(?:[^\W\d_][\w'-]*\s+){0,4}?(?:had|have|received|took|got|used
        |(?:was|were)\s+(?:given|assigned|allocated|randomi[sz]ed|treated))\s""",
    re.VERBOSE | re.IGNORECASE,
)
_LAST_SEPARATOR = re.compile(r"(?:,\s*)?(?:\band\b|\bwhile\b|\bwhereas\b|\bbut\b|;)[^,;]*$", re.I)
_JOINED = re.compile(
    r"""\s*(?:[^\W\d_][\w'-]*\s*)?\)?\s*(?:\([^()]*\)\s*)?
        (?:,\s*and|,|and|versus|vs\.?|v|compared\s+(?:with|to)|or|against|/)
        \s*(?:by\s+|in\s+)?(?:[\d.]+\s+[^\W\d_][\w'-]*\s*)?\(?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_LISTED = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|versus|vs\.?)\s+", re.IGNORECASE)
_STOPS = re.compile(r"[;.]\s|[;.]$|,\s*(?:while|whereas|but|respectively)|\brespectively\b", re.I)


class Segment(NamedTuple):
    """The words that lead to a figure and those that follow it as its own."""

    before: str
    after: str


def segments(plain: str, values: Sequence[Quantity]) -> list[Segment]:
    """Divide the words between neighbouring figures of one unit.

    What follows a figure up to the next "and", comma or "versus" is its own when it begins
    with a preposition ("63.1% with X"), is the noun that is counted ("six X patients"), or
    says what these had; all else leads to the next figure.
    """
    befores, afters = [plain[: values[0].start]], []
    ends = [*(each.start for each in values[1:]), len(plain)]
    for value, stop in zip(values, ends, strict=True):
        gap = plain[value.end : stop]
        ahead = _whole_length(value, gap)
        cut = _own_length(gap[ahead:], last=stop == len(plain))
        cut = ahead + cut if cut else 0
        afters.append(gap[:cut])
        befores.append(gap[cut:])
    return [Segment(*pair) for pair in zip(befores, afters, strict=False)]


_WHOLE = re.compile(r"\s?/\s?(?P<whole>\d+)\b(?:\s*\([^()]*\))?")
"""What stands between a part and its noun: "6/39 (15.4%) on drug A"."""


def _whole_length(value: Quantity, gap: str) -> int:
    """Return how many characters behind a part are its whole; "152/94" has none."""
    whole = _WHOLE.match(gap)
    is_part = whole and value.value is not None and value.value <= int(whole["whole"])
    return whole.end() if whole and is_part else 0


def _own_length(gap: str, *, last: bool) -> int:
    """Return how many characters behind a figure belong to it."""
    if _VERB.match(gap):
        separator = None if last else _LAST_SEPARATOR.search(gap)
        return separator.start() if separator else len(gap)
    if not _LEADS_ON.match(gap):
        noun = _NOUN_PHRASE.match(gap)
        return noun.end() if noun else 0
    opening = _OPENING.match(gap)
    separator = _SEPARATOR.search(gap, opening.end() if opening else 0)
    return separator.start() if separator else len(gap)


class Run(NamedTuple):
    """Figures that only "and", "versus" or a comma parts: the first and the last index."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many figures they are."""
        return self.last - self.first + 1


def runs(plain: str, values: Sequence[Quantity]) -> Iterator[Run]:
    """Yield the runs of two figures and more."""
    first = 0
    for index in range(1, len(values) + 1):
        if index < len(values) and _JOINED.fullmatch(
            plain, values[index - 1].end, values[index].start
        ):
            continue
        if index - 1 > first:
            yield Run(first, index - 1)
        first = index


def listed_names(plain: str, values: Sequence[Quantity], run: Run) -> list[str]:
    """Return the phrases that a run's figures belong to, in order; none where it is unclear.

    "7, 6 and 5% with A, B and C" has them behind; "A, B and C are 14, 6 and 31 hours" before.
    """
    behind = behind_run(plain, values, run)
    if match := _LEADS_ON.match(behind):
        stop = _STOPS.search(behind, match.end())
        pieces = _pieces(behind[match.end() : stop.start() if stop else len(behind)])
        if len(pieces) == run.length:
            return pieces
    ahead = plain[: values[run.first].start]
    start = max((m.end() for m in re.finditer(r"[;.:]\s", ahead)), default=0)
    pieces = _pieces(ahead[start:])
    return pieces if len(pieces) == run.length else []


def behind_run(plain: str, values: Sequence[Quantity], run: Run) -> str:
    """Return the words behind a run; what follows a further figure is that one's."""
    further = values[run.last + 1 :]
    return plain[values[run.last].end : further[0].start if further else len(plain)]


def _pieces(text: str) -> list[str]:
    return [piece for piece in _LISTED.split(text.strip(" .,")) if piece.strip()]
