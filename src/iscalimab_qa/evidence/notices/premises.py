"""What a question takes for granted and the library's trials deny.

That something goes on which was stopped, that it was stopped for a reason which is another's,
that there was a control arm where there was none. What a question only asks is no premise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iscalimab_qa.evidence.notices.drafts import Draft, Topic
from iscalimab_qa.evidence.trials.ended import Ending, endings, stale_statuses
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry
from iscalimab_qa.evidence.trials.values import Said, Statement
from iscalimab_qa.units import ContextQuote

_STATED = re.compile(r"[^.?!]+[.!](?=\s|$)")
"""A sentence that asks nothing."""

_TAKEN = re.compile(r"\b(?:the|its|your|their|this|these|those)\s+(?:still\s+)?ongoing\b.*", re.I)
_ASKS_WHETHER = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could)\b|\bwhether\b", re.IGNORECASE
)
_BECAUSE = re.compile(
    r"\b(?:over|because(?:\s+of)?|due\s+to|owing\s+to|on\s+account\s+of|on\s+grounds\s+of)\s+"
    r"(?P<reason>[^?.!,;]+)",
    re.IGNORECASE,
)
_KINDS_OF_REASON = {
    "harm": re.compile(
        r"\b(?:safe(?:ty)?|harm\w*|toxic\w*|adverse|side\s+effects?|deaths?|died|bleed\w*|thrombo\w*|clots?"
        r"|clotting|infections?|malignan\w*|cancers?|liver\s+injury|cardiac|strokes?|seizures?|suicid\w*)\b",
        re.IGNORECASE,
    ),
    "benefit": re.compile(
        r"\b(?:efficacy|effective\w*|futil\w*|benefit\w*|less\s+well|(?:super|infer)ior\w*|endpoints?"
        r"|prevent\w*|did\s+not\s+work|response|beat)\b",
        re.IGNORECASE,
    ),
    "business": re.compile(
        r"\b(?:business|strateg\w*|commercial\w*|funding|money|financial\w*|costs?|recruit\w*|enrol\w*"
        r"|accrual|portfolio|prioriti\w*|merger|acqui\w+|competiti\w*)\b",
        re.IGNORECASE,
    ),
}
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
    yield from _stopped_for(question, registry)
    if topic == "outcome" and cited:
        yield from _had_a_control(question, cited[0])


def _goes_on(question: str, registry: TrialRegistry) -> Iterator[Draft]:
    stated = [match[0] for match in (*_STATED.finditer(question), *_TAKEN.finditer(question))]
    for stale in stale_statuses(map(_Words, stated), registry)[:1]:
        text = "The question takes for granted that this goes on; it was stopped."
        yield Draft("premise", text, _sayings(stale.newer))


def _sayings(statement: Statement) -> tuple[Said, ...]:
    return (statement.said,)


def _stopped_for(question: str, registry: TrialRegistry) -> Iterator[Draft]:
    match = _BECAUSE.search(question)
    if match is None or _ASKS_WHETHER.search(question):
        return
    for trial in registry.named_in(question):
        for ending in endings(trial):
            if _is_another(match["reason"], ending):
                text = (
                    f"The question takes for granted why {trial.acronym} was {ending.status}; "
                    "the library gives another reason."
                )
                yield Draft("premise", text, ending.said[-1:])


def _is_another(reason: str, ending: Ending) -> bool:
    """Whether a stop was for a reason of another kind; what cannot be told is not."""
    asked, known = _kinds(reason), _kinds(ending.reason or "")
    return bool(asked and known) and not asked & known


def _kinds(reason: str) -> frozenset[str]:
    return frozenset(kind for kind, words in _KINDS_OF_REASON.items() if words.search(reason))


def _had_a_control(question: str, first: Quoted) -> Iterator[Draft]:
    words = "\n".join([first.quote, *(piece.quote for piece in first.context)])
    if not _CONTROL.search(question) or not _NO_CONTROL.search(words):
        return
    if _ARM_OF_CONTROL.search(words):
        return
    text = "The question takes a control arm for granted; the cited figures have none."
    yield Draft("premise", text, (), beside=(first,))
