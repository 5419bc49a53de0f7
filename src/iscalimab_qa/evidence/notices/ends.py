"""How the trials behind an answer ended, and the development that a question asks about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from iscalimab_qa.evidence.figures.said_dates import date_told
from iscalimab_qa.evidence.notices.animals import about_animals_alone
from iscalimab_qa.evidence.notices.drafts import ON_DEVELOPMENT, ON_ENDS, Draft, Topic
from iscalimab_qa.evidence.trials.ended import (
    HALF_NAMED,
    Ending,
    asks_for_a_trial,
    dated,
    endings,
    indications_asked,
    later_setbacks,
    programme_of,
    stale_statuses,
    teller,
)
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry
from iscalimab_qa.evidence.trials.values import Said, Statement, Trial

MOST_NOTICES = 3
"""Ends that are told above one answer; more of them nobody reads."""

_CONTROLS = frozenset("placebo sham untreated control controls vehicle standard usual".split())
"""Arms that every other trial has."""

_OTHER_DISEASE = re.compile(
    r"\b(?:in|for|of|with)\s+(?:\w+\s+){0,2}?(?:[A-Z][\w-]+['’]s\s+(?:disease|syndrome)|[a-z]+itis)\b"
)
"""A disease, told by the shape of its name."""

_LONG_WORD = re.compile(r"[^\W\d_]{7,}")
_OF_ANY_TITLE = frozenset(
    """patients subjects participants placebo disease diseases disorder treatment therapy efficacy
    outcome outcomes results response randomised randomized controlled clinical evaluation
    intravenous subcutaneous moderate analysis interim adverse primary study studies running
    company development programme programs programmes research""".split()
)
"""Words that titles of any trial have; others tell what a trial is on."""

_HARM = re.compile(
    r"\b(?:safety|harm\w*|adverse|toxic\w*|hepato\w*|liver|damage|deaths?|mortality|hospitali[sz]\w+"
    r"|thrombo\w*|bleed\w*|infections?|side\s+effects?|reactions?)\b",
    re.IGNORECASE,
)
_NO_HARM = re.compile(
    r"\b(?:not?|un|nor|without|rather\s+than)\s*(?:\w+\s+){0,4}?(?:safety|harm|adverse)\b",
    re.IGNORECASE,
)
"""Words of a reason that is, or expressly is not, that people came to harm."""

MOST_REASON = 220
"""Characters of a reason that a notice repeats; its citation has the rest."""


def ends(
    question: str,
    topic: Topic,
    cited: Sequence[Quoted],
    registry: TrialRegistry,
    *,
    is_direct: bool = True,
) -> list[Draft]:
    """Draw up what ended: the trials of an answer, later ones against it, the development.

    Args:
        question: The standalone question.
        topic: What it is about.
        cited: What the claims cite; a reason that they tell is not told again.
        registry: The library's trials.
        is_direct: Whether what is cited answers the question. What only comes closest may be
            about any trial: then those alone are told of that the question is on.
    """
    found: dict[str, Draft] = {}
    if topic in ON_ENDS and not about_animals_alone(question):
        own: Sequence[Trial] = _own_trials(question, cited, registry)
        if not is_direct:
            own = [each for each in own if _is_asked_of(each, question, registry)]
        whole = dict(_programme(question, topic, own, cited, registry))
        if not (whole and _of_whole_development(question, registry)):
            found = _of_trials(_told_of(own, question, topic, registry), cited, registry)
        found = found or whole
    elif topic == "safety" and not about_animals_alone(question):
        own = _own_trials(question, cited, registry)
        found = _of_trials(own, cited, registry, if_=_is_for_harm)
    for stale in stale_statuses(cited, registry):
        newer = stale.newer
        known = registry.resolve(newer.trial_id) if newer.trial_id else None
        if known:
            for ending in endings(known):
                found.setdefault(known.trial_id, _of_trial(ending, cited, registry))
        elif newer.drug:
            found.setdefault(newer.drug, _of_programme(newer, cited, registry))
    return list(found.values())[:MOST_NOTICES]


def _of_whole_development(question: str, registry: TrialRegistry) -> bool:
    """Whether no trial and no disease is asked about: its trials' ends are beside the point."""
    return not asks_for_a_trial(question) and not indications_asked(question, registry)


def _told_of(
    own: Sequence[Trial], question: str, topic: Topic, registry: TrialRegistry
) -> Sequence[Trial]:
    """Leave out, where a status is asked for, what has none beside trials that have one.

    A trial that missed its endpoint and of which no end is known was not stopped.
    """
    if topic not in ON_DEVELOPMENT or not any(trial.status for trial in own):
        return own
    named = registry.named_in(question)
    return [trial for trial in own if trial.status or trial in named]


def _is_for_harm(ending: Ending) -> bool:
    """Whether a trial was stopped for harm: what is asked about its safety must say so."""
    return bool(ending.reason and _HARM.search(_NO_HARM.sub(" ", ending.reason)))


