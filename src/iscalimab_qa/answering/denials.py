"""The words of a source that deny an approval, a thing's being, a full recovery, an order of arms.

What has none of these forms is denied by a clause that denies its verb. As in `refuting`, each
reading is narrow, and nothing is denied where another of the nearest units bears the question out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from iscalimab_qa.answering.assertions import effect_of
from iscalimab_qa.answering.assumed import (
    Guard,
    Ranked,
    approved_in,
    completed_in,
    existing_in,
    guard_of,
    ranked_in,
    significant_in,
    whole_in,
)
from iscalimab_qa.answering.holding import Library
from iscalimab_qa.answering.nulls import no_effect, telling
from iscalimab_qa.answering.otherwise import Seen, all_seen, is_narrower, stems_of
from iscalimab_qa.evidence.wording.polarity import CUE, polarity
from iscalimab_qa.evidence.wording.wordlists import base
from iscalimab_qa.units import Unit

LOOKED_AT = 12
"""Units of the same matter that may deny it, or bear it out."""


def assumes(question: str, statement: str) -> bool:
    """Whether a question may be denied here: any statement may; else no unit need be sought."""
    return bool(
        statement or approved_in(question) or existing_in(question) or guard_of(question, statement)
    )


def denied(question: str, statement: str, units: Sequence[Unit], library: Library) -> Unit | None:
    """Return the nearest unit that denies what a question builds on, None if none does.

    Args:
        question: As asked.
        statement: What it takes for granted, as a statement; empty where none could be read.
        units: What comes nearest to it, best first.
        library: Metadata and names.
    """
    seen = all_seen(units, LOOKED_AT, library)
    return _of_a_thing(question, seen) or _of_a_statement(question, statement, seen, library)


def _of_a_thing(question: str, seen: Sequence[Seen]) -> Unit | None:
    """Deny an approval, or that a thing is there."""
    if name := approved_in(question):
        return _not_approved(name, question, seen)
    what = existing_in(question)
    return _not_there(what, question, seen) if what else None


def _of_a_statement(
    question: str, statement: str, seen: Sequence[Seen], library: Library
) -> Unit | None:
    """Deny a statement by its form; one of no special form by the denial of its verb."""
    if ranked := ranked_in(statement):
        return _other_order(ranked, seen, library)
    if what := whole_in(statement):
        return _only_in_part(what, seen)
    if trial := completed_in(statement):
        return _not_completed(trial, seen)
    if what := significant_in(statement):
        return _not_significant(what, seen)
    guard, effect = guard_of(question, statement), effect_of(statement)
    return (
        (_no_guard(guard, question, seen, library) if guard else None)
        or _never_so(statement, seen, library)
        or _not_compared(statement, seen)
        or (no_effect(effect, question, seen) if effect else None)
        or (None if guard else _plainly_denied(statement, question, seen))
    )


_NOT_SIGNIFICANT = re.compile(
    r"\bnot\s+(?:statistically\s+)?significant|\bno\s+more\s+than\s+chance|\bp\s?=\s?0?\.[1-9]",
    re.IGNORECASE,
)


def _not_significant(what: str, seen: Sequence[Seen]) -> Unit | None:
    asked = stems_of(what) - _EMPTY
    about = [each for each in seen if len(asked & stems_of(each.unit.text)) >= min(2, len(asked))]
    clear = [each for each in about if "significan" in _NOT_SIGNIFICANT.sub(" ", each.unit.text)]
    return next((e.unit for e in about if not clear and _NOT_SIGNIFICANT.search(e.unit.text)), None)


_BROKEN_OFF = re.compile(
    r"\b(?:suspended|terminated|halted|stopped|abandoned|withdrawn|cancelled|ended\s+early|discontinued)\b",
    re.I,
)
_RAN_OUT = re.compile(r"\b(?:complet\w+|finished)\b", re.IGNORECASE)


def _not_completed(trial: str, seen: Sequence[Seen]) -> Unit | None:
    naming = [each.unit for each in seen if trial in each.unit.text]
    if any(_RAN_OUT.search(unit.text) for unit in naming):
        return None
    return next((unit for unit in naming if _BROKEN_OFF.search(unit.text)), None)


_NEVER_COMPARED = re.compile(
    r"\b(?:never|not|no)\b[^.;]{0,40}?\b(?:compared|head-to-head|comparison|tested\s+against)\b"
    r"|\bhead-to-head\b[^.;]{0,40}?\b(?:not|no|never|none)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:the\s+two|both|them|each\s+other|one\s+another)\b", re.IGNORECASE)


def _not_compared(statement: str, seen: Sequence[Seen]) -> Unit | None:
    """Find "the two were never compared" where one is said to have beaten the other."""
    effect = effect_of(statement)
    if effect is None or effect.sign != "won":
        return None
    sides = [telling(effect.subject)[:1], telling(effect.object)[:1]]
    names = {name for side in sides for name in side}
    if not all(sides):
        return None
    for each in seen:
        text, around = each.unit.text, each.around(statement)
        both = _BOTH.search(text) or names & stems_of(text) or "head-to-head" in text.lower()
        if _NEVER_COMPARED.search(text) and names <= around and both:
            return each.unit
    return None


_MOST = 0.75
"""Share of a statement's words that what denies its verb must hold."""

