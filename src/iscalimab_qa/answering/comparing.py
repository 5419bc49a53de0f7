"""Answer a comparison of arms of one trial: the row or sentence that tells both leads.

It must name what is compared and hold the question's own figures. The figures stand as the
source has them; a difference is computed only where it is asked for and the source has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from typing import NamedTuple

from iscalimab_qa.answering.arms import (
    TWO,
    arm_terms,
    arm_tokens,
    asked_cells,
    asked_figures,
    relates_arms,
)
from iscalimab_qa.answering.citing import Cited, citation
from iscalimab_qa.answering.differing import (
    asks_difference,
    computed,
    disagreement,
    stated_cells,
    states_difference,
    states_relation,
)
from iscalimab_qa.answering.extractive import (
    Asked,
    LibraryView,
    about_the_named,
    is_evidence,
)
from iscalimab_qa.answering.scoring import Candidate
from iscalimab_qa.answering.terms import Terms, token_set
from iscalimab_qa.answering.wording import REMARK_HEAD, claim_text
from iscalimab_qa.evidence.checks.arm_terms import ArmTerms
from iscalimab_qa.evidence.checks.claim import check_claim
from iscalimab_qa.evidence.checks.present import figures_in
from iscalimab_qa.evidence.values import Citation, Claim
from iscalimab_qa.units import Unit, units_of

TELLS_ALL = 0.7
"""Share of what is compared, by weight, that both arms' unit must name with its caption."""

TELLS_ITSELF = 0.35
"""The same for the row's label or the sentence alone: a caption names what all rows share."""

MOST_WORDS = 60
"""Words after which nobody reads on."""