def _of_trials(
    own: Sequence[Trial],
    cited: Sequence[Quoted],
    registry: TrialRegistry,
    *,
    if_: Callable[[Ending], bool] = lambda _: True,
) -> dict[str, Draft]:
    """Draft the ends of trials, and the later setbacks of those that did not end so."""
    ended = {t.trial_id: ending for t in own for ending in endings(t)[:1] if if_(ending)}
    found = {
        trial_id: _of_trial(ending, cited, registry, named=named)
        for trial_id, (ending, named) in _told_at_once(ended).items()
    }
    later: dict[str, Ending] = {}
    for trial in own:
        setbacks = later_setbacks(trial, registry) if trial.trial_id not in ended else ()
        for ending in filter(if_, setbacks):
            later.setdefault(ending.trial.trial_id, ending)
    for trial_id, (ending, named) in _told_at_once(later).items():
        if trial_id not in ended:
            found[trial_id] = _of_trial(ending, cited, registry, named=named, later=True)
    return found


class _AtOnce(NamedTuple):
    """An end, and the trials of which the same words tell it."""

    ending: Ending
    named: tuple[Trial, ...]


def _told_at_once(ended: Mapping[str, Ending]) -> dict[str, _AtOnce]:
    """Gather the ends that the same words tell, each under its first trial."""
    first: dict[tuple[object, ...], str] = {}
    found: dict[str, _AtOnce] = {}
    for trial_id, ending in ended.items():
        trial = ending.trial
        key = (ending.said, trial.drug_names, trial.indication and trial.indication.value)
        one = first.setdefault(key, trial_id)
        others = found[one].named if one in found else ()
        found[one] = _AtOnce(found[one].ending if one in found else ending, (*others, trial))
    return found


def _own_trials(
    question: str, cited: Sequence[Quoted], registry: TrialRegistry
) -> tuple[Trial, ...]:
    """Return the trials that an answer rests on and the question is about.

    Those that the question names; else of the cited ones those of its drugs and indications.
    """
    named = registry.named_in(question)
    if named:
        return named
    drugs = _tested_drugs(question, registry)
    indications = indications_asked(question, registry)
    if not indications and _names_other_disease(question, registry):
        return ()
    resting = [trial for quoted in cited for trial in _resting_on(quoted, question, registry)]
    fitting = [
        trial
        for trial in resting
        if (_tests_one(trial, drugs, registry) if drugs else True)
        and (not indications or _is_in_one(trial, indications, registry))
    ]
    kept = fitting if indications else _nearest_named(question, fitting, registry)
    kept = kept or _asked_for(question, drugs, registry)
    return tuple({trial.trial_id: trial for trial in kept}.values())


def _asked_for(question: str, drugs: frozenset[str], registry: TrialRegistry) -> Sequence[Trial]:
    """Return the trials of a drug and an indication that a question names, both in full.

    An answer may rest on another drug's trial, or on a review.
    """
    named = registry.indications.in_text(question)[:1]
    return [
        trial
        for trial in registry.trials
        if trial.indication and drugs & trial.drug_names and _is_in_one(trial, named, registry)
    ]


def _names_other_disease(question: str, registry: TrialRegistry) -> bool:
    """Whether a question names a disease that shares no word with an indication of the library."""
    match = _OTHER_DISEASE.search(question)
    known = (trial.indication.value for trial in registry.trials if trial.indication)
    return bool(match) and not any(
        registry.indications.overlap(value, match[0]) for value in known if match
    )


def _resting_on(quoted: Quoted, question: str, registry: TrialRegistry) -> Sequence[Trial]:
    """Return the trials that cited words are surely about.

    Where they name none and their source is about several, it is the one whose indication they
    or the question name.
    """
    trials = registry.trials_of(quoted)
    around = " ".join([quoted.quote, *(piece.quote for piece in quoted.context)])
    if len(trials) == 1 or registry.named_in(around):
        return trials
    for text in (around, question):
        said = registry.indications.in_text(text)
        meant = [each for each in trials if each.indication and each.indication.value in said]
        if meant:
            return meant if len(meant) == 1 else ()
    return ()


def _is_asked_of(trial: Trial, question: str, registry: TrialRegistry) -> bool:
    """Whether a question names a trial, its indication, its drug or an arm of it."""
    if trial in registry.named_in(question):
        return True
    if trial.indication and trial.indication.value in indications_asked(question, registry):
        return True
    arms = {arm.label.split()[0].lower() for arm in trial.arms} - _CONTROLS
    if registry.drugs.named_in(question) & trial.drug_names:
        return True
    titles = (meta.title for each in trial.sources if (meta := registry.metadata(each)))
    titled = {word.lower() for title in titles for word in _LONG_WORD.findall(title)}
    asked = set(re.findall(r"[^\W_][\w-]*", question.lower()))
    return bool((arms | titled - _OF_ANY_TITLE) & asked)


