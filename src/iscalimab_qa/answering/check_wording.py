"""How people are told what came of a claim that was held against the library."""

from __future__ import annotations

from iscalimab_qa.answering.checking import CLAIM_LABELS, CheckedClaim
from iscalimab_qa.evidence.checks.claim import CHECK_NAMES
from iscalimab_qa.evidence.checks.findings import Finding

NEAREST = "Nearest passage, which does not say it"
"""What the citation of a claim is headed with that was not found."""

MOST_REASONS = 3
"""Reasons that are told why the nearest passage is not enough."""

LONGEST_PART = 40
"""Characters of a part of a claim that is named before what is remarked on it."""

_CHECKED = {
    "figures": "a figure",
    "arms": "the arm, endpoint or time point",
    "negation": "the direction, or what is denied",
    "drug": "the drug",
    "trial": "the trial or disease",
}
"""What each check looks at, in a reader's words."""


def verdict_line(checked: CheckedClaim) -> str:
    """Say the verdict; where only summaries of ours are cited, name them as such."""
    label = checked.note or CLAIM_LABELS[checked.verdict]
    if checked.verdict == "partial":
        label += f"; nothing supports: {' | '.join(checked.unsupported)}"
    if checked.verdict == "contradicted":
        failed = [name for name in CHECK_NAMES if getattr(checked.checks, name) == "failed"]
        label += f" in {' and in '.join(_CHECKED[name] for name in failed)}"
    if checked.rests_on_digests and checked.verdict in {"supported", "contradicted"}:
        agrees = "agrees with" if checked.verdict == "supported" else "differs from"
        label += f": {agrees} the library's summary"
    return label


def reasons(checked: CheckedClaim) -> tuple[str, ...]:
    """Say what does not hold, each once.

    Of a claim that was not found the first few things that the nearest passage lacks, so that
    a reader sees why it is not enough.
    """
    told = tuple(dict.fromkeys(map(_reason, checked.findings)))
    if checked.verdict == "not_found":
        return told[:MOST_REASONS]
    return told if checked.verdict in {"contradicted", "partial"} else ()


def _reason(finding: Finding) -> str:
    """Lead with the part that is meant, where the remark does not quote it itself."""
    said = finding.said.strip()
    if said in finding.text or len(said) > LONGEST_PART:
        return finding.text
    return f"{said}: {finding.text}"


def too_long(claim: str, most: int) -> str:
    """Say why a claim of more than `most` characters is not checked."""
    return f"not checked: it has {len(claim)} characters, at most {most} are"
