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
from iscalimab_qa.evidence.wording.wordlists import base
from iscalimab_qa.units import Unit


class Seen(NamedTuple):
    """A unit with all that stands around it, as tokens."""

    unit: Unit
    everything: frozenset[str]
    title: str
    words: frozenset[str] = frozenset()
    """The stems of all words in and around it."""
    beside: frozenset[str] = frozenset()
    """Tokens and stems of what else its source tells of the same matter."""
    named: frozenset[str] = frozenset()
    """The trials that it names, else those of the sentence right before it."""

    def around(self, question: str) -> frozenset[str]:
        """Return what is known to be spoken of where it stands.

        What else its source tells counts, unless it speaks of a trial that was not asked about.
        """
        other = self.named and not self.named & acronyms_in(question)
        apart = other or is_of_another_time(self.unit.text, question)
        return self.everything | self.words | (frozenset() if apart else self.beside)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The unit's clauses, in order."""
        return clauses(self.unit.text)


def seen_of(unit: Unit, library: Library) -> Seen:
    """Lay a unit out with all that stands around it."""
    cited = citation(unit, library.metadata_of(unit.source_id), 1)
    grounds = Grounds((cited,), sources_of([cited], library))
    text = f"{unit.text}\n{grounds.everything}"
    return Seen(unit, library.names.tokens(text), cited.title, stems_of(text))


PARAGRAPH = 400
"""Characters before a unit within which a trial that is named is the one it speaks of."""

_ACRONYM = re.compile(r"\b[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*\b")


def acronyms_in(text: str) -> frozenset[str]:
    """Return the words of a text that are written like a trial's name."""
    return frozenset(_ACRONYM.findall(text))


def all_seen(units: Sequence[Unit], most: int, library: Library) -> list[Seen]:
    """Lay out the first units, each with what the others tell of its source."""
    found = []
    for unit in [each for each in units[:most] if each.kind in {"sentence", "row"}]:
        text = "\n".join(each.text for each in units if each.source_id == unit.source_id)
        beside = library.names.tokens(text) | stems_of(text)
        found.append(seen_of(unit, library)._replace(beside=beside, named=_trials_at(unit, units)))
    return found


def _trials_at(unit: Unit, units: Sequence[Unit]) -> frozenset[str]:
    before = [
        each
        for each in units
        if each.source_id == unit.source_id and 0 <= unit.start - each.start <= PARAGRAPH
    ]
    before.sort(key=lambda each: each.start, reverse=True)
    return next((found for each in before if (found := _trials_in(each.text))), frozenset())


def _trials_in(text: str) -> frozenset[str]:
    """Return the trials of a text; "the PEHWI group" tells what people were given."""
    return frozenset(m[0] for m in _ACRONYM.finditer(text) if not _OF_PEOPLE.match(text, m.end()))


_OF_PEOPLE = re.compile(r"\s+(?:group|arm)\b|\s+[a-z]+ers\b")


_SPECIAL = re.compile(
    r"\b(?:first|second|third|last|earl(?:y|ier|iest)|late|initial\w*|beginning|at\s+once|short-lived|transient\w*"
    r"|season|drought|spring|summer|autumn|winter|(?:19|20)\d\d|subgroup|one\s+\w+|those|some|only|apart|except\w*)\b",
    re.IGNORECASE,
)


_NARROW = re.compile(
    r"\b\d[\d.,]*\s?(?:mg|µg|mcg|g|mL|IU|CFU)\b|\b[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*\b|\b(?:week|month|year|day)s?\s+\d+\b"
    r"|\b\d+\s+(?:weeks|months|years|days)\b|\b(?:lower|higher|low|high)\s+dose\b|\bin\s+(?:those|people|patients|women|men|children)\s+\w+"
)


def is_narrower(text: str, question: str) -> bool:
    """Whether words speak of a dose, a time, a trial or a group that was not asked for."""
    asked, trials = question.lower(), acronyms_in(text)
    known = trials & acronyms_in(question)
    found = [match[0] for match in _NARROW.finditer(text)]
    return any(each.lower() not in asked and not (known and each in trials) for each in found)


def is_of_another_time(text: str, question: str) -> bool:
    """Whether words speak of other times or doses than those asked for, or of "no longer"."""
    asked, told = (_ACRONYM.sub(" ", words) for words in (question, text))
    own = _NARROW.search(asked) is not None or "no longer" in text.lower()
    return own and is_narrower(told, asked)


def is_special(text: str, question: str) -> bool:
    """Whether words tell of a time, a place or a few that were not asked about."""
    asked = question.lower()
    return any(match[0].lower() not in asked for match in _SPECIAL.finditer(text))


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text's words, names not brought together."""
    return frozenset(base(word) for word in _WORD.findall(text))


_WORD = re.compile(r"[^\W\d_][\w'’-]*")


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
    r"\b(?:the|this|that|its)\s+(?:\w+\s+)?(?:decision|step|move|stop|halt|termination|action|measure)\b"
    r"|\b(?:the\s+)?reasons?\s+(?:given|for\s+(?:this|it|that|the\s+stop)|was|were)\b",
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
    if unit := next((u for u in (*told, *behind) if _denies_reason(stop, u.text)), None):
        return unit
    if not stop.reason or any(
        not is_another_reason(stop.reason, u.text) for u in (*told, *behind) if has_reason(u.text)
    ):
        return None
    return next((unit for unit in (*told, *behind) if has_reason(unit.text)), None)


_HARM = re.compile(
    r"\b(?:harm\w*|injur\w*|safety|side\s+effects?|toxic\w*|danger\w*|hurt|adverse|died|deaths?|kill\w*)\b",
    re.IGNORECASE,
)
_NO_HARM = re.compile(
    r"\b(?:not|no|nor|never|rather\s+than|unrelated\s+to)\b[^.;]{0,40}?\b(?:harm|injur\w+|safety|side\s+effects?|toxicity)\b",
    re.IGNORECASE,
)


def _denies_reason(stop: Stop, text: str) -> bool:
    """Whether a trial that is said to have harmed was stopped, but "not for harm"."""
    return bool(_HARM.search(stop.reason) and _NO_HARM.search(text))


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
