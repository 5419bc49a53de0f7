"""Take a question on two trials, drugs or diseases apart, so that each side is answered by itself.

"Who was enrolled in A and in B?" is answered by no single sentence, nor by the best one of A
alone. What stands before the sides belongs to both, and so does what stands behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

MAX_SIDES = 3
"""Three statements are all that an answer holds."""

_JOINT = (
    r"(?:and|or|as|versus|vs\.?|v\.?|with|to|against|relative\s+to"
    r"|(?:(?:better|worse|safer|superior|inferior|(?:more|less)\s+\w+)\s+)?(?:than|to)"
    r"|(?:compared?|compares|differs?|different)\s+(?:with|to|from))"
)
_LEAD = r"(?:(?:in|on|with|for|of|to|under|at|from|by)\s+)?(?:the\s+|that\s+of\s+)?"
_BETWEEN = re.compile(
    rf"\s*(?:\([^()]*\))?\s*,?\s*(?:{_JOINT}\s+)?{_LEAD}(?:(?:trial|study)\s+(?:of\s+)?)?", re.I
)
"""What may stand between two sides that share everything else."""

_OF_ITS_OWN = re.compile(rf"(?P<own>[^,;?]{{3,60}}?),?\s+(?:and|versus|vs\.?)\s+{_LEAD}", re.I)
"""The same where the first side has words of its own ("X in trial 1 and Y in trial 2")."""

_REPEATED = re.compile(
    r"\b(?P<prep>in|on|with|for|of|under|at)\s+(?P<one>(?:[^\s,;?]+\s+){1,6}?)"
    r"(?:and|or|as|versus|vs\.?|than)\s+(?P=prep)\s+(?P<other>[^,;?]{3,60}?)(?=\s*(?:[,;?.]|$))",
    re.IGNORECASE,
)
_ASKS_TO_COMPARE = re.compile(
    r"^\s*(?:please\s+)?(?:compare|contrast|(?:set|put|show)\s+side\s+by\s+side)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_WHICH_HAD = re.compile(
    r"^\s*(?:which|what)\s+(?:of\s+the\s+two\s+)?(?:trial|study|drug|one)s?\s+"
    r"(?P<verb>had|has|enrolled|randomi[sz]ed|included|recruited|involved)\s+(?:the\s+)?"
    r"(?:more|fewer|most|fewest|larger|higher|lower|greater|longer)\s+",
    re.IGNORECASE,
)


class Named(NamedTuple):
    """Where a question names a trial, a drug or a disease, and which one."""

    name: str
    start: int
    end: int


class Side(NamedTuple):
    """One side of a comparison: what it is called and what is asked of it.

    `name` is empty where the side is only a phrase.
    """

    name: str
    called: str
    question: str


def sides_of(question: str, named: Sequence[Named]) -> tuple[Side, ...]:
    """Part a question that names several of one kind; none where it does not set them together.

    Args:
        question: Standing alone.
        named: Where it names things of one kind, in order; each may be named more than once.
    """
    firsts = sorted({each.name: each for each in reversed(named)}.values(), key=_start)
    if not 1 < len(firsts) <= MAX_SIDES:
        return ()
    head, tail = question[: firsts[0].start], question[firsts[-1].end :]
    gaps = [question[one.end : other.start] for one, other in pairwise(firsts)]
    if all(map(_BETWEEN.fullmatch, gaps)):
        return tuple(_side(question, each, head, tail) for each in firsts)
    own = _OF_ITS_OWN.fullmatch(gaps[0])
    if own is None or len(gaps) > 1:
        return ()
    one, other = firsts
    return (_side(question, one, head, own["own"]), _side(question, other, head, tail))


def _start(named: Named) -> int:
    return named.start


def _side(question: str, named: Named, head: str, tail: str) -> Side:
    called = question[named.start : named.end]
    return Side(named.name, called, plain_question(f"{head}{called}{tail}"))


def phrased_sides(question: str) -> tuple[Side, ...]:
    """Part a question whose sides stand behind the same word: "in this and in that"."""
    match = _REPEATED.search(question)
    if not match:
        return ()
    head, tail = question[: match.start()], question[match.end() :]
    said = (match["one"].strip(), match["other"].strip())
    return tuple(
        Side("", each, plain_question(f"{head}{match['prep']} {each}{tail}")) for each in said
    )


def plain_question(text: str) -> str:
    """Return a side's question without the words that set it beside another."""
    text = _WHICH_HAD.sub("How many ", _ASKS_TO_COMPARE.sub("", text))
    text = " ".join(text.split()).strip(" ,;")
    return f"{text[:1].upper()}{text[1:].rstrip('?. ')}?"
