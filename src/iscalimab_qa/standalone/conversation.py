"""Follow a conversation turn by turn, so that each question says what it leans on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.asking_again import asked_again, piece_asked_again
from iscalimab_qa.standalone.chunks import capital, chunks_of
from iscalimab_qa.standalone.controls import with_controls_named
from iscalimab_qa.standalone.events import with_event
from iscalimab_qa.standalone.fragments import trimmed, with_fragment, without_whose
from iscalimab_qa.standalone.kinds import Kind, is_drug, trial_names
from iscalimab_qa.standalone.leaning import beside, leans, stands_for_all
from iscalimab_qa.standalone.measured import (
    with_dose_reckoned,
    with_one_named,
    with_year_reckoned,
)
from iscalimab_qa.standalone.openings import Placed, opened, placed, without_change
from iscalimab_qa.standalone.pointers import (
    dislocated,
    numbered,
    others,
    points_back,
    resolved,
    speaks_of_other_trial,
    trial_of,
    without_owned,
)
from iscalimab_qa.standalone.subjects import (
    SUBJECT_KINDS,
    attached,
    kinds_in,
    lacks_subject,
    leaves_noun_out,
)
from iscalimab_qa.standalone.tables import Rows, exchanged_by_table, is_disease_here, no_rows

MAX_TURNS = 20
"""Turns of history that are looked at; a reference further back is none."""

SHORT = 4
"""A fragment of at most this many words cannot carry a topic of its own."""

LABEL = 7
"""Words of a table's label at most, such as "pain at the injection site"."""

MOST_PHRASES = 4
"""Phrases of a fragment at most; what says more says its own."""

LONG = 600
"""Characters beyond which a turn is no follow-up and is not leant on."""

_HOW_MANY = re.compile(r"how\s+many\s+(?P<noun>(?!of\b)[a-z]{3,20})\W*$", re.IGNORECASE)
_COUNTED = re.compile(
    r"how\s+many\s+(?P<noun>(?!of\b)(?:[\w'’-]+\s){0,2}?[\w-]{2,}s|people|children)\s",
    re.IGNORECASE,
)
_COUNTS_UNNAMED = re.compile(
    r"how many(?=\s+(?:were|was|are|had|have|has|did|do|never|also|then|got)\b|\s+\w+ed\b)",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"(?:the\s+)?(?:mean|median|average)\s", re.IGNORECASE)
_ANY = re.compile(
    r"(?P<asked>(?:did|do|were|are|had|have|was)\s+(?:any|some|all|most|many))(?:\s+of\s+(?:them|these|those))?"
    r"(?=\s+(?:have|need|go|get|stop|die|drop|lose|relapse|respond|leave|complain|return|\w+ed)\b)",
    re.IGNORECASE,
)
_HOW_MANY_ON = re.compile(
    r"how\s+many\s+(?P<arm>(?:on|with|in|given|under|without)\s[^,;?]{2,60})\W*$", re.IGNORECASE
)
_TRIAL_POINTER = re.compile(r"\b(?:the|this|that)\s+(?:trial|study)\b", re.IGNORECASE)
_A_TRIAL = re.compile(
    r"\b(?:the|that|this)\s+(?:(?!of\b|in\b|with\b)[\w'’-]+\s+){0,3}?(?:trial|study|programme)\b",
    re.IGNORECASE,
)
_WHO_WHEN = re.compile(
    r"^(?:and\s+)?(?:who|when|where|how\s+do(?:es)?\b.{0,20}\bwork|why)\b", re.IGNORECASE
)


class Turn(NamedTuple):
    """An earlier question as it stands alone, and the answer's text beside it."""

    asked: str
    told: str


def standalone_question(
    question: str, history: Sequence[Mapping[str, str]] = (), rows: Rows = no_rows
) -> str:
    """Complete a follow-up from the conversation before it.

    Args:
        question: What was just asked.
        history: Earlier turns, oldest first, as `{"role": ..., "content": ...}`. Words are
            taken from those of the role `user` only, since an answer is text from documents;
            of the others no more than a trial's name, where just one is named and the
            question speaks of "that trial".
        rows: Shows what the library holds on a question. It is asked for a bare fragment
            ("and LexiBot?"), to tell from its tables what the fragment stands beside, and for
            "the other trial" of a numbered one.

    Returns:
        The question as it was when it stands alone or nothing was asked before; else one
        that needs no history.
    """
    trail: list[Turn] = []
    for turn in history[-MAX_TURNS:]:
        text = " ".join(turn["content"].split())
        if turn.get("role") == "user":
            if opened(text).rest:
                trail.append(Turn(_completed(text, trail, rows), ""))
        elif turn.get("role") == "assistant" and trail:
            trail[-1] = trail[-1]._replace(told=text[:LONG])
    return _completed(" ".join(question.split()), trail, rows)


def with_subjects(question: str, context: str) -> str:
    """Add to a question that names nothing itself what an earlier one was about."""
    if points_back(question):
        return _with_pointers(question, context, linked=False)
    return attached(question, context) if lacks_subject(question) else question


def _completed(question: str, trail: Sequence[Turn], rows: Rows) -> str:
    context = trail[-1].asked if trail else ""
    if not trail or max(len(question), len(context)) > LONG:
        return question or context
    asked = without_change(question)
    if asked and _asks(asked) and not points_back(asked):
        return capital(asked)
    rest, linked = opened(asked or question)
    if not rest:
        return question or context
    rest = with_year_reckoned(with_dose_reckoned(rest, context), context)
    context = _nearest_of_its_kind(rest, trail)
    topic = placed(rest)
    if topic:
        return _on_topic(topic, trail)
    linked = linked or rest != question
    named = with_controls_named(rest)
    leant_on = [*trail[:-1], trail[-1]._replace(asked=context)]
    completed = _beside_in_table(named, context, rows, linked=linked) or _leaning(
        named, leant_on, rows, linked=linked
    )
    changed = completed != named
    said = without_owned(completed) if changed else completed
    if leans(said, completed=changed) and not leans(context):
        return beside(rest, context)
    return question if completed == rest else capital(completed)


