"""Put a fragment of a question ("and with placebo?") where it belongs in the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.asking_again import split
from iscalimab_qa.standalone.chunks import Chunk, chunks_of
from iscalimab_qa.standalone.contrasts import contrasted
from iscalimab_qa.standalone.controls import as_arm, what_they_got
from iscalimab_qa.standalone.events import is_had
from iscalimab_qa.standalone.groups import with_group
from iscalimab_qa.standalone.kinds import Kind, is_drug
from iscalimab_qa.standalone.likeness import ATTRIBUTES, is_noun, likeness
from iscalimab_qa.standalone.subjects import phrases

_TRAILING = re.compile(
    r"[\s,]+(?:too|as\s+well|then|instead|exactly|also|please|either|there|overall|in\s+total)$",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\s*\b(?:in|for|with|at|on|of)\s+(?:the\s+same|this|that)\s+(?!arm|group|other)\w+",
    re.IGNORECASE,
)
_THOSE = re.compile(
    r"^(?:for\s+|in\s+)?(?:(?:the\s+)?(?:those|ones|people|patients|others?))\s+(?=(?:who\s+(?:got|had|were|received|took)\s+)?"
    r"(?:given|receiving|taking|on|without|under|treated|placebo))(?:who\s+(?:got|had|received|took)\s+(?=\w))?(?:treated\s+)?",
    re.IGNORECASE,
)
_ONES_THAT = re.compile(
    r"^(?:the\s+|those\s+)?ones\s+(?=(?:from|with|in|on|at|of|by|without)\b)", re.IGNORECASE
)
_POINTER = re.compile(r"\b(?:it|them|that)$", re.IGNORECASE)
_WHAT_IS = re.compile(r"^(?:what|which)\s+(?P<be>is|are|was|were)\s+", re.IGNORECASE)
_COMPARES = re.compile(
    r"(?:(?:in\s+combination|together|along|combined)\s+with|in\s+addition\s+to|alone|as\s+monotherapy|compared\s+(?:to|with)|versus|vs\.?|than|relative\s+to|(?:more|less|higher|lower|better|worse|fewer)\b.{0,20}\bthan)\s",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"^(?:in\s+|for\s+|among\s+)?(?:the\s+|those\s+)?(?P<which>over|under)(?:\s+|-)?(?P<age>\d{1,3})(?:s|'s)?$",
    re.IGNORECASE,
)
_RELATIVE_TIME = re.compile(r"\b(?:later|earlier|ago)$", re.IGNORECASE)
_OWNER = re.compile(r"\b([a-z]\w{2,})['’]s$")
_CLAUSE_BEHIND = re.compile(
    r"\s+(?:that|which|who)\s+(?:\w+\s+){0,3}?\w+(?=\s+(?:in|on|with|at|by|after)\b|$)"
)
_WHOSE = re.compile(r"\s+in\s+the\s+trial\s+of\s+[\w-]+(?=\W*$)", re.IGNORECASE)
_ILLNESS = re.compile(r"(?:tion|ism|ache|ness|ion|ing)$|^(?:cough|rash|fever|loss|lump|bruise)$")
_IS_CLAUSE = re.compile(
    r"^(?:after|before|when|while|if|once|until)\s+(?:[\w-]+\s+){1,4}?(?:is|are|was|were|has|have|had|got|\w{3,}ed)\b",
    re.IGNORECASE,
)
_DOUBLED = re.compile(
    r"\b(?:on|at|in|with|for|of)\s+(?=(?:at|on|in|with|for|without|under)\s+(?:the|an?|\d)\b)"
)
_OWNING = {"its", "their"}
_ENOUGH = 4
"""Likeness from which a phrase takes another's place; kind alone gives six."""


class _Fitted(NamedTuple):
    """The earlier question with one phrase exchanged, and whether it was."""

    text: str
    fitted: bool


def with_fragment(fragment: str, context: str) -> str:
    """Return the earlier question with a fragment in the place of its counterpart.

    "at week 48" takes the place of "at week 24", "placebo" of "tolimab"; a phrase without
    counterpart is added, or asked of what the earlier question was about.
    """
    bare = context.rstrip(" ?.!")
    bare = without_whose(bare) if is_drug(fragment) else bare
    piece = _placed_piece(fragment, bare)
    if _COMPARES.match(piece):
        return f"{bare} {piece}?"
    changed = (
        with_group(piece, bare)
        or contrasted(piece, bare)
        or _with_adjective(piece, bare)
        or _with_verb(piece, bare)
        or _with_predicate(piece, bare)
        or _with_organ(piece, bare)
        or _with_clause(piece, bare)
    )
    text = f"{changed}?" if changed else _phrase_by_phrase(piece, bare)
    return _DOUBLED.sub("", text)


