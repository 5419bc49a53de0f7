"""Say an item of a list in the fewest words: the trial, its disease, and what was asked of it.

What is said stands in the unit that is cited; where it does not, nothing is returned and the
unit's own words are told.
"""

from __future__ import annotations

import re
from dataclasses import replace

from iscalimab_qa.answering.question import Question
from iscalimab_qa.answering.wording import claim_text
from iscalimab_qa.evidence.checks.row_words import caption_pieces
from iscalimab_qa.evidence.figures.said_dates import date_told
from iscalimab_qa.evidence.outcomes.time_points import times_in
from iscalimab_qa.evidence.trials.registry import TrialRegistry
from iscalimab_qa.evidence.trials.values import Trial
from iscalimab_qa.evidence.wording.clauses import clauses
from iscalimab_qa.evidence.wording.polarity import polarity
from iscalimab_qa.units import ContextQuote, Unit

_INTERIM = re.compile(r"\b(?:interim|preliminary|planned|post[\s-]hoc)\b", re.IGNORECASE)
"""How a figure was come by is told wherever it stands."""

_SHORT = 15
"""Words of a sentence that is short enough for a list."""

_SAME_STEM = 6
"""Letters that forms of one verb share: "terminated", "termination"."""

_ENDPOINTS = {"met": "primary endpoint met", "failed": "primary endpoint not met"}


def with_disease(trial: Trial, unit: Unit, registry: TrialRegistry, *, phase: bool = False) -> str:
    """Return "NAME: disease." or "NAME: disease, phase 2."."""
    disease = _disease(trial, unit, registry)
    told = trial.phase.value if phase and trial.phase else ""
    if told and not re.search(rf"\bphase\s+{re.escape(told)}\b", unit.words, re.IGNORECASE):
        return ""
    facts = filter(None, [disease, f"phase {told}" if told else ""])
    return f"{trial.acronym}: {', '.join(facts)}." if disease else ""


def disease_in(trial: Trial, unit: Unit | None, registry: TrialRegistry) -> str:
    """Return "Disease (NAME)."."""
    return in_trial(_disease(trial, unit, registry), trial) if unit else ""


def in_trial(named: str, trial: Trial) -> str:
    """Return "Drug (NAME).", nothing where nothing is named."""
    return f"{named[:1].upper()}{named[1:]} ({trial.acronym})." if named else ""


def standing_of(trial: Trial, unit: Unit, registry: TrialRegistry) -> str:
    """Return "NAME (disease): terminated, 3 May 2023.", where the unit says so in these words.

    A short sentence says more, for instance why, and is left as it is.
    """
    status = trial.status
    if status is None or unit != status.said.unit or len(unit.text.split()) <= _SHORT:
        return ""
    if not _affirms(status.status, unit):
        return ""
    date = date_told(status.date) if status.date else ""
    when = f", {date}" if date and date in unit.text else ""
    return f"{_named(trial, unit, registry)}: {status.status}{when}."


def endpoint_of(trial: Trial, unit: Unit, registry: TrialRegistry) -> str:
    """Return "NAME (disease): primary endpoint met."."""
    verdict = _ENDPOINTS.get(trial.endpoint.value if trial.endpoint else "", "")
    said = trial.endpoint.said.unit if trial.endpoint else None
    is_its = said == unit or bool(re.search(r"\bprimary\b", unit.text, re.IGNORECASE))
    return f"{_named(trial, unit, registry)}: {verdict}." if verdict and is_its else ""


def row_of(trial: Trial, unit: Unit, registry: TrialRegistry, question: Question) -> str:
    """Return "NAME (disease): row." without what of the caption only names the trial."""
    if not unit.cells:
        return ""

    def bare(piece: ContextQuote) -> ContextQuote:
        if piece.role not in {"caption", "group"}:
            return piece
        kept = [each for each in caption_pieces(piece.quote) if not _names(trial, each, registry)]
        return piece._replace(quote=", ".join(kept))

    told = claim_text(replace(unit, context=tuple(map(bare, unit.context))), question)
    return f"{_named(trial, unit, registry)}: {told}"


def _names(trial: Trial, piece: str, registry: TrialRegistry) -> bool:
    """Whether a piece of a caption says which trial it is, and neither when nor how."""
    if times_in(piece) or _INTERIM.search(piece):
        return False
    indication = trial.indication.value if trial.indication else ""
    of_disease = bool(indication) and registry.indications.is_in(indication, piece)
    return trial in registry.named_in(piece) or of_disease


def _named(trial: Trial, unit: Unit, registry: TrialRegistry) -> str:
    disease = _disease(trial, unit, registry)
    return f"{trial.acronym} ({disease})" if disease else trial.acronym


def _disease(trial: Trial, unit: Unit, registry: TrialRegistry) -> str:
    """Return a trial's disease where the unit, or the title of its source, names it."""
    indication = trial.indication.value if trial.indication else ""
    metadata = registry.metadata(unit.source_id)
    words = " ".join([unit.words, *unit.section, metadata.title if metadata else ""])
    return indication if indication and registry.indications.is_in(indication, words) else ""


def _affirms(word: str, unit: Unit) -> bool:
    """Whether a unit says a word and does not deny it."""
    if not re.search(rf"\b{re.escape(word)}\b", unit.text, re.IGNORECASE):
        return False
    denied = (each for clause in clauses(unit.text) for each in polarity(clause).denied)
    return not any(each.startswith(word[:_SAME_STEM]) for each in denied)
