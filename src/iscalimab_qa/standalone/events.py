"""Tell that "they" or "that" stands for what happened to people, and not for the people.

"When did they happen?" after "How many recipients had acute rejection?" asks of the rejections:
what comes on, clears up, is severe or is prevented is an event. Which event was spoken of is told
by what people had or got in the question before, or by what there was or was seen there.
"""

from __future__ import annotations

import re

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.chunks import Chunk, chunks_of
from iscalimab_qa.standalone.kinds import Kind, singular

_CASELESS = re.IGNORECASE
_SUBJECT = r"\b(?P<pointer>they|it|these|those|that|this)"
_OBJECT = r"\b(?P<pointer>them|it|these|those|that|this)\b(?=\W*$|\s+(?:in|with|on|from|and|if)\b)"
_ROLES = tuple(
    re.compile(pattern, _CASELESS)
    for pattern in (
        rf"{_SUBJECT}\s+(?:\w+ly\s+|also\s+|all\s+)?(?:happen|occur|(?:come|came)\s+(?:on|up|back)|(?:go|went)"
        r"\s+away|clear|resolve|subside|settle|recur|heal|last|begin|began|get\s+(?:better|worse))",
        r"\bhow\s+(?:bad|severe|serious|mild|dangerous|grave|troublesome)\s+(?:is|are|was|were)\s+"
        rf"{_SUBJECT}\b",
        rf"\b(?:is|are|was|were)\s+{_SUBJECT}\s+(?:\w+ly\s+|all\s+)?(?:serious|severe|mild|moderate|fatal|bad"
        r"|dangerous|reversible|permanent|transient|related|unrelated|caused|due|drug-related|graded)\b",
        rf"\b(?:can|could|should)\s+{_SUBJECT}\s+(?:have\s+been|be)\s+(?:avoided|prevented|relieved|reversed)\b",
        rf"\b(?:caus(?:e|es|ed|ing)|blamed?\s+for|behind|responsible\s+for|reasons?\s+for|prevent|avoid|relieve"
        rf"|against|do(?:ne)?\s+about|help\s+(?:with|against)|led\s+to)\s+{_OBJECT}",
    )
)
_HAVING = re.compile(
    r"\b(?:had|ha(?:ve|s)|gets?|got|develop(?:s|ed)?|report(?:s|ed)?|suffer(?:s|ed)?(?:\s+from)?|experienced?"
    r"|causes?|there)\s+(?:(?:more|fewer|less|any|also|an?|the|so)\s+){0,2}$",
    _CASELESS,
)
_WERE_THERE = re.compile(
    r"^(?:how\s+many|which|what)\s+(?P<event>(?:[\w-]+\s){0,3}?[\w-]+)\s+(?:(?:is|are|was|were)\s+(?:there|seen"
    r"|reported|observed|recorded|noted)|(?:did|do|does)\s.{2,60}?\s(?:have|report|get|develop|suffer)|occurred"
    r"|happened)\b",
    _CASELESS,
)
_SOMETHING = re.compile(r"\b(?:any|some)thing\s+(?P<how>[a-z]{3,15})\s+(?:happen|occur)", _CASELESS)
_CLAUSE = re.compile(r"\s+(?:when|while|once)\s+[^?,;]{3,60}", _CASELESS)
_NO_EVENT = {
    *(Kind.AGENT, Kind.TRIAL, Kind.PEOPLE, Kind.TIME, Kind.DOSE, Kind.STATISTIC, Kind.PROPERTY)
}


def with_event(question: str, context: str) -> str | None:
    """Return a question with its event named; None if it points at none that is known."""
    roles = [each for role in _ROLES if (each := role.search(question))]
    found = min(roles, key=lambda each: each.start("pointer"), default=None)
    event = _event(context, told=found["pointer"].lower() == "it") if found else None
    if found is None or event is None:
        return None
    start, end = found.span("pointer")
    is_many = found["pointer"].lower() in {"they", "them", "these", "those"}
    named = f"cases of {event}" if is_many and not _is_plural(event) else event
    return f"{question[:start]}{named}{question[end:]}"


def _event(context: str, *, told: bool) -> str | None:
    """Return what happened; an outcome that no one is told to have had only if `told` is off."""
    something = _SOMETHING.search(context)
    if something:
        return f"{something['how'].lower()} events"
    there = _WERE_THERE.match(context)
    chunks = chunks_of(context)
    if there:
        counted = [c for c in chunks if c.inner >= there.start("event") and c.end <= there.end()]
        return there["event"] if all(map(_can_happen, counted[:1])) else None
    had = [c for c in chunks if not c.preposition and _HAVING.search(context[: c.start])]
    weak = [] if told else [c for c in chunks if c.kind is Kind.OUTCOME and c.head in w.HAPPENINGS]
    chosen = next((chunk for chunk in [*had, *weak] if _can_happen(chunk)), None)
    return _with_what_tells_it(chosen, context) if chosen else None


def is_had(chunk: Chunk, context: str) -> bool:
    """Whether a phrase stands where what people have, get or develop does."""
    return bool(_HAVING.search(context[: chunk.start]))


def _can_happen(chunk: Chunk) -> bool:
    if chunk.head == "arm":  # "a sore arm" is no arm of a trial; "the other arm" is vague
        return len(chunk.noun.split()) > 1 and w.COMPARATORS.isdisjoint(chunk.noun.lower().split())
    return chunk.head in w.HAPPENINGS or (chunk.kind not in _NO_EVENT and not chunk.vague)


def _with_what_tells_it(event: Chunk, context: str) -> str:
    """Return an event with what is said of it: "a flare of the nephritis", "pain after KVX-1"."""
    clause = _CLAUSE.match(context, event.end)
    if clause:
        people = next((c.noun for c in chunks_of(context) if c.kind is Kind.PEOPLE), "people")
        return event.noun + re.sub(r"\bthey\b", people, clause[0])
    behind = [c for c in chunks_of(context) if c.start == event.end + 1]
    told = next((c for c in behind if c.preposition in {"of", "during", "after", "from"}), None)
    if told is None or told.kind in {Kind.TIME, Kind.DOSE}:
        return event.noun
    return f"{event.noun}{context[event.end : told.end]}"


def _is_plural(event: str) -> bool:
    head = chunks_of(event)[0].words[-1] if chunks_of(event) else event
    return singular(head) != head.lower()
