"""Parts of a whole in a text: "6 of 39", "six of the 39", "6/39"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.quantity import PLAIN, Quantity

_RATIO = re.compile(r"\s?/\s?|\s+(?:out\s+)?of\s+(?:the\s+|its\s+|all\s+|these\s+)?", re.IGNORECASE)


class Ratio(NamedTuple):
    """A part of a whole: "6 of 39"."""

    part: Quantity
    whole: Quantity

    @property
    def parts(self) -> tuple[Quantity, Quantity]:
        """Both figures."""
        return (self.part, self.whole)


@lru_cache(maxsize=4096)
def ratios_in(text: str) -> tuple[Ratio, ...]:
    """List the "n of N" of a text, `6/39` as well, in order; the part is at most the whole."""
    plain = text.translate(PLAIN)
    found = []
    for left, right in pairwise(read_figures(text).quantities):
        if not _RATIO.fullmatch(plain, left.end, right.start):
            continue
        if _is_whole(left) and _is_whole(right) and 0 <= _value(left) <= _value(right) > 0:
            found.append(Ratio(left, right))
    return tuple(found)


def _is_whole(quantity: Quantity) -> bool:
    value = quantity.value
    return value is not None and not quantity.unit and value == value.to_integral_value()


def _value(quantity: Quantity) -> Decimal:
    return quantity.value if quantity.value is not None else Decimal(0)
