"""Words of a claim that nothing cited bears out, and words that were put in one another's place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from iscalimab_qa.evidence.checks.findings import Finding, Findings
from iscalimab_qa.evidence.checks.grounds import Grounds
from iscalimab_qa.evidence.checks.rewording import without_places
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.figures.quantity import PLAIN
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.clauses import clauses, nearest
from iscalimab_qa.evidence.wording.plain_words import is_plain, names_something
from iscalimab_qa.evidence.wording.wordlists import CONTRASTS, base
from iscalimab_qa.lexicon import shipped_aliases
from iscalimab_qa.lexicon.tokens import STOPWORDS, stem
from iscalimab_qa.sources.normalise import matching_key

ROOT = 5
"""Letters that words of one family share: "transplanted", "transplantation"."""

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_ADDRESS = re.compile(r"https?://\S+|\bdoi:?\s*\S+|\b10\.\d{4,9}/\S+|\bwww\.\S+", re.IGNORECASE)
_NUMBER_WORD = re.compile(
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|hundred|thousand|million)"
)
_ARM_PLACE = re.compile(r"\b(?:with|on|than|versus|against|receiving|taking|given|under)\s+$", re.I)
_ARM_END = re.compile(r"\s*(?:[,.;)(]|$|\d|and\b|or\b|had\b|was\b|at\b|in\b|every\b|than\b|over\b)")


def check_words(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find words that name something, and that nothing cited holds in any form.

    A word in an arm's place ("on X", "than X") is taken for an agent, any other one for what
    was measured. Words of everyday English and of reporting in general may differ freely.
    """
    everything = grounds.everything
    held = names.tokens(everything)
    said = {stem(word)[:ROOT] for word in _WORD.findall(matching_key(everything))}
    roots = said | {token[:ROOT] for token in held if token.isalpha()}
    key = names.canonical(_without_figures(without_places(claim, everything)))
    findings = []
    for match in _WORD.finditer(key):
        for part in match[0].removesuffix("'s").split("-"):
            token = stem(part)
            if not _is_telling(part) or _is_everyday(part, names):
                continue
            if token in held or _NUMBER_WORD.fullmatch(part):
                continue
            if token[:ROOT] in roots and not _is_other_name(part, token, claim, held):
                continue
            if _means_the_same(names.name_of(part), everything) or _capitals(part, claim):
                continue
            findings.append(_unknown(key, match, _as_said(part, claim, names)))
    return tuple(dict.fromkeys(findings))


def _is_other_name(part: str, token: str, claim: str, held: frozenset[str]) -> bool:
    """Whether a capitalised name only begins like a cited word: "Brandol" and "Brandvold"."""
    name = re.escape(part.capitalize())
    if not re.search(rf"(?<=[^.\s]\s){name}\b", claim):
        return False
    alike = [other for other in held if other[:ROOT] == token[:ROOT]]
    return not any(token.startswith(o[:-1]) or o.startswith(token[:-1]) for o in alike)


def _is_telling(part: str) -> bool:
    if part.startswith("alias") and part.endswith("x"):
        return True
    return names_something(part) and (names_something(stem(part)) or not is_plain(part))


def _is_everyday(part: str, names: Names) -> bool:
    """Whether a known name's token stands for a trial or drug, or has everyday wordings."""
    kind = names.kind_of(part)
    if kind is None:
        return False
    wordings = [matching_key(each).split() for each in names.wordings(part)]
    return kind in {"trial", "drug", "disease"} or any(
        all(is_plain(word) or is_plain(stem(word)) for word in each) for each in wordings
    )


def _without_figures(claim: str) -> str:
    """Blank figures with their units, and addresses: "nmol" is no word here."""
    measured = [quantity for quantity in read_figures(claim).quantities if quantity.unit]
    spans = [(each.start, each.end) for each in measured]
    for start, end in [*spans, *(match.span() for match in _ADDRESS.finditer(claim))]:
        claim = claim[:start] + " " * (end - start) + claim[end:]
    return claim


def _as_said(part: str, claim: str, names: Names) -> str:
    """Return a word as the claim has it: "renal", and not the name that it is known by."""
    key = matching_key(claim)
    wordings = [each for each in names.wordings(part) if matching_key(each) in key]
    return max(wordings, key=len, default=names.name_of(part))


def _unknown(key: str, match: re.Match[str], part: str) -> Finding:
    in_arm_place = _ARM_PLACE.search(key, 0, match.start()) and _ARM_END.match(key, match.end())
    check = "drug" if in_arm_place else "arms"
    return Finding(
        "drug" if check == "drug" else "arms", part, f"the cited words do not speak of {part!r}"
    )


def _capitals(part: str, claim: str) -> bool:
    """Whether a word is an abbreviation: those have a look of their own."""
    return bool(re.search(rf"(?<![\w]){re.escape(part)}(?!\w)", claim, re.I)) and not re.search(
        rf"(?<![\w]){re.escape(part[0])}{re.escape(part[1:])}|{re.escape(part.capitalize())}", claim
    )


class _Everyday(NamedTuple):
    """Everyday words and the technical ones that they ask for, spelt one way."""

    says: Sequence[str]
    means: Sequence[str]


