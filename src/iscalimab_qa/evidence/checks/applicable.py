"""Which checks have something to look at in a claim, whatever it cites."""

from __future__ import annotations

from collections.abc import Sequence

from iscalimab_qa.evidence.checks.direction import SILENT, course_of
from iscalimab_qa.evidence.checks.endpoint import outcomes_in
from iscalimab_qa.evidence.checks.findings import CheckName
from iscalimab_qa.evidence.checks.trial import names_trial_or_disease
from iscalimab_qa.evidence.figures.dates import dates_in
from iscalimab_qa.evidence.figures.quantities import read_figures
from iscalimab_qa.evidence.naming.agents import agents_in, classes_in
from iscalimab_qa.evidence.naming.names import Names
from iscalimab_qa.evidence.wording.clauses import clauses
from iscalimab_qa.evidence.wording.polarity import polarity


def applicable(claim: str, quotes: Sequence[str], names: Names) -> frozenset[CheckName]:
    """Name the checks that apply.

    Figures: there is a figure, a date or a name with digits. Arms: there is a finding's figure,
    an outcome or a time. Negation: the claim or a quote denies something, or the claim points
    somewhere. Drug and trial: the claim names one, or a class, or a disease.
    """
    figures = read_figures(claim)
    quantities = [quantity for quantity in figures.quantities if not quantity.loose]
    agents = [agent for agent in agents_in(claim, names) if not agent.ruled_out]
    measured = any(mention.kind == "measure" for mention in names.mentions(claim))
    points = any(course_of(clause) != SILENT for clause in clauses(claim))
    looks: dict[CheckName, bool] = {
        "figures": bool(quantities or figures.names or dates_in(claim)),
        "arms": bool(quantities or outcomes_in(claim) or measured),
        "negation": points or any(polarity(text).denied for text in (claim, *quotes)),
        "drug": bool(agents or classes_in(claim)),
        "trial": names_trial_or_disease(claim, names),
    }
    return frozenset(name for name, applies in looks.items() if applies)