def _phrase_by_phrase(piece: str, bare: str) -> str:
    if _names_attribute(chunks_of(piece)):
        return _what_about(piece, bare)
    asked = _owned_thing(piece)
    if asked:
        return _asked_of(asked, bare)
    for chunk in _whole(piece):
        if chunk.kind in ATTRIBUTES and not chunk.preposition and not _fitted(chunk, bare).fitted:
            asked = asked or chunk
            continue
        if chunk.phrase.lower() in {"those", "ones"}:
            continue
        text, done = _fitted(chunk, bare)
        if not done and not chunk.preposition and chunk.kind is not Kind.TIME:
            return _what_about(piece, bare)
        bare = text if done else f"{bare} {piece[chunk.start : chunk.end]}"
    if asked:
        return _asked_of(asked, bare)
    return f"{bare}?" if chunks_of(piece) else _what_about(piece, bare)


def _whole(piece: str) -> Sequence[Chunk]:
    """Return a fragment's phrases; "quality of life" is one."""
    chunks = chunks_of(piece)
    if len(chunks) == 2 and chunks[0].kind is Kind.OUTCOME and chunks[1].preposition == "of":  # noqa: PLR2004 - of two nouns
        phrase = piece[chunks[0].inner : chunks[1].end]
        return (
            (replace(chunks[0], end=chunks[1].end, phrase=phrase),) if phrase.islower() else chunks
        )
    return chunks


def _owned_thing(piece: str) -> Chunk | None:
    """Return "its strength", which is asked of a thing and not in the place of one."""
    chunks = chunks_of(piece)
    if len(chunks) != 1 or chunks[0].preposition or chunks[0].words[0].lower() not in _OWNING:
        return None
    return chunks[0] if chunks[0].kind is Kind.THING and len(chunks[0].words) > 1 else None


def _names_attribute(chunks: Sequence[Chunk]) -> bool:
    """Whether a fragment is "route of administration": one attribute in two phrases."""
    return (
        len(chunks) > 1
        and chunks[0].kind in ATTRIBUTES
        and chunks[1].preposition == "of"
        and chunks[1].kind is Kind.THING
    )


def trimmed(fragment: str) -> str:
    """Take from a fragment what stands behind it: "too", "please", an owner's s."""
    return _OWNER.sub(r"\1", _TRAILING.sub("", fragment.strip(" ?.!,;:")))


def _placed_piece(fragment: str, context: str) -> str:
    piece = trimmed(fragment)
    piece = _begun_small(as_arm(what_they_got(piece)))
    piece = _AGED.sub(r"in people \g<which> \g<age>", piece)
    piece = _SAME.sub("", _ONES_THAT.sub("", _THOSE.sub("", piece))) or piece
    if piece.lower().startswith(("placebo", "for placebo")):
        return piece
    pointer = _POINTER.search(piece)
    if pointer and piece.split(" ", 1)[0].lower() in w.PREPOSITIONS:
        agents = [chunk for chunk in chunks_of(context) if chunk.kind is Kind.AGENT]
        return piece[: pointer.start()] + agents[-1].phrase if agents else piece
    return piece


_BEGINS_SMALL = (
    w.PREPOSITIONS | w.DETERMINERS | w.PEOPLE | w.OUTCOMES | w.PROPERTIES | w.CONTROLS
) | w.DEGREES.keys()


def _begun_small(piece: str) -> str:
    """Take off the capital with which a turn begins, where its first word is no name."""
    first = piece.split(" ", 1)[0]
    return piece[:1].lower() + piece[1:] if first.lower() in _BEGINS_SMALL else piece


def _with_clause(piece: str, context: str) -> str | None:
    """Add a clause, or people of whom nothing was said, behind the earlier question."""
    if _IS_CLAUSE.match(piece):
        return f"{context} {piece}"
    chunks = chunks_of(piece)
    if len(chunks) != 1 or chunks[0].preposition or chunks[0].kind is not Kind.PEOPLE:
        return None
    told = any(chunk.kind is Kind.PEOPLE for chunk in chunks_of(context))
    return None if told or len(chunks[0].noun.split()) == 1 else f"{context} in {piece}"


