"""How trials and programmes ended, which ends bear on a question, and what is out of date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from iscalimab_qa.evidence.figures.said_dates import date_told, is_later
from iscalimab_qa.evidence.notices.drafts import told_kind
from iscalimab_qa.evidence.tiers import is_weak
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry
from iscalimab_qa.evidence.trials.status_text import ENDED, RUNNING
from iscalimab_qa.evidence.trials.values import Said, Statement, Trial
from iscalimab_qa.units import Unit

EndingKind = Literal["stopped", "endpoint failed", "superseded"]

MOST_STATUS_UNITS = 3
"""Sentences that an answer on a status leads with: the stop, its reason, the programme."""

HALF_NAMED = 0.5
"""Share of an indication's words by which a question that names the drug names it."""

_FOR_BENEFIT = re.compile(
    r"^(?!.*\b(?:less|lack|low\w*|insufficient|no|not|poor|inferior|without|futil\w*|un\w+|worse)\b)"
    r".*\b(?:efficacy|benefit|superior\w*|success\w*)\b",
    re.IGNORECASE,
)
_OF_THE_SPONSOR = re.compile(
    r"\b(?:business|strategic|strategy|commercial|funding|financial|recruit\w*|enrol\w*|accrual|logistic\w*|covid\S*"
    r"|pandemic|portfolio|prioriti[sz]\w*|sponsor(?:'s|’s)?\s+decision|decision\s+of\s+the\s+(?:sponsor|company)|administrative|merger|acqui\w+)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:the|an?|its|their|this|that|any)\s+(?P<words>(?:[\w'’-]+\s+){1,4}?)"
    r"(?:programmes?|programs?|projects?|indications?|trials?|stud(?:y|ies)|work|effort|development)\b",
    re.IGNORECASE,
)
"""An undertaking called by part of what it was in: "the kidney programme"."""

_OF_A_TRIAL = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|extensions?|cohorts?|platform|NCT\d{8})\b", re.IGNORECASE
)

