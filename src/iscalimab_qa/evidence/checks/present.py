"""Is every figure of a claim in the words that it cites?

Figures are compared as whole tokens after their spelling is unified, so that 63.1 % equals
63.1% and 8.1 is never found in 18.1, nor NCT03610516 in NCT03656562.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_FIGURE = re.compile(
    r"""
    (?P<name>[A-Za-z][A-Za-z-]*\d[A-Za-z0-9-]*)   # an identifier: NCT03610516, IL-6, CFZ533
    | (?P<number>(?<![\w.])[-+]?\d+(?:[.,]\d+)*)  # a number with its own sign and points
    """,
    re.VERBOSE,
)
_MINUS = str.maketrans({"−": "-", "–": "-", "‒": "-", "—": "-", "\u00a0": " ", "\u202f": " "})
_RANGE_DASH = re.compile(r"(?<=\d)\s*-\s*(?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")


_CACHED_TEXTS = 8192
"""Texts whose figures are kept: the units that come up again and again, of a few questions."""


@lru_cache(maxsize=_CACHED_TEXTS)
def figures_in(text: str) -> Mapping[str, int]:
    """Count the figures and identifiers of a text, in one spelling each.

    A dash between two digits is a range and no minus sign; "1,204" is 1204 and "0,5" is
    0.5; identifiers are compared without regard to case.
    """
    plain = _RANGE_DASH.sub(" to ", text.translate(_MINUS))
    plain = _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", plain))
    return MappingProxyType(Counter(_spelling(match) for match in _FIGURE.finditer(plain)))


def _spelling(match: re.Match[str]) -> str:
    if match["name"]:
        return match["name"].lower().rstrip("-")
    return match["number"].lstrip("+").rstrip(".,")


def missing_figures(claim: str, words: str) -> tuple[str, ...]:
    """List the figures of a claim that the cited words do not hold, in sorted order."""
    return tuple(sorted(figures_in(claim).keys() - figures_in(words).keys()))