def _with_adjective(piece: str, context: str) -> str | None:
    """Turn "the secondary ones": an adjective changes for one of its row, its noun stays."""
    found = re.fullmatch(
        r"(?:(?:on|in|for|with|at)\s+)?(?:the\s+)?(?P<adjective>[\w-]+)(?:\s+ones?)?",
        piece,
        re.IGNORECASE,
    )
    row = w.DEGREES.get(found["adjective"].lower()) if found else None
    if row is None or found is None:
        return None
    for word in re.finditer(r"[\w-]+", context):
        if w.DEGREES.get(word[0].lower()) == row:
            return f"{context[: word.start()]}{found['adjective']}{context[word.end() :]}"
    return None


def _with_predicate(piece: str, context: str) -> str | None:
    """Turn "Was it blinded?", "and randomised?": one participle or adjective for another."""
    if not re.fullmatch(r"[a-z-]+", piece) or piece in w.COMPARATORS | w.PEOPLE:
        return None
    parts = split(context)
    if parts is None or parts.auxiliary.lower() not in w.BE:
        return None
    first, _, rest = parts.predicate.partition(" ")
    if not (piece.endswith("ed") and first.endswith("ed")) and is_noun(piece):
        return None
    return f"{parts.auxiliary} {parts.subject} {piece} {rest}".rstrip()


def _with_verb(piece: str, context: str) -> str | None:
    """Turn "When did the trial start?", "and finish?": when did the trial finish."""
    known = w.VERBS - w.PROPERTIES - w.OUTCOMES
    words = [*re.finditer(r"[\w-]+", context)]
    done = any(word[0].lower() in w.DO for word in words)
    if not done or piece.lower() not in known:
        return None
    verbs = [word for word in words if word[0].lower() in known - w.DO]
    if not verbs:
        return None
    return f"{context[: verbs[-1].start()]}{piece.lower()}{context[verbs[-1].end() :]}"


def _with_organ(piece: str, context: str) -> str | None:
    words = [
        word.lower() for word in piece.split() if word.lower() not in w.DETERMINERS | {"in", "for"}
    ]
    if len(words) != 1 or words[0] not in w.ORGANS:
        return None
    for word in re.finditer(r"\w+", context):
        if word[0].lower() in w.ORGANS:
            return f"{context[: word.start()]}{words[0]}{context[word.end() :]}"
    return None


def _fitted(chunk: Chunk, context: str) -> _Fitted:
    """Exchange the phrase of the context that a chunk of the fragment stands for."""
    if chunk.kind is Kind.DOSE and w.DOSE.search(chunk.phrase) and w.DOSE.search(context):
        dose = w.DOSE.search(chunk.phrase)
        return _Fitted(w.DOSE.sub(dose[0] if dose else "", context, count=1), fitted=True)
    scored = [
        (likeness(chunk, other, context) + _both_happen(chunk, other, context), place, other)
        for place, other in enumerate(chunks_of(context))
    ]
    score, _, best = max(scored, default=(0, 0, None), key=lambda each: each[:2])
    if best is None or score < _ENOUGH or _cannot_change(chunk, best, context):
        return _Fitted(context, fitted=False)
    if chunk.is_arm and chunk.preposition != "of" and not best.preposition:
        return _Fitted(context, fitted=False)
    before = _agreeing(context[: best.start], chunk)
    behind = context[_end_of(best, chunk, context) :]
    text = f"{before}{_in_place(chunk, best)}{behind}"
    return _Fitted(text + _trial_left(chunk, best, context), fitted=True)


def _both_happen(chunk: Chunk, other: Chunk, context: str) -> int:
    """Return how much nearer two phrases are that tell what people may have."""
    happens = chunk.head in w.HAPPENINGS or bool(_ILLNESS.search(chunk.head))
    had = not other.preposition and is_had(other, context)
    return _ENOUGH if happens and had and other.kind in {Kind.THING, *ATTRIBUTES} else 0


def _end_of(other: Chunk, chunk: Chunk, context: str) -> int:
    """Return where what is said of the old phrase ends: its clause, the old trial's disease."""
    clause = _CLAUSE_BEHIND.match(context, other.end) if chunk.kind is Kind.OUTCOME else None
    if clause:
        return clause.end()
    if chunk.kind is Kind.TRIAL and not chunk.vague and other.vague:
        told = [each for each in chunks_of(context) if each.start == other.end + 1]
        if told and told[0].kind in {Kind.FIELD, Kind.AGENT}:
            return told[0].end
    return other.end