def _nearest_of_its_kind(rest: str, trail: Sequence[Turn]) -> str:
    """Return the question that a turn leans on: for a bare dose, the last that named one."""
    last = trail[-1].asked
    if not w.DOSE.search(rest) or _asks(rest) or w.DOSE.search(last) or len(trail) == 1:
        return last
    return next((turn.asked for turn in reversed(trail) if w.DOSE.search(turn.asked)), last)


def _beside_in_table(rest: str, context: str, rows: Rows, *, linked: bool) -> str | None:
    bare = trimmed(rest)
    if _asks(rest) or not bare or len(chunks_of(rest)) > MOST_PHRASES or _MEASURE.match(bare):
        return None
    if not linked and len(bare.split()) > LABEL:
        return None
    exchanged = exchanged_by_table(bare, context, rows)
    if exchanged is None and is_disease_here(bare, context, rows):
        return with_fragment(f"in {bare}", context)
    return exchanged


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


def _asked_anew(rest: str, trail: Sequence[Turn]) -> str | None:
    """Ask the question before in other words, or of another arm: "how many on placebo?"."""
    context = trail[-1].asked
    piece = piece_asked_again(rest)
    if piece:
        return with_fragment(piece, context)
    counted = _HOW_MANY_ON.match(rest)
    if counted and not context.lower().startswith("how many"):
        return asked_again("how many", with_fragment(counted["arm"], context))
    return asked_again(rest, _contrasted(rest, trail))


def _siblings(rest: str, context: str, rows: Rows) -> Sequence[str]:
    """Return the library's trials that differ in their number from the one named before."""
    names = trial_names(context)
    stem = numbered(names[0]) if len(names) == 1 and speaks_of_other_trial(rest) else None
    if stem is None:
        return ()
    told = [name for unit in rows(stem) for name in trial_names(unit.text)]
    found = {name for name in told if numbered(name) == stem}
    return sorted(found - set(names))


def _leaning(rest: str, trail: Sequence[Turn], rows: Rows, *, linked: bool) -> str:
    context = trail[-1].asked
    anew = _asked_anew(rest, trail)
    if anew:
        return anew
    text = others(rest, [turn.asked for turn in trail], _siblings(rest, context, rows))
    number = _HOW_MANY.match(text)
    if number and context.lower().startswith("how many") and not _is_past(number["noun"]):
        return _counting(number["noun"], context)
    if _asks(text):
        return _exchanged(text, context) or _question(text, trail[-1], linked=linked)
    if _is_fragment(text, linked=linked):
        return with_fragment(text, context)
    return resolved(text, context) if points_back(text) else rest


def _is_past(word: str) -> bool:
    return word.lower() in w.IRREGULAR_PAST or (
        word.lower().endswith("ed") and word.lower() not in w.NOT_PARTICIPLES
    )


def _counting(noun: str, context: str) -> str:
    """Count something else: "How many centres took part?", "and how many countries?"."""
    counted = _COUNTED.match(context)
    if counted is None:
        return with_fragment(noun, context)
    return f"{context[: counted.start('noun')]}{noun}{context[counted.end('noun') :]}"


def _question(text: str, last: Turn, *, linked: bool) -> str:
    """Complete a whole question that points back or leaves its subject out."""
    happened = with_event(text, last.asked)
    if happened:
        return _carrying(resolved(happened, last.asked), last.asked)
    if stands_for_all(text):
        return beside(text, last.asked)
    text = with_one_named(text, last.asked)
    last = last._replace(asked=_with_trial_named(last))
    if points_back(text):
        return _with_pointers(_with_told_trial(text, last), last.asked, linked=linked)
    some = _with_any(text, last.asked)
    if some:
        return attached(some, last.asked)
    counted = _with_noun(text, last.asked)
    if counted != text and not kinds_in(text) & set(SUBJECT_KINDS):
        told = {c.kind for c in chunks_of(last.asked) if c.preposition or c.kind is Kind.TRIAL}
        return attached(counted, last.asked, carried=tuple(told & set(SUBJECT_KINDS)))
    text = counted
    untold = linked and leaves_noun_out(text) and Kind.TRIAL not in kinds_in(text)
    return attached(text, last.asked) if untold or lacks_subject(text) else text


def _with_any(text: str, context: str) -> str | None:
    """Turn "did any relapse?" after "How many children responded?": did any children relapse."""
    found, counted = _ANY.match(text), _COUNTED.match(context)
    people = [chunk.noun for chunk in chunks_of(context) if chunk.kind is Kind.PEOPLE]
    noun = counted["noun"] if counted else next(iter(people), "")
    if found is None or not noun:
        return None
    return f"{found['asked']} {noun}{text[found.end() :]}"


def _with_noun(text: str, context: str) -> str:
    """Turn "how many were planned?" after "How many patients enrolled?": how many patients were."""
    counted = _COUNTED.match(context)
    if counted is None or not _COUNTS_UNNAMED.match(text):
        return text
    return f"{text[: len('how many')]} {counted['noun']}{text[len('how many') :]}"


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
    before, after = (without_whose(each.asked).split() for each in trail[-2:])
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


def _with_trial_named(turn: Turn) -> str:
    """Call "the kidney transplant study" by its name, if the answer names one trial alone."""
    told = _only_trial(turn.told)
    if told is None or trial_names(turn.asked):
        return turn.asked
    return _A_TRIAL.sub(told, turn.asked, count=1)


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
