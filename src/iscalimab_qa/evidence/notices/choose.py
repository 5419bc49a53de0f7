"""What a reader must know beside an answer: how its trials ended, what was retracted, what is weak.

Notices are drawn up from the question's topic, the words that the answer cites, and the
registry. They must not cry wolf: a question on another drug gets none of this drug's ends, a
mechanism none at all, and each is said once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from iscalimab_qa.evidence.figures.said_dates import date_told
from iscalimab_qa.evidence.notices.drafts import ON_ENDS, Draft, Topic
from iscalimab_qa.evidence.notices.weak_evidence import weak_evidence
from iscalimab_qa.evidence.trials.ended import (
    Ending,
    dated,
    endings,
    later_setbacks,
    programme_of,
    stale_statuses,
    teller,
)
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry
from iscalimab_qa.evidence.trials.values import Statement, Trial
from iscalimab_qa.evidence.values import Citation, Notice, NoticeKind
from iscalimab_qa.sources.values import SourceMetadata
from iscalimab_qa.units import Unit

__all__ = ["Draft", "Noticed", "Topic", "attach", "notices_for"]

MOST_NOTICES = 3
"""Ends that are told above one answer; more of them nobody reads."""

MOST_REASON = 220
"""Characters of a reason that a notice repeats; its citation has the rest."""

_DEVELOPMENT = re.compile(
    r"\b(?:develop\w*|programmes?|programs?|pursu\w*|still|any(?:one|body)|compan(?:y|ies)|sponsor|maker|drop\w*"
    r"|g[ia]ven?\s+up|abandon\w*|future|continu\w*|work(?:s|ing)?\s+on)\b",
    re.IGNORECASE,
)
"""Words that ask about a drug's development, not about one trial."""


class Noticed(NamedTuple):
    """An answer's notices, and its citations with those that the notices added."""

    notices: tuple[Notice, ...]
    citations: tuple[Citation, ...]


def notices_for(
    question: str, topic: Topic, cited: Sequence[Quoted], registry: TrialRegistry
) -> list[Draft]:
    """Draw up the notices of an answer.

    Args:
        question: The standalone question.
        topic: What it is about.
        cited: What the claims cite, in their order.
        registry: The library's trials.

    Returns:
        Retractions first, then ends of trials, then weak evidence; each once.
    """
    drafts = [
        *_retractions(cited, registry),
        *_ends(question, topic, cited, registry),
        *weak_evidence(question, topic, cited, registry),
    ]
    return list({draft.text: draft for draft in drafts}.values())


def attach(
    drafts: Iterable[Draft],
    citations: Sequence[Citation],
    metadata_of: Callable[[str], SourceMetadata],
    cite: Callable[[Unit, SourceMetadata, int], Citation],
) -> Noticed:
    """Number what notices cite: words that are cited already keep their marker.

    Args:
        drafts: What `notices_for` returned.
        citations: The answer's.
        metadata_of: Source id to bibliographic data.
        cite: Makes a citation of a unit, its source's data and a marker.
    """
    known = {(each.source_id, each.start, each.end): each for each in citations}
    notices = []
    for draft in drafts:
        markers = []
        for unit in dict.fromkeys(said.unit for said in draft.said if said.unit):
            key = (unit.source_id, unit.start, unit.end)
            if key not in known:
                marker = max((each.marker for each in known.values()), default=0) + 1
                known[key] = cite(unit, metadata_of(unit.source_id), marker)
            markers.append(known[key].marker)
        notices.append(Notice(draft.kind, draft.text, tuple(markers)))
    return Noticed(tuple(notices), tuple(known.values()))


def _ends(
    question: str, topic: Topic, cited: Sequence[Quoted], registry: TrialRegistry
) -> list[Draft]:
    found: dict[str, Draft] = {}
    if topic in ON_ENDS:
        own = _own_trials(question, cited, registry)
        for trial in own:
            for ending in endings(trial):
                found.setdefault(trial.trial_id, _of_trial(ending, registry))
        for trial in own:
            for ending in later_setbacks(trial, registry) if trial.trial_id not in found else ():
                draft = _of_trial(ending, registry, later=True)
                found.setdefault(ending.trial.trial_id, draft)
        if not found and topic in {"status", "availability"}:
            found.update(_programme(question, topic, own, registry))
    for stale in stale_statuses(cited, registry):
        newer = stale.newer
        known = registry.resolve(newer.trial_id) if newer.trial_id else None
        if known:
            for ending in endings(known):
                found.setdefault(known.trial_id, _of_trial(ending, registry))
        elif newer.drug:
            found.setdefault(newer.drug, _of_programme(newer, registry))
    return list(found.values())[:MOST_NOTICES]