def without_whose(context: str) -> str:
    """Take out again whose placebo was asked for: "with placebo in the trial of tolimab"."""
    controlled = any(chunk.noun.lower() in w.CONTROLS for chunk in chunks_of(context))
    return _WHOSE.sub("", context) if controlled else context


def _trial_left(chunk: Chunk, other: Chunk, context: str) -> str:
    """Say whose placebo it is, once the drug that told so has made place for it."""
    if chunk.noun.lower() not in w.CONTROLS or not is_drug(other.phrase) or other.after in w.BE:
        return ""
    told = any(
        each.kind in {Kind.TRIAL, Kind.AGENT} and each != other for each in chunks_of(context)
    )
    return "" if told else f" in the trial of {w.DOSE.sub('', other.phrase).strip()}"


def _cannot_change(chunk: Chunk, other: Chunk, context: str) -> bool:
    """Whether an event would take the place of a measure: deaths do not fall by so much."""
    if chunk.head not in w.EVENTS:
        return False
    after = re.match(r"\s*(\w+)", context[other.end :])
    falls = bool(after and after[1].lower() in w.CHANGE_VERBS)
    return falls or other.after in w.CHANGE_NOUNS or other.head in w.CHANGE_NOUNS


def _agreeing(before: str, chunk: Chunk) -> str:
    """Bring "what was" into the number of the noun that follows it now."""
    be = _WHAT_IS.fullmatch(before)
    if be is None or chunk.kind not in ATTRIBUTES:
        return before
    plural = chunk.head != chunk.words[-1].lower()
    past = be["be"].lower() in {"was", "were"}
    word = ("were" if plural else "was") if past else ("are" if plural else "is")
    return f"{before[: be.start('be')]}{word} "


def _in_place(chunk: Chunk, other: Chunk) -> str:
    """Word the new phrase so that it reads well where the old one stood."""
    phrase = chunk.phrase
    if chunk.words[0].lower() in {"its", "their"}:
        phrase = f"the {chunk.noun}"
    if (
        other.words[0].lower() == "the"
        and chunk.noun == phrase
        and chunk.kind in {*ATTRIBUTES, Kind.THING}
    ):
        phrase = f"the {phrase}" if not is_drug(phrase) else phrase
    if not other.preposition:
        return phrase
    preposition = chunk.preposition
    generic = (
        {"", "for", "with"}
        if other.preposition in {*w.AGENT_PREPOSITIONS, "of", "to", "by"}
        else {"", "for"}
    )
    if chunk.is_arm and preposition in generic:
        preposition = "of" if other.preposition == "of" else "in"
    elif preposition in generic and other.preposition != "without":
        preposition = other.preposition
    if not chunk.preposition and _RELATIVE_TIME.search(phrase):
        return phrase
    return f"{preposition} {phrase}" if preposition else phrase


def _asked_of(chunk: Chunk, context: str) -> str:
    """Ask for another attribute of what the earlier question was about."""
    noun = chunk.noun
    if chunk.kind is Kind.STATISTIC:
        return _statistic(noun, context)
    said = phrases(context)
    if chunk.words[0].lower() in {"its", "their"}:
        said = said[:1]
    if chunk.kind is Kind.PROPERTY and said and said[0].startswith("with ") and is_drug(said[0]):
        said[0] = f"of {said[0].removeprefix('with ')}"
    if chunk.kind is Kind.OUTCOME:
        said += [
            f"{other.preposition or 'at'} {other.phrase}"
            for other in chunks_of(context)
            if other.kind is Kind.TIME
        ]
    about = f" {' '.join(said)}" if said else ""
    if chunk.words[0].lower() == "any":
        return f"Were there any {noun}{about}?"
    return f"What about the {noun}{about}?"


def _statistic(noun: str, context: str) -> str:
    """A p value, an interval or a ratio belongs to the result that was asked for."""
    be = _WHAT_IS.match(context)
    first = next((chunk for chunk in chunks_of(context) if be), None)
    if be is None or first is None:
        return f"What was the {noun}: {context[0].lower()}{context[1:]}?"
    if first.kind is Kind.STATISTIC:
        return f"{context[: first.start]}the {noun}{context[first.end :]}?"
    return f"What was the {noun} of {context[be.end() :]}?"


def _what_about(piece: str, context: str) -> str:
    said = phrases(context)
    about = f" {' '.join(said)}" if said else ""
    return f"What about {piece}{about}?"