def _nearest_named(
    question: str, trials: Sequence[Trial], registry: TrialRegistry
) -> Sequence[Trial]:
    """Leave out other indications where a question names half of one: "the colitis study"."""
    shares = {
        trial: registry.indications.overlap(trial.indication.value, question)
        for trial in trials
        if trial.indication
    }
    best = max(shares.values(), default=0.0)
    if best < HALF_NAMED:
        return trials
    return [trial for trial in trials if shares.get(trial, best) == best]


def _tests_one(trial: Trial, drugs: frozenset[str], registry: TrialRegistry) -> bool:
    """Whether a trial tested one of some drugs; the titles tell where no sentence does."""
    if trial.drugs:
        return bool(drugs & trial.drug_names)
    titles = (meta.title for each in trial.sources if (meta := registry.metadata(each)))
    return any(drugs & registry.drugs.named_in(title) for title in titles)


def _tested_drugs(question: str, registry: TrialRegistry) -> frozenset[str]:
    """Return the drugs of a question that a trial tested; a comparator asks for no trial."""
    tested = {drug for trial in registry.trials for drug in trial.drug_names}
    tested.update(statement.drug for statement in registry.programme if statement.drug)
    named = {mention.name for mention in registry.drugs.mentions(question)}
    # A drug of no trial here, and no comparator: nothing of another drug's belongs there.
    return frozenset(named & tested or named - registry.comparators)


def _is_in_one(trial: Trial, indications: Sequence[str], registry: TrialRegistry) -> bool:
    if trial.indication is None:
        return True
    value = trial.indication.value
    return any(registry.indications.compatible(value, other) for other in indications)


def _of_trial(
    ending: Ending,
    cited: Sequence[Quoted],
    registry: TrialRegistry,
    *,
    named: Sequence[Trial] = (),
    later: bool = False,
) -> Draft:
    """Tell the end of one trial, or of several `named` at once."""
    trial = ending.trial
    facts = [", ".join(drug.value for drug in trial.drugs)]
    facts += [trial.indication.value] if trial.indication else []
    called = " and ".join(each.acronym for each in named or (trial,))
    called = f"{called} ({', '.join(filter(None, facts))})" if any(facts) else called
    told = _end_told(ending, cited, registry)
    if len(named) > 1:
        told = re.sub(r"^was\b", "were", told).replace("its primary", "their primary")
    if later:
        called = f"{'Later trials' if len(named) > 1 else 'A later trial'}, {called},"
    return Draft("trial_status", f"{called} {told}", ending.said)


def _end_told(ending: Ending, cited: Sequence[Quoted], registry: TrialRegistry) -> str:
    if ending.kind == "endpoint failed":
        return "missed its primary endpoint."
    date = f" ({date_told(ending.date)})" if ending.date else ""
    if ending.kind == "superseded":
        return f"was superseded{date}."
    who = teller(ending.said[0].source_id, registry)
    failed = any(other.kind == "endpoint failed" for other in endings(ending.trial))
    missed = " and missed its primary endpoint" if failed else ""
    told = f"was {ending.status}{date}{missed}{who}"
    if ending.reason is None:
        return f"{told}; no reason was found in the library."
    return told + _because(ending.reason, ending.said[-1], cited)


def _because(reason: str, said: Said, cited: Iterable[Quoted]) -> str:
    """Tell a reason, unless the answer below cites the words that give it."""
    unit = said.unit
    if unit and any((each.source_id, each.quote) == (unit.source_id, unit.quote) for each in cited):
        return "."
    return f": {_short(reason)}."


def _short(reason: str) -> str:
    if len(reason) <= MOST_REASON:
        return reason
    return f"{reason[:MOST_REASON].rsplit(' ', 1)[0].rstrip(' ,;')} ..."


def _programme(
    question: str,
    topic: Topic,
    own: Sequence[Trial],
    cited: Sequence[Quoted],
    registry: TrialRegistry,
) -> Iterator[tuple[str, Draft]]:
    """Yield the end of the development that a question on a drug's status asks about."""
    about_a_trial = registry.named_in(question) or asks_for_a_trial(question)
    if topic not in ON_DEVELOPMENT or (about_a_trial and topic != "availability"):
        return
    drugs = _tested_drugs(question, registry)
    drugs = drugs or frozenset(drug for trial in own for drug in trial.drug_names)
    drugs = drugs or frozenset().union(*(registry.drugs.named_in(each.quote) for each in cited))
    for statement in programme_of(drugs, registry, question)[:1]:
        yield statement.drug or "", _of_programme(statement, cited, registry)


def _of_programme(statement: Statement, cited: Sequence[Quoted], registry: TrialRegistry) -> Draft:
    where = f" in {statement.indication}" if statement.indication else ""
    who = teller(statement.said.source_id, registry)
    text = f"Development of {statement.drug}{where} was ended{dated(statement)}{who}"
    reason_said = statement.reason_said or statement.said
    text += _because(statement.reason, reason_said, cited) if statement.reason else "."
    said = dict.fromkeys(filter(None, (statement.said, statement.reason_said)))
    return Draft("trial_status", text, tuple(said))
