"""Cut a question into its noun phrases, each with its preposition and what kind of thing it is.

The words of no closed class are nouns or adjectives until something says that they are verbs.
That is enough to put one phrase in another's place; it is not a grammar of English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from iscalimab_qa.standalone import words as w
from iscalimab_qa.standalone.kinds import (
    MAX_PARSED,
    Kind,
    is_drug,
    is_known_noun,
    kind_of,
    singular,
    trial_names,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun phrase; `start` is where its preposition starts, `inner` where the phrase does."""

    start: int
    inner: int
    end: int
    preposition: str
    phrase: str
    kind: Kind
    after: str
    """The word before it in lower case, which may govern it ("respond" to)."""

    @property
    def words(self) -> list[str]:
        """The phrase's words."""
        return self.phrase.split()

    @property
    def head(self) -> str:
        """The phrase's last word, in the singular and in lower case."""
        return singular(self.words[-1])

    @property
    def noun(self) -> str:
        """The phrase without its determiner."""
        words = self.words
        return " ".join(words[1:] if words[0].lower() in w.DETERMINERS else words) or self.phrase

    @property
    def is_arm(self) -> bool:
        """Whether it is an arm of a trial and not what is given in it."""
        return not w.ARMS.isdisjoint(self.phrase.lower().split())

    @property
    def is_the_one(self) -> bool:
        """Whether it is "the jab", "each dose": a noun made definite by what was said before."""
        words = self.words
        definite = words[0].lower() in {"the", "each", "every"}
        return definite and len(words) == 2 and words[1].islower()  # noqa: PLR2004 - determiner, noun

    @property
    def vague(self) -> bool:
        """Whether it names nothing by itself: "the drug", "patients", "the placebo group"."""
        if self.kind is Kind.TRIAL:
            return {*self.noun.lower().split()} <= w.STUDIES | w.STUDY_ADJECTIVES
        if self.kind is Kind.AGENT:
            words = {word.lower() for word in self.words}
            return not is_drug(self.phrase) and not words & (w.COMPARATORS - w.CONTROLS)
        if self.kind is Kind.PEOPLE:
            return len(self.noun.split()) == 1
        return self.head in w.DRUG_NOUNS | w.DISEASE_NOUNS


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


_AFTER_AUXILIARY = re.compile(r"\b(?:did|does|do|is|was|has|had)\s+$", re.IGNORECASE)
_MEASURABLE = frozenset({Kind.TRIAL, Kind.FIELD, Kind.THING})
_TOKEN = re.compile(r"\d[\d,]*\d[^\s,;:?!()]*|[^\s,;:?!()\[\]\"“”]+|[,;:?!()\[\]\"“”]")


def capital(text: str) -> str:
    """Begin a question with a capital, unless with a name that is spelt otherwise ("eGFR")."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


@lru_cache(maxsize=256)
def chunks_of(text: str) -> tuple[Chunk, ...]:
    """Return a question's noun phrases in order; none overlap."""
    tokens = [
        _Token(match[0].rstrip("."), match.start(), match.start() + len(match[0].rstrip(".")))
        for match in _TOKEN.finditer(text[:MAX_PARSED])
    ]
    return tuple(_joined(_Chunker(text, tokens).chunks(), text))


