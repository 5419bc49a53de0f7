"""Questions to begin with, made of what the library holds and tried before they are offered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from iscalimab_qa.answering.topic import topic_of
from iscalimab_qa.errors import IscalimabQAError

if TYPE_CHECKING:
    from iscalimab_qa.assistant import Assistant
    from iscalimab_qa.evidence.outcomes.values import Outcome
    from iscalimab_qa.evidence.trials.values import Trial
    from iscalimab_qa.evidence.values import Citation

DRUGS_TRIED = 2
"""Drugs that questions are made about, the most studied first."""

TRIES = 6
"""Questions asked for a topic before it goes without: each costs some 25 ms."""

_AT_TIME = re.compile(
    r",.*|\s*\([^)]*\)|\s+(?:at|to|by|up to)\s+(?:week|month|day|year)\s*\d+.*", re.IGNORECASE
)
"""What an endpoint's name tells beyond what was measured."""

_PLURAL_EVENTS = re.compile(r"(?:events|infections|reactions|deaths|clots)$", re.IGNORECASE)


class _Candidate(NamedTuple):
    """A question, and the trial that its answer has to cite; any if None."""

    question: str
    trial_id: str | None = None


class Example(NamedTuple):
    """A question to begin with and the topic that it stands for."""

    topic: str
    question: str

    @property
    def shown(self) -> str:
        """The topic on a line of its own, then the question."""
        return f"{self.topic}\n{self.question}"


def examples(assistant: Assistant) -> tuple[Example, ...]:
    """Find a question a topic that the library answers.

    Each is asked first; one that is not answered outright is never offered.
    """
    found = []
    for topic, candidates in _CANDIDATES.items():
        tried = islice(dict.fromkeys(candidates(assistant)), TRIES)
        fitting = next((each for each in tried if _is_answered(assistant, each)), None)
        if fitting:
            found.append(Example(topic, fitting.question))
    return tuple(found)


def _is_answered(assistant: Assistant, candidate: _Candidate) -> bool:
    """Whether the library answers a candidate, from its own trial where it is about one."""
    try:
        answer = assistant.ask(candidate.question)
    except IscalimabQAError:
        return False
    cited = {trial.trial_id for each in answer.citations for trial in _trials(assistant, each)}
    return answer.verdict == "answered" and (candidate.trial_id or "") in {"", *cited}


def _trials(assistant: Assistant, citation: Citation) -> tuple[Trial, ...]:
    return assistant.trials.trials_of(citation)


def _mechanism(assistant: Assistant) -> Iterator[_Candidate]:
    for drug in _drugs(assistant):
        yield _Candidate(f"How does {drug} work?")
        yield _Candidate(f"What is the mechanism of action of {drug}?")
        yield _Candidate(f"What does {drug} bind to?")


def _indications(assistant: Assistant) -> Iterator[_Candidate]:
    for drug in _drugs(assistant):
        yield _Candidate(f"In which diseases has {drug} been studied?")
        yield _Candidate(f"What is {drug} used for?")


def _outcomes(assistant: Assistant) -> Iterator[_Candidate]:
    """Ask how a drug did, against what it was compared with first; most figures first."""
    outcomes = assistant.outcomes.outcomes
    figures = Counter(each.trial for each in outcomes if each.trial and not _is_harm(each))
    known = [each for each in assistant.trials.trials if each.indication and each.drugs]
    told = [each for each in known if figures[each.trial_id]]
    most_first = sorted(told, key=lambda each: (-figures[each.trial_id], each.trial_id))
    for trial in most_first:
        drug, where = trial.drugs[0].value, _indication(trial)
        for other in _comparators(trial, outcomes):
            yield _Candidate(f"How did {drug} compare with {other} in {where}?", trial.trial_id)
    for trial in most_first:
        drug, where = trial.drugs[0].value, _indication(trial)
        yield _Candidate(f"What did {drug} achieve in {where}?", trial.trial_id)


def _indication(trial: Trial) -> str:
    return trial.indication.value if trial.indication else ""


def _safety(assistant: Assistant) -> Iterator[_Candidate]:
    outcomes = assistant.outcomes.outcomes
    harms = [each for each in outcomes if _is_harm(each) and not each.preclinical]
    for event, _ in Counter(filter(None, map(_event, harms))).most_common():
        for drug in _drugs(assistant)[:1]:
            yield _Candidate(f"Were {event} seen with {drug}?")
    for drug in _drugs(assistant):
        yield _Candidate(f"Which adverse events were seen with {drug}?")


def _status(assistant: Assistant) -> Iterator[_Candidate]:
    drugs = _drugs(assistant)
    stopped = [each for each in assistant.trials.trials if each.status and each.status.is_end]
    ours_first = sorted(stopped, key=lambda each: not each.drug_names & set(drugs[:1]))
    for trial in ours_first:
        ended = trial.status.status if trial.status else "stopped"
        yield _Candidate(f"Why was {trial.acronym} {ended}?", trial.trial_id)
    for drug in drugs:
        yield _Candidate(f"Is {drug} still in development?")


_CANDIDATES: Mapping[str, Callable[[Assistant], Iterator[_Candidate]]] = {
    "Mechanism": _mechanism,
    "Indications": _indications,
    "Trial outcomes": _outcomes,
    "Safety": _safety,
    "Programme status": _status,
}


def _drugs(assistant: Assistant) -> list[str]:
    """List the drugs of the library's trials, else of its titles, the most frequent first."""
    tested = Counter(drug for trial in assistant.trials.trials for drug in sorted(trial.drug_names))
    return [drug for drug, _ in (tested or _titled(assistant)).most_common(DRUGS_TRIED)]


def _titled(assistant: Assistant) -> Counter[str]:
    named_in = assistant.trials.drugs.named_in
    return Counter(drug for each in assistant.sources() for drug in sorted(named_in(each.title)))


def _comparators(trial: Trial, outcomes: Iterable[Outcome]) -> list[str]:
    """Return what a trial's drugs stood against, in one word: an arm that is not theirs."""
    arms = Counter(each.arm for each in outcomes if each.trial == trial.trial_id and each.arm)
    words = (arm.split()[0].rstrip(",").lower() for arm, _ in arms.most_common())
    return [word for word in words if word.isalpha() and word not in trial.drug_names][:1]


def _is_harm(outcome: Outcome) -> bool:
    return topic_of(outcome.endpoint) == "safety"


def _event(outcome: Outcome) -> str:
    """Return what happened, in the plural and lower case, empty if it is worded otherwise.

    "Patients with an adverse event" names patients.
    """
    event = _AT_TIME.sub("", outcome.endpoint).strip()
    if not _PLURAL_EVENTS.search(event) or " with " in event:
        return ""
    return event[:1].lower() + event[1:]