_OF_ANY_TRIALS = re.compile(
    r"\b(?:any(?:one|body)?|who|new|further|more|future|a\s+phase\s+\w+)\b[^.?!]*\b(?:trials?|stud(?:y|ies))\b"
    r"|\b(?:run|running|conduct\w*)\s+(?!the\b)(?:\S+\s+){0,3}?(?:trials|studies)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a trial came to grief or was overtaken, as its sources say.

    `date` is ISO 8601. `setback` is False where the words of its reason speak of benefit,
    or of the sponsor's business: such an end contradicts no earlier result.
    """

    trial: Trial
    kind: EndingKind
    status: str
    date: str | None
    reason: str | None
    said: tuple[Said, ...]
    setback: bool


class Stale(NamedTuple):
    """Cited words that say that something goes on, and what has been said since."""

    quoted: Quoted
    newer: Statement


def endings(trial: Trial) -> tuple[Ending, ...]:
    """Say how a trial ended badly; nothing for one that was completed or runs."""
    found: list[Ending] = []
    status = trial.status
    if status and (status.is_end or status.status == "superseded"):
        kind: EndingKind = "stopped" if status.is_end else "superseded"
        found.append(
            Ending(
                trial,
                kind,
                status.status,
                status.date,
                status.reason,
                _sayings(status),
                setback=_is_setback(status.reason),
            )
        )
    if trial.endpoint and trial.endpoint.value == "failed":
        said = (trial.endpoint.said,)
        found.append(Ending(trial, "endpoint failed", "failed", None, None, said, setback=True))
    return tuple(found)


def _sayings(statement: Statement) -> tuple[Said, ...]:
    pair = (statement.said, statement.reason_said if statement.reason else None)
    return tuple(dict.fromkeys(filter(None, pair)))


def _is_setback(reason: str | None) -> bool:
    if reason is None:
        return True
    return not _FOR_BENEFIT.search(reason) and not _OF_THE_SPONSOR.search(reason)


def later_setbacks(trial: Trial, registry: TrialRegistry) -> tuple[Ending, ...]:
    """Return the ends of later trials of a drug in the same indication that speak against it."""
    indication = trial.indication
    if indication is None or not trial.drugs:
        return ()
    return tuple(
        ending
        for other in registry.trials
        if other.trial_id != trial.trial_id
        and other.indication
        and other.drug_names & trial.drug_names
        and registry.indications.compatible(other.indication.value, indication.value)
        and _is_later(other, trial, registry)
        for ending in endings(other)
        if ending.setback
    )


def _is_later(other: Trial, trial: Trial, registry: TrialRegistry) -> bool:
    """Whether a trial came after another: by phase, else by start, else by what is known of it."""
    phases = _phase_rank(other), _phase_rank(trial)
    if all(phases) and phases[0] != phases[1]:
        return phases[0] > phases[1]
    if other.started and trial.started:
        return is_later(other.started.value, trial.started.value)
    when = other.status.when if other.status else None
    return is_later(when, _first_known(trial, registry))


def _phase_rank(trial: Trial) -> tuple[int, ...]:
    """Return what orders phases: `2a` before `2b` before `3`; empty where unknown."""
    if trial.phase is None:
        return ()
    first = re.match(r"([1-4])([ab])?", trial.phase.value)
    return (int(first[1]), "ab".find(first[2] or "a")) if first else ()


def _first_known(trial: Trial, registry: TrialRegistry) -> str | None:
    own = trial.ended.value if trial.ended else trial.status.when if trial.status else None
    published = (
        meta.published for source_id in trial.sources if (meta := registry.metadata(source_id))
    )
    return own or min(filter(None, published), default=None)


def stale_statuses(quoted: Iterable[Quoted], registry: TrialRegistry) -> list[Stale]:
    """Find cited words by which something runs that has been stopped since.

    Words that tell of the stop themselves are not stale.
    """
    found = []
    for each in quoted:
        said = registry.readings(each)
        if not any(reading.status in RUNNING for reading in said):
            continue
        if any(reading.status in ENDED for reading in said):
            continue
        newer = _newer(each, registry)
        if newer:
            found.append(Stale(each, newer))
    return found


def _newer(quoted: Quoted, registry: TrialRegistry) -> Statement | None:
    """Return the stop of what is said to run: of the trial, the indication, the programme."""
    named = registry.named_in(quoted.quote)
    drugs = registry.drugs.named_in(quoted.quote)
    meant = named or _matching(quoted.quote, drugs, registry)
    trials = meant or registry.of_source(quoted.source_id)
    stops = [trial.status for trial in trials if trial.status and trial.status.is_end]
    tested = drugs or frozenset(drug for trial in trials for drug in trial.drug_names)
    stops += [] if named else programme_of(tested, registry, quoted.quote)
    meta = registry.metadata(quoted.source_id)
    said_on = meta.published if meta else None
    newer = [stop for stop in stops if not is_later(said_on, stop.when)]
    return newer[0] if newer else None


def _matching(text: str, drugs: frozenset[str], registry: TrialRegistry) -> tuple[Trial, ...]:
    """Return the trials whose indication a text names, of its drugs where it names some.

    With them come those in a part of that indication, or in a wider one. A question that
    names the drug may name half of the indication: "people with a new kidney".
    """
    shares = {
        trial: _share_named(trial.indication.value, text, registry, of_a_drug=bool(drugs))
        for trial in registry.trials
        if trial.indication and (not drugs or drugs & trial.drug_names)
    }
    best = max(shares.values(), default=0.0)
    if best < HALF_NAMED:
        return ()
    named = [
        trial.indication.value for trial in shares if shares[trial] == best and trial.indication
    ]
    return tuple(
        trial
        for trial, share in shares.items()
        if share == best
        or any(
            registry.indications.compatible(trial.indication.value, value)
            for value in named
            if trial.indication
        )
    )


def indications_asked(question: str, registry: TrialRegistry) -> list[str]:
    """List the library's indications that a question names, in full or by half of the name.

    Half is enough where an undertaking is called so: "the kidney programme" is what was done
    in kidney transplantation.
    """
    if named := registry.indications.in_text(question):
        return named
    known = dict.fromkeys(trial.indication.value for trial in registry.trials if trial.indication)
    shares = {value: _share_named(value, question, registry, of_a_drug=False) for value in known}
    best = max(shares.values(), default=0.0)
    return [value for value in known if best >= HALF_NAMED and shares[value] == best]


def _share_named(indication: str, text: str, registry: TrialRegistry, *, of_a_drug: bool) -> float:
    """Return the share of an indication that a text names, in [0, 1].

    Part of it counts beside a drug's name and where it is what an undertaking is called.
    """
    if registry.indications.is_in(indication, text):
        return 1.0
    return registry.indications.overlap(indication, text if of_a_drug else _bare_words(text))


def _bare_words(question: str) -> str:
    """Return the words by which a question calls an undertaking; empty if it calls none."""
    return " ".join(match["words"].strip() for match in _BARE.finditer(question))


def programme_of(drugs: frozenset[str], registry: TrialRegistry, text: str = "") -> list[Statement]:
    """Return the ends of drugs' development: in the indications of a text first, then of all."""
    own = [s for s in registry.programme if s.drug in drugs and s.is_end]
    partly = [s for s in own if s.indication and registry.indications.is_in(s.indication, text)]
    whole = [s for s in own if s.indication is None]
    return [*partly, *whole]


def asks_for_a_trial(question: str) -> bool:
    """Whether a question speaks of a trial; else of what is done with a drug altogether.

    Whether any trials are run at all is a question on the whole.
    """
    return bool(_OF_A_TRIAL.search(question)) and not _OF_ANY_TRIALS.search(question)


def status_units(question: str, registry: TrialRegistry) -> tuple[Unit, ...]:
    """Return the sentences that an answer on a status or on availability leads with.

    The trials are those that the question names, else those of its drugs and indications;
    stops come before all else, newer before older, each followed by its reason, then what
    is said of the drug's development in the indication and as a whole. A question on a trial
    is answered with what is said of that trial alone.

    Args:
        question: As asked; names and indications are matched through the lexicon.
        registry: The library's trials.

    Returns:
        At most three units, none where the library says nothing of a status.
    """
    named = registry.named_in(question)
    asked = registry.drugs.named_in(question)
    trials = named or _matching(question, asked, registry)
    ordered = _stopped_first(trials)
    if not named and any(trial.status for trial in ordered):
        ordered = [trial for trial in ordered if trial.status]
    said = [saying for trial in ordered for saying in _of_status(trial)]
    if not named and not (trials and asks_for_a_trial(question)):
        drugs = asked or frozenset(drug for trial in trials for drug in trial.drug_names)
        programme = programme_of(drugs, registry, question)
        stopped = any(trial.status and trial.status.is_end for trial in trials)
        about = [saying for statement in programme for saying in _sayings(statement)]
        said = [*said, *about] if stopped else [*about, *said]
    units = dict.fromkeys(saying.unit for saying in said if saying.unit)
    return tuple(units)[:MOST_STATUS_UNITS]


def _stopped_first(trials: Sequence[Trial]) -> list[Trial]:
    newest = sorted(trials, key=lambda t: (t.status.when or "") if t.status else "", reverse=True)
    return sorted(newest, key=lambda t: not (t.status and t.status.is_end))


def _of_status(trial: Trial) -> list[Said]:
    said = list(_sayings(trial.status)) if trial.status else []
    if not said and trial.ended:
        said.append(trial.ended.said)
    if trial.endpoint and trial.endpoint.value == "failed":
        said.append(trial.endpoint.said)
    return said


def teller(source_id: str, registry: TrialRegistry) -> str:
    """Name a source's kind where it is neither registry, sponsor nor paper."""
    meta = registry.metadata(source_id)
    if meta is None or meta.kind in {"press_release", "registry_record"} or not is_weak(meta):
        return ""
    return f", according to {told_kind(meta)}"


def dated(statement: Statement) -> str:
    """Say when, in parentheses: the date of the event, else of the report; empty if unknown."""
    if statement.date:
        return f" ({date_told(statement.date)})"
    return f" (reported {date_told(statement.said_on)})" if statement.said_on else ""
