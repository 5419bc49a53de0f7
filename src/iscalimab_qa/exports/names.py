"""Authors' names as reference managers want them."""

from __future__ import annotations

import re
from typing import NamedTuple

_INITIALS = re.compile(r"(?P<family>.+?)\s+(?P<given>[^\W\d_a-z]{1,4}(?:-[^\W\d_a-z])?)")
_GROUP = re.compile(r"[,;&]|\band\b", re.IGNORECASE)


class Person(NamedTuple):
    """A person's name; `given` may be initials."""

    family: str
    given: str


def person(name: str) -> Person | None:
    """Split "Cornet Allard C" or "Allard, Corinne"; None for a group or a name told otherwise."""
    family, comma, given = name.partition(",")
    if comma and family.strip() and given.strip() and not _GROUP.search(given):
        return None if _GROUP.search(family) else Person(family.strip(), given.strip())
    found = _INITIALS.fullmatch(name)
    if not found or _GROUP.search(name) or not found["given"].isupper():
        return None
    return Person(found["family"], found["given"])
