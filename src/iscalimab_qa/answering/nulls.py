"""A finding of no effect, told of who was treated or of the circumstances, not of the outcome.

"By how much does a single dose lower the risk?" is denied by "a single dose gave no measurable
benefit", which does not hold the word "risk".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from iscalimab_qa.answering.assertions import Effect
from iscalimab_qa.answering.otherwise import Seen, is_narrower, is_of_another_time, stems_of
from iscalimab_qa.evidence.wording.wordlists import BETTER, DOWN, UP, WORSE, base
from iscalimab_qa.units import Unit

_NONE_AT_ALL = re.compile(
    r"""\b(?:g[ai]ve|brought|had|show(?:ed|s)|made|left|offer(?:ed|s)|yield(?:ed|s)|produced|has|was\s+of|with)\s+(?:no|hardly\s+any|little)\s+
          (?:[\w-]+\s+){0,2}?(?:benefit|effect|mark|gain|difference|advantage|improvement|impact|trace)\b
      |\bno\s+(?:better|worse|different|more\s+effective)\s+than\b|\b(?:without|no)\s+(?:an?\s+|any\s+)?(?:benefit|difference\s+from|effect)\b
      |\bdid\s+not\s+(?:differ|separate)\s+from\b|\bnot\s+(?:better|superior|different|distinguishable)\b
      |\bnot\s+(?:associated|linked)\b|\bfailed\s+to\s+(?:beat|outperform|improve|help|lower|reduce|raise|separate)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_CHANGED = re.compile(
    r"\b(?:did|does|was|were|is|are)\s+(?:not|n['’]t)\s+(?:\w+ly\s+)?(?:chang\w+|differ\w*|improv\w+|affect\w*|alter\w*|reduc\w+|influenc\w+|respond\w*|significant\w*)\b"
    r"|\bno\s+(?:[\w-]+\s+){0,2}?(?:effect|difference|change|benefit|improvement)s?\b|\b(?:unchanged|unaffected)\b",
    re.IGNORECASE,
)
_BY_CHANCE = re.compile(
    r"\b(?:difference|which|this|rise|fall|gain)\b[^.;]{0,40}?\b(?:not\s+(?:statistically\s+)?significant|no\s+more\s+than\s+chance|within\s+chance)\b"
    r"|\b(?:did\s+not|no\s+longer)\s+differ\w*(?:\s+significantly)?\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"\b(?:cut|saved?|rescued?|added|doubled|trebled|spared)\b", re.IGNORECASE)
_ANY = (UP, DOWN, BETTER, WORSE, _CUT)
_COMPARING = re.compile(
    r"\b(?:compared\s+(?:with|to)|versus|vs\.?|than|over|relative\s+to|as\s+against)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:(?:after|in|on|by|for)\s+[\w-]+,?\s+)?(?:they|it|these|those)\b", re.IGNORECASE
)
"""Words for what was named earlier in a sentence."""

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NOTHING = frozenset(
    base(word)
    for word in """the a an of in on at by to for and or with without over under than from did does
    do was were is are has have had any some all only also group arm phase cycle dose study trial
    patient people participant much many risk level rate compared versus against between among
    during significantly measurably it its their that this these those both same time use using
    effect""".split()
)
"""Words that do not tell what is spoken of."""


def no_effect(effect: Effect, question: str, seen: Sequence[Seen]) -> Unit | None:
    """Return the nearest unit that found nothing of the subject, or under the circumstances."""
    about = [each for each in seen if _names_in(question) <= each.around(question)]
    rest, compared = _halves(effect.rest)
    sides = [_Side(telling(words), compared, question) for words in (effect.subject, rest)]
    for each in about:
        for clause in each.clauses:
            if is_narrower(clause, question):
                continue
            nulls = [_NONE_AT_ALL.search(clause)] * len(sides)
            if each is about[0]:  # of the nearest alone it is known that it is what was meant
                nulls[-1] = nulls[-1] or _NOT_CHANGED.search(clause)
            for hit, side in zip(nulls, sides, strict=True):
                if not hit or _is_of_another(clause[hit.end() :], question):
                    continue
                if side.is_in(clause, each) and not side.found(about):
                    return each.unit
        if _by_chance(effect, each) and not is_of_another_time(each.unit.text, question):
            return each.unit
    return None


class _Side(NamedTuple):
    """What a finding is told of: who was treated, or under which circumstances."""

    telling: Sequence[str]
    compared: frozenset[str]
    """What it was compared with, empty if that was left open."""
    question: str

    def is_in(self, clause: str, seen: Seen) -> bool:
        """Whether a clause names its first word and half of all; the rest stands around it."""
        said = seen.unit.text if _GOES_ON.match(clause) else clause
        told, words = stems_of(said), set(self.telling)
        if not words or self.telling[0] not in told:
            return False
        return 2 * len(told & words) >= len(words) and words <= told | seen.around(self.question)

    def found(self, about: Sequence[Seen]) -> bool:
        """Whether a clause tells an effect found of the same."""
        return any(self._bears_out(clause, each) for each in about for clause in each.clauses)

    def _bears_out(self, clause: str, seen: Seen) -> bool:
        if _NONE_AT_ALL.search(clause) or _NOT_CHANGED.search(clause) or _BY_CHANCE.search(clause):
            return False
        same = self.compared <= stems_of(clause)
        return same and self.is_in(clause, seen) and any(words.search(clause) for words in _ANY)


class _Halves(NamedTuple):
    circumstances: str
    compared: frozenset[str]


def _halves(rest: str) -> _Halves:
    """Part the circumstances from what was compared with."""
    parts = _COMPARING.split(rest, maxsplit=1)
    return _Halves(parts[0], frozenset(telling(parts[1])) if len(parts) > 1 else frozenset())


def _by_chance(effect: Effect, seen: Seen) -> bool:
    """Whether a sentence gives the arms of a comparison and says that they did not differ."""
    text = seen.unit.text
    if not _BY_CHANCE.search(text) or re.search(r"\bp\s?[=<]\s?0?\.0[0-4]", text, re.IGNORECASE):
        return False
    told = stems_of(text)
    measure, subject = telling(effect.object), telling(effect.subject)
    of_measure = measure and (measure[0] in told or measure[-1] in told)
    return bool(of_measure and any(_is_kin(word, told) for word in subject))


def _is_kin(stem: str, told: frozenset[str]) -> bool:
    """Whether a word of one family is told: "guided" and "guidance"."""
    return stem in told or (len(stem) >= _ROOT and any(t.startswith(stem) for t in told))


_ROOT = 4
"""Letters from which on two words that begin alike are of one family."""


_IN_WHAT = re.compile(r"^\s+(?:in|on|as\s+to|regarding)\s+(?P<what>[^,;.]{3,60})")


def _is_of_another(behind: str, question: str) -> bool:
    """Whether "no effect" goes on with an outcome that was not asked about: "on sleep"."""
    found = _IN_WHAT.match(behind)
    told = set(telling(found["what"])) if found else set()
    return bool(told) and not told & stems_of(question) and not told <= _SIDES


_SIDES = frozenset(
    map(base, "either group arm both any all primary outcome endpoint chart curve".split())
)


def telling(text: str) -> list[str]:
    """Return the stems of the words that say what a phrase is about, in order, each once."""
    stems = (base(word.lower()) for word in _WORD.findall(text))
    return [stem for stem in dict.fromkeys(stems) if stem not in _NOTHING]


def _names_in(question: str) -> frozenset[str]:
    """Return the stems of the words that a question writes with a capital behind its first."""
    found = re.findall(r"(?<=[\w,'’] )[A-Z][\w-]{2,}", question)
    return frozenset(base(part.lower()) for word in found for part in _WORD.findall(word))
