"""How people are told what came of a claim that was held against the library."""

from __future__ import annotations

from iscalimab_qa.answering.checking import CLAIM_LABELS, CheckedClaim
from iscalimab_qa.evidence.checks.claim import CHECK_NAMES

NEAREST = "Nearest passage"
"""What the citation of a claim is headed with that was not found."""


def verdict_line(checked: CheckedClaim) -> str:
    """Say the verdict; where only summaries of ours are cited, name them as such."""
    label = checked.note or CLAIM_LABELS[checked.verdict]
    if checked.verdict == "partial":
        label += f"; nothing supports: {' | '.join(checked.unsupported)}"
    if checked.verdict == "contradicted":
        failed = [name for name in CHECK_NAMES if getattr(checked.checks, name) == "failed"]
        label += f" (failed: {', '.join(failed)})"
    if checked.rests_on_digests and checked.verdict in {"supported", "contradicted"}:
        agrees = "agrees with" if checked.verdict == "supported" else "differs from"
        label += f": {agrees} the library's summary"
    return label


def reasons(checked: CheckedClaim) -> tuple[str, ...]:
    """Say what does not hold, each once; nothing where the verdict does not rest on it."""
    if checked.verdict not in {"contradicted", "partial"}:
        return ()
    return tuple(dict.fromkeys(each.text for each in checked.findings))


def too_long(claim: str, most: int) -> str:
    """Say why a claim of more than `most` characters is not checked."""
    return f"not checked: it has {len(claim)} characters, at most {most} are"
