"""Let the members of a list of numbers share the unit that stands once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from iscalimab_qa.evidence.figures.quantity import Quantity

_LIST = re.compile(
    r"\s*(?P<link>,\s*(?:and|or)|,|and|or|to|-|&|through|until|versus|vs\.?)\s*", re.I
)


def with_shared_units(plain: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Let the members of a list share the unit that stands once: "0.1, 0.3 or 1 mg/kg"."""
    shared = list(found)
    links = [_link(plain, left, right) for left, right in pairwise(found)]
    for index in range(len(links) - 1, -1, -1):
        if links[index] in {",", "and", ""} and not _goes_on(links, index):
            continue
        left, right = shared[index], shared[index + 1]
        if _bare(left) and right.unit and right.sort in {"measure", "time"} and links[index]:
            shared[index] = replace(left, unit=right.unit, sort=right.sort, noun="")
    opened = {index for index, each in enumerate(found) if plain[each.start].isalpha()}
    for index, link in enumerate(links):
        left, right = shared[index], shared[index + 1]
        heads = index in opened and left.sort in {"time", "label"}
        if heads and _bare(right) and not right.noun and _continues(plain, left, link, right):
            shared[index + 1] = replace(right, unit=left.unit, sort=left.sort)
            opened.add(index + 1)
    return shared


_PLURAL = re.compile(r"[a-z]s[ -]", re.IGNORECASE)
_STARTS_ANEW = re.compile(r"\s?/|\s+(?:out\s+)?of\b")


def _continues(plain: str, left: Quantity, link: str, right: Quantity) -> bool:
    """Whether a number goes on with "weeks 0, 2": after "week 1 and" it is a new matter."""
    if not link or _STARTS_ANEW.match(plain, right.end):
        return False
    plural = left.end - left.start <= 2 + len(left.key) or _PLURAL.search(
        plain, left.start, left.end
    )
    return bool(plural) or link in {"to", "-", "through", "until", "or"}


def _bare(quantity: Quantity) -> bool:
    return not quantity.unit and quantity.sort == "measure"


def _goes_on(links: Sequence[str], index: int) -> bool:
    """Whether a comma or an "and" is a list's: the last link, or followed by another one."""
    link = links[index]
    if link == "and":
        return True
    return index + 1 < len(links) and bool(links[index + 1])


def _link(plain: str, left: Quantity, right: Quantity) -> str:
    """Return what joins two neighbours into one list, in lower case, or nothing."""
    match = _LIST.fullmatch(plain, left.end, right.start)
    return match["link"].lower().replace(", ", "") if match else ""
