"""How a drug's development stands, in one line, and beside which answers it belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from iscalimab_qa.evidence.trials.ended import dated, teller
from iscalimab_qa.evidence.trials.registry import Quoted, TrialRegistry
from iscalimab_qa.evidence.trials.values import Said, Statement

_WHOLE = re.compile(r"\b(?:entirely|altogether|completely|all\s+indications)\b", re.IGNORECASE)


class ProgrammeLine(NamedTuple):
    """How a drug's development stands, in one line, and who says so."""

    drug: str
    text: str
    said: tuple[Said, ...]


def programme_line(registry: TrialRegistry, drug: str | None = None) -> ProgrammeLine | None:
    """Say in one line how a drug's development ended; None where the library knows no end.

    Args:
        registry: The library's trials.
        drug: Any name of the drug; the one whose end most is said of by default.
    """
    whole = [s for s in registry.programme if s.is_end and s.indication is None and s.drug]
    if drug is not None:
        whole = [s for s in whole if s.drug == registry.drugs.usual(drug)]
    if not whole:
        return None
    said_most = max(whole, key=lambda s: sum(other.drug == s.drug for other in whole))
    own = [s for s in whole if s.drug == said_most.drug]
    newest = max(own, key=lambda s: (s.when or "", _says_all(s)))
    reason = next((s for s in (newest, *own) if s.reason), None)
    said = dict.fromkeys([newest.said, *([reason.said] if reason else [])])
    who = teller(newest.said.source_id, registry)
    text = f"Development of {newest.drug} was {_ended_word(newest)}{dated(newest)}{who}"
    text += f": {reason.reason}." if reason else "."
    return ProgrammeLine(newest.drug or "", text, tuple(said))


def programme_beside(
    question: str, cited: Sequence[Quoted], registry: TrialRegistry
) -> ProgrammeLine | None:
    """Say how the development ended that an answer is about; None if it is about no such drug.

    That is a drug of the question, else of the trials that it names or that the answer cites,
    else one that the cited words mean.

    Args:
        question: The standalone question.
        cited: What the answer cites.
        registry: The library's trials.
    """
    drugs = sorted(registry.drugs.named_in(question) or _drugs_of(question, cited, registry))
    lines = (programme_line(registry, drug) for drug in drugs)
    return next(filter(None, lines), None)


def _drugs_of(question: str, cited: Sequence[Quoted], registry: TrialRegistry) -> frozenset[str]:
    resting = (trial for quoted in cited for trial in registry.trials_of(quoted))
    trials = registry.named_in(question) or tuple(resting)
    tested = frozenset(drug for trial in trials for drug in trial.drug_names)
    return tested or frozenset().union(*(registry.drugs.named_in(each.quote) for each in cited))


def _says_all(statement: Statement) -> bool:
    unit = statement.said.unit
    return bool(unit and _WHOLE.search(unit.text))


def _ended_word(statement: Statement) -> str:
    return "withdrawn" if statement.status == "withdrawn" else "ended"