_COMPARING = re.compile(
    r"""\b(?: compar\w+ | versus | vs\.? | differ\w* | against | relative | than | better | worse
          | more | less | fewer | higher | lower | greater | larger | smaller | superior | inferior
          | arms? | groups? | each | both | between | beat | fare[sd]? | without | with
          | often | common(?:ly)? | frequent(?:ly)? | by\s+how\s+many | percentage\s+points?
          | patients? | people | participants? | show(?:n|ed)? | reported? | rates?
          | percent(?:age)? | share | many | much | over | after | seen | occur\w*
          )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that set two sides against each other, or that every result has."""

CLEARLY_MORE = 0.15
"""By so much more must a statement that relates the arms name of what is compared, to lead."""


_TRIAL_NAME = re.compile(r"\b[A-Z][A-Z0-9]{3,}(?:-[A-Z0-9]+)*\b")
"""Four capitals or more: what a trial is called that no registry number comes with."""


_MEASURED_AS = re.compile(
    r"\b(?P<one>[\w-]+),?\s+(?:measured\s+(?:as|by|with)\s+(?:the\s+)?|\()(?P<other>[A-Z][\w-]+)"
)
_DIFFERENCE_FROM = re.compile(
    r"^(?:\W*\w+){0,3}?\W*differences?\s+(?:from|to|versus|against)\b", re.I
)
_ASIDE = re.compile(
    r",?\s+(?:(?:[\w-]+\s+){0,2}(?:since|because|although|though|whereas)|,\s*as)\b.*$", re.I | re.S
)
"""A clause that tells of something else than what the sentence is about."""


class Comparison(NamedTuple):
    """A question that sets arms against each other, and what leads its answer.

    `others` state the same for the same arms in other words, best first.
    """

    asked: Asked
    lead: Unit
    arms: ArmTerms
    others: Sequence[Unit]


def arms_compared(
    asked: Asked,
    candidates: Sequence[Candidate],
    library: LibraryView,
    trial_words: frozenset[str],
) -> Comparison | None:
    """Find the row or sentence that tells what is compared for each arm that is named.

    Args:
        asked: The question.
        candidates: What was found for it, best first.
        library: The sources.
        trial_words: Tokens by which the question names trials; no endpoint is called so.

    Returns:
        Of several units the one that tells most by itself, then with its caption, then the
        best scored; None where none tells enough.
    """
    evidence = [each for each in candidates if is_evidence(asked.question, each.unit)]
    named = about_the_named(asked.question, evidence, library)
    arms = arm_terms([each.unit for each in named], library.names)
    two_armed = [
        each for each in named if each.features.figures == 1 and _tells_arms(each.unit, asked, arms)
    ]
    rest = _compared_terms(asked, arms, [each.unit for each in two_armed], library, trial_words)
    leads = sorted(
        (each.unit for each in two_armed if _is_fit(each.unit, rest)),
        key=lambda each: (-_own(each, rest), -_told(each, rest)),
    )
    wants = asks_difference(asked.question.text)
    known = _with_other_names(rest, leads[0].text) if leads else rest
    units = [each.unit for each in named]
    if wants and leads:
        units += units_of(library.source(leads[0].source_id))
    related = _related(asked, arms, known, units)
    if wants and related and (not leads or _names_more(related[0], leads[0], rest)):
        return Comparison(asked, related[0], arms, ())
    if not leads:
        return None
    first = leads[0]
    others = [*related, *leads[1:]]
    beside = [unit for unit in others if unit.source_id == first.source_id and unit != first]
    return Comparison(asked, first, arms, beside)


def _related(asked: Asked, arms: ArmTerms, rest: Terms, units: Iterable[Unit]) -> list[Unit]:
    """Return the sentences that relate the arms by one figure, those that tell most first."""
    found = [unit for unit in dict.fromkeys(units) if _relates(unit, asked, arms)]
    return sorted(
        (unit for unit in found if _is_fit(unit, rest)), key=lambda each: -_own(each, rest)
    )


def _names_more(one: Unit, other: Unit, rest: Terms) -> bool:
    return _own(one, rest) > _own(other, rest) + CLEARLY_MORE


def _with_other_names(terms: Terms, text: str) -> Terms:
    """Add what a text calls a measure beside: "proteinuria, measured as UPCR" are one."""
    aliases = dict(terms.aliases)
    for match in _MEASURED_AS.finditer(text):
        pair = token_set(match["one"]), token_set(match["other"])
        for mine, others in (pair, pair[::-1]):
            for token in mine:
                aliases[token] = (*aliases.get(token, ()), others)
    return Terms(terms.weights, aliases)


def _relates(unit: Unit, asked: Asked, arms: ArmTerms) -> bool:
    """Whether a sentence relates the arms by one figure: "25.0 percentage points above placebo"."""
    if not is_evidence(asked.question, unit) or unit.kind != "sentence":
        return False
    text, question = unit.text, asked.question.text
    held = figures_in(" ".join([*unit.section, unit.words])).keys()
    if not figures_in(question).keys() <= held or not states_relation(text):
        return False
    return relates_arms(text, question, arms) or _is_set_against(text, question, arms)


def _is_set_against(text: str, question: str, arms: ArmTerms) -> bool:
    """Whether a sentence tells a difference from one of the arms and leaves the other unsaid."""
    said, asked = arms.near(text)["agent"], arms.near(question)["agent"]
    return bool(_DIFFERENCE_FROM.search(text)) and bool(said) and said <= asked


def _told(unit: Unit, rest: Terms) -> float:
    """Return the share of what is compared that a unit names with its caption."""
    return round(rest.coverage(token_set(unit.words)), 2)


def _own(unit: Unit, rest: Terms) -> float:
    """Return the share of it that the unit names by itself."""
    label = unit.cells[0].text if unit.cells else _ASIDE.sub("", unit.text)
    return round(rest.coverage(token_set(label)), 2)


def _is_fit(unit: Unit, rest: Terms) -> bool:
    return _told(unit, rest) >= TELLS_ALL and _own(unit, rest) >= TELLS_ITSELF


def _tells_arms(unit: Unit, asked: Asked, arms: ArmTerms) -> bool:
    if unit.cells:
        return len(asked_cells(unit.cells, asked.question.text, asked.terms)) >= TWO
    return bool(asked_figures(unit.text, asked.question.text, arms))


def _compared_terms(
    asked: Asked,
    arms: ArmTerms,
    units: Sequence[Unit],
    library: LibraryView,
    trial_words: frozenset[str],
) -> Terms:
    """Return what a question compares: its words without the arms, its trials and comparing."""
    question = asked.question.text
    kept = token_set(_COMPARING.sub(" ", question)) - trial_words - arm_tokens(question, arms)
    kept -= _trial_tokens(question, units, library)
    for unit in units:
        for cell in asked_cells(unit.cells, question, asked.terms) if unit.cells else ():
            kept -= token_set(cell.head)
    weights = {term: weight for term, weight in asked.terms.weights.items() if term in kept}
    return Terms(weights, asked.terms.aliases)


def _trial_tokens(question: str, units: Sequence[Unit], library: LibraryView) -> frozenset[str]:
    """Return the tokens of what looks like a trial's name and stands in a source's title."""
    titles = " ".join(library.metadata(unit.source_id).title for unit in units)
    known = (name for name in _TRIAL_NAME.findall(question) if name in titles)
    return frozenset(token for name in known for token in token_set(name))


def told_of_arms(comparison: Comparison, library: LibraryView) -> Cited:
    """Tell both arms; then how far they lie apart, stated or computed, if that is asked for.

    What the trial itself reports of that is told before all else, and what is computed last.
    Another statement on the same arms is added where both together stay short.
    """
    asked, lead = comparison.asked, comparison.lead
    wants = asks_difference(asked.question.text)
    shown = _arms_text(asked, lead)
    other = _other_statement(comparison, shown)
    told = [(lead, shown), *([(other, claim_text(other, asked.question))] if other else [])]
    if wants and other and states_relation(other.text):
        told.reverse()
    citations = [
        citation(unit, library.metadata(unit.source_id), marker)
        for marker, (unit, _) in enumerate(told, start=1)
    ]
    claims = [
        _claim(text, [cited], library) for (_, text), cited in zip(told, citations, strict=True)
    ]
    if wants:
        cited = next(each for each, (unit, _) in zip(citations, told, strict=True) if unit is lead)
        derived = _difference(comparison, cited, other, library)
        claims += [derived] if derived else []
    return Cited(tuple(claims), tuple(citations))


def _arms_text(asked: Asked, unit: Unit) -> str:
    """Tell a row with the arms asked for only; a remark, or a stated difference, stays."""
    if not unit.cells:
        return claim_text(unit, asked.question)
    arms = asked_cells(unit.cells, asked.question.text, asked.terms)
    stays = [cell for cell in unit.cells[1:] if REMARK_HEAD.search(cell.head)]
    stays += stated_cells(unit) if asks_difference(asked.question.text) else []
    cells = tuple(cell for cell in unit.cells[1:] if cell in arms or cell in stays)
    told = replace(unit, cells=(unit.cells[0], *cells))
    return claim_text(told, replace(asked.question, compares=True))


def _claim(text: str, cited: Sequence[Citation], library: LibraryView) -> Claim:
    sources = {each.source_id: library.metadata(each.source_id) for each in cited}
    checks = check_claim(text, cited, names=library.names, sources=sources)
    return Claim(text, tuple(each.marker for each in cited), checks)


def _other_statement(comparison: Comparison, shown: str) -> Unit | None:
    """Choose a sentence that says more of the same: a stated difference, or what is short."""
    wants = asks_difference(comparison.asked.question.text)
    for unit in comparison.others:
        stated = wants and not stated_cells(comparison.lead) and states_relation(unit.text)
        short = len(f"{shown} {unit.text}".split()) <= MOST_WORDS
        if unit.kind == "sentence" and _is_new(unit, comparison.lead) and (stated or short):
            return unit
    return None


def _is_new(unit: Unit, lead: Unit) -> bool:
    """Whether a statement has a figure that the lead lacks: the lead in other words has none."""
    return bool(figures_in(unit.text).keys() - figures_in(lead.words).keys())


def _difference(
    comparison: Comparison, cited: Citation, other: Unit | None, library: LibraryView
) -> Claim | None:
    """Compute what is not stated; of what is stated say only where it does not agree."""
    asked, lead = comparison.asked, comparison.lead
    text = computed(lead, asked.question, asked.terms, comparison.arms)
    stated = next((f"difference {cell.text}" for cell in stated_cells(lead)), "")
    stated = stated or (other.text if other and states_difference(other.text) else "")
    if stated:
        doubt = disagreement(text, stated)
        text = f"{text} {doubt}" if doubt else ""
    if not text:
        return None
    sources = {cited.source_id: library.metadata(cited.source_id)}
    names = library.names
    checks = check_claim(text, [cited], names=names, sources=sources, allow_derived=True)
    return None if "failed" in astuple(checks) else Claim(text, (cited.marker,), checks)
