"""Name what "a high one" is one of, by what was measured or defined in the question before."""

from __future__ import annotations

import re

from iscalimab_qa.standalone.chunks import chunks_of
from iscalimab_qa.standalone.kinds import Kind

_ONE = re.compile(
    r"\b(?P<which>(?:an?|the|any|such\s+an?)\s+(?:very\s+|too\s+)?(?:high|low|higher|lower|raised|reduced|normal"
    r"|abnormal|positive|negative|large|small|good|bad|rising|falling))\s+one\b(?!\s+of\b)",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"^(?:normal|abnormal|high|low|typical|usual|good|bad|healthy|average|raised)\s+", re.IGNORECASE
)
_MEASURED = {Kind.THING, Kind.OUTCOME, Kind.STATISTIC, Kind.PROPERTY}


def with_one_named(question: str, context: str) -> str:
    """Turn "What does a high one mean?" after "How is CRP measured?": what does a high CRP mean."""
    found = _ONE.search(question)
    measured = [chunk for chunk in chunks_of(context) if chunk.kind in _MEASURED]
    if found is None or not measured:
        return question
    noun = _HOW_MUCH.sub("", measured[0].noun)
    return f"{question[: found.end('which')]} {noun}{question[found.end() :]}"
