"""Take a question with several parts apart, so that each of them finds its own answer.

"What became of the trial, and why?" asks two things that stand in two sentences. The later
parts lean on the first as a follow-up leans on the question before it; what stands behind the
last ("..., under tolimab") belongs to all of them.
"""

from __future__ import annotations

import re

from iscalimab_qa.answering.asked_values import names_value, two_values
from iscalimab_qa.answering.terms import names_in
from iscalimab_qa.standalone import with_subjects

MAX_PARTS = 3
"""Three statements are all that an answer holds."""

SHORTEST_PART = 2
"""Words below which a part asks nothing by itself ("and why?" has two)."""

_PREPOSITION = (
    r"(?:for|on|in|at|to|from|by|with|of|over|under|within|during|after|until|since|among|into)"
)
_WH = rf"(?:(?:{_PREPOSITION}\s+)?(?:what|which|how|when|why|where|whom|whose|who))"
_AUXILIARY = (
    r"(?:did|does|do|was|were|is|are|has|have|had|can|could|will|would|may|might|must|should)"
)
_AND = r"(?:and|but|as\s+well\s+as)"
_JOINT = re.compile(
    rf"""\s*[,;]?\s+{_AND}\s+(?=(?:{_WH}|{_AUXILIARY})\b)
      | \s*;\s+(?=(?:{_WH}|{_AUXILIARY})\b) | \s*,\s+(?={_WH}\b) | (?<=\?)\s+(?=\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKING = re.compile(rf"(?:^|[:,;.]\s+)(?:{_WH}|{_AUXILIARY})\b", re.IGNORECASE)

_WITHOUT_VERB = re.compile(
    rf"""(?:{_PREPOSITION}\s+)?
        (?: (?:what|which)\s+(?:[\w'’-]+\s+){{0,3}}(?!\w+ed\b)[\w'’-]+
          | how\s+(?:long|often|soon)
          | how\s+many\s+(?:[\w'’-]+\s+)?(?!\w+ed\b)[\w'’-]+s
          | when | where | why | whom )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""A part that leaves its verb to the one before: "... and in which countries?"."""

_GAPPED = re.compile(
    rf"^{_WH}(?:\s+(?:many|much|long|often|far))?\s+(?P<rest>(?P<with>{_PREPOSITION})\s+\S.*)$",
    re.IGNORECASE,
)
"""A part that leaves out what it asks: "who paid for A and who for B?"."""

_LEANING = re.compile(
    rf"^{_AUXILIARY}\s+(?:that|this|these|those)(?:\s+[\w'’-]+){{1,2}}\W*$", re.IGNORECASE
)
"""A part about what the one before has found: "... and was that significant?"."""

_HAS_AUXILIARY = re.compile(rf"\b{_AUXILIARY}\b", re.IGNORECASE)
_PREDICATE = re.compile(
    rf"^(?:{_WH}(?:\s+[\w'’-]+){{0,4}}?\s+(?P<said>{_AUXILIARY}\b.+)|(?P<all>{_AUXILIARY}\b.+)"
    rf"|who\s+(?P<did>\w+\s.+)"
    rf"|how\s+many\s+(?P<they>(?:[\w-]+\s+){{1,2}}?(?:got|took|had|left|\w+ed)\s.+))$",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"^(?:{_PREPOSITION}\s+)?how\s+many\s+", re.IGNORECASE)
_SHARED = re.compile(
    r"""(?: ,\s*(?P<aside>(?:under|in|on|with|during|after|for|among)\s+[^,?]+)
          | \s(?P<trial>(?:in|of|from|during)\s+(?:the\s+)?[A-Z][A-Z0-9-]{2,}
            (?:\s+(?:trial|study))?) )\W*$""",
    re.VERBOSE,
)
"""What stands behind the last part and is told of the first too."""

_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9-]{2,}\b")
"""What trials are called, and registry numbers."""


def parts_of(question: str) -> tuple[str, ...]:
    """Return the parts of a question, each standing alone; one if it asks one thing only.

    What stands before the first part that asks ("In the trial of X, how many ... and when ...")
    belongs to it.
    """
    parts = _by_asking(question)
    if len(parts) == 1:
        parts = _by_value(question)
    if not 1 < len(parts) <= MAX_PARTS:
        return (question,)
    first = _completed(parts[0], parts[-1])
    return (first, *(_standing(part, first) for part in parts[1:]))


def _by_asking(question: str) -> list[str]:
    """Part a question before each word that asks, where what stands before asks as well."""
    parts: list[str] = []
    joined = ""
    for joint, piece in _pieces(question):
        fits = len(piece.split()) >= SHORTEST_PART or _WITHOUT_VERB.match(piece)
        if parts and fits and _asks(parts[-1], joint):
            parts.append(piece)
        else:
            joined = f"{parts[-1]}{joint or ', '}{piece}" if parts else piece
            parts = [*parts[:-1], joined]
    return parts


def _pieces(question: str) -> list[tuple[str, str]]:
    """Return the pieces of a question, each with the joint before it."""
    ends = [0]
    joints = [""]
    starts: list[int] = []
    for joint in _JOINT.finditer(question):
        starts.append(joint.start())
        ends.append(joint.end())
        joints.append(joint[0])
    pieces = (
        question[start:end].strip(" ,;")
        for start, end in zip(ends, [*starts, len(question)], strict=True)
    )
    return [(j, piece) for j, piece in zip(joints, pieces, strict=True) if piece.strip(" ?")]


def _asks(part: str, joint: str) -> bool:
    """Whether a part asks: by a word that asks, or as a bare phrase before an "and"."""
    bare = bool(joint.strip(" ,;")) and names_value(part)
    return bool(_ASKING.search(part)) or bare


def _by_value(question: str) -> list[str]:
    """Part a question by the two values that it names: "dose and sponsor of X"."""
    found = two_values(question)
    if found is None:
        return [question]
    return [f"{found.before}{found.first}", f"{found.before}{found.second}"]


def _completed(first: str, last: str) -> str:
    """Tell of the first part what stands behind the last, where the first names nothing."""
    shared = _SHARED.search(last)
    named = _CAPITALS.search(first) if shared and shared["trial"] else names_in(first)
    if shared and not named:
        return f"{first.rstrip(' ?')} {shared['aside'] or shared['trial']}"
    is_named = names_in(last) or _CAPITALS.search(last)
    return with_subjects(first, last) if is_named else first


def _standing(part: str, first: str) -> str:
    """Make a later part stand alone: it takes over verb, subject and names from the first."""
    gapped = _GAPPED.match(part)
    shared = gapped and re.search(rf"\b{gapped['with']}\b", first, re.IGNORECASE)
    if gapped and shared and _opens_alike(first, part):
        return _sentence(f"{first[: shared.start()]}{gapped['rest'].rstrip(' ?')}")
    found = _PREDICATE.match(first.rstrip(" ?"))
    predicate = found and next(filter(None, found.groups()), None)
    if _WITHOUT_VERB.match(part) and not _HAS_AUXILIARY.search(part):
        if predicate:
            return _sentence(f"{part.rstrip(' ?')} {predicate[0].lower()}{predicate[1:]}")
        return _beside(part, first)
    if _LEANING.match(part):
        return _beside(part, first)
    # What is counted is not what "it" stands for: "how many items has X, and what is it for?".
    counted = predicate and _COUNTED.match(first)
    return with_subjects(_sentence(part), predicate if predicate and counted else first)


def _opens_alike(first: str, part: str) -> bool:
    return first.split(maxsplit=1)[0].lower() == part.split(maxsplit=1)[0].lower()


def _beside(part: str, first: str) -> str:
    """Ask a part that says nothing by itself with the first behind it: "Why: which fell most?"."""
    return _sentence(f"{part.rstrip(' ?')}: {first[0].lower()}{first[1:].rstrip(' ?')}")


def _sentence(part: str) -> str:
    return f"{part[0].upper()}{part[1:].rstrip('?')}?"