def _own_trials(
    question: str, cited: Sequence[Quoted], registry: TrialRegistry
) -> tuple[Trial, ...]:
    """Return the trials that an answer rests on and the question is about.

    Those that the question names; and of the cited ones those of its drugs and indications.
    """
    named = registry.named_in(question)
    drugs = _tested_drugs(question, registry)
    indications = registry.indications.in_text(question)
    resting = [trial for quoted in cited for trial in registry.trials_of(quoted)]
    fitting = [
        trial
        for trial in resting
        if (drugs & trial.drug_names if drugs or named else True)
        and (not indications or _is_in_one(trial, indications, registry))
    ]
    return tuple({trial.trial_id: trial for trial in (*named, *fitting)}.values())


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


def _of_trial(ending: Ending, registry: TrialRegistry, *, later: bool = False) -> Draft:
    trial = ending.trial
    facts = [", ".join(drug.value for drug in trial.drugs)]
    facts += [trial.indication.value] if trial.indication else []
    named = f"{trial.acronym} ({', '.join(filter(None, facts))})" if any(facts) else trial.acronym
    subject = f"A later trial, {named}," if later else named
    return Draft("trial_status", f"{subject} {_end_told(ending, registry)}", ending.said)


def _end_told(ending: Ending, registry: TrialRegistry) -> str:
    if ending.kind == "endpoint failed":
        return "missed its primary endpoint."
    date = f" ({date_told(ending.date)})" if ending.date else ""
    if ending.kind == "superseded":
        return f"was superseded{date}."
    who = teller(ending.said[0].source_id, registry)
    failed = any(other.kind == "endpoint failed" for other in endings(ending.trial))
    missed = " and missed its primary endpoint" if failed else ""
    told = f"was {ending.status}{date}{missed}{who}"
    return (
        f"{told}: {_short(ending.reason)}."
        if ending.reason
        else f"{told}; why is not in the library."
    )


def _short(reason: str) -> str:
    if len(reason) <= MOST_REASON:
        return reason
    return f"{reason[:MOST_REASON].rsplit(' ', 1)[0].rstrip(' ,;')} ..."


def _programme(
    question: str, topic: Topic, own: Sequence[Trial], registry: TrialRegistry
) -> Iterator[tuple[str, Draft]]:
    """Yield the end of the development that a question on a drug's status asks about."""
    if registry.named_in(question) or not (
        topic == "availability" or _DEVELOPMENT.search(question)
    ):
        return
    drugs = _tested_drugs(question, registry)
    drugs = drugs or frozenset(drug for trial in own for drug in trial.drug_names)
    for statement in programme_of(drugs, registry, question)[:1]:
        yield statement.drug or "", _of_programme(statement, registry)


def _of_programme(statement: Statement, registry: TrialRegistry) -> Draft:
    where = f" in {statement.indication}" if statement.indication else ""
    who = teller(statement.said.source_id, registry)
    text = f"Development of {statement.drug}{where} was ended{dated(statement)}{who}"
    text += f": {_short(statement.reason)}." if statement.reason else "."
    said = dict.fromkeys(filter(None, (statement.said, statement.reason_said)))
    return Draft("trial_status", text, tuple(said))


def _retractions(cited: Sequence[Quoted], registry: TrialRegistry) -> Iterator[Draft]:
    for source_id in dict.fromkeys(quoted.source_id for quoted in cited):
        meta = registry.metadata(source_id)
        for status in registry.documents.get(source_id, ()):
            title = meta.title if meta else source_id
            kind: NoticeKind = "trial_status" if status.state == "superseded" else "retraction"
            yield Draft(kind, f"“{title}” was {status.state}.", (status.said,))