_FEWEST = 3
"""Words below which a statement is too short to know its denial from another's."""


def _plainly_denied(statement: str, question: str, seen: Sequence[Seen]) -> Unit | None:
    """Find a clause that denies a word of a statement of which its unit holds most."""
    said = frozenset(_PRESENT.get(word, word) for word in telling(statement))
    if len(said) < _FEWEST or CUE.search(statement):
        return None
    for each in seen:
        if len(said & stems_of(each.unit.text)) < _MOST * len(said) or each.unit.cells:
            continue
        for clause in each.clauses:
            heads = _denied_heads(clause) & said
            if heads and not is_narrower(clause, question) and not _is_borne_out(said, heads, seen):
                return each.unit
    return None


_PRESENT = {"paid": "pay", "broke": "break", "proven": "prove", "kept": "keep", "cured": "cure"}
"""Stems of a past, as a source may write them behind "did not"."""

_SHORT_OF = re.compile(r"\bf[ae]ll(?:s|en)?\s+short\s+of\s+(?P<what>\w+)", re.IGNORECASE)


def _denied_heads(clause: str) -> frozenset[str]:
    short = _SHORT_OF.search(clause)
    return polarity(clause).heads | ({base(short["what"])} if short else frozenset())


def _is_borne_out(said: frozenset[str], heads: frozenset[str], seen: Sequence[Seen]) -> bool:
    """Whether a clause tells half of the same and what is denied elsewhere, undenied."""
    return any(
        heads <= stems_of(clause)
        and not heads & _denied_heads(clause)
        and 2 * len(said & stems_of(clause)) >= len(said)
        for each in seen
        for clause in each.clauses
    )


def _never_so(statement: str, seen: Sequence[Seen], library: Library) -> Unit | None:
    """Find "a non-depleting antibody" where it is said to deplete."""
    words = [word for word in re.findall(r"[a-z]{5,}", statement) if not word.startswith("non")]
    said = [re.compile(rf"\bnon-?{base(word)[:-1]}", re.IGNORECASE) for word in words]
    named = library.names.tokens(statement.split(maxsplit=1)[0]) if statement else frozenset()
    for each in seen:
        text = each.unit.text
        if named <= library.names.tokens(text) and any(one.search(text) for one in said):
            return each.unit
    return None


