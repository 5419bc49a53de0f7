"""Put one group of people in the place of another: "what about people with cancer?"."""

from __future__ import annotations

import re

_WHO = (
    r"(?:those|people|persons|patients|participants|subjects|adults|children|women|men|babies|infants"
    r"|animals|horses|dogs|cats|mice|rats|cells|plants|homes|houses|households)"
)
_TOLD_BY = r"(?:with|without|who|whose|aged|older|younger|over|under|above|below|not)"
_GROUP = re.compile(
    rf"(?:(?:in|for|among|of)\s+)?(?P<who>(?:the\s+)?{_WHO}\s+{_TOLD_BY}\s+\S.*)", re.IGNORECASE
)
_GROUP_BEFORE = re.compile(
    rf"\b(?P<in>in|among|for)\s+(?:the\s+)?(?:(?:[\w-]+\s+){{1,2}}?{_WHO}|{_WHO}\s+{_TOLD_BY}\s+[^,?]+?)"
    r"(?=$|\s+(?:in|of|at|on|by|after)\s+(?:the\s+)?(?:[A-Z]|week|month|day|year|\d))",
)
"""People told apart by something, and the same in the question before."""


def with_group(piece: str, context: str) -> str | None:
    """Turn "people with cancer" after "... in patients aged 75 or older": one group for another.

    Returns:
        The earlier question with the fragment's group; None where either names no group.
    """
    group, told = _GROUP.fullmatch(piece), _GROUP_BEFORE.search(context)
    if group is None or told is None:
        return None
    return f"{context[: told.start()]}{told['in']} {group['who']}{context[told.end() :]}"