@lru_cache(maxsize=1)
def _everyday() -> Sequence[_Everyday]:
    """Return the everyday words of the lexicon: a thousand groups, so they are spelt once."""
    return [
        _Everyday([*map(matching_key, group.says)], [*map(matching_key, group.means)])
        for group in shipped_aliases()
        if group.kind == "plain"
    ]


def _means_the_same(part: str, everything: str) -> bool:
    key = matching_key(everything)
    return any(
        any(part in said for said in group.says) and any(term in key for term in group.means)
        for group in _everyday()
    )


def check_contrasts(claim: str, grounds: Grounds, names: Names) -> Findings:
    """Find words put in place of their opposites: low for high, early for late."""
    cited = [clause for quote in grounds.quotes for clause in clauses(quote)]
    context = _contrasting("\n".join(p.quote for c in grounds.citations for p in c.context))
    findings: list[Finding] = []
    for clause in clauses(claim):
        ours = _contrasting(clause)
        for other in nearest(clause, cited, names) if ours else ():
            theirs = _contrasting(other)
            findings += [
                Finding("arms", word, f"the cited words have {opposite!r}")
                for word in sorted(ours - theirs - context)
                for opposite in sorted(CONTRASTS[word] & theirs - ours)
            ]
    findings += _completed(claim, grounds)
    return tuple(dict.fromkeys(findings))


_COMPLETED = re.compile(r"\bcomplet(?:ed|ion|es?)\b", re.IGNORECASE)
_CUT_SHORT = re.compile(
    r"\b(?:discontinu(?:ed|ation)|terminat(?:ed|ion)|halted|abandoned|prematurely|stopped\s+early)\b",
    re.IGNORECASE,
)


def _completed(claim: str, grounds: Grounds) -> Iterator[Finding]:
    """Yield "completed" where the cited words say that it was cut short, in whatever clause."""
    told = "\n".join(grounds.told)
    said, short = _COMPLETED.search(claim), _CUT_SHORT.search(told)
    if said and short and not _COMPLETED.search(told) and not _CUT_SHORT.search(claim):
        yield Finding("negation", said[0], f"the cited words say otherwise: {short[0]!r}")


def _contrasting(text: str) -> set[str]:
    return {
        word for m in _WORD.finditer(text.lower()) for word in m[0].split("-") if word in CONTRASTS
    }


_PART_OF = re.compile(r"\s+(?:[a-z]+\s+)?(?:out\s+)?of\s+(?:[a-z]+\s+){0,2}", re.IGNORECASE)
_PAUSE = re.compile(r"[.,;:()]")
WINDOW = 3
"""Content words on each side of a figure that tell where it stands."""


def check_places(claim: str, grounds: Grounds) -> Findings:
    """Find figures that stand among the words of another figure of the same unit.

    Each cited figure is known by the words next to it. A figure of the claim that shares no
    neighbour with itself, and its neighbours with another one, was put in that one's place.
    """
    held = [place for quote in grounds.sentences for place in _places(quote)]
    findings = [
        Finding("arms", place.key, f"the cited words have {other} in this place")
        for place in _places(claim)
        for other in _displaced(place, held)
    ]
    return tuple(dict.fromkeys(findings))


STRONG = 2
"""Neighbours that must agree before a figure is said to stand in another one's place."""


class Place(NamedTuple):
    """A figure's number and unit, the words next to it with their side, and its whole if any."""

    key: str
    unit: str
    near: frozenset[str]
    tied: str = ""


def _displaced(place: Place, held: Sequence[Place]) -> Iterator[str]:
    """Yield the cited figure among whose words a claim's figure stands, away from its own."""
    same_unit = [each for each in held if each.unit == place.unit]
    own = [each.near for each in same_unit if each.key == place.key]
    if not own or not all(own) or any(_akin(place.near, near) for near in own):
        return
    for each in same_unit:
        tied = each.key in {other.tied for other in same_unit if other.key == place.key}
        if each.key != place.key and not tied and len(place.near & each.near) >= STRONG:
            yield each.key


def _akin(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two figures share a neighbour: any on the same side, a telling one on any."""
    if left & right:
        return True
    words = [{near.strip("_ ") for near in side} for side in (left, right)]
    return any(names_something(word) for word in words[0] & words[1])


@lru_cache(maxsize=4096)
def _places(text: str) -> tuple[Place, ...]:
    """List the figures of a text with the words next to them, as far as the next figure."""
    plain = text.translate(PLAIN)
    quantities = read_figures(text).quantities
    found = []
    for index, quantity in enumerate(quantities):
        if quantity.sort in {"p", "label", "size"} or quantity.loose:
            continue
        start = quantities[index - 1].end if index else 0
        end = quantities[index + 1].start if index + 1 < len(quantities) else len(plain)
        before = _content(_PAUSE.split(plain[start : quantity.start])[-1])[-WINDOW:]
        after = _content(_PAUSE.split(plain[quantity.end : end])[0])[:WINDOW]
        near = frozenset([*(f"{word} _" for word in before), *(f"_ {word}" for word in after)])
        of = index + 1 < len(quantities) and _PART_OF.fullmatch(plain, quantity.end, end)
        tied = quantities[index + 1].key if of else ""
        found.append(Place(quantity.key, quantity.unit, near, tied))
    return tuple(found)


def _content(text: str) -> list[str]:
    return [base(word) for word in _WORD.findall(text) if word.lower() not in STOPWORDS]
