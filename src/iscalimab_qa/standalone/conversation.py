"""Follow a conversation turn by turn, so that each question says what it leans on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.asking_again import asked_again, piece_asked_again
from iscalimab_qa.standalone.chunks import Kind, capital, chunks_of, is_drug, trial_names
from iscalimab_qa.standalone.fragments import with_fragment
from iscalimab_qa.standalone.leaning import beside, leans
from iscalimab_qa.standalone.openings import Placed, opened, placed
from iscalimab_qa.standalone.pointers import dislocated, others, points_back, resolved, trial_of
from iscalimab_qa.standalone.subjects import (
    SUBJECT_KINDS,
    attached,
    kinds_in,
    lacks_subject,
    leaves_noun_out,
)

MAX_TURNS = 20
"""Turns of history that are looked at; a reference further back is none."""

SHORT = 4
"""A fragment of at most this many words cannot carry a topic of its own."""

MOST_PHRASES = 4
"""Phrases of a fragment at most; what says more says its own."""

LONG = 600
"""Characters beyond which a turn is no follow-up and is not leant on."""

_HOW_MANY = re.compile(r"how\s+many\s+(?P<noun>(?!of\b)[a-z]{3,20})\W*$", re.IGNORECASE)
_TRIAL_POINTER = re.compile(r"\b(?:the|this|that)\s+(?:trial|study)\b", re.IGNORECASE)
_WHO_WHEN = re.compile(
    r"^(?:and\s+)?(?:who|when|where|how\s+do(?:es)?\b.{0,20}\bwork|why)\b", re.IGNORECASE
)


class Turn(NamedTuple):
    """An earlier question as it stands alone, and the answer's text beside it."""

    asked: str
    told: str


def standalone_question(question: str, history: Sequence[Mapping[str, str]] = ()) -> str:
    """Complete a follow-up from the conversation before it.

    Args:
        question: What was just asked.
        history: Earlier turns, oldest first, as `{"role": ..., "content": ...}`. Words are
            taken from those of the role `user` only, since an answer is text from documents;
            of the others no more than a trial's name, where just one is named and the
            question speaks of "that trial".

    Returns:
        The question as it was when it stands alone or nothing was asked before; else one
        that needs no history.
    """
    trail: list[Turn] = []
    for turn in history[-MAX_TURNS:]:
        text = " ".join(turn["content"].split())
        if turn.get("role") == "user":
            if opened(text).rest:
                trail.append(Turn(_completed(text, trail), ""))
        elif turn.get("role") == "assistant" and trail:
            trail[-1] = trail[-1]._replace(told=text[:LONG])
    return _completed(" ".join(question.split()), trail)


def with_subjects(question: str, context: str) -> str:
    """Add to a question that names nothing itself what an earlier one was about."""
    if points_back(question):
        return _with_pointers(question, context, linked=False)
    return attached(question, context) if lacks_subject(question) else question


def _completed(question: str, trail: Sequence[Turn]) -> str:
    if not trail:
        return question
    rest, linked = opened(question)
    context = trail[-1].asked
    if not rest or max(len(question), len(context)) > LONG:
        return question or context
    topic = placed(rest)
    if topic:
        return _on_topic(topic, trail)
    completed = _leaning(rest, trail, linked=linked or rest != question)
    if leans(completed, completed=completed != rest) and not leans(context):
        return beside(rest, context)
    return question if completed == rest else capital(completed)


def _on_topic(topic: Placed, trail: Sequence[Turn]) -> str:
    """Ask a question whose topic was said before it: "Back to the first trial: who ran it?"."""
    found = _turn_about(topic.topic, trail) if topic.back else None
    meant = topic.topic
    if found:
        is_study = bool({word.lower() for word in meant.split()} & w.STUDIES)
        named = trial_of(found.asked) or _only_trial(found.told) if is_study else None
        meant = named or meant
    text = dislocated(topic.rest, meant)
    if text == topic.rest:
        text = f"{text.rstrip(' ?.!')} ({meant})?" if meant.lower() not in text.lower() else text
    elif found and not trial_names(text):
        text = _carrying(text, found.asked)
    return capital(text)


def _turn_about(topic: str, trail: Sequence[Turn]) -> Turn | None:
    """Return the latest turn that speaks of a topic; answers only help to tell which it was."""
    wanted = {word.lower() for word in re.findall(r"[\w-]+", topic)} - w.DETERMINERS - w.STUDIES
    for text_of in (lambda turn: turn.asked, lambda turn: f"{turn.asked} {turn.told}"):
        for turn in reversed(trail):
            if wanted and wanted <= set(re.findall(r"[\w-]+", text_of(turn).lower())):
                return turn
    return None


