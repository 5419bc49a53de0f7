"""Is what a text says of how a trial ended denied by what the library knows of that trial?

"Why did X succeed?" takes for granted that it did; "X was completed" states it. Both are read
alike, from the words beside the trial's name, and held against status, reason and endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.checks.reasons import is_another_reason, reason_before, reason_in
from iscalimab_qa.evidence.figures.said_dates import date_told
from iscalimab_qa.evidence.trials.ended import Ending, endings
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.evidence.trials.status import NamedAt
from iscalimab_qa.evidence.trials.values import Said, Statement, Trial

End = Literal["succeeded", "met", "failed", "stopped", "completed", "to come"]
"""What a text says of a trial; `met` is its endpoint alone."""


class Denial(NamedTuple):
    """What a text says of a trial's end, and what the library says instead.

    `said` are the text's words, `taken` what they come to, `instead` the library's account in
    a few words, `sayings` who gives it, the most telling first. `of_reason` tells a stop that
    was for another reason from an end that was another.
    """

    said: str
    taken: str
    instead: str
    sayings: tuple[Said, ...]
    of_reason: bool = False


_PRIMARY = (
    r"(?:(?:its|the|their|a)\s+)?(?:co-?)?(?:primary\s+|main\s+|key\s+)?"
    r"(?:end\s?-?points?|aims?|goals?|objectives?|outcomes?)"
)
_STOPPED = (
    r"(?:stopped|terminated|discontinued|halted|abandoned|cancell?ed|scrapped|axed|pulled|suspended"
    r"|withdrawn|aborted|shelved|called\s+off|cut\s+short|shut\s+down|dropped"
    r"|(?:ended|closed|stopped)\s+(?:early|prematurely)|prematurely\s+(?:ended|closed|stopped))"
)
_BARE: dict[End, str] = {
    "stopped": r"(?:stop|terminate|halt|end)\s+(?:early|prematurely)|(?:ended|stopped|closed)\s+"
    r"(?:early|prematurely)",
    "completed": r"(?:complete|completed|finish|finished|conclude|concluded\s+as)\b"
    r"(?!\s+(?:enrol|recruit|accru|the\s+|its\s+(?:enrol|recruit)))",
    "met": rf"(?:meet|met|reach|reached|hit|achieve|achieved)\s+{_PRIMARY}",
    "failed": rf"(?:fail|failed|miss(?:ed)?\s+{_PRIMARY})\b(?!\s+to\s+(?:show|respond))",
    "succeeded": r"(?:succeed|succeeded|work\s+out|go\s+well)\b",
}
"""Verbs of which a trial is the subject, "did" before them or not."""

_PASSIVE: dict[End, str] = {
    "stopped": _STOPPED,
    "completed": r"(?:completed|finished|concluded\s+as\s+planned|run\s+to\s+completion)\b",
    "succeeded": r"(?:(?:a|so|such\s+a)\s+)?success(?:ful)?\b|a\s+win\b",
    "failed": r"(?:a\s+failure|(?:so\s+)?unsuccessful|a\s+flop)\b",
}
"""What a trial was."""

_BEFORE: dict[End, str] = {
    "succeeded": r"\b(?:successful|success\s+of(?:\s+the)?|successes\s+of)",
    "failed": r"\b(?:failed|unsuccessful|failure\s+of(?:\s+the)?)",
    "stopped": r"\b(?:stop(?:ped|ping)?|halt(?:ed|ing)?|terminat(?:ed?|ing|ion\s+of)|pull(?:ed)?"
    r"|discontinu(?:ed?|ing|ation\s+of)|abandon(?:ed|ing)?|cancel(?:l?ed|l?ing)?|scrap(?:ped|ping)?"
    r"|ax(?:ed|ing)|suspend(?:ed|ing)?)(?:\s+the)?",
    "completed": r"\b(?:completion\s+of(?:\s+the)?|(?<!not\s)(?<!un)completed)",
}
"""Words in front of a trial's name: "the successful X trial", "the completion of X"."""

_AUX = r"(?:was|were|is|be|been|has|have|had|did|does|do|will|get|got)"
_ADVERB = r"(?:\w+ly|then|also|just|ever|already|been|being|early|now)"
_DESCRIBED = r"(?:\s*\([^()]*\))?(?:,[^,?!.;]{0,120},)?(?:\s+(?:trials?|study|extension))?"
_GAP = re.compile(rf"{_DESCRIBED}(?:\s+{_AUX}|\s+{_ADVERB}|\s+to){{0,5}}\s+", re.IGNORECASE)
_HAS_AUX = re.compile(rf"\b{_AUX}\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:will|going\s+to|due\s+to|expected|likely)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"(?:be\s+)?(?:complete|finish|report|read\s+out|end|conclude|deliver|publish|available|over|done)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"(?P<aux>\b{_AUX}\s+)?(?:\b(?:the|this|that)\s+)?(?:phase\s+\w+\s+)?"
    r"(?:(?:trial|study)\s+)?$",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:in|of|from|on|for|to|with|by|during|than|within)\s+$", re.I)


