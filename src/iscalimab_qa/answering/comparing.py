"""Answer a comparison of arms of one trial: the row or sentence that tells both leads.

It must name what is compared and hold the question's own figures. The figures stand as the
source has them; a difference is computed only where it is asked for and the source has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from iscalimab_qa.units import Unit

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


_RELATION = re.compile(
    r"\b(?:differences?|ratio|relative|directly|points?\s+(?:above|below|more|less|higher|lower))\b",
    re.IGNORECASE,
)
"""Words of a statement that relates two arms by one figure."""


_TRIAL_NAME = re.compile(r"\b[A-Z][A-Z0-9]{3,}(?:-[A-Z0-9]+)*\b")
"""Four capitals or more: what a trial is called that no registry number comes with."""


class Lead(NamedTuple):
    """A unit that gives a figure for each of the arms that are asked about.

    `told` is the share of what is compared that it names with its caption, `own` by itself.
    """

    candidate: Candidate
    told: float
    own: float

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return self.candidate.unit


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
        (lead for each in two_armed if _is_fit(lead := _lead(each, rest))),
        key=lambda each: (-round(each.own, 2), -round(each.told, 2)),
    )
    if not leads:
        return None
    first = leads[0].unit
    related = (_lead(each, rest) for each in named if _relates(each, asked, arms))
    others = [each.unit for each in (*filter(_is_fit, related), *leads[1:])]
    beside = [unit for unit in others if unit.source_id == first.source_id and unit != first]
    return Comparison(asked, first, arms, beside)


def _relates(candidate: Candidate, asked: Asked, arms: ArmTerms) -> bool:
    """Whether a sentence relates the arms by one figure: "25.0 percentage points above placebo"."""
    text, is_sentence = candidate.unit.text, candidate.unit.kind == "sentence"
    return (
        is_sentence
        and candidate.features.figures == 1
        and states_difference(text)
        and relates_arms(text, asked.question.text, arms)
    )


def _lead(candidate: Candidate, rest: Terms) -> Lead:
    unit = candidate.unit
    label = unit.cells[0].text if unit.cells else unit.text
    return Lead(candidate, rest.coverage(token_set(unit.words)), rest.coverage(token_set(label)))


def _is_fit(lead: Lead) -> bool:
    return lead.told >= TELLS_ALL and lead.own >= TELLS_ITSELF


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

    Another statement on the same arms is added where both together stay short.
    """
    asked, lead = comparison.asked, comparison.lead
    first = citation(lead, library.metadata(lead.source_id), 1)
    shown = _arms_text(asked, lead)
    claims, citations = [_claim(shown, [first], library)], [first]
    other = _other_statement(comparison, shown)
    if other:
        second = citation(other, library.metadata(other.source_id), len(citations) + 1)
        citations.append(second)
        claims.append(_claim(claim_text(other, asked.question), [second], library))
    if asks_difference(asked.question.text):
        derived = _difference(comparison, first, other, library)
        claims[1:1] = [derived] if derived else []
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
        stated = wants and not stated_cells(comparison.lead) and _RELATION.search(unit.text)
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