def _only_trial(told: str) -> str | None:
    names = trial_names(told)
    return names[0] if len(names) == 1 else None


def _leaning(rest: str, trail: Sequence[Turn], *, linked: bool) -> str:
    context = trail[-1].asked
    piece = piece_asked_again(rest)
    if piece:
        return with_fragment(piece, context)
    again = asked_again(rest, _contrasted(rest, trail))
    if again:
        return again
    text = others(rest, [turn.asked for turn in trail])
    number = _HOW_MANY.match(text)
    if number and context.lower().startswith("how many"):
        return with_fragment(number["noun"], context)
    if _asks(text):
        return _exchanged(text, context) or _question(text, trail[-1], linked=linked)
    if _is_fragment(text, linked=linked):
        return with_fragment(text, context)
    return resolved(text, context) if points_back(text) else rest


def _question(text: str, last: Turn, *, linked: bool) -> str:
    """Complete a whole question that points back or leaves its subject out."""
    if points_back(text):
        return _with_pointers(_with_told_trial(text, last), last.asked, linked=linked)
    untold = linked and leaves_noun_out(text) and Kind.TRIAL not in kinds_in(text)
    return attached(text, last.asked) if untold or lacks_subject(text) else text


def _asks(text: str) -> bool:
    first = re.match(r"\w+", text)
    words = text.lower().split()
    if first and first[0].lower() in w.PREPOSITIONS and words[1:2] and words[1] in w.ASKING_WORDS:
        return True
    return (
        bool(first) and first[0].lower() in w.ASKING_WORDS | w.AUXILIARIES | w.ORDERS
        if first
        else False
    )


def _is_fragment(text: str, *, linked: bool) -> bool:
    words = text.split()
    if len(chunks_of(text)) > MOST_PHRASES:
        return False
    if linked:
        return True
    if words[0].lower() in w.PREPOSITIONS and "," not in text:
        return True
    named = is_drug(text) or trial_names(text)
    own = named and {word.lower() for word in re.findall(r"[\w-]+", text)} & (
        w.OUTCOMES | w.PROPERTIES
    )
    return len(words) <= SHORT and not own


def _contrasted(rest: str, trail: Sequence[Turn]) -> str:
    """Join the last two questions where they differ in one phrase: "with X or with placebo"."""
    now = trail[-1].asked
    if not rest.lower().startswith("which") or len(trail) == 1 or re.search(r"\bor\b", now):
        return now
    before, after = trail[-2].asked.split(), now.split()
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    end = next(
        (i for i, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False)) if a != b), 0
    )
    if start < len(before) / 3:
        return now
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    tail = after[len(after) - end :]
    return " ".join([*after[:start], *[x.rstrip("?") for x in one], "or", *other, *tail])


def _exchanged(text: str, context: str) -> str | None:
    """Ask the same again of another arm, time or group: "and how many responded on placebo?"."""
    known = set(re.findall(r"[\w'-]+", context.lower()))
    for chunk in chunks_of(text):
        if not chunk.preposition or chunk.kind in {Kind.THING, Kind.OUTCOME}:
            continue
        left = f"{text[: chunk.start]} {text[chunk.end :]}".lower()
        words = re.findall(r"[\w'-]+", left)
        if (
            len(words) > 1
            and set(words) - {"of", "them"} <= known
            and chunk.noun.lower() not in context.lower()
        ):
            return with_fragment(text[chunk.start : chunk.end], context)
    return None


def _with_told_trial(text: str, last: Turn) -> str:
    """Name "that trial" from the answer before, if the question named none and it names one."""
    told = _only_trial(last.told)
    if told is None or trial_names(last.asked) or not _TRIAL_POINTER.search(text):
        return text
    return _TRIAL_POINTER.sub(told, text, count=1)


def _with_pointers(text: str, context: str, *, linked: bool) -> str:
    named = resolved(text, context)
    if named == text:
        drags = not kinds_in(text) & {Kind.AGENT, Kind.TRIAL} or linked
        return attached(text, context) if drags else text
    return _carrying(named, context)


def _carrying(text: str, context: str) -> str:
    """Add the disease and the people to a question whose drug is known now."""
    kinds = kinds_in(text)
    if not kinds & set(SUBJECT_KINDS):
        return attached(text, context)
    if kinds & {Kind.TRIAL, Kind.PROPERTY} or _WHO_WHEN.match(text):
        return text
    if kinds & {Kind.FIELD, Kind.PEOPLE}:
        return attached(text, context, carried=(Kind.AGENT, Kind.TRIAL))
    return attached(text, context, carried=(Kind.PEOPLE, Kind.FIELD, Kind.TRIAL))
