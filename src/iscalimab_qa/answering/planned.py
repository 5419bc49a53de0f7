"""What was found is not told by what is planned: "STONE-2 will start in 2036" has no result."""

from __future__ import annotations

import re

from iscalimab_qa.answering.question import Question
from iscalimab_qa.units import Unit

_PLAN = re.compile(
    r"\bwill\b|\b(?:is|are)\s+(?:(?:now|also|still)\s+)?(?:planned|expected|scheduled|intended"
    r"|designed|recruiting|enrolling|under\s?way|ongoing|being\s+(?:planned|considered|discussed"
    r"|prepared))\b|\b(?:is|are)\s+due\s+(?:in\b|to\s+(?:start|begin|open|report|read|end))"
    r"|\b(?:is|are)\s+to\s+(?:be|start|begin|enrol|recruit|follow|report|open)\b"
    r"|\b(?:plans?|aims?|intends?|hopes?)\s+to\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:was|were|had|has|have|did|been|amounted|fell|rose|showed|gave|occurred|entered)\b"
    r"|(?<![\w-])\d+\s+(?:\w+\s+)?\w{3,}ed\b",
    re.IGNORECASE,
)
_ASKS_OF_THE_PAST = re.compile(
    r"\b(?:did|was|were|had|has|have|how\s+many\s+\w+ed)\b", re.IGNORECASE
)
_FINDING = re.compile(
    r"\b(?:results?|lower\w*|reduc\w*|improv\w*|efficacy|effective|respon\w+|achiev\w*|rates?"
    r"|how\s+(?:many|much|often|large|big|strong|well)|difference|percent\w*|proportion|share"
    r"|deaths?|died|surviv\w*|relaps\w*|remission|outcomes?|worse\w*|effect|better|benefit|fewer"
    r"|cases|side\s+effects|adverse)\b",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"\b(?:will|plan\w*|expect\w*|aim\w*|intend\w*|future|next|design\w*|due|enrol\w*|recruit\w*"
    r"|start\w*|beg[aiu]n|sponsor\w*|phase|where|who|whom|when|why|status|happen\w*|countr\w+"
    r"|sites?|schedul\w*|hypothes\w*|objective\w*|purpose|goal\w*|method\w*|used|given|assumed"
    r"|allowed|eligib\w*|includ\w*|exclud\w*|test(?:ed|ing)?|stud(?:y|ied)|stopped|ended|done"
    r"|announced|said|told)\b",
    re.IGNORECASE,
)
"""Words that ask how a study goes, which its plan may answer."""


def is_still_ahead(question: Question, unit: Unit) -> bool:
    """Whether a finding is asked for, and a unit tells of nothing but plans."""
    asked = question.own
    asks = _ASKS_OF_THE_PAST.search(asked) and _FINDING.search(asked)
    plans = not unit.cells and _PLAN.search(unit.text) and not _HAPPENED.search(unit.text)
    return bool(asks and plans) and not _COURSE.search(asked)
