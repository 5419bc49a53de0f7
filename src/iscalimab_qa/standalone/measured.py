"""Say by its measure what is called by another one: "a high one", "half that dose".

What "a high one" is one of was measured or defined in the question before; a dose that is a
multiple of the one asked about is reckoned, and so is the year before or after.
"""

from __future__ import annotations

import re

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.chunks import chunks_of
from iscalimab_qa.standalone.kinds import Kind

_ONE = re.compile(
    r"\b(?P<which>(?:an?|the|any|such\s+an?)\s+(?:very\s+|too\s+)?(?:high|low|higher|lower|raised|reduced|normal"
    r"|abnormal|positive|negative|large|small|good|bad|rising|falling))\s+one\b(?!\s+of\b)",
    re.IGNORECASE,
)
_TIMES = {"half": 0.5, "double": 2.0, "twice": 2.0, "triple": 3.0, "quarter": 0.25}
_MULTIPLE = re.compile(
    r"\b(?:(?:an?|the)\s+)?(?P<times>half|double|twice|triple|quarter)(?:\s+of)?"
    r"\s+(?:(?:of\s+)?(?:that|this|the)\s+)?(?:dos(?:e|es|age)|amount)\b"
    r"|\b(?P<itself>half|double|twice|triple)\s+(?:that|this)(?=\s*[?.!]*$)",
    re.IGNORECASE,
)
_DOSE_GIVEN = re.compile(rf"{w.DOSE.pattern}(?!\s?/)", re.IGNORECASE)
"""A dose, and no concentration ("below 3 g/L")."""

_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\w-])")
_NEXT_YEAR = re.compile(
    r"\b(?:in\s+)?the\s+(?:(?P<before>(?:previous|preceding)\s+year|year\s+(?:before|earlier))"
    r"|(?:next|following)\s+year|year\s+(?:after|later))(?:\s+that)?\b",
    re.IGNORECASE,
)
_FIRST_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
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


def with_dose_reckoned(question: str, context: str) -> str:
    """Turn "And at half that dose?" after "... on 600 mg?" into "And at 300 mg?"."""
    found = _MULTIPLE.search(question)
    doses = {match[0].lower() for match in _DOSE_GIVEN.finditer(context)}
    if found is None or len(doses) != 1 or w.DOSE.search(question):
        return question
    times = _TIMES[(found["times"] or found["itself"]).lower()]
    (dose,) = (match[0] for match in [_DOSE_GIVEN.search(context)] if match)
    reckoned = _FIRST_NUMBER.sub(
        lambda number: f"{float(number[0].replace(',', '')) * times:g}", dose, count=1
    )
    return f"{question[: found.start()]}{reckoned}{question[found.end() :]}"


def with_year_reckoned(question: str, context: str) -> str:
    """Turn "And the year before?" after "... in 2039?" into "And in 2038?"."""
    found, years = _NEXT_YEAR.search(question), set(_YEAR.findall(context))
    if found is None or len(years) != 1 or _YEAR.search(question):
        return question
    year = int(years.pop()) + (-1 if found["before"] else 1)
    return f"{question[: found.start()]}in {year}{question[found.end() :]}"
