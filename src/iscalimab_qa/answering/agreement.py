"""Say which other sources tell what an answer tells, and never the same thing twice.

Evidence is counted in trials: another trial that says the same agrees ("also [2]"), the same
trial told elsewhere, or a text that retells one, is only "also reported in". A source is cited
beside a claim only where the claim, held against that source's words, comes out supported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from typing import NamedTuple

from iscalimab_qa.answering.beside import Sides
from iscalimab_qa.answering.citing import citation
from iscalimab_qa.answering.extractive import Asked
from iscalimab_qa.answering.holding import NO_CHANCE, Held, Library, hold, sources_of
from iscalimab_qa.answering.strength import works_of
from iscalimab_qa.answering.subject import mismatches
from iscalimab_qa.answering.terms import token_set
from iscalimab_qa.answering.timing import at_another_time
from iscalimab_qa.answering.values import Answer
from iscalimab_qa.evidence.checks.claim import check_claim
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.tiers import UNCLASSIFIED, tier_of
from iscalimab_qa.evidence.values import Citation, Claim
from iscalimab_qa.evidence.wording.clauses import clauses
from iscalimab_qa.evidence.wording.coverage import is_anonymous
from iscalimab_qa.evidence.wording.polarity import polarity
from iscalimab_qa.sources.values import SourceKind
from iscalimab_qa.units import Unit

MOST_BESIDE = 2
"""Further sources of a claim: that a thing is told often is seen from two."""

LOOKED_AT = 6
"""Units that are held against a claim: those that share most of its words."""

SHARED = 0.5
"""Share of a claim's words below which no unit is looked at."""

TELLS = 0.75
"""Share of a claim's wording that its own words must hold to be cited beside it."""

TELLS_WITHOUT_FIGURES = 0.85
"""The same where no result of its own tells the claim from others on the same matter."""

_FIRST_HAND: frozenset[SourceKind] = frozenset(
    {
        "randomised_trial",
        "open_label_trial",
        "post_hoc_analysis",
        "preclinical_study",
        "registry_record",
        "conference_abstract",
    }
)
"""Kinds of source that tell of their own work; all others retell."""


class _Beside(NamedTuple):
    """A source that says what a claim says; `agrees` where it is evidence of its own."""

    cited: Citation
    agrees: bool


def with_agreement(answer: Answer, asked: Asked, known: Sides) -> Answer:
    """Cite beside each claim the other sources that say the same, each once.

    Args:
        answer: Of any verdict; only what is `answered` can be agreed with.
        asked: The question and the passages among which agreement is looked for.
        known: The library's sources and trials.

    Returns:
        The answer without claims that say again what one before them says, and with further
        citations for those that are left; markers count in the order in which they stand.
    """
    if answer.verdict != "answered":
        return answer
    answer = _said_once(answer, known)
    for index in range(len(answer.claims)):
        answer = _beside(answer, index, asked, known)
    return _renumbered(answer)


def _said_once(answer: Answer, known: Sides) -> Answer:
    """Leave out a claim that says again what an earlier one says."""
    kept: list[Claim] = []
    for claim in answer.claims:
        if not any(_same(claim, each, answer, known) for each in kept):
            kept.append(claim)
    return replace(answer, claims=tuple(kept))


def _same(claim: Claim, before: Claim, answer: Answer, known: Sides) -> bool:
    """Whether a claim adds nothing: its source has told its figures, or both say all of both."""
    one, other = _cited(claim, answer), _cited(before, answer)
    if _is_derived(claim, before) or len(one) != 1 or len(other) != 1 or one == other:
        return False
    if one[0].source_id == other[0].source_id:
        return _is_row_of(claim, one[0], before)
    if not figures_in(claim.text).keys() <= figures_in(before.text).keys():
        return False
    library = _library(known)
    return _says(hold(claim.text, other[0], library)) and _says(hold(before.text, one[0], library))


def _is_row_of(claim: Claim, cited: Citation, before: Claim) -> bool:
    """Whether a row gives those figures that a sentence of its source has told already."""
    cells = (cell.text for cell in cited.cells[1:] if cell.text in claim.text)
    figures = figures_in(" ".join(cells)).keys()
    return len(figures) >= NO_CHANCE and figures <= figures_in(before.text).keys()


def _is_derived(*claims: Claim) -> bool:
    return any("derived" in astuple(claim.checks) for claim in claims)


def _cited(claim: Claim, answer: Answer) -> list[Citation]:
    return [each for each in answer.citations if each.marker in claim.citations]


def _library(known: Sides) -> Library:
    return Library(known.library.metadata, known.library.names)


def _says(held: Held) -> bool:
    """Whether a citation says all that its claim says; what it denies, it denies as well."""
    least = TELLS if held.results else TELLS_WITHOUT_FIGURES
    denied, told = _denied([held.claim]), _denied(held.grounds.told)
    return held.told >= least and held.supports and (not denied or bool(denied & told))


def _denied(texts: Iterable[str]) -> frozenset[str]:
    read = (polarity(clause).denied for text in texts for clause in clauses(text))
    return frozenset(word for words in read for word in words)


def _beside(answer: Answer, index: int, asked: Asked, known: Sides) -> Answer:
    claim = answer.claims[index]
    own = _cited(claim, answer)
    if len(own) != 1 or _is_derived(claim):
        return answer
    told = {each.source_id for other in answer.claims for each in _cited(other, answer)}
    units = _likely(claim.text, asked, told)
    found = _chosen(list(_telling(claim.text, own[0], units, asked, known)), known)
    return _with(answer, index, found, known) if found else answer


