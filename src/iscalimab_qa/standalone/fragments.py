"""Put a fragment of a question ("and with placebo?") where it belongs in the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.asking_again import split
from iscalimab_qa.standalone.chunks import Chunk, Kind, chunks_of, is_drug, singular
from iscalimab_qa.standalone.subjects import phrases

_TRAILING = re.compile(
    r"[\s,]+(?:too|as\s+well|then|instead|exactly|also|please|either)$", re.IGNORECASE
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
_ONES = re.compile(r"(?P<adjective>[a-z][\w-]{2,20})\s+ones", re.IGNORECASE)
_ATTRIBUTES = (Kind.PROPERTY, Kind.STATISTIC, Kind.OUTCOME)
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
    piece = _trimmed(fragment, bare)
    if _COMPARES.match(piece):
        return f"{bare} {piece}?"
    changed = (
        _with_kind_of(piece, bare)
        or _with_adjective(piece, bare)
        or _with_predicate(piece, bare)
        or _with_organ(piece, bare)
    )
    if changed:
        return f"{changed}?"
    asked: Chunk | None = None
    if _names_attribute(chunks_of(piece)):
        return _what_about(piece, bare)
    for chunk in chunks_of(piece):
        if chunk.kind in _ATTRIBUTES and not chunk.preposition and not _fitted(chunk, bare).fitted:
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


def _names_attribute(chunks: Sequence[Chunk]) -> bool:
    """Whether a fragment is "route of administration": one attribute in two phrases."""
    return (
        len(chunks) > 1
        and chunks[0].kind in _ATTRIBUTES
        and chunks[1].preposition == "of"
        and chunks[1].kind is Kind.THING
    )


def _trimmed(fragment: str, context: str) -> str:
    piece = _TRAILING.sub("", fragment.strip(" ?.!,;:"))
    piece = _SAME.sub("", _ONES_THAT.sub("", _THOSE.sub("", piece))) or piece
    if piece.lower().startswith(("placebo", "for placebo")):
        return piece
    pointer = _POINTER.search(piece)
    if pointer and piece.split(" ", 1)[0].lower() in w.PREPOSITIONS:
        agents = [chunk for chunk in chunks_of(context) if chunk.kind is Kind.AGENT]
        return piece[: pointer.start()] + agents[-1].phrase if agents else piece
    return piece


def _with_kind_of(piece: str, context: str) -> str | None:
    """Turn "Serious ones?" after "Does it cause infections?": does it cause serious infections."""
    ones = _ONES.fullmatch(piece)
    if ones is None or ones["adjective"].lower() in w.DEGREES | dict.fromkeys(w.DETERMINERS):
        return None
    plural = [
        chunk
        for chunk in chunks_of(context)
        if chunk.noun.endswith("s") and not is_drug(chunk.phrase)
    ]
    if not plural:
        return None
    at = plural[-1].end - len(plural[-1].noun)
    return f"{context[:at]}{ones['adjective']} {context[at:]}"


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
    if not (piece.endswith("ed") and first.endswith("ed")) and _is_noun(piece):
        return None
    return f"{parts.auxiliary} {parts.subject} {piece} {rest}".rstrip()


def _is_noun(word: str) -> bool:
    adjective = re.search(r"(?:ive|ble|ous|ful|al|ic|ant|ent|safe|ing|less|ary|ed|-term)$", word)
    return adjective is None or is_drug(word) or word in w.OUTCOMES | w.PROPERTIES


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
        (_likeness(chunk, other, context), place, other)
        for place, other in enumerate(chunks_of(context))
    ]
    score, _, best = max(scored, default=(0, 0, None), key=lambda each: each[:2])
    if best is None or score < _ENOUGH:
        return _Fitted(context, fitted=False)
    if chunk.is_arm and chunk.preposition != "of" and not best.preposition:
        return _Fitted(context, fitted=False)
    before = _agreeing(context[: best.start], chunk)
    return _Fitted(f"{before}{_in_place(chunk, best)}{context[best.end :]}", fitted=True)


def _agreeing(before: str, chunk: Chunk) -> str:
    """Bring "what was" into the number of the noun that follows it now."""
    be = _WHAT_IS.fullmatch(before)
    if be is None or chunk.kind not in _ATTRIBUTES:
        return before
    plural = chunk.head != chunk.words[-1].lower()
    past = be["be"].lower() in {"was", "were"}
    word = ("were" if plural else "was") if past else ("are" if plural else "is")
    return f"{before[: be.start('be')]}{word} "


def _likeness(chunk: Chunk, other: Chunk, context: str) -> int:
    if chunk.kind is Kind.THING and chunk.preposition not in {"", other.preposition}:
        return 0
    if chunk.kind is other.kind:
        score = 6
    elif {chunk.kind, other.kind} <= _LOOSE:
        score = _loose_likeness(chunk, other)
    else:
        return 0
    if chunk.kind in _ATTRIBUTES and other.kind in _ATTRIBUTES and chunk.kind is not other.kind:
        return 0
    score += 2 * (bool(chunk.preposition) and chunk.preposition == other.preposition)
    score += 3 * (chunk.head == other.head)
    score += 2 * bool(
        set(map(singular, chunk.noun.split())) & set(map(singular, other.noun.split()))
    )
    score += (chunk.noun != chunk.noun.lower()) == (other.noun != other.noun.lower())
    score += (chunk.noun == chunk.phrase) == (other.noun == other.phrase)
    score += chunk.kind is Kind.THING and len(chunk.words) == len(other.words)
    if _is_compared(other, context):
        score -= 4
    return score


_LOOSE = {Kind.THING, Kind.AGENT, Kind.FIELD, Kind.OUTCOME}


def _loose_likeness(chunk: Chunk, other: Chunk) -> int:
    """Likeness of two phrases of which one is of no known kind."""
    if chunk.kind is Kind.THING:
        if chunk.preposition and chunk.preposition != other.preposition:
            return 0
        if not _is_noun(chunk.phrase) and other.kind is not Kind.THING:
            return 0
        return 2 if other.kind in {Kind.AGENT, Kind.OUTCOME} or other.preposition != "in" else 1
    if chunk.kind is Kind.AGENT and other.kind is Kind.THING:
        return 2 if other.preposition in {"", "of"} else 0
    if chunk.kind is Kind.FIELD and other.kind is Kind.THING:
        return 2 if chunk.preposition == other.preposition else 0
    return 0


def _is_compared(chunk: Chunk, context: str) -> bool:
    before = context[: chunk.inner].rstrip().lower()
    return chunk.preposition in w.COMPARING or before.endswith(
        ("compare with", "compared with", "compare to")
    )


def _in_place(chunk: Chunk, other: Chunk) -> str:
    """Word the new phrase so that it reads well where the old one stood."""
    phrase = chunk.phrase
    if chunk.words[0].lower() in {"its", "their"}:
        phrase = f"the {chunk.noun}"
    if (
        other.words[0].lower() == "the"
        and chunk.noun == phrase
        and chunk.kind in {*_ATTRIBUTES, Kind.THING}
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
