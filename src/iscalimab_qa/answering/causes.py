"""Where it is asked why, and what fits best tells only that it was so: add what tells why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iscalimab_qa.answering.bringing import brings
from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.scoring import Candidate

CAUSE_MARGIN = 5.0
"""How much less a cause may score than what it explains, in units of the fitted score: it stands
beside what the question repeats, and repeats less of it itself."""

BEHIND = 3
"""Characters from the end of a sentence to the beginning of the next."""

_GOES_ON = re.compile(r"^\W*(?:this|that|these|those|it|they|he|she|here|there)\b", re.IGNORECASE)


def with_cause(
    question: Question, chosen: Sequence[Candidate], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Put a cause behind the first unit of an answer to "why", where none of it tells one.

    Args:
        question: What is asked.
        chosen: The units of the answer, the direct one first.
        candidates: All evidence, best first.

    Returns:
        The first unit with the best unit of its source that tells a cause in words, else with the
        sentence that goes on from it; `chosen` where there is neither.
    """
    if question.expects != "reason" or not chosen:
        return list(chosen)
    if any(brings(question, each.unit.text) for each in chosen):
        return list(chosen)
    first = chosen[0]
    others = [
        each
        for each in candidates
        if each.unit.source_id == first.unit.source_id and each.unit is not first.unit
    ]
    told = (
        each
        for each in others
        if each.score >= first.score - CAUSE_MARGIN and brings(question, each.unit.text)
    )
    cause = next(told, None) or next((each for each in others if _goes_on(first, each)), None)
    return [first, cause] if cause else list(chosen)


def _goes_on(first: Candidate, then: Candidate) -> bool:
    behind = then.unit.start - first.unit.end
    return 0 <= behind <= BEHIND and bool(_GOES_ON.match(then.unit.text))
