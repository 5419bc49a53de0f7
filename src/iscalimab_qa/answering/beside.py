"""Answer a question on several trials, drugs or diseases side by side, each from its own evidence.

Nothing is ranked: where outcomes of different trials stand beside each other, the last statement
says that no trial of the library compared them, and in what they differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from iscalimab_qa.answering.citing import Cited, cite
from iscalimab_qa.answering.extractive import Asked, LibraryView, read
from iscalimab_qa.answering.model import AnswerModel
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.sides import Side
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.answering.values import Answer, Verdict
from iscalimab_qa.answering.verdict import graded, probability, signals
from iscalimab_qa.evidence.outcomes.endpoints import endpoint_name, without_times
from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.evidence.trials.values import Trial
from iscalimab_qa.units import Unit

MOST_LACKING = 0.75
"""Weight of the heaviest word that what is told of a trial may lack, as a share of the heaviest
word asked: "fever" is not told by a unit that lacks it, however much else it shares."""

NO_HEAD_TO_HEAD = "There is no head-to-head trial in this library"
"""What stands behind results of different trials, before in what these differ."""

_PEOPLE = r"(?:patients|participants|people|subjects|adults|children|volunteers|recipients)"
_ON_PEOPLE = re.compile(
    rf"""\b(?:who|how\s+(?:many|large|big)|number)\b.*\b(?:enrol\w*|randomi[sz]\w*|recruit\w*
          |(?:took|take)\s+part|participa\w+|included)\b(?!.*\b(?:with|had|who|reach\w*|died?)\b)
      | ^\W*(?:how\s+many\s+{_PEOPLE}|(?:the\s+)?(?:number\s+of\s+{_PEOPLE}|sample\s+size))
        (?:\s+(?:were|was|are|is))?(?:\s+there)?(?:\s+(?:in|of|did))?(?:\s+the)?(?:\s+have)?\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Asks how many took part in a trial, or who; the trial's name is taken out before."""

_ON_START = re.compile(r"\b(?:when|date|day)\b.*\b(?:start\w*|beg[aiu]n\w*)\b", re.IGNORECASE)
_ON_EFFECT = re.compile(r"\b(?:efficacy|results?|outcomes?|primary\s+end\s?points?)\b", re.I)


class Found(NamedTuple):
    """What the library holds for one side: the best unit, None where it tells nothing."""

    side: Side
    best: Unit | None
    chance: float


@dataclass(frozen=True, slots=True)
class Sides:
    """Knows how to ask for one side, and what the library's trials are.

    `ask` analyses its first question and retrieves for its second one.
    """

    library: LibraryView
    registry: TrialRegistry
    model: AnswerModel
    ask: Callable[[str, str], Asked]

    def found(self, side: Side) -> Found:
        """Look for what answers one side: of a trial only what is about that trial.

        How many took part, and whether the primary endpoint was met, the registry knows.
        """
        if registered := self._registered(side):
            return Found(side, registered, 1.0)
        asked = self._asked(side)
        reading = read(asked, self.library, self.model)
        about = [each for each in reading.evidence if self._is_told(each, side)]
        if not about:
            return Found(side, None, 0.0)
        known = self.library.known(tuple(asked.terms.weights))
        chance = probability(signals(asked.question, about, asked.terms, known), self.model.verdict)
        return Found(side, about[0].unit, chance)

    def _asked(self, side: Side) -> Asked:
        """Retrieve with a trial's name and score without it: all that is scored is of it."""
        bare = side.question.replace(side.called, " ")
        return self.ask(bare if self.registry.resolve(side.name) else side.question, side.question)

    def _registered(self, side: Side) -> Unit | None:
        trial = self.registry.resolve(side.name) if side.name else None
        if trial is None:
            return None
        bare = side.question.replace(side.called, " ").strip("? ")
        facts = (
            (_ON_PEOPLE, trial.enrolled),
            (_ON_START, trial.started),
            (_ON_EFFECT, trial.endpoint),
        )
        fact = next((fact for asks, fact in facts if asks.search(bare)), None)
        return fact.said.unit if fact else None

    def _is_told(self, candidate: Candidate, side: Side) -> bool:
        """Whether a unit is of the side, and of a trial tells what is compared."""
        unit = candidate.unit
        if not side.name:
            return True
        if self.registry.resolve(side.name):
            about = (trial.trial_id for trial in self.registry.trials_of(unit))
            return candidate.features.gap <= MOST_LACKING and side.name in about
        return self.library.mentions(unit.source_id, side.called)