class _Reading(NamedTuple):
    end: End
    said: str
    start: int
    stop: int


def denied_ends(text: str, registry: TrialRegistry) -> Iterator[Denial]:
    """Yield what a text says of trials' ends that the library denies.

    Args:
        text: A statement, or a question with what it takes for granted.
        registry: The library's trials.
    """
    for named in (*registry.names_at(text), *_described(text, registry)):
        trial = registry.resolve(named.trial_id)
        reading = _read(text, named) if trial else None
        if trial and reading and (denial := _denied(trial, reading, text, registry)):
            yield denial
    yield from _of_programme(text, registry)


_DESCRIPTION = re.compile(
    r"\b(?:the|this|that)\s+(?:[\w'’/-]+\s+){1,7}?(?:trial|study)\b(?:\s+(?:of|with)\s+[\w-]+)?",
    re.IGNORECASE,
)


def _described(text: str, registry: TrialRegistry) -> Iterator[NamedAt]:
    """Yield trials that a text names by their disease, where that can be one trial only."""
    if registry.names_at(text):
        return
    drugs = registry.drugs.named_in(text)
    for match in _DESCRIPTION.finditer(text):
        found = [
            trial
            for trial in registry.trials
            if trial.indication and registry.indications.is_in(trial.indication.value, match[0])
            if not drugs or drugs & trial.drug_names
            if _phase_fits(trial, match[0])
        ]
        if len(found) == 1:
            yield NamedAt(found[0].trial_id, *match.span())


_PHASE = re.compile(r"\bphase\s+(?P<phase>[1-4][ab]?|I{1,3}|IV)\b", re.IGNORECASE)


def _phase_fits(trial: Trial, text: str) -> bool:
    said = _PHASE.search(text)
    return not said or trial.phase is None or trial.phase.value.startswith(said["phase"].lower())


_PERSON = re.compile(
    r"\b(?:patients?|participants?|subjects?|recipients?|people|volunteers?|wom[ae]n|m[ae]n|children"
    r"|adults?|who|many|anyone|arms?|cohorts?|groups?|treatment|dos(?:e|es|ing))\b",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    rf"\b(?:{_STOPPED}|stop(?:ped|ping)?|end(?:ed|ing)?|drop(?:ped|ping)?|gave\s+up|given\s+up"
    r"|giv(?:e|ing)\s+up|discontinu(?:e|ing|ation)|abandon(?:ing)?|halt(?:ing)?|pull(?:ing)?)\b",
    re.IGNORECASE,
)


def _of_programme(text: str, registry: TrialRegistry) -> Iterator[Denial]:
    """Yield reasons for the end of a drug's development that are not the library's.

    "Was X withdrawn because of deaths?", where no trial is named: of the drug's trials in the
    disease that is named, else of its development altogether.
    """
    cue, drugs = _DROPPED.search(text), registry.drugs.named_in(text)
    reason = reason_in(text[cue.end() :]) if cue else ""
    if not cue or not reason or len(drugs) != 1 or _PERSON.search(text[: cue.start()]):
        return
    if registry.names_at(text) or any(_described(text, registry)):
        return
    known = list(_stops_of(drugs, text[: cue.start()], registry))
    if known and all(is_another_reason(reason, why) for why, _ in known):
        (drug,) = drugs
        sayings = tuple(each for _, said in known for each in said if each.unit)
        taken = f"{drug} was {cue[0]} because of {reason}"
        if sayings:
            yield Denial(reason, taken, "the library gives another reason", sayings, of_reason=True)


def _stops_of(
    drugs: frozenset[str], text: str, registry: TrialRegistry
) -> Iterator[tuple[str, tuple[Said, ...]]]:
    """Yield the known reasons of a drug's stops, with who gives them."""
    trials = [
        trial
        for trial in registry.trials
        if trial.indication and drugs & trial.drug_names
        if registry.indications.is_in(trial.indication.value, text)
    ]
    for trial in trials:
        for ending in endings(trial):
            if ending.reason:
                yield ending.reason, ending.said[::-1]
    for statement in registry.programme if not trials else ():
        if statement.drug in drugs and statement.is_end and statement.reason:
            said = (statement.reason_said, statement.said)
            yield statement.reason, tuple(each for each in said if each)