def _joined(chunks: Sequence[Chunk], text: str) -> list[Chunk]:
    """Join an arm to what sets it apart: "the arm" and "without tacrolimus" are one phrase."""
    joined: list[Chunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        aged = last and last.kind is chunk.kind is Kind.PEOPLE and chunk.noun[0].isdigit()
        if (last and aged) or (last and _is_told_by(last, chunk)):
            phrase = text[last.inner : chunk.end]
            joined[-1] = replace(last, end=chunk.end, phrase=phrase)
        elif (
            last
            and last.head in w.ARMS
            and chunk.kind is Kind.AGENT
            and chunk.preposition in w.AGENT_PREPOSITIONS
            and text[last.end : chunk.start].isspace()
        ):
            phrase = text[last.inner : chunk.end]
            joined[-1] = Chunk(
                last.start, last.inner, chunk.end, last.preposition, phrase, Kind.AGENT, last.after
            )
        else:
            joined.append(chunk)
    return joined


def _is_told_by(field: Chunk, chunk: Chunk) -> bool:
    """Whether "with preserved ejection fraction" tells which heart failure is meant."""
    beside = field.kind is Kind.FIELD and field.preposition and chunk.start == field.end + 1
    told = chunk.preposition == "with" and len(chunk.words) > 1 and chunk.phrase.islower()
    given = is_drug(chunk.phrase) or chunk.head in w.DRUG_NOUNS | w.ARMS | w.COMPARATORS
    return bool(beside) and told and not given


class _Chunker:
    """One pass over a question's tokens."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._found: list[Chunk] = []
        self._open: list[_Token] = []
        self._preposition: _Token | None = None
        self._before_preposition = ""
        self._verb_due = False
        self._asked = False
        self._said_of = False
        self._changes = False

    def chunks(self) -> list[Chunk]:
        for place, token in enumerate(self._tokens):
            self._take(place, token)
        self._let_verb_go()
        self._close()
        return self._found

    def _take(self, place: int, token: _Token) -> None:
        low = token.low
        if low in w.PREPOSITIONS and not self._is_participle_adjective(low, place):
            if not self._preposition and not self._verb_follows(place):
                self._let_verb_go()
            self._close()
            self._preposition = token
            self._before_preposition = self._tokens[place - 1].low if place else ""
        elif (low in w.CONJUNCTIONS and self._continues(place)) or self._is_numeral(token):
            self._open.append(token)
        elif self._separates(token, place):
            self._close(keep_preposition=low in w.ADVERBS and not self._open)
            self._verb_due = low in w.DO or (self._verb_due and low not in w.AUXILIARIES)
            self._asked = self._asked or low in w.ASKING_WORDS
            self._said_of = low in w.BE
        elif self._is_verb(place, token):
            self._changes = low in w.CHANGE_VERBS and not self._is_before_noun(place)
            self._close()
            self._verb_due = self._changes = False
        else:
            if low in w.DETERMINERS and self._open:
                self._close()
            self._open.append(token)

    def _is_participle_adjective(self, low: str, place: int) -> bool:
        return (
            low in {"given", "following"} and bool(self._open) and not self._nouns() and place > 0
        )

    def _nouns(self) -> list[_Token]:
        return [token for token in self._open if token.low not in w.DETERMINERS]

    def _separates(self, token: _Token, place: int) -> bool:
        low = token.low
        if low in {"well", "back", "early", "long", "standard"} and self._open:
            return low != "standard"
        return (
            not low[:1].isalnum()
            or low in w.AUXILIARIES
            or low in w.ASKING_WORDS
            or low in w.PRONOUNS
            or low in w.CONJUNCTIONS
            or (low in w.ADVERBS and not self._is_degree(place))
            or (low in w.ORDERS and place == 0)
            or low == "many"
            or (place > 0 and self._tokens[place - 1].low == "how")
            or (low == "that" and bool(self._nouns()))
            or (self._said_of and low in w.PREDICATES and bool(self._nouns()))
        )

    def _is_degree(self, place: int) -> bool:
        return bool(self._open) and self._tokens[place].low in {"more", "most", "least"}

    def _is_numeral(self, token: _Token) -> bool:
        """Whether it is the "I" of a trial's name, as in "GRAND I"."""
        return token.text == "I" and bool(self._open and w.ACRONYM.match(self._open[-1].text))

    def _let_verb_go(self) -> None:
        """Take the last word for the verb that "did" has announced and no list knows."""
        nouns = self._nouns()
        if not self._verb_due or len(nouns) < 2 or (self._preposition and not self._found):  # noqa: PLR2004 - subject and verb
            return
        last = nouns[-1].low
        if last.isalpha() and nouns[-1].text == last and not is_known_noun(last):
            self._open.pop()
            self._verb_due = False

    def _verb_follows(self, place: int) -> bool:
        """Whether a plain verb stands behind: "does iron after surgery lower mortality"."""
        known = w.VERBS - w.OUTCOMES - w.PROPERTIES - w.CHANGE_NOUNS - w.PREPOSITIONS
        behind = self._tokens[place + 2 :]
        before = self._tokens[place + 1 : -1]
        return any(
            token.low in known and last.low not in w.PREPOSITIONS | w.DETERMINERS
            for last, token in zip(before, behind, strict=True)
        )

    def _is_before_noun(self, place: int) -> bool:
        """Whether the next word may be a noun, being of no closed class."""
        if place + 1 >= len(self._tokens):
            return False
        following = self._tokens[place + 1].low
        closed = w.PREPOSITIONS | w.AUXILIARIES | w.ASKING_WORDS | w.CONJUNCTIONS | w.ADVERBS
        return following[:1].isalnum() and following not in closed

    def _is_attribute(self, place: int) -> bool:
        """Whether a participle stands before its noun: "untreated seed", "vaccinated people?"."""
        negated = self._tokens[place].low.startswith("un")
        return (place == 0 or negated) and self._is_before_noun(place)

    def _continues(self, place: int) -> bool:
        """Whether "and" joins two nouns of one phrase after a preposition."""
        if not self._nouns() or not self._preposition or place + 1 >= len(self._tokens):
            return False
        following = self._tokens[place + 1].low
        closed = w.PREPOSITIONS | w.DETERMINERS | w.AUXILIARIES | w.ASKING_WORDS | w.PRONOUNS
        return following[:1].isalnum() and following not in closed | w.ADVERBS

    def _is_verb(self, place: int, token: _Token) -> bool:
        low = token.low
        after = self._tokens[place - 1].low if place else ""
        if after == "who" or (
            after in {"what", "which"} and low[:-1] in w.VERBS and low[-1] == "s"
        ):
            return True
        if low in w.IRREGULAR_PAST or (
            low.endswith("ed") and len(low) > 3 and low not in w.NOT_PARTICIPLES  # noqa: PLR2004 - "red"
        ):
            if self._open:
                return bool(self._nouns())
            return self._preposition is None and not self._is_attribute(place)
        if self._verb_due and self._nouns():
            subject = self._nouns()[-1].low in w.STUDIES | w.DRUG_NOUNS | w.ARMS
            return (
                (subject and token.text.islower()) or low in w.VERBS or self._is_name(self._nouns())
            )
        if self._verb_due and after in w.PRONOUNS:
            return True
        return self._asked and low in w.PLAIN_VERBS and (bool(self._nouns()) or after == "that")

    @staticmethod
    def _is_name(nouns: list[_Token]) -> bool:
        return len(nouns) == 1 and (is_drug(nouns[0].text) or bool(trial_names(nouns[0].text)))

    def _close(self, *, keep_preposition: bool = False) -> None:
        nouns = self._nouns()
        if not nouns and self._open and self._open[-1].low in {"those", "these"}:
            nouns = self._open
        if nouns:
            self._found.append(self._chunk())
        if nouns or not keep_preposition:
            self._preposition = None
        self._open = []

    def _is_subject(self, first: _Token) -> bool:
        """Whether it stands where a subject does: first of all, or after "did"."""
        return not self._found or bool(_AFTER_AUXILIARY.search(self._text[: first.start]))

    def _chunk(self) -> Chunk:
        first, last = self._open[0], self._open[-1]
        opening = self._preposition or first
        phrase = self._text[first.start : last.end]
        preposition = self._preposition.low if self._preposition else ""
        previous = self._found[-1] if self._found else None
        beside = previous if previous and previous.end + 1 == opening.start else None
        governor = self._before_preposition if preposition else ""
        kind = kind_of(
            phrase,
            preposition,
            governor,
            beside.kind if beside else None,
            fresh=self._is_subject(first),
        )
        if self._changes and not preposition and kind in _MEASURABLE and not trial_names(phrase):
            kind = Kind.OUTCOME
        return Chunk(opening.start, first.start, last.end, preposition, phrase, kind, governor)
