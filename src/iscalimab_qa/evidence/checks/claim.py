"""Hold one claim against the words that it cites: figures, arms, polarity, drug, trial."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from iscalimab_qa.evidence.checks.applicable import applicable
from iscalimab_qa.evidence.checks.arms import check_arms, check_named_arms
from iscalimab_qa.evidence.checks.counts import check_counts, check_marks
from iscalimab_qa.evidence.checks.direction import check_direction, check_order
from iscalimab_qa.evidence.checks.drug import check_drug
from iscalimab_qa.evidence.checks.endpoint import check_endpoint
from iscalimab_qa.evidence.checks.figures import Derived, check_claim_figures
from iscalimab_qa.evidence.checks.findings import CheckName, Finding, Findings
from iscalimab_qa.evidence.checks.grounds import NOTHING_KNOWN, Grounds
from iscalimab_qa.evidence.checks.negation import check_negation
from iscalimab_qa.evidence.checks.nought import check_nought
from iscalimab_qa.evidence.checks.outcome_words import check_outcome_words
from iscalimab_qa.evidence.checks.reasons import check_reasons
from iscalimab_qa.evidence.checks.row_words import is_row_told
from iscalimab_qa.evidence.checks.strength import (
    check_causal,
    check_precision,
    check_rank,
    check_significance,
    check_stage,
)
from iscalimab_qa.evidence.checks.subject import check_subject
from iscalimab_qa.evidence.checks.targets import check_targets
from iscalimab_qa.evidence.checks.trial import check_trial
from iscalimab_qa.evidence.checks.wording import check_contrasts, check_places, check_words
from iscalimab_qa.evidence.naming.names import Names, shipped_names
from iscalimab_qa.evidence.values import CheckResult, Checks, Citation
from iscalimab_qa.sources.normalise import matching_key
from iscalimab_qa.sources.values import SourceMetadata

CHECK_NAMES: tuple[CheckName, ...] = ("figures", "arms", "negation", "drug", "trial")


@dataclass(frozen=True, slots=True)
class Examination:
    """What came of a claim: the five results, what does not hold, what was derived."""

    checks: Checks
    findings: tuple[Finding, ...] = ()
    derived: tuple[Derived, ...] = ()


def check_claim(
    claim: str,
    citations: Sequence[Citation],
    *,
    names: Names | None = None,
    sources: Mapping[str, SourceMetadata] = NOTHING_KNOWN,
    allow_derived: bool = False,
) -> Checks:
    """Return the five results of `examine`, which see."""
    examined = examine(claim, citations, names=names, sources=sources, allow_derived=allow_derived)
    return examined.checks


def examine(
    claim: str,
    citations: Sequence[Citation],
    *,
    names: Names | None = None,
    sources: Mapping[str, SourceMetadata] = NOTHING_KNOWN,
    allow_derived: bool = False,
) -> Examination:
    """Hold a claim against what it cites.

    A claim that is its citation word for word, or its row told with its heads, passes: whatever
    it says, it says it too.

    Args:
        claim: One statement.
        citations: What it rests on, as a whole; rows with their cells. Without any, a claim
            with something to check fails.
        names: The aliases to use, with a user's own; the shipped ones by default.
        sources: Metadata of the cited sources by id, for the names of their trials.
        allow_derived: Whether the question asked for a figure that must be computed.

    Returns:
        For each check `failed` if it found something, else `ok` if the claim has something for
        it to look at, else `n/a`; `derived` for figures that hold only by computing some.
    """
    names = names or shipped_names()
    grounds = Grounds(tuple(citations), sources)
    applied = applicable(claim, grounds.quotes, names)
    if is_verbatim(claim, citations):
        return Examination(_results(applied, (), derived=False))
    figures = check_claim_figures(claim, grounds, names, allow_derived=allow_derived)
    findings = (*figures.findings, *dict.fromkeys(chain(*_looks(claim, grounds, names))))
    checks = _results(applied, findings, derived=bool(figures.derived))
    return Examination(checks, findings, figures.derived)


def _looks(claim: str, grounds: Grounds, names: Names) -> Iterator[Findings]:
    """Yield what each look but that at the figures found."""
    yield check_arms(claim, grounds, names)
    yield check_named_arms(claim, grounds, names)
    yield check_subject(claim, grounds, names)
    yield check_counts(claim, grounds)
    yield check_marks(claim, grounds, names)
    yield check_endpoint(claim, grounds, names)
    yield check_words(claim, grounds, names)
    yield check_outcome_words(claim, grounds)
    yield check_contrasts(claim, grounds, names)
    yield check_places(claim, grounds)
    yield check_rank(claim, grounds)
    yield check_stage(claim, grounds)
    yield check_precision(claim, grounds)
    yield check_causal(claim, grounds)
    yield check_negation(claim, grounds, names)
    yield check_reasons(claim, grounds)
    yield check_nought(claim, grounds, names)
    yield check_targets(claim, grounds, names)
    yield check_direction(claim, grounds, names)
    yield check_order(claim, grounds, names)
    yield check_significance(claim, grounds)
    yield check_drug(claim, grounds, names)
    yield check_trial(claim, grounds, names)


def _results(applied: frozenset[CheckName], findings: Findings, *, derived: bool) -> Checks:
    failed = {finding.check for finding in findings}
    results: dict[CheckName, CheckResult] = {
        name: "failed" if name in failed else "ok" if name in applied else "n/a"
        for name in CHECK_NAMES
    }
    if derived and results["figures"] == "ok":
        results["figures"] = "derived"
    return Checks(**results)


def is_verbatim(claim: str, citations: Sequence[Citation]) -> bool:
    """Whether a claim is a citation's quote, or nothing but its row told with its heads."""
    key = matching_key(claim).rstrip(" .")
    return any(
        key == matching_key(citation.quote).rstrip(" .")
        or (citation.cells and is_row_told(claim, citation))
        for citation in citations
    )