_NOT_APPROVED = re.compile(
    r"""\b(?:not|never|nor|n['’]t)\b[^.;,]{0,40}?\b(?:approv\w+|licen[cs]ed|authori[sz]ed|marketed|on\s+the\s+market)
      |\bunapproved\b|\bunlicen[cs]ed\b|\blicen[cs]ed:\s*no\b|\bapproved:\s*no\b|\bnot\s+for\s+use\s+in\s+humans\b
      |\bno\s+(?:marketing\s+)?(?:approval|authori[sz]ation|licen[cs]e)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_IS_APPROVED = re.compile(
    r"\b(?:approved|licen[cs]ed|authori[sz]ed|marketed|ce\s+mark|is\s+sold|on\s+the\s+market|authori[sz]ation)\b",
    re.IGNORECASE,
)


def _not_approved(name: str, question: str, seen: Sequence[Seen]) -> Unit | None:
    about = [each for each in seen if _is_of(each, name, question)]
    if any(_IS_APPROVED.search(_NOT_APPROVED.sub(" ", each.unit.text)) for each in about):
        return None
    return next((each.unit for each in about if _NOT_APPROVED.search(each.unit.text)), None)


_NAMES_NONE = re.compile(
    r"^\W*(?:it|they|this|the|these|as|licen\w+|approv\w+|not|no|for|outside|until)\b",
    re.IGNORECASE,
)
"""How words begin that go on about what their source is about."""


def _is_of(seen: Seen, name: str, question: str) -> bool:
    """Whether a unit names something, or its source does and the unit nothing else."""
    named = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)
    if named.search(seen.unit.text) or named.search(seen.title):
        return True
    return bool(_NAMES_NONE.match(seen.unit.text)) and base(name) in seen.around(question)


def _not_there(what: str, question: str, seen: Sequence[Seen]) -> Unit | None:
    """Find "it has no battery" where a question asks what battery it has."""
    head = re.escape(what.rsplit(maxsplit=1)[-1])
    none = re.compile(
        rf"\b(?:no|without(?:\s+an?)?|lacks?(?:\s+an?|\s+any)?)\s+(?:(?:known|specific|such)\s+)?{head}(?:s|es)?\b(?!\s+of\b)",
        re.I,
    )
    there = re.compile(rf"\b{head}(?:s|es)?\b", re.IGNORECASE)
    named = _capitalised(question)
    about = [e for e in seen if not named or any(base(n) in e.around(question) for n in named)]
    if any(there.search(none.sub(" ", each.unit.text)) for each in about):
        return None
    return next((each.unit for each in about if none.search(each.unit.text)), None)


def _capitalised(question: str) -> frozenset[str]:
    """Return the names of a question: words with a capital that do not begin it."""
    found = re.findall(r"(?<=[\w,] )[A-Z][\w-]{2,}", question)
    return frozenset(word.lower() for word in found)


_GUARDS = (
    r"prevent\w*|protect\w*|guard\w*|immunis\w*|work\w*|help\w*|act\w*|effective|active|vaccine"
)
_NO_GUARD = re.compile(
    rf"\b(?:not|never|n['’]t|nor|no)\b[^.;,]{{0,25}}?\b(?:{_GUARDS})\b", re.IGNORECASE
)
_GUARD = re.compile(
    rf"\b(?:prevents?|prevented|protects?|protected|protection|efficacy|{_GUARDS})\b", re.I
)
_ANY_INFECTION = frozenset(
    map(
        base,
        "infection catch catching get getting disease illness ill baby child people from".split(),
    )
)


def _no_guard(guard: Guard, question: str, seen: Sequence[Seen], library: Library) -> Unit | None:
    """Find "it does not prevent infection", or "does not work against influenza"."""
    named = library.names.tokens(guard.subject)
    sought = stems_of(guard.object) - stems_of(" ".join(_capitalised(f"x {guard.object}")))
    special = sought - _ANY_INFECTION - _FEW
    about = [each for each in seen if named <= each.around(question)]
    for each in about:
        for clause in each.clauses:
            told = stems_of(clause)
            hit = _NO_GUARD.search(clause)
            if hit and (
                special & told if special else _ANY_INFECTION & stems_of(clause[hit.start() :])
            ):
                return None if _guards_elsewhere(about, named, special, library) else each.unit
    return None


_FEW = frozenset(map(base, "strain type kind form sort against the a an month year of".split()))


def _guards_elsewhere(
    about: Sequence[Seen], named: frozenset[str], special: frozenset[str], library: Library
) -> bool:
    """Whether a clause says of the same thing that it does protect, against the same."""
    return any(
        _GUARD.search(clause)
        and not CUE.search(clause)
        and named <= library.names.tokens(clause)
        and (not special or special & stems_of(clause))
        for each in about
        for clause in each.clauses
    )


_IN_PART = re.compile(
    r"\bonly\s+(?:about\s+|around\s+)?\d[\d.]*\s?(?:%|percent|per\s+cent)|\bpart(?:ly|ial(?:ly)?)\b|\bincomplete\w*|\bpatchy\b"
    r"|\bnot\s+(?:yet\s+)?(?:fully|completely|entirely|wholly)\b"
    r"|\b(?:regained|recovered|restored|returned\s+to)\s+(?:to\s+)?(?:about\s+)?\d[\d.]*\s?(?:%|percent|per\s+cent)",
    re.IGNORECASE,
)
_IN_FULL = re.compile(
    r"\b(?:fully|completely|entirely|wholly|all\s+(?:of\s+them\s+)?|full|complete)\s*(?:recover|heal|resol|restor|regr|return|clear|disappear|100\s?%)",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    map(base, "the a an of in on at by had has have year month week later after".split())
)


def _only_in_part(what: str, seen: Sequence[Seen]) -> Unit | None:
    """Find "the inner reefs regained only 19%" where a full recovery is taken for granted."""
    asked = stems_of(what) - _EMPTY
    for each in seen:
        if _IN_FULL.search(_IN_PART.sub(" ", each.unit.text)):
            return None
        parts = _parts(each.unit.text)
        told = max(parts, key=lambda part: len(asked & stems_of(part)))
        if _IN_PART.search(told) and len(asked & stems_of(told)) >= min(2, len(asked)):
            return each.unit
    return None


def _parts(text: str) -> list[str]:
    """Part a sentence where it turns to another thing: "the outer ..., and the inner reefs"."""
    return [part for part in re.split(r"[;,]|\b(?:and|but|while|whereas)\b", text) if part.strip()]


_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_PLAIN = re.compile(r"^\W*(-?\d+(?:\.\d+)?)\b(?!\s*(?:of|\())")


def _other_order(ranked: Ranked, seen: Sequence[Seen], library: Library) -> Unit | None:
    """Find the nearest row on the same outcome that has its arms the other way round."""
    for each in seen:
        cells = each.unit.cells
        if not cells or not _is_label(cells[0].text, ranked.what, library):
            continue
        values = [_value_of(side, each.unit, library) for side in (ranked.arm, ranked.other)]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            continue
        first, second = known
        contrary = first <= second if ranked.sign == "more" else first >= second
        return each.unit if contrary else None
    return None


_MOST_OF_A_LABEL = 0.6
"""Share of a row's label that an outcome must hold: labels add units and time points."""


def _is_label(label: str, what: str, library: Library) -> bool:
    told, asked = library.names.tokens(label), library.names.tokens(what)
    return bool(told) and len(told & asked) >= max(1, round(_MOST_OF_A_LABEL * len(told)))


def _value_of(arm: str, unit: Unit, library: Library) -> float | None:
    """Return an arm's value, a percentage before a mean; a bare count is none."""
    wanted = library.names.tokens(arm.split(" in ", maxsplit=1)[0])
    own = [cell for cell in unit.cells[1:] if wanted and wanted <= library.names.tokens(cell.head)]
    if len(own) != 1:
        return None
    share = _PERCENT.search(own[0].text)
    in_head = "%" in unit.cells[0].text and re.search(r"\((\d+(?:\.\d+)?)\)", own[0].text)
    plain = _PLAIN.search(own[0].text) if "." in own[0].text else None
    found = share or in_head or plain
    return float(found[1]) if found else None