def _read(text: str, named: NamedAt) -> _Reading | None:
    """Read what a text says of the trial that it names at a place."""
    ahead, behind = text[: named.start], text[named.end :]
    for end, words in _BEFORE.items():
        if found := re.search(rf"{words}\s+(?:phase\s+\w+\s+)?$", ahead, re.IGNORECASE):
            return _Reading(end, found[0].strip(), found.start(), named.end)
    lead = _LEAD.search(ahead)
    if lead is None or _WITHIN.search(ahead[: lead.start()]):
        return None
    gap = _GAP.match(behind)
    if gap is None:
        return None
    between = f"{lead['aux'] or ''}{gap[0]}"
    if _FUTURE.search(between) and _TO_COME.match(behind, gap.end()):
        return _Reading("to come", behind[: gap.end()].strip(), named.start, named.end)
    return _verb(behind, gap.end(), named.end, passive=bool(_HAS_AUX.search(between)))


def _verb(behind: str, start: int, offset: int, *, passive: bool) -> _Reading | None:
    forms = [*_PASSIVE.items(), *_BARE.items()] if passive else [*_BARE.items()]
    for end, words in forms:
        if found := re.compile(words, re.IGNORECASE).match(behind, start):
            return _Reading(end, found[0].strip(), offset, offset + found.end())
    return None


def _denied(trial: Trial, reading: _Reading, text: str, registry: TrialRegistry) -> Denial | None:
    stops = [ending for ending in endings(trial) if ending.kind == "stopped"]
    if reading.end == "stopped" and stops:
        return _other_reason(trial, reading, text, stops[0])
    instead = _instead(trial, reading.end, stops)
    if instead is None:
        return None
    sayings = tuple(each for each in instead.sayings if each.unit)
    sayings = sayings or _sayings_of(trial, instead.status, registry)
    if not sayings:
        return None
    return Denial(reading.said, f"{trial.acronym} {_TOLD[reading.end]}", instead.text, sayings)


_TOLD: dict[End, str] = {
    "succeeded": "succeeded",
    "met": "met its endpoint",
    "failed": "failed",
    "stopped": "was stopped early",
    "completed": "was completed",
    "to come": "is still to end",
}


class _Instead(NamedTuple):
    text: str
    sayings: tuple[Said, ...]
    status: Statement | None = None


def _instead(trial: Trial, end: End, stops: list[Ending]) -> _Instead | None:
    """Say what a trial did instead; None where the library does not say otherwise."""
    missed = trial.endpoint is not None and trial.endpoint.value == "failed"
    reached = trial.endpoint is not None and trial.endpoint.value == "met"
    if end in {"succeeded", "met"}:
        told = [stop for stop in stops if stop.setback and stop.reason and not reached]
        if told:
            return _of_stop(told[0])
        missing = trial.endpoint if missed else None
        return _Instead("it missed its primary endpoint", (missing.said,)) if missing else None
    if end == "failed":
        met = reached and not stops and trial.endpoint
        return _Instead("it met its primary endpoint", (met.said,)) if met else None
    if end == "stopped":
        return _of_completion(trial)
    return _of_stop(stops[0]) if stops else None


def _of_stop(stop: Ending) -> _Instead:
    dated = f" ({date_told(stop.date)})" if stop.date else ""
    return _Instead(f"it was {stop.status}{dated}", stop.said[::-1])


def _of_completion(trial: Trial) -> _Instead | None:
    status = trial.status
    if status is None or status.status != "completed" or any(each.is_end for each in trial.also):
        return None
    dated = f" ({date_told(status.date)})" if status.date else ""
    return _Instead(f"it was completed{dated}", (status.said,), status)


def _sayings_of(
    trial: Trial, status: Statement | None, registry: TrialRegistry
) -> tuple[Said, ...]:
    """Find words for a status that only a source's metadata gives: those with its date."""
    facts = (trial.ended, trial.endpoint)
    said = tuple(fact.said for fact in facts if fact and fact.said.unit)
    if said or status is None or status.date is None:
        return said[:1]
    told = date_told(status.date)
    units = (unit for unit in registry.units_about(trial.trial_id) if told in unit.text)
    return tuple(Said(unit.source_id, unit) for unit in units)[:1]


def _other_reason(trial: Trial, reading: _Reading, text: str, stop: Ending) -> Denial | None:
    reason = reason_in(text[reading.stop :]) or reason_before(text[: reading.start])
    sayings = tuple(each for each in stop.said[::-1] if each.unit)
    if not reason or not sayings or not is_another_reason(reason, stop.reason):
        return None
    taken = f"{trial.acronym} was {stop.status} because of {reason}"
    return Denial(reason, taken, "the library gives another reason", sayings, of_reason=True)