def _likely(claim: str, asked: Asked, told: set[str]) -> list[Unit]:
    """Return the units of other sources that hold a claim's figures and most of its words."""
    words, figures = token_set(claim), figures_in(claim).keys()
    shared = {
        (unit.source_id, unit.start): (len(words & token_set(unit.words)), unit)
        for passage in asked.passages
        for unit in passage.units
        if unit.kind in {"sentence", "row"}
        and unit.source_id not in told
        and figures <= figures_in(f"{unit.words} {' '.join(unit.section)}").keys()
    }
    near = [each for each in shared.values() if each[0] >= SHARED * len(words)]
    return [unit for _, unit in sorted(near, key=lambda each: -each[0])[:LOOKED_AT]]


def _telling(
    claim: str, own: Citation, units: Iterable[Unit], asked: Asked, known: Sides
) -> Iterator[_Beside]:
    """Yield the units that say the claim of what the question is about, each source once."""
    library, seen = _library(known), set[str]()
    retold_only = is_anonymous(claim, library.names)
    for unit in units:
        cited = citation(unit, known.library.metadata(unit.source_id), 0)
        relation = _relation(claim, own, cited, known)
        if relation is None or unit.source_id in seen or (retold_only and relation.agrees):
            continue
        if _says(hold(claim, cited, library)) and _is_asked(unit, asked, known):
            seen.add(unit.source_id)
            yield relation


def _is_asked(unit: Unit, asked: Asked, known: Sides) -> bool:
    question, library = asked.question, known.library
    others = mismatches(question, unit, library.metadata, library.names)
    return not others and not at_another_time(question, unit)


def _relation(claim: str, own: Citation, cited: Citation, known: Sides) -> _Beside | None:
    """Say whether a source is evidence of its own; None where it is the same work.

    Two sources of known trials are, if these differ. Else a result is one trial's, told again;
    what is no result may be found by many, but only by who tells of work of their own.
    """
    metadata = known.library.metadata
    one, other = metadata(own.source_id), metadata(cited.source_id)
    if works_of(one) & works_of(other):
        return None
    trials, others = _trials(own, known), _trials(cited, known)
    if trials and others:
        return _Beside(cited, not trials & others)
    first_hand = {one.kind, other.kind} <= _FIRST_HAND
    return _Beside(cited, first_hand and not figures_in(claim))


def _trials(cited: Citation, known: Sides) -> set[str]:
    return {trial.trial_id for trial in known.registry.trials_of(cited)}


def _chosen(found: Sequence[_Beside], known: Sides) -> list[_Beside]:
    """Take what agrees before what retells, the strongest first, and of each trial one."""
    metadata = known.library.metadata

    def order(each: _Beside) -> tuple[bool, int]:
        return not each.agrees, tier_of(metadata(each.cited.source_id)) or UNCLASSIFIED

    chosen: list[_Beside] = []
    counted: set[str] = set()
    for each in sorted(found, key=order):
        trials = _trials(each.cited, known) if each.agrees else set[str]()
        if not trials & counted:
            chosen.append(each)
            counted |= trials
    return chosen[:MOST_BESIDE]


def _with(answer: Answer, index: int, found: Sequence[_Beside], known: Sides) -> Answer:
    """Cite what was found; what the answer cites elsewhere already keeps its marker."""
    citations, markers = list(answer.citations), list[int]()
    for each in found:
        place = (each.cited.source_id, each.cited.start)
        same = next((c for c in citations if (c.source_id, c.start) == place), None)
        marker = max((c.marker for c in citations), default=0) + 1
        citations += [] if same else [replace(each.cited, marker=marker)]
        markers.append(same.marker if same else marker)
    claim = answer.claims[index]
    cited = [each for each in citations if each.marker in {*claim.citations, *markers}]
    sources = sources_of(cited, _library(known))
    checks = check_claim(claim.text, cited, names=known.library.names, sources=sources)
    if "failed" in astuple(checks):
        return answer
    agreeing = [m for m, each in zip(markers, found, strict=True) if each.agrees]
    beside = replace(
        claim,
        citations=(*claim.citations, *markers),
        checks=checks,
        agreeing=tuple(agreeing),
        retelling=tuple(m for m in markers if m not in agreeing),
    )
    claims = (*answer.claims[:index], beside, *answer.claims[index + 1 :])
    return replace(answer, claims=claims, citations=tuple(citations))


def _renumbered(answer: Answer) -> Answer:
    """Count markers in the order in which they stand; what nothing cites is left out."""
    claimed = (marker for claim in answer.claims for marker in claim.citations)
    noticed = (marker for notice in answer.notices for marker in notice.citations)
    order = {old: new for new, old in enumerate(dict.fromkeys([*claimed, *noticed]), start=1)}

    def new(markers: Sequence[int]) -> tuple[int, ...]:
        return tuple(order[marker] for marker in markers)

    claims = (
        replace(
            claim,
            citations=new(claim.citations),
            agreeing=new(claim.agreeing),
            retelling=new(claim.retelling),
        )
        for claim in answer.claims
    )
    kept = (replace(c, marker=order[c.marker]) for c in answer.citations if c.marker in order)
    return replace(
        answer,
        claims=tuple(claims),
        citations=tuple(sorted(kept, key=lambda cited: cited.marker)),
        notices=tuple(replace(each, citations=new(each.citations)) for each in answer.notices),
    )
