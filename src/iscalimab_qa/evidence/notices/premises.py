"""What a question takes for granted and the library's trials deny.

That something goes on which was stopped, that a trial ended otherwise or for another reason than
it did, that there was a control arm where there was none. What a question only asks is no premise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iscalimab_qa.evidence.checks.ends import Denial, denied_ends
from iscalimab_qa.evidence.notices.drafts import Draft, Topic
from iscalimab_qa.evidence.trials.ended import stale_statuses
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry
from iscalimab_qa.evidence.trials.values import Said, Statement
from iscalimab_qa.units import ContextQuote

_STATED = re.compile(r"[^.?!]+[.!](?=\s|$)")
"""A sentence that asks nothing."""

_TAKEN = re.compile(r"\b(?:the|its|your|their|this|these|those)\s+(?:still\s+)?ongoing\b.*", re.I)
_ASKS_WHETHER = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could)\b|\bwhether\b", re.IGNORECASE
)
_CONTROL = re.compile(r"\b(?:placebo|sham|controls?)\b(?!\s*-?\s*controlled)", re.IGNORECASE)
_NO_CONTROL = re.compile(
    r"\b(?:no|without\s+an?|without)\s+(?:placebo|control|comparator|comparison)(?:\s+(?:arm|group|control))?\b"
    r"|\buncontrolled\b(?!\s+\w*(?:tension|diabetes|asthma|epilepsy|disease|gout))|\bsingle[\s-]arm\b",
    re.IGNORECASE,
)
_ARM_OF_CONTROL = re.compile(
    r"\b(?:on|with|to|than|versus|vs\.?)\s+(?:placebo|sham)\b|\b(?:placebo|sham|control)\s+(?:arm\s+)?\(",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """A question's words, read as a source's are."""

    quote: str
    source_id: str = ""
    context: tuple[ContextQuote, ...] = ()


def premises(
    question: str, topic: Topic, cited: Sequence[Quoted], registry: TrialRegistry
) -> Iterator[Draft]:
    """Yield what a question wrongly takes for granted.

    Args:
        question: The standalone question.
        topic: What it is about.
        cited: What the claims cite, the direct answer first.
        registry: The library's trials.
    """
    yield from _goes_on(question, registry)
    yield from _ended_otherwise(question, registry)
    if topic == "outcome" and cited:
        yield from _had_a_control(question, cited[0])


def _goes_on(question: str, registry: TrialRegistry) -> Iterator[Draft]:
    stated = [match[0] for match in (*_STATED.finditer(question), *_TAKEN.finditer(question))]
    for stale in stale_statuses(map(_Words, stated), registry)[:1]:
        text = "The question takes for granted that this goes on; it was stopped."
        yield Draft("premise", text, _sayings(stale.newer))


def _sayings(statement: Statement) -> tuple[Said, ...]:
    return (statement.said,)


def _ended_otherwise(question: str, registry: TrialRegistry) -> Iterator[Draft]:
    """Yield ends of trials that a question takes for granted and the library denies.

    A question whether something ended so takes nothing for granted; one whether it was for
    some reason names that reason.
    """
    asks = bool(_ASKS_WHETHER.search(question))
    for denial in denied_ends(question, registry):
        if (asks and not denial.of_reason) or _is_of_another(denial, question):
            continue
        text = f"The question takes for granted that {denial.taken}; {denial.instead}."
        yield Draft("premise", text, denial.sayings[:1])


_TRIAL = re.compile(r"\b[A-Z][A-Z\d]{3,}(?:-[A-Z\d]+)*\b")


def _is_of_another(denial: Denial, question: str) -> bool:
    """Whether the words that tell the end name a sister trial and not the one asked about."""
    asked = set(_TRIAL.findall(question))
    said = denial.sayings[0].unit if denial.sayings else None
    told = set(_TRIAL.findall(said.text)) if said else set()
    return bool(asked and told) and not any(_same(a, b) for a in asked for b in told)


def _same(asked: str, told: str) -> bool:
    """Whether two names are one: "GRAND" may stand for "GRAND-2"; "GRAND-1" does not."""
    return asked == told or asked.startswith(f"{told}-") or told.startswith(f"{asked}-")


def _had_a_control(question: str, first: Quoted) -> Iterator[Draft]:
    words = "\n".join([first.quote, *(piece.quote for piece in first.context)])
    if not _CONTROL.search(question) or not _NO_CONTROL.search(words):
        return
    if _ARM_OF_CONTROL.search(words):
        return
    text = "The question takes a control arm for granted; the cited figures have none."
    yield Draft("premise", text, (), beside=(first,))
