"""Trials and products that are otherwise than a question takes for granted.

Not stopped, stopped for another reason, run in another way, of another class.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from iscalimab_qa.answering.assertions import CLASSES, DESIGNS, Design, Stop, class_of
from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.holding import Library, sources_of
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.reasons import has_reason, is_another_reason
from iscalimab_qa.evidence.wording.clauses import clauses
from iscalimab_qa.evidence.wording.polarity import CUE
from iscalimab_qa.units import Unit


class Seen(NamedTuple):
    """A unit with all that stands around it, as tokens."""

    unit: Unit
    everything: frozenset[str]
    title: str

    @property
    def clauses(self) -> tuple[str, ...]:
        """The unit's clauses, in order."""
        return clauses(self.unit.text)


def seen_of(unit: Unit, library: Library) -> Seen:
    """Lay a unit out with all that stands around it."""
    cited = citation(unit, library.metadata_of(unit.source_id), 1)
    grounds = Grounds((cited,), sources_of([cited], library))
    return Seen(unit, library.names.tokens(f"{unit.text}\n{grounds.everything}"), cited.title)


def otherwise_run(design: Design, seen: Sequence[Seen]) -> Unit | None:
    """Find the nearest unit that names a study with another word for how it was run."""
    group = next(g for g in DESIGNS if any(each.search(design.word) for each in g))
    own = next(each for each in group if each.search(design.word))
    naming = [each for each in seen if _names(each.unit, design.name) or _is_own(each, design.name)]
    if any(own.search(each.unit.text) for each in naming):
        return None
    others = [other for other in group if other is not own]
    for each in naming:
        if any(other.search(each.unit.text) for other in others):
            return each.unit
    return None


_THIS = re.compile(r"\b(?:this|our|the\s+present)\s+(?:[\w-]+\s+){0,5}?(?:trial|study)\b", re.I)


def _is_own(seen: Seen, study: str) -> bool:
    """Whether a unit says "this trial" in a paper whose title names the study."""
    return bool(_THIS.search(seen.unit.text)) and study.lower() in seen.title.lower()


_STOP_WORD = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|terminat\w+|discontinu\w+|halt(?:ed|ing)?|abandon\w*|cancel\w*|suspend\w*"
    r"|end(?:s|ed|ing)?|withdrawn|dropped)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:proceed(?:s|ed)?|continu(?:es?|ed|ing)|go(?:es)?\s+on|ongoing|under\s+way|resum(?:es?|ed)"
    r"|is\s+(?:still\s+)?recruiting|remains?\s+(?:open|active))\b",
    re.IGNORECASE,
)


def not_stopped(stop: Stop, seen: Sequence[Seen]) -> Unit | None:
    """Find the nearest unit that says that a trial goes on, where none speaks of its end."""
    naming = [each.unit for each in seen if _names(each.unit, stop.trial)]
    if any(_STOP_WORD.search(unit.text) for unit in naming):
        return None
    going = (u for u in naming if _GOES_ON.search(u.text) and not CUE.search(u.text))
    return next(going, None)


def _names(unit: Unit, trial: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(trial)}(?![\w-])", unit.text))


NEXT = 400
"""Characters behind the sentence on a stop within which its reason is given."""

_GOES_BACK = re.compile(
    r"\b(?:the|this|that|its)\s+(?:\w+\s+)?(?:decision|step|move|stop|halt|termination|action|measure)\b",
    re.IGNORECASE,
)
"""Words that take up a stop told before."""


def stopped_otherwise(stop: Stop, seen: Sequence[Seen]) -> Unit | None:
    """Find the sentence behind a trial's stop that gives it a reason of another kind."""
    told = [
        each.unit
        for each in seen
        if _names(each.unit, stop.trial) and _STOP_WORD.search(each.unit.text)
    ]
    behind = [
        each.unit
        for each in seen
        if any(_follows(each.unit, unit) for unit in told) and _GOES_BACK.search(each.unit.text)
    ]
    if not stop.reason or any(
        not is_another_reason(stop.reason, u.text) for u in (*told, *behind) if has_reason(u.text)
    ):
        return None
    return next((unit for unit in (*told, *behind) if has_reason(unit.text)), None)


def _follows(unit: Unit, other: Unit) -> bool:
    return unit.source_id == other.source_id and 0 < unit.start - other.start <= NEXT + len(
        other.quote
    )


def of_another_class(product: Design, seen: Sequence[Seen]) -> Unit | None:
    """Find the nearest unit that says of a product that it is of another class."""
    own = next(each for each in CLASSES if each.search(product.word))
    naming = [each.unit for each in seen if _names_product(each.unit, product.name)]
    if any(own.search(unit.text) for unit in naming):
        return None
    for unit in naming:
        told = class_of(unit.text)
        if told and told.name.lower() == product.name.lower():
            return unit
    return None


def _names_product(unit: Unit, name: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", unit.text, re.IGNORECASE))
