"""Cut a question into its noun phrases, each with its preposition and what kind of thing it is.

The words of no closed class are nouns or adjectives until something says that they are verbs.
That is enough to put one phrase in another's place; it is not a grammar of English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from iscalimab_qa.standalone import words as w

MAX_PARSED = 600
"""Characters of a question that are looked into; a follow-up leans on no essay."""


class Kind(Enum):
    """What a phrase names; a phrase takes the place of one of its kind."""

    TIME = auto()
    DOSE = auto()
    TRIAL = auto()
    AGENT = auto()  # a drug, an arm, a control
    PEOPLE = auto()
    FIELD = auto()  # a disease, an organ, a place: what stands after "in"
    OUTCOME = auto()
    PROPERTY = auto()
    STATISTIC = auto()
    THING = auto()


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


_TOKEN = re.compile(r"\d[\d,]*\d[^\s,;:?!()]*|[^\s,;:?!()\[\]\"“”]+|[,;:?!()\[\]\"“”]")


def capital(text: str) -> str:
    """Begin a question with a capital, unless with a name that is spelt otherwise ("eGFR")."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() else text


def singular(word: str) -> str:
    """Return a word in lower case without a plural's s."""
    low = word.lower()
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low  # noqa: PLR2004 - "gas" keeps its s


def is_drug(phrase: str) -> bool:
    """Whether a phrase holds a word that looks like a drug's name or code."""
    if w.DRUG.search(phrase):
        return True
    return any(w.DRUG_ENDING.match(x) and x.lower() not in w.NOT_DRUGS for x in phrase.split())


def trial_names(text: str) -> list[str]:
    """Return the names and numbers of trials in a text, each once, in order."""
    return list(dict.fromkeys(match[0] for match in w.TRIAL_NAME.finditer(text[:MAX_PARSED])))


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
        if (
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

    def chunks(self) -> list[Chunk]:
        for place, token in enumerate(self._tokens):
            self._take(place, token)
        self._close()
        return self._found

    def _take(self, place: int, token: _Token) -> None:
        low = token.low
        if low in w.PREPOSITIONS and not self._is_participle_adjective(low, place):
            self._close()
            self._preposition = token
            self._before_preposition = self._tokens[place - 1].low if place else ""
        elif low in w.CONJUNCTIONS and self._continues(place):
            self._open.append(token)
        elif self._separates(token, place):
            self._close(keep_preposition=low in w.ADVERBS and not self._open)
            self._verb_due = low in w.DO or (self._verb_due and low not in w.AUXILIARIES)
            self._asked = self._asked or low in w.ASKING_WORDS
            self._said_of = low in w.BE
        elif self._is_verb(place, token):
            self._close()
            self._verb_due = False
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
            return self._preposition is None
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

    def _chunk(self) -> Chunk:
        first, last = self._open[0], self._open[-1]
        opening = self._preposition or first
        phrase = self._text[first.start : last.end]
        preposition = self._preposition.low if self._preposition else ""
        previous = self._found[-1] if self._found else None
        beside = previous if previous and previous.end + 1 == opening.start else None
        governor = self._before_preposition if preposition else ""
        kind = _kind(phrase, preposition, governor, beside, fresh=not self._found)
        return Chunk(opening.start, first.start, last.end, preposition, phrase, kind, governor)


_GOVERNS_NO_AGENT = frozenset(
    "effect effects impact influence data information based report".split()
)
_GOVERNS_AGENT = re.compile(
    r"^(?:respon|random|assign|allocat|switch|expos|resistan)", re.IGNORECASE
)
_NO_TRIAL_AFTER = frozenset("change reduction increase decrease improvement drop fall rise".split())


def _kind(
    phrase: str, preposition: str, governor: str, beside: Chunk | None, *, fresh: bool
) -> Kind:
    named = _kind_by_name(phrase)
    if named is None and phrase[0].isdigit() and preposition in {"under", "over"}:
        return Kind.PEOPLE  # "under 18": an age
    if preposition in {"for", "against"} and phrase.lower().rpartition(" ")[2] in w.SYMPTOMS:
        return Kind.FIELD
    if named is not None or _is_trial_acronym(phrase, preposition, governor, fresh=fresh):
        return named or Kind.TRIAL
    if preposition == "with" and beside is not None and beside.kind is Kind.PEOPLE:
        return Kind.FIELD
    governed = preposition == "to" and bool(_GOVERNS_AGENT.match(governor))
    if governed or (preposition in w.AGENT_PREPOSITIONS and governor not in _GOVERNS_NO_AGENT):
        return Kind.AGENT
    in_it = preposition in {"in", "for"} and governor not in _NO_TRIAL_AFTER
    return Kind.FIELD if in_it else Kind.THING


def _kind_by_name(phrase: str) -> Kind | None:
    words = phrase.split()
    lows = [word.lower() for word in words]
    head = lows[-1]
    drug = is_drug(phrase)
    if w.DOSE.fullmatch(phrase) or (head in {"dose", "doses"} and not drug):
        return Kind.DOSE if len(_without_determiner(lows)) > 1 else Kind.PROPERTY
    timed = not drug and w.TIME.search(phrase) and head not in w.STUDIES | w.PEOPLE
    compared = set(lows) & w.COMPARATORS and head not in w.PEOPLE
    tests = (
        (Kind.TRIAL, bool(trial_names(phrase))),
        (Kind.TIME, bool(timed)),
        (Kind.AGENT, head in w.ARMS or bool(compared)),
        (Kind.TRIAL, not w.STUDIES.isdisjoint(lows)),
        (Kind.PEOPLE, head in w.PEOPLE),
        (Kind.STATISTIC, head in w.STATISTICS),
        (Kind.PROPERTY, head in w.PROPERTIES),
        (Kind.FIELD, bool(w.DISEASE.search(head)) or lows[-2:] in _FAILURES),
        (Kind.FIELD, len(_without_determiner(lows)) == 1 and head in w.ORGANS),
        (Kind.OUTCOME, head in w.OUTCOMES),
        (Kind.AGENT, drug),
        (Kind.FIELD, bool(w.POSSESSIVE_DISEASE.match(words[-1]))),
    )
    return next((kind for kind, holds in tests if holds), None)


_FAILURES = [["heart", "failure"], ["kidney", "failure"], ["heart", "attack"], ["liver", "failure"]]


def _without_determiner(lows: list[str]) -> list[str]:
    return [low for low in lows if low not in w.DETERMINERS]


def _is_trial_acronym(phrase: str, preposition: str, governor: str, *, fresh: bool) -> bool:
    """Whether four capitals name a trial: "in LUMEN", "did HELIOS find"; not "change in BVAS"."""
    if not w.ACRONYM.match(phrase):
        return False
    if preposition in {"in", "from"}:
        return governor not in _NO_TRIAL_AFTER
    return fresh or preposition == "of"