def answered(asked: Asked, cited: Cited, known: Sides) -> Answer:
    """Return an `answered` answer; it is as sure as the threshold for one."""
    return Answer(
        question=asked.question.text,
        standalone_question=asked.question.text,
        verdict="answered",
        claims=cited.claims,
        citations=cited.citations,
        evidence=tuple(str(passage.document.id) for passage in asked.passages),
        probability=known.model.thresholds.answered,
    )


def set_beside(
    asked: Asked, sides: Sequence[Side], known: Sides, *, is_outcome: bool
) -> Answer | None:
    """Answer each side from its own evidence; None where no side is told.

    Args:
        asked: The whole question.
        sides: Its sides, each as a question.
        known: What finds a side's evidence.
        is_outcome: Whether results are compared, and not when a trial began.

    Returns:
        `answered` where each side is; `partial` where one is missing, which the opening names:
        a trial's only, since of a drug or a disease the question may ask in other words.
    """
    found = [known.found(side) for side in sides]
    told = [each for each in found if each.best and each.chance >= known.model.thresholds.partial]
    if not told:
        return None
    missing = [each.side.called for each in found if each not in told]
    if any(not known.registry.resolve(each.side.name) for each in found if each not in told):
        return None
    units = list({(u.source_id, u.start): u for each in told if (u := each.best)}.values())
    if len(units) < len(told):
        return None
    cited = cite(units, known.library.metadata, asked.question, known.library.names)
    people = any(_ON_PEOPLE.search(each.side.question) for each in told)
    compares_results = is_outcome and not missing and not people
    surest = max(each.chance for each in told)
    verdict: Verdict = "partial" if missing else graded(surest, known.model.thresholds)
    return Answer(
        question=asked.question.text,
        standalone_question=asked.question.text,
        verdict=verdict,
        claims=cited.claims,
        citations=cited.citations,
        opening=_opening(missing) if missing else "",
        closing=_caution(units, known) if compares_results else "",
        evidence=tuple(str(passage.document.id) for passage in asked.passages),
        probability=min(each.chance for each in told),
    )


def _opening(missing: Sequence[str]) -> str:
    return f"No direct answer was found for {' and '.join(missing)}."


def _caution(units: Sequence[Unit], known: Sides) -> str:
    """Say that nothing compared the trials, and in what they differ; empty where one did."""
    trials = [trial for unit in units for trial in known.registry.trials_of(unit)[:1]]
    if len({trial.trial_id for trial in trials}) < len(units):
        return ""
    drugs = frozenset[str]().union(*(trial.drug_names for trial in trials))
    if len(drugs) > 1 and any(drugs <= trial.drug_names for trial in known.registry.trials):
        return ""
    settings = [_setting(trial, unit) for trial, unit in zip(trials, units, strict=True)]
    return f"{NO_HEAD_TO_HEAD}: {'; '.join(settings)}."


def _setting(trial: Trial, unit: Unit) -> str:
    """Tell a trial's population, and endpoint and time point of what is cited of it.

    A sentence tells its endpoint itself.
    """
    disease = trial.indication.value if trial.indication else ""
    times = times_in(unit.words)
    time = times[0].written if len({each.key for each in times}) == 1 else ""
    endpoint = without_times(endpoint_name(unit.cells[0].text)) if unit.cells else ""
    about = ", ".join(filter(None, [disease, endpoint, time]))
    return f"{trial.acronym} ({about})" if about else trial.acronym


def unknown_side(question: str, library: LibraryView) -> str:
    """Return the side of a comparison that stands nowhere in the library, empty if none.

    What is compared stands at the joint: "A versus B", "compared with B", "between A and B".
    """
    for match in _AT_JOINT.finditer(question):
        for name in (match["one"], match["other"]):
            if name and not library.known(tuple(token_set(name))):
                return name
    return ""


_AT_JOINT = re.compile(
    r"(?:(?P<one>[^\W\d_][\w-]{3,})\s+)?\b(?:versus|vs\.?|compared?\s+(?:with|to)|against|than|and|or)\s+"
    r"(?:(?:in|on|with|for|the|to)\s+)*(?P<other>[^\W\d_][\w-]{3,})",
    re.IGNORECASE,
)
"""Two names on both sides of a word that compares; the first is looked at as well."""
